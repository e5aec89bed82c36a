/* SPDX-License-Identifier: Apache-2.0
 *
 * One run of equal shares: round after round. shares.h tells the method.
 */
#include <float.h>
#include <stdlib.h>

#include "shares_offer.h"

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
	int r = yihu_offers_compare(x, a, b);
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
		yihu_offer_make(x, (size_t)k);
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
					   yihu_offers_compare(x, k, best) == 0);
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

/* poor is k's own: yihu_offer_exact came last. */
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
	yihu_offer_make(x, k);
	yihu_offer_exact(x, k);
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
		yihu_supporters_have(have, x, k);
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
