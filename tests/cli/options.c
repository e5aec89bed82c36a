/* SPDX-License-Identifier: Apache-2.0
 *
 * The options parser: a table of command lines.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "test.h"

static bool flag;
static const char *text;
static struct cli_list list;
static struct cli_u32 number;
static struct cli_when when;

static const struct cli_option options[] = {
	{"flag", CLI_FLAG, &flag, NULL, "a flag"},    {"text", CLI_STRING, &text, "TEXT", "a text"},
	{"list", CLI_LIST, &list, "ITEM", "an item"}, {"number", CLI_U32, &number, "N", "a number"},
	{"when", CLI_WHEN, &when, "TIME", "a time"},
};
static const struct cli_command command = {.usage = "act DIR [WORD]",
					   .summary = "A command of tests.",
					   .options = options,
					   .n_options = sizeof options / sizeof *options,
					   .min_words = 1,
					   .max_words = 2};

/* Standard output is the test's; what a parse prints goes nowhere. */
static int parse(char **argv, const char **words)
{
	int argc = 0;
	while (argv[argc] != NULL)
		argc++;
	fflush(NULL);
	int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
	int err = dup(STDERR_FILENO);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	flag = false;
	text = NULL;
	list.n = 0;
	number = (struct cli_u32){0};
	when = (struct cli_when){0};
	int r = cli_parse(&command, argc, argv, words);
	fflush(NULL);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	close(nowhere);
	return r;
}

#define ARGV(...)                                                                                  \
	(char *[])                                                                                 \
	{                                                                                          \
		(char[]){"act"}, __VA_ARGS__, NULL                                                 \
	}

TEST(lines_that_are_refused)
{
	static const struct {
		const char *a, *b, *c;
		int status;
	} rows[] = {
		{NULL, NULL, NULL, 2},              /* too few words */
		{"d", "w", "x", 2},                 /* too many */
		{"d", "--none", NULL, 2},           /* unknown */
		{"d", "--tex", "v", 2},             /* no abbreviations */
		{"d", "-t", NULL, 2},               /* nor short ones */
		{"d", "--text", NULL, 2},           /* wants a value */
		{"d", "--flag=1", NULL, 2},         /* takes none */
		{"d", "--number", "x", 2},          /* no number */
		{"d", "--number", "-1", 2},         /* */
		{"d", "--number", "+1", 2},         /* */
		{"d", "--number", "01", 2},         /* */
		{"d", "--number", "1.5", 2},        /* */
		{"d", "--number", "", 2},           /* */
		{"d", "--number", "4294967296", 2}, /* above 32 bits */
		{"d", "--number=1 ", NULL, 2},      /* */
		{"d", "--when", "tomorrow", 2},     /* no time */
		{"d", "--when", "2026-02-30 10:00", 2},
		{"d", "--when", "2026-06-01T00:00:00", 2},
		{"d", "--", "--text", -1}, /* a word after all */
		{"d", "-", NULL, -1},      /* a lone hyphen is a word */
		{"--help", NULL, NULL, 0},
		{"--none", "--help", NULL, 2},
		{"d", "--version", NULL, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *words[2];
		const char *given[] = {"act", rows[i].a, rows[i].b, rows[i].c, NULL};
		char *argv[5] = {NULL};
		for (size_t k = 0; given[k] != NULL; k++)
			argv[k] = yihu_strdup(given[k]);
		int r = parse(argv, words);
		if (r != rows[i].status)
			fail_msg("row %zu gives %d", i, r);
		for (size_t k = 0; argv[k] != NULL; k++)
			free(argv[k]);
	}
}

TEST(values_are_stored)
{
	const char *words[2];
	int r = parse(ARGV((char[]){"--text"}, (char[]){"--flag"}, (char[]){"dir"},
			   (char[]){"--number=4294967295"}, (char[]){"--list"}, (char[]){"a"},
			   (char[]){"--list="}, (char[]){"--when=2026-06-01T00:00:00Z"}),
		      words);
	assert_int_equal(r, -1);
	assert_string_equal(text, "--flag"); /* a value may look like an option */
	assert_false(flag);
	assert_string_equal(words[0], "dir");
	assert_null(words[1]);
	assert_true(number.given);
	assert_int_equal(number.value, UINT32_MAX);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.at[0], "a");
	assert_string_equal(list.at[1], "");
	assert_int_equal(when.value, 1780272000);
}

TEST(local_times_are_of_the_zone)
{
	const char *words[2];
	setenv("TZ", "Asia/Shanghai", 1);
	assert_int_equal(
		parse(ARGV((char[]){"d"}, (char[]){"--when"}, (char[]){"2026-06-01 08:00"}), words),
		-1);
	assert_int_equal(when.value, 1780272000);
	unsetenv("TZ");
}

TEST(a_list_has_an_end)
{
	const char *words[2];
	char *argv[CLI_LIST_MAX + 4] = {(char[]){"act"}, (char[]){"d"}};
	char item[] = "--list=x";
	for (size_t i = 0; i < CLI_LIST_MAX; i++)
		argv[2 + i] = item;
	assert_int_equal(parse(argv, words), -1);
	assert_int_equal(list.n, CLI_LIST_MAX);
	argv[2 + CLI_LIST_MAX] = item;
	assert_int_equal(parse(argv, words), 2);
}

static int ran;
static int run_one(int argc, char **argv)
{
	ran = argc;
	return strcmp(argv[0], "one") == 0 ? 7 : 8;
}

TEST(verbs_are_found)
{
	static const struct cli_verb verbs[] = {{"one", "the first", run_one}};
	char *argv[] = {(char[]){"p"}, (char[]){"one"}, (char[]){"x"}, NULL};
	assert_int_equal(cli_dispatch("A program.", verbs, 1, 3, argv), 7);
	assert_int_equal(ran, 2);
	argv[1] = (char[]){"two"};
	assert_int_equal(cli_dispatch("A program.", verbs, 1, 3, argv), 2);
	assert_int_equal(cli_dispatch("A program.", verbs, 1, 1, argv), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_are_refused),
		cmocka_unit_test(values_are_stored),
		cmocka_unit_test(local_times_are_of_the_zone),
		cmocka_unit_test(a_list_has_an_end),
		cmocka_unit_test(verbs_are_found),
	};
	return cmocka_run_group_tests_name("cli options", tests, NULL, NULL);
}
