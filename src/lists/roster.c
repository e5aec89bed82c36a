/* SPDX-License-Identifier: Apache-2.0
 *
 * From a file to households, and how they are shown and kept (roster.h).
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "lists/csv_cell.h"
#include "lists/flats.h"
#include "lists/roster.h"

#define LABEL_MAX 200 /* bytes; it must fit a letter's address line */

static int check_label(const struct flats *f, const struct flat *flat, struct yihu_error *err)
{
	if (strlen(flat->label) <= LABEL_MAX)
		return 0;
	char *place = table_place(&f->book, flat->row->number, SIZE_MAX);
	yihu_fail(err, YIHU_ETOOBIG, _("a household can be written with at most %d bytes"),
		  LABEL_MAX);
	yihu_fail_at(err, YIHU_ETOOBIG, "%s", place);
	free(place);
	return YIHU_ETOOBIG;
}

static int take_households(struct yihu_households *out, const struct flats *f,
			   struct yihu_error *err)
{
	struct yihu_households list = {.at = yihu_calloc(f->n + 1, sizeof *list.at)};
	int r = 0;
	for (size_t i = 0; r == 0 && i < f->n; i++) {
		const struct flat *flat = &f->at[i];
		r = check_label(f, flat, err);
		if (r != 0 || flat->out)
			continue;
		list.at[list.n++] =
			(struct yihu_household){.label = yihu_strdup(flat->label),
						.building = yihu_strdup(flat->part[R_BUILDING]),
						.name = yihu_strdup(flat->name),
						.line = flat->row->number};
	}
	if (r == 0 && list.n == 0)
		r = yihu_fail(err, YIHU_EHOUSEHOLD, _("the list has no household"));
	if (r != 0)
		yihu_households_free(&list);
	else
		*out = list;
	return r;
}

static bool has_chinese_names(const struct flats *f)
{
	size_t c = f->columns.at[R_ROOM] ? f->columns.at[R_ROOM] : f->columns.at[R_HOUSEHOLD];
	return (unsigned char)table_cell(f->columns.names, c - 1)->text[0] >= 0x80;
}

int roster_read(struct roster *out, const void *bytes, size_t len, const struct list_look *look,
		struct yihu_error *err)
{
	struct roster made = {.asks = {.answers = look ? look->answers : NULL}};
	struct flats f = {.asks = &made.asks, .notes = &made.notes};
	int r = flats_read(&f, bytes, len, look, err);
	if (r == 0 && f.sheet) {
		made.sheet = yihu_strdup(f.sheet->name);
		flats_check_cells(&f);
		flats_fill(&f);
		flats_take_part(&f);
		flats_settle(&f);
		flats_check_doors(&f);
		made.chinese = has_chinese_names(&f);
		if (made.asks.n_open == 0)
			r = take_households(&made.list, &f, err);
	}
	flats_finish(&f);
	if (r != 0)
		roster_finish(&made);
	else
		*out = made;
	return r;
}

void roster_finish(struct roster *r)
{
	yihu_households_free(&r->list);
	list_asks_finish(&r->asks);
	yihu_buf_free(&r->notes);
	free(r->sheet);
	*r = (struct roster){0};
}

/* ---- shown ---- */

#define DRAWN 3

static void show_one(struct yihu_buf *out, const struct yihu_household *h)
{
	yihu_buf_fmt(out, "  %s  %s\n", h->label, h->name);
}

/* Buildings in the order in which they come, each once. */
static void show_buildings(struct yihu_buf *out, const struct yihu_households *list)
{
	size_t shown = 0;
	for (size_t i = 0; i < list->n; i++) {
		size_t n = 0, before = 0;
		const char *building = list->at[i].building;
		if (i > 0 && strcmp(building, list->at[i - 1].building) == 0)
			continue;
		for (size_t k = 0; k < i && before == 0; k++)
			before += strcmp(building, list->at[k].building) == 0;
		for (size_t k = i; before == 0 && k < list->n; k++)
			n += strcmp(building, list->at[k].building) == 0;
		if (before == 0)
			yihu_buf_fmt(out, "%s%s %zu", shown++ ? ", " : "  ",
				     building[0] ? building : _("without a building:"), n);
	}
	yihu_buf_str(out, "\n");
}

void roster_show(struct yihu_buf *out, const struct yihu_households *list)
{
	yihu_buf_fmt(out,
		     yihu_ngettext("%zu household, one letter:\n",
				   "%zu households, a letter each:\n", list->n),
		     list->n);
	show_buildings(out, list);
	yihu_buf_str(out, _("Compare with the list: the first, some that are drawn, the last:\n"));
	show_one(out, &list->at[0]);
	for (size_t i = 0; i < DRAWN && list->n > DRAWN + 2; i++)
		show_one(out, &list->at[1 + randombytes_uniform((uint32_t)list->n - 2)]);
	if (list->n > 1)
		show_one(out, &list->at[list->n - 1]);
}

void roster_csv(struct yihu_buf *out, const struct roster *r)
{
	static const char *const english[] = {"household", "building", "name"};
	static const char *const chinese[] = {"住户", "楼栋", "户主"};
	csv_begin(out);
	csv_row(out, r->chinese ? chinese : english, 3);
	for (size_t i = 0; i < r->list.n; i++) {
		const struct yihu_household *h = &r->list.at[i];
		const char *const cells[] = {h->label, h->building, h->name};
		csv_row(out, cells, 3);
	}
}
