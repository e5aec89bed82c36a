/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of projects as people have them: what is read of each, what is asked, and
 * the election file that comes of it.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>
#include <yihu/file.h>

#include "lists/money.h"
#include "lists/vote_keys.h"
#include "packed.h"
#include "test.h"

/* ---- amounts ---- */

static const struct {
	const char *text;
	enum money_kind kind;
	uint64_t fen;
	uint64_t unit; /* 0: 1 */
} amounts[] = {
	{"128000", MONEY_SURE, 12800000, 0},
	{"128,000", MONEY_SURE, 12800000, 0},
	{"１２８，０００．５", MONEY_SURE, 12800050, 0},
	{"36800元", MONEY_SURE, 3680000, 0},
	{"¥ 36,800.00", MONEY_SURE, 3680000, 0},
	{"人民币36800元整", MONEY_SURE, 3680000, 0},
	{"8.6万", MONEY_SURE, 8600000, 0},
	{"30 万元", MONEY_SURE, 30000000, 0},
	{"8.6w", MONEY_SURE, 8600000, 0},
	{"128k", MONEY_SURE, 12800000, 0},
	{"3万5千", MONEY_SURE, 3500000, 0},
	{"3万5000元", MONEY_SURE, 3500000, 0},
	{"1.2亿", MONEY_SURE, 12000000000, 0},
	{"叁万元整", MONEY_SURE, 3000000, 0},
	{"十二万五千六百元", MONEY_SURE, 12560000, 0},
	{"三十万", MONEY_SURE, 30000000, 0},
	{"一百零五元", MONEY_SURE, 10500, 0},
	{"贰拾伍万", MONEY_SURE, 25000000, 0},
	{"45000.50", MONEY_SURE, 4500050, 0},
	{"8.6", MONEY_SURE, 8600000, 10000},
	{"8.6万", MONEY_SURE, 8600000, 10000},
	{"86000元", MONEY_SURE, 8600000, 10000},
	{"0.000001", MONEY_SURE, 1, 10000},
	{"约20万", MONEY_ABOUT, 20000000, 0},
	{"20万左右", MONEY_ABOUT, 20000000, 0},
	{"20万元以内", MONEY_ABOUT, 20000000, 0},
	{"1.28E+05", MONEY_POWER, 12800000, 0},
	{"128.000", MONEY_POINT, 12800, 0},
	{"33333.333333333", MONEY_FINE, 3333333, 0},
	{"0.005", MONEY_FINE, 1, 0},
	{"8.12345678万", MONEY_FINE, 8123456, 0},
	{"0", MONEY_ZERO, 0, 0},
	{"-500", MONEY_ZERO, 0, 0},
	{"(500)", MONEY_ZERO, 0, 0},
	{"90071992547410", MONEY_LARGE, 0, 0},
	{"99999999999999999999", MONEY_LARGE, 0, 0},
	{"9e99", MONEY_UNREAD, 0, 0},
	{"9e18亿", MONEY_UNREAD, 0, 0},
	{"", MONEY_EMPTY, 0, 0},
	{"20-30万", MONEY_UNREAD, 0, 0},
	{"20~30万", MONEY_UNREAD, 0, 0},
	{"待定", MONEY_UNREAD, 0, 0},
	{"12,80", MONEY_UNREAD, 0, 0},
	{"1,28,000", MONEY_UNREAD, 0, 0},
	{"1.234.567", MONEY_UNREAD, 0, 0},
	{"3万5", MONEY_UNREAD, 0, 0},
	{"三百五", MONEY_UNREAD, 0, 0},
	{"3百5万", MONEY_UNREAD, 0, 0},
	{"5千3万", MONEY_UNREAD, 0, 0},
	{"3万500元", MONEY_UNREAD, 0, 0},
	{"1万1万", MONEY_UNREAD, 0, 0},
	{"5千6千", MONEY_UNREAD, 0, 0},
	{"500元/户", MONEY_UNREAD, 0, 0},
	{"12 盏", MONEY_UNREAD, 0, 0},
	{"元", MONEY_UNREAD, 0, 0},
	{"万", MONEY_UNREAD, 0, 0},
	{"5.", MONEY_UNREAD, 0, 0},
	{".5", MONEY_UNREAD, 0, 0},
};

