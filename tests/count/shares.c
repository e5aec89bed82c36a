/* SPDX-License-Identifier: Apache-2.0
 *
 * Quorum and support at their boundaries, and what is refused.
 */
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "test.h"

#define OVER(n, d)                                                                                 \
	{                                                                                          \
		n, d, true                                                                         \
	}
#define LEAST(n, d)                                                                                \
	{                                                                                          \
		n, d, false                                                                        \
	}

TEST(fractions)
{
	static const struct {
		struct yihu_fraction f;
		uint64_t have, of;
		bool met;
	} table[] = {
		{OVER(1, 2), 1, 2, false},
		{LEAST(1, 2), 1, 2, true},
		{OVER(1, 2), 2, 3, true},
		{OVER(1, 2), 1, 3, false},
		{LEAST(2, 3), 66, 100, false},
		{LEAST(2, 3), 67, 100, true},
		{LEAST(2, 3), 66, 99, true},
		{OVER(2, 3), 66, 99, false},
		{LEAST(1, 1), 5, 5, true},
		{OVER(0, 1), 1, 5, true},
		{OVER(0, 1), 0, 5, false},
		{LEAST(0, 1), 0, 5, true},
		{LEAST(0, 1), 0, 0, false},
		{LEAST(1, 2), 0, 0, false},
		/* the products need more than 64 bits */
		{OVER(1, 2), UINT64_C(1) << 62, (UINT64_C(1) << 63) - 1, true},
		{OVER(1, 2), UINT64_C(1) << 62, UINT64_C(1) << 63, false},
		{LEAST(4294967294, 4294967295), UINT64_MAX - 1, UINT64_MAX, true},
		{LEAST(4294967295, 4294967295), UINT64_MAX - 1, UINT64_MAX, false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (yihu_fraction_met(table[i].f, table[i].have, table[i].of) != table[i].met)
			fail_msg("row %zu", i);
}

static const uint64_t costs[] = {1, 1, 0};
/* agree/against: a 2:1, b 1:0; the third ballot says nothing of b. */
static const char *const four[] = {"11", "10", "20", "00", NULL};

/* Four of eight. */
TEST(quorum_strict_or_not)
{
	static const struct {
		struct yihu_fraction quorum;
		uint64_t cast, entitled;
		bool met;
	} table[] = {
		{OVER(1, 2), 4, 8, false},    {LEAST(1, 2), 4, 8, true},
		{OVER(1, 2), 5, 8, true},     {OVER(1, 2), 4, 7, true},
		{LEAST(2, 3), 6, 9, true},    {LEAST(2, 3), 6, 10, false},
		{LEAST(1, 100), 4, 0, false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct plain e;
		plain_make(&e, "greedy", YIHU_APPROVAL, 9, costs,
			   (const char *[]){"11", "10", "10", "00", NULL});
		e.d.quorum = table[i].quorum;
		e.p.cast = table[i].cast;
		e.p.entitled = table[i].entitled;
		plain_count(&e);
		assert_true(e.o->quorum_declared);
		assert_int_equal(e.o->quorum_met, table[i].met);
		assert_int_equal(e.o->cast, table[i].cast);
		assert_int_equal(e.o->entitled, table[i].entitled);
		plain_assert_verdicts(&e, table[i].met ? "FF" : "QQ");
		plain_assert_funded(&e, table[i].met ? "ab" : "");
		/* the figures are there all the same */
		assert_int_equal(e.o->projects[0].votes, 3);
		plain_free(&e);
	}
}

TEST(no_quorum_declared_is_met)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_APPROVAL, 9, costs, (const char *[]){"11", NULL});
	e.p.entitled = 1000;
	plain_count(&e);
	assert_false(e.o->quorum_declared);
	assert_true(e.o->quorum_met);
	plain_assert_funded(&e, "ab");
	plain_free(&e);
}

TEST(support_by_base)
{
	static const struct {
		struct yihu_fraction support;
		enum yihu_support_base of;
		uint64_t cast, entitled;
		const char *verdicts;
		uint64_t of_a, of_b;
	} table[] = {
		/* a has 2, b 1, of 4 cast */
		{LEAST(1, 2), YIHU_OF_CAST, 4, 8, "FP", 4, 4},
		{OVER(1, 2), YIHU_OF_CAST, 4, 8, "PP", 4, 4},
		{LEAST(1, 4), YIHU_OF_CAST, 4, 8, "FF", 4, 4},
		{OVER(1, 4), YIHU_OF_CAST, 4, 8, "FP", 4, 4},
		/* a fifth ballot, void, counts as cast */
		{LEAST(1, 2), YIHU_OF_CAST, 5, 8, "PP", 5, 5},
		/* decided: a 2 of 3, b 1 of 1 */
		{LEAST(2, 3), YIHU_OF_DECIDED, 4, 8, "FF", 3, 1},
		{OVER(2, 3), YIHU_OF_DECIDED, 4, 8, "PF", 3, 1},
		{LEAST(1, 1), YIHU_OF_DECIDED, 4, 8, "PF", 3, 1},
		/* entitled */
		{LEAST(1, 4), YIHU_OF_ENTITLED, 4, 8, "FP", 8, 8},
		{OVER(1, 4), YIHU_OF_ENTITLED, 4, 8, "PP", 8, 8},
		{OVER(1, 4), YIHU_OF_ENTITLED, 4, 7, "FP", 7, 7},
		{LEAST(1, 9), YIHU_OF_ENTITLED, 4, 0, "PP", 0, 0},
	};
	static const char *const rules[] = {"majority", "greedy"};
	for (size_t i = 0; i < 2 * (sizeof table / sizeof *table); i++) {
		struct plain e;
		plain_make(&e, rules[i % 2], YIHU_CONSENT, 9, costs, four);
		e.d.support = table[i / 2].support;
		e.d.support_of = table[i / 2].of;
		e.p.cast = table[i / 2].cast;
		e.p.entitled = table[i / 2].entitled;
		plain_count(&e);
		plain_assert_verdicts(&e, table[i / 2].verdicts);
		const struct yihu_project_outcome *a = &e.o->projects[0], *b = &e.o->projects[1];
		assert_int_equal(a->support_have, 2);
		assert_int_equal(a->support_of, table[i / 2].of_a);
		assert_int_equal(a->support_met, table[i / 2].verdicts[0] == 'F');
		assert_int_equal(b->support_have, 1);
		assert_int_equal(b->support_of, table[i / 2].of_b);
		plain_free(&e);
	}
}

/* 9 points from one ballot of two are one supporter. */
TEST(support_is_ballots_not_points)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_SCORING, 9, costs, (const char *[]){"91", "01", NULL});
	e.d.support = (struct yihu_fraction)OVER(1, 2);
	plain_count(&e);
	plain_assert_verdicts(&e, "PF");
	assert_int_equal(e.o->projects[0].votes, 9);
	assert_int_equal(e.o->projects[0].support_have, 1);
	plain_free(&e);
}

