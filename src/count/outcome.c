/* SPDX-License-Identifier: Apache-2.0
 *
 * The memory of an outcome and of its trace.
 */
#include "outcome.h"

#include <stdlib.h>
#include <string.h>

struct yihu_trace *yihu_trace_new(size_t n_projects)
{
	struct yihu_trace *t = yihu_calloc(1, sizeof *t);
	t->rounds = yihu_calloc(n_projects, sizeof *t->rounds);
	t->have = yihu_calloc(n_projects, sizeof *t->have);
	return t;
}

static void trace_free(struct yihu_trace *t, size_t n_projects)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n_rounds; i++) {
		free(t->rounds[i].cap);
		free(t->rounds[i].effective);
		free(t->rounds[i].tied);
	}
	for (size_t k = 0; k < n_projects; k++)
		free(t->have[k]);
	free(t->share);
	free(t->rounds);
	free(t->have);
	free(t);
}

void yihu_outcome_free(struct yihu_outcome *o)
{
	if (!o)
		return;
	free(o->projects);
	free(o->funded);
	free(o->order);
	trace_free(o->trace, o->n_projects);
	free(o);
}

void yihu_fund_by_rule(struct yihu_outcome *o, const struct yihu_definition *d, uint32_t project)
{
	o->spent += d->projects[project].cost;
	o->funded[o->n_funded++] = project;
	o->order[o->n_order++] = project;
	o->projects[project].place = o->n_order;
	o->projects[project].ordered_by = YIHU_BY_RULE;
}

static void *copied(const void *from, size_t n, size_t size)
{
	void *to = yihu_calloc(n, size);
	if (n > 0)
		memcpy(to, from, n * size);
	return to;
}

struct yihu_outcome *yihu_outcome_copy(const struct yihu_outcome *o)
{
	struct yihu_outcome *c = yihu_calloc(1, sizeof *c);
	*c = *o;
	c->projects = copied(o->projects, o->n_projects, sizeof *o->projects);
	c->funded = copied(o->funded, o->n_projects, sizeof *o->funded);
	c->order = copied(o->order, o->n_projects, sizeof *o->order);
	c->trace = NULL;
	return c;
}
