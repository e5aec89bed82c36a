/* SPDX-License-Identifier: Apache-2.0
 *
 * A row a building, out of the rolls, the log and paper/record (buildings.h).
 */
#include "issue/buildings.h"

#include <stdlib.h>
#include <string.h>

#include "folder/record.h"
#include "folder/rolls.h"
#include "issue/papers.h"

static struct issue_building *building_of(struct issue_buildings *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->at[i].name, name) == 0)
			return &b->at[i];
	b->at = yihu_realloc(b->at, b->n + 1, sizeof *b->at);
	b->at[b->n] = (struct issue_building){.name = yihu_strdup(name), .place = SIZE_MAX};
	return &b->at[b->n++];
}

static void add_letter(struct issue_buildings *b, const struct yihu_view *v,
		       const struct addresses *addresses, const struct roll_line *line)
{
	struct yihu_credential_state s;
	if (yihu_ledger_serial(v->audit->ledger, line->serial, &s, NULL) != 0)
		return;
	char *label = yihu_span_dup(line->label);
	const struct yihu_household *h = address_of(addresses, label);
	const char *name = h && h->building[0] != '\0' ? h->building : ISSUE_NO_BUILDING;
	struct issue_building *row = building_of(b, name);
	size_t place = h ? (size_t)(h - addresses->list.at) : SIZE_MAX;
	row->place = place < row->place ? place : row->place;
	row->printed++;
	row->ended += s.voided;
	free(label);
}

static int by_place(const void *a, const void *b)
{
	const struct issue_building *x = a, *y = b;
	return (x->place > y->place) - (x->place < y->place);
}

int issue_buildings_read(struct issue_buildings *out, const struct yihu_view *v,
			 struct yihu_error *err)
{
	struct addresses addresses;
	struct yihu_buf rolls = {0};
	struct roll_line line;
	*out = (struct issue_buildings){0};
	int r = rolls_read(&rolls, v->folder, err);
	addresses_read(&addresses, v->folder);
	struct yihu_lines lines = yihu_lines(rolls.data, rolls.len);
	while (r == 0 && roll_next(&lines, &line))
		add_letter(out, v, &addresses, &line);
	if (out->n > 0)
		qsort(out->at, out->n, sizeof *out->at, by_place);
	for (size_t i = 0; i < out->n; i++)
		out->at[i].counted = record_building(v->folder, out->at[i].name,
						     &out->at[i].delivered, &out->at[i].returned);
	addresses_finish(&addresses);
	yihu_buf_free(&rolls);
	return r;
}

void issue_buildings_finish(struct issue_buildings *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->at[i].name);
	free(b->at);
	*b = (struct issue_buildings){0};
}

int64_t issue_building_difference(const struct issue_building *b)
{
	return (int64_t)b->printed - b->delivered - b->returned - b->ended;
}

/* ---- counting ---- */

/* The last = ends the name, which may have others. */
static bool read_count(const char *text, char **name, uint64_t *delivered, uint64_t *returned)
{
	const char *equals = strrchr(text, '='), *slash = equals ? strchr(equals, '/') : NULL;
	*name = equals ? yihu_strndup(text, (size_t)(equals - text)) : NULL;
	return slash &&
	       yihu_decimal(delivered, (struct yihu_span){equals + 1, (size_t)(slash - equals - 1)},
			    YIHU_HOUSEHOLDS_MAX) &&
	       yihu_decimal(returned, yihu_span(slash + 1), YIHU_HOUSEHOLDS_MAX);
}

static struct issue_building *find(struct issue_buildings *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->at[i].name, name) == 0)
			return &b->at[i];
	return NULL;
}

int issue_building_count(struct issue_buildings *b, const struct yihu_folder *f, const char *text,
			 struct yihu_error *err)
{
	uint64_t delivered = 0, returned = 0;
	struct yihu_buf line = {0};
	char *name = NULL;
	bool sound = read_count(text, &name, &delivered, &returned);
	struct issue_building *row = sound ? find(b, name) : NULL;
	int r = row ? 0
		    : yihu_fail(err, YIHU_EARG,
				sound ? _("no letter is of a building “%s”")
				      : _("“%s” is not BUILDING=DELIVERED/RETURNED, as 3栋=20/1"),
				sound ? name : text);
	if (row) {
		row->counted = true;
		row->delivered = (uint32_t)delivered;
		row->returned = (uint32_t)returned;
		yihu_buf_fmt(&line, RECORD_BUILDING "%s", row->printed, row->delivered,
			     row->returned, row->ended, row->name);
		r = record_add(f, &line, err);
	}
	yihu_buf_free(&line);
	free(name);
	return r;
}
