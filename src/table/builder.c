/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows and cells, counted as they come (builder.h).
 */
#include "table/builder.h"

#include <stdlib.h>
#include <string.h>

void table_builder_init(struct table_builder *b, struct table_limits *limits, const char *name)
{
	memset(b, 0, sizeof *b);
	b->limits = limits;
	b->table.name = yihu_strdup(name);
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->n_rows; i++)
		free(t->rows[i].at); /* with its texts, add_row */
	free(t->rows);
	free(t->merges);
	free(t->name);
	*t = (struct table){0};
}

void table_builder_finish(struct table_builder *b)
{
	table_free(&b->table);
	yihu_buf_free(&b->text);
}

/* One block a row: the cells, then their texts. */
static void add_row(struct table_builder *b)
{
	struct table *t = &b->table;
	struct table_cell *cells = yihu_alloc(b->n * sizeof *cells + b->text.len);
	char *text = (char *)(cells + b->n);
	memcpy(text, b->text.data, b->text.len);
	for (uint32_t i = 0; i < b->n; i++)
		cells[i] = (struct table_cell){text + b->cell[i].at, b->cell[i].kind};
	if (t->n_rows == b->room) {
		b->room = b->room * 2 + 64;
		t->rows = yihu_realloc(t->rows, b->room, sizeof *t->rows);
	}
	t->rows[t->n_rows++] = (struct table_row){
		.number = b->number, .hidden = b->hidden, .n = b->n, .at = cells};
}

static void end_row(struct table_builder *b)
{
	if (b->n > 0)
		add_row(b);
	b->n = 0;
	yihu_buf_reset(&b->text);
	yihu_buf_u8(&b->text, 0); /* what empty cells have */
}

int table_builder_row(struct table_builder *b, uint32_t number, bool hidden, struct yihu_error *err)
{
	end_row(b);
	if (number == 0 || number > TABLE_ROWS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d rows"),
				 TABLE_ROWS_MAX);
	if (number <= b->number)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("row %u comes twice; the file is damaged: save it once more "
				   "under another name"),
				 number);
	b->number = number;
	b->hidden = hidden;
	return 0;
}

/* ---- a cell ---- */

/* The length of the blank or control character at p; 0: none. C1 too. */
static size_t blank_at(const char *p, size_t left)
{
	const unsigned char *c = (const unsigned char *)p;
	if (left >= 1 && (c[0] <= 0x20 || c[0] == 0x7f))
		return 1;
	if (left >= 2 && c[0] == 0xc2 && c[1] <= 0xa0)
		return 2;
	return left >= 3 && memcmp(p, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

/* Runs of blanks become one, none outside. Appends. */
static void put_text(struct yihu_buf *out, const char *text, size_t len)
{
	bool gap = false, begun = false;
	for (size_t at = 0; at < len;) {
		size_t blank = blank_at(text + at, len - at);
		gap |= blank > 0 && begun;
		if (blank == 0) {
			if (gap)
				yihu_buf_str(out, " ");
			yihu_buf_put(out, text + at, 1);
			gap = false;
			begun = true;
		}
		at += blank ? blank : 1;
	}
	yihu_buf_u8(out, 0);
}

/* Empty ones to its left count: they take as much memory. */
static int count_cell(struct table_limits *l, size_t cells, size_t len, struct yihu_error *err)
{
	l->cells += cells;
	if (l->cells > TABLE_CELLS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d cells"),
				 TABLE_CELLS_MAX);
	l->text += len;
	if (l->text > TABLE_TEXT_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the table has more text than %u MiB"),
				 TABLE_TEXT_MAX >> 20);
	return 0;
}

static bool is_blank(const char *text, size_t len)
{
	size_t at = 0, n;
	while (at < len && (n = blank_at(text + at, len - at)) > 0)
		at += n;
	return at >= len;
}

int table_builder_cell(struct table_builder *b, size_t column, enum table_kind kind,
		       const char *text, size_t len, struct yihu_error *err)
{
	if (is_blank(text, len))
		return 0;
	if (column >= TABLE_COLUMNS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("row %u: a row can have at most %d cells"),
				 b->number, TABLE_COLUMNS_MAX);
	if (len > TABLE_CELL_MAX)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("row %u: a cell can have at most %d bytes of text"), b->number,
				 TABLE_CELL_MAX);
	size_t more = column >= b->n ? column + 1 - b->n : 0;
	int r = count_cell(b->limits, more, len, err);
	if (r != 0)
		return r;
	for (; b->n <= column; b->n++)
		b->cell[b->n].at = 0, b->cell[b->n].kind = TABLE_EMPTY;
	b->cell[column].at = b->text.len;
	b->cell[column].kind = kind;
	put_text(&b->text, text, len);
	return 0;
}

int table_builder_merge(struct table_builder *b, struct table_merge m, struct yihu_error *err)
{
	struct table *t = &b->table;
	if (m.top == m.bottom && m.left == m.right)
		return 0;
	if (t->n_merges == TABLE_MERGES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d merged cells"),
				 TABLE_MERGES_MAX);
	if (t->n_merges == b->merge_room) {
		b->merge_room = b->merge_room * 2 + 64;
		t->merges = yihu_realloc(t->merges, b->merge_room, sizeof *t->merges);
	}
	t->merges[t->n_merges++] = m;
	return 0;
}

/* The table is the caller's, who frees it as a book's. */
static void take_table(struct table_builder *b, struct table *out)
{
	end_row(b);
	*out = b->table;
	b->table = (struct table){0};
}

int table_book_add(struct table_book *book, struct table_builder *b, struct yihu_error *err)
{
	struct table t;
	take_table(b, &t);
	if (t.n_rows == 0) {
		table_free(&t);
		return 0;
	}
	if (book->n == TABLE_SHEETS_MAX) {
		table_free(&t);
		return yihu_fail(err, YIHU_ETOOBIG, _("the spreadsheet has more than %d sheets"),
				 TABLE_SHEETS_MAX);
	}
	book->sheets = yihu_realloc(book->sheets, book->n + 1, sizeof *book->sheets);
	book->sheets[book->n++] = t;
	return 0;
}
