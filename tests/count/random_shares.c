/* SPDX-License-Identifier: Apache-2.0
 *
 * Random small elections under equal shares and phragmen, each against the
 * textbook (textbook.c) and its properties. One argument, the number of
 * elections, runs more of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "test.h"
#include "textbook.h"

static uint64_t elections = 500;

static uint64_t seed;
static uint32_t draw(uint32_t below)
{
	return chance(&seed, below);
}

static void random_ballots(struct plain *e)
{
	static const uint32_t radix[] = {
		[YIHU_APPROVAL] = 2, [YIHU_CONSENT] = 3, [YIHU_SCORING] = 4, [YIHU_CUMULATIVE] = 6};
	uint32_t n = (uint32_t)e->d.n_projects;
	for (size_t i = 0; i < e->p.n; i++) {
		uint32_t *digits = e->digits + i * n;
		memset(digits, 0, n * sizeof *digits);
		if (i > 0 && draw(4) == 0)
			memcpy(digits, digits - n, n * sizeof *digits); /* like a neighbour's */
		else if (e->d.kind == YIHU_ORDINAL)
			plain_draw_ranks(&seed, digits, n, e->d.max_length);
		else
			for (uint32_t k = 0; k < n; k++)
				digits[k] = draw(radix[e->d.kind]);
	}
}

static uint64_t random_cost(uint32_t shape)
{
	if (shape == 0)
		return 100 * (1 + draw(9)); /* round: many ties */
	return shape == 1 ? 1 + draw(5) : 1 + draw(5000);
}

static void random_election(struct plain *e, uint64_t number)
{
	static const char *const rules[] = {"equalshares",        "equalshares/add1",
					    "equalshares/add1u",  "equalshares/add1e",
					    "equalshares/add1eu", "phragmen"};
	static const char zeros[] = "00000000";
	uint64_t costs[PLAIN_MAX + 1] = {0}, sum = 0;
	const char *rows[TEXTBOOK_BALLOTS_MAX + 1] = {NULL};
	seed = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
	draw(2);
	const char *rule = rules[draw(sizeof rules / sizeof *rules)];
	uint32_t n_projects = 1 + draw(PLAIN_MAX), n = draw(TEXTBOOK_BALLOTS_MAX + 1),
		 shape = draw(3);
	enum yihu_ballot_kind kind = (enum yihu_ballot_kind)draw(
		strcmp(rule, "phragmen") == 0 ? YIHU_CONSENT + 1 : YIHU_N_KINDS);
	for (uint32_t k = 0; k < n_projects; k++)
		sum += costs[k] = random_cost(shape);
	for (uint32_t i = 0; i < n; i++)
		rows[i] = zeros + PLAIN_MAX - n_projects;
	plain_make(e, rule, kind, draw((uint32_t)sum + 1), costs, rows);
	e->d.max_length = 1 + draw(n_projects);
	e->d.eligibility = strcmp(rule, "phragmen") != 0 && draw(4) == 0;
	memset(e->p.lot_seed, (int)draw(256), sizeof e->p.lot_seed);
	random_ballots(e);
	plain_draw_withdrawn(e, &seed);
}

static void find_candidates(const struct plain *e, bool candidate[PLAIN_MAX])
{
	for (size_t k = 0; k < PLAIN_MAX; k++) {
		candidate[k] = k < e->d.n_projects && textbook_votes(e, k) > 0;
		if (candidate[k] && e->d.eligibility)
			candidate[k] = textbook_votes(e, k) * 3 * e->d.budget >=
				       e->projects[k].cost * e->p.n;
	}
	for (size_t i = 0; i < e->p.n_withdrawn; i++)
		candidate[e->p.withdrawn[i].project] = false;
}

static void assert_rational(const char *text, const mpq_t want)
{
	mpq_t got;
	assert_non_null(text);
	assert_non_null(strchr(text, '/'));
	mpq_init(got);
	assert_int_equal(mpq_set_str(got, text, 10), 0);
	assert_int_equal(mpq_cmp(got, want), 0);
	mpq_canonicalize(got);
	char *lowest = mpq_get_str(NULL, 10, got);
	assert_int_equal(strncmp(text, lowest, strlen(lowest)), 0);
	free(lowest);
	mpq_clear(got);
}

static void assert_round(const struct textbook *x, size_t i)
{
	const struct yihu_round *r = &x->e->o->trace->rounds[i];
	mpq_t effective;
	assert_int_equal(r->project, x->funded[i]);
	assert_rational(r->cap, x->round[i].cap);
	assert_int_equal(r->by, x->round[i].by);
	assert_int_equal(r->n_tied, x->round[i].n_tied);
	assert_int_equal(r->payers, x->round[i].payers);
	assert_int_equal(r->emptied, x->round[i].emptied);
	if (!r->effective)
		return;
	mpq_init(effective);
	mpq_set_ui(effective, x->e->projects[r->project].cost, 1);
	mpq_div(effective, effective, x->round[i].cap);
	assert_rational(r->effective, effective);
	mpq_clear(effective);
}

