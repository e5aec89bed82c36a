/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots as people type them, and what makes digits valid (PROTOCOL §2).
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

#define PLAIN NULL, NULL
/* The samples' projects; with a exclusive of b; in two parts, x of a and c. */
#define ROWS "cost;name\na;100;项目甲\nb;200.5;\"two; b\"\nc;300;\"the \"\"c\"\"\"\nd;400.25;丁\n"
#define PAIR "cost;excludes\na;100;\nb;200.5;a\nc;300;\nd;400.25;\n"
#define PARTS "cost;category\na;100;x\nb;200.5;y\nc;300;x\nd;400.25;y\n"

#define DATES "date_begin;2025\ndate_end;2025\n"
#define IN_PARTS(limit)                                                                            \
	"min_length;1\nmax_length;3\nPROJECTS\nproject_id;" ROWS,                                  \
		"categories;x,y\n" limit "PROJECTS\nproject_id;" PARTS

/* Typed over the sample of a kind, with one edit of it, if any. */
static struct typed {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *find, *replace;
	const char *text;
	uint32_t digits[4];
	const char *refused; /* NULL: it is good */
} typed[] = {
	{"approvals", YIHU_APPROVAL, PLAIN, "a,c", {1, 0, 1, 0}, NULL},
	{"approvals, any order and spaces", YIHU_APPROVAL, PLAIN, " d , a ", {1, 0, 0, 1}, NULL},
	{"full-width commas and letters", YIHU_APPROVAL, PLAIN, "ａ，ｄ、b", {1, 1, 0, 1}, NULL},
	{"blank approval that the rule allows", YIHU_APPROVAL, "min_length;1\n", "", "", {0}, NULL},
	{"blank approval under min_length",
	 YIHU_APPROVAL,
	 PLAIN,
	 " ",
	 {0},
	 "0 projects are marked; at least 1"},
	{"one too many", YIHU_APPROVAL, PLAIN, "a,b,c,d", {0}, "4 projects are marked; at most 3"},
	{"unknown project", YIHU_APPROVAL, PLAIN, "a,x", {0}, "there is no project “x”"},
	{"approved twice", YIHU_APPROVAL, PLAIN, "a,b,a", {0}, "“a” is named twice"},
	{"nothing between commas",
	 YIHU_APPROVAL,
	 PLAIN,
	 "a,,b",
	 {0},
	 "item 2 of the ballot names no project"},
	{"comma at the end",
	 YIHU_APPROVAL,
	 PLAIN,
	 "a,",
	 {0},
	 "item 2 of the ballot names no project"},
	{"knapsack that is full",
	 YIHU_APPROVAL,
	 "min_length;1",
	 "max_sum_cost;300.5",
	 "a,b",
	 {1, 1, 0, 0},
	 NULL},
	{"knapsack over by a fen",
	 YIHU_APPROVAL,
	 "min_length;1",
	 "max_sum_cost;300.49",
	 "a,b",
	 {0},
	 "cost 300.50 together; at most 300.49"},
	{"just enough is spent",
	 YIHU_APPROVAL,
	 "min_length;1",
	 "min_sum_cost;300.5",
	 "a,b",
	 {1, 1, 0, 0},
	 NULL},
	{"a fen too little is spent",
	 YIHU_APPROVAL,
	 "min_length;1",
	 "min_sum_cost;300.51",
	 "a,b",
	 {0},
	 "cost 300.50 together; at least 300.51"},
	{"just enough points",
	 YIHU_CUMULATIVE,
	 "threshold;7",
	 "threshold;7\nmin_sum_points;4",
	 "a:3,b:1",
	 {3, 1, 0, 0},
	 NULL},
	{"a point too few in all",
	 YIHU_CUMULATIVE,
	 "threshold;7",
	 "threshold;7\nmin_sum_points;4",
	 "a:3",
	 {0},
	 "3 points are given; at least 4"},
	{"one of two that exclude each other",
	 YIHU_APPROVAL,
	 ROWS,
	 PAIR,
	 "b,c",
	 {0, 1, 1, 0},
	 NULL},
	{"both of them", YIHU_APPROVAL, ROWS, PAIR, "a,b", {0}, "“a” and “b” exclude each other"},
	{"both ranked", YIHU_ORDINAL, ROWS, PAIR, "c,a,b", {0}, "“a” and “b” exclude each other"},
	{"for one, against the other", YIHU_CONSENT, ROWS, PAIR, "a=yes,b=no", {1, 2, 0, 0}, NULL},
	{"for both", YIHU_CONSENT, ROWS, PAIR, "a=yes,b=yes", {0}, "exclude each other"},
	{"both, where the count decides",
	 YIHU_APPROVAL,
	 "rule;greedy\n" DATES
	 "ballot;approval\nmin_length;1\nmax_length;3\nPROJECTS\nproject_id;" ROWS,
	 "rule;greedy-exclusive\n" DATES "ballot;approval\nPROJECTS\nproject_id;" PAIR,
	 "a,b",
	 {1, 1, 0, 0},
	 NULL},
	{"one of each part",
	 YIHU_APPROVAL,
	 IN_PARTS("max_length_per_category;1\n"),
	 "a,d",
	 {1, 0, 0, 1},
	 NULL},
	{"two of a part",
	 YIHU_APPROVAL,
	 IN_PARTS("max_length_per_category;1\n"),
	 "a,c",
	 {0},
	 "2 projects of “x” are marked; it must be 0 to 1"},
	{"none of a part",
	 YIHU_APPROVAL,
	 IN_PARTS("min_length_per_category;1\n"),
	 "a,c",
	 {0},
	 "0 projects of “y” are marked; it must be 1 to 4"},
	{"each part's most",
	 YIHU_APPROVAL,
	 IN_PARTS("max_sum_cost_per_category;400,200.5\n"),
	 "a,b,c",
	 {1, 1, 1, 0},
	 NULL},
	{"over a part's most",
	 YIHU_APPROVAL,
	 IN_PARTS("max_sum_cost_per_category;399.99,200.5\n"),
	 "a,b,c",
	 {0},
	 "the marked projects of “x” cost 400.00 together, which is too much"},
	{"under a part's least",
	 YIHU_APPROVAL,
	 IN_PARTS("min_sum_cost_per_category;0,0.01\n"),
	 "a,c",
	 {0},
	 "the marked projects of “y” cost 0.00 together, which is too little"},
	{"answers in English", YIHU_CONSENT, PLAIN, "a=yes,b=no,c=abstain", {1, 2, 0, 0}, NULL},
	{"answers in other words", YIHU_CONSENT, PLAIN, "a=Agree,d=AGAINST", {1, 0, 0, 2}, NULL},
	{"answers in Chinese",
	 YIHU_CONSENT,
	 PLAIN,
	 "a＝同意，b＝反对，c = 弃权",
	 {1, 2, 0, 0},
	 NULL},
	{"blank consent", YIHU_CONSENT, PLAIN, "", {0}, NULL},
	{"no answer", YIHU_CONSENT, PLAIN, "a", {0}, "each project needs an answer"},
	{"another answer", YIHU_CONSENT, PLAIN, "a=perhaps", {0}, "“perhaps” is not an answer"},
	{"answered twice", YIHU_CONSENT, PLAIN, "a=yes,a=no", {0}, "“a” is named twice"},
	{"points", YIHU_SCORING, PLAIN, "a:5,c:2", {5, 0, 2, 0}, NULL},
	{"points with full-width signs", YIHU_SCORING, PLAIN, "a：5，d：0", {5, 0, 0, 0}, NULL},
	{"points over the most",
	 YIHU_SCORING,
	 PLAIN,
	 "a:6",
	 {0},
	 "“6” is not a number of points from 0 to 5"},
	{"points below nothing",
	 YIHU_SCORING,
	 PLAIN,
	 "a:-1",
	 {0},
	 "“-1” is not a number of points"},
	{"no points", YIHU_SCORING, PLAIN, "a", {0}, "each project needs points"},
	{"empty points", YIHU_SCORING, PLAIN, "a:", {0}, "“” is not a number of points"},
	{"no project before points",
	 YIHU_SCORING,
	 PLAIN,
	 ":3",
	 {0},
	 "item 1 of the ballot names no project"},
	{"scored length",
	 YIHU_SCORING,
	 "max_points;5\n",
	 "max_points;5\nmax_length;1\n",
	 "a:1,b:1",
	 {0},
	 "2 projects are marked; at most 1"},
	{"points to nothing are no length",
	 YIHU_SCORING,
	 "max_points;5\n",
	 "max_points;5\nmax_length;1\n",
	 "a:1,b:0",
	 {1, 0, 0, 0},
	 NULL},
	{"points that use up the sum", YIHU_CUMULATIVE, PLAIN, "a:5,b:5", {5, 5, 0, 0}, NULL},
	{"one point over the sum",
	 YIHU_CUMULATIVE,
	 PLAIN,
	 "a:5,b:6",
	 {0},
	 "11 points are given; at most 10"},
	{"ranks", YIHU_ORDINAL, PLAIN, "c,a,b", {2, 3, 1, 0}, NULL},
	{"a short ranking", YIHU_ORDINAL, PLAIN, "d", {0, 0, 0, 1}, NULL},
	{"a rank too many",
	 YIHU_ORDINAL,
	 PLAIN,
	 "a,b,c,d",
	 {0},
	 "at most 3 projects can be ranked"},
	{"ranked twice", YIHU_ORDINAL, PLAIN, "a,b,a", {0}, "“a” is named twice"},
	{"not UTF-8", YIHU_ORDINAL, PLAIN, "\xcf\xee", {0}, "not UTF-8"},
};

