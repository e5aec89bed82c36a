/* SPDX-License-Identifier: Apache-2.0
 *
 * The most bytes of the files whose size follows from the election (PROTOCOL §1.7,
 * §5 to §10).
 */
#include <string.h>

#include <yihu/ballot.h>
#include <yihu/entry.h>
#include <yihu/households.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>

#include "internal.h"

#define WIDTH_MAX 255
#define PROJECTS_MAX 4080

/* A line: serial, key and signature in base64. */
#define REGISTER_LINE_BYTES (10 + 1 + 44 + 1 + 88 + 1)
/* Type and time, then the longest body, a ballot's but for its words. */
#define ENTRY_BYTES (9 + 166)
#define WORD_BYTES 128
/* Voter id, separators, LF; and a project's points with their comma. */
#define ROW_BYTES 16
#define POINTS_BYTES 6
/* results.json: a project in a round, and all that is told but once. */
#define ROUND_BYTES 512

static uint64_t row_bytes(const struct yihu_definition *d)
{
	uint64_t n = ROW_BYTES;
	for (size_t i = 0; i < d->n_projects; i++)
		n += strlen(d->projects[i].id) + 1 + POINTS_BYTES;
	return n;
}

struct yihu_limits yihu_limits_of(const struct yihu_charter *c, const struct yihu_definition *d)
{
	uint64_t projects = d ? d->n_projects : PROJECTS_MAX;
	struct yihu_limits l = {
		.households = (uint64_t)YIHU_HOUSEHOLDS_MAX * 2,
		.changes = (uint64_t)YIHU_HOUSEHOLDS_MAX * 2,
		.withdrawals = YIHU_WITHDRAWALS_MAX,
		.width = d ? d->width : WIDTH_MAX,
		.row_bytes = d ? row_bytes(d) : YIHU_DEFINITION_BYTES_MAX,
		.result_bytes = YIHU_DEFINITION_BYTES_MAX + ROUND_BYTES * projects * projects,
	};
	if (c) {
		uint64_t most = (uint64_t)c->households + c->max_additions;
		l.households = most < YIHU_BALLOTS_MAX ? most : YIHU_BALLOTS_MAX;
		l.changes = (uint64_t)c->max_additions + c->max_replacements;
		l.withdrawals = c->max_withdrawals;
	}
	return l;
}

uint64_t public_bytes_register(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	(void)name;
	return REGISTER_LINE_BYTES * l->households;
}

uint64_t public_bytes_tile(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	const struct yihu_tile *t = &name->tile;
	if (t->level >= 0)
		return t->width * (uint64_t)YIHU_NODE_BYTES;
	return t->width * (uint64_t)(2 + ENTRY_BYTES + WORD_BYTES * l->width) +
	       l->withdrawals * YIHU_WITHDRAWAL_BYTES_MAX;
}

uint64_t public_bytes_mix(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	(void)name;
	return yihu_mix_size(l->households, l->width);
}

uint64_t public_bytes_opening(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	(void)name;
	return yihu_opening_size(l->households, l->width);
}

uint64_t public_bytes_results_pb(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	(void)name;
	return YIHU_DEFINITION_BYTES_MAX + l->households * l->row_bytes;
}

uint64_t public_bytes_results_json(const struct yihu_limits *l, const struct yihu_public_name *name)
{
	(void)name;
	return l->result_bytes;
}