/* What supporters of the lost have left. */
static void assert_have(const struct textbook *x)
{
	for (size_t k = 0; k < x->e->d.n_projects; k++) {
		const char *text = x->e->o->trace->have[k];
		assert_int_equal(text != NULL, x->has[k]);
		if (text)
			assert_rational(text, x->have[k]);
	}
}

static void assert_same(const struct plain *e, const struct textbook *x, uint64_t number)
{
	if (e->o->n_funded != x->n ||
	    memcmp(e->o->funded, x->funded, x->n * sizeof *x->funded) != 0)
		fail_msg("election %llu, rule %s", (unsigned long long)number, e->d.rule);
	assert_int_equal(e->o->spent, x->spent);
	if (e->p.n == 0)
		assert_null(e->o->trace);
	if (e->p.n == 0)
		return;
	bool phragmen = strcmp(e->d.rule, "phragmen") == 0;
	assert_int_equal(e->o->trace->raises, x->raises);
	assert_int_equal(e->o->trace->n_rounds, phragmen ? x->n : x->n_shares);
	for (size_t i = 0; i < e->o->trace->n_rounds; i++)
		assert_round(x, i);
	assert_have(x);
}

static void assert_textbook(const struct plain *e, uint64_t number)
{
	struct textbook x;
	bool candidate[PLAIN_MAX];
	find_candidates(e, candidate);
	textbook_init(&x, e, candidate);
	textbook_count(&x);
	assert_same(e, &x, number);
	textbook_finish(&x);
}

TEST(the_textbook_agrees)
{
	size_t raised = 0, lots = 0, emptied = 0, funded = 0;
	for (uint64_t i = 0; i < elections; i++) {
		struct plain e;
		random_election(&e, i);
		plain_count(&e);
		assert_textbook(&e, i);
		funded += e.o->n_funded > 0;
		raised += e.o->trace && e.o->trace->raises > 0;
		for (size_t k = 0; e.o->trace && k < e.o->trace->n_rounds; k++) {
			lots += e.o->trace->rounds[k].n_tied > 0;
			emptied += e.o->trace->rounds[k].emptied > 0;
		}
		plain_free(&e);
	}
	/* the elections are of the kind that was meant */
	assert_true(funded > elections / 3);
	assert_true(raised > elections / 20);
	assert_true(lots > elections / 50);
	assert_true(emptied > elections / 20);
}

/* About what k costs when its keenest supporters pay just all that they have. */
static uint64_t cost_on_the_line(const struct plain *e, size_t k)
{
	uint32_t most = 1;
	for (size_t i = 0; i < e->p.n; i++)
		most = textbook_points(e, i, k) > most ? textbook_points(e, i, k) : most;
	return e->d.budget * textbook_votes(e, k) / (e->p.n * most) + draw(3);
}

/* Costs of thousands of billions of yuan that differ by a few fen: a double does not tell
 * who has enough, nor which of two is better. */
static void random_huge_election(struct plain *e, uint64_t number)
{
	const uint64_t unit = UINT64_C(1) << 47;
	random_election(e, number);
	e->d.budget = unit * (1 + draw(4 * (uint32_t)e->d.n_projects)) + draw(9);
	for (size_t k = 0; k < e->d.n_projects; k++)
		e->projects[k].cost = unit * (1 + draw(4)) - 1 - draw(4);
	bool lines = e->p.n > 0 && draw(2);
	e->d.budget = lines ? unit * 4 + draw(99) : e->d.budget;
	for (size_t k = 0; k < e->d.n_projects && lines; k++)
		if (draw(2))
			e->projects[k].cost = 1 + cost_on_the_line(e, k) - draw(2);
	free(e->d.rule);
	e->d.rule = yihu_strdup("equalshares");
}

TEST(the_textbook_agrees_where_doubles_cannot_tell)
{
	size_t funded = 0;
	for (uint64_t i = 0; i < 10 * elections; i++) {
		struct plain e;
		random_huge_election(&e, i + 5000000);
		plain_count(&e);
		assert_textbook(&e, i);
		funded += e.o->n_funded > 1;
		plain_free(&e);
	}
	assert_true(funded > elections / 3);
}

static void shuffle_ballots(struct plain *e)
{
	size_t width = e->d.n_projects;
	for (size_t i = e->p.n; i > 1; i--) {
		size_t k = draw((uint32_t)i);
		for (size_t j = 0; j < width; j++) {
			uint32_t kept = e->digits[(i - 1) * width + j];
			e->digits[(i - 1) * width + j] = e->digits[k * width + j];
			e->digits[k * width + j] = kept;
		}
	}
}

