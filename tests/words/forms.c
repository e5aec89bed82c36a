/* SPDX-License-Identifier: Apache-2.0
 *
 * Languages, sentences and forms.
 */
#include <stdio.h>
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

/* ---- the table that the pages are held to as well ---- */

static char *form(enum language l, const char *kind, const char *n, const char *currency)
{
	if (strcmp(kind, "count") == 0)
		return words_count(l, strtoull(n, NULL, 10));
	if (strcmp(kind, "money") == 0)
		return words_money(l, strtoull(n, NULL, 10), *currency ? currency : NULL);
	assert_string_equal(strcmp(kind, "time") == 0 ? "date" : kind, "date");
	uint64_t t = strtoull(n, NULL, 10);
	return strcmp(kind, "date") == 0 ? words_date(l, t) : words_time(l, t);
}

/* "money zh-CN 100 EUR | 1 EUR" */
static void check_row(const char *row)
{
	char kind[16], language[16], n[32], currency[8] = "", wanted[128];
	struct yihu_error err = {0};
	enum language l;
	if (sscanf(row, "%15s %15s %31s | %127[^\n]", kind, language, n, wanted) != 4)
		assert_int_equal(sscanf(row, "%15s %15s %31s %7s | %127[^\n]", kind, language, n,
					currency, wanted),
				 5);
	assert_int_equal(words_language(&l, language, &err), 0);
	if (strcmp(kind, "brief") != 0) /* the pages' alone */
		assert_text(form(l, kind, n, currency), wanted);
}

TEST(counts_money_and_moments_are_those_of_the_table)
{
	char row[256];
	int n = 0;
	FILE *f = fopen(getenv("YIHU_FORMS"), "r");
	assert_non_null(f);
	for (; fgets(row, sizeof row, f); n++)
		if (*row != '#')
			check_row(row);
	fclose(f);
	assert_true(n > 20);
}

TEST(all_languages_have_one_zone)
{
	assert_int_equal(words_zone(LANGUAGE_ZH_CN), 8 * 3600);
	assert_int_equal(words_zone(LANGUAGE_EN), 8 * 3600);
}

int main(void)
{
	setenv("TZ", "America/New_York", 1); /* not the election's */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_goes_by_its_tag_and_by_its_name_for_users),
		cmocka_unit_test(another_is_refused_and_those_that_there_are_are_named),
		cmocka_unit_test(a_sentence_takes_its_values_by_name),
		cmocka_unit_test(sentences_are_set_apart_as_the_language_does),
		cmocka_unit_test(counts_have_their_thousands_apart),
		cmocka_unit_test(counts_money_and_moments_are_those_of_the_table),
		cmocka_unit_test(all_languages_have_one_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