static void types(void **state)
{
	const struct typed *t = *state;
	struct yihu_error err = {0};
	uint32_t digits[4] = {77, 77, 77, 77};
	char *text = t->find ? edited(sample[t->kind], t->find, t->replace)
			     : yihu_strdup(sample[t->kind]);
	struct yihu_definition *d = parsed(text);
	int code = yihu_digits_parse(d, t->text, digits, &err);
	yihu_definition_free(d);
	free(text);
	if (t->refused) {
		if (code != YIHU_EDIGITS)
			fail_msg("not refused: code %d", code);
		assert_error(&err, code, YIHU_EDIGITS, t->refused);
		assert_int_equal(digits[0], 77);
	} else {
		if (code)
			fail_msg("refused: %s", err.text);
		assert_memory_equal(digits, t->digits, sizeof digits);
	}
}

static struct ranks {
	const char *name;
	uint32_t digits[4];
	int code;
} ranks[] = {
	{"ranks 2 1 3", {2, 1, 3, 0}, 0},  {"no ranks", {0, 0, 0, 0}, 0},
	{"rank 1 twice", {1, 1, 0, 0}, 1}, {"rank 1 missing", {2, 0, 0, 0}, 1},
	{"a gap", {1, 3, 0, 0}, 1},        {"four ranked", {1, 2, 3, 3}, 1},
	{"all last", {3, 3, 3, 0}, 1},
};

