/* SPDX-License-Identifier: Apache-2.0
 *
 * Why households were added: what is understood, what is kept, what is refused.
 */
#include <string.h>

#include "committee.h"

#include "folder/additions.h"

static void assert_means(const char *text, enum added_why why)
{
	struct given_reason reason;
	struct yihu_error err = {0};
	if (reason_parse(&reason, &added_reasons, text, &err) != 0)
		fail_msg("%s: %s", text, err.text);
	assert_int_equal(reason.why, why);
	assert_true(why == ADDED_OTHER ? yihu_span_is(reason.words, text) : reason.words.len == 0);
}

TEST(a_reason_is_said_by_number_by_name_or_in_words)
{
	static const char *const said[ADDED_OTHER][4] = {
		{"1", "forgotten", "left out of the list by mistake", "名单漏登"},
		{"2", "moved-in", "moved in since", "后来搬进来"},
		{"3", "divided", "one household became two", "分户"},
		{"4", "vacant", "listed as empty, lived in", "登记为空置，其实有人住"}};
	for (enum added_why why = 0; why < ADDED_OTHER; why++)
		for (size_t i = 0; i < 4; i++)
			assert_means(said[why][i], why);
	assert_means("their son has moved into 3-2-501", ADDED_OTHER);
	assert_means("Divided", ADDED_OTHER);
}

TEST(what_says_nothing_is_no_reason)
{
	static const struct {
		const char *text, *says;
	} bad[] = {{"", "0 bytes"},
		   {"0", "no reason number 0"},
		   {"5", "no reason number 5"},
		   {"11", "no reason number 11"},
		   {"other", "“other” says nothing"},
		   {"其他原因", "“其他原因” says nothing"},
		   {"a\nb", "in one line"},
		   {"a\tb", "in one line"},
		   {" a", "space"},
		   {"\xff", "UTF-8"}};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct given_reason reason;
		struct yihu_error err = {0};
		assert_int_equal(reason_parse(&reason, &added_reasons, bad[i].text, &err),
				 YIHU_EREASON);
		if (!strstr(err.text, bad[i].says))
			fail_msg("%s: %s", bad[i].text, err.text);
	}
}

static void put(struct committee *c, uint32_t serial, const char *text)
{
	struct given_reason reason;
	assert_int_equal(reason_parse(&reason, &added_reasons, text, &c->err), 0);
	assert_int_equal(additions_put(&c->folder, serial, &reason, &c->err), 0);
}

static void assert_file(struct committee *c, const char *wanted)
{
	struct yihu_buf text = committee_read(c, "paper/additions");
	assert_int_equal(text.len, strlen(wanted));
	assert_memory_equal(text.data, wanted, text.len);
	yihu_buf_free(&text);
}

TEST(one_thing_is_said_of_a_letter)
{
	struct committee *c = committee_new(NULL);
	assert_int_equal(additions_drop(&c->folder, 7, &c->err), 0);
	assert_false(committee_has(c, "paper/additions"));
	put(c, 7, "moved-in");
	put(c, 9, "moved: twice");
	put(c, 8, "vacant");
	assert_file(c, "7\tmoved-in\n9\tother\tmoved: twice\n8\tvacant\n");
	put(c, 7, "divided");
	assert_file(c, "9\tother\tmoved: twice\n8\tvacant\n7\tdivided\n");
	assert_int_equal(additions_drop(&c->folder, 8, &c->err), 0);
	assert_int_equal(additions_drop(&c->folder, 6, &c->err), 0);
	assert_file(c, "9\tother\tmoved: twice\n7\tdivided\n");
	committee_free(c);
}

TEST(a_line_that_says_something_else_is_named)
{
	static const char *const bad[] = {
		"7",        "7\t",           "7\tmoved",    "\tmoved-in",         "x\tmoved-in",
		"7\tother", "7\tdivided\tx", "07\tdivided", "4294967296\tdivided"};
	struct committee *c = committee_new(NULL);
	const struct given_reason divided = {.why = ADDED_DIVIDED};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct additions a = {0};
		char *text = yihu_printf("6\tdivided\n%s\n", bad[i]);
		struct yihu_buf bytes = {0};
		yihu_buf_str(&bytes, text);
		assert_int_equal(folder_write(&c->folder, F_ADDITIONS, &bytes, &c->err), 0);
		if (additions_read(&a, &c->folder, &c->err) != YIHU_EFORMAT)
			fail_msg("“%s” is taken", bad[i]);
		assert_non_null(strstr(c->err.text, "paper/additions: line 2 "));
		assert_int_equal(additions_put(&c->folder, 7, &divided, &c->err), YIHU_EFORMAT);
		assert_file(c, text); /* as it was */
		yihu_buf_free(&bytes);
		free(text);
	}
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reason_is_said_by_number_by_name_or_in_words),
		cmocka_unit_test(what_says_nothing_is_no_reason),
		cmocka_unit_test(one_thing_is_said_of_a_letter),
		cmocka_unit_test(a_line_that_says_something_else_is_named),
	};
	return cmocka_run_group_tests_name("folder additions", tests, NULL, NULL);
}
