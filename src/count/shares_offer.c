/* SPDX-License-Identifier: Apache-2.0
 *
 * Offers: ρ of one project in one round, by doubles and by integers, and which of
 * two is the better. shares.h tells the method.
 */
#include "shares_offer.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

static uint32_t paid_points(const struct run *x, uint32_t group, size_t round)
{
	return yihu_utility(x->s->d, x->s->row[group][x->funded[round]]);
}

/* out −= what `counts` households' worth have left, over D. */
static void subtract_money(mpz_t out, const struct run *x, uint64_t weight)
{
	mpz_submul_ui(out, x->share_num, weight);
	for (size_t j = 0; j < x->n_rounds; j++)
		if (x->counts[j])
			mpz_addmul_ui(out, x->rho_num[j], x->counts[j]);
}

/* out −= money of those of k's supporters that are marked poor (all of them
 * when `all`); returns the points of the others. */
static uint64_t subtract_poor(mpz_t out, struct run *x, size_t k, bool all)
{
	uint64_t weight = 0, units = 0;
	memset(x->counts, 0, x->n_rounds * sizeof *x->counts);
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		uint64_t w = x->s->weight[v.group];
		if (x->emptied[v.group])
			continue;
		if (!all && !x->poor[v.group]) {
			units += w * v.u;
			continue;
		}
		weight += w;
		for (size_t j = 0; j < x->n_rounds; j++)
			x->counts[j] += w * paid_points(x, v.group, j);
	}
	subtract_money(out, x, weight);
	return units;
}

/* cost − what its supporters have together, over D. */
static void exact_shortfall(mpz_t out, struct run *x, size_t k)
{
	mpz_mul_ui(out, x->den, x->s->d->projects[k].cost);
	subtract_poor(out, x, k, true);
}

void yihu_supporters_have(mpz_t out, struct run *x, size_t k)
{
	mpz_set_ui(out, 0);
	subtract_poor(out, x, k, true);
	mpz_neg(out, out);
}

static void solve_exact(struct run *x, size_t k)
{
	struct offer *o = &x->offers[k];
	mpz_mul_ui(o->num, x->den, x->s->d->projects[k].cost);
	o->units = subtract_poor(o->num, x, k, false);
	assert(o->units > 0);
}

/* Has a household of the group less than ρ·u left? Exactly. */
static bool poorer_exact(struct run *x, uint32_t group, uint32_t u, const struct offer *o)
{
	mpz_t money;
	mpz_init_set(money, x->share_num);
	for (size_t j = 0; j < x->n_rounds; j++)
		mpz_submul_ui(money, x->rho_num[j], paid_points(x, group, j));
	mpz_mul_ui(money, money, o->units);
	mpz_submul_ui(money, o->num, u);
	bool poorer = mpz_sgn(money) < 0;
	mpz_clear(money);
	return poorer;
}

static double offer_double(struct run *x, const struct offer *o)
{
	mpq_t q;
	mpq_init(q);
	mpz_set(mpq_numref(q), o->num);
	mpz_mul_ui(mpq_denref(q), x->den, o->units);
	double d = mpq_get_d(q);
	mpq_clear(q);
	return d;
}

/* Rich until shown poor: ρ only grows while the poor are taken out, so who is
 * poor at one step is poor at the end. */
static bool take_out_poor_exactly(struct run *x, size_t k)
{
	const struct offer *o = &x->offers[k];
	double rho = offer_double(x, o);
	bool moved = false;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		if (x->emptied[v.group] || x->poor[v.group])
			continue;
		double gap = x->money[v.group] - rho * v.u;
		double open = x->slack + rho * v.u * 8 * DBL_EPSILON;
		if (gap > open || (gap >= -open && !poorer_exact(x, v.group, v.u, o)))
			continue;
		x->poor[v.group] = moved = true;
	}
	return moved;
}

static void clear_poor(struct run *x, size_t k)
{
	for (size_t i = 0; i < x->s->n_list[k]; i++)
		x->poor[x->s->list[k][i].group] = false;
}

static void set_exact(struct run *x, size_t k)
{
	struct offer *o = &x->offers[k];
	o->exact = true;
	o->rho = offer_double(x, o);
	double key = o->rho / (double)x->s->d->projects[k].cost;
	o->lo = key * (1 - 16 * DBL_EPSILON);
	o->hi = key * (1 + 16 * DBL_EPSILON);
}

