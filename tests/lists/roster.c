/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists as people have them: what is read of each, what is asked, and what the
 * answers make of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "lists/roster.h"
#include "packed.h"
#include "test.h"

/* What is asked, a line each: "kind place (n choices)"; and the labels, each with
 * a blank. */
static char *asked(const struct roster *r)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < r->asks.n; i++)
		if (r->asks.at[i].answer < 0)
			yihu_buf_fmt(&out, "%.*s %s (%zu) ", (int)strcspn(r->asks.at[i].id, "-"),
				     r->asks.at[i].id, r->asks.at[i].place,
				     r->asks.at[i].n_choices);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

static char *labels_of(const struct roster *r)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < r->list.n; i++)
		yihu_buf_fmt(&out, "%s%s", i ? " " : "", r->list.at[i].label);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* Reads text; answers has a letter for each question in their order, "" when the
 * questions are what is expected. */
static const struct list {
	const char *text;
	const char *asks;    /* what is asked, NULL: nothing */
	const char *answers; /* then these, or NULL: they stay open */
	const char *labels;  /* what comes of it */
	const char *refused; /* instead: an error */
	const char *notes;   /* a part of what is said */
} lists[] = {
	/* columns and rows */
	{"楼栋,单元,房号,姓名\n3,1,101,王芳\n", NULL, NULL, "3-1-101", NULL, NULL},
	{"household\nA 1\nA 2\n", NULL, NULL, "A 1 A 2", NULL, NULL},
	{"登记表,,,\n填表单位：业委会,,,\n序号,楼号,单元号,门牌号\n1,3栋,1,101\n", NULL, NULL,
	 "3栋-1-101", NULL, "2 rows above"},
	{"序号,门牌,,,业主信息,,备注\n,楼棟,單元,房號,户主,联系电话,\n1,3,1,101,王,1,\n", NULL,
	 NULL, "3-1-101", NULL, "序号, 联系电话"},
	{"门牌,,面积,备注,电话\n楼栋,房号,,,\n1,101,90,,2\n", NULL, NULL, "1-101", NULL,
	 "面积, 电话"},
	{"楼栋,房号,住户\n1,101,王芳\n", NULL, NULL, "1-101", NULL, NULL},
	{"房号（室）,业主姓名*\n101,王\n房号（室）,业主姓名*\n102,李\n合计,2\n说明：x,\n,\n", NULL,
	 NULL, "101 102", NULL, "passed over: line 5, “合计”"},
	{"房号,室\n101,101\n", NULL, NULL, NULL, "column 2: the column “室” says what an earlier",
	 NULL},
	{"3,1,101\n3,1,102\n", NULL, NULL, NULL, "no row names the columns", NULL},
	{"", NULL, NULL, NULL, "the list is empty", NULL},
	{"楼栋,房号\n\n,\n", NULL, NULL, NULL, "the list has no household", NULL},
	{"房号\n101\n\n102\n", NULL, NULL, "101 102", NULL, NULL},
	{"楼栋,房号,姓名\n3,101,王\n3,,李\n", "row line 3, column 2 (1) ", "A", "3-101", NULL,
	 NULL},
	{"备注,房号,姓名\n,101,王\n出租,,\n,103,李\n", "row line 3, column 2 (1) ", "A", "101 103",
	 NULL, NULL},
	{"楼栋,房号\n1,301,5\n", "beyond line 2, column 3 (1) ", "A", "1-301", NULL, NULL},
	{"楼栋,房号\n1栋,\n,101\n2栋,\n,101\n",
	 "row line 2 (1) row line 4 (1) same line 3 and line 5 (1) ", NULL, NULL, NULL, NULL},
	/* merged cells */
	{"楼栋,单元,房号\n3栋,1,101\n,,102\n,,103\n,2,101\n", NULL, NULL,
	 "3栋-1-101 3栋-1-102 3栋-1-103 3栋-2-101", NULL,
	 "filled in from the cell above in 3 rows"},
	{"楼栋,房号\n1栋,101\n1栋,102\n,103\n2栋,101\n2栋,102\n", "building line 4, column 1 (3) ",
	 "A", "1栋-101 1栋-102 1栋-103 2栋-101 2栋-102", NULL, NULL},
	{"楼栋,房号\n1栋,101\n1栋,102\n,103\n1栋,104\n", NULL, NULL,
	 "1栋-101 1栋-102 1栋-103 1栋-104", NULL, NULL},
	{"楼栋,单元,房号\n1栋,1,101\n,1,102\n,2,101\n,1,201\n", "building line 5, column 1 (2) ",
	 NULL, NULL, NULL, NULL},
	{"楼栋,房号\n1栋,501\n,502\n,601\n,103\n", "building line 5, column 1 (2) ", "B",
	 "1栋-501 1栋-502 1栋-601 103", NULL, NULL},
	{"楼栋,房号\n,101\n1栋,102\n", "building line 2, column 1 (2) ", "B", "1栋-101 1栋-102",
	 NULL, NULL},
	{"楼栋,单元,房号\n1栋,1,101\n2栋,,101\n2栋,,102\n", NULL, NULL, "1栋-1-101 2栋-101 2栋-102",
	 NULL, NULL},
	{"楼栋,单元,房号\n1栋,1,101\n2栋,,101\n2栋,1,102\n", "unit line 3, column 2 (2) ", "A",
	 "1栋-1-101 2栋-1-101 2栋-1-102", NULL, NULL},
	{"楼栋,单元,房号\n1栋,1,101\n,,A摊\n,,B摊\n",
	 "building line 3, column 1 (3) building line 4, column 1 (3) ", "AC",
	 "1栋-1-101 1栋-1-A摊 B摊", NULL, NULL},
	/* who takes part */
	{"房号,备注\n101,\n102,空置\n103,商铺\n104,出租\n", "part line 3 (2) part line 4 (2) ",
	 "AB", "101 102 104", NULL, "1 row gets no letter"},
	{"房号,参加\n101,是\n102,否\n103,√\n104,×\n105,也许\n", "part line 6 (2) ", "B", "101 103",
	 NULL, NULL},
	{"房号,参加,备注\n101,是,空置\n102,否,商铺\n103,,\n104,,\n", "empty line 4, column 2 (2) ",
	 "A", "101 103 104", NULL, NULL},
	{"房号,户主\n101,（空置）\n102,（未登记）\n", "part line 2 (2) ", "A", "101 102", NULL,
	 "2 names are remarks"},
	/* one household */
	{"楼栋,房号,备注\n1,101,\n1,102,与1栋101同一业主\n", "owner line 3 (2) ", "B",
	 "1-101、1-102", NULL, "1 flat is one household"},
	{"楼栋,房号,备注\n1,101,\n1,102,与1栋101同一业主\n", "owner line 3 (2) ", "A",
	 "1-101 1-102", NULL, NULL},
	{"楼栋,房号,备注\n1,101,\n1,102,同一业主\n", "owner line 3 (2) ", "B", "1-101", NULL, NULL},
	{"房号,合户\n101,a\n102,\n103,a\n104,a\n", NULL, NULL, "101、103、104 102", NULL, NULL},
	/* twice */
	{"房号\n101\n102\n１０１\n101\n", "same line 2 and line 4 (1) same line 2 and line 5 (1) ",
	 "AA", "101 102", NULL, NULL},
	{"楼栋,单元,房号\n3栋,1,101\n3栋,1单元,101室\n3,1,0101\n",
	 "alike line 2 and line 3 (2) alike line 2 and line 4 (2) ", "AB",
	 "3栋-1-101 3栋-1单元-101室", NULL, NULL},
	/* spoilt */
	{"房号\n1月2日\n2-Jan\n1-101\n", "text line 2, column 1 (2) text line 3, column 1 (2) ",
	 "AB", "1-2 2-Jan 1-101", NULL, NULL},
	{"楼栋,房号\n3,101.0\n3,102.0\n", "point line 2, column 2 (2) ", "A", "3-101 3-102", NULL,
	 NULL},
	{"房号\n1.01E+02\n102\n", "text line 2, column 1 (2) ", "A", "101 102", NULL, NULL},
	{"楼栋,房号\n示例\xef\xbf\xbd栋,101\n", "lost line 2, column 1 (0) ", NULL, NULL, NULL,
	 NULL},
	{"楼栋,房号\n???1?,101\n", "marks line 2, column 1 (1) ", "A", "???1?-101", NULL, NULL},
	{"房号\n\xe2\x80\xad"
	 "101\xe2\x80\xac\n",
	 "lost line 2, column 1 (0) ", NULL, NULL, NULL, NULL},
	{"房号\n101\n102\n103\n104\n105\n106\n107\n108\n109\n110\n王芳\n10080001237\n",
	 "unlike line 12, column 1 (1) unlike line 13, column 1 (1) ", NULL, NULL, NULL, NULL},
};

