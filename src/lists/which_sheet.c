/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a sheet (which_sheet.h).
 */
#include "lists/which_sheet.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

struct candidates {
	size_t at[TABLE_SHEETS_MAX];
	size_t n;
	bool named; /* by hand */
	const struct columns_said *said;
	int code; /* of a sheet whose columns say one thing twice */
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
	int r = columns_find(&columns, b, &b->sheets[i], w->names, c->said, &c->err);
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
	const struct list_where where = {.place = yihu_strdup(_("the sheets"))};
	int answer = list_ask(w->asks, "sheet", where, (const char *)names.data,
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

/* Rows below the names that somebody's `from` leaves out. */
static void note_above(const struct table_book *b, const struct sheet_found *found,
		       const struct sheet_wanted *w)
{
	const struct columns *c = &found->columns;
	for (size_t i = 0; i < c->first && i < found->sheet->n_rows; i++) {
		const struct table_row *row = &found->sheet->rows[i];
		size_t at = 0;
		while (at + 1 < row->n && !row->at[at].text[0])
			at++;
		if (row->number <= c->names->number)
			continue;
		char *place = table_place(b, row->number, SIZE_MAX);
		yihu_buf_fmt(w->notes, _("passed over: %s, “%.60s”"), place,
			     table_cell(row, at)->text);
		yihu_buf_str(w->notes, "\n");
		free(place);
	}
}

/* "D76" of an id; false: it is another list's, or none. */
static bool read_cell(const char *id, char list, uint32_t *row, size_t *column)
{
	size_t len, n = 0;
	const char *cell = list_answer_cell(id, &len), *end = cell + len;
	uint64_t number;
	if (len < 3 || *cell++ != list)
		return false;
	for (; cell < end && *cell >= 'A' && *cell <= 'Z' && n <= TABLE_COLUMNS_MAX; cell++)
		n = n * 26 + (size_t)(*cell - 'A') + 1;
	if (n == 0 || n > TABLE_COLUMNS_MAX ||
	    !yihu_decimal(&number, (struct yihu_span){cell, (size_t)(end - cell)}, TABLE_ROWS_MAX))
		return false;
	*row = (uint32_t)number;
	*column = n - 1;
	return true;
}

/* Typed only where the row is the one that it was asked of. */
static bool type_answer(struct table *t, const struct list_answer *a, uint32_t number,
			size_t column)
{
	const struct table_row *row = table_row_numbered(t, number);
	return row && list_answer_is_of(a->id, table_row_mark(row)) &&
	       table_type(t, number, column, a->text);
}

/* What answers say of cells is typed into them, and said. */
static void type_answers(const struct table_book *b, struct table *t, const struct sheet_wanted *w)
{
	const struct list_answers *answers = w->look ? w->look->answers : NULL;
	uint32_t row;
	size_t column;
	for (size_t i = 0; answers && i < answers->n; i++) {
		struct list_answer *a = &answers->at[i];
		if (!a->text || !read_cell(a->id, w->list, &row, &column))
			continue;
		char *place = table_place(b, row, column);
		a->read = type_answer(t, a, row, column);
		yihu_buf_fmt(w->notes,
			     a->read ? _("%s is read as it was answered: “%.60s”\n")
				     : _("%s is read as it stands: “%.60s” was the answer to "
					 "another row\n"),
			     place, a->text);
		free(place);
	}
}

int which_sheet(struct sheet_found *out, struct table_book *b, const struct sheet_wanted *w,
		struct yihu_error *err)
{
	struct candidates *c = yihu_calloc(1, sizeof *c);
	struct sheet_found found = {0};
	struct columns_said said;
	int r = columns_said_parse(&said, w->look ? w->look->columns : NULL, w->names, err);
	c->said = &said;
	if (r == 0)
		look_for(c, b, w);
	int which = c->n == 1 ? 0 : -1;
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
		r = columns_find(&found.columns, b, found.sheet, w->names, &said, err);
		note_others(b, found.sheet, w);
		if (r == 0)
			note_above(b, &found, w);
		type_answers(b, &b->sheets[c->at[which]], w);
	}
	free(c);
	if (r == 0)
		*out = found;
	return r;
}