TEST(an_amount_is_read_or_is_none)
{
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
		struct money m = money_read(amounts[i].text, amounts[i].unit ? amounts[i].unit : 1);
		if (m.kind != amounts[i].kind || (amounts[i].fen && m.fen != amounts[i].fen))
			fail_msg("“%s”: kind %d, %llu fen", amounts[i].text, m.kind,
				 (unsigned long long)m.fen);
	}
	char *text = money_text(123456705), *plain = money_plain(123456750);
	assert_string_equal(text, "1,234,567.05");
	assert_string_equal(plain, "1234567.5");
	free(text);
	free(plain);
}

/* ---- tables ---- */

static char *asked(const struct list_asks *asks)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < asks->n; i++)
		if (asks->at[i].answer < 0)
			yihu_buf_fmt(&out, "%.*s %s (%zu) ", (int)strcspn(asks->at[i].id, "-"),
				     asks->at[i].id, asks->at[i].place + strlen("projects: "),
				     asks->at[i].n_choices);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* "name=fen, name=fen" */
static char *read_as(const struct proposals *p)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < p->n; i++)
		yihu_buf_fmt(&out, "%s%s=%llu", i ? ", " : "", p->at[i].text[T_NAME],
			     (unsigned long long)p->at[i].fen);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* Reads text with a budget of 300000. answers has a letter for each question in
 * their order; NULL where they are to stay open. */