static struct list_answers answer_all(const struct roster *r, const char *letters)
{
	struct list_answers answers = {0};
	for (size_t i = 0; i < r->asks.n && letters[i]; i++)
		list_answer(&answers, r->asks.at[i].id, letters[i] - 'A');
	return answers;
}

static void check_list(const struct list *l, const struct list_answers *answers, bool answered)
{
	struct roster r = {0};
	struct yihu_error err = {0};
	int code = roster_read(&r, l->text, strlen(l->text),
			       &(struct list_look){.answers = answers}, &err);
	if (l->refused) {
		if (code == 0 || !strstr(err.text, l->refused))
			fail_msg("“%s”: “%s”", l->text, code ? err.text : "taken");
		return;
	}
	if (code != 0)
		fail_msg("“%s”: %s", l->text, err.text);
	char *asks = asked(&r), *labels = labels_of(&r);
	assert_string_equal(asks, answered || !l->asks ? "" : l->asks);
	if (answered || !l->asks) {
		assert_string_equal(labels, l->labels);
		assert_true(!l->notes || strstr(yihu_buf_bytes(&r.notes), l->notes));
	} else {
		assert_int_equal(r.list.n, 0);
		if (l->answers) {
			struct list_answers all = answer_all(&r, l->answers);
			check_list(l, &all, true);
			list_answers_finish(&all);
		}
	}
	free(asks);
	free(labels);
	roster_finish(&r);
}

