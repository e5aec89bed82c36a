/* SPDX-License-Identifier: Apache-2.0
 *
 * Every rule on elections small enough for a pencil. Under the fixture's eid
 * and V the lot's order of ids is d c a g h e f b (SHA-512 by another program).
 */
#include <string.h>

#include "plain.h"
#include "test.h"

struct rule_case {
	const char *name, *rule;
	enum yihu_ballot_kind kind;
	int64_t budget; /* −1: none */
	uint64_t costs[PLAIN_MAX + 1];
	const char *ballots[10];
	uint32_t max_length; /* 0: all */
	uint64_t threshold;  /* 0: none */
	const char *verdicts, *order, *funded;
	uint64_t spent;
};

/* A case is a row, not a column. */
/* clang-format off */
static const struct rule_case cases[] = {
	/* v = 3 2 1 2. a leaves 4, d (cheaper than b) leaves 1, b and c do not fit. */
	{"greedy: of equal votes the cheaper goes first", "greedy", YIHU_APPROVAL, 10,
	 {6, 5, 4, 3}, {"1101", "1100", "1011"}, 0, 0, "FDDF", "adbc", "ad", 9},
	/* v = 3 2 1. a leaves 4; b does not fit; c does. */
	{"greedy skips what does not fit", "greedy", YIHU_APPROVAL, 10,
	 {6, 5, 4}, {"110", "110", "101"}, 0, 0, "FDF", "abc", "ac", 10},
	{"greedy-no-skip stops there", "greedy-no-skip", YIHU_APPROVAL, 10,
	 {6, 5, 4}, {"110", "110", "101"}, 0, 0, "FDS", "abc", "a", 6},
	{"greedy-no-skip goes on when all fits", "greedy-no-skip", YIHU_APPROVAL, 15,
	 {6, 5, 4}, {"110", "110", "101"}, 0, 0, "FFF", "abc", "abc", 15},
	{"what costs exactly what is left is funded", "greedy", YIHU_APPROVAL, 11,
	 {6, 5, 1}, {"111", "110", "100"}, 0, 0, "FFD", "abc", "ab", 11},
	{"one fen more is not", "greedy", YIHU_APPROVAL, 10,
	 {6, 5}, {"11", "10"}, 0, 0, "FD", "ab", "a", 6},
	/* v = 3 2 1 0: two is enough, one is not; nobody wants d. */
	{"greedy-threshold: the number itself is enough", "greedy-threshold", YIHU_APPROVAL, 100,
	 {6, 5, 4, 3}, {"1100", "1100", "1010"}, 0, 2, "FFTN", "ab", "ab", 11},
	{"a project without support is not funded", "greedy", YIHU_APPROVAL, 100,
	 {6, 5, 4}, {"010", "010"}, 0, 0, "NFN", "b", "b", 5},
	{"no ballots, nothing funded", "greedy", YIHU_APPROVAL, 100,
	 {6, 5, 4}, {NULL}, 0, 0, "NNN", "", "", 0},
	{"blank ballots support nothing", "greedy", YIHU_APPROVAL, 100,
	 {6, 5}, {"00", "00"}, 0, 0, "NN", "", "", 0},
	{"a budget of nothing funds nothing", "greedy", YIHU_APPROVAL, 0,
	 {6, 5}, {"11"}, 0, 0, "DD", "ba", "", 0},
	/* All v = 1, all cost 5: d, c, and then 2 is left. */
	{"equal votes and costs: the lot", "greedy", YIHU_APPROVAL, 12,
	 {5, 5, 5, 5}, {"1111"}, 0, 0, "DDFF", "dcab", "dc", 10},
	{"the lot decides where greedy-no-skip stops", "greedy-no-skip", YIHU_APPROVAL, 12,
	 {5, 5, 5, 5}, {"1111"}, 0, 0, "DSFF", "dcab", "dc", 10},
	/* Points: a 5, b 6, c 0. */
	{"scoring adds points", "greedy", YIHU_SCORING, 100,
	 {1, 2, 3}, {"320", "240"}, 0, 0, "FFN", "ba", "ba", 3},
	{"cumulative adds points", "greedy", YIHU_CUMULATIVE, 2,
	 {1, 2, 3}, {"320", "240"}, 0, 0, "DFN", "ba", "b", 2},
	/* L = 3: a 3+2, b 2+3, c 1+3. Equal votes: a is cheaper. */
	{"ordinal: rank r gives L+1-r", "greedy", YIHU_ORDINAL, 100,
	 {1, 2, 3}, {"123", "210", "001"}, 0, 0, "FFF", "abc", "abc", 6},
	/* L = 2: a 2+0, b 1+2, c 1; with L = 3 it would be a 3, b 2+3, c 2. */
	{"ordinal: L is the declared length", "greedy-threshold", YIHU_ORDINAL, 100,
	 {1, 2, 3}, {"120", "012"}, 2, 2, "FFT", "ba", "ba", 3},
	/* Agrees: a 2, b 1; against is no minus. */
	{"consent under greedy counts agrees", "greedy", YIHU_CONSENT, 100,
	 {1, 2, 3}, {"120", "122", "210"}, 0, 0, "FFN", "ab", "ab", 3},
	/* a 2:1, b 1:1, c 1:2, d 1:0. */
	{"majority: more agree than against", "majority", YIHU_CONSENT, -1,
	 {9, 9, 9, 9}, {"1121", "1220", "2010"}, 0, 0, "FMMF", "ad", "ad", 18},
	{"majority: nobody agrees, nobody is against", "majority", YIHU_CONSENT, -1,
	 {9, 9}, {"10", "10"}, 0, 0, "FN", "a", "a", 9},
	/* Agrees a 3, b 2, c 1: a leaves 4, b is too dear, c fits. */
	{"majority with a budget skips", "majority", YIHU_CONSENT, 10,
	 {6, 5, 4}, {"110", "110", "101"}, 0, 0, "FDF", "abc", "ac", 10},
	{"majority without a budget funds all that pass", "majority", YIHU_CONSENT, -1,
	 {6, 5, 4}, {"110", "110", "101"}, 0, 0, "FFF", "abc", "abc", 15},
};
/* clang-format on */
#define N_CASES (sizeof cases / sizeof *cases)