static const struct list {
	const char *text;
	const char *asks; /* what is asked, NULL: nothing */
	const char *answers;
	const char *projects; /* what comes of it */
	const char *refused;  /* instead: an error */
	const char *notes;    /* a part of what is said */
} lists[] = {
	/* columns */
	{"项目名称,金额\n甲,2000\n乙,3000\n", NULL, NULL, "甲=200000, 乙=300000", NULL, NULL},
	{"name;cost\nlamps;100\nbenches;200.50\n", NULL, NULL, "lamps=10000, benches=20050", NULL,
	 NULL},
	{"征集表,,\n序号,项目,预算（万元）\n1,甲,8.6\n2,乙,12\n", NULL, NULL,
	 "甲=8600000, 乙=12000000", NULL, "multiplied by 10000"},
	{"征集表,\n单位：万元,\n项目,费用\n甲,8.6\n乙,5000元\n", NULL, NULL,
	 "甲=8600000, 乙=500000", NULL, "2 rows above"},
	{"单位：元,\n项目,费用（万元）\n甲,8.6\n", "unit line 2, column 2 (2) ", "A", "甲=8600000",
	 NULL, NULL},
	{",预算（万元）,\n项目,总额,来源\n甲,8.6,物业\n", NULL, NULL, NULL, "no row names", NULL},
	{",预算（万元）,\n项目,金额,来源\n甲,8.6,物业\n", NULL, NULL, "甲=8600000", NULL, "来源"},
	{"项目,金额万元\n甲,8.6\n", NULL, NULL, "甲=8600000", NULL, NULL},
	{"项目,预算,金额\n甲,1,1\n", NULL, NULL, NULL, "says what an earlier column says", NULL},
	{"甲,2000\n", NULL, NULL, NULL, "no row names the columns", NULL},
	{"", NULL, NULL, NULL, "the table is empty", NULL},
	{"项目,金额\n", NULL, NULL, NULL, "the table has no project", NULL},
	/* units that nobody says */
	{"项目,金额\n甲,8.6\n乙,12\n", "unit line 1, column 2 (2) ", "B", "甲=8600000, 乙=12000000",
	 NULL, NULL},
	{"项目,金额\n甲,860\n乙,120\n", "unit line 1, column 2 (2) ", "A", "甲=86000, 乙=12000",
	 NULL, NULL},
	{"项目,金额\n甲,8.6\n乙,20万\n", "cost line 2, column 2 (2) ", "B",
	 "甲=8600000, 乙=20000000", NULL, NULL},
	{"项目,金额（元）\n甲,8.6\n乙,12\n", NULL, NULL, "甲=860, 乙=1200", NULL, NULL},
	{"项目,金额（万元）\n甲,86000\n乙,12\n",
	 "cost line 2, column 2 (2) dear line 2, column 2 (1) ", NULL, NULL, NULL, NULL},
	/* amounts */
	{"项目,金额\n甲,约20万\n乙,2000\n", "cost line 2, column 2 (1) ", "A",
	 "甲=20000000, 乙=200000", NULL, NULL},
	{"项目,金额\n甲,128.000\n乙,2000\n", "cost line 2, column 2 (2) ", "B",
	 "甲=12800000, 乙=200000", NULL, NULL},
	{"项目,金额\n甲,1.28E+05\n乙,33333.333\n",
	 "cost line 2, column 2 (1) cost line 3, column 2 (1) ", "AA", "甲=12800000, 乙=3333333",
	 NULL, NULL},
	{"项目,金额\n甲,0\n乙,-500\n丙,20-30万\n丁,待定\n戊,99999999999999999\n",
	 "cost line 2, column 2 (0) cost line 3, column 2 (0) cost line 4, column 2 (0) cost line "
	 "5, column 2 (0) cost line 6, column 2 (0) ",
	 NULL, NULL, NULL, NULL},
	{"项目,金额\n甲,400000\n", "dear line 2, column 2 (1) ", "A", "甲=40000000", NULL, NULL},
	/* rows */
	{"项目,金额\n甲,2000\n项目,金额\n乙,3000\n合 计,5000\n注：以上为估算,\n,\n", NULL, NULL,
	 "甲=200000, 乙=300000", NULL, "passed over: line 5, “合 计”"},
	{"项目,金额\n甲,2000\n乙,3000\n合计,6000\n", "total line 4, column 2 (1) ", "A",
	 "甲=200000, 乙=300000", NULL, NULL},
	{"序号,项目,金额\n1,甲,2000\n,小计,2000\n2,乙,3000\n3,丙,4000\n,小计,7000\n,总计,9000\n",
	 NULL, NULL, "甲=200000, 乙=300000, 丙=400000", NULL, NULL},
	{"项目,金额\n甲,2000\n小计,2000\n乙,3000\n小计,5000\n", "total line 5, column 2 (1) ", NULL,
	 NULL, NULL, NULL},
	{"项目,金额\n甲,2000\n乙,3000\n全部项目合计,5000\n", "sum line 4 (2) ", "A",
	 "甲=200000, 乙=300000", NULL, NULL},
	{"项目,金额\n甲,2000\n乙,3000\n丙,5000\n", "total line 4, column 2 (1) ", "A",
	 "甲=200000, 乙=300000, 丙=500000", NULL, NULL},
	{"项目,金额\n甲,2000\n乙,\n", "row line 3, column 2 (1) ", "A", "甲=200000", NULL, NULL},
	{"项目,金额\n甲,2000\n,3000\n", "row line 3, column 1 (1) ", NULL, NULL, NULL, NULL},
	{"项目,金额,说明\n甲,2000,x\n,,还有照明\n", "row line 3, column 1 (1) ", NULL, NULL, NULL,
	 NULL},
	{"项目,金额\n甲,2000,x\n", "beyond line 2, column 3 (1) ", "A", "甲=200000", NULL, NULL},
	{"项目,金额,参加,备注\n甲,2000,是,\n乙,3000,否,\n丙,4000,也许,\n丁,5000,,\n戊,6000,是,"
	 "撤回\n",
	 "part line 4, column 3 (2) part line 5, column 3 (2) ", "BA",
	 "甲=200000, 丁=500000, 戊=600000", NULL, "2 rows are left out"},
	{"项目,金额,备注\n甲,2000,已撤回\n乙,3000,与物业沟通\n", "part line 2, column 3 (2) ", "B",
	 "乙=300000", NULL, NULL},
	/* names */
	{"项目,金额\n甲,2000\n甲 ,2000\n", "same line 3, column 1 (1) ", "A", "甲=200000", NULL,
	 NULL},
	{"项目,金额\n甲,2000\n甲,3000\n", "same line 3, column 1 (0) ", NULL, NULL, NULL, NULL},
	{"项目,金额\n楼道照明,2000\n楼道、照明。,3000\n", "alike line 3, column 1 (2) ", "A",
	 "楼道照明=200000, 楼道、照明。=300000", NULL, NULL},
	{"项目,金额\n楼道照明,2000\n楼道、照明。,3000\n", "alike line 3, column 1 (2) ", "B",
	 "楼道照明=200000", NULL, NULL},
	{"项目,金额\n3500,2000\n五万,3000\n",
	 "name line 2, column 1 (1) name line 3, column 1 (1) ", NULL, NULL, NULL, NULL},
	{"项目,金额\n甲\xef\xbf\xbd,2000\n??乙,3000\n\xe2\x80\xad丙\xe2\x80\xac,2000\n",
	 "lost line 2, column 1 (0) marks line 3, column 1 (1) lost line 4, column 1 (0) ", NULL,
	 NULL, NULL, NULL},
	{"序号,项目,金额\n1,甲,2000\n3,乙,3000\n", NULL, NULL, "甲=200000, 乙=300000", NULL,
	 "numbered anew"},
};

