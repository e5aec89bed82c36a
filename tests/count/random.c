/* SPDX-License-Identifier: Apache-2.0
 *
 * Random elections, each against a second counting written another
 * way: no order is sorted and no verdict kept, the next project is looked for
 * among all that are left, and the lot is hashed from bytes laid out here.
 * One argument, the number of elections, runs more of them than two thousand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "chance.h"
#include "plain.h"
#include "test.h"

#define BALLOTS_MAX 12

static uint64_t elections = 2000;

static uint64_t seed;
static uint32_t draw(uint32_t below)
{
	return chance(&seed, below);
}

static void random_ballot(const struct plain *e, uint32_t *digits)
{
	static const uint32_t radix[] = {
		[YIHU_APPROVAL] = 2, [YIHU_CONSENT] = 3, [YIHU_SCORING] = 4, [YIHU_CUMULATIVE] = 4};
	uint32_t n = (uint32_t)e->d.n_projects;
	if (e->d.kind == YIHU_ORDINAL)
		plain_draw_ranks(&seed, digits, n, e->d.max_length);
	else
		for (uint32_t k = 0; k < n; k++)
			digits[k] = draw(radix[e->d.kind]);
}

static struct yihu_fraction random_fraction(void)
{
	uint32_t den = 1 + draw(4);
	return (struct yihu_fraction){.num = draw(den + 1), .den = den, .strict = draw(2)};
}

static void random_options(struct plain *e)
{
	bool must = strcmp(e->d.rule, "greedy-threshold") == 0;
	bool may = strncmp(e->d.rule, "greedy", 6) == 0;
	e->d.has_threshold = must || (may && draw(3) == 0);
	e->d.threshold = e->d.has_threshold ? draw(6) : 0;
	e->d.max_length = 1 + draw((uint32_t)e->d.n_projects);
	if (draw(3) == 0)
		e->d.quorum = random_fraction();
	if (draw(2) == 0) {
		e->d.support = random_fraction();
		e->d.support_of =
			draw(e->d.kind == YIHU_CONSENT ? 3 : 2) ? YIHU_OF_CAST : YIHU_OF_ENTITLED;
		if (e->d.kind == YIHU_CONSENT && draw(2))
			e->d.support_of = YIHU_OF_DECIDED;
	}
	e->p.cast = e->p.n + draw(3);
	e->p.entitled = e->p.cast + draw(8);
	randombytes_buf_deterministic(
		e->p.lot_seed, sizeof e->p.lot_seed,
		(const unsigned char[32]){(unsigned char)draw(256), (unsigned char)draw(256)});
}

/* Parts by chance, each project in one of three, and pairs. */
static uint32_t part_of[PLAIN_MAX], pairs[3][2];
static uint64_t part_budget[3];

static void random_parts(struct plain *e)
{
	uint32_t n = (uint32_t)e->d.n_projects;
	struct yihu_division *p = &e->d.divisions[draw(2)];
	if (e->d.has_budget && draw(2)) {
		*p = (struct yihu_division){.n = 3, .of = part_of, .budget = part_budget};
		for (uint32_t k = 0; k < n; k++)
			part_of[k] = draw(3);
		for (uint32_t i = 0; i < 3; i++)
			part_budget[i] = 1 + draw(8);
	}
	e->d.exclusive = pairs;
	for (uint32_t left = n > 1 ? draw(4) : 0; left > 0; left--) {
		uint32_t a = draw(n - 1), b = a + 1 + draw(n - 1 - a);
		pairs[e->d.n_exclusive][0] = a;
		pairs[e->d.n_exclusive++][1] = b;
	}
}

static void random_election(struct plain *e)
{
	static const char *const rules[] = {"greedy", "greedy-no-skip", "greedy-threshold",
					    "majority", "greedy-exclusive"};
	static const char zeros[] = "00000000";
	const char *rule = rules[draw(5)];
	bool majority = strcmp(rule, "majority") == 0;
	uint64_t costs[PLAIN_MAX + 1] = {0};
	const char *rows[BALLOTS_MAX + 1] = {NULL};
	uint32_t n_projects = 1 + draw(PLAIN_MAX), n = draw(BALLOTS_MAX + 1);
	for (uint32_t k = 0; k < n_projects; k++)
		costs[k] = 1 + draw(4);
	for (uint32_t i = 0; i < n; i++)
		rows[i] = zeros + PLAIN_MAX - n_projects;
	plain_make(e, rule, majority ? YIHU_CONSENT : (enum yihu_ballot_kind)draw(YIHU_N_KINDS),
		   majority && draw(2) ? -1 : (int64_t)draw(20), costs, rows);
	random_options(e);
	random_parts(e);
	for (uint32_t i = 0; i < n; i++)
		random_ballot(e, e->digits + i * n_projects);
	plain_draw_withdrawn(e, &seed);
}

