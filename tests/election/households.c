/* SPDX-License-Identifier: Apache-2.0
 *
 * Household lists as committees have them, and what is refused by line; the
 * roll made of them.
 */
#include "sample.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/households.h>

static struct list {
	const char *name, *text;
	size_t n;
	const char *labels[3];
	const char *refused;
	int code;
} lists[] = {
	{"English columns",
	 "building,unit,room,name,phone\n3,1,502,Li,1380\n3,2,502,,\n",
	 2,
	 {"3-1-502", "3-2-502"},
	 NULL,
	 0},
	{"Chinese columns", "楼栋,单元,房号,姓名,电话\n3,1,502,李,138\n", 1, {"3-1-502"}, NULL, 0},
	{"short Chinese columns", "栋;单元;室\n3栋;1单元;502\n", 1, {"3栋-1单元-502"}, NULL, 0},
	{"columns in another order", "Room,Building\n502,3\n", 1, {"3-502"}, NULL, 0},
	{"tabs", "building\troom\n3\t502\n", 1, {"3-502"}, NULL, 0},
	{"a single column",
	 "household\n望江路 5 号 2-101\n望江路 5 号 2-102\n",
	 2,
	 {"望江路 5 号 2-101", "望江路 5 号 2-102"},
	 NULL,
	 0},
	{"a single column and an empty one", "room\n502,\n", 1, {"502"}, NULL, 0},
	{"other delimiters below", "room,name\n502,a;b;c;d\n", 1, {"502"}, NULL, 0},
	{"a single Chinese column", "住户\n3-1-502\n", 1, {"3-1-502"}, NULL, 0},
	{"household and name", "户,姓名\n3-1-502,王\n", 1, {"3-1-502"}, NULL, 0},
	{"BOM and CRLF",
	 "\xef\xbb\xbf"
	 "building,room\r\n3,502\r\n",
	 1,
	 {"3-502"},
	 NULL,
	 0},
	{"no last line end", "room\n502", 1, {"502"}, NULL, 0},
	{"full-width forms and spaces", "room\n　５０２Ａ　\n", 1, {"502A"}, NULL, 0},
	{"the ends of the full-width row", "room\n！？｀～\n", 1, {"!?`~"}, NULL, 0},
	{"runs of spaces", "room\nA   1\n", 1, {"A 1"}, NULL, 0},
	{"zero-width space",
	 "room\n50\xe2\x80\x8b"
	 "2\n",
	 1,
	 {"502"},
	 NULL,
	 0},
	{"empty unit", "building,unit,room\n3,,502\n", 1, {"3-502"}, NULL, 0},
	{"quoted cells", "building,room\n\"3, east\",\"5\"\"02\"\n", 1, {"3, east-5\"02"}, NULL, 0},
	{"trailing blank lines", "building,room\n3,502\n\n,\n \n", 1, {"3-502"}, NULL, 0},
	{"empty columns that a spreadsheet left",
	 "building,room,,\n3,502,,\n",
	 1,
	 {"3-502"},
	 NULL,
	 0},
	{"empty file", "", 0, {0}, "the list is empty", YIHU_EHOUSEHOLD},
	{"header only", "building,room\n", 0, {0}, "the list has no household", YIHU_EHOUSEHOLD},
	{"header and blank lines",
	 "building,room\n\n\n",
	 0,
	 {0},
	 "the list has no household",
	 YIHU_EHOUSEHOLD},
	{"no header",
	 "3,502\n3,503\n",
	 0,
	 {0},
	 "line 1, column 1: the column “3” is not known",
	 YIHU_EHOUSEHOLD},
	{"blank header",
	 "\n3,502\n",
	 0,
	 {0},
	 "line 1, column 1: the first line must name",
	 YIHU_EHOUSEHOLD},
	{"unknown column",
	 "building,flat\n3,502\n",
	 0,
	 {0},
	 "line 1, column 2: the column “flat” is not known",
	 YIHU_EHOUSEHOLD},
	{"column twice",
	 "room,房号\n1,2\n",
	 0,
	 {0},
	 "line 1, column 2: the column “房号” is there twice",
	 YIHU_EHOUSEHOLD},
	{"no room",
	 "building,unit\n3,1\n",
	 0,
	 {0},
	 "must name either the column room",
	 YIHU_EHOUSEHOLD},
	{"only names",
	 "name,phone\nLi,1\n",
	 0,
	 {0},
	 "must name either the column room",
	 YIHU_EHOUSEHOLD},
	{"building and household", "building,household\n1,2\n,3\n", 2, {"2", "3"}, NULL, 0},
	{"unit and household",
	 "unit,household\n1,2\n",
	 0,
	 {0},
	 "must name either the column room",
	 YIHU_EHOUSEHOLD},
	{"only empty columns",
	 ",\n502\n",
	 0,
	 {0},
	 "line 1, column 1: the column “” is not known",
	 YIHU_EHOUSEHOLD},
	{"room and household",
	 "room,household\n1,2\n",
	 0,
	 {0},
	 "must name either the column room",
	 YIHU_EHOUSEHOLD},
	{"the same household",
	 "building,room\n3,502\n4,502\n3,502\n",
	 0,
	 {0},
	 "line 2 and line 4 are the same household, “3-502”",
	 YIHU_EHOUSEHOLD},
	{"two households twice",
	 "room\n502\n501\n502\n501\n",
	 0,
	 {0},
	 "line 3 and line 5 are the same household, “501”",
	 YIHU_EHOUSEHOLD},
	{"the same in full-width forms",
	 "room\n502\n５０２\n",
	 0,
	 {0},
	 "line 2 and line 3 are the same household",
	 YIHU_EHOUSEHOLD},
	{"the same but for spaces",
	 "room\n502 \n　502\n",
	 0,
	 {0},
	 "line 2 and line 3 are the same household",
	 YIHU_EHOUSEHOLD},
	{"the same label from other parts",
	 "building,unit,room\n3-1,,502\n3,1,502\n",
	 0,
	 {0},
	 "line 2 and line 3 are the same household",
	 YIHU_EHOUSEHOLD},
	{"too few cells",
	 "building,unit,room\n3,1,502\n3,503\n",
	 0,
	 {0},
	 "line 3, column 3: this row has 2 cells where 3",
	 YIHU_EFORMAT},
	{"too many cells",
	 "building,room\n3,502\n3,503,x\n",
	 0,
	 {0},
	 "line 3, column 3: this row has 3 cells where 2",
	 YIHU_EFORMAT},
	{"room missing",
	 "building,room\n3,502\n3,\n",
	 0,
	 {0},
	 "line 3, column 2: the cell is empty",
	 YIHU_EHOUSEHOLD},
	{"household missing",
	 "household,name\n,Li\n",
	 0,
	 {0},
	 "line 2, column 1: the cell is empty",
	 YIHU_EHOUSEHOLD},
	{"blank line between",
	 "building,room\n3,502\n\n3,503\n",
	 0,
	 {0},
	 "line 3 is blank, but the list goes on",
	 YIHU_EHOUSEHOLD},
	{"control character",
	 "building,room\n3,50\x07"
	 "2\n",
	 0,
	 {0},
	 "line 2, column 2: there is a control",
	 YIHU_EFORMAT},
	{"CR inside",
	 "building,room\n3,50\r2\n",
	 0,
	 {0},
	 "line 2, column 2: there is a control",
	 YIHU_EFORMAT},
	{"line break in quotes",
	 "building,room\n3,\"50\n2\"\n",
	 0,
	 {0},
	 "line 2, column 2: a quotation mark is not closed",
	 YIHU_EFORMAT},
	{"neither UTF-8 nor GB18030",
	 "room\n502\n\xff\xff\n",
	 0,
	 {0},
	 "line 3: the text is neither UTF-8 nor GB18030",
	 YIHU_EFORMAT},
	{"UTF-16 that is torn", "\xff\xfer", 0, {0}, "line 1: the UTF-16 text", YIHU_EFORMAT},
	{"UTF-16 without text", "\xff\xfe", 0, {0}, "the list is empty", YIHU_EHOUSEHOLD},
	{"UTF-16 torn the other way", "\xfe\xffr", 0, {0}, "UTF-16", YIHU_EFORMAT},
	{"two encodings in one file",
	 "building,room\n锦江,1\n锦江,2\n\xbd\xf5\xbd\xad,3\n",
	 0,
	 {0},
	 "line 4 is not UTF-8, and other lines of the file are",
	 YIHU_EFORMAT},
	{"a mark of UTF-8, and GB18030 behind it",
	 "\xef\xbb\xbf"
	 "building,room\n\xbd\xf5\xbd\xad,3\n",
	 0,
	 {0},
	 "line 2 is not UTF-8",
	 YIHU_EFORMAT},
	{"a row of sums",
	 "building,unit,room\n3,1,101\n合计：1 户,,\n",
	 0,
	 {0},
	 "line 3, column 1: this row is a sum",
	 YIHU_EHOUSEHOLD},
	{"a short row of sums",
	 "building,room\n3,101\nTotal\n",
	 0,
	 {0},
	 "line 3, column 1: this row is a sum",
	 YIHU_EHOUSEHOLD},
	{"a sum behind the first cell", "building,room\n3,合计\n", 1, {"3-合计"}, NULL, 0},
	{"a building only above",
	 "building,unit,room\n3,1,101\n,1,102\n",
	 0,
	 {0},
	 "line 3, column 1: the cell is empty, and the one above is not",
	 YIHU_EHOUSEHOLD},
	{"a unit only above",
	 "building,unit,room\n3,1,101\n3,,102\n",
	 0,
	 {0},
	 "line 3, column 2: the cell is empty, and the one above is not",
	 YIHU_EHOUSEHOLD},
	{"a unit only in the building above",
	 "building,unit,room\n3,1,101\n4,,102\n",
	 2,
	 {"3-1-101", "4-102"},
	 NULL,
	 0},
	{"a label too long",
	 "room\n"
	 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	 "aaaaaaaaaaa"
	 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	 "aaaaaaaaaaaa\n",
	 0,
	 {0},
	 "at most 200 bytes",
	 YIHU_ETOOBIG},
	{"a sign that turns digits around",
	 "room\n5\u202e02\n",
	 0,
	 {0},
	 "line 2, column 1: the text has",
	 YIHU_ELOOKS},
	{"a hidden sign in a name",
	 "room,name\n502,王\u2067芳\n",
	 0,
	 {0},
	 "line 2, column 2: the text has",
	 YIHU_ELOOKS},
	{"a name with a shape of its own",
	 "room,name\n502,\u845b\U000e0100城\n",
	 1,
	 {"502"},
	 NULL,
	 0},
	{"doors in another case",
	 "household\n3-A\n3-a\n",
	 0,
	 {0},
	 "line 2 and line 3 look like the same household: “3-A” and “3-a”",
	 YIHU_EHOUSEHOLD},
	{"doors in another form",
	 "household\n㈠号\n(一)号\n",
	 0,
	 {0},
	 "line 2 and line 3 look like",
	 YIHU_EHOUSEHOLD},
	{"doors told apart by a space",
	 "household\n3-1 502\n3-15 02\n",
	 2,
	 {"3-1 502", "3-15 02"},
	 NULL,
	 0},
};

