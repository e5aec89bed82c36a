/* SPDX-License-Identifier: Apache-2.0
 *
 * Sequential Phragmén: every household is given money at the same pace, from
 * nothing; as soon as a project's supporters have its cost together they buy
 * it and have nothing. So a household has what it was given since its last
 * purchase, and t(p), what each has been given when p is bought, is
 * (cost(p) + Σ over supporters of the t of their last purchase) / supporters.
 * All t are numerators over one denominator.
 */
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "outcome.h"
#include "runs.h"
#include "shares.h"

struct phragmen {
	const struct shares *s;
	bool *open;      /* candidates not bought */
	uint32_t *last;  /* a group's last purchase, from 1; 0: none */
	mpz_t den, *at;  /* at[j] over den: t of purchase j; at[0] = 0 */
	size_t n_bought; /* at holds one more */
	mpz_t *num;      /* t of an open project over reach·den, this round */
	uint64_t *counts;
	long stopped_at; /* −1: nowhere */
};

static void init(struct phragmen *x, const struct shares *s)
{
	*x = (struct phragmen){.s = s, .stopped_at = -1};
	x->open = yihu_calloc(s->n_projects, sizeof *x->open);
	x->last = yihu_calloc(s->n_groups, sizeof *x->last);
	x->at = yihu_calloc(s->n_projects + 1, sizeof *x->at);
	x->num = yihu_calloc(s->n_projects, sizeof *x->num);
	x->counts = yihu_calloc(s->n_projects + 1, sizeof *x->counts);
	mpz_init_set_ui(x->den, 1);
	mpz_init(x->at[0]);
	for (size_t k = 0; k < s->n_projects; k++) {
		mpz_init(x->num[k]);
		x->open[k] = s->o->projects[k].verdict == YIHU_FUNDED && s->n_list[k] > 0;
	}
}

static void finish(struct phragmen *x)
{
	for (size_t j = 0; j <= x->n_bought; j++)
		mpz_clear(x->at[j]);
	for (size_t k = 0; k < x->s->n_projects; k++)
		mpz_clear(x->num[k]);
	mpz_clear(x->den);
	free(x->open);
	free(x->last);
	free(x->at);
	free(x->num);
	free(x->counts);
}

/* out = Σ over supporters of the t of their last purchase, over den */
static void sum_of_last(mpz_t out, struct phragmen *x, size_t k)
{
	memset(x->counts, 0, (x->n_bought + 1) * sizeof *x->counts);
	for (size_t i = 0; i < x->s->n_list[k]; i++) {
		uint32_t group = x->s->list[k][i].group;
		x->counts[x->last[group]] += x->s->weight[group];
	}
	mpz_set_ui(out, 0);
	for (size_t j = 1; j <= x->n_bought; j++)
		mpz_addmul_ui(out, x->at[j], x->counts[j]);
}

static void find_times(struct phragmen *x)
{
	for (size_t k = 0; k < x->s->n_projects; k++) {
		if (!x->open[k])
			continue;
		sum_of_last(x->num[k], x, k);
		mpz_addmul_ui(x->num[k], x->den, x->s->d->projects[k].cost);
	}
}

static int compare_times(const struct phragmen *x, size_t a, size_t b)
{
	mpz_t left, right;
	mpz_inits(left, right, NULL);
	mpz_mul_ui(left, x->num[a], x->s->reach[b]);
	mpz_mul_ui(right, x->num[b], x->s->reach[a]);
	int r = mpz_cmp(left, right);
	mpz_clears(left, right, NULL);
	return r;
}

/* The earliest; of equals the one that goes first. −1: none is open. */
static long earliest(const struct phragmen *x)
{
	long best = -1;
	enum yihu_tiebreak by;
	for (size_t k = 0; k < x->s->n_projects; k++) {
		if (!x->open[k])
			continue;
		int r = best < 0 ? -1 : compare_times(x, k, (size_t)best);
		if (r < 0 || (r == 0 && yihu_tie_first(x->s, (uint32_t)k, (uint32_t)best, &by)))
			best = (long)k;
	}
	return best;
}

/* Among those equal to the best in time: one that does not fit, or −1. */
static long equal_and_too_dear(const struct phragmen *x, size_t best, uint64_t left)
{
	for (size_t k = 0; k < x->s->n_projects; k++)
		if (x->open[k] && x->s->d->projects[k].cost > left &&
		    compare_times(x, k, best) == 0)
			return (long)k;
	return -1;
}