TEST(blank_ballots_count_as_cast)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_APPROVAL, 9, costs, (const char *[]){"10", "00", NULL});
	e.d.support = (struct yihu_fraction)OVER(1, 2);
	plain_count(&e);
	plain_assert_verdicts(&e, "PN");
	assert_int_equal(e.o->projects[0].abstain, 1);
	plain_free(&e);
}

/* Not more for is said before the support rule. */
TEST(the_first_reason_is_given)
{
	struct plain e;
	plain_make(&e, "majority", YIHU_CONSENT, -1, costs, (const char *[]){"12", "22", NULL});
	e.d.support = (struct yihu_fraction)OVER(1, 2);
	plain_count(&e);
	plain_assert_verdicts(&e, "MN");
	plain_free(&e);
}

struct refusal {
	const char *rule;
	enum yihu_ballot_kind kind;
	int64_t budget;
	bool threshold, comparison, eligibility, decided;
	int code;
	const char *says;
};
static const struct refusal refusals[] = {
	{"greedy", YIHU_APPROVAL, 9, 0, 0, 0, 0, 0, ""},
	{"greedy-threshold", YIHU_APPROVAL, 9, 1, 0, 0, 0, 0, ""},
	{"majority", YIHU_CONSENT, -1, 0, 0, 0, 1, 0, ""},
	{"majority", YIHU_CONSENT, 9, 0, 0, 0, 0, 0, ""},
	{"greedy", YIHU_CONSENT, 9, 0, 0, 0, 1, 0, ""},
	{"utilitarian", YIHU_APPROVAL, 9, 0, 0, 0, 0, YIHU_ERULE,
	 "“utilitarian” is not counted here. Rules that are: greedy, greedy-no-skip, "},
	{"", YIHU_APPROVAL, 9, 0, 0, 0, 0, YIHU_ERULE, "“”"},
	{"Greedy", YIHU_APPROVAL, 9, 0, 0, 0, 0, YIHU_ERULE, "“Greedy”"},
	{"greedy", YIHU_APPROVAL, -1, 0, 0, 0, 0, YIHU_ERULE, "budget"},
	{"greedy-no-skip", YIHU_APPROVAL, -1, 0, 0, 0, 0, YIHU_ERULE, "budget"},
	{"greedy-threshold", YIHU_APPROVAL, -1, 1, 0, 0, 0, YIHU_ERULE, "budget"},
	{"greedy-threshold", YIHU_APPROVAL, 9, 0, 0, 0, 0, YIHU_ERULE, "threshold;"},
	{"greedy", YIHU_APPROVAL, 9, 1, 0, 0, 0, 0, ""},
	{"greedy-no-skip", YIHU_APPROVAL, 9, 1, 0, 0, 0, 0, ""},
	{"equalshares", YIHU_APPROVAL, 9, 1, 0, 0, 0, YIHU_ERULE, "threshold"},
	{"phragmen", YIHU_APPROVAL, 9, 1, 0, 0, 0, YIHU_ERULE, "threshold"},
	{"majority", YIHU_CONSENT, 9, 1, 0, 0, 0, YIHU_ERULE, "threshold"},
	{"greedy", YIHU_APPROVAL, 9, 0, 1, 0, 0, YIHU_ERULE, "comparison"},
	{"greedy-no-skip", YIHU_APPROVAL, 9, 0, 0, 1, 0, YIHU_ERULE, "eligibility"},
	{"majority", YIHU_CONSENT, 9, 0, 1, 0, 0, YIHU_ERULE, "comparison"},
	{"majority", YIHU_APPROVAL, 9, 0, 0, 0, 0, YIHU_ERULE, "approval"},
	{"majority", YIHU_SCORING, 9, 0, 0, 0, 0, YIHU_ERULE, "scoring"},
	{"majority", YIHU_CUMULATIVE, 9, 0, 0, 0, 0, YIHU_ERULE, "cumulative"},
	{"majority", YIHU_ORDINAL, 9, 0, 0, 0, 0, YIHU_ERULE, "ordinal"},
	{"greedy", YIHU_APPROVAL, 9, 0, 0, 0, 1, YIHU_ERULE, "decided"},
	{"greedy", YIHU_SCORING, 9, 0, 0, 0, 1, YIHU_ERULE, "decided"},
};

