/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of the projects and projects that exclude each other: what is read of them, and
 * each way of saying them wrong (PROTOCOL §2.2, §2.3).
 */
#include <stdlib.h>
#include <string.h>

#include "sample.h"

#define PLAIN "cost\na;100\nb;200.5\nc;300\nd;400.25"
#define PARTS "cost;category\na;100;x\nb;200.5;y\nc;300;x\nd;400.25;y"
#define HOODS "cost;neighborhood\na;100;x\nb;200.5;y\nc;300;x\nd;400.25;y"
#define BOTH                                                                                       \
	"cost;category;neighborhood\na;100;x;n\nb;200.5;y;n\nc;300;x;s\n"                          \
	"d;400.25;y;s"
#define XY "categories;x,y\n"

/* Lines of `meta` begin at 15; with two of them the projects stand on 19 to 22. */
struct parts_case {
	const char *name, *rule, *meta, *rows;
	int code;
	const char *says;
};

static char *written(const struct parts_case *c)
{
	bool consent = strcmp(c->rule, "majority") == 0;
	const char *budget = consent ? "" : "budget;1000\n";
	return yihu_printf("META\nkey;value\ndescription;T\ncountry;C\nunit;U\ninstance;1\n"
			   "num_projects;4\nnum_votes;0\n%svote_type;%s\nrule;%s\ndate_begin;1\n"
			   "date_end;2\nballot;%s\n%sPROJECTS\nproject_id;%s\nVOTES\n"
			   "voter_id;vote%s\n",
			   budget, consent ? "scoring" : "approval", c->rule,
			   consent ? "consent" : "approval", c->meta, c->rows,
			   consent ? ";points" : "");
}

