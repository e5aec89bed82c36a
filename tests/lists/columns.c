/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody says of a list: what its columns hold, and what should stand in a cell.
 */
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "lists/columns_shown.h"
#include "lists/proposals.h"
#include "lists/roster.h"
#include "packed.h"
#include "test.h"

/* Labels with blanks between, or the error; caller frees. */
static char *read_as(const char *text, const char *columns)
{
	struct roster r = {0};
	struct yihu_error err = {0};
	struct yihu_buf out = {0};
	if (roster_read(&r, text, strlen(text), &(struct list_look){.columns = columns}, &err) != 0)
		return yihu_strdup(err.text);
	yihu_buf_fmt(&out, "%zu open", r.asks.n_open);
	for (size_t i = 0; i < r.list.n; i++)
		yihu_buf_fmt(&out, " %s/%s", r.list.at[i].label, r.list.at[i].name);
	yihu_buf_u8(&out, 0);
	roster_finish(&r);
	return (char *)out.data;
}

TEST(columns_are_what_somebody_says_they_are)
{
	static const struct {
		const char *text, *columns, *is;
	} cases[] = {
		{"栋,单元,房号,户主,产权\n1,2,101,王,李\n", NULL, "0 open 1-2-101/王"},
		{"栋,单元,房号,户主,产权\n1,2,101,王,李\n", "E=name", "0 open 1-2-101/李"},
		{"栋,单元,房号,户主\n1,2,101,王\n", "B=-", "0 open 1-101/王"},
		{"房号,室\n101,7\n", NULL, NULL},
		{"房号,室\n101,7\n", "A=-", "0 open 7/"},
		{"甲,乙,丙\n1,101,王\n2,101,李\n", NULL, NULL},
		{"甲,乙,丙\n1,101,王\n2,101,李\n", "A=building,B=room,C=name,from=2",
		 "0 open 1-101/王 2-101/李"},
		{"1,101,王\n2,101,李\n", "a=楼栋,b=房号,c=户主", "0 open 1-101/王 2-101/李"},
		{"房号,楼\n\n说明,\n101,1\n", "from=4", "0 open 1-101/"},
		{"房号\n101\n", "from=9", "the list has no household"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *is = read_as(cases[i].text, cases[i].columns);
		if (cases[i].is ? strcmp(is, cases[i].is) != 0 : strncmp(is, "0 open", 6) == 0)
			fail_msg("“%s” with %s: “%s”", cases[i].text,
				 cases[i].columns ? cases[i].columns : "-", is);
		free(is);
	}
}

TEST(what_says_nothing_of_a_column_is_refused)
{
	static const char *const bad[] = {"B",
					  "=room",
					  "B=",
					  "B=roof",
					  "B=room,B=name",
					  "B=room,C=room",
					  "1=room",
					  "B=room,from=0",
					  "AAA=room",
					  "ZZZZZZZZZZZZZZ=room"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct roster r = {0};
		struct yihu_error err = {0};
		const char *text = "房号\n101\n";
		if (roster_read(&r, text, strlen(text), &(struct list_look){.columns = bad[i]},
				&err) != YIHU_EARG)
			fail_msg("“%s” was taken", bad[i]);
	}
	char *said = read_as("房号\n101\n", "B=roof");
	assert_non_null(strstr(said, "no column holds “roof”; say -, building, unit, room"));
	free(said);
}

TEST(projects_have_columns_that_are_said_too)
{
	const char *text = "什么,多少\n路灯,3万\n长椅,8000\n";
	struct proposals p = {0};
	struct yihu_error err = {0};
	assert_int_not_equal(proposals_read(&p, text, strlen(text), 0, NULL, &err), 0);
	assert_int_equal(proposals_read(&p, text, strlen(text), 0,
					&(struct list_look){.columns = "A=name,B=cost,from=2"},
					&err),
			 0);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.at[0].fen, 3000000);
	assert_int_equal(p.rows[1].row, 3);
	assert_int_equal(p.rows[1].fen, 800000);
	proposals_finish(&p);
}

/* Said or not, whatever stands above the first household is told. */
TEST(a_row_that_from_leaves_out_is_told)
{
	const char *bare = "3栋,101,王芳\n3栋,102,李强\n", *named = "房号\n101\n102\n";
	const struct {
		const char *text, *columns, *note;
		size_t n;
	} rows[] = {{bare, "A=building,B=room,C=name", NULL, 2},
		    {bare, "A=building,B=room,C=name,from=2", "passed over: line 1, “3栋”", 1},
		    {named, "from=3", "passed over: line 2, “101”", 1},
		    {named, "from=2", NULL, 2}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct roster r = {0};
		const struct list_look look = {.columns = rows[i].columns};
		assert_int_equal(roster_read(&r, rows[i].text, strlen(rows[i].text), &look, NULL),
				 0);
		assert_int_equal(r.list.n, rows[i].n);
		const char *notes = yihu_buf_bytes(&r.notes);
		if (rows[i].note)
			assert_non_null(strstr(notes, rows[i].note));
		else if (r.notes.len)
			assert_null(strstr(notes, "passed over: line"));
		roster_finish(&r);
	}
}

