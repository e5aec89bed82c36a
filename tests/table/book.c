/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables as programs save them: cells, rows and what is merged, in each format;
 * and files that are torn, or made to fill up memory.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "packed.h"
#include "table/table.h"
#include "test.h"

/* A book as text: "1:a|b|" a row with its number, "=" before a number, "@" a
 * date, "!" a fault, "(1-2,0-0)" what is merged, "#name " a sheet. */
static char *written(const struct table_book *book)
{
	struct yihu_buf out = {0};
	yihu_buf_u8(&out, 0);
	out.len = 0;
	for (size_t s = 0; s < book->n; s++) {
		const struct table *t = &book->sheets[s];
		yihu_buf_fmt(&out, "%s%s", book->n > 1 ? "#" : "", book->n > 1 ? t->name : "");
		for (size_t i = 0; i < t->n_rows; i++) {
			const struct table_row *row = &t->rows[i];
			yihu_buf_fmt(&out, "%s%u:", row->hidden ? "h" : "", row->number);
			for (uint32_t c = 0; c < row->n; c++)
				yihu_buf_fmt(&out, "%.*s%s|", table_cell(row, c)->kind > TABLE_TEXT,
					     &"..=@!"[table_cell(row, c)->kind],
					     table_cell(row, c) -> text);
		}
		for (size_t i = 0; i < t->n_merges; i++)
			yihu_buf_fmt(&out, "(%u-%u,%u-%u)", t->merges[i].top, t->merges[i].bottom,
				     t->merges[i].left, t->merges[i].right);
	}
	return (char *)out.data;
}

static void expect(const void *bytes, size_t len, const char *wanted, const char *refused)
{
	struct table_book book = {0};
	struct yihu_error err = {0};
	int r = table_book_read(&book, bytes, len, &err);
	if (refused) {
		if (r == 0 || !strstr(err.text, refused))
			fail_msg("“%s” where “%s” was expected", r ? err.text : "taken", refused);
		assert_null(book.sheets);
		return;
	}
	if (r != 0)
		fail_msg("%s (“%s” expected)", err.text, wanted);
	char *text = written(&book);
	assert_string_equal(text, wanted);
	free(text);
	table_book_free(&book);
}

/* ---- text ---- */

static const struct {
	const char *text, *wanted, *refused;
} texts[] = {
	{"a,b\n1,2\n", "1:a|b|2:1|2|", NULL},
	{"a;b\r\n1;2,5\r\n", "1:a|b|2:1|2,5|", NULL},
	{"a\tb\n1\t2", "1:a|b|2:1|2|", NULL},
	{"title\n\na,b\n", "1:title|3:a|b|", NULL},
	{"a,b\r1,2\r", "1:a|b|2:1|2|", NULL},
	{"sep=;\r\na;b,c,d\r\n", "2:a|b,c,d|", NULL},
	{"a,b\n\x1a", "1:a|b|", NULL},
	{"\xef\xbb\xbf"
	 "a,\n",
	 "1:a|", NULL},
	{"a,\" b \"\"c\"\"\nd \",e\nf,g\n", "1:a|b \"c\" d|e|3:f|g|", NULL},
	{"a,\"b\" \n", "1:a|b|", NULL},
	{",,x\n", "1:||x|", NULL},
	{"　a　 \xc2\xa0"
	 "b,\xc2\x85\n",
	 "1:a b|", NULL},
	{"\xff\xfe"
	 "a\0,\0b\0\n\0",
	 "1:a|b|", NULL},
	{"", "", NULL},
	{",\n,,\n", "", NULL},
	{"a,\"b\nc,d\n", NULL, "line 1, column 2: a quotation mark is not closed"},
	{"x\na,b,\"c\"d\n", NULL, "line 2, column 3: text follows the closing"},
	{"a,\"b\nc,\"d\"\n", NULL, "line 1, column 2: text follows the closing"},
	{"\xd0\xcf\x11\xe0 old", NULL, "old spreadsheet"},
	{"%PDF-1.7", NULL, "a PDF"},
	{"PK\x03\x04 torn", NULL, "damaged"},
	{"\xff\xff\xff\n", NULL, "neither UTF-8 nor GB18030"},
};

