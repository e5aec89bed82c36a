/* SPDX-License-Identifier: Apache-2.0
 *
 * What a spreadsheet says of projects beside its cells: formats, merges, rows that
 * are hidden, and several sheets.
 */
#include <stdlib.h>

#include "packed.h"
#include "proposed.h"
#include "test.h"

#define TEXT(place, text) "<c r='" place "' t='str'><v>" text "</v></c>"

/* clang-format off */
#define ROW(r, a, b, more) "<row r='" r "'><c r='A" r "' t='str'><v>" a "</v></c>" b more "</row>"
#define NAMES(more) ROW("1", "项目", TEXT("B1", "金额"), more)
/* Numbers that the sheet shows with 万 behind, a row that is hidden, cells that are merged. */
static const struct {
	const char *sheet, *asks, *projects;
} sheets[] = {
	{NAMES("")
	 ROW("2", "甲", "<c r='B2' s='1'><v>8.6</v></c>", "")
	 ROW("3", "乙", "<c r='B3' s='2'><v>86000</v></c>", "")
	 ROW("4", "丙", "<c r='B4' s='3'><v>86000</v></c>", "")
	 ROW("5", "丁", "<c r='B5'><v>45000.5</v></c>", ""),
	 "", "甲=8600000, 乙=8600000, 丙=8600000, 丁=4500050"},
	{NAMES(TEXT("C1", "类别"))
	 ROW("2", "甲", "<c r='B2'><v>2000</v></c>", TEXT("C2", "照明"))
	 "<row r='3' hidden='1'>" TEXT("A3", "乙") "<c r='B3'><v>3000</v></c></row>"
	 ROW("4", "丙", "<c r='B4' s='4'><v>46024</v></c>", "") "<mergeCell ref='C2:C4'/>",
	 "part row 3 (2) cost row 4, column B (0) ", ""},
	{NAMES(TEXT("C1", "说明"))
	 ROW("2", "甲", "<c r='B2'><v>2000</v></c>", TEXT("C2", "照明"))
	 ROW("3", "乙", "<c r='B3' t='e'><v>#REF!</v></c>", "")
	 "<row r='4'><c r='A4' s='4'><v>46024</v></c><c r='B4'><v>3000</v></c></row>"
	 "<mergeCell ref='C2:C3'/>",
	 "merged row 3, column C (1) lost row 3, column B (0) name row 4, column A (1) "
	 "cost row 3, column B (0) ", ""},
};
/* clang-format on */

static const char styles[] =
	"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0\"万元\"'/><numFmt "
	"numFmtId='165' formatCode='0!.0,\"万\"'/><numFmt numFmtId='166' "
	"formatCode='0\".\"0000\"万\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/>"
	"<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='14'/></cellXfs></styleSheet>";

TEST(what_a_spreadsheet_says_beside_its_cells_is_heard)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
		struct yihu_buf file = {0};
		struct proposals p = {0};
		packed_xlsx(&file, sheets[i].sheet, NULL, styles);
		assert_int_equal(proposals_read(&p, file.data, file.len, 0, NULL, NULL), 0);
		char *asks = proposed_asks(&p.asks), *projects = proposed(&p);
		assert_string_equal(asks, sheets[i].asks);
		assert_string_equal(projects, sheets[i].projects);
		free(asks);
		free(projects);
		proposals_finish(&p);
		yihu_buf_free(&file);
	}
}

TEST(a_number_that_an_ods_shows_in_wan_is_so_much)
{
#define OWN(value, shown)                                                                          \
	"<table-cell value-type='float' value='" value "'><p>" shown "</p></table-cell>"
	struct yihu_buf file = {0};
	struct proposals p = {0};
	packed_ods(&file,
		   "<table name='a'><table-row><table-cell><p>项目</p></table-cell>"
		   "<table-cell><p>金额</p></table-cell></table-row>"
		   "<table-row><table-cell><p>甲</p></table-cell>" OWN(
			   "8.62", "8.6万元") "</table-row><table-row><table-cell><p>乙</p></"
					      "table-cell>" OWN("86000",
								"8.6万") "</table-row></table>");
	assert_int_equal(proposals_read(&p, file.data, file.len, 0, NULL, NULL), 0);
	char *projects = proposed(&p);
	assert_string_equal(projects, "甲=8620000, 乙=8600000");
	free(projects);
	proposals_finish(&p);
	yihu_buf_free(&file);
}

/* Place, kind and the like are filled from a merged cell; a text is asked about. */
TEST(merged_cells_are_filled_where_they_say_one_thing_of_all)
{
	struct yihu_buf file = {0};
	struct proposals p = {0};
	packed_xlsx(
		&file,
		"<row r='1'>" TEXT("A1", "项目") TEXT("B1", "金额") TEXT("C1", "类别")
			TEXT("D1", "说明") "</row><row r='2'>" TEXT(
				"A2", "甲") "<c r='B2'><v>2000</v></c>" TEXT("C2", "照明")
				TEXT("D2", "灯") "</row><row r='3'>" TEXT(
					"A3",
					"乙") "<c r='B3'><v>3000</v></c></row>"
					      "<row r='4'>" TEXT(
						      "A4",
						      "丙") "<c r='B4'><v>4000</v></c></row>"
							    "<mergeCell ref='C2:C3'/><mergeCell "
							    "ref='D2:D3'/>",
		NULL, NULL);
	assert_int_equal(proposals_read(&p, file.data, file.len, 0, NULL, NULL), 0);
	char *asks = proposed_asks(&p.asks);
	assert_string_equal(asks, "merged row 3, column D (1) ");
	struct list_answers all = proposed_answers(&p.asks, "A");
	proposals_finish(&p);
	assert_int_equal(proposals_read(&p, file.data, file.len, 0,
					&(struct list_look){.answers = &all}, NULL),
			 0);
	assert_int_equal(p.n, 3);
	assert_string_equal(p.at[1].text[T_CATEGORY], "照明");
	assert_string_equal(p.at[1].text[T_TEXT], "");
	assert_string_equal(p.at[2].text[T_CATEGORY], "");
	list_answers_finish(&all);
	free(asks);
	proposals_finish(&p);
	yihu_buf_free(&file);
}

