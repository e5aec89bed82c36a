/* SPDX-License-Identifier: Apache-2.0
 *
 * The most bytes of each file (PROTOCOL §1.7, §5 to §10).
 */
#include <string.h>

#include <yihu/limits.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>

#include "work.h"

#define NOTE_BYTES_MAX (64u << 10)
#define SLACK_BYTES (64u << 10)
#define FILE_BYTES_MAX ((uint64_t)1 << 31)
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
		.width = d ? d->width : WIDTH_MAX,
		.row_bytes = d ? row_bytes(d) : YIHU_DEFINITION_BYTES_MAX,
		.result_bytes = YIHU_DEFINITION_BYTES_MAX + ROUND_BYTES * projects * projects,
	};
	if (c) {
		uint64_t most = (uint64_t)c->households + c->max_additions;
		l.households = most < YIHU_BALLOTS_MAX ? most : YIHU_BALLOTS_MAX;
		l.changes = (uint64_t)c->max_additions + c->max_replacements;
	}
	return l;
}

static uint64_t tile_bytes(const struct yihu_limits *l, const char *name)
{
	struct yihu_tile t;
	if (!yihu_tile_parse_path(&t, name + strlen("log/")))
		return 0;
	return t.width *
	       (uint64_t)(t.level < 0 ? 2 + ENTRY_BYTES + WORD_BYTES * l->width : YIHU_NODE_BYTES);
}

static uint64_t bytes_of(const struct yihu_limits *l, enum audit_part part, const char *name)
{
	switch (part) {
	case AUDIT_STRAY:
	case AUDIT_PASSED_OVER:
		return 0;
	case AUDIT_DEFINITION:
		return YIHU_DEFINITION_BYTES_MAX;
	case AUDIT_CHARTER:
		return YIHU_CHARTER_BYTES_MAX;
	case AUDIT_REGISTER:
		return REGISTER_LINE_BYTES * l->households;
	case AUDIT_TILE:
		return tile_bytes(l, name);
	case AUDIT_MIX:
		return yihu_mix_size(l->households, l->width);
	case AUDIT_OPENING:
		return yihu_opening_size(l->households, l->width);
	case AUDIT_RESULTS_PB:
		return YIHU_DEFINITION_BYTES_MAX + l->households * l->row_bytes;
	case AUDIT_RESULTS_JSON:
		return l->result_bytes;
	default: /* notes */
		return NOTE_BYTES_MAX;
	}
}

size_t yihu_limits_bytes(const struct yihu_limits *l, const char *name)
{
	uint32_t number;
	uint64_t most = bytes_of(l, audit_part_of(name, &number), name);
	if (most == 0)
		return 0;
	return (size_t)(most < FILE_BYTES_MAX - SLACK_BYTES ? most + SLACK_BYTES : FILE_BYTES_MAX);
}

uint64_t yihu_limits_entries(const struct yihu_limits *l)
{
	return 3 + l->households + l->changes;
}