TEST(text_is_read_as_programs_save_it)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		bool wide = texts[i].text[0] == '\xff' && texts[i].text[1] == '\xfe';
		expect(texts[i].text, wide ? 10 : strlen(texts[i].text), texts[i].wanted,
		       texts[i].refused);
	}
}

TEST(a_row_too_wide_is_refused_unless_it_is_empty)
{
	char row[2 * TABLE_COLUMNS_MAX + 8];
	memset(row, ',', sizeof row);
	row[0] = 'a';
	expect(row, sizeof row, "1:a|", NULL);
	row[sizeof row - 1] = 'b';
	expect(row, sizeof row, NULL, "at most 256 cells");
}

TEST(a_file_that_is_too_large_is_not_looked_at)
{
	struct table_book book = {0};
	struct yihu_error err = {0};
	char *zeros = calloc(TABLE_FILE_BYTES_MAX + 1, 1);
	assert_int_equal(table_book_read(&book, zeros, TABLE_FILE_BYTES_MAX + 1, &err),
			 YIHU_ETOOBIG);
	assert_non_null(strstr(err.text, "at most 64 MiB"));
	free(zeros);
}

/* ---- .xlsx ---- */

static const struct {
	const char *sheet, *strings, *styles, *wanted, *refused;
} sheets[] = {
	{"<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>楼 "
	 "</t><r><t>栋</t></r><rPh><t>x</t></rPh>"
	 "</is></c><c r='C1'><v>101</v></c></row><row r='4' hidden='1'><c><v>1e2</v></c></row>"
	 "</sheetData><mergeCells><mergeCell ref='A1:A3'/><mergeCell ref='B2'/></mergeCells>",
	 NULL, NULL, "1:楼 栋||=101|h4:=100|(1-3,0-0)", NULL},
	{"<row><c t='s'><v>1</v></c><c t='s'><v>0</v></c><c t='s'><v>7</v></c></row>",
	 "<sst><si><t>a_x000D_\nb</t></si><si><r><t>c</t></r><r><t>d</t></r></si></sst>", NULL,
	 "1:cd|a b|", NULL},
	{"<row><c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c><c "
	 "t='str'><f>A1</f><v>x</v></c><c><v>x"
	 "</v></c></row>",
	 NULL, NULL, "1:TRUE|!#REF!|x|!x|", NULL},
	{"<row><c s='1'><v>101</v></c><c s='2'><v>46024</v></c><c s='3'><v>46024.5</v></c><c s='0'>"
	 "<v>45000.50</v></c><c s='4'><v>2.9999999999999996</v></c></row>",
	 NULL,
	 "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0000'/><numFmt numFmtId='165' "
	 "formatCode='m\"月\"d\"日\"'/><numFmt numFmtId='166' formatCode='[Red]0.00\"day\"'/>"
	 "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
	 "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='14'/><xf numFmtId='166'/></cellXfs>"
	 "</styleSheet>",
	 "1:=0101|@2026-01-02|@2026-01-02|=45000.5|=3|", NULL},
	{"<row r='5'/><row r='5'/>", NULL, NULL, NULL, "row 5 comes twice"},
	{"<row r='1048577'/>", NULL, NULL, NULL, "at most 1048576 rows"},
	{"<row><c r='XFD1'><v>1</v></c></row>", NULL, NULL, NULL, "at most 256 cells"},
	{"<row><c r='XFD1'/></row>", NULL, NULL, "", NULL},
	{"<c><v>1</v></c>", NULL, NULL, NULL, "stands in no row"},
	{"<row><c><v>1</row>", NULL, NULL, NULL, "damaged"},
	{"<row>", NULL, NULL, NULL, "damaged"},
};

TEST(a_spreadsheet_of_excel_is_read)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
		struct yihu_buf file = {0};
		packed_xlsx(&file, sheets[i].sheet, sheets[i].strings, sheets[i].styles);
		expect(file.data, file.len, sheets[i].wanted, sheets[i].refused);
		yihu_buf_free(&file);
	}
}

