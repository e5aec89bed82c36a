/* SPDX-License-Identifier: Apache-2.0
 *
 * The election as its papers tell it, and who lives where.
 */
#include "issue/papers.h"

#include "folder/paper_options.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

/* What is given now, else what `letters` was given; "" takes it away. */
static char *text_of(const struct yihu_folder *f, const char *key, const char *given)
{
	if (given)
		return *given ? yihu_strdup(given) : NULL;
	return paper_option(f, key);
}

static int take_options(struct papers *x, const struct yihu_folder *f,
			const struct issue_paper_options *o, struct yihu_error *err)
{
	x->desk = text_of(f, "desk", o ? o->desk : NULL);
	x->sender = text_of(f, "sender", o ? o->sender : NULL);
	x->phone = text_of(f, "phone", o ? o->phone : NULL);
	x->place = text_of(f, "place", o ? o->place : NULL);
	x->duplex = text_of(f, "duplex", o && o->duplex ? "yes" : NULL);
	return paper_language(&x->language, f, o ? o->language : NULL, err);
}

int papers_keep_options(const struct papers *x, const struct yihu_folder *f, struct yihu_error *err)
{
	return paper_options_write(f,
				   &(struct paper_kept){.language = words_brief(x->language),
							.desk = x->desk,
							.sender = x->sender,
							.phone = x->phone,
							.place = x->place,
							.duplex = x->duplex},
				   err);
}

/* ---- the election ---- */

static int read_public(struct yihu_buf *out, const struct yihu_folder *f, const char *name,
		       size_t max, struct yihu_error *err)
{
	int r = folder_read_public(f, name, max, out, err);
	return r == YIHU_ENOENT ? yihu_fail(err, YIHU_ESTATE,
					    _("not all key holders have accepted a charter yet"))
				: r;
}

static int read_charter(struct papers *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = read_public(&file, f, "charter", YIHU_CHARTER_BYTES_MAX, err);
	if (r == 0)
		r = yihu_charter_parse(&x->charter, file.data, file.len, err);
	yihu_buf_free(&file);
	return r;
}

static int read_definition(struct papers *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	uint8_t hash[32];
	int r = read_public(&file, f, "election.pb", YIHU_DEFINITION_BYTES_MAX, err);
	if (r == 0) {
		crypto_hash_sha256(hash, file.data, file.len);
		if (memcmp(hash, x->charter->definition_hash, sizeof hash) != 0)
			r = yihu_fail(err, YIHU_EDEFINITION,
				      _("public/election.pb is not the one that the charter "
					"names"));
	}
	if (r == 0)
		r = yihu_definition_parse(&x->definition, file.data, file.len, err);
	yihu_buf_free(&file);
	return r;
}

static int read_style(struct papers *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = letter_style_init(&x->style, plan.url, x->charter->eid, err);
	if (r == 0 && plan.url)
		x->url = yihu_strdup(plan.url);
	yihu_plan_finish(&plan);
	return r;
}

int papers_open(struct papers *x, const struct yihu_folder *f, const struct issue_paper_options *o,
		struct yihu_error *err)
{
	*x = (struct papers){0};
	int r = take_options(x, f, o, err);
	if (r == 0)
		r = paper_options_check(&(struct paper_kept){.desk = x->desk,
							     .sender = x->sender,
							     .phone = x->phone,
							     .place = x->place},
					err);
	if (r == 0)
		r = read_charter(x, f, err);
	if (r == 0)
		r = read_definition(x, f, err);
	if (r == 0)
		r = read_style(x, f, err);
	x->paper = (struct paper){.charter = x->charter,
				  .definition = x->definition,
				  .style = &x->style,
				  .url = x->url,
				  .desk = x->desk,
				  .sender = {x->sender, x->phone, x->place},
				  .language = x->language,
				  .blank_backs = x->duplex != NULL};
	return r;
}

void papers_finish(struct papers *x)
{
	yihu_charter_free(x->charter);
	yihu_definition_free(x->definition);
	letter_style_finish(&x->style);
	free(x->url);
	free(x->desk);
	free(x->sender);
	free(x->phone);
	free(x->place);
	free(x->duplex);
	*x = (struct papers){0};
}

/* ---- households ---- */

static int by_label(const void *a, const void *b)
{
	const struct yihu_household *const *x = a, *const *y = b;
	return strcmp((*x)->label, (*y)->label);
}

void addresses_read(struct addresses *a, const struct yihu_folder *f)
{
	struct yihu_buf file = {0};
	*a = (struct addresses){0};
	if (folder_read(f, F_HOUSEHOLDS, &file, NULL) == 0 &&
	    yihu_households_read(&a->list, file.data, file.len, NULL) == 0) {
		a->sorted = yihu_calloc(a->list.n, sizeof *a->sorted);
		for (size_t i = 0; i < a->list.n; i++)
			a->sorted[i] = &a->list.at[i];
		qsort(a->sorted, a->list.n, sizeof *a->sorted, by_label);
	}
	yihu_buf_free(&file);
}

void addresses_finish(struct addresses *a)
{
	yihu_households_free(&a->list);
	free(a->sorted);
	*a = (struct addresses){0};
}

const struct yihu_household *address_of(const struct addresses *a, const char *label)
{
	struct yihu_household wanted = {0};
	char *copy = yihu_strdup(label);
	const struct yihu_household *key = &wanted, **found = NULL;
	wanted.label = copy;
	if (a->list.n != 0)
		found = bsearch(&key, a->sorted, a->list.n, sizeof *a->sorted, by_label);
	free(copy);
	return found ? *found : NULL;
}

/* ---- walking order ---- */

static int by_building(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;
	int order = strcmp(x->building, y->building);
	return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static int by_way(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;
	if (x->building_place != y->building_place)
		return x->building_place > y->building_place ? 1 : -1;
	if (x->place != y->place)
		return x->place > y->place ? 1 : -1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

/* A building comes where the list first names it. */
static void place_buildings(struct stop *stops, size_t n)
{
	qsort(stops, n, sizeof *stops, by_building);
	for (size_t i = 0; i < n; i++) {
		bool same = i > 0 && strcmp(stops[i].building, stops[i - 1].building) == 0;
		stops[i].building_place = same ? stops[i - 1].building_place : stops[i].place;
	}
}

struct stop *walk_order(const struct addresses *a, char *const *labels, size_t n)
{
	struct stop *stops = yihu_calloc(n, sizeof *stops);
	for (size_t i = 0; i < n; i++) {
		const struct yihu_household *h = address_of(a, labels[i]);
		stops[i] = (struct stop){
			.household = labels[i],
			.building = h ? h->building : "",
			.name = h ? h->name : "",
			.serial = (uint32_t)i + 1,
			.place = h ? (size_t)(h - a->list.at) : SIZE_MAX,
		};
	}
	place_buildings(stops, n);
	qsort(stops, n, sizeof *stops, by_way);
	return stops;
}
