/* SPDX-License-Identifier: Apache-2.0
 *
 * Equal shares and phragmen as the books have them.
 */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "test.h"
#include "textbook.h"

uint32_t textbook_points(const struct plain *e, size_t ballot, size_t k)
{
	uint32_t x = e->digits[ballot * e->d.n_projects + k];
	if (e->d.kind == YIHU_CONSENT)
		return x == 1 ? 1 : 0;
	if (e->d.kind == YIHU_ORDINAL)
		return x ? e->d.max_length - x + 1 : 0;
	return x;
}

uint64_t textbook_votes(const struct plain *e, size_t k)
{
	uint64_t votes = 0;
	for (size_t i = 0; i < e->p.n; i++)
		votes += textbook_points(e, i, k);
	return votes;
}

void textbook_init(struct textbook *x, const struct plain *e, const bool candidate[PLAIN_MAX])
{
	memset(x, 0, sizeof *x);
	x->e = e;
	memcpy(x->candidate, candidate, sizeof x->candidate);
	for (size_t i = 0; i < TEXTBOOK_BALLOTS_MAX; i++)
		mpq_inits(x->money[i], x->paid[i], NULL);
	for (size_t k = 0; k < PLAIN_MAX; k++)
		mpq_inits(x->round[k].cap, x->have[k], NULL);
}

void textbook_finish(struct textbook *x)
{
	for (size_t i = 0; i < TEXTBOOK_BALLOTS_MAX; i++)
		mpq_clears(x->money[i], x->paid[i], NULL);
	for (size_t k = 0; k < PLAIN_MAX; k++)
		mpq_clears(x->round[k].cap, x->have[k], NULL);
}

static void lot_of(uint8_t out[64], const struct plain *e, size_t k)
{
	uint8_t m[12 + 8 + 32 + 8 + 32 + 8 + 1] = "yihu/v1/lot";
	m[19] = 32;
	memcpy(m + 20, e->p.eid, 32);
	m[59] = 32;
	memcpy(m + 60, e->p.lot_seed, 32);
	m[99] = 1;
	m[100] = (uint8_t)e->projects[k].id[0];
	crypto_hash_sha512(out, m, sizeof m);
}

static bool wins_tie(const struct plain *e, size_t a, size_t b)
{
	uint8_t lot_a[64], lot_b[64];
	uint64_t votes_a = textbook_votes(e, a), votes_b = textbook_votes(e, b);
	if (e->projects[a].cost != e->projects[b].cost)
		return e->projects[a].cost < e->projects[b].cost;
	if (votes_a != votes_b)
		return votes_a > votes_b;
	lot_of(lot_a, e, a);
	lot_of(lot_b, e, b);
	return memcmp(lot_a, lot_b, 64) < 0;
}

/* What puts a before b, which is as good. */
static enum yihu_tiebreak why_first(const struct plain *e, size_t a, size_t b)
{
	if (e->projects[a].cost != e->projects[b].cost)
		return YIHU_BY_COST;
	return textbook_votes(e, a) != textbook_votes(e, b) ? YIHU_BY_MORE_VOTES : YIHU_BY_LOT;
}

/* The round that chooses `best`, of those that are as good. */
static void tell_round(struct textbook *x, size_t best, const bool as_good[PLAIN_MAX])
{
	static const int needed[YIHU_N_TIEBREAKS] = {
		[YIHU_BY_COST] = 1, [YIHU_BY_MORE_VOTES] = 2, [YIHU_BY_LOT] = 3};
	struct textbook_round *r = &x->round[x->n];
	r->by = YIHU_BY_VOTES;
	r->n_tied = 0;
	for (size_t k = 0; k < x->e->d.n_projects; k++) {
		if (k == best || !as_good[k])
			continue;
		enum yihu_tiebreak why = why_first(x->e, best, k);
		r->by = needed[why] > needed[r->by] ? why : r->by;
		r->n_tied += why == YIHU_BY_LOT;
	}
	r->n_tied += r->n_tied > 0;
}

static bool is_funded(const struct textbook *x, size_t k)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->funded[i] == k)
			return true;
	return false;
}

/* Σ min(money, ρ·u) at the ρ where ballot `at` has just enough. */
static void paid_at(mpq_t sum, const struct textbook *x, size_t k, const mpq_t rho)
{
	mpq_t part;
	mpq_init(part);
	mpq_set_ui(sum, 0, 1);
	for (size_t i = 0; i < x->e->p.n; i++) {
		mpq_set_ui(part, textbook_points(x->e, i, k), 1);
		mpq_mul(part, part, rho);
		mpq_add(sum, sum, mpq_cmp(part, x->money[i]) < 0 ? part : x->money[i]);
	}
	mpq_clear(part);
}

/* The least ρ with payments of cost(k). The payments as a function of ρ are
 * straight between the points money/u: find the first such point where they
 * are enough, and go back along the line. False: never enough. */
