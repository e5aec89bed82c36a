/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of a public folder: what belongs, what is missing (PROTOCOL §11).
 * Names only; which tiles a log of this size has, is the tiles' check.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static const struct {
	const char *name;
	enum audit_part part;
} fixed[] = {
	{"election.pb", AUDIT_DEFINITION},
	{"charter", AUDIT_CHARTER},
	{"register", AUDIT_REGISTER},
	{"log/checkpoint", AUDIT_CHECKPOINT},
	{"log/at-close", AUDIT_AT_CLOSE},
	{"cancelled", AUDIT_CANCELLED},
	{"box", AUDIT_BOX},
	{"results.pb", AUDIT_RESULTS_PB},
	{"results.json", AUDIT_RESULTS_JSON},
	{"results", AUDIT_RESULTS},
};

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* mix/k and open/j: each holder at most once, so 1 to 15. */
static bool numbered(const char *name, const char *folder, uint32_t *number)
{
	uint64_t n;
	if (!begins(name, folder) ||
	    !yihu_decimal(&n, yihu_span(name + strlen(folder)), YIHU_HOLDERS_MAX) || n == 0)
		return false;
	*number = (uint32_t)n;
	return true;
}

enum audit_part audit_part_of(const char *name, uint32_t *number)
{
	struct yihu_tile tile;
	*number = 0;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(name, fixed[i].name) == 0)
			return fixed[i].part;
	if (name[0] == '.' || strstr(name, "/.") || begins(name, "site/"))
		return AUDIT_PASSED_OVER;
	if (numbered(name, "mix/", number))
		return AUDIT_MIX;
	if (numbered(name, "open/", number))
		return AUDIT_OPENING;
	if (begins(name, "log/") && yihu_tile_parse_path(&tile, name + strlen("log/")))
		return AUDIT_TILE;
	return AUDIT_STRAY;
}

static uint32_t bit_of(uint32_t number)
{
	assert(number >= 1 && number <= YIHU_HOLDERS_MAX);
	return UINT32_C(1) << (number - 1);
}

struct audit_inventory audit_inventory(const struct yihu_public *p)
{
	struct audit_inventory v = {0};
	for (size_t i = 0; i < p->n; i++) {
		uint32_t number;
		enum audit_part part = audit_part_of(p->files[i].name, &number);
		v.parts[part]++;
		if (part == AUDIT_MIX)
			v.mixes |= bit_of(number);
		if (part == AUDIT_OPENING)
			v.openings |= bit_of(number);
	}
	return v;
}

struct audit_tile_name audit_tile_name(const struct yihu_tile *t)
{
	struct audit_tile_name name = {.text = "log/"};
	yihu_tile_path(name.text + strlen(name.text), t);
	return name;
}

struct audit_tile_name audit_bundle_name(uint64_t index, uint64_t size)
{
	uint64_t bundle = index / YIHU_TILE_WIDTH, left = size - bundle * YIHU_TILE_WIDTH;
	struct yihu_tile t = {.level = -1,
			      .index = bundle,
			      .width = left < YIHU_TILE_WIDTH ? (unsigned)left : YIHU_TILE_WIDTH};
	return audit_tile_name(&t);
}

/* How many things a tree of `size` has at a level of tiles. */
static uint64_t level_size(int level, uint64_t size)
{
	if (level <= 0)
		return size;
	return level >= 8 ? 0 : size >> (8 * level);
}

bool audit_tile_belongs(const struct yihu_tile *t, uint64_t size)
{
	uint64_t n = level_size(t->level, size);
	if (t->index < n / YIHU_TILE_WIDTH)
		return t->width == YIHU_TILE_WIDTH;
	return t->index == n / YIHU_TILE_WIDTH && t->width == n % YIHU_TILE_WIDTH;
}

uint32_t audit_highest(uint32_t bits)
{
	uint32_t i = 0;
	while (bits >> i != 0)
		i++;
	return i;
}

