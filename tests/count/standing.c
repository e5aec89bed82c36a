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

int main(void)
{
	enum { FAR = sizeof far_cases / sizeof *far_cases };
	struct CMUnitTest tests[FAR + 1];
	for (size_t i = 0; i < FAR; i++)
		tests[i] = (struct CMUnitTest){.name = far_cases[i].name,
					       .test_func = far,
					       .initial_state = (void *)(uintptr_t)&far_cases[i]};
	tests[FAR] = (struct CMUnitTest)cmocka_unit_test(what_is_passed_over_is_the_same);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
