/* SPDX-License-Identifier: Apache-2.0
 *
 * results.csv: what a spreadsheet reads, and nothing that it runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

static void test_rows_and_columns(void **state)
{
	(void)state;
	json_t *root = sample_opened();
	char *csv = sample_draw(yihu_results_csv, root, "en");
	assert_int_equal(strncmp(csv,
				 "\xef\xbb\xbf\"Id\",\"Project\",\"Outcome\",\"Place\",\"Cost\","
				 "\"Votes\",\"Ballots for it\",\"Ballots against\",\"Other valid "
				 "ballots\",\"How it came\"\r\n",
				 120),
			 0);
	assert_has(csv, "\r\n\"tree\",\"Trees\",\"✓ Funded\",1,100.00,2,2,0,0,\"");
	assert_has(csv, "\r\n\"lamp\",\"Lamps\",\"— Not funded\",2,100.00,2,2,0,0,\"");
	free(csv);
	json_decref(root);
}

static void test_nothing_counted_when_not_opened(void **state)
{
	(void)state;
	json_t *root = sample_not_opened();
	char *csv = sample_draw(yihu_results_csv, root, "zh");
	assert_has(csv, "\"— 未入选\",,100.00,,,,,\"票箱没有打开。\"\r\n");
	free(csv);
	json_decref(root);
}

/* A name, and the cell it must become. */
static const struct {
	const char *name, *cell;
} cells[] = {
	{"Trees", "\"Trees\""},
	{"a=b", "\"a=b\""},
	{"=1+1", "\"'=1+1\""},
	{"=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""},
	{"+1", "\"'+1\""},
	{"-1", "\"'-1\""},
	{"@SUM(A1)", "\"'@SUM(A1)\""},
	{"|calc", "\"'|calc\""},
	{"%x", "\"'%x\""},
	{"\t=1", "\"' =1\""},
	{"\r\n=1", "\"'  =1\""},
	{"  =1", "\"'  =1\""},
	{"\u3000=1", "\"'\u3000=1\""},
	{"\u00a0@x", "\"'\u00a0@x\""},
	{"\ufeff=1", "\"'\ufeff=1\""},
	{" \u3000\t-1", "\"' \u3000 -1\""},
	{"＝1", "\"'＝1\""},
	{"＋1", "\"'＋1\""},
	{"－1", "\"'－1\""},
	{"＠x", "\"'＠x\""},
	{"\"=1", "\"\"\"=1\""},
	{"a\"b", "\"a\"\"b\""},
	{"a,b;c", "\"a,b;c\""},
	{"a\nb", "\"a b\""},
	{"修树", "\"修树\""},
};

static void test_no_cell_is_a_formula(void **state)
{
	(void)state;
	json_t *root = sample_opened();
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		json_object_set_new(sample_project(root, 0), "name", json_string(cells[i].name));
		char *csv = sample_draw(yihu_results_csv, root, "zh");
		char *want = yihu_printf("\r\n\"lamp\",%s,", cells[i].cell);
		assert_has(csv, want);
		free(want);
		free(csv);
	}
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_and_columns),
		cmocka_unit_test(test_nothing_counted_when_not_opened),
		cmocka_unit_test(test_no_cell_is_a_formula),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