/* Sheets named "甲" and "乙"; the second has a table of projects too where `two`. */
static struct yihu_buf two_sheets(bool two)
{
	static const char first[] = "<worksheet><row r='1'>" TEXT("A1", "项目")
		TEXT("B1", "金额") "</row><row r='2'>" TEXT(
			"A2", "灯") "<c r='B2'><v>2000</v></c></row></worksheet>";
	static const char second[] = "<worksheet><row r='1'>" TEXT("A1", "项目")
		TEXT("B1", "金额") "</row><row r='2'>" TEXT(
			"A2", "椅") "<c r='B2'><v>3000</v></c></row></worksheet>";
	static const char other[] =
		"<worksheet><row r='1'>" TEXT("A1", "怎么填") "</row></worksheet>";
	const struct packed_part parts[] = {
		{"xl/workbook.xml", "<w><sheet name='甲' id='a'/><sheet name='乙' id='b'/></w>", 0},
		{"xl/_rels/workbook.xml.rels",
		 "<r><Relationship Id='a' Target='1'/><Relationship Id='b' Target='2'/></r>", 0},
		{"xl/1", first, 0},
		{"xl/2", two ? second : other, 0}};
	struct yihu_buf file = {0};
	packed(&file, parts, 4, false);
	return file;
}

static void expect_project(const struct yihu_buf *file, const struct list_look *look,
			   const char *name)
{
	struct proposals p = {0};
	assert_int_equal(proposals_read(&p, file->data, file->len, 0, look, NULL), 0);
	assert_int_equal(p.n, 1);
	assert_string_equal(p.at[0].text[T_NAME], name);
	proposals_finish(&p);
}

TEST(between_two_sheets_it_is_asked_and_a_name_answers)
{
	struct yihu_buf two = two_sheets(true), one = two_sheets(false);
	struct proposals p = {0};
	uint64_t found = 0;
	const char *const names[] = {"丙", "乙"};
	expect_project(&one, NULL, "灯");
	expect_project(&two, &(struct list_look){.sheets = names, .n_sheets = 2, .found = &found},
		       "椅");
	assert_int_equal(found, 2);
	assert_int_equal(proposals_read(&p, two.data, two.len, 0, NULL, NULL), 0);
	assert_int_equal(p.asks.n_open, 1);
	assert_string_equal(p.asks.at[0].choice[1], "乙");
	struct list_answers all = proposed_answers(&p.asks, "B");
	proposals_finish(&p);
	expect_project(&two, &(struct list_look){.answers = &all}, "椅");
	list_answers_finish(&all);
	yihu_buf_free(&two);
	yihu_buf_free(&one);
}

/* More than there are letters to answer with. */
TEST(between_five_sheets_a_name_is_wanted)
{
	static const char sheet[] = "<worksheet>" NAMES("")
		ROW("2", "灯", "<c r='B2'><v>2000</v></c>", "") "</worksheet>";
	struct packed_part parts[7] = {
		{"xl/workbook.xml",
		 "<w><sheet name='1' id='a'/><sheet name='2' id='b'/><sheet name='3' id='c'/>"
		 "<sheet name='4' id='d'/><sheet name='5' id='e'/></w>",
		 0},
		{"xl/_rels/workbook.xml.rels",
		 "<r><Relationship Id='a' Target='1'/><Relationship Id='b' "
		 "Target='2'/><Relationship "
		 "Id='c' Target='3'/><Relationship Id='d' Target='4'/><Relationship Id='e' "
		 "Target='5'/></r>",
		 0}};
	static const char *const names[] = {"xl/1", "xl/2", "xl/3", "xl/4", "xl/5"};
	struct yihu_buf file = {0};
	struct proposals p = {0};
	struct yihu_error err = {0};
	const char *const third[] = {"3"};
	for (size_t i = 0; i < 5; i++)
		parts[2 + i] = (struct packed_part){names[i], sheet, 0};
	packed(&file, parts, 7, false);
	assert_int_not_equal(proposals_read(&p, file.data, file.len, 0, NULL, &err), 0);
	assert_non_null(strstr(err.text, "5 sheets of the file"));
	expect_project(&file, &(struct list_look){.sheets = third, .n_sheets = 1}, "灯");
	yihu_buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_spreadsheet_says_beside_its_cells_is_heard),
		cmocka_unit_test(a_number_that_an_ods_shows_in_wan_is_so_much),
		cmocka_unit_test(merged_cells_are_filled_where_they_say_one_thing_of_all),
		cmocka_unit_test(between_two_sheets_it_is_asked_and_a_name_answers),
		cmocka_unit_test(between_five_sheets_a_name_is_wanted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