static void counts_as_said(void **state)
{
	const struct rule_case *c = *state;
	struct plain e;
	plain_make(&e, c->rule, c->kind, c->budget, c->costs, c->ballots);
	if (c->max_length)
		e.d.max_length = c->max_length;
	e.d.has_threshold = c->threshold != 0;
	e.d.threshold = c->threshold;
	plain_count(&e);
	plain_assert_verdicts(&e, c->verdicts);
	plain_assert_order(&e, c->order);
	plain_assert_funded(&e, c->funded);
	assert_int_equal(e.o->spent, c->spent);
	plain_free(&e);
}

/* v = 3 2 2 1 1 1, costs 9 5 6 4 4 4: a by votes, b by cost, c by votes, then
 * d, e, f by lot in the order d e f. */
TEST(what_put_it_before_the_next)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_APPROVAL, 100, (uint64_t[]){9, 5, 6, 4, 4, 4, 0},
		   (const char *[]){"111000", "111000", "100111", NULL});
	plain_count(&e);
	plain_assert_order(&e, "abcdef");
	static const enum yihu_tiebreak want[] = {YIHU_BY_VOTES, YIHU_BY_COST, YIHU_BY_VOTES,
						  YIHU_BY_LOT,   YIHU_BY_LOT,  YIHU_BY_VOTES};
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(e.o->projects[i].ordered_by, want[i]);
		assert_int_equal(e.o->projects[i].place, i + 1);
	}
	plain_free(&e);
}

TEST(what_was_left_before_each)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_APPROVAL, 10, (uint64_t[]){6, 5, 4, 1, 0},
		   (const char *[]){"1110", "1100", "1000", NULL});
	plain_count(&e);
	static const uint64_t want[] = {10, 4, 4, 0};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(e.o->projects[i].left_before, want[i]);
	assert_int_equal(e.o->projects[3].place, 0);
	plain_free(&e);
}

/* Whether one excludes another or not. */
TEST(without_a_budget_nothing_is_left)
{
	static uint32_t pair[][2] = {{0, 1}};
	for (size_t i = 0; i < 2; i++) {
		struct plain e;
		plain_make(&e, "majority", YIHU_CONSENT, -1, (uint64_t[]){6, 5, 4, 0},
			   (const char *[]){"111", "110", "100", NULL});
		e.d.exclusive = pair;
		e.d.n_exclusive = i;
		plain_count(&e);
		plain_assert_funded(&e, i ? "ac" : "abc");
		for (size_t k = 0; k < 3; k++)
			assert_int_equal(e.o->projects[k].left_before, 0);
		plain_free(&e);
	}
}