TEST(columns_are_shown_with_what_they_were_taken_for)
{
	const char *text = "名单,,\n楼栋,房号,电话\n1,101,5\n1,102,6\n";
	struct columns_shown c = {0};
	const struct list_look look = {0}, wrong = {.columns = "x"};
	assert_int_equal(roster_columns(&c, text, strlen(text), &look, NULL), 0);
	assert_int_equal(c.n, 3);
	assert_int_equal(c.names_row, 2);
	assert_int_equal(c.first_row, 3);
	assert_string_equal(c.at[1].letters, "B");
	assert_string_equal(c.at[1].heading, "房号");
	assert_string_equal(c.at[1].is, "room");
	assert_string_equal(c.at[1].sample[1], "102");
	assert_null(c.at[2].is);
	columns_shown_finish(&c);
	assert_int_equal(roster_columns(&c, text, strlen(text), &wrong, NULL), YIHU_EARG);
	/* A table that is none is shown all the same, so that somebody can say what it is. */
	assert_int_equal(proposals_columns(&c, text, strlen(text), &look, NULL), 0);
	assert_int_equal(c.n, 3);
	columns_shown_finish(&c);
	assert_string_equal(roster_column_word(0), "building");
	assert_null(roster_column_word(COLUMNS_MAX));
	assert_string_equal(proposals_column_word(0), "name");
}

/* ---- cells ---- */

static int read_with(struct roster *r, const char *text, const struct list_answers *answers)
{
	return roster_read(r, text, strlen(text), &(struct list_look){.answers = answers}, NULL);
}

TEST(a_cell_is_read_as_it_was_answered)
{
	const char *text = "楼栋,房号\n1,101\n1,1月2日\n1,\n";
	struct roster r = {0};
	struct list_answers answers = {0}, back = {0};
	struct yihu_buf sheet = {0};
	assert_int_equal(read_with(&r, text, NULL), 0);
	assert_int_equal(r.asks.n_open, 2);
	for (size_t i = 0; i < 2; i++)
		list_answer_text(&answers, r.asks.at[i].id, i == 0 ? "103" : "102");
	assert_non_null(strstr(r.asks.at[0].cell, "hB"));
	roster_finish(&r);
	assert_int_equal(read_with(&r, text, &answers), 0);
	assert_int_equal(r.asks.n_open, 0);
	assert_int_equal(r.list.n, 3);
	assert_string_equal(r.list.at[2].label,
			    strstr(answers.at[0].id, "hB4") ? "1-103" : "1-102");
	assert_non_null(strstr(yihu_buf_bytes(&r.notes), "is read as it was answered"));
	/* The sheet keeps it, though nothing is asked any more. */
	list_asks_sheet(&sheet, &r.asks);
	assert_int_equal(list_answers_read(&back, sheet.data, sheet.len, NULL), 0);
	assert_int_equal(back.n, 2);
	roster_finish(&r);
	assert_int_equal(read_with(&r, text, &back), 0);
	assert_int_equal(r.list.n, 3);
	roster_finish(&r);
	yihu_buf_free(&sheet);
	list_answers_finish(&answers);
	list_answers_finish(&back);
}

/* Each is the list below with another text in it; of a row that stays, answers stay too. */
static const struct {
	const char *text;
	size_t open;
	const char *label;
} corrected[] = {
	{"楼栋,房号,户主\n1,101,甲\n1月2日,1月3日,乙\n", 0, "5-103"},
	{"楼栋,房号,户主\n1,109,甲\n1月2日,1月3日,乙\n", 0, "5-103"},
	{"楼栋,房号,户主\n1,101,甲\n1月2日,1月3日,丙\n", 2, NULL},
	{"楼栋,房号,户主\n1,101,甲\n7,704,丙\n", 0, "7-704"},
	{"楼栋,房号,户主\n1,101,甲\n", 0, NULL},
};

TEST(an_answer_is_of_the_row_that_it_was_asked_of)
{
	struct roster r = {0};
	struct list_answers answers = {0};
	assert_int_equal(read_with(&r, corrected[0].text, NULL), 0);
	assert_int_equal(r.asks.n_open, 2);
	for (size_t i = 0; i < 2; i++)
		list_answer_text(&answers, r.asks.at[i].id,
				 strstr(r.asks.at[i].cell, "hA") ? "5" : "103");
	roster_finish(&r);
	for (size_t i = 0; i < sizeof corrected / sizeof *corrected; i++) {
		bool same = corrected[i].label && strcmp(corrected[i].label, "5-103") == 0;
		assert_int_equal(read_with(&r, corrected[i].text, &answers), 0);
		assert_int_equal(r.asks.n_open, corrected[i].open);
		assert_int_equal(answers.at[0].read && answers.at[1].read, same);
		if (corrected[i].label)
			assert_string_equal(r.list.at[1].label, corrected[i].label);
		if (!same)
			assert_non_null(strstr(yihu_buf_bytes(&r.notes), "to another row"));
		roster_finish(&r);
	}
	list_answers_finish(&answers);
}