static int tell_tie(const struct phragmen *x, size_t best, struct yihu_round *round,
		    struct yihu_error *err)
{
	enum yihu_tiebreak by;
	round->tied = yihu_calloc(x->s->n_projects, sizeof *round->tied);
	for (size_t k = 0; k < x->s->n_projects; k++) {
		bool other = k != best && x->open[k] && compare_times(x, k, best) == 0;
		by = YIHU_BY_VOTES;
		if (other)
			yihu_tie_first(x->s, (uint32_t)best, (uint32_t)k, &by);
		if (by == YIHU_BY_FILE)
			return yihu_fail_tie(x->s, best, k, err);
		if (k == best || by == YIHU_BY_LOT)
			round->tied[round->n_tied++] = (uint32_t)k;
		if (yihu_tie_weaker(by, round->by))
			round->by = by;
	}
	if (round->n_tied == 1)
		round->n_tied = 0;
	return 0;
}

static char *time_text(const struct phragmen *x, size_t k)
{
	mpz_t den;
	mpz_init(den);
	mpz_mul_ui(den, x->den, x->s->reach[k]);
	char *text = yihu_rational_text(x->num[k], den);
	mpz_clear(den);
	return text;
}

static void buy(struct phragmen *x, size_t k)
{
	uint64_t reach = x->s->reach[k];
	x->open[k] = false;
	mpz_mul_ui(x->den, x->den, reach);
	for (size_t j = 1; j <= x->n_bought; j++)
		mpz_mul_ui(x->at[j], x->at[j], reach);
	mpz_init_set(x->at[++x->n_bought], x->num[k]);
	for (size_t i = 0; i < x->s->n_list[k]; i++)
		x->last[x->s->list[k][i].group] = (uint32_t)x->n_bought;
}

/* At the time of `at` each open project's supporters have reach·t − Σ last. */
static void tell_left(struct phragmen *x, size_t at, struct yihu_trace *t)
{
	mpz_t have, last, den;
	mpz_inits(have, last, den, NULL);
	mpz_mul_ui(den, x->den, x->s->reach[at]);
	for (size_t k = 0; k < x->s->n_projects; k++) {
		if (!x->open[k])
			continue;
		mpz_mul_ui(have, x->num[at], x->s->reach[k]);
		sum_of_last(last, x, k);
		mpz_submul_ui(have, last, x->s->reach[at]);
		t->have[k] = yihu_rational_text(have, den);
	}
	mpz_clears(have, last, den, NULL);
}

static int buy_next(struct phragmen *x, struct yihu_outcome *o, size_t k, struct yihu_error *err)
{
	struct yihu_round *round = &o->trace->rounds[o->trace->n_rounds++];
	round->project = (uint32_t)k;
	round->payers = x->s->reach[k];
	round->cap = time_text(x, k);
	int r = tell_tie(x, k, round, err);
	free(o->trace->share);
	o->trace->share = yihu_strdup(round->cap);
	buy(x, k);
	yihu_fund_by_rule(o, x->s->d, (uint32_t)k);
	return r;
}

static void stop_at(struct phragmen *x, struct yihu_outcome *o, size_t k, uint64_t left)
{
	free(o->trace->share);
	o->trace->share = time_text(x, k);
	tell_left(x, k, o->trace);
	o->projects[k].left_before = left;
	x->stopped_at = (long)k;
}

static void give_verdicts(const struct phragmen *x, struct yihu_outcome *o)
{
	for (size_t k = 0; k < o->n_projects; k++)
		if (x->open[k])
			o->projects[k].verdict =
				(long)k == x->stopped_at ? YIHU_TOO_DEAR : YIHU_AFTER_STOP;
}

static int run(struct phragmen *x, struct yihu_outcome *o, struct yihu_error *err)
{
	const struct yihu_definition *d = x->s->d;
	for (;;) {
		find_times(x);
		long best = earliest(x);
		if (best < 0)
			return 0;
		long over = equal_and_too_dear(x, (size_t)best, d->budget - o->spent);
		if (over >= 0) {
			stop_at(x, o, (size_t)over, d->budget - o->spent);
			return 0;
		}
		int r = buy_next(x, o, (size_t)best, err);
		if (r != 0)
			return r;
	}
}

int yihu_run_phragmen(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err)
{
	struct shares s;
	struct phragmen x;
	if (p->n == 0)
		return 0;
	o->trace = yihu_trace_new(o->n_projects);
	o->trace->share = yihu_strdup("0/1");
	yihu_shares_init(&s, o, p);
	init(&x, &s);
	int r = run(&x, o, err);
	yihu_order_by_votes(o, p); /* what was not bought */
	give_verdicts(&x, o);
	finish(&x);
	yihu_shares_finish(&s);
	return r;
}
