/* SPDX-License-Identifier: Apache-2.0
 *
 * How far shares can rise before a run of equal shares could go otherwise.
 *
 * With t fen more for every household, and as long as the same households pay
 * all they have, money and ρ are linear in t, and so are these conditions,
 * under which every round goes as it went:
 *
 *   - the poor of the project that is funded have at most ρ·u, the rich at least
 *     (who stay so: what one has never falls with t, and ρ never rises);
 *   - no other project k of that round is as good: at ρ' = ρ·cost(k)/cost, which
 *     would make it so, its supporters together pay less than cost(k). For any
 *     set A of them they pay at most Σ_A money + ρ'·Σ_rest u, so A is a guess;
 *   - in the end, the supporters of each project left have less than its cost.
 *
 * Doubles only guess sets; what is required is required of integers.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "shares.h"

#define NEAR (1.0 / (1 << 30)) /* of a share: then slopes tell who is poor */

/* (at + by·t) over the denominator of all */
struct linear {
	mpz_t at, by;
};
struct standing {
	const struct shares *s;
	uint64_t step, steps; /* the least number of steps that a condition allows */
	mpz_t den, room, pace;
	struct linear *money; /* a group's, each household */
	double *near, *slope; /* the same, about */
	double share;
	bool *poor, *gone; /* of the project in hand; a project funded */
	/* of the project funded in this round: ρ = rho/(units·den) */
	struct linear rho, f;
	uint64_t units;
	double cap, rise; /* ρ and its slope, about */
};

static void linear_init(struct linear *f)
{
	mpz_inits(f->at, f->by, NULL);
}

static void linear_clear(struct linear *f)
{
	mpz_clears(f->at, f->by, NULL);
}

static void linear_scale(struct linear *f, uint64_t by)
{
	mpz_mul_ui(f->at, f->at, by);
	mpz_mul_ui(f->by, f->by, by);
}

static void linear_negate(struct linear *f)
{
	mpz_neg(f->at, f->at);
	mpz_neg(f->by, f->by);
}

static void linear_submul(struct linear *f, const struct linear *g, uint64_t times)
{
	mpz_submul_ui(f->at, g->at, times);
	mpz_submul_ui(f->by, g->by, times);
}

static void init(struct standing *x, const struct shares *s, const mpz_t num, uint64_t step)
{
	*x = (struct standing){.s = s, .step = step, .steps = UINT64_MAX};
	x->money = yihu_calloc(s->n_groups, sizeof *x->money);
	x->near = yihu_calloc(s->n_groups, sizeof *x->near);
	x->slope = yihu_calloc(s->n_groups, sizeof *x->slope);
	x->poor = yihu_calloc(s->n_groups, sizeof *x->poor);
	x->gone = yihu_calloc(s->n_projects, sizeof *x->gone);
	x->share = mpz_get_d(num) / (double)s->p->n;
	mpz_init_set_ui(x->den, s->p->n);
	mpz_inits(x->room, x->pace, NULL);
	linear_init(&x->rho);
	linear_init(&x->f);
	for (size_t i = 0; i < s->n_groups; i++) {
		mpz_init_set(x->money[i].at, num);
		mpz_init_set(x->money[i].by, x->den);
		x->near[i] = x->share;
		x->slope[i] = 1;
	}
}

static void finish(struct standing *x)
{
	for (size_t i = 0; i < x->s->n_groups; i++)
		linear_clear(&x->money[i]);
	linear_clear(&x->rho);
	linear_clear(&x->f);
	mpz_clears(x->den, x->room, x->pace, NULL);
	free(x->money);
	free(x->near);
	free(x->slope);
	free(x->poor);
	free(x->gone);
}

/* f ≥ 0, or f > 0 */
static void require(struct standing *x, bool strict)
{
	mpz_sub_ui(x->room, x->f.at, strict);
	if (mpz_sgn(x->room) < 0) {
		x->steps = 0;
	} else if (mpz_sgn(x->f.by) < 0) {
		mpz_mul_ui(x->pace, x->f.by, x->step);
		mpz_neg(x->pace, x->pace);
		mpz_fdiv_q(x->room, x->room, x->pace);
		if (mpz_cmp_ui(x->room, x->steps) < 0)
			x->steps = mpz_get_ui(x->room);
	}
}

/* Has it less than (cap + rise·t)·u? Where doubles cannot tell: from now on? */
static bool poorer(const struct standing *x, struct supporter v, double cap, double rise)
{
	double gap = x->near[v.group] - cap * v.u;
	return fabs(gap) <= x->share * NEAR ? x->slope[v.group] <= rise * v.u : gap < 0;
}

/* ρ and its slope, about, when the marked poor pay all they have. */
static uint64_t solve_about(struct standing *x, size_t k)
{
	double need = (double)x->s->d->projects[k].cost, rise = 0;
	uint64_t units = 0;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		uint64_t weight = x->s->weight[v.group];
		if (!x->poor[v.group]) {
			units += weight * v.u;
			continue;
		}
		need -= x->near[v.group] * (double)weight;
		rise -= x->slope[v.group] * (double)weight;
	}
	x->cap = need / (double)units;
	x->rise = rise / (double)units;
	return units;
}

