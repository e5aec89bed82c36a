/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of equal shares: one run, runs with raised shares, greedy with
 * what is left, and the comparison with greedy.
 */
#include <assert.h>
#include <stdlib.h>

#include "order.h"
#include "outcome.h"
#include "runs.h"
#include "shares.h"

#define UNIT 100 /* fen: one of the file's currency */
/* Raises that are run one by one before it is asked how far the outcome stands;
 * to find that out takes as long as some WORTH_ASKING runs. */
#define PAUSE 32
#define PAUSE_MAX 1024
#define WORTH_ASKING 8

/* Every household's money after this many raises, over n. */
static void share_after(mpz_t num, const struct shares *s, uint64_t raises)
{
	mpz_set_ui(num, UNIT);
	mpz_mul_ui(num, num, raises);
	mpz_mul_ui(num, num, s->p->n);
	mpz_add_ui(num, num, s->d->budget);
}

/* Raised until one raise more would spend over the budget; or no further than an
 * outcome that nothing more fits into. */
enum raise { NOT_AT_ALL, WHILE_IT_FITS, UNTIL_EXHAUSTIVE };

/* Does no candidate fit into so much money any more? */
static bool exhaustive(const struct shares *s, const struct shares_result *r, uint64_t left)
{
	bool *funded = yihu_calloc(s->n_projects, sizeof *funded), full = true;
	for (size_t i = 0; i < r->n_funded; i++)
		funded[r->funded[i]] = true;
	for (size_t k = 0; k < s->n_projects; k++)
		if (!funded[k] && s->o->projects[k].verdict == YIHU_FUNDED &&
		    s->d->projects[k].cost <= left)
			full = false;
	free(funded);
	return full;
}

/* Raises are run one by one; those under which nothing changes are passed over,
 * asked for as long as that helps: there can be 10^13 of them. */
struct climb {
	uint64_t ask_at, pause;
};

static void climb_on(struct climb *c, struct yihu_trace *t, const struct shares *s, const mpz_t num,
		     const struct shares_result *r)
{
	if (t->raises >= c->ask_at) {
		uint64_t passed = yihu_shares_stand(s, num, UNIT, r);
		uint64_t longer = 2 * c->pause + 1;
		t->raises += passed;
		c->pause = passed > WORTH_ASKING ? 0 : longer < PAUSE_MAX ? longer : PAUSE_MAX;
		c->ask_at = t->raises + 1 + c->pause;
	}
	t->raises++;
}

/* Money without end is enough for every candidate: then only all of them funded
 * leave nothing to raise for. */
static bool is_enough(const struct shares *s, const struct shares_result *r, enum raise raise)
{
	return exhaustive(s, r, raise == UNTIL_EXHAUSTIVE ? s->d->budget - r->spent : UINT64_MAX);
}

/* How often shares are raised before the outcome that counts. */
static int find_raises(struct yihu_trace *t, const struct shares *s, enum raise raise,
		       struct yihu_error *err)
{
	struct climb climb = {PAUSE, PAUSE};
	struct shares_result r;
	mpz_t num;
	int rc = 0;
	mpz_init(num);
	yihu_shares_result_init(&r, s);
	while (t->raise_end == YIHU_RAISE_NONE) {
		share_after(num, s, t->raises);
		yihu_shares_run(&r, s, num, s->p->n, NULL);
		if (r.by_file) {
			rc = yihu_fail_tie(s, r.tie[0], r.tie[1], err);
			break;
		}
		if (r.spent > s->d->budget) {
			assert(t->raises > 0);
			t->raises--;
			t->raise_end = YIHU_RAISE_OVER;
		} else if (is_enough(s, &r, raise)) {
			t->raise_end = YIHU_RAISE_EXHAUSTIVE;
		} else {
			climb_on(&climb, t, s, num, &r);
		}
	}
	yihu_shares_result_finish(&r);
	mpz_clear(num);
	return rc;
}