TEST(hidden_sheets_are_passed_over)
{
	const char *row = "<worksheet><row><c><v>1</v></c></row></worksheet>";
	const struct packed_part parts[] = {
		{"xl/workbook.xml",
		 "<workbook><sheets><sheet name='A' state='hidden' id='a'/><sheet name='B' id='b'/>"
		 "<sheet name='C' id='c'/><sheet name='chart' id='d'/></sheets></workbook>",
		 0},
		{"xl/_rels/workbook.xml.rels",
		 "<r><Relationship Id='a' Target='1.xml'/><Relationship Id='b' Target='/xl/2.xml'/>"
		 "<Relationship Id='c' Target='3.xml'/></r>",
		 0},
		{"xl/1.xml", row, 0},
		{"xl/2.xml", row, 0},
		{"xl/3.xml", row, 0}};
	struct yihu_buf file = {0};
	packed(&file, parts, 5, true);
	expect(file.data, file.len, "#B1:=1|#C1:=1|", NULL);
	yihu_buf_free(&file);
}

/* ---- .ods ---- */

static const struct {
	const char *sheets, *wanted, *refused;
} documents[] = {
	{"<s:style s:name='h'><s:table-properties t:display='false'/></s:style>"
	 "<t:table t:name='gone' t:style-name='h'><t:table-row><t:table-cell><x:p>no</x:p>"
	 "</t:table-cell></t:table-row></t:table>"
	 "<t:table t:name='a'><t:table-row t:number-rows-repeated='2'/><t:table-row>"
	 "<t:table-cell t:number-rows-spanned='2'><x:p>楼<x:s/>栋</x:p><x:p>b</x:p><o:annotation>"
	 "<x:p>note</x:p></o:annotation></t:table-cell><t:table-cell "
	 "t:number-columns-repeated='2'/>"
	 "<t:table-cell o:value-type='float' o:value='128000'><x:p>128,000</x:p></t:table-cell>"
	 "<t:table-cell o:value-type='float' o:value='101'><x:p>0101</x:p></t:table-cell>"
	 "<t:table-cell o:value-type='date' o:date-value='2026-01-02T00:00:00'><x:p>1-2</x:p>"
	 "</t:table-cell></t:table-row><t:table-row t:visibility='filter'><t:covered-table-cell>"
	 "<x:p>under</x:p></t:covered-table-cell><t:table-cell t:number-columns-repeated='2'><x:p>c"
	 "</x:p></t:table-cell><t:table-cell t:number-columns-repeated='16000'/></t:table-row>"
	 "<t:table-row t:number-rows-repeated='3'><t:table-cell><x:p>d</x:p></t:table-cell>"
	 "</t:table-row><t:table-row t:number-rows-repeated='1048569'/></t:table>",
	 "3:楼 栋 b|||=128000|=0101|@2026-01-02|h4:|c|c|5:d|6:d|7:d|(3-4,0-0)", NULL},
	{"<t:table><t:table-row><t:table-cell t:number-columns-repeated='16384'><x:p>d</x:p>"
	 "</t:table-cell></t:table-row></t:table>",
	 NULL, "at most 256 cells"},
	{"<t:table><t:table-row t:number-rows-repeated='1048577'/></t:table>", NULL,
	 "at most 1048576 rows"},
	{"<t:table><t:table/></t:table>", NULL, "inside a table"},
	{"<t:table-row/><t:table-cell/>", "", NULL},
};

TEST(a_spreadsheet_of_libreoffice_is_read)
{
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		struct yihu_buf file = {0};
		packed_ods(&file, documents[i].sheets);
		expect(file.data, file.len, documents[i].wanted, documents[i].refused);
		yihu_buf_free(&file);
	}
}

/* ---- made to do harm ---- */

