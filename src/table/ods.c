/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenDocument: content.xml has all sheets, one after the other. Cells and rows
 * that repeat are said by a number; programs fill up a sheet with empty ones so.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "table/formats.h"
#include "table/times.h"

#define PART "content.xml"
#define HIDDEN_STYLES_MAX 2000

struct ods_reader {
	struct table_book *book;
	struct table_limits limits;
	struct table_builder b;
	size_t n_sheets;
	char *hidden[HIDDEN_STYLES_MAX]; /* styles of sheets that are not shown */
	size_t n_hidden;
	char *style; /* in hand, above the properties that it has */
	bool in_sheet, skip_sheet;
	uint32_t row, row_repeat; /* from 1: the row in hand, and how often it stands there */
	size_t column;
	uint32_t cell_repeat, columns_spanned, rows_spanned;
	bool in_cell, row_hidden;
	unsigned in_note; /* a comment on a cell is no part of it */
	unsigned in_paragraph;
	enum table_kind kind;
	struct yihu_buf text;
	char *value; /* office:value, or the date */
};

/* ---- sheets ---- */

static bool is_hidden_style(const struct ods_reader *o, const char *style)
{
	for (size_t i = 0; style && i < o->n_hidden; i++)
		if (strcmp(o->hidden[i], style) == 0)
			return true;
	return false;
}

static int start_sheet(struct ods_reader *o, const struct pack_attributes *a,
		       struct yihu_error *err)
{
	if (o->in_sheet) /* a table within a cell is no sheet */
		return yihu_fail(err, YIHU_EFORMAT, _("a table stands inside a table"));
	if (++o->n_sheets > TABLE_SHEETS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the spreadsheet has more than %d sheets"),
				 TABLE_SHEETS_MAX);
	char *name = pack_attribute(a, "name"), *style = pack_attribute(a, "style-name");
	table_builder_init(&o->b, &o->limits, name ? name : "");
	o->in_sheet = true;
	o->skip_sheet = is_hidden_style(o, style);
	o->row = 0;
	o->row_repeat = 1;
	free(name);
	free(style);
	return 0;
}

static int end_sheet(struct ods_reader *o, struct yihu_error *err)
{
	int r = o->skip_sheet ? 0 : table_book_add(o->book, &o->b, err);
	table_builder_finish(&o->b);
	memset(&o->b, 0, sizeof o->b);
	o->in_sheet = false;
	return r;
}

static void note_hidden(struct ods_reader *o, const struct pack_attributes *a)
{
	char *display = pack_attribute(a, "display");
	if (o->style && display && strcmp(display, "false") == 0 &&
	    o->n_hidden < HIDDEN_STYLES_MAX) {
		o->hidden[o->n_hidden++] = o->style;
		o->style = NULL;
	}
	free(display);
}

/* ---- rows ---- */

static int start_row(struct ods_reader *o, const struct pack_attributes *a, struct yihu_error *err)
{
	uint32_t n = pack_number(a, "number-rows-repeated", UINT32_MAX, 1);
	char *visibility = pack_attribute(a, "visibility");
	o->row += o->row_repeat;
	o->row_repeat = n;
	o->row_hidden = visibility && strcmp(visibility, "visible") != 0;
	o->column = 0;
	free(visibility);
	if (o->row > TABLE_ROWS_MAX || n > TABLE_ROWS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d rows"),
				 TABLE_ROWS_MAX);
	return table_builder_row(&o->b, o->row, o->row_hidden, err);
}

/* A row that holds something and repeats: as often as it says. */
static int end_row(struct ods_reader *o, struct yihu_error *err)
{
	int r = 0;
	uint32_t n = o->b.n;
	if (n == 0 || o->row_repeat == 1)
		return 0;
	struct yihu_buf text = {0};
	yihu_buf_put(&text, o->b.text.data, o->b.text.len);
	struct table_slot *cells = yihu_alloc(n * sizeof *cells);
	memcpy(cells, o->b.cell, n * sizeof *cells);
	for (uint32_t i = 1; r == 0 && i < o->row_repeat; i++) {
		r = table_builder_row(&o->b, o->row + i, o->row_hidden, err);
		for (uint32_t c = 0; r == 0 && c < n; c++) {
			const char *s = (const char *)text.data + cells[c].at;
			r = table_builder_cell(&o->b, c, cells[c].kind, s, strlen(s), err);
		}
	}
	free(cells);
	yihu_buf_free(&text);
	return r;
}

/* ---- cells ---- */

static enum table_kind kind_of(const struct pack_attributes *a)
{
	char *type = pack_attribute(a, "value-type");
	enum table_kind kind = TABLE_TEXT;
	if (type && strcmp(type, "date") == 0)
		kind = TABLE_DATE;
	else if (type && (strcmp(type, "float") == 0 || strcmp(type, "currency") == 0 ||
			  strcmp(type, "percentage") == 0))
		kind = TABLE_NUMBER;
	free(type);
	return kind;
}

static void start_cell(struct ods_reader *o, const struct pack_attributes *a, bool covered)
{
	o->cell_repeat = pack_number(a, "number-columns-repeated", UINT32_MAX, 1);
	o->columns_spanned = pack_number(a, "number-columns-spanned", TABLE_COLUMNS_MAX, 1);
	o->rows_spanned = pack_number(a, "number-rows-spanned", TABLE_ROWS_MAX, 1);
	o->kind = covered ? TABLE_EMPTY : kind_of(a);
	o->value = pack_attribute(a, o->kind == TABLE_DATE ? "date-value" : "value");
	o->in_cell = true;
	yihu_buf_reset(&o->text);
}

