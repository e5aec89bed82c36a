/* SPDX-License-Identifier: Apache-2.0
 *
 * Equal shares and phragmen on elections small enough for a pencil, round by
 * round; and eligibility. The lot's order of ids is d c a g h e f b.
 */
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "tally.h"
#include "test.h"

struct round_case {
	const char *name, *rule;
	enum yihu_ballot_kind kind;
	int64_t budget;
	uint64_t costs[PLAIN_MAX + 1];
	const char *ballots[10];
	const char *verdicts, *order, *funded;
	const char *caps[4]; /* of the rounds, NULL after the last */
	const char *share;
	uint64_t raises;
};

static const struct round_case cases[] = {
	/* 4 each. a: 3 pay 2, 3 effective votes; then 2 2 2 4. b (2 votes): 2+4 is
	 * less than 7, c: 4 is enough for 4. */
	{"each supporter pays the same",
	 "equalshares",
	 YIHU_APPROVAL,
	 16,
	 {6, 7, 4},
	 {"110", "100", "100", "011"},
	 "FOF",
	 "acb",
	 "ac",
	 {"2/1", "4/1"},
	 "4/1",
	 0},
	/* 4 each. b: 3 pay 2. a: the two have 2 left, and it costs 4. */
	{"what is left may be just enough",
	 "equalshares",
	 YIHU_APPROVAL,
	 12,
	 {4, 6},
	 {"11", "11", "01"},
	 "FF",
	 "ba",
	 "ba",
	 {"2/1", "2/1"},
	 "4/1",
	 0},
	/* 6 each, two votes each: b costs less. For a the first has 5/2 left, and
	 * the second pays the other 11/2. */
	{"who has less pays all it has",
	 "equalshares",
	 YIHU_APPROVAL,
	 18,
	 {8, 7},
	 {"11", "10", "01"},
	 "FF",
	 "ba",
	 "ba",
	 {"7/2", "11/2"},
	 "6/1",
	 0},
	/* 10 fen, 2 ballots: 5 each; a costs 8 and has one supporter: raised by
	 * 100 once, all fits. */
	{"add1 raises by one unit",
	 "equalshares/add1",
	 YIHU_APPROVAL,
	 10,
	 {8, 2},
	 {"10", "01"},
	 "FF",
	 "ba",
	 "ba",
	 {"2/1", "8/1"},
	 "105/1",
	 1},
	/* 5 each: b. Raised once a and b and c are bought, 18 of 10: so b alone. */
	{"add1 keeps the last outcome within the budget",
	 "equalshares/add1",
	 YIHU_APPROVAL,
	 10,
	 {8, 2, 8},
	 {"101", "010"},
	 "OFO",
	 "bca",
	 "b",
	 {"2/1"},
	 "5/1",
	 0},
	/* And what is left, 8, goes by votes: a and c are equal, the lot says c. */
	{"add1u goes on by votes",
	 "equalshares/add1u",
	 YIHU_APPROVAL,
	 10,
	 {8, 2, 8},
	 {"101", "010"},
	 "DFF",
	 "bca",
	 "bc",
	 {"2/1"},
	 "5/1",
	 0},
	/* 6 each. a: 3 points, 9 for 9/3 a point: 6 and 3. b: 1 point and 3 left. */
	{"points are paid for one by one",
	 "equalshares",
	 YIHU_SCORING,
	 12,
	 {9, 3},
	 {"20", "11"},
	 "FF",
	 "ab",
	 "ab",
	 {"3/1", "3/1"},
	 "6/1",
	 0},
	/* The same with agrees; against is nothing. */
	{"against pays nothing",
	 "equalshares",
	 YIHU_CONSENT,
	 12,
	 {6, 6},
	 {"12", "21"},
	 "FF",
	 "ab",
	 "ab",
	 {"6/1", "6/1"},
	 "6/1",
	 0},
	/* L = 2: a gets 2 + 1, b 1 + 2. */
	{"ranks give Borda points",
	 "equalshares",
	 YIHU_ORDINAL,
	 12,
	 {6, 3},
	 {"12", "21"},
	 "FF",
	 "ba",
	 "ba",
	 {"1/1", "2/1"},
	 "6/1",
	 0},
	/* a: 2 pay 3 at t = 3; c has had 3: 4 at t = 4; b: 0+0+… 7 = 2t − 3. */
	{"phragmen buys at the same pace",
	 "phragmen",
	 YIHU_APPROVAL,
	 20,
	 {6, 7, 4},
	 {"110", "100", "011"},
	 "FFF",
	 "acb",
	 "acb",
	 {"3/1", "4/1", "7/1"},
	 "7/1",
	 0},
	{"phragmen stops at what does not fit",
	 "phragmen",
	 YIHU_APPROVAL,
	 12,
	 {6, 7, 4},
	 {"110", "100", "011"},
	 "FDF",
	 "acb",
	 "ac",
	 {"3/1", "4/1"},
	 "7/1",
	 0},
	/* d has 9 at t = 9. */
	{"after it nothing is bought",
	 "phragmen",
	 YIHU_APPROVAL,
	 12,
	 {6, 7, 4, 9},
	 {"1100", "1000", "0110", "0001"},
	 "FDFS",
	 "acbd",
	 "ac",
	 {"3/1", "4/1"},
	 "7/1",
	 0},
	/* All at t = 5: a fits and b does not, so it stops at once. */
	{"phragmen stops when an equal one does not fit",
	 "phragmen",
	 YIHU_APPROVAL,
	 9,
	 {5, 10},
	 {"10", "01", "01"},
	 "SD",
	 "ba",
	 "",
	 {NULL},
	 "5/1",
	 0},
};
#define N_CASES (sizeof cases / sizeof *cases)