/* Everything by integers. */
static void offer_slowly(struct run *x, size_t k)
{
	exact_shortfall(x->scratch, x, k);
	if (mpz_sgn(x->scratch) > 0) {
		x->offers[k].alive = false;
		return;
	}
	clear_poor(x, k);
	do
		solve_exact(x, k);
	while (take_out_poor_exactly(x, k));
	set_exact(x, k);
}

/* The supporters that still have money; what they have, and their points. */
static size_t gather(struct run *x, size_t k, double *sum, double *units)
{
	size_t n = 0;
	*sum = *units = 0;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		if (x->emptied[v.group])
			continue;
		*sum += x->money[v.group] * x->s->weight[v.group];
		*units += (double)x->s->weight[v.group] * v.u;
		x->rich[n++] = (uint32_t)i;
	}
	return n;
}

/* By doubles: ρ, and how far off it may be; false when somebody stands so near
 * the line that they cannot tell the poor from the rich. */
static bool solve_fast(struct run *x, size_t k, size_t n, double units, double error)
{
	const struct supporter *list = x->s->list[k];
	double need = (double)x->s->d->projects[k].cost, rho = 0;
	size_t before;
	do {
		before = n;
		rho = need / units;
		n = 0;
		for (size_t i = 0; i < before; i++) {
			struct supporter v = list[x->rich[i]];
			double money = x->money[v.group];
			if (money >= rho * v.u) {
				x->rich[n++] = x->rich[i];
				continue;
			}
			need -= money * x->s->weight[v.group];
			units -= (double)x->s->weight[v.group] * v.u;
		}
	} while (n > 0 && n < before);
	if (n == 0 || units < 0.5 || need < 0)
		return false;
	double off = error / units + rho * 8 * DBL_EPSILON;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = list[i];
		double open = x->slack + v.u * off;
		if (!x->emptied[v.group] && fabs(x->money[v.group] - rho * v.u) <= open)
			return false;
	}
	x->offers[k].rho = rho;
	x->offers[k].lo = (rho - off) / (double)x->s->d->projects[k].cost * (1 - DBL_EPSILON * 4);
	x->offers[k].hi = (rho + off) / (double)x->s->d->projects[k].cost * (1 + DBL_EPSILON * 4);
	return true;
}

void yihu_offer_make(struct run *x, size_t k)
{
	struct offer *o = &x->offers[k];
	double cost = (double)x->s->d->projects[k].cost, sum, units;
	o->fresh = true;
	o->exact = false;
	size_t n = gather(x, k, &sum, &units);
	/* points are whole numbers, and exact as doubles below 2^53 */
	double reach = (double)x->s->reach[k];
	double error =
		reach * x->slack + (reach * x->share + cost) * ((double)n + 8) * 2 * DBL_EPSILON;
	if (sum < cost - error)
		o->alive = false;
	else if (sum < cost + error || !solve_fast(x, k, n, units, error))
		offer_slowly(x, k);
}

void yihu_offer_exact(struct run *x, size_t k)
{
	struct offer *o = &x->offers[k];
	if (o->exact)
		return;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		x->poor[v.group] = x->money[v.group] < o->rho * v.u;
	}
	solve_exact(x, k);
	set_exact(x, k);
}

/* ρ_a/cost_a against ρ_b/cost_b. */
static int compare_exact(struct run *x, size_t a, size_t b)
{
	mpz_t left, right;
	yihu_offer_exact(x, a);
	yihu_offer_exact(x, b);
	mpz_inits(left, right, NULL);
	mpz_mul_ui(left, x->offers[a].num, x->offers[b].units);
	mpz_mul_ui(left, left, x->s->d->projects[b].cost);
	mpz_mul_ui(right, x->offers[b].num, x->offers[a].units);
	mpz_mul_ui(right, right, x->s->d->projects[a].cost);
	int r = mpz_cmp(left, right);
	mpz_clears(left, right, NULL);
	return r;
}

int yihu_offers_compare(struct run *x, size_t a, size_t b)
{
	if (x->offers[a].hi < x->offers[b].lo)
		return -1;
	if (x->offers[b].hi < x->offers[a].lo)
		return 1;
	return compare_exact(x, a, b);
}