static struct parts_case cases[] = {
	{"budgets", "greedy", XY "budget_per_category;1,2\n", PARTS, 0, ""},
	{"budgets of neighborhoods", "greedy", "neighborhoods;x,y\nbudget_per_neighborhood;1,2\n",
	 HOODS, 0, ""},
	{"an empty name", "greedy", "categories;x,\nbudget_per_category;1,2\n", PARTS, YIHU_EMETA,
	 "line 15, column 2: categories must be names parted by commas"},
	{"a space before a name", "greedy", "categories;x, y\nbudget_per_category;1,2\n", PARTS,
	 YIHU_EMETA, "without spaces around them, not “ y”"},
	{"a name twice", "greedy", "categories;x,y,x\nbudget_per_category;1,2,3\n", PARTS,
	 YIHU_EMETA, "each once, without spaces around them, not “x”"},
	{"a name twice in a row", "greedy", "categories;x,x,y\nbudget_per_category;1,2,3\n", PARTS,
	 YIHU_EMETA, "each once, without spaces around them, not “x”"},
	{"a part that is none", "greedy", XY "budget_per_category;1,2\n",
	 "cost;category\na;100;x\nb;200.5;z\nc;300;x\nd;400.25;y", YIHU_EPROJECT,
	 "line 20, column 3: “z” is none of the categories in META"},
	{"no column", "greedy", XY "budget_per_category;1,2\n", PLAIN, YIHU_EMETA,
	 "line 16, column 1: budget_per_category needs category"},
	{"no list", "greedy", "a;b\nmax_length_per_category;1\n", PARTS, YIHU_EMETA,
	 "line 16, column 1: max_length_per_category needs categories"},
	{"an amount too few", "greedy", XY "budget_per_category;1\n", PARTS, YIHU_EMETA,
	 "line 16, column 2: budget_per_category has 1 amounts for 2 names"},
	{"an amount too many", "greedy", XY "budget_per_category;1,2,3\n", PARTS, YIHU_EMETA,
	 "budget_per_category has 3 amounts for 2 names"},
	{"no money for the first", "greedy", XY "budget_per_category;0,2\n", PARTS, YIHU_EMETA,
	 "budget_per_category must be more than 0"},
	{"no money for the last", "greedy", XY "budget_per_category;1,0\n", PARTS, YIHU_EMETA,
	 "budget_per_category must be more than 0"},
	{"what is no amount", "greedy", XY "budget_per_category;x,2\n", PARTS, YIHU_EFORMAT,
	 "“x” is not an amount"},
	{"at most nothing", "greedy", XY "max_sum_cost_per_category;0,1\n", PARTS, YIHU_EMETA,
	 "max_sum_cost_per_category must be more than 0"},
	{"at least nothing", "greedy", XY "min_sum_cost_per_category;0,1\n", PARTS, 0, ""},
	{"budgets without a budget", "majority", XY "budget_per_category;1,2\n", PARTS, YIHU_EMETA,
	 "line 15, column 1: budget_per_category needs budget"},
	{"none may be marked", "greedy", XY "max_length_per_category;0\n", PARTS, YIHU_EMETA,
	 "line 16, column 2: max_length_per_category leaves no valid ballot"},
	{"more must than there are", "greedy", XY "min_length_per_category;5\n", PARTS, YIHU_EMETA,
	 "line 16, column 2: min_length_per_category leaves no valid ballot"},
	{"more must than may", "greedy",
	 XY "min_length_per_category;2\nmax_length_per_category;1\n", PARTS, YIHU_EMETA,
	 "line 17, column 2: max_length_per_category leaves no valid ballot"},
	{"as many must as may", "greedy",
	 XY "min_length_per_category;2\nmax_length_per_category;2\n", PARTS, 0, ""},
	{"a least that is no number", "greedy",
	 XY "min_length_per_category;x\nmax_length_per_category;2\n", PARTS, YIHU_EMETA,
	 "line 16, column 2: min_length_per_category"},
	{"a most that is no number", "greedy",
	 XY "min_length_per_category;1\nmax_length_per_category;x\n", PARTS, YIHU_EMETA,
	 "line 17, column 2: max_length_per_category"},
	{"of both the first is told", "greedy",
	 XY "budget_per_category;1\nneighborhoods;n,s\nmax_length_per_neighborhood;1\n", BOTH,
	 YIHU_EMETA, "budget_per_category has 1 amounts"},
	{"names that limit nothing", "greedy", "categories;x,,x\na;b\n", PARTS, 0, ""},
	{"lengths with equal shares", "equalshares", XY "max_length_per_category;1\n", PARTS, 0,
	 ""},
	{"budgets with equal shares", "equalshares", XY "budget_per_category;1,2\n", PARTS,
	 YIHU_EMETA, "line 11, column 2: projects that exclude each other, and a budget for each"},
	{"budgets of the others with equal shares", "equalshares",
	 "neighborhoods;x,y\nbudget_per_neighborhood;1,2\n", HOODS, YIHU_EMETA,
	 "go only with the greedy rules and majority"},
	{"exclusions with phragmen", "phragmen", "a;b\nc;d\n",
	 "cost;excludes\na;100;b\nb;200.5;\nc;300;\nd;400.25;", YIHU_EMETA,
	 "go only with the greedy rules and majority"},
	{"exclusions with majority", "majority", "a;b\nc;d\n",
	 "cost;excludes\na;100;b\nb;200.5;\nc;300;\nd;400.25;", 0, ""},
	{"no exclusion with phragmen", "phragmen", "a;b\nc;d\n",
	 "cost;excludes\na;100;\nb;200.5;\nc;300;\nd;400.25;", 0, ""},
	{"one that excludes itself", "greedy", "a;b\nc;d\n",
	 "cost;excludes\na;100;a\nb;200.5;\nc;300;\nd;400.25;", YIHU_EPROJECT,
	 "line 19, column 3: excludes must name other projects by their ids, not “a”"},
	{"one that excludes nobody", "greedy", "a;b\nc;d\n",
	 "cost;excludes\na;100;b\nb;200.5;a,x,y\nc;300;\nd;400.25;", YIHU_EPROJECT,
	 "line 20, column 3: excludes must name other projects by their ids, not “x”"},
};

static void as_said(void **state)
{
	const struct parts_case *c = *state;
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *text = written(c);
	int code = yihu_definition_parse(&d, text, strlen(text), &err);
	if (c->code != 0)
		assert_error(&err, code, c->code, c->says);
	else if (code != 0)
		fail_msg("refused: %s", err.text);
	assert_int_equal(d != NULL, c->code == 0);
	yihu_definition_free(d);
	free(text);
}