static struct list_answers answer_all(const struct list_asks *asks, const char *letters)
{
	struct list_answers answers = {0};
	for (size_t i = 0; i < asks->n && letters[i]; i++)
		list_answer(&answers, asks->at[i].id, letters[i] - 'A');
	return answers;
}

static void check_list(const struct list *l, const struct list_answers *answers, bool answered)
{
	struct proposals p = {0};
	struct yihu_error err = {0};
	int code = proposals_read(&p, l->text, strlen(l->text), 30000000,
				  &(struct list_look){.answers = answers}, &err);
	if (l->refused) {
		if (code == 0 || !strstr(err.text, l->refused))
			fail_msg("“%s”: “%s”", l->text, code ? err.text : "taken");
		return;
	}
	if (code != 0)
		fail_msg("“%s”: %s", l->text, err.text);
	char *asks = asked(&p.asks), *projects = read_as(&p);
	const char *wanted = answered || !l->asks ? "" : l->asks;
	if (strcmp(asks, wanted) != 0)
		fail_msg("“%s” asks “%s”", l->text, asks);
	if (answered || !l->asks) {
		if (strcmp(projects, l->projects) != 0)
			fail_msg("“%s” is “%s”", l->text, projects);
		assert_true(!l->notes || strstr(yihu_buf_bytes(&p.notes), l->notes));
	} else {
		assert_int_equal(p.n, 0);
		if (l->answers) {
			struct list_answers all = answer_all(&p.asks, l->answers);
			check_list(l, &all, true);
			list_answers_finish(&all);
		}
	}
	free(asks);
	free(projects);
	proposals_finish(&p);
}

TEST(a_table_is_read_as_it_is_and_what_is_not_certain_is_asked)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		check_list(&lists[i], NULL, false);
}

/* ---- spreadsheets ---- */

#define TEXT(place, text) "<c r='" place "' t='str'><v>" text "</v></c>"

/* Numbers that the sheet shows with 万 behind, a row that is hidden, a merged kind. */
static const struct {
	const char *sheet, *asks, *projects;
} sheets[] = {
	{"<row r='1'>" TEXT("A1", "项目") TEXT(
		 "B1",
		 "金额") "</row>"
			 "<row r='2'>" TEXT(
				 "A2",
				 "甲") "<c r='B2' s='1'><v>8.6</v></c></row>"
				       "<row r='3'>" TEXT(
					       "A3",
					       "乙") "<c r='B3' s='2'><v>86000</v></c></row>"
						     "<row r='4'>" TEXT(
							     "A4",
							     "丙") "<c r='B4' "
								   "s='3'><v>86000</v></c></row>"
								   "<row r='5'>" TEXT(
									   "A5",
									   "丁") "<c "
										 "r='B5'><v>45000."
										 "5</v></c></row>",
	 "", "甲=8600000, 乙=8600000, 丙=8600000, 丁=4500050"},
	{"<row r='1'>" TEXT("A1", "项目") TEXT("B1", "金额") TEXT(
		 "C1",
		 "类别") "</row>"
			 "<row r='2'>" TEXT("A2", "甲") "<c r='B2'><v>2000</v></c>" TEXT(
				 "C2",
				 "照明") "</row>"
					 "<row r='3' hidden='1'>" TEXT(
						 "A3",
						 "乙") "<c r='B3'><v>3000</v></c></row>"
						       "<row r='4'>" TEXT(
							       "A4",
							       "丙") "<c r='B4' "
								     "s='4'><v>46024</v></c></row>"
								     "<mergeCell ref='C2:C4'/>",
	 "part row 3 (2) cost row 4, column B (0) ", ""},
	{"<row r='1'>" TEXT("A1", "项目") TEXT("B1", "金额") TEXT(
		 "C1",
		 "说明") "</row>"
			 "<row r='2'>" TEXT("A2", "甲") "<c r='B2'><v>2000</v></c>" TEXT(
				 "C2",
				 "照明") "</row>"
					 "<row r='3'>" TEXT(
						 "A3",
						 "乙") "<c r='B3'><v>3000</v></c></row>"
						       "<row r='4'>" TEXT(
							       "A4",
							       "丙") "<c r='B4' "
								     "t='e'><v>#REF!</v></c></row>"
								     "<mergeCell ref='C2:C3'/>",
	 "row row 4, column B (1) merged row 3, column C (1) ", NULL},
};

