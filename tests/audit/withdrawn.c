/* SPDX-License-Identifier: Apache-2.0
 *
 * A project that was withdrawn (PROTOCOL §7.5), from the log to the results: what
 * was voted for it is shown and funds nothing; results that say otherwise, or that
 * leave the withdrawal out, are refused.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define WHY "its price is wrong"

static struct fixture *f;
static struct fixture_log *with, *without; /* the same ballots */
static struct yihu_public *withdrawn, *plain;

/* Four households want project 2 most, and the money is enough for one. */
static struct fixture_log *log_of(bool withdraw)
{
	static const uint32_t ballots[4][4] = {
		{0, 1, 0, 1}, {0, 1, 1, 0}, {0, 1, 0, 0}, {1, 1, 0, 1}};
	struct fixture_log *log = fixture_log_new(f);
	for (uint32_t serial = 1; serial <= 4; serial++) {
		fixture_log_ballot(log, serial, ballots[serial - 1]);
		if (withdraw && serial == 2)
			fixture_log_withdraw(log, 1, WHY);
	}
	fixture_log_close(log);
	return log;
}

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){
		.projects = 4, .households = 4, .max_withdrawals = 1, .min_box = 2});
	with = log_of(true);
	without = log_of(false);
	withdrawn = fixture_public_opened(with);
	plain = fixture_public_opened(without);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(plain);
	yihu_public_free(withdrawn);
	fixture_log_free(without);
	fixture_log_free(with);
	fixture_free(f);
	return 0;
}

static bool says(const struct yihu_buf *json, const char *text)
{
	return memmem(json->data, json->len, text, strlen(text)) != NULL;
}

TEST(its_votes_are_shown_and_fund_nothing)
{
	struct yihu_audit *a = audit_under(withdrawn, f);
	assert_passes(a);
	assert_int_equal(a->outcome->projects[1].votes, 4);
	assert_int_equal(a->outcome->projects[1].verdict, YIHU_WITHDRAWN);
	assert_int_equal(a->outcome->projects[1].place, 0);
	assert_true(says(&a->results_json, "\"version\":\"yihu-results-v2\""));
	assert_true(says(&a->results_json,
			 "\"withdrawn\":[{\"project\":\"2\",\"reason\":\"" WHY "\",\"time\":\""));
	assert_true(says(&a->results_json, "\"entry\":3}]"));
	assert_true(says(&a->results_json, "\"verdict\":\"withdrawn\""));
	assert_true(says(&a->results_pb, "2,4\n")); /* the ballots are as they were cast */
	yihu_audit_free(a);
	a = audit_under(plain, f);
	assert_passes(a);
	assert_int_equal(a->outcome->projects[1].verdict, YIHU_FUNDED);
	assert_true(says(&a->results_json, "\"version\":\"yihu-results-v1\""));
	assert_false(says(&a->results_json, "withdrawn"));
	yihu_audit_free(a);
}

TEST(its_results_pass_once_published)
{
	struct yihu_public *p = public_copy(withdrawn);
	publish(p, f, 3);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
}

/* Signed by all who must, with this changed in results.json. */
static void refused_with(const char *old, const char *new)
{
	struct yihu_public *p = public_copy(withdrawn);
	struct yihu_audit *a = audit_under(p, f);
	struct yihu_buf json = {0};
	const uint8_t *at = memmem(a->results_json.data, a->results_json.len, old, strlen(old));
	assert_non_null(at);
	size_t head = (size_t)(at - a->results_json.data);
	yihu_buf_put(&json, a->results_json.data, head);
	yihu_buf_str(&json, new);
	yihu_buf_put(&json, at + strlen(old), a->results_json.len - head - strlen(old));
	fixture_public_results(p, f, &a->results_pb, &json, FIXTURE_ALL_HOLDERS);
	yihu_audit_free(a);
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_ERESULTS, "results.json");
	yihu_buf_free(&json);
	yihu_public_free(p);
}

TEST(results_that_tell_it_otherwise_are_refused)
{
	refused_with("yihu-results-v2", "yihu-results-v1");
	refused_with("\"reason\":\"" WHY "\"", "\"reason\":\"nobody wanted it\"");
	refused_with("\"project\":\"2\"", "\"project\":\"1\"");
	refused_with("\"entry\":3", "\"entry\":2");
	refused_with("\"verdict\":\"withdrawn\"", "\"verdict\":\"funded\"");
}

TEST(results_that_leave_it_out_are_refused)
{
	struct yihu_public *p = public_copy(withdrawn);
	struct yihu_audit *a = audit_under(plain, f);
	fixture_public_results(p, f, &a->results_pb, &a->results_json, FIXTURE_ALL_HOLDERS);
	yihu_audit_free(a);
	a = audit_under(p, f);
	assert_true(has_fault(a, YIHU_CHECK_RESULTS, YIHU_ERESULTS));
	yihu_audit_free(a);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_votes_are_shown_and_fund_nothing),
		cmocka_unit_test(its_results_pass_once_published),
		cmocka_unit_test(results_that_tell_it_otherwise_are_refused),
		cmocka_unit_test(results_that_leave_it_out_are_refused),
	};
	return cmocka_run_group_tests_name("withdrawn", tests, set_up, tear_down);
}
