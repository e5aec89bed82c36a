/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of rules that go by votes: votes, then cost, then the lot.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/hash.h>

#include "order.h"

void yihu_lot(uint8_t out[static 64], const struct yihu_profile *p, const char *project_id)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "lot");
	yihu_frame_item(&f, p->eid, p->eid_len);
	yihu_frame_item(&f, p->lot_seed, sizeof p->lot_seed);
	yihu_frame_item(&f, project_id, strlen(project_id));
	yihu_frame_hash(&f, out);
}

struct ranked {
	uint32_t project;
	uint64_t votes, cost;
	uint8_t lot[64]; /* all zero without a lot: then file order decides */
};

static int by_number(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Total: project ids are unique, and so is the index. */
static int compare_places(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	int r = by_number(b->votes, a->votes);
	if (r == 0)
		r = by_number(a->cost, b->cost);
	if (r == 0)
		r = memcmp(a->lot, b->lot, sizeof a->lot);
	return r ? r : by_number(a->project, b->project);
}

static enum yihu_tiebreak told_apart_by(const struct ranked *a, const struct ranked *b)
{
	if (a->votes != b->votes)
		return YIHU_BY_VOTES;
	if (a->cost != b->cost)
		return YIHU_BY_COST;
	return memcmp(a->lot, b->lot, sizeof a->lot) ? YIHU_BY_LOT : YIHU_BY_FILE;
}

static size_t collect(struct ranked *places, const struct yihu_outcome *o,
		      const struct yihu_profile *p)
{
	size_t n = 0;
	for (size_t i = 0; i < o->n_projects; i++) {
		if (o->projects[i].verdict != YIHU_FUNDED || o->projects[i].place)
			continue;
		const struct yihu_project *project = &p->definition->projects[i];
		places[n] = (struct ranked){.project = (uint32_t)i,
					    .votes = o->projects[i].votes,
					    .cost = project->cost};
		if (p->has_lot)
			yihu_lot(places[n].lot, p, project->id);
		n++;
	}
	return n;
}

void yihu_order_by_votes(struct yihu_outcome *o, const struct yihu_profile *p)
{
	struct ranked *places = yihu_calloc(o->n_projects, sizeof *places);
	size_t n = collect(places, o, p);
	qsort(places, n, sizeof *places, compare_places);
	for (size_t i = 0; i < n; i++) {
		struct yihu_project_outcome *r = &o->projects[places[i].project];
		o->order[o->n_order++] = places[i].project;
		r->place = o->n_order;
		r->ordered_by =
			i + 1 < n ? told_apart_by(&places[i], &places[i + 1]) : YIHU_BY_VOTES;
	}
	free(places);
}
