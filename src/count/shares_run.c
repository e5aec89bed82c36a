/* SPDX-License-Identifier: Apache-2.0
 *
 * One run of equal shares. shares.h tells the method.
 */
#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shares.h"

/* A project's ρ as last computed. key = ρ/cost = 1/effective votes: it only
 * grows from round to round, so lo bounds it from below for ever. */
struct offer {
	bool alive, fresh, exact;
	double rho, lo, hi;
	mpz_t num; /* exact: ρ = num / (units·D), this round */
	uint64_t units;
};
struct run {
	const struct shares *s;
	struct offer *offers;
	double *money; /* a group's, each household; 0 when emptied */
	bool *emptied;
	double share, slack; /* |money − exact| ≤ slack */
	/* Over D: what each began with, and the ρ of each round. */
	mpz_t den, share_num, *rho_num, scratch;
	double *rho;
	uint32_t *funded;
	size_t n_rounds;
	/* The poor of the project in hand: they pay all they have. */
	bool *poor;
	uint32_t *rich; /* scratch: places in its list */
	uint64_t *counts;
	struct shares_result *result;
};

static void run_init(struct run *x, const struct shares *s, const mpz_t num, uint64_t den)
{
	*x = (struct run){.s = s};
	x->offers = yihu_calloc(s->n_projects, sizeof *x->offers);
	x->money = yihu_calloc(s->n_groups, sizeof *x->money);
	x->emptied = yihu_calloc(s->n_groups, sizeof *x->emptied);
	x->poor = yihu_calloc(s->n_groups, sizeof *x->poor);
	x->rich = yihu_calloc(s->n_groups, sizeof *x->rich);
	x->rho_num = yihu_calloc(s->n_projects, sizeof *x->rho_num);
	x->rho = yihu_calloc(s->n_projects, sizeof *x->rho);
	x->counts = yihu_calloc(s->n_projects, sizeof *x->counts);
	x->funded = yihu_calloc(s->n_projects, sizeof *x->funded);
	mpz_init_set(x->share_num, num);
	mpz_init_set_ui(x->den, den);
	mpz_init(x->scratch);
	x->share = mpz_get_d(num) / (double)den;
	x->slack = x->share * ((double)s->n_projects + 8) * 4 * DBL_EPSILON;
	for (size_t i = 0; i < s->n_groups; i++)
		x->money[i] = x->share;
	for (size_t k = 0; k < s->n_projects; k++) {
		struct offer *o = &x->offers[k];
		mpz_init(o->num);
		o->alive = s->o->projects[k].verdict == YIHU_FUNDED && s->n_list[k] > 0;
		o->lo = o->alive ? (1 - 8 * DBL_EPSILON) / (double)s->o->projects[k].votes : 0;
	}
}

static void run_finish(struct run *x)
{
	for (size_t k = 0; k < x->s->n_projects; k++)
		mpz_clear(x->offers[k].num);
	for (size_t j = 0; j < x->n_rounds; j++)
		mpz_clear(x->rho_num[j]);
	mpz_clears(x->share_num, x->den, x->scratch, NULL);
	free(x->offers);
	free(x->money);
	free(x->emptied);
	free(x->poor);
	free(x->rich);
	free(x->rho_num);
	free(x->rho);
	free(x->counts);
	free(x->funded);
}

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

static void make_offer(struct run *x, size_t k)
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

/* ρ by integers, after make_offer: doubles have told poor from rich for good. */
static void make_exact(struct run *x, size_t k)
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
	make_exact(x, a);
	make_exact(x, b);
	mpz_inits(left, right, NULL);
	mpz_mul_ui(left, x->offers[a].num, x->offers[b].units);
	mpz_mul_ui(left, left, x->s->d->projects[b].cost);
	mpz_mul_ui(right, x->offers[b].num, x->offers[a].units);
	mpz_mul_ui(right, right, x->s->d->projects[a].cost);
	int r = mpz_cmp(left, right);
	mpz_clears(left, right, NULL);
	return r;
}

static int compare_offers(struct run *x, size_t a, size_t b)
{
	if (x->offers[a].hi < x->offers[b].lo)
		return -1;
	if (x->offers[b].hi < x->offers[a].lo)
		return 1;
	return compare_exact(x, a, b);
}

/* The least lower bound among those not computed this round. */
static long next_to_try(const struct run *x)
{
	long at = -1;
	for (size_t k = 0; k < x->s->n_projects; k++) {
		const struct offer *o = &x->offers[k];
		if (o->alive && !o->fresh && (at < 0 || o->lo < x->offers[at].lo))
			at = (long)k;
	}
	return at;
}

static bool better(struct run *x, size_t a, size_t b)
{
	enum yihu_tiebreak by;
	int r = compare_offers(x, a, b);
	return r ? r < 0 : yihu_tie_first(x->s, (uint32_t)a, (uint32_t)b, &by);
}

/* The project with the most effective votes, or −1 when none can be paid. */
static long choose(struct run *x)
{
	long best = -1;
	for (size_t k = 0; k < x->s->n_projects; k++)
		x->offers[k].fresh = x->offers[k].exact = false;
	for (;;) {
		long k = next_to_try(x);
		if (k < 0 || (best >= 0 && x->offers[k].lo > x->offers[best].hi))
			return best;
		make_offer(x, (size_t)k);
		if (x->offers[k].alive && (best < 0 || better(x, (size_t)k, (size_t)best)))
			best = k;
	}
}

