/* SPDX-License-Identifier: Apache-2.0
 *
 * Complaints: kept from when they come, shown with the results, and signed.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/limits.h>

#include "committee.h"

static bool page_says(const struct committee *c, const char *text)
{
	struct yihu_buf page = committee_read(c, "box/public/site/results.html");
	bool says = strstr((const char *)page.data, text) != NULL;
	yihu_buf_free(&page);
	return says;
}

static struct yihu_complaints answered(uint32_t filed, const char *text)
{
	struct yihu_complaints c = {.filed = filed};
	struct yihu_error err;
	assert_int_equal(yihu_complaints_take_answers(&c, text, strlen(text), &err), 0);
	return c;
}

TEST(none_recorded_is_said)
{
	assert_true(page_says(committee_base, "The committee has recorded none"));
	assert_false(committee_has(committee_base, "box/public/site/complaints.txt"));
}

/* And changed later, although the clock stands still here. */
TEST(they_are_shown_with_the_results)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints first = answered(2, "已核实。\n再次确认。"), later = {.filed = 3};
	assert_int_equal(committee_complaints(c, &first, 0), 0);
	assert_false(page_says(c, "2 filed"));
	assert_int_equal(committee_publish(c, NULL), 0);
	assert_true(page_says(c, "2 filed, 1 answered in public"));
	assert_true(page_says(c, "<li class=\"answer\">已核实。\n再次确认。</li>"));
	assert_int_equal(committee_complaints(c, &later, 0), 0);
	assert_int_equal(later.made, first.made + 1);
	assert_int_equal(committee_publish(c, NULL), 0);
	assert_true(page_says(c, "3 filed, 0 answered in public"));
	struct yihu_buf kept = committee_read(c, "ceremony/complaints");
	struct yihu_buf shown = committee_read(c, "box/public/site/complaints.txt");
	assert_string_equal((const char *)kept.data, (const char *)shown.data);
	assert_int_equal(committee_state(c),
			 YIHU_STAGE_PUBLISHED); /* and the audit passes over them */
	yihu_buf_free(&kept);
	yihu_buf_free(&shown);
	yihu_complaints_free(&first);
	committee_free(c);
}

TEST(they_may_come_before_the_results)
{
	struct committee *c = committee_new(&(struct committee_options){.n = 1});
	struct yihu_complaints one = {.filed = 1};
	committee_to(c, YIHU_STAGE_OPEN);
	assert_int_equal(committee_complaints(c, &one, 0), 0);
	assert_false(committee_has(c, "box/public/site/complaints.txt"));
	committee_to(c, YIHU_STAGE_PUBLISHED);
	assert_true(page_says(c, "1 filed, 0 answered in public"));
	committee_free(c);
}

TEST(what_is_wrong_is_not_recorded)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints more = answered(1, "a\n\nb"), one = {.filed = 1};
	assert_int_equal(committee_complaints(c, &more, 0), YIHU_EARG);
	assert_non_null(strstr(c->err.text, "2 answers, and 1 complaints"));
	assert_int_equal(committee_complaints(c, &one, 1), YIHU_EKEYS);
	assert_false(committee_has(c, "ceremony/complaints"));
	yihu_complaints_free(&more);
	committee_free(c);
}

TEST(answers_that_are_too_long_are_refused)
{
	struct committee *c = committee_copy(committee_base);
	char *text = yihu_alloc(YIHU_COMPLAINTS_BYTES_MAX);
	memset(text, 'x', YIHU_COMPLAINTS_BYTES_MAX - 1);
	text[YIHU_COMPLAINTS_BYTES_MAX - 1] = '\0';
	struct yihu_complaints one = answered(1, text);
	assert_int_equal(committee_complaints(c, &one, 0), YIHU_ETOOBIG);
	assert_false(committee_has(c, "ceremony/complaints"));
	yihu_complaints_free(&one);
	free(text);
	committee_free(c);
}

/* Somebody edits the number in the clerk's folder: nothing is committee_base of it. */
TEST(an_edited_note_is_refused)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints seven = {.filed = 7};
	assert_int_equal(committee_complaints(c, &seven, 0), 0);
	committee_shell(c, "sed -i 's/^filed 7$/filed 0/' election/ceremony/complaints");
	assert_int_equal(committee_publish(c, NULL), YIHU_ESIGNATURE);
	assert_non_null(strstr(c->err.text, "ceremony/complaints"));
	assert_int_equal(committee_complaints(c, &seven, 0), YIHU_ESIGNATURE);
	assert_true(page_says(c, "The committee has recorded none"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_recorded_is_said),
		cmocka_unit_test(they_are_shown_with_the_results),
		cmocka_unit_test(they_may_come_before_the_results),
		cmocka_unit_test(what_is_wrong_is_not_recorded),
		cmocka_unit_test(answers_that_are_too_long_are_refused),
		cmocka_unit_test(an_edited_note_is_refused),
	};
	return cmocka_run_group_tests_name("tally complaints", tests, committee_begin_published,
					   committee_end);
}