static void reads(void **state)
{
	const struct list *l = *state;
	struct yihu_households h = {0};
	struct yihu_error err = {0};
	int code = yihu_households_read(&h, l->text, strlen(l->text), &err);
	if (l->refused) {
		assert_error(&err, code, l->code, l->refused);
		assert_null(h.at);
		return;
	}
	if (code)
		fail_msg("refused: %s", err.text);
	assert_int_equal(h.n, l->n);
	for (size_t i = 0; i < h.n; i++)
		assert_string_equal(h.at[i].label, l->labels[i]);
	yihu_households_free(&h);
}

/* 楼栋,单元,房号,姓名 / 三号楼,1,502,镕: the last has no place in GB2312. */
TEST(reads_gb18030)
{
	static const char text[] =
		"\xc2\xa5\xb6\xb0,\xb5\xa5\xd4\xaa,\xb7\xbf\xba\xc5,\xd0\xd5\xc3\xfb\r\n"
		"\xc8\xfd\xba\xc5\xc2\xa5,1,502,\xe9\x46\r\n";
	struct yihu_households h;
	struct yihu_error err;
	if (yihu_households_read(&h, text, sizeof text - 1, &err))
		fail_msg("refused: %s", err.text);
	assert_string_equal(h.at[0].label, "三号楼-1-502");
	assert_string_equal(h.at[0].building, "三号楼");
	assert_string_equal(h.at[0].name, "镕");
	assert_int_equal(h.at[0].line, 2);
	yihu_households_free(&h);
}