static bool find_cap(mpq_t out, const struct textbook *x, size_t k)
{
	mpq_t cost, corner, sum, best, less;
	bool found = false;
	mpq_inits(cost, corner, sum, best, less, NULL);
	mpq_set_ui(cost, x->e->projects[k].cost, 1);
	for (size_t i = 0; i < x->e->p.n; i++) {
		uint32_t u = textbook_points(x->e, i, k);
		if (u == 0)
			continue;
		mpq_set_ui(corner, 1, u);
		mpq_mul(corner, corner, x->money[i]);
		paid_at(sum, x, k, corner);
		if (mpq_cmp(sum, cost) >= 0 && (!found || mpq_cmp(corner, best) < 0)) {
			mpq_set(best, corner);
			found = true;
		}
	}
	uint64_t slope = 0; /* of the line that ends at best */
	for (size_t i = 0; found && i < x->e->p.n; i++) {
		uint32_t u = textbook_points(x->e, i, k);
		if (u == 0)
			continue;
		mpq_set_ui(corner, 1, u);
		mpq_mul(corner, corner, x->money[i]);
		if (mpq_cmp(corner, best) >= 0)
			slope += u;
	}
	if (found) {
		paid_at(sum, x, k, best);
		mpq_sub(less, sum, cost);
		mpq_set_ui(corner, 1, slope);
		mpq_mul(less, less, corner);
		mpq_sub(out, best, less);
	}
	mpq_clears(cost, corner, sum, best, less, NULL);
	return found;
}

static void take_payments(struct textbook *x, size_t k, const mpq_t rho)
{
	mpq_t part;
	struct textbook_round *r = &x->round[x->n];
	mpq_init(part);
	r->payers = r->emptied = 0;
	for (size_t i = 0; i < x->e->p.n; i++) {
		mpq_set_ui(part, textbook_points(x->e, i, k), 1);
		mpq_mul(part, part, rho);
		bool pays = mpq_sgn(part) > 0 && !x->emptied[i];
		bool lacks = mpq_cmp(part, x->money[i]) > 0;
		r->payers += pays;
		r->emptied += pays && lacks;
		x->emptied[i] = x->emptied[i] || (pays && lacks);
		if (lacks)
			mpq_set(part, x->money[i]);
		mpq_sub(x->money[i], x->money[i], part);
		mpq_add(x->paid[i], x->paid[i], part);
	}
	mpq_clear(part);
}

/* One round; false when nobody can be paid. */
static bool share_round(struct textbook *x)
{
	size_t best = PLAIN_MAX;
	bool as_good[PLAIN_MAX] = {false};
	mpq_t cap, value, best_value;
	mpq_inits(cap, value, best_value, NULL);
	for (size_t k = 0; k < x->e->d.n_projects; k++) {
		if (!x->candidate[k] || is_funded(x, k) || !find_cap(cap, x, k))
			continue;
		mpq_set_ui(value, x->e->projects[k].cost, 1);
		mpq_div(value, value, cap);
		int r = best == PLAIN_MAX ? 1 : mpq_cmp(value, best_value);
		if (r > 0)
			memset(as_good, 0, sizeof as_good);
		as_good[k] = r >= 0;
		if (r < 0 || (r == 0 && !wins_tie(x->e, k, best)))
			continue;
		best = k;
		mpq_set(best_value, value);
		mpq_set(x->round[x->n].cap, cap);
	}
	if (best != PLAIN_MAX) {
		tell_round(x, best, as_good);
		take_payments(x, best, x->round[x->n].cap);
		x->spent += x->e->projects[best].cost;
		x->funded[x->n++] = (uint32_t)best;
	}
	mpq_clears(cap, value, best_value, NULL);
	return best != PLAIN_MAX;
}

/* With `more` that everybody is given yet. */
static void tell_left(struct textbook *x, const mpq_t more)
{
	for (size_t k = 0; k < x->e->d.n_projects; k++) {
		x->has[k] = x->candidate[k] && !is_funded(x, k);
		mpq_set_ui(x->have[k], 0, 1);
		for (size_t i = 0; i < x->e->p.n; i++) {
			if (!textbook_points(x->e, i, k))
				continue;
			mpq_add(x->have[k], x->have[k], x->money[i]);
			mpq_add(x->have[k], x->have[k], more);
		}
	}
}

static void share_run(struct textbook *x, unsigned long raises)
{
	x->n = x->spent = 0;
	memset(x->emptied, 0, sizeof x->emptied);
	for (size_t i = 0; i < x->e->p.n; i++) {
		mpq_set_ui(x->money[i], x->e->d.budget + 100 * raises * x->e->p.n, x->e->p.n);
		mpq_canonicalize(x->money[i]);
		mpq_set_ui(x->paid[i], 0, 1);
	}
	while (share_round(x))
		;
	x->n_shares = x->n;
	mpq_t nothing;
	mpq_init(nothing);
	tell_left(x, nothing);
	mpq_clear(nothing);
}

