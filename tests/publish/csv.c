/* SPDX-License-Identifier: Apache-2.0
 *
 * results.csv: what a spreadsheet reads, and nothing that it runs.
 */
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "test.h"

TEST(rows_and_columns)
{
	json_t *root = sample_opened();
	char *csv = sample_draw(sample_csv, root, "en");
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

TEST(nothing_counted_when_not_opened)
{
	json_t *root = sample_not_opened();
	char *csv = sample_draw(sample_csv, root, "zh");
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
	{"\v=1", "\"' =1\""},
	{"\f=1", "\"' =1\""},
	{"\001=1", "\"' =1\""},
	{"\177=1", "\"' =1\""},
	{"\u2003=1", "\"'\u2003=1\""},
	{"\u200b=1", "\"'\u200b=1\""},
	{"\u200e=1", "\"'\u200e=1\""},
	{"\u202e=1", "\"'\u202e=1\""},
	{"\u2028=1", "\"'\u2028=1\""},
	{"\u205f=1", "\"'\u205f=1\""},
	{"\u2060=1", "\"'\u2060=1\""},
	{"\u00ad=1", "\"'\u00ad=1\""},
	{"\xc2\x85=1", "\"'\xc2\x85=1\""},
	{"\ufe66"
	 "1",
	 "\"'\ufe66"
	 "1\""},
	{"\u2212"
	 "1",
	 "\"'\u2212"
	 "1\""},
	{"\u2014 a", "\"\u2014 a\""},
	{"\u201c=1", "\"\u201c=1\""},
	{"'=1", "\"'=1\""},
	{"a\"b", "\"a\"\"b\""},
	{"a,b;c", "\"a,b;c\""},
	{"a\nb", "\"a b\""},
	{"修树", "\"修树\""},
};

TEST(an_id_keeps_its_zeros)
{
	json_t *root = sample_opened();
	char *text = json_dumps(root, 0);
	for (char *at = text; (at = strstr(at, "\"lamp\"")) != NULL; at++)
		memcpy(at, "\"0071\"", 6);
	json_t *other = json_loads(text, 0, NULL);
	char *csv = sample_draw(sample_csv, other, "zh");
	assert_has(csv, "\r\n\"\t0071\",");
	free(csv);
	free(text);
	json_decref(other);
	json_decref(root);
}

TEST(no_cell_is_a_formula)
{
	json_t *root = sample_opened();
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		json_object_set_new(sample_project(root, 0), "name", json_string(cells[i].name));
		char *csv = sample_draw(sample_csv, root, "zh");
		char *want = yihu_printf("\r\n\"lamp\",%s,", cells[i].cell);
		assert_has(csv, want);
		free(want);
		free(csv);
	}
	json_decref(root);
}

/* ---- read back, as a spreadsheet does ---- */

#define COLUMNS 10
struct row {
	size_t n;
	char *cells[COLUMNS + 1];
	bool quoted[COLUMNS + 1];
};

/* RFC 4180. Takes one row off *p; a cell that was quoted is text. */
static struct row next_row(const char **p)
{
	struct row row = {0};
	bool more = true;
	while (more && row.n <= COLUMNS) {
		struct yihu_buf cell = {0};
		bool quoted = **p == '"';
		const char *c = *p + quoted;
		yihu_buf_str(&cell, "");
		while (quoted ? *c != '"' || c[1] == '"' : *c != ',' && *c != '\r') {
			assert_true(*c != '\0' && *c != '\n');
			c += quoted && *c == '"';
			yihu_buf_u8(&cell, (uint8_t)*c++);
		}
		c += quoted;
		assert_true(*c == ',' || strncmp(c, "\r\n", 2) == 0);
		more = *c == ',';
		*p = c + (more ? 1 : 2);
		row.quoted[row.n] = quoted;
		row.cells[row.n++] = (char *)cell.data;
	}
	return row;
}

static void row_free(struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		free(row->cells[i]);
}

/* Wherever a text of the file stands: in each project's id, name and verdict. */
TEST(every_row_has_every_column_whatever_the_texts)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		json_t *root = sample_opened();
		json_t *lamp = sample_project(root, 0);
		json_object_set_new(lamp, "name", json_string(cells[i].name));
		json_object_set_new(lamp, "verdict", json_string(cells[i].name));
		char *csv = sample_draw(sample_csv, root, "en");
		const char *p = csv + 3; /* after the BOM */
		size_t rows = 0;
		assert_memory_equal(csv, "\xef\xbb\xbf\"", 4); /* once, and at the start */
		for (; *p != '\0'; rows++) {
			struct row row = next_row(&p);
			assert_int_equal(row.n, COLUMNS);
			for (size_t k = 0; k < COLUMNS; k++) {
				bool number = rows > 0 && k >= 3 && k <= 8;
				assert_int_equal(row.quoted[k], !number);
				if (number)
					assert_int_equal(strspn(row.cells[k], "0123456789."),
							 strlen(row.cells[k]));
				else
					assert_null(strchr("=+-@|%\t", *row.cells[k] != '\0'
									       ? *row.cells[k]
									       : 'x'));
			}
			row_free(&row);
		}
		assert_int_equal(rows, 3);
		free(csv);
		json_decref(root);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_columns),
		cmocka_unit_test(nothing_counted_when_not_opened),
		cmocka_unit_test(an_id_keeps_its_zeros),
		cmocka_unit_test(no_cell_is_a_formula),
		cmocka_unit_test(every_row_has_every_column_whatever_the_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
