/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample texts (sample.h).
 */
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#define HEAD                                                                                       \
	"META\nkey;value\ndescription;Test\ncountry;China\nunit;Chengdu\ninstance;2025\n"          \
	"num_projects;4\nnum_votes;0\nbudget;1000\n"
#define DATES "date_begin;2025\ndate_end;2025\n"
#define PROJECTS                                                                                   \
	"PROJECTS\nproject_id;cost;name\na;100;项目甲\nb;200.5;\"two; b\"\nc;300;\"the "        \
	"\"\"c\"\"\"\n"                                                                            \
	"d;400.25;丁\n"

const char *const sample[YIHU_N_KINDS] = {
	[YIHU_APPROVAL] = HEAD "vote_type;approval\nrule;greedy\n" DATES
			       "ballot;approval\nmin_length;1\nmax_length;3\n" PROJECTS
			       "VOTES\nvoter_id;vote\n",
	[YIHU_CONSENT] = HEAD "vote_type;scoring\nrule;majority\n" DATES
			      "ballot;consent\nquorum;>1/2\nsupport;>1/2 decided\n" PROJECTS
			      "VOTES\nvoter_id;vote;points\n",
	[YIHU_SCORING] = HEAD "vote_type;scoring\nrule;equalshares/add1u\n" DATES
			      "ballot;scoring\nmax_points;5\ncomparison;1\n" PROJECTS
			      "VOTES\nvoter_id;vote;points\n",
	[YIHU_CUMULATIVE] = HEAD "vote_type;cumulative\nrule;greedy-threshold\n" DATES
				 "ballot;cumulative\nmax_sum_points;10\nthreshold;7\n" PROJECTS
				 "VOTES\nvoter_id;vote;points\n",
	[YIHU_ORDINAL] = HEAD "vote_type;ordinal\nrule;greedy-no-skip\n" DATES
			      "ballot;ordinal\nmax_length;3\n" PROJECTS "VOTES\nvoter_id;vote\n",
};

char *edited(const char *base, const char *find, const char *replace)
{
	const char *at = strstr(base, find);
	if (!at || strstr(at + 1, find))
		fail_msg("“%s” is not in the sample exactly once", find);
	size_t before = (size_t)(at - base);
	if (!replace)
		return yihu_strndup(base, before);
	return yihu_printf("%.*s%s%s", (int)before, base, replace, at + strlen(find));
}

char *sample_of(enum yihu_ballot_kind kind, size_t n, const char *extra)
{
	struct yihu_buf b = {0};
	bool plain = kind == YIHU_APPROVAL || kind == YIHU_ORDINAL;
	yihu_buf_fmt(
		&b,
		"META\nkey;value\ndescription;T\ncountry;C\nunit;U\ninstance;1\nnum_projects;%zu\n"
		"num_votes;0\nbudget;1000\nvote_type;%s\nrule;greedy\ndate_begin;1\ndate_end;2\n"
		"ballot;%s\n%sPROJECTS\nproject_id;cost\n",
		n, kind == YIHU_CONSENT ? "scoring" : yihu_ballot_kind_name(kind),
		yihu_ballot_kind_name(kind), extra);
	for (size_t i = 1; i <= n; i++)
		yihu_buf_fmt(&b, "p%zu;%zu\n", i, i);
	yihu_buf_fmt(&b, "VOTES\nvoter_id;vote%s\n", plain ? "" : ";points");
	yihu_buf_u8(&b, 0);
	return (char *)b.data;
}

struct yihu_definition *parsed(const char *text)
{
	struct yihu_definition *d = NULL;
	struct yihu_error err;
	if (yihu_definition_parse(&d, text, strlen(text), &err))
		fail_msg("refused: %s", err.text);
	return d;
}

void assert_error(const struct yihu_error *err, int code, int want, const char *text)
{
	if (code != want)
		fail_msg("code %s, not %s: %s", yihu_code_slug(code), yihu_code_slug(want),
			 code ? err->text : "");
	assert_int_equal(err->code, code);
	if (!strstr(err->text, text))
		fail_msg("“%s” is not in “%s”", text, err->text);
}

void test_file(struct yihu_buf *out, const char *name)
{
	struct yihu_error err;
	char *path = yihu_path(getenv("YIHU_TEST_DATA"), name);
	if (yihu_file_read(path, 1u << 24, out, &err))
		fail_msg("%s", err.text);
	free(path);
}

static struct CMUnitTest tests[512];
static size_t n_tests;

void add_test(const char *name, CMUnitTestFunction function, void *row)
{
	assert_true(n_tests < sizeof tests / sizeof *tests);
	tests[n_tests++] = (struct CMUnitTest){name, function, NULL, NULL, row};
}

int run_table(const char *group)
{
	return _cmocka_run_group_tests(group, tests, n_tests, NULL, NULL);
}