TEST(the_order_of_ballots_never_matters)
{
	for (uint64_t i = 0; i < elections; i++) {
		struct plain e;
		random_election(&e, i + 1000000);
		plain_count(&e);
		struct yihu_outcome *before = e.o;
		shuffle_ballots(&e);
		plain_count(&e);
		assert_int_equal(before->n_funded, e.o->n_funded);
		assert_memory_equal(before->funded, e.o->funded,
				    e.o->n_funded * sizeof *e.o->funded);
		for (size_t k = 0; e.o->trace && k < e.o->trace->n_rounds; k++)
			assert_string_equal(before->trace->rounds[k].cap,
					    e.o->trace->rounds[k].cap);
		for (size_t k = 0; k < e.o->n_projects; k++) {
			assert_int_equal(before->projects[k].verdict, e.o->projects[k].verdict);
			assert_int_equal(before->projects[k].place, e.o->projects[k].place);
		}
		yihu_outcome_free(before);
		plain_free(&e);
	}
}

/* Nobody pays more than the share; and add1u leaves nothing that fits. */
TEST(shares_are_kept_and_money_is_used)
{
	for (uint64_t i = 0; i < elections; i++) {
		struct plain e;
		struct textbook x;
		bool candidate[PLAIN_MAX];
		random_election(&e, i + 2000000);
		plain_count(&e);
		find_candidates(&e, candidate);
		textbook_init(&x, &e, candidate);
		textbook_count(&x);
		mpq_t share;
		mpq_init(share);
		if (e.p.n > 0 && strcmp(e.d.rule, "phragmen") != 0)
			mpq_set_str(share, e.o->trace->share, 10);
		for (size_t k = 0; k < e.p.n && strcmp(e.d.rule, "phragmen") != 0; k++)
			assert_true(mpq_cmp(x.paid[k], share) <= 0 && mpq_sgn(x.money[k]) >= 0);
		bool exhaustive = strcmp(e.d.rule, "equalshares/add1u") == 0 ||
				  strcmp(e.d.rule, "equalshares/add1eu") == 0;
		for (size_t k = 0; exhaustive && k < e.d.n_projects; k++)
			assert_false(candidate[k] && e.o->projects[k].verdict != YIHU_FUNDED &&
				     e.projects[k].cost <= e.d.budget - e.o->spent);
		assert_true(e.o->spent <= e.d.budget);
		mpq_clear(share);
		textbook_finish(&x);
		plain_free(&e);
	}
}

/* Under greedy one more vote for a funded project never unfunds it. */
TEST(a_vote_for_a_winner_never_harms_it)
{
	size_t tried = 0;
	for (uint64_t i = 0; i < elections; i++) {
		struct plain e;
		random_election(&e, i + 3000000);
		free(e.d.rule);
		e.d.rule = yihu_strdup("greedy");
		e.d.eligibility = false;
		plain_count(&e);
		struct yihu_outcome *before = e.o;
		for (size_t f = 0; e.d.kind == YIHU_APPROVAL && f < before->n_funded; f++) {
			size_t k = before->funded[f], at = 0;
			while (at < e.p.n && e.digits[at * e.d.n_projects + k])
				at++;
			if (at == e.p.n)
				continue;
			e.digits[at * e.d.n_projects + k] = 1;
			plain_count(&e);
			assert_int_equal(e.o->projects[k].verdict, YIHU_FUNDED);
			yihu_outcome_free(e.o);
			e.digits[at * e.d.n_projects + k] = 0;
			tried++;
		}
		e.o = before;
		plain_free(&e);
	}
	assert_true(tried > elections / 10);
}

/* Nobody's mark for it would have changed anything else. */
TEST(a_withdrawn_project_counts_as_if_nobody_had_marked_it)
{
	size_t tried = 0;
	for (uint64_t i = 1; i <= elections; i++) {
		struct plain e;
		random_election(&e, i + 4000000);
		tried += plain_assert_withdrawn_is_unmarked(&e);
		plain_free(&e);
	}
	assert_true(tried > elections / 5);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_textbook_agrees),
		cmocka_unit_test(the_textbook_agrees_where_doubles_cannot_tell),
		cmocka_unit_test(the_order_of_ballots_never_matters),
		cmocka_unit_test(shares_are_kept_and_money_is_used),
		cmocka_unit_test(a_vote_for_a_winner_never_harms_it),
		cmocka_unit_test(a_withdrawn_project_counts_as_if_nobody_had_marked_it),
	};
	if (argc == 2)
		elections = strtoull(argv[1], NULL, 10);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