/* The second counting. */
static uint64_t votes_of(const struct plain *e, size_t k, uint64_t *agree, uint64_t *against)
{
	uint64_t votes = 0;
	*agree = *against = 0;
	for (size_t i = 0; i < e->p.n; i++) {
		uint32_t x = e->digits[i * e->d.n_projects + k];
		switch (e->d.kind) {
		case YIHU_ORDINAL:
			votes += x ? e->d.max_length - (x - 1) : 0;
			*agree += x != 0;
			break;
		case YIHU_CONSENT:
			votes += x == 1;
			*agree += x == 1;
			*against += x == 2;
			break;
		default:
			votes += x;
			*agree += x > 0;
		}
	}
	return votes;
}

/* Small numbers: a plain product does, and a share of nothing is not met. */
static bool share_is_met(struct yihu_fraction f, uint64_t have, uint64_t of)
{
	if (!f.den)
		return true;
	if (!of)
		return false;
	uint64_t twice = 2 * have * f.den, bar = 2 * of * f.num;
	return twice >= bar + (f.strict ? 1 : 0);
}

static bool may_be_funded(const struct plain *e, size_t k, uint64_t *votes)
{
	uint64_t agree, against;
	*votes = votes_of(e, k, &agree, &against);
	uint64_t of = e->d.support_of == YIHU_OF_CAST      ? e->p.cast
		      : e->d.support_of == YIHU_OF_DECIDED ? agree + against
							   : e->p.entitled;
	for (size_t i = 0; i < e->p.n_withdrawn; i++)
		if (e->p.withdrawn[i].project == k)
			return false;
	return share_is_met(e->d.quorum, e->p.cast, e->p.entitled) && *votes != 0 &&
	       !(e->d.has_threshold && *votes < e->d.threshold) &&
	       !(strcmp(e->d.rule, "majority") == 0 && agree <= against) &&
	       share_is_met(e->d.support, agree, of);
}

static void lot_of(uint8_t out[64], const struct plain *e, size_t k)
{
	/* prefix, label, NUL; then 32, 32 and 1 bytes behind their lengths */
	uint8_t m[12 + 8 + 32 + 8 + 32 + 8 + 1] = "yihu/v1/lot";
	m[19] = 32;
	memcpy(m + 20, e->p.eid, 32);
	m[59] = 32;
	memcpy(m + 60, e->p.lot_seed, 32);
	m[99] = 1;
	m[100] = (uint8_t)e->projects[k].id[0];
	crypto_hash_sha512(out, m, sizeof m);
}

static bool goes_before(const struct plain *e, size_t a, uint64_t votes_a, size_t b,
			uint64_t votes_b)
{
	uint8_t lot_a[64], lot_b[64];
	if (votes_a != votes_b)
		return votes_a > votes_b;
	if (e->projects[a].cost != e->projects[b].cost)
		return e->projects[a].cost < e->projects[b].cost;
	lot_of(lot_a, e, a);
	lot_of(lot_b, e, b);
	return memcmp(lot_a, lot_b, 64) < 0;
}

/* Of what was funded: what it cost, in this project's part alone where there are
 * parts; and is one of it excluded with this one? */
static uint64_t spent_on(const struct plain *e, const char *funded, size_t k, bool in_part)
{
	uint64_t spent = 0;
	const uint32_t *of = e->d.divisions[0].n ? e->d.divisions[0].of : e->d.divisions[1].of;
	for (const char *id = funded; *id; id++)
		if (!in_part || of[*id - 'a'] == of[k])
			spent += e->projects[*id - 'a'].cost;
	return spent;
}

static bool is_excluded(const struct plain *e, const char *funded, size_t k)
{
	for (const char *id = funded; *id; id++)
		for (size_t i = 0; i < e->d.n_exclusive; i++) {
			const uint32_t *pair = e->d.exclusive[i];
			size_t other = (size_t)(*id - 'a');
			if ((pair[0] == k && pair[1] == other) ||
			    (pair[1] == k && pair[0] == other))
				return true;
		}
	return false;
}

static bool fits(const struct plain *e, const char *funded, size_t k, bool *whole_is_short)
{
	const uint64_t *parts =
		e->d.divisions[0].n ? e->d.divisions[0].budget : e->d.divisions[1].budget;
	const uint32_t *of = e->d.divisions[0].n ? e->d.divisions[0].of : e->d.divisions[1].of;
	uint64_t cost = e->projects[k].cost;
	*whole_is_short = e->d.has_budget && spent_on(e, funded, k, false) + cost > e->d.budget;
	return !*whole_is_short && !(parts && spent_on(e, funded, k, true) + cost > parts[of[k]]);
}

/* Does it end the count, or its part's? */
static void stop_by(const struct plain *e, const char *funded, size_t k, bool whole_is_short,
		    bool done[PLAIN_MAX])
{
	const struct yihu_division *p = &e->d.divisions[e->d.divisions[0].n ? 0 : 1];
	uint64_t cost = e->projects[k].cost;
	bool ends_all = whole_is_short && cost <= e->d.budget;
	bool ends_part = p->n && spent_on(e, funded, k, true) + cost > p->budget[p->of[k]] &&
			 cost <= p->budget[p->of[k]];
	for (size_t i = 0; i < e->d.n_projects; i++)
		done[i] = done[i] || ends_all || (ends_part && p->of[i] == p->of[k]);
}

