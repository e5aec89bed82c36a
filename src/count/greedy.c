/* SPDX-License-Identifier: Apache-2.0
 *
 * The greedy rules: by votes, fund what fits.
 */
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "runs.h"

/* What the whole budget could not pay never had a place in it, and stops nothing. */
enum when_too_dear { SKIP, STOP };

/* A walk along the order: what is left of the budget and of each part's. Without a
 * budget there is always enough. */
struct spending {
	struct yihu_outcome *o;
	const struct yihu_definition *d;
	enum when_too_dear then;
	uint64_t left, *part_left[YIHU_N_DIVISIONS];
	bool stopped, *part_stopped[YIHU_N_DIVISIONS];
};

static void walk_init(struct spending *w)
{
	w->left = w->d->has_budget ? w->d->budget - w->o->spent : UINT64_MAX;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		const struct yihu_division *p = &w->d->divisions[by];
		if (!p->budget)
			continue;
		w->part_left[by] = yihu_calloc(p->n, sizeof *w->part_left[by]);
		w->part_stopped[by] = yihu_calloc(p->n, sizeof *w->part_stopped[by]);
		memcpy(w->part_left[by], p->budget, p->n * sizeof *p->budget);
	}
}

static void walk_finish(struct spending *w)
{
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		free(w->part_left[by]);
		free(w->part_stopped[by]);
	}
}

static bool is_excluded(const struct spending *w, uint32_t project)
{
	for (size_t i = 0; i < w->o->n_funded; i++)
		if (yihu_excludes(w->d, w->o->funded[i], project))
			return true;
	return false;
}

static bool is_stopped(const struct spending *w, uint32_t project)
{
	bool stopped = w->stopped;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		stopped = stopped || (w->part_left[by] &&
				      w->part_stopped[by][w->d->divisions[by].of[project]]);
	return stopped;
}

/* The least of what is left of the money that it would take. */
static uint64_t left_for(const struct spending *w, uint32_t project)
{
	uint64_t left = w->left;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		const uint64_t *part = w->part_left[by];
		uint32_t of = part ? w->d->divisions[by].of[project] : 0;
		left = part && part[of] < left ? part[of] : left;
	}
	return left;
}

/* It stops what it does not fit into: the count, or its parts. */
static void stop_at(struct spending *w, uint32_t project)
{
	uint64_t cost = w->d->projects[project].cost;
	w->stopped = cost > w->left && cost <= w->d->budget;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		const struct yihu_division *p = &w->d->divisions[by];
		uint32_t of = w->part_left[by] ? p->of[project] : 0;
		if (w->part_left[by] && cost > w->part_left[by][of] && cost <= p->budget[of])
			w->part_stopped[by][of] = true;
	}
}

static void fund(struct spending *w, uint32_t project)
{
	uint64_t cost = w->d->projects[project].cost;
	w->left -= cost;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		if (w->part_left[by])
			w->part_left[by][w->d->divisions[by].of[project]] -= cost;
	w->o->spent += cost;
	w->o->funded[w->o->n_funded++] = project;
}

static void consider(struct spending *w, uint32_t project)
{
	struct yihu_project_outcome *r = &w->o->projects[project];
	if (is_excluded(w, project)) {
		r->verdict = YIHU_EXCLUDED;
		return;
	}
	if (is_stopped(w, project)) {
		r->verdict = YIHU_AFTER_STOP;
		return;
	}
	uint64_t left = left_for(w, project);
	r->left_before = w->d->has_budget ? left : 0;
	if (w->d->projects[project].cost <= left) {
		fund(w, project);
		return;
	}
	r->verdict = YIHU_TOO_DEAR;
	if (w->then == STOP)
		stop_at(w, project);
}

static void walk(struct yihu_outcome *o, const struct yihu_definition *d, size_t first,
		 enum when_too_dear then)
{
	struct spending w = {.o = o, .d = d, .then = then};
	walk_init(&w);
	for (size_t i = first; i < o->n_order; i++)
		consider(&w, o->order[i]);
	walk_finish(&w);
}

/* Projects tied in votes and cost stand side by side. Which of them is first
 * changes what is funded only when some are funded and some are not: their costs
 * are the same, so where all are funded, or none is, what is left for the rest is
 * the same in any order. */
static int check_ties(const struct yihu_outcome *o, const struct yihu_definition *d,
		      struct yihu_error *err)
{
	for (size_t i = 0; i + 1 < o->n_order; i++) {
		const struct yihu_project_outcome *a = &o->projects[o->order[i]];
		const struct yihu_project_outcome *b = &o->projects[o->order[i + 1]];
		bool same_fate = (a->verdict == YIHU_FUNDED) == (b->verdict == YIHU_FUNDED);
		if (a->ordered_by == YIHU_BY_FILE && !same_fate)
			return yihu_fail(
				err, YIHU_ETIE,
				_("projects %s and %s have the same votes and the same cost, and "
				  "the money is enough for one of them: a lot has to decide"),
				d->projects[o->order[i]].id, d->projects[o->order[i + 1]].id);
	}
	return 0;
}

static int run(struct yihu_outcome *o, const struct yihu_profile *p, enum when_too_dear then,
	       struct yihu_error *err)
{
	size_t first = o->n_order;
	yihu_order_by_votes(o, p);
	walk(o, p->definition, first, then);
	return check_ties(o, p->definition, err);
}

int yihu_run_greedy(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err)
{
	return run(o, p, SKIP, err);
}

int yihu_run_greedy_no_skip(struct yihu_outcome *o, const struct yihu_profile *p,
			    struct yihu_error *err)
{
	return run(o, p, STOP, err);
}
