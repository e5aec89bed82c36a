/* SPDX-License-Identifier: Apache-2.0
 *
 * From the preliminary result to the final one: in its time, by the clerk, and never
 * by another result.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

#define UNTIL (COMMITTEE_CLOSES + 7 * UINT64_C(86400))

static bool page_says(const struct committee *c, const char *text)
{
	struct yihu_buf page = committee_read(c, "box/public/site/results.html");
	bool says = strstr((const char *)page.data, text) != NULL;
	yihu_buf_free(&page);
	return says;
}

static bool same_file(const struct committee *a, const struct committee *b, const char *name)
{
	struct yihu_buf x = committee_read(a, name), y = committee_read(b, name);
	bool same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	yihu_buf_free(&x);
	yihu_buf_free(&y);
	return same;
}

static int end_at(struct committee *c, uint64_t now, uint32_t upheld)
{
	committee_clock(now);
	return committee_final(c, upheld);
}

TEST(it_is_preliminary_until_its_time)
{
	struct committee *c = committee_copy(committee_base);
	assert_true(page_says(c, "Preliminary result. The committee takes objections until"));
	assert_int_equal(end_at(c, UNTIL - 1, 0), YIHU_ENOTOVER);
	assert_false(committee_has(c, "box/public/final"));
	committee_free(c);
}

TEST(it_is_final_when_its_time_has_come)
{
	struct committee *c = committee_copy(committee_base);
	assert_int_equal(end_at(c, UNTIL, 0), 0);
	assert_true(page_says(c, "Final result. Nobody objected"));
	assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED); /* and the audit passes */
	assert_true(same_file(c, committee_base, "box/public/results.json"));
	assert_int_equal(committee_final(c, 0), YIHU_ESTATE); /* once */
	committee_free(c);
}

TEST(it_has_the_objections_and_answers_of_its_time)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints filed = {.filed = 3};
	assert_int_equal(yihu_complaints_take_answers(&filed, "已核实。", strlen("已核实。"), NULL),
			 0);
	assert_int_equal(committee_complaints(c, &filed, 0), 0);
	assert_int_equal(end_at(c, UNTIL, 4), YIHU_EARG);
	assert_int_equal(end_at(c, UNTIL, 0), 0);
	assert_true(page_says(c, "Objections made: 3. The result stands."));
	assert_true(page_says(c, "已核实。"));
	yihu_complaints_free(&filed);
	committee_free(c);
}

/* The result is what was counted; a new vote decides. */
TEST(an_upheld_objection_changes_no_result)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints filed = {.filed = 1};
	assert_int_equal(committee_complaints(c, &filed, 0), 0);
	assert_int_equal(end_at(c, UNTIL, 1), 0);
	assert_true(page_says(c, "There will be a new vote"));
	assert_true(same_file(c, committee_base, "box/public/results.json"));
	assert_true(same_file(c, committee_base, "box/public/results"));
	assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED);
	committee_free(c);
}

TEST(no_objections_are_asked_for_in_the_past)
{
	struct committee *c = committee_copy(committee_base);
	committee_clock(UNTIL);
	assert_int_equal(committee_sign(c), YIHU_EARG);
	committee_free(c);
}

/* Published so, it stays so, whatever the clerk signs later. */
TEST(the_published_time_stays)
{
	struct committee *c = committee_copy(committee_base);
	c->options.objections_until = UNTIL + 1;
	committee_clock(UNTIL - 10);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_publish(c, NULL), 0);
	assert_true(same_file(c, committee_base, "box/public/preliminary"));
	committee_free(c);
}

/* In Beijing, whatever the computer's zone: 2026-06-02 at any time, 9 June 23:59. */
TEST(the_time_is_the_end_of_a_day)
{
	const uint64_t midnight = COMMITTEE_CLOSES - 8 * 3600, last = midnight + 8 * 86400 - 60;
	const uint64_t times[] = {midnight, COMMITTEE_CLOSES, midnight + 86399};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		assert_int_equal(issue_objections_until(times[i], ISSUE_OBJECTION_DAYS), last);
	assert_int_equal(issue_objections_until(midnight - 1, ISSUE_OBJECTION_DAYS), last - 86400);
}

AROUND(set_up)
{
	committee_base = committee_new(&(struct committee_options){.objections_until = UNTIL});
	committee_to(committee_base, YIHU_STAGE_PUBLISHED);
	return 0;
}

AROUND(tear_down)
{
	committee_clock(COMMITTEE_CLOSES);
	committee_free(committee_base);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_preliminary_until_its_time),
		cmocka_unit_test(it_is_final_when_its_time_has_come),
		cmocka_unit_test(it_has_the_objections_and_answers_of_its_time),
		cmocka_unit_test(an_upheld_objection_changes_no_result),
		cmocka_unit_test(no_objections_are_asked_for_in_the_past),
		cmocka_unit_test(the_published_time_stays),
		cmocka_unit_test(the_time_is_the_end_of_a_day),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