TEST(refuses_a_nul_byte)
{
	struct yihu_households h;
	struct yihu_error err;
	int code = yihu_households_read(&h, "room\n5\0002\n", 9, &err);
	assert_error(&err, code, YIHU_EFORMAT, "line 2, column 1: there is a control");
}

static struct yihu_households made(size_t n)
{
	struct yihu_buf text = {0};
	struct yihu_households h;
	yihu_buf_str(&text, "household\n");
	for (size_t i = 0; i < n; i++)
		yihu_buf_fmt(&text, "H%zu\n", i);
	assert_int_equal(yihu_households_read(&h, text.data, text.len, NULL), 0);
	yihu_buf_free(&text);
	return h;
}

/* 200 bytes; one more is refused above. */
TEST(takes_the_longest_label)
{
	struct yihu_households h;
	char *text = yihu_printf("room\n%0200d\n", 7);
	assert_int_equal(yihu_households_read(&h, text, strlen(text), NULL), 0);
	assert_int_equal(strlen(h.at[0].label), 200);
	yihu_households_free(&h);
	free(text);
}

TEST(refuses_a_list_too_long)
{
	struct yihu_households h;
	struct yihu_error err;
	const size_t most = 64 << 20;
	char *zeros = yihu_calloc(1, most + 1);
	assert_error(&err, yihu_households_read(&h, zeros, most, &err), YIHU_ETOOBIG, "1 MiB");
	assert_error(&err, yihu_households_read(&h, zeros, most + 1, &err), YIHU_ETOOBIG, "64 MiB");
	free(zeros);
}

