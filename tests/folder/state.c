/* SPDX-License-Identifier: Apache-2.0
 *
 * The stages in their order, and the next step that each names.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

#include <yihu/box.h>
#include <yihu/file.h>

static uint64_t now_of(enum yihu_stage s)
{
	if (s < YIHU_STAGE_OPEN)
		return COMMITTEE_OPENS - 1;
	return s == YIHU_STAGE_OPEN ? COMMITTEE_OPENS + 10 : COMMITTEE_CLOSES + 10;
}

TEST(every_stage_names_its_next_step)
{
	static const char *const names[][2] = {
		{"drafted", "yihu-trustee announce"},
		{"announced", "yihu-issue charter"},
		{"dealt", "yihu-trustee accept"},
		{"chartered", "yihu-issue letters"},
		{"issued", "yihu-countd"},
		{"open", "yihu-countd"},
		{"ended", "yihu-tally close"},
		{"closed", "yihu-trustee box"},
		{"boxed", "yihu-trustee shuffle"},
		{"mixed", "yihu-trustee open"},
		{"opened", "yihu-tally publish"},
		{"published", "yihu-trustee retire"},
		{"retired", "yihu-issue archive"},
	};
	struct committee *c = committee_new(NULL);
	for (int s = YIHU_STAGE_DRAFTED; s <= YIHU_STAGE_RETIRED; s++) {
		struct yihu_status status;
		committee_to(c, (enum yihu_stage)s);
		assert_int_equal(
			yihu_status_read(&status, &c->folder, now_of((enum yihu_stage)s), &c->err),
			0);
		assert_int_equal(status.stage, s);
		assert_string_equal(yihu_stage_word(status.stage), names[s][0]);
		assert_non_null(strstr(status.next, names[s][1]));
		assert_non_null(strstr(status.next, c->folder.root));
		yihu_status_finish(&status);
	}
	committee_free(c);
}

static void assert_next_at(struct committee *c, uint64_t now, const char *says,
			   const char *says_not)
{
	struct yihu_status status;
	assert_int_equal(yihu_status_read(&status, &c->folder, now, &c->err), 0);
	if (strstr(status.next, says) == NULL || strstr(status.next, says_not) != NULL)
		fail_msg("next: %s", status.next);
	yihu_status_finish(&status);
}

static void assert_next(struct committee *c, const char *says, const char *says_not)
{
	assert_next_at(c, COMMITTEE_CLOSES + 10, says, says_not);
}

TEST(who_has_signed_is_not_asked_again)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ANNOUNCED);
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(committee_deal(c, i), 0);
	assert_next(c, "yihu-issue charter", "yihu-trustee deal");
	committee_to(c, YIHU_STAGE_DEALT);
	assert_int_equal(committee_accept(c, 2), 0);
	assert_next(c, "these key holders still accept: holder-1, holder-3", "holder-2");
	committee_to(c, YIHU_STAGE_CLOSED);
	assert_int_equal(committee_count(c, 2, holder_box), 0);
	assert_next(c, "2 more key holders sign the box (not yet: holder-1, holder-3)", "holder-2");
	assert_int_equal(committee_count(c, 3, holder_box), 0);
	assert_next(c, "1 more key holder signs the box (not yet: holder-1)", "holder-3");
	committee_to(c, YIHU_STAGE_OPENED);
	assert_int_equal(committee_count(c, 3, holder_sign), 0);
	assert_next(c, "1 more key holder signs the results (not yet: holder-1, holder-2)",
		    "holder-3");
	assert_next(c, "the clerk signs the results: yihu-issue sign", "holder-3");
	assert_int_equal(committee_sign(c), 0);
	assert_next(c, "not yet: holder-1, holder-2", "yihu-issue sign");
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_next(c, "yihu-tally publish", "sign ");
	committee_free(c);
}

TEST(the_step_after_handover_names_no_daemon_here)
{
	struct committee *c = committee_new(NULL);
	struct yihu_status status;
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_int_equal(issue_handover(&c->folder, "https://vote.example.org", &c->err), 0);
	for (uint64_t now = COMMITTEE_OPENS - 1; now <= COMMITTEE_OPENS; now++) {
		assert_int_equal(yihu_status_read(&status, &c->folder, now, &c->err), 0);
		assert_null(strstr(status.next, "yihu-countd"));
		assert_non_null(strstr(status.next, "https://vote.example.org"));
		yihu_status_finish(&status);
	}
	committee_free(c);
}

/* A daemon is what holds the lock and has left its address. */
TEST(the_step_names_the_daemon_that_runs)
{
	struct committee *c = committee_new(NULL);
	int lock = -1;
	committee_to(c, YIHU_STAGE_OPEN);
	assert_next_at(c, COMMITTEE_OPENS + 10, "box --listen 127.0.0.1:8080", "is running");
	committee_write(c, "box/address", "http://127.0.0.1:8190\n", 22);
	assert_next_at(c, COMMITTEE_OPENS + 10, "box --listen 127.0.0.1:8190", "is running");
	assert_int_equal(yihu_box_lock(c->folder.box, &lock, &c->err), 0);
	assert_next_at(c, COMMITTEE_OPENS + 10, "is running at http://127.0.0.1:8190", "listen");
	yihu_unlock(lock);
	committee_free(c);
}

