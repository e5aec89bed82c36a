/* SPDX-License-Identifier: Apache-2.0
 *
 * Error codes, their names, and the words they carry.
 */
#include "support.h"

#include <yihu/error.h>

TEST(every_code_has_its_own_slug)
{
	for (int i = 0; i < YIHU_N_CODES; i++) {
		assert_string_not_equal(yihu_code_slug(i), "unknown");
		for (int j = 0; j < i; j++)
			assert_string_not_equal(yihu_code_slug(i), yihu_code_slug(j));
	}
	assert_string_equal(yihu_code_slug(YIHU_OK), "ok");
	assert_string_equal(yihu_code_slug(YIHU_EBALLOTPROOF), "ballot-proof");
	assert_string_equal(yihu_code_slug(-1), "unknown");
	assert_string_equal(yihu_code_slug(YIHU_N_CODES), "unknown");
}

TEST(failing_fills_and_returns)
{
	struct yihu_error err;
	assert_int_equal(yihu_fail(&err, YIHU_EPOINT, "%s %d", "point", 3), YIHU_EPOINT);
	assert_int_equal(err.code, YIHU_EPOINT);
	assert_string_equal(err.text, "point 3");
	assert_int_equal(yihu_fail(NULL, YIHU_EMIX, "x"), YIHU_EMIX);
}

TEST(context_is_put_before)
{
	struct yihu_error err;
	yihu_fail(&err, YIHU_EPOINT, "bad point");
	assert_int_equal(yihu_fail_at(&err, YIHU_EPOINT, "line %d", 4), YIHU_EPOINT);
	assert_int_equal(yihu_fail_at(&err, YIHU_EPOINT, "file"), YIHU_EPOINT);
	assert_string_equal(err.text, "file: line 4: bad point");
	assert_int_equal(yihu_fail_at(NULL, YIHU_EMIX, "x"), YIHU_EMIX);
	struct yihu_error none = {0};
	assert_int_equal(yihu_fail_at(&none, YIHU_EMIX, "alone"), YIHU_EMIX);
	assert_string_equal(none.text, "alone");
}

TEST(the_text_may_be_its_own_argument)
{
	struct yihu_error err;
	yihu_fail(&err, YIHU_EPOINT, "inner");
	yihu_fail(&err, YIHU_EMIX, "outer (%s)", err.text);
	assert_string_equal(err.text, "outer (inner)");
}

TEST(long_texts_end_with_a_whole_character)
{
	struct yihu_buf b = {0};
	struct yihu_error err;
	for (int lead = 0; lead < 3; lead++) {
		yihu_buf_reset(&b);
		yihu_buf_fmt(&b, "%.*s", lead, "ab");
		for (int i = 0; i < 500; i++)
			yihu_buf_str(&b, "\u7968");
		yihu_fail(&err, YIHU_EMIX, "%s", (char *)b.data);
		size_t len = strlen(err.text);
		assert_true(len > sizeof err.text - 4 && len < sizeof err.text);
		assert_true(yihu_utf8_valid(err.text, len));
	}
	yihu_buf_free(&b);
}

TEST(quoted_text_cannot_steer_a_terminal)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{"plain 票", "plain 票"},
		{"\x1b[2Jgone", "?[2Jgone"},
		{"a\nb\tc\rd", "a?b?c?d"},
		{"\x7f", "?"},
		{"\xc2\x9b"
		 "1m",
		 "??1m"},
		{"\xc2\xa0", "\xc2\xa0"},
		{"\xff\xfe", "??"},
		{"cut \xe7\xa5", "cut ??"},
		{"\xed\xa0\x80", "???"},
		{"\xc0\x80", "??"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_error err;
		yihu_fail(&err, YIHU_EARG, "%s", rows[i].in);
		assert_string_equal(err.text, rows[i].out);
		yihu_fail_at(&err, YIHU_EARG, "%s", rows[i].in);
		assert_true(yihu_utf8_valid(err.text, strlen(err.text)));
		assert_int_equal(strncmp(err.text, rows[i].out, strlen(rows[i].out)), 0);
	}
}

TEST(without_a_catalogue_texts_are_english)
{
	assert_string_equal(yihu_gettext("Nobody translates this."), "Nobody translates this.");
	assert_string_equal(yihu_ngettext("one", "many", 1), "one");
	assert_string_equal(yihu_ngettext("one", "many", 2), "many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_its_own_slug),
		cmocka_unit_test(failing_fills_and_returns),
		cmocka_unit_test(context_is_put_before),
		cmocka_unit_test(the_text_may_be_its_own_argument),
		cmocka_unit_test(long_texts_end_with_a_whole_character),
		cmocka_unit_test(quoted_text_cannot_steer_a_terminal),
		cmocka_unit_test(without_a_catalogue_texts_are_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