/* A later part without an earlier one: whether any of `parts` (bits) is there. */
static bool any(const struct audit_inventory *v, uint32_t parts)
{
	for (int part = 0; part < AUDIT_N_PARTS; part++)
		if ((parts >> part & 1) != 0 && v->parts[part] > 0)
			return true;
	return false;
}

#define BIT(part) (UINT32_C(1) << (part))
#define RESULTS_BITS (BIT(AUDIT_RESULTS_PB) | BIT(AUDIT_RESULTS_JSON) | BIT(AUDIT_RESULTS))
#define AFTER_BOX_BITS (BIT(AUDIT_MIX) | BIT(AUDIT_OPENING))
#define AFTER_LOG_BITS (BIT(AUDIT_BOX) | AFTER_BOX_BITS | RESULTS_BITS)
#define LOG_BITS (BIT(AUDIT_CHECKPOINT) | BIT(AUDIT_AT_CLOSE) | BIT(AUDIT_TILE))

/* What must be there as soon as one of `by` is. Box and openings before
 * results are asked where it is known whether anything was to be opened. */
static const struct {
	const char *name;
	enum audit_part part;
	uint32_t by;
} needed[] = {
	{"register", AUDIT_REGISTER, LOG_BITS | AFTER_LOG_BITS},
	{"log/checkpoint", AUDIT_CHECKPOINT, LOG_BITS | AFTER_LOG_BITS},
	{"box", AUDIT_BOX, AFTER_BOX_BITS},
	{"mix/1", AUDIT_MIX, BIT(AUDIT_OPENING)},
	{"results.pb", AUDIT_RESULTS_PB, RESULTS_BITS},
	{"results.json", AUDIT_RESULTS_JSON, RESULTS_BITS},
	{"results", AUDIT_RESULTS, RESULTS_BITS},
};

static void missing(struct audit_work *w, const char *name)
{
	audit_fault(w, YIHU_CHECK_FILES, YIHU_EMISSING, name,
		    _("this file is missing. Fetch the folder again; if it stays missing, its "
		      "publisher has left it out"));
}

static void find_missing(struct audit_work *w, const struct audit_inventory *v)
{
	if (v->parts[AUDIT_DEFINITION] == 0)
		missing(w, "election.pb");
	if (v->parts[AUDIT_CHARTER] == 0)
		missing(w, "charter");
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (v->parts[needed[i].part] == 0 && any(v, needed[i].by))
			missing(w, needed[i].name);
	for (uint32_t k = 1; k <= audit_highest(v->mixes); k++) {
		if ((v->mixes >> (k - 1) & 1) != 0)
			continue;
		char *name = yihu_printf("mix/%u", k);
		missing(w, name);
		free(name);
	}
}

static void find_strays(struct audit_work *w)
{
	for (size_t i = 0; i < w->p->n; i++) {
		uint32_t number;
		const char *name = w->p->files[i].name;
		if (audit_part_of(name, &number) == AUDIT_STRAY)
			audit_fault(w, YIHU_CHECK_FILES, YIHU_ESTRAY, name,
				    _("this file does not belong in a public folder. Nothing "
				      "says what it is, so look at it, and remove it"));
	}
}

static char *join_notices(const struct yihu_public *p)
{
	struct yihu_buf b = {0};
	for (size_t i = 0; i < p->n_notices; i++)
		yihu_buf_fmt(&b, "%s%s", i == 0 ? "" : ", ", p->notices[i]);
	char *out = yihu_strdup((const char *)audit_data(&b));
	yihu_buf_free(&b);
	return out;
}

void audit_check_files(struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	uint64_t n = w->p->n - v.parts[AUDIT_PASSED_OVER] - v.parts[AUDIT_STRAY];
	find_missing(w, &v);
	find_strays(w);
	if (w->p->n_notices == 0) {
		audit_step(w, YIHU_CHECK_FILES, n, _("protocol files: %llu"),
			   (unsigned long long)n);
		return;
	}
	char *notices = join_notices(w->p);
	audit_step(w, YIHU_CHECK_FILES, n, _("protocol files: %llu; passed over: %s"),
		   (unsigned long long)n, notices);
	free(notices);
}
