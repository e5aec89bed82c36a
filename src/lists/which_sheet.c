/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a sheet (which_sheet.h).
 */
#include "lists/which_sheet.h"

#include <stdlib.h>
#include <string.h>

struct candidates {
	size_t at[TABLE_SHEETS_MAX];
	size_t n;
	bool named; /* by hand */
	int code;   /* of a sheet whose columns say one thing twice */
	struct yihu_error err;
};

static bool is_named(const struct list_look *l, const char *name)
{
	for (size_t i = 0; l && i < l->n_sheets; i++)
		if (strcmp(l->sheets[i], name) == 0) {
			if (l->found)
				*l->found |= UINT64_C(1) << i;
			return true;
		}
	return false;
}

static bool fits(struct candidates *c, const struct table_book *b, size_t i,
		 const struct sheet_wanted *w)
{
	struct columns columns = {0};
	int r = columns_find(&columns, b, &b->sheets[i], w->names, &c->err);
	bool good = r == 0 && w->fits(&columns);
	c->code = r != 0 ? r : c->code;
	columns_finish(&columns);
	return good;
}

static void look_for(struct candidates *c, const struct table_book *b, const struct sheet_wanted *w)
{
	for (size_t i = 0; i < b->n; i++)
		c->named |= is_named(w->look, b->sheets[i].name);
	for (size_t i = 0; i < b->n && i < TABLE_SHEETS_MAX; i++)
		if ((!c->named || is_named(w->look, b->sheets[i].name)) && fits(c, b, i, w))
			c->at[c->n++] = i;
}

static int fail_many(const struct candidates *c, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EHOUSEHOLD,
			 _("%zu sheets of the file have such a table; say which one is meant with "
			   "--sheet NAME"),
			 c->n);
}

/* The choice among candidates; −1: it stays open. */
static int ask(const struct candidates *c, const struct table_book *b, const struct sheet_wanted *w)
{
	const char *choices[LISTS_CHOICES_MAX + 1] = {NULL};
	struct yihu_buf names = {0};
	for (size_t i = 0; i < c->n; i++) {
		choices[i] = b->sheets[c->at[i]].name;
		yihu_buf_fmt(&names, "%s%s", i ? ", " : "", choices[i]);
	}
	int answer =
		list_ask(w->asks, "sheet", yihu_strdup(_("the sheets")), (const char *)names.data,
			 _("each of them has such a table, and one is read; which one? Where "
			   "one goes on in another, put all rows into one sheet"),
			 choices);
	yihu_buf_free(&names);
	return answer;
}

static void note_others(const struct table_book *b, const struct table *sheet,
			const struct sheet_wanted *w)
{
	for (size_t i = 0; i < b->n; i++)
		if (&b->sheets[i] != sheet)
			yihu_buf_fmt(w->notes, _("passed over: the sheet “%s”\n"),
				     b->sheets[i].name);
}

int which_sheet(struct sheet_found *out, const struct table_book *b, const struct sheet_wanted *w,
		struct yihu_error *err)
{
	struct candidates *c = yihu_calloc(1, sizeof *c);
	struct sheet_found found = {0};
	look_for(c, b, w);
	int r = 0, which = c->n == 1 ? 0 : -1;
	if (c->n == 0 && c->code != 0) {
		r = c->code;
		*err = c->err;
	} else if (c->n > LISTS_CHOICES_MAX) {
		r = fail_many(c, err);
	} else if (c->n > 1) {
		which = ask(c, b, w);
	}
	if (r == 0 && which >= 0) {
		found.sheet = &b->sheets[c->at[which]];
		r = columns_find(&found.columns, b, found.sheet, w->names, err);
		note_others(b, found.sheet, w);
	}
	free(c);
	if (r == 0)
		*out = found;
	return r;
}
