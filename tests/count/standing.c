/* SPDX-License-Identifier: Apache-2.0
 *
 * Raises that change nothing are passed over: elections that need 10^13 of
 * them, and, run by run, that what is passed over is the same.
 */
#include <string.h>

#include "../../src/count/shares.h"
#include "plain.h"
#include "test.h"

#define YUAN UINT64_C(100)
#define BILLION UINT64_C(1000000000)

/* Worked out by hand; the budget is shared by all ballots. */
static const struct far_case {
	const char *name;
	const char *rule;
	uint64_t budget, costs[PLAIN_MAX + 1];
	const char *ballots[7];
	uint64_t raises;
	enum yihu_raise_end end;
	const char *funded;
} far_cases[] = {
	/* a's one supporter has half of the budget and needs all of it. */
	{"one for all the money",
	 "equalshares/add1",
	 80000 * BILLION *YUAN,
	 {80000 * BILLION * YUAN},
	 {"1", "0"},
	 40000 * BILLION,
	 YIHU_RAISE_EXHAUSTIVE,
	 "a"},
	/* b can be paid 10,000 billion raises earlier, and then a no more. */
	{"the cheaper first",
	 "equalshares/add1e",
	 80000 * BILLION *YUAN,
	 {40001 * BILLION * YUAN, 40000 * BILLION *YUAN + 1},
	 {"10", "01", "00"},
	 13333333333334,
	 YIHU_RAISE_EXHAUSTIVE,
	 "b"},
	/* The same, raised until a is bought too, at 40,001 billion yuan each: over. */
	{"the cheaper first, and on",
	 "equalshares/add1",
	 80000 * BILLION *YUAN,
	 {40001 * BILLION * YUAN, 40000 * BILLION *YUAN + 1},
	 {"10", "01", "00"},
	 13334333333333,
	 YIHU_RAISE_OVER,
	 "b"},
	/* Both at once at 30,000 billion yuan each: too much together. */
	{"two at once are over, and greedy takes one",
	 "equalshares/add1u",
	 40000 * BILLION *YUAN,
	 {30000 * BILLION * YUAN, 30000 * BILLION *YUAN},
	 {"10", "01"},
	 10000 * BILLION - 1,
	 YIHU_RAISE_OVER,
	 NULL},
	/* In billions: below 20 each, b has the most effective votes, 3, and then
	 * nobody can pay for a or c. At 20, a has as many (its first supporter
	 * pays 20, the second 10) and is cheaper; then b cannot be paid for, but
	 * c can, and a and c are over the budget. */
	{"a tie that the other wins",
	 "equalshares/add1",
	 66 * BILLION *YUAN,
	 {30 * BILLION * YUAN, 45 * BILLION *YUAN, 40 * BILLION *YUAN, 21 * BILLION *YUAN},
	 {"3100", "1000", "0110", "0110", "0001", "0000"},
	 9 * BILLION - 1,
	 YIHU_RAISE_OVER,
	 "b"},
	/* The second household pays a yuan for a, one for b, and then all of d. */
	{"cheap ones on the way",
	 "equalshares/add1",
	 60 * BILLION *YUAN,
	 {3 * YUAN, 2 * YUAN, YUAN, 59 * BILLION *YUAN},
	 {"1110", "1101", "1000"},
	 39000000002,
	 YIHU_RAISE_EXHAUSTIVE,
	 "abcd"},
};

static void far(void **state)
{
	const struct far_case *c = *state;
	struct plain e;
	plain_make(&e, c->rule, YIHU_SCORING, (int64_t)c->budget, c->costs, c->ballots);
	plain_count(&e);
	assert_int_equal(e.o->trace->raises, c->raises);
	assert_int_equal(e.o->trace->raise_end, c->end);
	if (c->funded)
		plain_assert_funded(&e, c->funded);
	else
		assert_int_equal(e.o->n_funded, 1);
	plain_free(&e);
}