static const char styles[] =
	"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0\"万元\"'/><numFmt "
	"numFmtId='165' formatCode='0!.0,\"万\"'/><numFmt numFmtId='166' "
	"formatCode='0\".\"0000\"万\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/>"
	"<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='14'/></cellXfs></styleSheet>";

TEST(what_a_spreadsheet_says_beside_its_cells_is_heard)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf file = {0};
		struct proposals p = {0};
		packed_xlsx(&file, sheets[i].sheet, NULL, styles);
		assert_int_equal(proposals_read(&p, file.data, file.len, 0, NULL, NULL), 0);
		char *asks = asked(&p.asks), *projects = read_as(&p);
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
	char *projects = read_as(&p);
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
	char *asks = asked(&p.asks);
	assert_string_equal(asks, "merged row 3, column D (1) ");
	struct list_answers all = answer_all(&p.asks, "A");
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
	struct list_answers all = answer_all(&p.asks, "B");
	proposals_finish(&p);
	expect_project(&two, &(struct list_look){.answers = &all}, "椅");
	list_answers_finish(&all);
	yihu_buf_free(&two);
	yihu_buf_free(&one);
}

/* ---- the committee's own table ---- */

static struct yihu_buf data_file(const char *name)
{
	struct yihu_buf file = {0};
	char *path = yihu_printf("%s/lists/%s", getenv("YIHU_TEST_DATA"), name);
	assert_int_equal(yihu_file_read(path, 1 << 20, &file, NULL), 0);
	free(path);
	return file;
}

static const char wanted_pb[] =
	"META\nkey;value\ndescription;表决\ncountry;中国\nunit;锦绣花园\ninstance;2026\n"
	"num_projects;8\nnum_votes;0\nbudget;300000\ndate_begin;2026-06-01\ndate_end;2026-06-07\n"
	"language;zh\ncurrency;CNY\nvote_type;approval\nballot;approval\nmax_length;3\nrule;"
	"greedy\n"
	"PROJECTS\nproject_id;cost;name;description;proposer\n"
	"1;128000;加装单元门禁及可视对讲系统;全小区6个单元更换门禁，含可视对讲；旧设备拆除;物业\n"
	"2;86000;中庭儿童游乐设施更新（滑梯、沙池、软垫）;更换老化的滑梯，新做软质地面;"
	"李秀英等12户\n"
	"3;52000;老年人健身角与遮阳棚;八件低强度器材，遮阳棚两处;王建国\n"
	"4;150000;非机动车充电棚（消防喷淋、集中充电桩40个）;集中充电40个桩位；含消防喷淋和监控;"
	"物业\n"
	"5;36800;楼道照明改LED感应灯;全部楼道共144盏;张桂兰\n"
	"6;200000;1栋、2栋、3栋屋面防水维修;漏水户较多；以实际报价为准;3栋业主\n"
	"7;45000.5;垃圾分类投放点改造;加雨棚、洗手池、照明;社区\n"
	"8;29500;邻里议事厅及老年食堂桌椅;桌椅20套；空调2台;罗玉梅\n"
	"VOTES\nvoter_id;vote\n";