TEST(a_box_on_the_committee_s_own_network_listens_there)
{
	struct committee *c =
		committee_new(&(struct committee_options){.url = "http://192.168.1.5:8190"});
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_next_at(c, COMMITTEE_OPENS - 1, "box --listen 192.168.1.5:8190", "8080");
	committee_free(c);
}

TEST(who_has_retired_is_named)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_PUBLISHED);
	assert_next(c, "yihu-trustee retire", "holder-1");
	assert_int_equal(committee_count(c, 2, committee_retire), 0);
	assert_next(c, "still erase their shares: holder-1, holder-3 (erased: holder-2)",
		    "holder-2,");
	committee_free(c);
}

/* The folder's name is what a committee would give it. */
TEST(the_step_can_be_pasted)
{
	struct committee *c = committee_new(NULL);
	struct yihu_status status;
	struct yihu_folder f;
	committee_shell(c, "mv election '锦绣花园 2026表决'");
	char *root = yihu_path(c->temp, "锦绣花园 2026表决");
	yihu_folder_init(&f, root);
	assert_int_equal(yihu_status_read(&status, &f, COMMITTEE_OPENS - 10, &c->err), 0);
	char *want = yihu_printf("yihu-issue hand-out '%s' STICK", root);
	assert_non_null(strstr(status.next, want));
	committee_shell(c, "mv '锦绣花园 2026表决' election");
	yihu_status_finish(&status);
	yihu_folder_finish(&f);
	free(want);
	free(root);
	committee_free(c);
}

TEST(ballots_are_counted_over_bundles)
{
	struct committee *c = committee_new(&(struct committee_options){.households = 300});
	struct yihu_plan plan;
	committee_to(c, YIHU_STAGE_ISSUED);
	committee_clock(COMMITTEE_OPENS + 10);
	committee_vote(c, 1, 12);
	committee_clock(COMMITTEE_CLOSES);
	assert_int_equal(yihu_plan_read(&plan, &c->folder, &c->err), 0);
	assert_false(yihu_log_is_closed(&c->folder, &plan));
	assert_int_equal(committee_close(c), 0);
	assert_true(yihu_log_is_closed(&c->folder, &plan));
	assert_int_equal(yihu_log_ballots(&c->folder, &plan), 12);
	committee_shell(c, "rm election/box/public/log/checkpoint");
	assert_false(yihu_log_is_closed(&c->folder, &plan));
	yihu_plan_finish(&plan);
	committee_free(c);
}

TEST(a_folder_without_an_election_says_so)
{
	struct yihu_folder f;
	struct yihu_status status;
	struct yihu_error err;
	yihu_folder_init(&f, "/tmp/yihu-no-such-folder");
	assert_int_equal(yihu_status_read(&status, &f, 0, &err), YIHU_ENOENT);
	assert_non_null(strstr(err.text, "yihu-issue init"));
	yihu_folder_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_stage_names_its_next_step),
		cmocka_unit_test(who_has_signed_is_not_asked_again),
		cmocka_unit_test(the_step_after_handover_names_no_daemon_here),
		cmocka_unit_test(the_step_names_the_daemon_that_runs),
		cmocka_unit_test(a_box_on_the_committee_s_own_network_listens_there),
		cmocka_unit_test(who_has_retired_is_named),
		cmocka_unit_test(the_step_can_be_pasted),
		cmocka_unit_test(ballots_are_counted_over_bundles),
		cmocka_unit_test(a_folder_without_an_election_says_so),
	};
	return cmocka_run_group_tests_name("folder state", tests, NULL, NULL);
}