static void counts_as_by_hand(void **state)
{
	const struct round_case *c = *state;
	struct plain e;
	size_t rounds = 0;
	plain_make(&e, c->rule, c->kind, c->budget, c->costs, c->ballots);
	plain_count(&e);
	plain_assert_verdicts(&e, c->verdicts);
	plain_assert_funded(&e, c->funded);
	plain_assert_order(&e, c->order);
	for (; c->caps[rounds]; rounds++) {
		assert_true(rounds < e.o->trace->n_rounds);
		assert_string_equal(e.o->trace->rounds[rounds].cap, c->caps[rounds]);
	}
	assert_int_equal(e.o->trace->n_rounds, rounds);
	assert_string_equal(e.o->trace->share, c->share);
	assert_int_equal(e.o->trace->raises, c->raises);
	plain_free(&e);
}

/* v/n ≥ cost/(3B): 1/2 of 10/30 and 16/30. */
TEST(eligibility_to_the_fen)
{
	static const struct {
		uint64_t cost;
		const char *verdicts;
	} rows[] = {{15, "OF"}, {16, "EF"}};
	for (size_t i = 0; i < 2; i++) {
		struct plain e;
		plain_make(&e, "equalshares", YIHU_APPROVAL, 10, (uint64_t[]){rows[i].cost, 2, 0},
			   (const char *[]){"10", "01", NULL});
		e.d.eligibility = true;
		plain_count(&e);
		plain_assert_verdicts(&e, rows[i].verdicts);
		plain_free(&e);
	}
}

/* No ballot, no money to share; a missed quorum, no rounds. */
TEST(no_trace_when_the_rule_did_not_run)
{
	struct plain e;
	plain_make(&e, "equalshares/add1u", YIHU_APPROVAL, 10, (uint64_t[]){5, 0},
		   (const char *[]){NULL});
	plain_count(&e);
	assert_null(e.o->trace);
	plain_assert_verdicts(&e, "N");
	plain_free(&e);
	plain_make(&e, "phragmen", YIHU_APPROVAL, 10, (uint64_t[]){5, 0},
		   (const char *[]){"1", NULL});
	e.d.quorum = (struct yihu_fraction){1, 1, true};
	plain_count(&e);
	assert_null(e.o->trace);
	plain_assert_verdicts(&e, "Q");
	plain_free(&e);
}

/* The yard's two ballots want lamp and tree, 100 each; 150 shared by two: 25 more
 * for each, and both are bought. */
TEST(the_trace_as_json)
{
	static const char want[] = ",\"ties\":[{\"projects\":[\"tree\",\"lamp\"],\"lots\":[";
	static const char trace[] =
		"\"funded\":[\"tree\"],\"trace\":{\"share\":\"9900/1\",\"raises\":24,"
		"\"raise_end\":\"over\",\"rounds\":[{\"project\":\"tree\","
		"\"cap\":\"5000/1\",\"effective\":\"2/1\",\"payers\":2,\"emptied\":0,"
		"\"by\":\"lot\"}],\"left\":[{\"project\":\"lamp\",\"have\":\"9800/1\"}],"
		"\"comparison\":null}}\n";
	struct tally x;
	struct yihu_buf json = {0};
	char *definition = yihu_strdup(tally_yard), *rule = strstr(definition, "rule;greedy\n");
	assert_non_null(rule);
	*rule = '\0';
	char *changed = yihu_printf("%srule;equalshares/add1u\n%s", definition, rule + 12);
	tally_make(&x, changed);
	tally_json(&x, &json);
	assert_non_null(strstr((const char *)json.data, want));
	assert_string_equal((const char *)json.data + json.len - (sizeof trace - 1), trace);
	assert_non_null(strstr((const char *)json.data,
			       "\"place\":1,\"ordered_by\":\"rule\",\"left_before\":null}"));
	yihu_buf_free(&json);
	tally_free(&x);
	free(changed);
	free(definition);
}

int main(void)
{
	struct CMUnitTest tests[N_CASES + 3] = {0};
	for (size_t i = 0; i < N_CASES; i++)
		tests[i] = (struct CMUnitTest){cases[i].name, counts_as_by_hand, NULL, NULL,
					       (void *)(uintptr_t)&cases[i]};
	const struct CMUnitTest more[] = {
		cmocka_unit_test(eligibility_to_the_fen),
		cmocka_unit_test(no_trace_when_the_rule_did_not_run),
		cmocka_unit_test(the_trace_as_json),
	};
	memcpy(tests + N_CASES, more, sizeof more);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
