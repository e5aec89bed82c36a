/* SPDX-License-Identifier: Apache-2.0
 *
 * Languages, sentences and forms.
 */
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "words/words.h"

/* Frees the text. */
static void assert_text(char *text, const char *wanted)
{
	assert_string_equal(text, wanted);
	free(text);
}

TEST(a_language_goes_by_its_tag_and_by_its_name_for_users)
{
	struct yihu_error err = {0};
	enum language l;
	for (size_t i = 0; i < words_languages(); i++) {
		assert_int_equal(words_language(&l, words_tag((enum language)i), &err), 0);
		assert_int_equal(l, i);
		assert_int_equal(words_language(&l, words_brief((enum language)i), &err), 0);
		assert_int_equal(l, i);
	}
	assert_string_equal(words_brief(LANGUAGE_ZH_CN), "zh");
	assert_string_equal(words_brief(LANGUAGE_EN), "en");
	assert_int_equal(words_second(LANGUAGE_ZH_CN), LANGUAGE_EN);
	assert_int_equal(words_second(LANGUAGE_EN), LANGUAGE_ZH_CN);
	assert_false(words_right_to_left(LANGUAGE_ZH_CN));
}

TEST(another_is_refused_and_those_that_there_are_are_named)
{
	static const char *const names[] = {"", "xx", "z", "zh-", "zh-TW", "ZH", "en-"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct yihu_error err = {0};
		enum language l = LANGUAGE_EN;
		assert_int_equal(words_language(&l, names[i], &err), YIHU_EARG);
		assert_int_equal(l, LANGUAGE_EN);
		assert_non_null(strstr(err.text, "zh, "));
		assert_non_null(strstr(err.text, "en"));
	}
}

TEST(a_sentence_takes_its_values_by_name)
{
	assert_text(words_say(LANGUAGE_EN, W_RESULT_BALLOTS_LINE, say_count("void", 2),
			      say_count("valid", 12345)),
		    "12,345 valid, 2 void");
	assert_text(words_say(LANGUAGE_ZH_CN, W_FORM_QUOTED, say_text("name", "{x} %s")),
		    "「{x} %s」");
	assert_text(words_say(LANGUAGE_EN, W_FORM_QUOTED, say_taken("name", strdup(""))), "");
}

TEST(sentences_are_set_apart_as_the_language_does)
{
	assert_text(words_join(LANGUAGE_EN, strdup("One."), strdup("Two.")), "One. Two.");
	assert_text(words_join(LANGUAGE_ZH_CN, strdup("一。"), strdup("二。")), "一。二。");
	assert_text(words_join(LANGUAGE_EN, strdup("One."), strdup("")), "One.");
	assert_text(words_join(LANGUAGE_EN, strdup(""), strdup("Two.")), "Two.");
}

TEST(counts_have_their_thousands_apart)
{
	static const struct {
		uint64_t n;
		const char *text, *hundredths;
	} rows[] = {
		{0, "0", "0"},
		{7, "7", "0.07"},
		{999, "999", "9.99"},
		{1000, "1,000", "10"},
		{123456, "123,456", "1,234.56"},
		{UINT64_MAX, "18,446,744,073,709,551,615", "184,467,440,737,095,516.15"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_text(words_count(LANGUAGE_EN, rows[i].n), rows[i].text);
		assert_text(words_hundredths(LANGUAGE_ZH_CN, rows[i].n), rows[i].hundredths);
	}
}

TEST(money_has_its_unit)
{
	assert_text(words_money(LANGUAGE_ZH_CN, 9000000, NULL), "90,000 元");
	assert_text(words_money(LANGUAGE_EN, 9000000, NULL), "90,000 yuan");
	assert_text(words_money(LANGUAGE_ZH_CN, 123450, "CNY"), "1,234.50 元");
	assert_text(words_money(LANGUAGE_ZH_CN, 5, "EUR"), "0.05 EUR");
	assert_text(words_money(LANGUAGE_EN, 100, "EUR"), "1 EUR");
}

TEST(moments_are_written_as_the_language_does)
{
	const struct tm tm = {
		.tm_year = 131, .tm_mon = 5, .tm_mday = 8, .tm_wday = 0, .tm_hour = 9, .tm_min = 5};
	assert_text(words_date(LANGUAGE_ZH_CN, &tm), "2031年6月8日（周日）09:05");
	assert_text(words_date(LANGUAGE_EN, &tm), "Sun 2031-06-08, 09:05");
	assert_text(words_time(LANGUAGE_ZH_CN, &tm), "2031-06-08 09:05");
	assert_text(words_time(LANGUAGE_EN, &tm), "2031-06-08 09:05");
	assert_int_equal(words_zone(LANGUAGE_ZH_CN), 8 * 3600);
	assert_int_equal(words_zone(LANGUAGE_EN), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_goes_by_its_tag_and_by_its_name_for_users),
		cmocka_unit_test(another_is_refused_and_those_that_there_are_are_named),
		cmocka_unit_test(a_sentence_takes_its_values_by_name),
		cmocka_unit_test(sentences_are_set_apart_as_the_language_does),
		cmocka_unit_test(counts_have_their_thousands_apart),
		cmocka_unit_test(money_has_its_unit),
		cmocka_unit_test(moments_are_written_as_the_language_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
