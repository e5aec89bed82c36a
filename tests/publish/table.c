/* SPDX-License-Identifier: Apache-2.0
 *
 * Results on a terminal.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "sample.h"
#include "test.h"

static char *table(const json_t *root, const char *language)
{
	return sample_draw(yihu_results_table, root, language);
}

/* Columns on the screen before the part in its line. */
static int column_of(const char *text, const char *part)
{
	wchar_t wide[512];
	const char *at = strstr(text, part);
	assert_non_null(at);
	const char *start = at;
	while (start > text && start[-1] != '\n')
		start--;
	char *before = yihu_strndup(start, (size_t)(at - start));
	size_t n = mbstowcs(wide, before, 511);
	assert_true(n < 511);
	free(before);
	return wcswidth(wide, n);
}

TEST(wide_names_line_up)
{
	json_t *root = sample_opened();
	json_object_set_new(sample_project(root, 0), "name", json_string("三号楼门前的坡道"));
	char *text = table(root, "en");
	int funded = column_of(text, "✓ Funded");
	assert_true(funded > 20);
	assert_int_equal(column_of(text, "— Not funded"), funded);
	assert_int_equal(column_of(text, "Outcome"), funded);
	free(text);
	json_decref(root);
}

TEST(the_same_in_any_locale)
{
	json_t *root = sample_opened();
	json_object_set_new(sample_project(root, 0), "name", json_string("坡道"));
	char *here = table(root, "zh");
	setlocale(LC_ALL, "C");
	char *there = table(root, "zh");
	setlocale(LC_ALL, "C.UTF-8");
	assert_string_equal(here, there);
	assert_has(there, "坡道");
	free(here);
	free(there);
	json_decref(root);
}

TEST(no_control_reaches_the_terminal)
{
	static const char evil[] = "\x1b[31mred\x1b[0m\x07\r\xc2\x9b\x7f";
	json_t *root = sample_opened();
	json_object_set_new(root, "title", json_string(evil));
	json_object_set_new(root, "rule", json_string(evil));
	for (size_t i = 0; i < 2; i++)
		json_object_set_new(sample_project(root, i), "name", json_string(evil));
	char *text = table(root, "en");
	static const char *const never[] = {"\x1b", "\x07", "\r", "\xc2\x9b", "\x7f"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_has_not(text, never[i]);
	assert_has(text, "red");
	free(text);
	json_decref(root);
}

TEST(it_says_what_the_page_says)
{
	json_t *root = sample_opened();
	char *text = table(root, "en");
	assert_has(text, "One project is funded: Trees.\n");
	assert_has(text, "2 valid, 1 void\n");
	assert_has(text, "Only 50 yuan was left at its turn, 50 yuan short: skipped.");
	assert_true(strstr(text, "Trees  ") < strstr(text, "Lamps  "));
	free(text);
	json_decref(root);
	root = sample_not_opened();
	text = table(root, "zh");
	assert_has(text, "选票共 3 张，少于开箱所需的 4 张");
	assert_has_not(text, "有效");
	free(text);
	json_decref(root);
}

AROUND(use_utf8)
{
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wide_names_line_up),
		cmocka_unit_test(the_same_in_any_locale),
		cmocka_unit_test(no_control_reaches_the_terminal),
		cmocka_unit_test(it_says_what_the_page_says),
	};
	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