/* Ids of what is funded, in order. */
static void count_again(const struct plain *e, char funded[PLAIN_MAX + 1])
{
	bool done[PLAIN_MAX] = {false}, whole_is_short;
	uint64_t votes[PLAIN_MAX];
	size_t n = 0;
	memset(funded, 0, PLAIN_MAX + 1);
	for (size_t k = 0; k < e->d.n_projects; k++)
		done[k] = !may_be_funded(e, k, &votes[k]);
	for (;;) {
		size_t best = PLAIN_MAX;
		for (size_t k = 0; k < e->d.n_projects; k++)
			if (!done[k] &&
			    (best == PLAIN_MAX || goes_before(e, k, votes[k], best, votes[best])))
				best = k;
		if (best == PLAIN_MAX)
			return;
		done[best] = true;
		if (is_excluded(e, funded, best))
			continue;
		if (fits(e, funded, best, &whole_is_short))
			funded[n++] = e->projects[best].id[0];
		else if (strcmp(e->d.rule, "greedy-no-skip") == 0)
			stop_by(e, funded, best, whole_is_short, done);
	}
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

static void assert_same_outcome(const struct yihu_outcome *a, const struct yihu_outcome *b)
{
	assert_int_equal(a->n_funded, b->n_funded);
	assert_int_equal(a->n_order, b->n_order);
	assert_int_equal(a->spent, b->spent);
	assert_memory_equal(a->funded, b->funded, a->n_funded * sizeof *a->funded);
	assert_memory_equal(a->order, b->order, a->n_order * sizeof *a->order);
	for (size_t i = 0; i < a->n_projects; i++) {
		assert_int_equal(a->projects[i].votes, b->projects[i].votes);
		assert_int_equal(a->projects[i].verdict, b->projects[i].verdict);
		assert_int_equal(a->projects[i].ordered_by, b->projects[i].ordered_by);
		assert_int_equal(a->projects[i].left_before, b->projects[i].left_before);
	}
}

TEST(a_second_counting_agrees)
{
	size_t with_winners = 0, by_lot = 0;
	for (uint64_t i = 1; i <= elections; i++) {
		struct plain e;
		char want[PLAIN_MAX + 1];
		seed = i * UINT64_C(0x9e3779b97f4a7c15);
		random_election(&e);
		plain_count(&e);
		count_again(&e, want);
		plain_assert_funded(&e, want);
		with_winners += e.o->n_funded > 0;
		for (size_t k = 0; k < e.o->n_projects; k++)
			by_lot += e.o->projects[k].ordered_by == YIHU_BY_LOT;
		plain_free(&e);
	}
	/* the elections are of the kind that was meant */
	assert_true(with_winners > elections / 3);
	assert_true(by_lot > elections / 20);
}

TEST(the_order_of_ballots_never_matters)
{
	for (uint64_t i = 1; i <= elections; i++) {
		struct plain e;
		seed = i * UINT64_C(0xd1342543de82ef95);
		random_election(&e);
		plain_count(&e);
		struct yihu_outcome *before = e.o;
		shuffle_ballots(&e);
		plain_count(&e);
		assert_same_outcome(before, e.o);
		yihu_outcome_free(before);
		plain_free(&e);
	}
}

TEST(money_places_and_reasons_add_up)
{
	for (uint64_t i = 1; i <= elections; i++) {
		struct plain e;
		uint64_t spent = 0, placed = 0;
		seed = i * UINT64_C(0xa0761d6478bd642f);
		random_election(&e);
		plain_count(&e);
		for (size_t k = 0; k < e.o->n_projects; k++) {
			const struct yihu_project_outcome *r = &e.o->projects[k];
			bool funded = r->verdict == YIHU_FUNDED;
			spent += funded ? e.projects[k].cost : 0;
			placed += r->place != 0;
			assert_true(r->agree + r->against + r->abstain == e.p.n);
			assert_false(funded && (r->votes == 0 || !r->support_met));
			if (r->place)
				assert_int_equal(e.o->order[r->place - 1], k);
			if (r->verdict == YIHU_TOO_DEAR)
				assert_true(e.projects[k].cost > r->left_before);
		}
		assert_int_equal(spent, e.o->spent);
		assert_int_equal(placed, e.o->n_order);
		assert_false(e.d.has_budget && spent > e.d.budget);
		plain_free(&e);
	}
}

/* Nobody's mark for it would have changed anything else. */
TEST(a_withdrawn_project_counts_as_if_nobody_had_marked_it)
{
	size_t tried = 0;
	for (uint64_t i = 1; i <= elections; i++) {
		struct plain e;
		seed = i * UINT64_C(0x8f1bbcdcbfa53e0b);
		random_election(&e);
		tried += plain_assert_withdrawn_is_unmarked(&e);
		plain_free(&e);
	}
	assert_true(tried > elections / 5);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_counting_agrees),
		cmocka_unit_test(the_order_of_ballots_never_matters),
		cmocka_unit_test(money_places_and_reasons_add_up),
		cmocka_unit_test(a_withdrawn_project_counts_as_if_nobody_had_marked_it),
	};
	if (argc == 2)
		elections = strtoull(argv[1], NULL, 10);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
