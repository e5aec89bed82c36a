/* SPDX-License-Identifier: Apache-2.0
 *
 * The options parser: a table of command lines.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/program.h"
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

static void forget(void)
{
	flag = false;
	text = NULL;
	list.n = 0;
	number = (struct cli_u32){0};
	when = (struct cli_when){0};
}

/* Standard output is the test's; what a parse prints goes nowhere. */
static int parse_as(const struct cli_command *c, char **argv, const char **words)
{
	int argc = 0;
	while (argv[argc] != NULL)
		argc++;
	fflush(NULL);
	int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
	int err = dup(STDERR_FILENO);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	forget();
	int r = cli_parse(c, argc, argv, words);
	fflush(NULL);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	close(nowhere);
	return r;
}

static int parse(char **argv, const char **words)
{
	return parse_as(&command, argv, words);
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
		{"d", "--text", NULL, 2},           /* needs a value */
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

TEST(what_is_needed_is_asked_for)
{
	const char *words[2];
	const struct cli_command needy = {.usage = "act DIR",
					  .summary = "A command of tests.",
					  .options = options,
					  .n_options = sizeof options / sizeof *options,
					  .min_words = 1,
					  .max_words = 2,
					  .needed = "text number"};
	static const struct {
		const char *a, *b;
		int status;
	} rows[] = {
		{"--text=x", "--number=1", -1}, {"--text=", "--number=0", -1},
		{"--text=x", "--flag", 2},      {"--number=1", "--flag", 2},
		{"--list=x", "--flag", 2},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *a = yihu_strdup(rows[i].a), *b = yihu_strdup(rows[i].b);
		if (parse_as(&needy, ARGV((char[]){"dir"}, a, b), words) != rows[i].status)
			fail_msg("row %zu", i);
		free(a);
		free(b);
	}
}

/* ---- verbs ---- */

static const char *ran;
static char word[8];

static int run(const struct cli_verb *v, const char *const *words)
{
	ran = v->name ? v->name : v->mode ? v->mode : "";
	snprintf(word, sizeof word, "%s", words[0]);
	return 7;
}

static int check(const char *const *words)
{
	return strcmp(words[0], "bad") == 0 ? 2 : -1;
}

static const struct cli_verb one = {
	.name = "one",
	.label = "the first",
	.command = {.usage = "one DIR", .summary = "One.", .min_words = 1, .max_words = 1},
	.check = check,
	.run = run};

static int run_program(const struct cli_program *p, const char *a, const char *b, const char *c)
{
	char *argv[] = {(char[]){"p"}, a ? yihu_strdup(a) : NULL, b ? yihu_strdup(b) : NULL,
			c ? yihu_strdup(c) : NULL, NULL};
	int argc = 1;
	while (argv[argc] != NULL)
		argc++;
	ran = NULL;
	forget();
	int status = cli_main(p, argc, argv);
	cli_set_verb(NULL);
	for (int i = 1; i < argc; i++)
		free(argv[i]);
	return status;
}

TEST(verbs_are_found)
{
	static const struct cli_verb *const verbs[] = {&one};
	static const struct cli_program p = {"p", "A program.", verbs, 1};
	assert_int_equal(run_program(&p, "one", "x", NULL), 7);
	assert_string_equal(ran, "one");
	assert_string_equal(word, "x");
	assert_int_equal(run_program(&p, "one", "bad", NULL), 2);
	assert_null(ran);
	assert_int_equal(run_program(&p, "one", NULL, NULL), 2);
	assert_int_equal(run_program(&p, "two", "x", NULL), 2);
	assert_int_equal(run_program(&p, NULL, NULL, NULL), 2);
	assert_null(ran);
}

/* A program without verbs is its first one, unless an option chooses another. */
TEST(options_choose)
{
	static const struct cli_verb first = {
		.label = "the first",
		.command = {.usage = "DIR [WORD]",
			    .summary = "A program.",
			    .options = options,
			    .n_options = sizeof options / sizeof *options,
			    .min_words = 1,
			    .max_words = 2},
		.run = run};
	static const struct cli_verb by_flag = {.label = "by flag", .mode = "flag", .run = run};
	static const struct cli_verb by_text = {
		.label = "by text", .mode = "text", .check = check, .run = run};
	static const struct cli_verb *const verbs[] = {&first, &by_flag, &by_text};
	static const struct cli_program p = {"p", "A program.", verbs, 3};
	assert_int_equal(run_program(&p, "x", NULL, NULL), 7);
	assert_string_equal(ran, "");
	assert_int_equal(run_program(&p, "x", "--flag", NULL), 7);
	assert_string_equal(ran, "flag");
	assert_int_equal(run_program(&p, "--text=y", "x", NULL), 7);
	assert_string_equal(ran, "text");
	assert_string_equal(word, "x");
	assert_int_equal(run_program(&p, "--text=y", "bad", NULL), 2);
	assert_int_equal(run_program(&p, "--text=y", "x", "--flag"), 2);
	assert_null(ran);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_are_refused),
		cmocka_unit_test(values_are_stored),
		cmocka_unit_test(local_times_are_of_the_zone),
		cmocka_unit_test(a_list_has_an_end),
		cmocka_unit_test(what_is_needed_is_asked_for),
		cmocka_unit_test(verbs_are_found),
		cmocka_unit_test(options_choose),
	};
	return cmocka_run_group_tests_name("cli options", tests, NULL, NULL);
}
