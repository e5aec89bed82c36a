/* SPDX-License-Identifier: Apache-2.0
 *
 * The greedy rules: by votes, fund what fits.
 */
#include "order.h"
#include "runs.h"

/* What the whole budget could not pay never had a place in it, and stops nothing. */
enum when_too_dear { SKIP, STOP };

static void walk(struct yihu_outcome *o, const struct yihu_definition *d, size_t first,
		 enum when_too_dear then)
{
	uint64_t left = d->budget - o->spent;
	bool stopped = false;
	for (size_t i = first; i < o->n_order; i++) {
		uint32_t project = o->order[i];
		struct yihu_project_outcome *r = &o->projects[project];
		uint64_t cost = d->projects[project].cost;
		if (stopped) {
			r->verdict = YIHU_AFTER_STOP;
			continue;
		}
		r->left_before = left;
		if (cost > left) {
			r->verdict = YIHU_TOO_DEAR;
			stopped = then == STOP && cost <= d->budget;
			continue;
		}
		left -= cost;
		o->spent += cost;
		o->funded[o->n_funded++] = project;
	}
}

/* Projects tied in votes and cost stand side by side. Which of them is first
 * changes what is funded exactly when some are funded and some are not: their
 * costs are the same, so what is left for the rest depends on how many are. */
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