/* What put the chosen one before every other: the weakest of the reasons. */
static enum yihu_tiebreak told_apart(struct run *x, size_t best, struct yihu_round *round)
{
	enum yihu_tiebreak by = YIHU_BY_VOTES, why;
	uint32_t *tied = yihu_calloc(x->s->n_projects, sizeof *tied);
	size_t n = 0;
	for (size_t k = 0; k < x->s->n_projects; k++) {
		bool equal = k == best || (x->offers[k].alive && x->offers[k].fresh &&
					   compare_offers(x, k, best) == 0);
		if (!equal)
			continue;
		if (k != best)
			yihu_tie_first(x->s, (uint32_t)best, (uint32_t)k, &why);
		else
			why = YIHU_BY_VOTES;
		if (k == best || why == YIHU_BY_LOT || why == YIHU_BY_FILE)
			tied[n++] = (uint32_t)k;
		if (why == YIHU_BY_FILE) {
			x->result->by_file = true;
			x->result->tie[0] = (uint32_t)best;
			x->result->tie[1] = (uint32_t)k;
		}
		if (yihu_tie_weaker(why, by))
			by = why;
	}
	if (round && n > 1) {
		round->tied = tied;
		round->n_tied = n;
	} else {
		free(tied);
	}
	return by;
}

/* The new ρ = num/(units·D) joins the others over one denominator. */
static void add_round(struct run *x, size_t k)
{
	struct offer *o = &x->offers[k];
	mpz_t g;
	mpz_init(g);
	uint64_t common = mpz_gcd_ui(g, o->num, o->units), scale = o->units / common;
	mpz_mul_ui(x->den, x->den, scale);
	mpz_mul_ui(x->share_num, x->share_num, scale);
	for (size_t j = 0; j < x->n_rounds; j++)
		mpz_mul_ui(x->rho_num[j], x->rho_num[j], scale);
	mpz_init(x->rho_num[x->n_rounds]);
	mpz_divexact_ui(x->rho_num[x->n_rounds], o->num, common);
	x->rho[x->n_rounds] = o->rho;
	x->funded[x->n_rounds++] = (uint32_t)k;
	mpz_clear(g);
}

/* poor is k's own: make_exact or offer_slowly came last. */
static void collect(struct run *x, size_t k, struct yihu_round *round)
{
	double rho = x->offers[k].rho;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		if (x->emptied[v.group])
			continue;
		bool poor = x->poor[v.group];
		if (round) {
			round->payers += x->s->weight[v.group];
			round->emptied += poor ? x->s->weight[v.group] : 0;
		}
		x->money[v.group] = poor ? 0 : x->money[v.group] - rho * v.u;
		x->emptied[v.group] = poor;
	}
}

static void tell_round(struct run *x, size_t k, struct yihu_round *round)
{
	mpz_t den;
	mpz_init(den);
	mpz_mul_ui(den, x->den, x->offers[k].units);
	round->project = (uint32_t)k;
	round->cap = yihu_rational_text(x->offers[k].num, den);
	mpz_mul_ui(den, den, x->s->d->projects[k].cost);
	round->effective = yihu_rational_text(den, x->offers[k].num);
	mpz_clear(den);
}

static void fund(struct run *x, size_t k, struct yihu_trace *trace)
{
	struct yihu_round *round = trace ? &trace->rounds[trace->n_rounds++] : NULL;
	enum yihu_tiebreak by = told_apart(x, k, round);
	x->offers[k].exact = false; /* others have used `poor` since */
	make_offer(x, k);
	make_exact(x, k);
	if (round) {
		round->by = by;
		tell_round(x, k, round);
	}
	collect(x, k, round);
	add_round(x, k);
	x->offers[k].alive = false;
	x->result->spent += x->s->d->projects[k].cost;
	x->result->funded[x->result->n_funded++] = (uint32_t)k;
}

static void tell_left(struct run *x, struct yihu_trace *trace)
{
	bool *funded = yihu_calloc(x->s->n_projects, sizeof *funded);
	mpz_t have;
	mpz_init(have);
	for (size_t j = 0; j < x->n_rounds; j++)
		funded[x->funded[j]] = true;
	for (size_t k = 0; k < x->s->n_projects; k++) {
		if (funded[k] || x->s->o->projects[k].verdict != YIHU_FUNDED)
			continue;
		mpz_set_ui(have, 0);
		subtract_poor(have, x, k, true);
		mpz_neg(have, have);
		trace->have[k] = yihu_rational_text(have, x->den);
	}
	mpz_clear(have);
	free(funded);
}

void yihu_shares_run(struct shares_result *r, const struct shares *s, const mpz_t num, uint64_t den,
		     struct yihu_trace *trace)
{
	struct run x;
	long k;
	run_init(&x, s, num, den);
	x.result = r;
	r->n_funded = 0;
	r->spent = 0;
	while ((k = choose(&x)) >= 0)
		fund(&x, (size_t)k, trace);
	if (trace)
		tell_left(&x, trace);
	run_finish(&x);
}
