/* SPDX-License-Identifier: Apache-2.0
 *
 * Office Open XML: which sheets there are, then each.
 */
#include "table/xlsx_parts.h"

#include <stdlib.h>
#include <string.h>

#define WORKBOOK "xl/workbook.xml"
#define RELATIONS "xl/_rels/workbook.xml.rels"

/* ---- the workbook ---- */

static int add_sheet(struct xlsx *x, const struct pack_attributes *a, struct yihu_error *err)
{
	if (x->n_sheets == TABLE_SHEETS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the spreadsheet has more than %d sheets"),
				 TABLE_SHEETS_MAX);
	char *state = pack_attribute(a, "state"), *name = pack_attribute(a, "name");
	x->sheets[x->n_sheets++] = (struct xlsx_sheet_name){
		.name = name ? name : yihu_strdup(""),
		.id = pack_attribute(a, "id"),
		.hidden = state && strcmp(state, "visible") != 0,
	};
	free(state);
	return 0;
}

static int workbook_start(void *context, const char *element, const struct pack_attributes *a,
			  struct yihu_error *err)
{
	struct xlsx *x = context;
	if (strcmp(element, "sheet") == 0)
		return add_sheet(x, a, err);
	if (strcmp(element, "workbookPr") == 0) {
		char *since = pack_attribute(a, "date1904");
		x->since_1904 = since && (strcmp(since, "1") == 0 || strcmp(since, "true") == 0);
		free(since);
	}
	return 0;
}

static int ignore_end(void *context, const char *element, struct yihu_error *err)
{
	(void)context, (void)element, (void)err;
	return 0;
}

static int ignore_text(void *context, const char *text, size_t len, struct yihu_error *err)
{
	(void)context, (void)text, (void)len, (void)err;
	return 0;
}

/* "worksheets/sheet1.xml", or from the root "/xl/worksheets/sheet1.xml". */
static char *part_of(const char *target)
{
	return target[0] == '/' ? yihu_strdup(target + 1) : yihu_printf("xl/%s", target);
}

static int relations_start(void *context, const char *element, const struct pack_attributes *a,
			   struct yihu_error *err)
{
	struct xlsx *x = context;
	(void)err;
	if (strcmp(element, "Relationship") != 0)
		return 0;
	char *id = pack_attribute(a, "Id"), *target = pack_attribute(a, "Target");
	for (size_t i = 0; id && target && i < x->n_sheets; i++) {
		struct xlsx_sheet_name *s = &x->sheets[i];
		if (s->id && !s->part && strcmp(s->id, id) == 0)
			s->part = part_of(target);
	}
	free(id);
	free(target);
	return 0;
}

static int read_workbook(struct xlsx *x, struct yihu_error *err)
{
	struct pack_events e = {x, workbook_start, ignore_end, ignore_text};
	int r = pack_read(x->pack, WORKBOOK, &e, err);
	e.start = relations_start;
	return r == 0 ? pack_read(x->pack, RELATIONS, &e, err) : r;
}

static void finish(struct xlsx *x)
{
	for (size_t i = 0; i < x->n_sheets; i++) {
		free(x->sheets[i].name);
		free(x->sheets[i].id);
		free(x->sheets[i].part);
	}
	yihu_buf_free(&x->strings);
	free(x->string_at);
	free(x->styles);
	*x = (struct xlsx){0};
}

/* ---- all of it ---- */

static int read_sheet(const struct xlsx *x, const struct xlsx_sheet_name *s,
		      struct table_book *book, struct table_limits *limits, struct yihu_error *err)
{
	struct table_builder b;
	if (s->hidden || !s->part || !pack_has(x->pack, s->part)) /* a chart's sheet has none */
		return 0;
	table_builder_init(&b, limits, s->name);
	int r = xlsx_read_sheet(x, s->part, &b, err);
	if (r == 0)
		r = table_book_add(book, &b, err);
	table_builder_finish(&b);
	return r ? yihu_fail_at(err, r, _("sheet “%.100s”"), s->name) : 0;
}

int table_read_xlsx(struct table_book *book, struct pack *pack, struct yihu_error *err)
{
	struct xlsx *x = yihu_calloc(1, sizeof *x);
	struct table_limits limits = {0};
	x->pack = pack;
	int r = read_workbook(x, err);
	if (r == 0)
		r = xlsx_read_strings(x, err);
	if (r == 0)
		r = xlsx_read_styles(x, err);
	for (size_t i = 0; r == 0 && i < x->n_sheets; i++)
		r = read_sheet(x, &x->sheets[i], book, &limits, err);
	finish(x);
	free(x);
	return r;
}