static struct yihu_definition *read_as(const char *rule, const char *meta, const char *rows)
{
	char *text = written(&(struct parts_case){.rule = rule, .meta = meta, .rows = rows});
	struct yihu_definition *d = parsed(text);
	free(text);
	return d;
}

TEST(what_is_said_of_parts_is_read)
{
	struct yihu_definition *d =
		read_as("greedy",
			XY "budget_per_category;1,2.5\nmin_length_per_category;1\n"
			   "neighborhoods;n,s\nmax_length_per_neighborhood;2\n"
			   "min_sum_cost_per_neighborhood;0,1\nmax_sum_cost_per_neighborhood;3,4\n",
			BOTH);
	const struct yihu_division *c = &d->divisions[YIHU_BY_CATEGORY];
	const struct yihu_division *n = &d->divisions[YIHU_BY_NEIGHBORHOOD];
	assert_int_equal(c->n, 2);
	assert_string_equal(c->names[1], "y");
	assert_memory_equal(c->of, ((const uint32_t[]){0, 1, 0, 1}), 4 * sizeof *c->of);
	assert_memory_equal(n->of, ((const uint32_t[]){0, 0, 1, 1}), 4 * sizeof *n->of);
	assert_memory_equal(c->budget, ((const uint64_t[]){100, 250}), 2 * sizeof *c->budget);
	assert_true(c->has_lengths && n->has_lengths);
	assert_int_equal(c->min_length, 1);
	assert_int_equal(c->max_length, 4);
	assert_int_equal(n->min_length, 0);
	assert_int_equal(n->max_length, 2);
	assert_true(!c->min_cost && !c->max_cost && !n->budget);
	assert_memory_equal(n->min_cost, ((const uint64_t[]){0, 100}), 2 * sizeof *n->min_cost);
	assert_memory_equal(n->max_cost, ((const uint64_t[]){300, 400}), 2 * sizeof *n->max_cost);
	yihu_definition_free(d);
}

TEST(exclusions_are_pairs_in_order_whoever_says_so)
{
	static const uint32_t want[][2] = {{0, 2}, {0, 3}, {1, 2}};
	struct yihu_definition *d =
		read_as("greedy", "", "cost;excludes\na;100;d\nb;200.5;\nc;300;b,a\nd;400.25;a");
	assert_int_equal(d->n_exclusive, 3);
	assert_memory_equal(d->exclusive, want, sizeof want);
	assert_true(d->exclusive_marks);
	for (size_t a = 0; a < 4; a++)
		for (size_t b = 0; b < 4; b++)
			assert_int_equal(yihu_excludes(d, a, b),
					 (a < b ? a * 10 + b : b * 10 + a) == 2 ||
						 (a < b ? a * 10 + b : b * 10 + a) == 3 ||
						 (a < b ? a * 10 + b : b * 10 + a) == 12);
	yihu_definition_free(d);
	d = read_as("greedy-exclusive", "", "cost;excludes\na;100;d\nb;200.5;\nc;300;\nd;400.25;");
	assert_false(d->exclusive_marks);
	yihu_definition_free(d);
}

/* 91 projects, each of which excludes all before it, and one that excludes `more` of them. */
static char *all_exclude(size_t more)
{
	struct yihu_buf rows = {0};
	yihu_buf_str(&rows, "PROJECTS\nproject_id;cost;excludes\n");
	for (size_t i = 1; i <= 92; i++) {
		yihu_buf_fmt(&rows, "p%zu;%zu;", i, i);
		for (size_t k = 1; k < (i < 92 ? i : more + 1); k++)
			yihu_buf_fmt(&rows, "%sp%zu", k > 1 ? "," : "", k);
		yihu_buf_str(&rows, "\n");
	}
	char *plain = sample_of(YIHU_APPROVAL, 92, "");
	char *text = yihu_printf("%.*s%s%s", (int)(strstr(plain, "PROJECTS\n") - plain), plain,
				 (const char *)rows.data, strstr(plain, "VOTES\n"));
	free(plain);
	yihu_buf_free(&rows);
	return text;
}