TEST(a_list_is_read_as_it_is_and_what_is_not_certain_is_asked)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		check_list(&lists[i], NULL, false);
}

/* ---- the committee's own list ---- */

/* One sheet of answers, which comes back as it was written, and as GB18030 too. */
static void one_sheet(const char *name)
{
	struct yihu_buf file = data_file(name), sheet = {0};
	struct roster r = {0};
	struct list_answers answers = {0};
	assert_int_equal(roster_read(&r, file.data, file.len, NULL, NULL), 0);
	assert_int_equal(r.asks.n_open, 9);
	for (size_t i = 0; i < r.asks.n; i++) {
		const char *id = r.asks.at[i].id;
		r.asks.at[i].answer = strncmp(id, "part", 4) == 0       ? i > 0
				      : strncmp(id, "building", 8) == 0 ? -1
									: 0;
	}
	list_asks_sheet(&sheet, &r.asks);
	roster_finish(&r);
	assert_int_equal(list_answers_read(&answers, sheet.data, sheet.len, NULL), 0);
	assert_int_equal(answers.n, 6);
	assert_int_equal(roster_read(&r, file.data, file.len,
				     &(struct list_look){.answers = &answers}, NULL),
			 0);
	assert_int_equal(r.asks.n_open, 0);
	assert_int_equal(r.list.n, 72);
	assert_string_equal(r.list.at[0].label, "1栋-1单元-101");
	assert_string_equal(r.list.at[5].label, "1栋-1单元-302");
	assert_string_equal(r.list.at[71].label, "3栋-2单元-602");
	assert_string_equal(r.list.at[31].name, ""); /* （未登记） */
	roster_finish(&r);
	list_answers_finish(&answers);
	yihu_buf_free(&file);
	yihu_buf_free(&sheet);
}