TEST(a_committees_table_is_an_election_file_after_one_answer)
{
	static const char *const names[] = {"projects.csv", "projects.xlsx"};
	const struct vote_words words = {.title = "表决",
					 .community = "锦绣花园",
					 .budget = "30万",
					 .choose_up_to = {true, 3},
					 .winners = "most-votes"};
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf file = data_file(names[i]), text = {0}, adopted = {0};
		struct proposals p = {0};
		assert_int_equal(proposals_read(&p, file.data, file.len, 30000000, NULL, NULL), 0);
		assert_int_equal(p.asks.n_open, 1);
		struct list_answers all = answer_all(&p.asks, "A");
		proposals_finish(&p);
		assert_int_equal(proposals_read(&p, file.data, file.len, 30000000,
						&(struct list_look){.answers = &all}, NULL),
				 0);
		vote_words_write(&text, &words, &p, "2026-06-01", "2026-06-07");
		assert_string_equal(yihu_buf_bytes(&text), wanted_pb);
		assert_int_equal(yihu_definition_adopt(&adopted, NULL, text.data, text.len, NULL),
				 0);
		assert_string_equal(yihu_buf_bytes(&adopted), wanted_pb);
		list_answers_finish(&all);
		proposals_finish(&p);
		yihu_buf_free(&file);
		yihu_buf_free(&text);
		yihu_buf_free(&adopted);
	}
}

/* ---- the vote in words ---- */

#define COMMON .title = "t", .community = "c", .budget = "1000"

static const struct {
	struct vote_words words;
	const char *has, *refused;
} votes[] = {
	{{COMMON, .choose_any = true, .winners = "greedy"}, "ballot;approval\nrule;greedy\n", NULL},
	{{COMMON, .choose_within = "budget", .choose_up_to = {true, 1}, .winners = "most-votes"},
	 "max_length;1\nmax_sum_cost;1000\n",
	 NULL},
	{{COMMON, .choose_within = "500.50元", .winners = "most-votes-then-stop"},
	 "max_sum_cost;500.5\nrule;greedy-no-skip\n",
	 NULL},
	{{COMMON, .choose_up_to = {true, 2}, .at_least = {true, 1}, .winners = "most-votes",
	  .votes_at_least = {true, 5}},
	 "min_length;1\nmax_length;2\nrule;greedy\nthreshold;5\n",
	 NULL},
	{{.title = "t",
	  .community = "c",
	  .agree_or_against = true,
	  .winners = "more-for-than-against",
	  .turnout = "三分之二以上",
	  .support = "超过半数",
	  .support_of = "decided"},
	 "vote_type;scoring\nballot;consent\nrule;majority\nquorum;>=2/3\nsupport;>1/2 decided\n",
	 NULL},
	{{COMMON, .points_each = {true, 5}, .winners = "等额分摊"},
	 "ballot;scoring\nmax_points;5\nrule;equalshares/add1\n",
	 NULL},
	{{COMMON, .points_to_share = {true, 10}, .winners = "fair-shares-then-votes"},
	 "ballot;cumulative\nmax_sum_points;10\nrule;equalshares/add1u\n",
	 NULL},
	{{COMMON, .rank_up_to = {true, 2}, .winners = "fair-shares-once"},
	 "ballot;ordinal\nmax_length;2\nrule;equalshares\n",
	 NULL},
	{{COMMON, .choose_any = true, .winners = "fair-pace", .turnout = "over 1/2",
	  .support = "1/3"},
	 "rule;phragmen\nquorum;>1/2\nsupport;>=1/3 cast\n",
	 NULL},
	{{COMMON, .choose_any = true, .agree_or_against = true, .winners = "greedy"},
	 NULL,
	 "marks in one way"},
	{{COMMON, .choose_any = true, .choose_up_to = {true, 2}, .winners = "greedy"},
	 NULL,
	 "sets no limit"},
	{{COMMON, .agree_or_against = true, .at_least = {true, 1}, .winners = "greedy"},
	 NULL,
	 "answered by itself"},
	{{COMMON, .choose_up_to = {true, 0}, .winners = "greedy"}, NULL, "is at least 1"},
	{{COMMON, .rank_up_to = {true, 2}, .at_least = {true, 3}, .winners = "greedy"},
	 NULL,
	 "more than the most"},
	{{COMMON, .choose_any = true, .winners = "best"}, NULL, "is not known"},
	{{COMMON, .choose_any = true, .winners = "majority"}, NULL, "counts those against"},
	{{COMMON, .rank_up_to = {true, 2}, .winners = "phragmen"}, NULL, "neither points"},
	{{COMMON, .choose_any = true, .winners = "fair-shares", .votes_at_least = {true, 2}},
	 NULL,
	 "goes with --winners most-votes"},
	{{COMMON, .choose_any = true, .winners = "greedy-threshold"}, NULL, "--votes-at-least N"},
	{{COMMON, .choose_any = true, .winners = "greedy", .turnout = "many"}, NULL, "is no share"},
	{{COMMON, .choose_any = true, .winners = "greedy", .support = "1/2",
	  .support_of = "decided"},
	 NULL,
	 "--support-of is cast"},
	{{COMMON, .choose_any = true, .winners = "greedy", .support_of = "cast"},
	 NULL,
	 "give both"},
	{{.title = "t",
	  .community = "c",
	  .budget = "约30万",
	  .choose_any = true,
	  .winners = "greedy"},
	 NULL,
	 "is not one amount"},
	{{.title = "t", .community = "c", .choose_within = "budget", .winners = "greedy"},
	 NULL,
	 "wants --budget"},
	{{COMMON, .choose_within = "some", .winners = "greedy"}, NULL, "--choose-within “some”"},
};