TEST(so_many_pairs_can_exclude_each_other)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *most = all_exclude(1), *more = all_exclude(2);
	d = parsed(most);
	assert_int_equal(d->n_exclusive, 4096);
	yihu_definition_free(d);
	d = NULL;
	int code = yihu_definition_parse(&d, more, strlen(more), &err);
	assert_error(&err, code, YIHU_ETOOBIG,
		     "line 108, column 3: at most 4096 pairs of projects");
	free(most);
	free(more);
}

/* ---- ballots ---- */

static const struct ballot_case {
	const char *meta;
	uint32_t digits[4];
	const char *says; /* NULL: it is valid */
} ballots[] = {
	{"max_length_per_category;1\n", {1, 1, 0, 0}, NULL},
	{"max_length_per_category;1\n", {1, 1, 1, 0}, "2 projects of “x” are marked; it must be 0"},
	{"max_length_per_category;1\n", {0, 1, 0, 1}, "2 projects of “y” are marked; it must be 0"},
	{"min_length_per_category;1\n", {1, 0, 0, 0}, "0 projects of “y” are marked; it must be 1"},
	{"min_sum_cost_per_category;300,200.5\n", {0, 1, 1, 0}, NULL},
	{"min_sum_cost_per_category;300.01,200.5\n", {0, 1, 1, 0}, "“x” cost 300.00 together"},
	{"min_sum_cost_per_category;300,200.51\n", {0, 1, 1, 0}, "“y” cost 200.50 together"},
	{"max_sum_cost_per_category;400,200.5\n", {1, 1, 1, 0}, NULL},
	{"max_sum_cost_per_category;399.99,200.5\n", {1, 1, 1, 0}, "“x” cost 400.00 together"},
	{"max_sum_cost_per_category;400,200.49\n", {1, 1, 1, 0}, "“y” cost 200.50 together"},
	{"neighborhoods;n,s\nmax_length_per_neighborhood;1\n", {1, 1, 0, 0}, "2 projects of “n”"},
	/* of both the first is told */
	{"max_length_per_category;1\nneighborhoods;n,s\nmin_length_per_neighborhood;0\n",
	 {1, 0, 1, 0},
	 "2 projects of “x”"},
};

TEST(a_ballot_keeps_the_limits_of_each_part)
{
	for (size_t i = 0; i < sizeof ballots / sizeof *ballots; i++) {
		const struct ballot_case *c = &ballots[i];
		struct yihu_error err = {0};
		char *meta = yihu_printf(XY "%s", c->meta);
		struct yihu_definition *d = read_as("greedy", meta, BOTH);
		int r = yihu_digits_check(d, c->digits, &err);
		if (r != (c->says ? YIHU_EDIGITS : 0) || (c->says && !strstr(err.text, c->says)))
			fail_msg("row %zu: %s", i, err.text);
		yihu_definition_free(d);
		free(meta);
	}
}

/* Of a part's limit and an exclusion the part is told. */
TEST(of_two_faults_of_a_ballot_the_first_is_told)
{
	struct yihu_error err = {0};
	struct yihu_definition *d =
		read_as("greedy", XY "max_length_per_category;1\n",
			"cost;category;excludes\na;100;x;c\nb;200.5;y;\nc;300;x;\nd;400.25;y;");
	assert_int_equal(yihu_digits_check(d, (const uint32_t[]){1, 0, 1, 0}, &err), YIHU_EDIGITS);
	assert_non_null(strstr(err.text, "2 projects of “x”"));
	yihu_definition_free(d);
}

int main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		add_test(cases[i].name, as_said, &cases[i]);
	add_test("what_is_said_of_parts_is_read", what_is_said_of_parts_is_read, NULL);
	add_test("exclusions_are_pairs_in_order_whoever_says_so",
		 exclusions_are_pairs_in_order_whoever_says_so, NULL);
	add_test("so_many_pairs_can_exclude_each_other", so_many_pairs_can_exclude_each_other,
		 NULL);
	add_test("of_two_faults_of_a_ballot_the_first_is_told",
		 of_two_faults_of_a_ballot_the_first_is_told, NULL);
	add_test("a_ballot_keeps_the_limits_of_each_part", a_ballot_keeps_the_limits_of_each_part,
		 NULL);
	return run_table("election parts");
}