static void checks_ranks(void **state)
{
	const struct ranks *r = *state;
	struct yihu_definition *d = parsed(sample[YIHU_ORDINAL]);
	assert_int_equal(yihu_digits_check(d, r->digits, NULL), r->code ? YIHU_EDIGITS : 0);
	yihu_definition_free(d);
}

/* An id in full-width letters is found by what people type for it; two that
 * look alike are not guessed between. */
TEST(finds_full_width_ids)
{
	uint32_t digits[4];
	char *text = edited(sample[0], "d;400.25", "Ｄ1;400.25");
	struct yihu_definition *d = parsed(text);
	assert_int_equal(yihu_digits_parse(d, "D1", digits, NULL), 0);
	assert_int_equal(digits[3], 1);
	yihu_definition_free(d);
	char *twice = edited(text, "c;300", "Ｄ１;300");
	d = parsed(twice);
	assert_int_equal(yihu_digits_parse(d, "D1", digits, NULL), YIHU_EDIGITS);
	assert_int_equal(yihu_digits_parse(d, "Ｄ１", digits, NULL), 0);
	assert_int_equal(digits[2], 1);
	yihu_definition_free(d);
	free(text);
	free(twice);
}

int main(void)
{
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
		add_test(typed[i].name, types, &typed[i]);
	for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
		add_test(ranks[i].name, checks_ranks, &ranks[i]);
	add_test("full-width ids", finds_full_width_ids, NULL);
	return run_table("digits");
}
