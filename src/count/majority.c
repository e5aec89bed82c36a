/* SPDX-License-Identifier: Apache-2.0
 *
 * Majority: each project by itself. The bar agree > against is in the table of
 * rules; here is what becomes of those that pass.
 */
#include "order.h"
#include "runs.h"

int yihu_run_majority(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err)
{
	if (p->definition->has_budget || p->definition->n_exclusive > 0)
		return yihu_run_greedy(o, p, err);
	yihu_order_by_votes(o, p);
	for (size_t i = 0; i < o->n_order; i++) {
		o->funded[o->n_funded++] = o->order[i];
		o->spent += p->definition->projects[o->order[i]].cost;
	}
	return 0;
}