static bool something_fits(const struct textbook *x)
{
	for (size_t k = 0; k < x->e->d.n_projects; k++)
		if (x->candidate[k] && !is_funded(x, k) &&
		    x->spent + x->e->projects[k].cost <= x->e->d.budget)
			return true;
	return false;
}

static void complete(struct textbook *x)
{
	bool seen[PLAIN_MAX] = {false};
	for (;;) {
		size_t best = PLAIN_MAX;
		for (size_t k = 0; k < x->e->d.n_projects; k++) {
			if (seen[k] || !x->candidate[k] || is_funded(x, k))
				continue;
			uint64_t votes = textbook_votes(x->e, k);
			uint64_t most = best == PLAIN_MAX ? 0 : textbook_votes(x->e, best);
			if (votes > most || (votes == most && wins_tie(x->e, k, best)))
				best = k;
		}
		if (best == PLAIN_MAX)
			return;
		seen[best] = true;
		if (x->spent + x->e->projects[best].cost > x->e->d.budget)
			continue;
		x->spent += x->e->projects[best].cost;
		x->funded[x->n++] = (uint32_t)best;
	}
}

/* Is there anything to raise shares for? */
static bool goes_on(const struct textbook *x)
{
	bool until_exhaustive = strstr(x->e->d.rule, "add1e") != NULL;
	for (size_t k = 0; k < x->e->d.n_projects; k++)
		if (x->candidate[k] && !is_funded(x, k))
			return until_exhaustive ? something_fits(x) : true;
	return false;
}

static void count_shares(struct textbook *x, bool raise)
{
	share_run(x, 0);
	while (raise && goes_on(x)) {
		share_run(x, x->raises + 1);
		if (x->spent > x->e->d.budget) {
			share_run(x, x->raises);
			return;
		}
		x->raises++;
	}
}

/* How long until k's supporters can buy it. */
static void wait_for(mpq_t out, const struct textbook *x, size_t k)
{
	unsigned long n = 0;
	mpq_t one;
	mpq_init(one);
	mpq_set_ui(out, x->e->projects[k].cost, 1);
	for (size_t i = 0; i < x->e->p.n; i++)
		if (textbook_points(x->e, i, k)) {
			mpq_sub(out, out, x->money[i]);
			n++;
		}
	mpq_set_ui(one, 1, n);
	mpq_mul(out, out, one);
	mpq_clear(one);
}

static void buy(struct textbook *x, size_t k, const mpq_t wait, mpq_t now)
{
	struct textbook_round *r = &x->round[x->n];
	r->payers = r->emptied = 0;
	for (size_t i = 0; i < x->e->p.n; i++) {
		bool pays = textbook_points(x->e, i, k) > 0;
		mpq_add(x->money[i], x->money[i], wait);
		if (pays)
			mpq_set_ui(x->money[i], 0, 1);
		r->payers += pays;
	}
	mpq_add(now, now, wait);
	mpq_set(r->cap, now);
	x->spent += x->e->projects[k].cost;
	x->funded[x->n++] = (uint32_t)k;
}

static bool phragmen_round(struct textbook *x, mpq_t now)
{
	size_t best = PLAIN_MAX;
	bool stop = false, as_good[PLAIN_MAX] = {false};
	mpq_t wait, least;
	mpq_inits(wait, least, NULL);
	for (size_t k = 0; k < x->e->d.n_projects; k++) {
		if (!x->candidate[k] || is_funded(x, k))
			continue;
		wait_for(wait, x, k);
		int r = best == PLAIN_MAX ? -1 : mpq_cmp(wait, least);
		bool dear = x->spent + x->e->projects[k].cost > x->e->d.budget;
		stop = r < 0 ? dear : r == 0 ? stop || dear : stop;
		if (r < 0)
			memset(as_good, 0, sizeof as_good);
		as_good[k] = r <= 0;
		if (r < 0 || (r == 0 && wins_tie(x->e, k, best)))
			best = k;
		if (r < 0)
			mpq_set(least, wait);
	}
	bool bought = best != PLAIN_MAX && !stop;
	if (bought) {
		tell_round(x, best, as_good);
		buy(x, best, least, now);
	} else if (stop) {
		tell_left(x, least);
	}
	mpq_clears(wait, least, NULL);
	return bought;
}

void textbook_count(struct textbook *x)
{
	const char *rule = x->e->d.rule;
	mpq_t now;
	mpq_init(now);
	if (strcmp(rule, "phragmen") == 0)
		while (phragmen_round(x, now))
			;
	else if (x->e->p.n > 0)
		count_shares(x, strcmp(rule, "equalshares") != 0);
	if (strcmp(rule, "equalshares/add1u") == 0 || strcmp(rule, "equalshares/add1eu") == 0)
		complete(x);
	mpq_clear(now);
}