static int run_once(struct yihu_outcome *o, const struct shares *s, struct yihu_error *err)
{
	struct shares_result r;
	mpz_t num, den;
	int rc = 0;
	mpz_inits(num, den, NULL);
	yihu_shares_result_init(&r, s);
	share_after(num, s, o->trace->raises);
	mpz_set_ui(den, s->p->n);
	o->trace->share = yihu_rational_text(num, den);
	yihu_shares_run(&r, s, num, s->p->n, o->trace);
	if (r.by_file)
		rc = yihu_fail_tie(s, r.tie[0], r.tie[1], err);
	for (size_t i = 0; i < r.n_funded; i++)
		yihu_fund_by_rule(o, s->d, r.funded[i]);
	yihu_shares_result_finish(&r);
	mpz_clears(num, den, NULL);
	return rc;
}

static uint64_t funded_of(const struct yihu_outcome *o, const struct shares *s, size_t group)
{
	uint64_t n = 0;
	for (size_t i = 0; i < o->n_funded; i++)
		n += yihu_utility(s->d, s->row[group][o->funded[i]]) > 0;
	return n;
}

/* The option comparison: *greedy is taken when more households have more of
 * their projects in it than have more of them in o. */
static void compare(struct yihu_outcome *o, struct yihu_outcome *greedy, const struct shares *s)
{
	struct yihu_trace *t = o->trace;
	t->compared = true;
	for (size_t i = 0; i < s->n_groups; i++) {
		uint64_t here = funded_of(o, s, i), there = funded_of(greedy, s, i);
		t->prefer_greedy += there > here ? s->weight[i] : 0;
		t->prefer_shares += here > there ? s->weight[i] : 0;
	}
	t->greedy_taken = t->prefer_greedy > t->prefer_shares;
	if (!t->greedy_taken)
		return;
	struct yihu_outcome kept = *o;
	*o = *greedy;
	o->trace = t;
	*greedy = kept;
	greedy->trace = NULL;
}

enum then { STOP_THERE, COMPLETE };

static int finish(struct yihu_outcome *o, const struct yihu_profile *p, enum then then,
		  struct yihu_error *err)
{
	size_t first = o->n_order;
	if (then == COMPLETE)
		return yihu_run_greedy(o, p, err);
	yihu_order_by_votes(o, p);
	for (size_t i = first; i < o->n_order; i++)
		o->projects[o->order[i]].verdict = YIHU_TOO_POOR;
	return 0;
}

static int run(struct yihu_outcome *o, const struct yihu_profile *p, enum raise raise,
	       enum then then, struct yihu_error *err)
{
	struct shares s;
	struct yihu_outcome *greedy = NULL;
	if (p->n == 0)
		return 0;
	o->trace = yihu_trace_new(o->n_projects);
	if (p->definition->comparison)
		greedy = yihu_outcome_copy(o);
	yihu_shares_init(&s, o, p);
	int r = raise ? find_raises(o->trace, &s, raise, err) : 0;
	if (r == 0)
		r = run_once(o, &s, err);
	if (r == 0)
		r = finish(o, p, then, err);
	if (r == 0 && greedy)
		r = yihu_run_greedy(greedy, p, err);
	if (r == 0 && greedy)
		compare(o, greedy, &s);
	yihu_shares_finish(&s);
	yihu_outcome_free(greedy);
	return r;
}

int yihu_run_equal_shares(struct yihu_outcome *o, const struct yihu_profile *p,
			  struct yihu_error *err)
{
	return run(o, p, NOT_AT_ALL, STOP_THERE, err);
}

int yihu_run_equal_shares_add1(struct yihu_outcome *o, const struct yihu_profile *p,
			       struct yihu_error *err)
{
	return run(o, p, WHILE_IT_FITS, STOP_THERE, err);
}

int yihu_run_equal_shares_add1u(struct yihu_outcome *o, const struct yihu_profile *p,
				struct yihu_error *err)
{
	return run(o, p, WHILE_IT_FITS, COMPLETE, err);
}

int yihu_run_equal_shares_add1e(struct yihu_outcome *o, const struct yihu_profile *p,
				struct yihu_error *err)
{
	return run(o, p, UNTIL_EXHAUSTIVE, STOP_THERE, err);
}

int yihu_run_equal_shares_add1eu(struct yihu_outcome *o, const struct yihu_profile *p,
				 struct yihu_error *err)
{
	return run(o, p, UNTIL_EXHAUSTIVE, COMPLETE, err);
}
