/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule before the vote, as paper says it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "publish/rule.h"
#include "test.h"

/* keys: "rule;greedy budget;10", a line of META each; "_" stands for a blank. With
 * excludes;1 the second of the two projects excludes the first. */
static struct yihu_definition *define(char *keys)
{
	struct yihu_buf text = {0};
	struct yihu_definition *d = NULL;
	struct yihu_error err = {0};
	bool points = strstr(keys, "vote_type;scoring") || strstr(keys, "vote_type;cumulative");
	bool excludes = strstr(keys, "excludes;") != NULL;
	for (char *c = keys; *c != '\0'; c++)
		*c = *c == ' ' ? '\n' : *c;
	for (char *c = strstr(keys, "support;"); c && *c != '\0' && *c != '\n'; c++)
		*c = *c == '_' ? ' ' : *c;
	yihu_buf_fmt(&text,
		     "META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;i\n"
		     "num_projects;2\nnum_votes;0\ndate_begin;2026\ndate_end;2026\n%s\n"
		     "PROJECTS\nproject_id;cost;category;neighborhood%s\n1;1;路;East%s\n"
		     "2;2;树;West%s\nVOTES\nvoter_id;vote%s\n",
		     keys, excludes ? ";excludes" : "", excludes ? ";" : "", excludes ? ";1" : "",
		     points ? ";points" : "");
	if (yihu_definition_parse(&d, text.data, text.len, &err) != 0)
		fail_msg("%s: %s", keys, err.text);
	yihu_buf_free(&text);
	return d;
}

static void check_row(char *row)
{
	struct yihu_error err = {0};
	struct yihu_buf said = {0};
	struct rule_lines lines;
	enum language l;
	char *wanted = strstr(row, " | "), *keys = strchr(row, ' ');
	assert_non_null(wanted);
	*wanted = *keys = '\0';
	wanted += strlen(" | ");
	wanted[strcspn(wanted, "\n")] = '\0';
	assert_int_equal(words_language(&l, row, &err), 0);
	struct yihu_definition *d = define(keys + 1);
	rule_lines_make(&lines, l, d);
	for (size_t i = 0; i < lines.n; i++)
		yihu_buf_fmt(&said, "%s%s", i != 0 ? " / " : "", lines.at[i]);
	assert_string_equal((const char *)said.data, wanted);
	rule_lines_finish(&lines);
	yihu_definition_free(d);
	yihu_buf_free(&said);
}

TEST(paper_tells_the_rule_as_the_table_has_it)
{
	char row[2048];
	int n = 0;
	FILE *f = fopen(getenv("YIHU_RULES"), "r");
	assert_non_null(f);
	for (; fgets(row, sizeof row, f); n++)
		if (*row != '#')
			check_row(row);
	fclose(f);
	assert_true(n > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paper_tells_the_rule_as_the_table_has_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