static uint64_t seed;
static uint32_t draw(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static void random_election(struct plain *e, uint64_t number)
{
	static const char *const zeros[] = {"000000", "000000", "000000", "000000", "000000",
					    "000000", "000000", "000000", NULL};
	uint64_t costs[7] = {0};
	seed = number;
	bool round = draw(2);
	for (size_t k = 0; k < 6; k++)
		costs[k] = round ? 10000 * (1 + draw(4)) : 100 * (1 + draw(60));
	enum yihu_ballot_kind kind = draw(2) ? YIHU_APPROVAL : YIHU_SCORING;
	int64_t budget = 1 + draw(90000);
	plain_make(e, "equalshares", kind, budget, costs, zeros + draw(7));
	for (size_t i = 0; i < e->p.n * 6; i++)
		e->digits[i] = draw(kind == YIHU_APPROVAL ? 2 : 4);
	plain_count(e);
	for (size_t k = 0; k < 6; k++)
		if (e->o->projects[k].votes)
			e->o->projects[k].verdict = YIHU_FUNDED; /* as before the rule ran */
}

static void run_at(struct shares_result *r, const struct shares *s, mpz_t num, uint64_t raises)
{
	mpz_set_ui(num, s->d->budget + 100 * raises * s->p->n);
	yihu_shares_run(r, s, num, s->p->n, NULL);
}

static void assert_same_rounds(const struct shares_result *a, const struct shares_result *b)
{
	assert_int_equal(a->n_funded, b->n_funded);
	assert_memory_equal(a->funded, b->funded, a->n_funded * sizeof *a->funded);
	assert_int_equal(a->spent, b->spent);
}

/* How many are passed over after this many raises; each of them is run. */
static uint64_t assert_stands(const struct shares *s, uint64_t raises)
{
	struct shares_result at, later;
	mpz_t num;
	mpz_init(num);
	yihu_shares_result_init(&at, s);
	yihu_shares_result_init(&later, s);
	run_at(&at, s, num, raises);
	uint64_t passed = yihu_shares_stand(s, num, 100, &at);
	for (uint64_t i = 1; i <= passed && at.n_funded < s->n_projects; i++) {
		run_at(&later, s, num, raises + i);
		assert_same_rounds(&at, &later);
	}
	yihu_shares_result_finish(&at);
	yihu_shares_result_finish(&later);
	mpz_clear(num);
	return passed;
}

TEST(what_is_passed_over_is_the_same)
{
	uint64_t passed = 0, asked = 0;
	for (uint64_t i = 0; i < 1500; i++) {
		struct plain e;
		struct shares s;
		random_election(&e, i);
		yihu_shares_init(&s, e.o, &e.p);
		for (uint64_t raises = 0; raises < 200; asked++) {
			uint64_t more = assert_stands(&s, raises);
			passed += more;
			raises += more + 1;
		}
		yihu_shares_finish(&s);
		plain_free(&e);
	}
	assert_true(passed > asked);
}

/* Of so many raises the first, the last and one between; false: all are funded. */
static bool assert_stands_far(const struct shares *s, uint64_t *raises)
{
	struct shares_result at, later;
	mpz_t num;
	mpz_init(num);
	yihu_shares_result_init(&at, s);
	yihu_shares_result_init(&later, s);
	run_at(&at, s, num, *raises);
	bool goes_on = at.n_funded < s->n_projects;
	uint64_t passed = goes_on ? yihu_shares_stand(s, num, 100, &at) : 0;
	const uint64_t tried[] = {1, passed / 2, passed};
	for (size_t i = 0; i < 3 && passed > 0; i++) {
		run_at(&later, s, num, *raises + tried[i]);
		assert_same_rounds(&at, &later);
	}
	*raises += passed + 1;
	yihu_shares_result_finish(&at);
	yihu_shares_result_finish(&later);
	mpz_clear(num);
	return goes_on;
}

/* The same where a double does not tell who has enough. */
TEST(what_is_passed_over_is_the_same_where_doubles_cannot_tell)
{
	const uint64_t unit = UINT64_C(1) << 47;
	for (uint64_t i = 0; i < 300; i++) {
		struct plain e;
		struct shares s;
		random_election(&e, i);
		for (size_t k = 0; k < 6; k++)
			e.projects[k].cost = unit * (1 + draw(4)) - draw(300);
		e.d.budget = unit * (1 + draw(6)) - draw(300);
		yihu_shares_init(&s, e.o, &e.p);
		uint64_t raises = 0;
		for (size_t n = 0; n < 40 && assert_stands_far(&s, &raises); n++)
			;
		yihu_shares_finish(&s);
		plain_free(&e);
	}
}

/* In yuan: c costs 160 and is paid by the third and fourth, 80 each. With 155 each the
 * first two pay 155 and 145 for a, and then the others 75, 75 and 150 for b. With 160, a is
 * 160 and 140, and b is 80, 80 and 140: as good, of the same cost and points; with more, b
 * is better. Without a lot nobody can say which goes first with 160. */
TEST(a_tie_that_needs_a_lot_is_not_passed_over)
{
	struct plain e;
	struct shares s;
	struct shares_result r;
	mpz_t num;
	plain_make(&e, "equalshares", YIHU_SCORING, 80000, (uint64_t[]){30000, 30000, 16000, 0},
		   (const char *[]){"200", "100", "012", "012", "010", "000", "000", "000", NULL});
	plain_count(&e);
	for (size_t k = 0; k < 3; k++)
		e.o->projects[k].verdict = YIHU_FUNDED;
	e.p.has_lot = false;
	mpz_init(num);
	yihu_shares_init(&s, e.o, &e.p);
	yihu_shares_result_init(&r, &s);
	run_at(&r, &s, num, 60);
	assert_true(r.by_file);
	r.by_file = false;
	run_at(&r, &s, num, 55);
	assert_false(r.by_file);
	assert_int_equal(r.n_funded, 3);
	assert_int_equal(yihu_shares_stand(&s, num, 100, &r), 4);
	yihu_shares_result_finish(&r);
	yihu_shares_finish(&s);
	mpz_clear(num);
	plain_free(&e);
}

int main(void)
{
	enum { FAR = sizeof far_cases / sizeof *far_cases };
	struct CMUnitTest tests[FAR + 3];
	for (size_t i = 0; i < FAR; i++)
		tests[i] = (struct CMUnitTest){.name = far_cases[i].name,
					       .test_func = far,
					       .initial_state = (void *)(uintptr_t)&far_cases[i]};
	tests[FAR] = (struct CMUnitTest)cmocka_unit_test(what_is_passed_over_is_the_same);
	tests[FAR + 1] = (struct CMUnitTest)cmocka_unit_test(
		what_is_passed_over_is_the_same_where_doubles_cannot_tell);
	tests[FAR + 2] =
		(struct CMUnitTest)cmocka_unit_test(a_tie_that_needs_a_lot_is_not_passed_over);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