TEST(refuses_too_many_households)
{
	struct yihu_buf list = {0}, roll = {0};
	struct yihu_households h;
	struct yihu_error err;
	char **labels;
	size_t n;
	yihu_buf_str(&list, "room\n");
	for (size_t i = 1; i <= YIHU_HOUSEHOLDS_MAX + 1; i++) {
		yihu_buf_fmt(&list, "%zu\n", i);
		yihu_buf_fmt(&roll, "%zu\t%zu\n", i, i);
	}
	int code = yihu_households_read(&h, list.data, list.len, &err);
	assert_error(&err, code, YIHU_ETOOBIG, "at most 1000000 households");
	code = yihu_roll_parse(&labels, &n, roll.data, roll.len, &err);
	assert_error(&err, code, YIHU_ETOOBIG, "at most 1000000 households");
	yihu_buf_free(&list);
	yihu_buf_free(&roll);
}

static void free_labels(char **labels, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(labels[i]);
	free(labels);
}

TEST(the_roll_is_a_permutation)
{
	struct yihu_households h = made(300);
	struct yihu_buf roll = {0};
	uint32_t order[300];
	bool seen[300] = {false};
	char **labels;
	size_t n, moved = 0;
	yihu_roll_make(&roll, order, &h);
	assert_int_equal(yihu_roll_parse(&labels, &n, roll.data, roll.len, NULL), 0);
	assert_int_equal(n, 300);
	for (size_t i = 0; i < 300; i++) {
		assert_true(order[i] < 300 && !seen[order[i]]);
		seen[order[i]] = true;
		moved += order[i] != i;
		assert_string_equal(labels[i], h.at[order[i]].label);
	}
	assert_true(moved > 200);
	free_labels(labels, n);
	yihu_buf_free(&roll);
	yihu_households_free(&h);
}

/* Every permutation of three about equally often: the 5-sigma bounds of 6,000
 * draws at 1/6 are 1,000 ± 145. */
