/* SPDX-License-Identifier: Apache-2.0
 *
 * The one table of a public folder's names, and who asks it. A new file of the
 * protocol is a row here; src/README.md says what else belongs to it.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <yihu/text.h>
#include <yihu/threshold.h>

#include "internal.h"

#define LOG "log/"
#define NOTE_BYTES_MAX (64u << 10)
#define FINAL_BYTES_MAX (128u << 10)
#define SITE_BYTES_MAX (8u << 20)

#define BIT(kind) YIHU_PUBLIC_BIT(YIHU_PUBLIC_##kind)
#define STAGE(stage) YIHU_STAGE_##stage
/* Of the three, none is there without the others. */
#define RESULTS (BIT(RESULTS_PB) | BIT(RESULTS_JSON) | BIT(RESULTS))

static const struct yihu_public_row rows[YIHU_N_PUBLIC_KINDS] = {
	[YIHU_PUBLIC_DEFINITION] = {.pattern = "election.pb",
				    .writer = YIHU_BY_ISSUER,
				    .stage = STAGE(CHARTERED),
				    .limit = YIHU_DEFINITION_BYTES_MAX},
	[YIHU_PUBLIC_CHARTER] = {.pattern = "charter",
				 .writer = YIHU_BY_ISSUER,
				 .stage = STAGE(CHARTERED),
				 .limit = YIHU_CHARTER_BYTES_MAX},
	/* Those that the definition names, and no others: their check asks it. */
	[YIHU_PUBLIC_PICTURE] = {.pattern = "img/*",
				 .writer = YIHU_BY_ISSUER,
				 .stage = STAGE(CHARTERED),
				 .limit = YIHU_PICTURE_BYTES_MAX},
	[YIHU_PUBLIC_REGISTER] = {.pattern = "register",
				  .writer = YIHU_BY_ISSUER,
				  .stage = STAGE(ISSUED),
				  .bytes = public_bytes_register},
	/* Tiles before the checkpoint that is of them; and at-close behind the
	 * checkpoint that covers it. */
	[YIHU_PUBLIC_TILE] = {.pattern = LOG "tile/*",
			      .needs = BIT(REGISTER) | BIT(CHECKPOINT),
			      .writer = YIHU_BY_LOG,
			      .stage = STAGE(OPEN),
			      .until = STAGE(CLOSED),
			      .bytes = public_bytes_tile},
	[YIHU_PUBLIC_CHECKPOINT] = {.pattern = LOG "checkpoint",
				    .needs = BIT(REGISTER),
				    .writer = YIHU_BY_LOG,
				    .stage = STAGE(OPEN),
				    .until = STAGE(CLOSED),
				    .limit = NOTE_BYTES_MAX},
	[YIHU_PUBLIC_AT_CLOSE] = {.pattern = LOG "at-close",
				  .needs = BIT(CHECKPOINT),
				  .writer = YIHU_BY_LOG,
				  .stage = STAGE(ENDED),
				  .limit = NOTE_BYTES_MAX},
	[YIHU_PUBLIC_BOX] = {.pattern = "box",
			     .needs = BIT(CHECKPOINT),
			     .writer = YIHU_BY_HOLDER,
			     .stage = STAGE(BOXED),
			     .until = STAGE(OPENED), /* it gains signatures */
			     .limit = NOTE_BYTES_MAX},
	[YIHU_PUBLIC_MIX] = {.pattern = "mix/#",
			     .most = YIHU_HOLDERS_MAX,
			     .needs = BIT(BOX),
			     .writer = YIHU_BY_HOLDER,
			     .stage = STAGE(MIXED),
			     .bytes = public_bytes_mix},
	[YIHU_PUBLIC_OPENING] = {.pattern = "open/#",
				 .most = YIHU_HOLDERS_MAX,
				 .gaps = true,
				 .needs = BIT(MIX),
				 .writer = YIHU_BY_HOLDER,
				 .stage = STAGE(OPENED),
				 .until = STAGE(PUBLISHED),
				 .bytes = public_bytes_opening},
	[YIHU_PUBLIC_CANCELLED] = {.pattern = "cancelled",
				   .writer = YIHU_BY_ISSUER,
				   .stage = STAGE(CANCELLED),
				   .limit = NOTE_BYTES_MAX},
	/* Whether there must be a box and openings is known where it is known
	 * whether anything was to be opened. */
	[YIHU_PUBLIC_RESULTS_PB] = {.pattern = "results.pb",
				    .needs = RESULTS | BIT(CHECKPOINT),
				    .whole_with = BIT(RESULTS),
				    .writer = YIHU_BY_ISSUER,
				    .stage = STAGE(PUBLISHED),
				    .bytes = public_bytes_results_pb},
	[YIHU_PUBLIC_RESULTS_JSON] = {.pattern = "results.json",
				      .needs = RESULTS | BIT(CHECKPOINT),
				      .whole_with = BIT(RESULTS),
				      .writer = YIHU_BY_ISSUER,
				      .stage = STAGE(PUBLISHED),
				      .bytes = public_bytes_results_json},
	[YIHU_PUBLIC_RESULTS] = {.pattern = "results",
				 .needs = RESULTS | BIT(CHECKPOINT),
				 .writer = YIHU_BY_ISSUER,
				 .stage = STAGE(PUBLISHED),
				 .limit = NOTE_BYTES_MAX},
	/* In an election from before there were any, results are final at once. */
	[YIHU_PUBLIC_PRELIMINARY] = {.pattern = "preliminary",
				     .needs = RESULTS,
				     .writer = YIHU_BY_ISSUER,
				     .stage = STAGE(PUBLISHED),
				     .until = STAGE(RETIRED),
				     .later = true,
				     .limit = NOTE_BYTES_MAX},
	[YIHU_PUBLIC_FINAL] = {.pattern = "final",
			       .needs = BIT(PRELIMINARY),
			       .writer = YIHU_BY_ISSUER,
			       .stage = STAGE(PUBLISHED),
			       .until = STAGE(RETIRED),
			       .later = true,
			       .limit = FINAL_BYTES_MAX},
	[YIHU_PUBLIC_SITE] = {.pattern = "site/*",
			      .writer = YIHU_BY_ISSUER,
			      .stage = STAGE(PUBLISHED),
			      .until = STAGE(RETIRED),
			      .later = true,
			      .limit = SITE_BYTES_MAX},
};

