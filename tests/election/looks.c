/* SPDX-License-Identifier: Apache-2.0
 *
 * Text that deceives: no election is made of it, and whoever reads or counts a
 * file that has it can do so as ever.
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

/* An edit of the approval sample, and what the error says. */
static struct deceit {
	const char *name, *find, *replace;
	const char *says; /* NULL: nothing deceives */
} deceits[] = {
	{"a zero-width space in an id", "\nb;200.5", "\na\u200b;200.5",
	 "line 20, column 1: the text has"},
	{"digits turned around in a name", "丁", "\u202e000 1\u202c",
	 "line 22, column 3: the text has"},
	{"a shape in an id", "\nd;400", "\nd\ufe0f;400", "line 22, column 1: the text has"},
	{"a hidden sign in a value", "Chengdu", "Cheng\u00addu", "line 5, column 2: the text has"},
	{"a hidden sign in a key", "description;", "descri\u2060ption;Test\ndescription;",
	 "line 3, column 1: the text has"},
	{"a hidden sign in a column", "cost;name\n", "cost;na\u200dme\n",
	 "line 18, column 3: the text has"},
	{"a hidden sign in a column before others",
	 "cost;name\na;100;项目甲\nb;200.5;\"two; b\"\nc;300;\"the \"\"c\"\"\"\nd;400.25;丁\n",
	 "cost;na\u200dme;note\na;100;甲;1\nb;200.5;乙;2\nc;300;丙;3\nd;400.25;丁;4\n",
	 "line 18, column 3: the text has"},
	{"ids in another case", "\nb;200.5", "\nA;200.5",
	 "line 20, column 1: “A” looks like “a” on line 19"},
	{"names with other spaces", "丁", "\"two;　b\"", "line 22, column 3: “two;　b” looks like"},
	{"names of the same text", "丁", "项目甲", "line 22, column 3: “项目甲” looks like"},
	{"names in another width", "丁", "\"ＴＨＥ \"\"c\"\"\"", "line 22, column 3: “ＴＨＥ"},
	{"two pairs of ids, the first is told",
	 "\nb;200.5;\"two; b\"\nc;300;\"the \"\"c\"\"\"\nd;400.25",
	 "\nA;200.5;\"two; b\"\nc;300;\"the \"\"c\"\"\"\nC;400.25",
	 "line 20, column 1: “A” looks like “a” on line 19"},
	{"names in another language", "cost;name\na;100;项目甲\nb;200.5;\"two; b\"",
	 "cost;name_en\na;100;Lamp\nb;200.5;LAMP",
	 "line 20, column 3: “LAMP” looks like “Lamp” on line 19"},
	{"the same cost", "\nb;200.5", "\nb;100", NULL},
	{"other languages' names", "cost;name\n", "cost;name_en\n", NULL},
	{"a shape in a name", "丁", "\u845b\U000e0100", NULL},
	{"no name", "丁", "", NULL},
	{"twice no name", "\nc;300;\"the \"\"c\"\"\"\nd;400.25;丁", "\nc;300;\nd;400.25;", NULL},
};

static void adopts_what_deceives_nobody(void **state)
{
	const struct deceit *row = *state;
	struct yihu_error err = {0};
	struct yihu_buf out = {0};
	char *text = edited(sample[YIHU_APPROVAL], row->find, row->replace);
	int code = yihu_definition_adopt(&out, NULL, text, strlen(text), &err);
	if (row->says) {
		assert_error(&err, code, YIHU_ELOOKS, row->says);
		assert_int_equal(out.len, 0);
	} else {
		assert_int_equal(code, 0);
	}
	yihu_buf_free(&out);
	free(text);
}

static void reads_what_deceives(void **state)
{
	const struct deceit *row = *state;
	struct yihu_buf out = {0};
	char *text = edited(sample[YIHU_APPROVAL], row->find, row->replace);
	struct yihu_definition *d = parsed(text);
	assert_int_equal(yihu_definition_check_looks(d, NULL), row->says ? YIHU_ELOOKS : 0);
	assert_int_equal(yihu_definition_held(&out, NULL, text, strlen(text), NULL), 0);
	yihu_definition_free(d);
	yihu_buf_free(&out);
	free(text);
}

TEST(says_lines_of_the_file_given)
{
	struct yihu_error err = {0};
	struct yihu_buf out = {0};
	char *text = edited(sample[YIHU_APPROVAL], "PROJECTS\n", "\n\nPROJECTS\n");
	char *with = edited(text, "丁", "丁\u200b");
	int code = yihu_definition_adopt(&out, NULL, with, strlen(with), &err);
	assert_error(&err, code, YIHU_ELOOKS, "line 24, column 3: ");
	free(with);
	free(text);
}

int main(void)
{
	for (size_t i = 0; i < sizeof deceits / sizeof *deceits; i++) {
		add_test(deceits[i].name, adopts_what_deceives_nobody, &deceits[i]);
		add_test(deceits[i].name, reads_what_deceives, &deceits[i]);
	}
	add_test("lines", says_lines_of_the_file_given, NULL);
	return run_table("looks");
}