TEST(what_cannot_be_counted_is_refused)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const struct refusal *x = &refusals[i];
		struct plain e;
		struct yihu_error err = {0};
		plain_make(&e, x->rule, x->kind, x->budget, costs, (const char *[]){"11", NULL});
		e.d.has_threshold = x->threshold;
		e.d.threshold = 1;
		e.d.comparison = x->comparison;
		e.d.eligibility = x->eligibility;
		if (x->decided) {
			e.d.support = (struct yihu_fraction)OVER(1, 2);
			e.d.support_of = YIHU_OF_DECIDED;
		}
		if (yihu_count_check(&e.d, &err) != x->code || !strstr(err.text, x->says))
			fail_msg("row %zu: %s", i, err.text);
		assert_int_equal(yihu_count(&e.o, &e.p, NULL), x->code);
		plain_free(&e);
	}
}

/* Of what is not declared nothing is asked. */
TEST(what_is_not_declared_refuses_nothing)
{
	struct plain e;
	plain_make(&e, "greedy", YIHU_APPROVAL, 9, costs, (const char *[]){"11", NULL});
	e.d.support_of = YIHU_OF_DECIDED;
	assert_int_equal(yihu_count_check(&e.d, NULL), 0);
	plain_free(&e);
	plain_make(&e, "majority", YIHU_CONSENT, -1, costs, (const char *[]){"11", NULL});
	e.d.budget = YIHU_MONEY_MAX + 1;
	assert_int_equal(yihu_count_check(&e.d, NULL), 0);
	plain_count(&e);
	assert_true(e.o->projects[0].support_met);
	assert_int_equal(e.o->projects[0].support_have, 0);
	assert_int_equal(e.o->projects[0].support_of, 0);
	plain_free(&e);
}