/* A date as a date, and a number without its format's commas and rounding.
 * Zeros in front, which a format puts there, are part of a room's number. */
static const char *shown(const struct ods_reader *o)
{
	const char *text = yihu_buf_bytes(&o->text);
	bool padded =
		text[0] == '0' && text[1] != '\0' && strspn(text, "0123456789") == strlen(text);
	return !o->value || o->kind == TABLE_TEXT || padded ? text : o->value;
}

/* Where 8.6 is shown as "8.6万", that is what it says; not where 86000 is. */
static void take_times(struct ods_reader *o)
{
	const char *times =
		o->kind == TABLE_NUMBER && o->value ? table_times(yihu_buf_bytes(&o->text)) : NULL;
	double value = times ? strtod(o->value, NULL) : 0;
	double seen = times ? strtod(yihu_buf_bytes(&o->text), NULL) : 0;
	if (!times || fabs(seen - value) > fabs(value) / 10 + 0.1)
		return;
	yihu_buf_reset(&o->text);
	yihu_buf_fmt(&o->text, "%s%s", o->value, times);
	o->kind = TABLE_TEXT;
}

static int put_cells(struct ods_reader *o, struct yihu_error *err)
{
	take_times(o);
	const char *text = shown(o);
	size_t len = o->kind == TABLE_DATE && strlen(text) > 10 ? 10 : strlen(text);
	int r = 0;
	for (uint32_t i = 0; r == 0 && len > 0 && i < o->cell_repeat; i++)
		r = table_builder_cell(&o->b, o->column + i, o->kind, text, len, err);
	return r;
}

static int end_cell(struct ods_reader *o, struct yihu_error *err)
{
	int r = o->kind == TABLE_EMPTY ? 0 : put_cells(o, err);
	struct table_merge m = {.top = o->row,
				.bottom = o->row + (o->rows_spanned ? o->rows_spanned - 1 : 0),
				.left = (uint32_t)o->column,
				.right = (uint32_t)o->column +
					 (o->columns_spanned ? o->columns_spanned - 1 : 0)};
	if (r == 0 && o->column < TABLE_COLUMNS_MAX)
		r = table_builder_merge(&o->b, m, err);
	o->column += o->cell_repeat;
	o->in_cell = false;
	free(o->value);
	o->value = NULL;
	return r;
}

/* ---- events ---- */

static void start_text(struct ods_reader *o, const char *element, const struct pack_attributes *a)
{
	bool space = strcmp(element, "s") == 0 || strcmp(element, "tab") == 0 ||
		     strcmp(element, "line-break") == 0;
	(void)a;
	if (strcmp(element, "p") == 0) {
		o->in_paragraph++;
		space = o->text.len > 0;
	}
	if (space && o->text.len < TABLE_CELL_MAX)
		yihu_buf_str(&o->text, " ");
}

static int start(void *context, const char *element, const struct pack_attributes *a,
		 struct yihu_error *err)
{
	struct ods_reader *o = context;
	if (o->in_note > 0 || strcmp(element, "annotation") == 0) {
		o->in_note += strcmp(element, "annotation") == 0;
		return 0;
	}
	if (strcmp(element, "style") == 0) {
		free(o->style);
		o->style = pack_attribute(a, "name");
	} else if (strcmp(element, "table-properties") == 0)
		note_hidden(o, a);
	else if (strcmp(element, "table") == 0)
		return start_sheet(o, a, err);
	else if (o->in_sheet && !o->in_cell && strcmp(element, "table-row") == 0)
		return start_row(o, a, err);
	else if (o->in_sheet && !o->in_cell && o->row > 0 &&
		 (strcmp(element, "table-cell") == 0 || strcmp(element, "covered-table-cell") == 0))
		start_cell(o, a, element[0] == 'c');
	else if (o->in_cell)
		start_text(o, element, a);
	return 0;
}

static int end(void *context, const char *element, struct yihu_error *err)
{
	struct ods_reader *o = context;
	if (o->in_note > 0) {
		o->in_note -= strcmp(element, "annotation") == 0;
		return 0;
	}
	if (o->in_cell &&
	    (strcmp(element, "table-cell") == 0 || strcmp(element, "covered-table-cell") == 0))
		return end_cell(o, err);
	if (o->in_cell)
		o->in_paragraph -= o->in_paragraph > 0 && strcmp(element, "p") == 0;
	else if (o->in_sheet && strcmp(element, "table-row") == 0)
		return end_row(o, err);
	else if (o->in_sheet && strcmp(element, "table") == 0)
		return end_sheet(o, err);
	return 0;
}

static int text(void *context, const char *p, size_t len, struct yihu_error *err)
{
	struct ods_reader *o = context;
	if (!o->in_cell || o->in_note > 0 || o->in_paragraph == 0)
		return 0;
	if (o->text.len + len > TABLE_CELL_MAX)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("row %u: a cell can have at most %d bytes of text"), o->row,
				 TABLE_CELL_MAX);
	yihu_buf_put(&o->text, p, len);
	return 0;
}

int table_read_ods(struct table_book *book, struct pack *pack, struct yihu_error *err)
{
	struct ods_reader *o = yihu_calloc(1, sizeof *o);
	struct pack_events e = {o, start, end, text};
	o->book = book;
	int r = pack_read(pack, PART, &e, err);
	table_builder_finish(&o->b);
	yihu_buf_free(&o->text);
	for (size_t i = 0; i < o->n_hidden; i++)
		free(o->hidden[i]);
	free(o->style);
	free(o->value);
	free(o);
	return r;
}