const struct yihu_public_row *yihu_public_row(enum yihu_public_kind kind)
{
	assert(kind < YIHU_N_PUBLIC_KINDS);
	return &rows[kind];
}

/* The pattern up to what stands for something else. */
static size_t fixed_part(const struct yihu_public_row *row)
{
	return strcspn(row->pattern, "#*");
}

static bool starts(const struct yihu_public_row *row, const char *name)
{
	size_t len = fixed_part(row);
	return row->pattern[len] == '\0' ? strcmp(name, row->pattern) == 0
					 : strncmp(name, row->pattern, len) == 0;
}

bool yihu_public_begins(const struct yihu_public_row *row, const char *name)
{
	size_t len = fixed_part(row);
	return starts(row, name) && (name[len] != '\0') == (row->pattern[len] != '\0');
}

static bool is_hidden(const char *name)
{
	return name[0] == '.' || strstr(name, "/.");
}

/* A number has one spelling, and so have a tile and a hash; what is in site/ is anybody's. */
static bool rest_fits(struct yihu_public_name *out, const struct yihu_public_row *row,
		      const char *name)
{
	uint64_t n = 0;
	const char *rest = name + fixed_part(row);
	if (row->most > 0 && (!yihu_decimal(&n, yihu_span(rest), row->most) || n == 0))
		return false;
	out->number = (uint32_t)n;
	if (out->kind == YIHU_PUBLIC_PICTURE) {
		out->hash = rest;
		return yihu_picture_hash(rest);
	}
	return out->kind != YIHU_PUBLIC_TILE ||
	       yihu_tile_parse_path(&out->tile, name + strlen(LOG));
}

struct yihu_public_name yihu_public_name(const char *name)
{
	if (is_hidden(name))
		return (struct yihu_public_name){.kind = YIHU_PUBLIC_HIDDEN};
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++) {
		struct yihu_public_name out = {.kind = (enum yihu_public_kind)kind};
		if (starts(&rows[kind], name) && rest_fits(&out, &rows[kind], name))
			return out;
	}
	return (struct yihu_public_name){.kind = YIHU_PUBLIC_STRAY};
}

bool yihu_public_of_log(const char *name)
{
	enum yihu_public_kind kind = yihu_public_name(name).kind;
	return kind < YIHU_N_PUBLIC_KINDS && rows[kind].writer == YIHU_BY_LOG;
}

struct yihu_public_text yihu_public_numbered(enum yihu_public_kind kind, uint32_t number)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	struct yihu_public_text out;
	assert(row->most > 0);
	snprintf(out.text, sizeof out.text, "%.*s%u", (int)fixed_part(row), row->pattern, number);
	return out;
}

struct yihu_public_text yihu_public_picture(const char *hash)
{
	const struct yihu_public_row *row = yihu_public_row(YIHU_PUBLIC_PICTURE);
	struct yihu_public_text out;
	snprintf(out.text, sizeof out.text, "%.*s%s", (int)fixed_part(row), row->pattern, hash);
	return out;
}

struct yihu_public_text yihu_public_tile(const struct yihu_tile *t)
{
	struct yihu_public_text out = {.text = LOG};
	yihu_tile_path(out.text + strlen(LOG), t);
	return out;
}

struct yihu_public_text yihu_public_bundle(uint64_t index, uint64_t size)
{
	uint64_t bundle = index / YIHU_TILE_WIDTH, left = size - bundle * YIHU_TILE_WIDTH;
	struct yihu_tile t = {.level = -1,
			      .index = bundle,
			      .width = left < YIHU_TILE_WIDTH ? (unsigned)left : YIHU_TILE_WIDTH};
	return yihu_public_tile(&t);
}

/* From the last row to the first, as a row needs those before it, or all of its
 * own set. */
uint32_t yihu_public_needed(uint32_t there)
{
	uint32_t all = there | BIT(DEFINITION) | BIT(CHARTER);
	for (int kind = YIHU_N_PUBLIC_KINDS - 1; kind >= 0; kind--)
		if ((all & YIHU_PUBLIC_BIT(kind)) != 0)
			all |= rows[kind].needs;
	return all;
}

bool yihu_public_may_come(enum yihu_public_kind kind, enum yihu_stage stage)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	if (!row->later && yihu_stage_may(stage, row->stage))
		return true;
	return yihu_stage_reached(stage, row->stage) &&
	       (stage == row->stage || stage <= row->until);
}