TEST(figures_of_consent)
{
	struct plain e;
	plain_make(&e, "majority", YIHU_CONSENT, -1, (uint64_t[]){1, 1, 0},
		   (const char *[]){"10", "10", "20", "02", "01", NULL});
	plain_count(&e);
	const struct yihu_project_outcome *a = &e.o->projects[0], *b = &e.o->projects[1];
	assert_int_equal(a->votes, 2);
	assert_int_equal(a->agree, 2);
	assert_int_equal(a->against, 1);
	assert_int_equal(a->abstain, 2);
	assert_int_equal(b->agree, 1);
	assert_int_equal(b->against, 1);
	assert_int_equal(b->abstain, 3);
	plain_free(&e);
}

TEST(a_tie_that_decides_needs_a_lot)
{
	struct plain e;
	struct yihu_error err = {0};
	plain_make(&e, "greedy", YIHU_APPROVAL, 12, (uint64_t[]){5, 5, 5, 0},
		   (const char *[]){"111", NULL});
	e.p.has_lot = false;
	assert_int_equal(yihu_count(&e.o, &e.p, &err), YIHU_ETIE);
	assert_null(e.o);
	assert_non_null(strstr(err.text, "projects b and c"));
	plain_free(&e);
}

TEST(a_tie_that_decides_nothing_needs_none)
{
	for (uint64_t budget = 0; budget <= 15; budget += 15) {
		struct plain e;
		plain_make(&e, "greedy", YIHU_APPROVAL, (int64_t)budget, (uint64_t[]){5, 5, 5, 0},
			   (const char *[]){"111", NULL});
		e.p.has_lot = false;
		plain_count(&e);
		plain_assert_order(&e, "abc");
		plain_assert_verdicts(&e, budget ? "FFF" : "DDD");
		assert_int_equal(e.o->projects[0].ordered_by, YIHU_BY_FILE);
		plain_free(&e);
	}
}

/* SHA-512 of the framed bytes, made by another program: eid empty, V = 00 01 …
 * 1f, id 树. */
TEST(lot_of_known_bytes)
{
	static const uint8_t want[] = {0x53, 0x36, 0x4f, 0x94, 0x0a, 0x63, 0xaf, 0x74,
				       0x73, 0x00, 0x81, 0x3c, 0x69, 0xec, 0xa9, 0xcc};
	struct yihu_profile p = {.has_lot = true};
	uint8_t lot[64];
	for (uint8_t i = 0; i < 32; i++)
		p.lot_seed[i] = i;
	yihu_lot(lot, &p, "\xe6\xa0\x91");
	assert_memory_equal(lot, want, sizeof want);
}

/* b costs all that its part has, and comes too late: it stops the part, and c is not
 * looked at. d, of the other part, is. */
TEST(what_would_fill_its_part_stops_it)
{
	struct plain e;
	uint32_t of[] = {0, 0, 0, 1};
	uint64_t budget[] = {300, 300};
	plain_make(&e, "greedy-no-skip", YIHU_APPROVAL, 1000, (uint64_t[]){100, 300, 100, 100, 0},
		   (const char *[]){"1111", "1110", "1100", "1000", NULL});
	e.d.divisions[0] = (struct yihu_division){.n = 2, .of = of, .budget = budget};
	plain_count(&e);
	plain_assert_funded(&e, "ad");
	assert_int_equal(e.o->projects[1].verdict, YIHU_TOO_DEAR);
	assert_int_equal(e.o->projects[2].verdict, YIHU_AFTER_STOP);
	e.d.divisions[0] = (struct yihu_division){.n = 0};
	plain_free(&e);
}

int main(void)
{
	struct CMUnitTest tests[N_CASES + 8];
	memset(tests, 0, sizeof tests);
	for (size_t i = 0; i < N_CASES; i++) {
		tests[i] = (struct CMUnitTest){.name = cases[i].name, .test_func = counts_as_said};
		memcpy(&tests[i].initial_state, &(const void *){&cases[i]}, sizeof(void *));
	}
	const struct CMUnitTest more[] = {
		cmocka_unit_test(what_put_it_before_the_next),
		cmocka_unit_test(what_was_left_before_each),
		cmocka_unit_test(without_a_budget_nothing_is_left),
		cmocka_unit_test(figures_of_consent),
		cmocka_unit_test(a_tie_that_decides_needs_a_lot),
		cmocka_unit_test(a_tie_that_decides_nothing_needs_none),
		cmocka_unit_test(lot_of_known_bytes),
		cmocka_unit_test(what_would_fill_its_part_stops_it),
	};
	memcpy(tests + N_CASES, more, sizeof more);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
