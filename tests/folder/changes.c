/* SPDX-License-Identifier: Apache-2.0
 *
 * Why letters end, and who said yes: what is kept, what is refused.
 */
#include <string.h>

#include "committee.h"

#include "folder/changes.h"

static const char *const both[] = {"王芳", "李强"};

static int put(struct committee *c, enum change_kind kind, uint32_t serial, const char *why,
	       size_t names)
{
	const struct change_note note = {
		.kind = kind, .serial = serial, .why = why, .by = both, .n_by = names};
	return changes_put(&c->folder, &note, &c->err);
}

static void assert_file(struct committee *c, const char *wanted)
{
	struct yihu_buf text = committee_read(c, "paper/changes");
	assert_int_equal(text.len, strlen(wanted));
	assert_memory_equal(text.data, wanted, text.len);
	yihu_buf_free(&text);
}

TEST(a_change_keeps_its_reason_and_its_names)
{
	struct committee *c = committee_new(NULL);
	struct changes all;
	assert_int_equal(put(c, CHANGE_VOID, 7, NULL, 0), 0);
	assert_false(committee_has(c, "paper/changes")); /* nothing was said */
	assert_int_equal(put(c, CHANGE_VOID, 7, "lost", 2), 0);
	assert_int_equal(put(c, CHANGE_REPLACE, 7, "the dog ate it", 1), 0);
	assert_int_equal(put(c, CHANGE_ADD, 9, NULL, 2), 0);
	assert_file(c, "void\t7\tlost\t\t王芳\t李强\nreplace\t7\tother\tthe dog ate it\t王芳\n"
		       "add\t9\t-\t\t王芳\t李强\n");
	assert_int_equal(changes_read(&all, &c->folder, &c->err), 0);
	const struct change_line *l = changes_of(&all, CHANGE_REPLACE, 7);
	assert_non_null(l);
	assert_true(l->reasoned && l->reason.why == CHANGED_OTHER && l->n_by == 1);
	assert_true(yihu_span_is(l->reason.words, "the dog ate it"));
	assert_true(yihu_span_is(l->by[0], "王芳"));
	assert_null(changes_of(&all, CHANGE_REPLACE, 9));
	changes_finish(&all);
	committee_free(c);
}

TEST(what_is_said_last_holds)
{
	struct committee *c = committee_new(NULL);
	assert_int_equal(put(c, CHANGE_VOID, 7, "lost", 0), 0);
	assert_int_equal(put(c, CHANGE_VOID, 7, "信件损坏或印坏", 0), 0);
	assert_file(c, "void\t7\tspoiled\t\n");
	assert_int_equal(changes_drop(&c->folder, CHANGE_VOID, 8, &c->err), 0);
	assert_file(c, "void\t7\tspoiled\t\n");
	assert_int_equal(put(c, CHANGE_VOID, 7, NULL, 0), 0);
	assert_file(c, "");
	committee_free(c);
}

TEST(names_are_of_people_and_of_two)
{
	static const char *const same[] = {"王芳", "王芳"}, *const none[] = {"王芳", ""},
				 *const tab[] = {"a\tb"};
	struct yihu_error err = {0};
	assert_int_equal(names_check(both, 2, &err), 0);
	assert_int_equal(names_check(same, 2, &err), YIHU_EARG);
	assert_non_null(strstr(err.text, "named twice"));
	assert_int_equal(names_check(none, 2, &err), YIHU_EARG);
	assert_int_equal(names_check(tab, 1, &err), YIHU_EARG);
	assert_int_equal(names_check(both, NAMES_MAX + 1, &err), YIHU_EARG);
}

TEST(a_line_that_is_no_change_is_named)
{
	static const char *const bad[] = {"void",
					  "void\t7",
					  "void\t7\tlost",
					  "void\t7\tlost\tx",
					  "void\t7\tother\t",
					  "void\t7\t-\tx",
					  "void\t07\tlost\t",
					  "lose\t7\tlost\t",
					  "void\t7\twrong\t",
					  "void\t7\tlost\t\t",
					  "void\t7\tlost\t\ta\tb\tc\td\te"};
	struct committee *c = committee_new(NULL);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct changes all;
		char *text = yihu_printf("add\t9\t-\t\n%s\n", bad[i]);
		struct yihu_buf bytes = {0};
		yihu_buf_str(&bytes, text);
		assert_int_equal(folder_write(&c->folder, F_CHANGES, &bytes, &c->err), 0);
		if (changes_read(&all, &c->folder, &c->err) != YIHU_EFORMAT)
			fail_msg("“%s” is taken", bad[i]);
		assert_non_null(strstr(c->err.text, "paper/changes: line 2 "));
		assert_int_equal(put(c, CHANGE_VOID, 7, "lost", 0), YIHU_EFORMAT);
		assert_file(c, text); /* as it was */
		yihu_buf_free(&bytes);
		free(text);
	}
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_keeps_its_reason_and_its_names),
		cmocka_unit_test(what_is_said_last_holds),
		cmocka_unit_test(names_are_of_people_and_of_two),
		cmocka_unit_test(a_line_that_is_no_change_is_named),
	};
	return cmocka_run_group_tests_name("folder changes", tests, NULL, NULL);
}