TEST(the_committees_list_goes_in_with_one_sheet_of_answers)
{
	one_sheet("households.csv");
	one_sheet("households.xlsx");
}

TEST(an_answer_that_is_none_is_named)
{
	struct list_answers answers = {0};
	struct yihu_error err = {0};
	const char *sheet = "id,,,,,,x\nabc-1,,,,,,ｂ\nabc-2,,,,,,yes\n";
	assert_int_equal(list_answers_read(&answers, sheet, strlen(sheet), &err), YIHU_EFORMAT);
	assert_non_null(strstr(err.text, "line 3, column 7: “yes” is no answer"));
	sheet = "id,,,,,,x\nabc-1,,,,,,ｂ\nabc-2,,,,,,\n";
	assert_int_equal(list_answers_read(&answers, sheet, strlen(sheet), &err), 0);
	assert_int_equal(answers.n, 1);
	assert_int_equal(answers.at[0].choice, 1);
	list_answers_finish(&answers);
}

/* An answer is one to what stood there; another list asks anew. */
TEST(an_answer_fits_no_other_text)
{
	const char *before = "房号,备注\n101,空置\n102,\n",
		   *after = "房号,备注\n101,空置房\n102,\n";
	struct roster r = {0};
	assert_int_equal(roster_read(&r, before, strlen(before), NULL, NULL), 0);
	struct list_answers answers = answer_all(&r, "A");
	roster_finish(&r);
	assert_int_equal(roster_read(&r, after, strlen(after),
				     &(struct list_look){.answers = &answers}, NULL),
			 0);
	assert_int_equal(r.asks.n_open, 1);
	roster_finish(&r);
	assert_int_equal(roster_read(&r, before, strlen(before),
				     &(struct list_look){.answers = &answers}, NULL),
			 0);
	assert_int_equal(r.list.n, 2);
	roster_finish(&r);
	list_answers_finish(&answers);
}

TEST(between_two_sheets_with_lists_it_is_asked_and_one_beside_others_is_read)
{
	const char *row = "<row r='%d'><c t='str'><v>%s</v></c></row>";
	char *list = yihu_printf(row, 1, "房号"), *one = yihu_printf(row, 2, "101");
	char *sheets[3] = {yihu_printf("<worksheet>%s%s</worksheet>", list, one),
			   yihu_printf("<worksheet>%s</worksheet>", one), NULL};
	for (size_t i = 0; i < 2; i++) {
		const struct packed_part parts[] = {
			{"xl/workbook.xml",
			 "<w><sheet name='甲' id='a'/><sheet name='乙' id='b'/></w>", 0},
			{"xl/_rels/workbook.xml.rels",
			 "<r><Relationship Id='a' Target='1'/><Relationship Id='b' "
			 "Target='2'/></r>",
			 0},
			{"xl/1", sheets[0], 0},
			{"xl/2", sheets[i], 0}};
		struct yihu_buf file = {0};
		struct roster r = {0};
		struct yihu_error err = {0};
		packed(&file, parts, 4, false);
		assert_int_equal(roster_read(&r, file.data, file.len, NULL, &err), 0);
		assert_int_equal(r.asks.n_open, i == 0);
		assert_true(i == 0 ? strcmp(r.asks.at[0].choice[1], "乙") == 0
				   : strstr(yihu_buf_bytes(&r.notes), "the sheet “乙”") != NULL);
		roster_finish(&r);
		yihu_buf_free(&file);
	}
	free(list);
	free(one);
	free(sheets[0]);
	free(sheets[1]);
}