/* Marks those of the rich that are poorer; all of them cannot be. */
static bool mark_poorer(struct standing *x, size_t k, bool mark)
{
	bool some = false, all = true;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		if (x->poor[v.group])
			continue;
		bool is = poorer(x, v, x->cap, x->rise);
		some = some || is;
		all = all && is;
		x->poor[v.group] = mark && is;
	}
	return some && !all;
}

static void guess_poor(struct standing *x, size_t k)
{
	for (size_t i = 0; i < x->s->n_list[k]; i++)
		x->poor[x->s->list[k][i].group] = false;
	x->units = solve_about(x, k);
	while (mark_poorer(x, k, false)) {
		mark_poorer(x, k, true);
		x->units = solve_about(x, k);
	}
}

/* f = cost − what the marked poor have, over den */
static void shortfall(struct standing *x, struct linear *f, size_t k)
{
	mpz_mul_ui(f->at, x->den, x->s->d->projects[k].cost);
	mpz_set_ui(f->by, 0);
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		uint32_t group = x->s->list[k][i].group;
		if (x->poor[group])
			linear_submul(f, &x->money[group], x->s->weight[group]);
	}
}

/* f = money − ρ·u, over units·den */
static void what_is_left(struct standing *x, struct supporter v)
{
	mpz_mul_ui(x->f.at, x->money[v.group].at, x->units);
	mpz_mul_ui(x->f.by, x->money[v.group].by, x->units);
	linear_submul(&x->f, &x->rho, v.u);
}

static void require_poor_and_rich(struct standing *x, size_t k)
{
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		what_is_left(x, v);
		if (x->poor[v.group])
			linear_negate(&x->f);
		require(x, false);
	}
}

/* Over den·units·cost(best). */
static void require_worse(struct standing *x, size_t k, size_t best)
{
	const struct yihu_project *projects = x->s->d->projects;
	double ratio = (double)projects[k].cost / (double)projects[best].cost;
	uint64_t capped = 0;
	enum yihu_tiebreak by;
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		x->poor[v.group] = poorer(x, v, x->cap * ratio, x->rise * ratio);
		capped += x->poor[v.group] ? 0 : (uint64_t)x->s->weight[v.group] * v.u;
	}
	shortfall(x, &x->f, k);
	linear_scale(&x->f, x->units);
	linear_scale(&x->f, projects[best].cost);
	mpz_set_ui(x->pace, projects[k].cost);
	mpz_mul_ui(x->pace, x->pace, capped);
	mpz_submul(x->f.at, x->rho.at, x->pace);
	mpz_submul(x->f.by, x->rho.by, x->pace);
	/* Just enough is as good, and the tie's order decides. When all pay all they
	 * have to reach it, less than ρ' is enough too. */
	bool first = yihu_tie_first(x->s, (uint32_t)best, (uint32_t)k, &by);
	require(x, !first || by == YIHU_BY_FILE || capped == 0);
}

static bool is_open(const struct standing *x, size_t k)
{
	return !x->gone[k] && x->s->o->projects[k].verdict == YIHU_FUNDED;
}

static void pay(struct standing *x, size_t k)
{
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		bool poor = x->poor[v.group];
		x->near[v.group] = poor ? 0 : x->near[v.group] - x->cap * v.u;
		x->slope[v.group] = poor ? 0 : x->slope[v.group] - x->rise * v.u;
	}
	for (size_t i = 0; i < x->s->n_groups; i++)
		linear_scale(&x->money[i], x->units);
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		struct supporter v = x->s->list[k][i];
		linear_submul(&x->money[v.group], &x->rho, v.u);
		if (!x->poor[v.group])
			continue;
		mpz_set_ui(x->money[v.group].at, 0);
		mpz_set_ui(x->money[v.group].by, 0);
	}
	mpz_mul_ui(x->den, x->den, x->units);
}

static void fund(struct standing *x, size_t k)
{
	guess_poor(x, k);
	shortfall(x, &x->rho, k);
	require_poor_and_rich(x, k);
	x->gone[k] = true;
	for (size_t other = 0; other < x->s->n_projects; other++)
		if (is_open(x, other))
			require_worse(x, other, k);
	guess_poor(x, k);
	pay(x, k);
}

static void require_all_too_poor(struct standing *x)
{
	for (size_t i = 0; i < x->s->n_groups; i++)
		x->poor[i] = true;
	for (size_t k = 0; k < x->s->n_projects; k++) {
		if (!is_open(x, k))
			continue;
		shortfall(x, &x->f, k);
		require(x, true);
	}
}

uint64_t yihu_shares_stand(const struct shares *s, const mpz_t num, uint64_t step,
			   const struct shares_result *r)
{
	struct standing x;
	init(&x, s, num, step);
	for (size_t i = 0; i < r->n_funded && x.steps > 0; i++)
		fund(&x, r->funded[i]);
	if (x.steps > 0)
		require_all_too_poor(&x);
	finish(&x);
	/* Some condition ends: with enough money everything is funded. */
	return x.steps == UINT64_MAX ? 0 : x.steps;
}