TEST(a_vote_in_words_is_written_or_refused)
{
	static const char table[] = "name,cost\nlamps,100\nbenches,200\ntrees,300.05\n";
	struct proposals p = {0};
	struct yihu_error err = {0};
	assert_int_equal(proposals_read(&p, table, strlen(table), 0, NULL, &err), 0);
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		struct yihu_buf text = {0}, adopted = {0};
		int r = vote_words_check(&votes[i].words, &err);
		if (votes[i].refused) {
			if (r != YIHU_EARG || !strstr(err.text, votes[i].refused))
				fail_msg("vote %zu: “%s”", i, r ? err.text : "taken");
			continue;
		}
		assert_int_equal(r, 0);
		vote_words_write(&text, &votes[i].words, &p, "2026-06-01", "2026-06-07");
		if (yihu_definition_adopt(&adopted, NULL, text.data, text.len, &err) != 0)
			fail_msg("vote %zu: %s", i, err.text);
		if (!strstr(yihu_buf_bytes(&text), votes[i].has))
			fail_msg("vote %zu: %s", i, (const char *)text.data);
		yihu_buf_free(&text);
		yihu_buf_free(&adopted);
	}
	proposals_finish(&p);
}

TEST(what_is_missing_is_named)
{
	char *missing = vote_words_missing(&(struct vote_words){.budget = "1"});
	assert_non_null(strstr(missing, "--title TEXT, --community NAME, one of --choose-up-to N"));
	assert_non_null(strstr(missing, "--winners HOW"));
	free(missing);
	missing = vote_words_missing(&(struct vote_words){
		.title = "t", .community = "c", .agree_or_against = true, .winners = "majority"});
	assert_null(missing);
	missing = vote_words_missing(&(struct vote_words){
		.title = "t", .community = "c", .choose_any = true, .winners = "greedy"});
	assert_string_equal(missing, "--budget SUM");
	free(missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_read_or_is_none),
		cmocka_unit_test(a_table_is_read_as_it_is_and_what_is_not_certain_is_asked),
		cmocka_unit_test(what_a_spreadsheet_says_beside_its_cells_is_heard),
		cmocka_unit_test(a_number_that_an_ods_shows_in_wan_is_so_much),
		cmocka_unit_test(merged_cells_are_filled_where_they_say_one_thing_of_all),
		cmocka_unit_test(between_two_sheets_it_is_asked_and_a_name_answers),
		cmocka_unit_test(a_committees_table_is_an_election_file_after_one_answer),
		cmocka_unit_test(a_vote_in_words_is_written_or_refused),
		cmocka_unit_test(what_is_missing_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