/* Money is exact to 2^53−1 fen in all, and not a fen above. */
TEST(money_bounds)
{
	static const struct {
		int64_t budget;
		uint64_t costs[3];
		int code;
	} table[] = {
		{(int64_t)YIHU_MONEY_MAX, {YIHU_MONEY_MAX - 1, 1}, 0},
		{(int64_t)YIHU_MONEY_MAX, {YIHU_MONEY_MAX, 1}, YIHU_ERULE},
		{(int64_t)YIHU_MONEY_MAX, {UINT64_MAX, 1}, YIHU_ERULE},
		{(int64_t)YIHU_MONEY_MAX, {UINT64_MAX / 2 + 1, UINT64_MAX / 2 + 1}, YIHU_ERULE},
		{(int64_t)YIHU_MONEY_MAX + 1, {1, 1}, YIHU_ERULE},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct plain e;
		plain_make(&e, "greedy", YIHU_APPROVAL, table[i].budget, table[i].costs,
			   (const char *[]){"11", NULL});
		assert_int_equal(yihu_count_check(&e.d, NULL), table[i].code);
		if (table[i].code == 0) {
			plain_count(&e);
			plain_assert_funded(&e, "ba");
			assert_int_equal(e.o->spent, YIHU_MONEY_MAX);
		}
		plain_free(&e);
	}
}

TEST(points_do_not_overflow)
{
	enum { N = 70000 };
	const char **ballots = yihu_calloc(N + 1, sizeof *ballots);
	for (size_t i = 0; i < N; i++)
		ballots[i] = "11";
	struct plain e;
	plain_make(&e, "greedy", YIHU_SCORING, 9, costs, ballots);
	for (size_t i = 0; i < 2 * (size_t)N; i++)
		e.digits[i] = 65535;
	plain_count(&e);
	assert_int_equal(e.o->projects[0].votes, UINT64_C(4587450000));
	plain_free(&e);
	free(ballots);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fractions),
		cmocka_unit_test(quorum_strict_or_not),
		cmocka_unit_test(no_quorum_declared_is_met),
		cmocka_unit_test(support_by_base),
		cmocka_unit_test(support_is_ballots_not_points),
		cmocka_unit_test(blank_ballots_count_as_cast),
		cmocka_unit_test(the_first_reason_is_given),
		cmocka_unit_test(what_cannot_be_counted_is_refused),
		cmocka_unit_test(what_is_not_declared_refuses_nothing),
		cmocka_unit_test(money_bounds),
		cmocka_unit_test(points_do_not_overflow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