TEST(permutations_are_uniform)
{
	struct yihu_households h = made(3);
	unsigned seen[27] = {0}, kinds = 0;
	for (int i = 0; i < 6000; i++) {
		struct yihu_buf roll = {0};
		uint32_t order[3];
		yihu_roll_make(&roll, order, &h);
		seen[order[0] * 9 + order[1] * 3 + order[2]]++;
		yihu_buf_free(&roll);
	}
	for (size_t i = 0; i < 27; i++) {
		kinds += seen[i] > 0;
		assert_true(seen[i] == 0 || (seen[i] > 855 && seen[i] < 1145));
	}
	assert_int_equal(kinds, 6);
	yihu_households_free(&h);
}

TEST(the_hash_is_of_salt_and_roll)
{
	static const uint8_t salt[16] = {1, 2, 3};
	/* M("roll"; salt, roll) by hand, as PROTOCOL §1 frames it */
	static const uint8_t framed[] = "yihu/v1/roll\0"
					"\0\0\0\0\0\0\0\x10\x01\x02\x03\0\0\0\0\0\0\0\0\0\0\0\0\0"
					"\0\0\0\0\0\0\0\x04"
					"1\tx\n";
	uint8_t hash[32], whole[64];
	yihu_roll_hash(hash, salt, "1\tx\n", 4);
	crypto_hash_sha512(whole, framed, sizeof framed - 1);
	assert_memory_equal(hash, whole, 32);
}

static struct roll {
	const char *name, *text, *refused;
} rolls[] = {
	{"roll that is empty", "", "the roll is empty"},
	{"roll with a bad line inside", "1\tA\nx\n2\tB\n", "line 2 of the roll must begin"},
	{"roll of one bad line without end", "x", "the last line of the roll has no line end"},
	{"roll of two bad lines", "x\ny", "line 1 of the roll must begin"},
	{"roll with two households twice", "1\tB\n2\tA\n3\tB\n4\tA\n", "the roll names “A” twice"},
	{"roll from 0", "0\tA\n", "line 1 of the roll must begin with serial 1"},
	{"roll out of order", "1\tA\n3\tB\n", "line 2 of the roll must begin with serial 2"},
	{"roll with a leading zero", "01\tA\n", "must begin with serial 1"},
	{"roll with a space", "1 A\n", "must begin with serial 1 and a tab"},
	{"roll without a household", "1\t\n", "line 1 of the roll names no household"},
	{"roll with two tabs", "1\tA\tB\n", "line 1 of the roll names no household"},
	{"roll with a household twice", "1\tA\n2\tB\n3\tA\n", "the roll names “A” twice"},
	{"roll cut short", "1\tA\n2\tB", "the last line of the roll has no line end"},
	{"roll with a blank line", "1\tA\n\n", "line 2 of the roll must begin"},
};

static void refuses_roll(void **state)
{
	const struct roll *r = *state;
	struct yihu_error err = {0};
	char **labels = NULL;
	size_t n = 77;
	int code = yihu_roll_parse(&labels, &n, r->text, strlen(r->text), &err);
	assert_error(&err, code, YIHU_EROLL, r->refused);
	assert_null(labels);
	assert_int_equal(n, 77);
}

int main(void)
{
	assert_true(sodium_init() >= 0);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		add_test(lists[i].name, reads, &lists[i]);
	for (size_t i = 0; i < sizeof rolls / sizeof *rolls; i++)
		add_test(rolls[i].name, refuses_roll, &rolls[i]);
	add_test("GB18030", reads_gb18030, NULL);
	add_test("NUL byte", refuses_a_nul_byte, NULL);
	add_test("the longest label", takes_the_longest_label, NULL);
	add_test("a list too long", refuses_a_list_too_long, NULL);
	add_test("too many households", refuses_too_many_households, NULL);
	add_test("the roll is a permutation", the_roll_is_a_permutation, NULL);
	add_test("permutations are uniform", permutations_are_uniform, NULL);
	add_test("the roll's hash", the_hash_is_of_salt_and_roll, NULL);
	return run_table("households");
}