/* Merged cells as a spreadsheet says them: down to their last row and no further. */
TEST(a_merged_cell_is_filled_to_its_end)
{
	struct yihu_buf file = {0};
	struct roster r = {0};
	packed_xlsx(&file,
		    "<row r='1'><c r='A1' t='str'><v>楼栋</v></c><c r='B1' "
		    "t='str'><v>房号</v></c></row>"
		    "<row r='2'><c r='A2' t='str'><v>1栋</v></c><c r='B2'><v>501</v></c></row>"
		    "<row r='3'><c r='B3'><v>101</v></c></row>"
		    "<row r='4'><c r='B4'><v>102</v></c></row><mergeCell ref='A2:A3'/>",
		    NULL, NULL);
	assert_int_equal(roster_read(&r, file.data, file.len, NULL, NULL), 0);
	char *labels = labels_of(&r), *asks = asked(&r);
	assert_string_equal(asks, "");
	assert_string_equal(labels, "1栋-501 1栋-101 1栋-102");
	free(labels);
	free(asks);
	roster_finish(&r);
	yihu_buf_free(&file);
}

TEST(the_folders_list_is_read_back_as_it_was)
{
	const char *text = "楼栋,房号,姓名\n1栋,101,=王\n,A摊1,\"“李”\"\n,,\n7,0101,\n";
	struct roster r = {0};
	struct yihu_households again = {0};
	struct yihu_buf csv = {0};
	assert_int_equal(roster_read(&r, text, strlen(text), NULL, NULL), 0);
	struct list_answers answers = answer_all(&r, "BB");
	roster_finish(&r);
	assert_int_equal(
		roster_read(&r, text, strlen(text), &(struct list_look){.answers = &answers}, NULL),
		0);
	roster_csv(&csv, &r);
	assert_int_equal(memcmp(csv.data, "\xef\xbb\xbf\"住户\",\"楼栋\"", 20), 0);
	assert_int_equal(yihu_households_read(&again, csv.data, csv.len, NULL), 0);
	assert_int_equal(again.n, r.list.n);
	for (size_t i = 0; i < again.n; i++) {
		assert_string_equal(again.at[i].label, r.list.at[i].label);
		assert_string_equal(again.at[i].building, r.list.at[i].building);
		assert_string_equal(again.at[i].name, r.list.at[i].name);
	}
	list_answers_finish(&answers);
	yihu_households_free(&again);
	yihu_buf_free(&csv);
	roster_finish(&r);
}

TEST(what_is_shown_counts_each_building_once)
{
	const char *text = "楼栋,房号\n1栋,101\n2栋,101\n1栋,102\n";
	struct roster r = {0};
	struct yihu_buf out = {0};
	assert_int_equal(roster_read(&r, text, strlen(text), NULL, NULL), 0);
	roster_show(&out, &r.list);
	assert_non_null(strstr(yihu_buf_bytes(&out), "  1栋 2, 2栋 1\n"));
	assert_non_null(strstr(yihu_buf_bytes(&out), "  1栋-101  \n"));
	assert_non_null(strstr(yihu_buf_bytes(&out), "  1栋-102  \n"));
	yihu_buf_free(&out);
	roster_finish(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_read_as_it_is_and_what_is_not_certain_is_asked),
		cmocka_unit_test(the_committees_list_goes_in_with_one_sheet_of_answers),
		cmocka_unit_test(an_answer_that_is_none_is_named),
		cmocka_unit_test(an_answer_fits_no_other_text),
		cmocka_unit_test(
			between_two_sheets_with_lists_it_is_asked_and_one_beside_others_is_read),
		cmocka_unit_test(a_merged_cell_is_filled_to_its_end),
		cmocka_unit_test(the_folders_list_is_read_back_as_it_was),
		cmocka_unit_test(what_is_shown_counts_each_building_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
