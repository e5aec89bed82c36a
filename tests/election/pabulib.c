/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines, cells and sections of election files: the bounds of what is read, and
 * which of several faults is told.
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/election/pabulib.h"

static struct bad {
	const char *name, *find, *replace;
	int code;
	const char *text; /* the whole of it */
} bads[] = {
	{"nothing behind META", "key;value\n", NULL, YIHU_EFORMAT,
	 "line 1, column 1: the line “key;value” is missing here"},
	{"another first heading", "key;value", "keys;value", YIHU_EFORMAT,
	 "line 2, column 1: the line “key;value” is missing here"},
	{"another second heading", "key;value", "key;values", YIHU_EFORMAT,
	 "line 2, column 1: the line “key;value” is missing here"},
	{"a third heading", "key;value", "key;value;unit", YIHU_EFORMAT,
	 "line 2, column 3: this row has 3 cells where 2 are expected"},
	{"a control character in META's headings", "key;value", "key;\x01value", YIHU_EFORMAT,
	 "line 2, column 2: there is a control character in this cell; retype the cell"},
	{"a row of META too long", "unit;Chengdu", "unit;Chengdu;x", YIHU_EFORMAT,
	 "line 5, column 3: this row has 3 cells where 2 are expected"},
	{"a space before a key", "unit;", " unit;", YIHU_EFORMAT,
	 "line 5, column 1: “ unit” has a space before or behind it"},
	{"a mark inside", "unit;", "\xef\xbb\xbfunit;", YIHU_EMETA, "META has no key “unit”"},
	{"the last C1 control character", "Chengdu", "\xc2\x9f", YIHU_EFORMAT,
	 "line 5, column 2: there is a control character in this cell; retype the cell"},
	{"a control character in PROJECTS' headings", "cost;name", "cost;\x01name", YIHU_EFORMAT,
	 "line 18, column 3: there is a control character in this cell; retype the cell"},
	{"project_id twice", "cost;name", "cost;project_id", YIHU_EPROJECT,
	 "line 18, column 3: the column “project_id” is there twice"},
};

static void refuses(void **state)
{
	const struct bad *bad = *state;
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *text = edited(sample[YIHU_APPROVAL], bad->find, bad->replace);
	int code = yihu_definition_parse(&d, text, strlen(text), &err);
	free(text);
	assert_error(&err, code, bad->code, bad->text);
	assert_string_equal(err.text, bad->text);
	assert_null(d);
}

/* The sample with n bytes or cells more; code 0: it is taken. */
static void check(const char *find, struct yihu_buf *with, int code, const char *says)
{
	struct yihu_error err = {0};
	struct yihu_definition *d = NULL;
	yihu_buf_u8(with, 0);
	char *text = edited(sample[YIHU_APPROVAL], find, (const char *)with->data);
	int is = yihu_definition_parse(&d, text, strlen(text), &err);
	if (code == YIHU_OK && is != YIHU_OK)
		fail_msg("refused: %s", err.text);
	if (code != YIHU_OK)
		assert_error(&err, is, code, says);
	yihu_definition_free(d);
	free(text);
	yihu_buf_free(with);
}

TEST(lines_have_a_limit)
{
	for (size_t more = 0; more <= 1; more++) {
		struct yihu_buf line = {0};
		yihu_buf_str(&line, "unit;");
		while (line.len < YIHU_LINE_MAX + more)
			yihu_buf_u8(&line, 'x');
		check("unit;Chengdu", &line, more ? YIHU_ETOOBIG : YIHU_OK,
		      "line 5, column 1: the line is longer than 1 MiB");
	}
}

TEST(cells_have_a_limit)
{
	for (size_t more = 0; more <= 1; more++) {
		struct yihu_buf line = {0};
		yihu_buf_str(&line, "unit");
		for (size_t i = 1; i < YIHU_COLUMNS_MAX + more; i++)
			yihu_buf_str(&line, ";x");
		check("unit;Chengdu", &line, more ? YIHU_ETOOBIG : YIHU_EFORMAT,
		      more ? "a row can have at most 256 cells" : "this row has 256 cells");
	}
}

TEST(keys_have_a_limit)
{
	const size_t there = 14; /* keys of the sample */
	for (size_t more = 0; more <= 1; more++) {
		struct yihu_buf lines = {0};
		yihu_buf_str(&lines, "unit;Chengdu");
		for (size_t i = there; i < YIHU_META_MAX + more; i++)
			yihu_buf_fmt(&lines, "\nk%zu;x", i);
		check("unit;Chengdu", &lines, more ? YIHU_ETOOBIG : YIHU_OK,
		      "META can have at most 1000 keys");
	}
}

TEST(a_mark_alone_is_named)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	int code = yihu_definition_parse(&d, "\xef\xbb\xbf", 3, &err);
	assert_error(&err, code, YIHU_EFORMAT, "the file begins with a byte order mark");
}

int main(void)
{
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++)
		add_test(bads[i].name, refuses, &bads[i]);
	add_test("the longest line", lines_have_a_limit, NULL);
	add_test("the most cells", cells_have_a_limit, NULL);
	add_test("the most keys", keys_have_a_limit, NULL);
	add_test("a byte order mark alone", a_mark_alone_is_named, NULL);
	return run_table("pabulib");
}
