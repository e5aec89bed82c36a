/* SPDX-License-Identifier: Apache-2.0
 *
 * Which format a file has, and where its cells are (table.h).
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "table/formats.h"

void table_book_free(struct table_book *b)
{
	for (size_t i = 0; i < b->n; i++)
		table_free(&b->sheets[i]);
	free(b->sheets);
	*b = (struct table_book){0};
}

static int read_pack(struct table_book *book, const void *bytes, size_t len, struct yihu_error *err)
{
	struct pack *pack = NULL;
	int r = pack_open(&pack, bytes, len, err);
	if (r != 0)
		return r;
	if (pack_has(pack, "xl/workbook.xml"))
		r = table_read_xlsx(book, pack, err);
	else if (pack_has(pack, "content.xml"))
		r = table_read_ods(book, pack, err);
	else
		r = yihu_fail(err, YIHU_EFORMAT,
			      _("this is a packed file, but no spreadsheet (.xlsx or .ods)"));
	pack_close(pack);
	return r;
}

static bool begins(const void *bytes, size_t len, const char *mark, size_t n)
{
	return len >= n && memcmp(bytes, mark, n) == 0;
}

static int read_any(struct table_book *book, const void *bytes, size_t len, struct yihu_error *err)
{
	if (begins(bytes, len, "PK\x03\x04", 4))
		return read_pack(book, bytes, len, err);
	if (begins(bytes, len, "\xd0\xcf\x11\xe0", 4))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is an old spreadsheet (.xls, .et) or one with a password; "
				   "save it as .xlsx without a password"));
	if (begins(bytes, len, "%PDF", 4))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is a PDF; give the spreadsheet that it was made of"));
	return table_read_text(book, bytes, len, err);
}

int table_book_read(struct table_book *out, const void *bytes, size_t len, struct yihu_error *err)
{
	struct table_book book = {0};
	if (len > TABLE_FILE_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table's file can have at most %u MiB"),
				 TABLE_FILE_BYTES_MAX >> 20);
	int r = read_any(&book, bytes, len, err);
	if (r != 0)
		table_book_free(&book);
	else
		*out = book;
	return r;
}

const struct table_cell *table_cell(const struct table_row *row, size_t column)
{
	static char nothing[] = "";
	static const struct table_cell empty = {nothing, TABLE_EMPTY};
	return column < row->n ? &row->at[column] : &empty;
}

/* Lengths of a row's texts, with their ends. */
static size_t texts_len(const struct table_row *row, size_t n, size_t typed, const char *text)
{
	size_t len = 0;
	for (size_t c = 0; c < n; c++)
		len += strlen(c == typed ? text : table_cell(row, c)->text) + 1;
	return len;
}

/* The row once more in one block, with the cell in it. */
static void retype(struct table_row *row, size_t column, const char *text)
{
	uint32_t n = column >= row->n ? (uint32_t)column + 1 : row->n;
	struct table_cell *cells = yihu_alloc(n * sizeof *cells + texts_len(row, n, column, text));
	char *to = (char *)(cells + n);
	for (size_t c = 0; c < n; c++) {
		const struct table_cell *from = table_cell(row, c);
		const char *says = c == column ? text : from->text;
		size_t len = strlen(says) + 1;
		memcpy(to, says, len);
		cells[c] = (struct table_cell){to, c != column ? from->kind
						   : *text     ? TABLE_TEXT
							       : TABLE_EMPTY};
		to += len;
	}
	free(row->at);
	row->at = cells;
	row->n = n;
}

struct table_row *table_row_numbered(const struct table *t, uint32_t number)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].number == number)
			return &t->rows[i];
	return NULL;
}

uint32_t table_row_mark(const struct table_row *row)
{
	crypto_hash_sha256_state state;
	uint8_t digest[crypto_hash_sha256_BYTES];
	if (row->was)
		return row->was;
	crypto_hash_sha256_init(&state);
	for (uint32_t c = 0; c < row->n; c++)
		crypto_hash_sha256_update(&state, (const uint8_t *)row->at[c].text,
					  strlen(row->at[c].text) + 1);
	crypto_hash_sha256_final(&state, digest);
	return yihu_load_be32(digest) | 1;
}

bool table_type(struct table *t, uint32_t number, size_t column, const char *text)
{
	struct table_row *row = table_row_numbered(t, number);
	if (!row || column >= TABLE_COLUMNS_MAX)
		return false;
	row->was = table_row_mark(row);
	retype(row, column, text);
	return true;
}

/* 0 → "A", 26 → "AA". */
static void put_letters(struct yihu_buf *out, size_t column)
{
	if (column >= 26)
		put_letters(out, column / 26 - 1);
	yihu_buf_u8(out, (uint8_t)('A' + column % 26));
}

char *table_place(const struct table_book *b, uint32_t row, size_t column)
{
	struct yihu_buf letters = {0};
	if (column == SIZE_MAX)
		return yihu_printf(b->is_text ? _("line %u") : _("row %u"), row);
	if (b->is_text)
		return yihu_printf(_("line %u, column %zu"), row, column + 1);
	put_letters(&letters, column);
	char *place = yihu_printf(_("row %u, column %s"), row, (const char *)letters.data);
	yihu_buf_free(&letters);
	return place;
}