/* Though place and text are the same. */
TEST(a_choice_is_of_the_row_that_it_was_asked_of)
{
	static const struct {
		const char *text;
		size_t open;
	} tables[] = {{"项目,金额\n路灯,约20万\n", 1},
		      {"项目,金额\n路灯,约20万\n", 0},
		      {"项目,金额\n长椅,约20万\n", 1}};
	struct list_answers answers = {0};
	for (size_t i = 0; i < 3; i++) {
		const struct list_look look = {.answers = &answers};
		struct proposals p = {0};
		assert_int_equal(
			proposals_read(&p, tables[i].text, strlen(tables[i].text), 0, &look, NULL),
			0);
		assert_int_equal(p.asks.n_open, tables[i].open);
		if (i == 0)
			list_answer(&answers, p.asks.at[0].id, 0);
		proposals_finish(&p);
	}
	list_answers_finish(&answers);
}

TEST(a_cell_of_the_other_list_or_of_no_row_stays_as_it_is)
{
	static const char *const ids[] = {"text-pA2-aaaaaa",   "text-hA9-aaaaaa",
					  "text-hZZZ2-aaaaaa", "text-h2-aaaaaa",
					  "text-hA-aaaaaa",    "part-aaaaaa",
					  "text-hA2-aaaaaa",   "text-hA2-aaaaaa-00000000"};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct roster r = {0};
		struct list_answers answers = {0};
		list_answer_text(&answers, ids[i], "999");
		assert_int_equal(read_with(&r, "房号\n101\n", &answers), 0);
		assert_string_equal(r.list.at[0].label, "101");
		roster_finish(&r);
		list_answers_finish(&answers);
	}
}

TEST(a_sheet_says_a_cell_only_where_the_question_has_one)
{
	struct list_answers answers = {0};
	struct yihu_error err = {0};
	const char *sheet = "id,,,,,,x\ntext-hA2-aaaaaa,,,,,101,\n";
	assert_int_equal(list_answers_read(&answers, sheet, strlen(sheet), &err), 0);
	assert_string_equal(answers.at[0].text, "101");
	list_answer(&answers, answers.at[0].id, 1);
	assert_null(answers.at[0].text);
	list_answers_finish(&answers);
	sheet = "id,,,,,,x\npart-aaaaaa,,,,,101,\n";
	assert_int_equal(list_answers_read(&answers, sheet, strlen(sheet), &err), YIHU_EFORMAT);
	assert_non_null(strstr(err.text, "line 2, column 6: this question is not about one cell"));
}

/* In a workbook, beyond the row's own cells, and with the cells beside it as they were. */
TEST(a_cell_that_was_empty_is_filled)
{
	struct yihu_buf file = {0};
	struct roster r = {0};
	struct list_answers answers = {0};
	packed_xlsx(&file,
		    "<row r='1'><c r='A1' t='str'><v>楼栋</v></c><c r='B1' "
		    "t='str'><v>户主</v></c><c r='C1' t='str'><v>房号</v></c></row>"
		    "<row r='2'><c r='A2' t='str'><v>1栋</v></c><c r='B2' "
		    "t='str'><v>王芳</v></c></row>",
		    NULL, NULL);
	assert_int_equal(roster_read(&r, file.data, file.len, NULL, NULL), 0);
	assert_int_equal(r.asks.n_open, 1);
	list_answer_text(&answers, r.asks.at[0].id, "101");
	roster_finish(&r);
	assert_int_equal(roster_read(&r, file.data, file.len,
				     &(struct list_look){.answers = &answers}, NULL),
			 0);
	assert_string_equal(r.list.at[0].label, "1栋-101");
	roster_finish(&r);
	list_answers_finish(&answers);
	yihu_buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_what_somebody_says_they_are),
		cmocka_unit_test(what_says_nothing_of_a_column_is_refused),
		cmocka_unit_test(projects_have_columns_that_are_said_too),
		cmocka_unit_test(a_row_that_from_leaves_out_is_told),
		cmocka_unit_test(columns_are_shown_with_what_they_were_taken_for),
		cmocka_unit_test(a_cell_is_read_as_it_was_answered),
		cmocka_unit_test(an_answer_is_of_the_row_that_it_was_asked_of),
		cmocka_unit_test(a_choice_is_of_the_row_that_it_was_asked_of),
		cmocka_unit_test(a_cell_of_the_other_list_or_of_no_row_stays_as_it_is),
		cmocka_unit_test(a_sheet_says_a_cell_only_where_the_question_has_one),
		cmocka_unit_test(a_cell_that_was_empty_is_filled),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