TEST(entities_and_depth_are_refused)
{
	const char *bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
			   "<worksheet><row><c t='str'><v>&b;</v></c></row></worksheet>";
	struct packed_part parts[] = {
		{"xl/workbook.xml", "<w><sheet name='s' id='a'/></w>", 0},
		{"xl/_rels/workbook.xml.rels", "<r><Relationship Id='a' Target='s.xml'/></r>", 0},
		{"xl/s.xml", bomb, 0}};
	struct yihu_buf file = {0};
	packed(&file, parts, 3, true);
	expect(file.data, file.len, NULL, "declares entities");
	yihu_buf_reset(&file);
	char deep[4001] = "";
	for (size_t i = 0; i < 1000; i++)
		memcpy(deep + 3 * i, "<a>", 4);
	parts[2].text = deep;
	packed(&file, parts, 3, true);
	expect(file.data, file.len, NULL, "nests deeper");
	yihu_buf_free(&file);
}

/* Its blanks unfold to 300 MiB; what says how large it is would say anything. */
TEST(a_bomb_is_refused_before_it_unfolds)
{
	size_t len = 300u << 20;
	char *blanks = yihu_alloc(len);
	memset(blanks, ' ', len);
	memcpy(blanks, "<worksheet>", 11);
	const struct packed_part parts[] = {
		{"xl/workbook.xml", "<w><sheet name='s' id='a'/></w>", 0},
		{"xl/_rels/workbook.xml.rels", "<r><Relationship Id='a' Target='s.xml'/></r>", 0},
		{"xl/s.xml", blanks, len}};
	struct yihu_buf file = {0};
	packed(&file, parts, 3, true);
	free(blanks);
	assert_true(file.len < 4u << 20);
	expect(file.data, file.len, NULL, "unfolds to far more");
	yihu_buf_free(&file);
}

/* A million rows of one text, and cells far to the right in each. */
TEST(a_table_that_repeats_is_refused_in_little_memory)
{
	static const char *const many[] = {
		"<t:table><t:table-row t:number-rows-repeated='1048576'><t:table-cell "
		"t:number-columns-repeated='200'><x:p>d</x:p></t:table-cell></t:table-row></"
		"t:table>",
		"<t:table><t:table-row t:number-rows-repeated='1048576'><t:table-cell "
		"t:number-columns-repeated='200'/><t:table-cell><x:p>d</x:p></t:table-cell>"
		"</t:table-row></t:table>"};
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf file = {0};
		packed_ods(&file, many[i]);
		expect(file.data, file.len, NULL, "at most 4000000 cells");
		yihu_buf_free(&file);
	}
	struct rusage used;
	assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
	assert_true(used.ru_maxrss < 1200 * 1024); /* KiB; a bomb's own blanks are 300 MiB of it */
}

TEST(a_place_is_said_as_its_program_shows_it)
{
	static const struct {
		bool is_text;
		uint32_t row;
		size_t column;
		const char *place;
	} places[] = {{false, 12, 3, "row 12, column D"}, {false, 1, 25, "row 1, column Z"},
		      {false, 1, 26, "row 1, column AA"}, {true, 3, 2, "line 3, column 3"},
		      {false, 7, SIZE_MAX, "row 7"},      {true, 7, SIZE_MAX, "line 7"}};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct table_book book = {.is_text = places[i].is_text};
		char *place = table_place(&book, places[i].row, places[i].column);
		assert_string_equal(place, places[i].place);
		free(place);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_read_as_programs_save_it),
		cmocka_unit_test(a_row_too_wide_is_refused_unless_it_is_empty),
		cmocka_unit_test(a_file_that_is_too_large_is_not_looked_at),
		cmocka_unit_test(a_spreadsheet_of_excel_is_read),
		cmocka_unit_test(hidden_sheets_are_passed_over),
		cmocka_unit_test(a_spreadsheet_of_libreoffice_is_read),
		cmocka_unit_test(entities_and_depth_are_refused),
		cmocka_unit_test(a_bomb_is_refused_before_it_unfolds),
		cmocka_unit_test(a_table_that_repeats_is_refused_in_little_memory),
		cmocka_unit_test(a_place_is_said_as_its_program_shows_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
