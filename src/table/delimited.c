/* SPDX-License-Identifier: Apache-2.0
 *
 * Text of cells: one row a line, but a quoted cell may hold line breaks.
 */
#include <string.h>

#include "election/decode.h"
#include "table/formats.h"

#define LOOKED_AT 50 /* lines, for the delimiter */

struct text_reader {
	const char *p, *end;
	char delimiter;
	uint32_t line; /* of p, from 1 */
	struct table_builder *b;
	struct yihu_buf cell;
};

/* How many of the first lines have it. */
static size_t lines_with(const char *p, const char *end, char delimiter)
{
	size_t n = 0, lines = 0;
	bool has = false;
	for (; p < end && lines < LOOKED_AT; p++) {
		has |= *p == delimiter;
		if (*p == '\n' || *p == '\r') {
			n += has;
			lines += p[0] == '\n';
			has = false;
		}
	}
	return n + has;
}

static char find_delimiter(const char *p, const char *end)
{
	char best = ',';
	size_t most = 0;
	for (const char *d = ",\t;"; *d; d++) {
		size_t n = lines_with(p, end, *d);
		if (n > most) {
			most = n;
			best = *d;
		}
	}
	return best;
}

/* ---- a cell ---- */

static int fail_cell(const struct text_reader *r, size_t column, struct yihu_error *err)
{
	return yihu_fail_at(err, YIHU_EFORMAT, _("line %u, column %zu"), r->line, column + 1);
}

/* Behind the closing mark must stand a delimiter or the line's end: else rows
 * would run into one another. */
static int end_quoted(struct text_reader *r, size_t column, struct yihu_error *err)
{
	while (r->p < r->end && *r->p == ' ')
		r->p++;
	if (r->p == r->end || *r->p == r->delimiter || *r->p == '\n' || *r->p == '\r')
		return 0;
	yihu_fail(
		err, YIHU_EFORMAT,
		_("text follows the closing quotation mark; put the whole cell in quotation marks "
		  "and double those inside it, or take them out"));
	return fail_cell(r, column, err);
}

static int take_quoted(struct text_reader *r, size_t column, uint32_t *breaks,
		       struct yihu_error *err)
{
	for (r->p++; r->p < r->end; r->p++) {
		if (*r->p == '"' && !(r->p + 1 < r->end && r->p[1] == '"')) {
			r->p++;
			return end_quoted(r, column, err);
		}
		r->p += *r->p == '"';
		*breaks += *r->p == '\n';
		yihu_buf_put(&r->cell, r->p, 1);
	}
	yihu_fail(err, YIHU_EFORMAT, _("a quotation mark is not closed; close it, or take it out"));
	return fail_cell(r, column, err);
}

static void take_plain(struct text_reader *r)
{
	const char *from = r->p;
	while (r->p < r->end && *r->p != r->delimiter && *r->p != '\n' && *r->p != '\r')
		r->p++;
	yihu_buf_put(&r->cell, from, (size_t)(r->p - from));
}

static int take_cell(struct text_reader *r, size_t column, uint32_t *breaks, struct yihu_error *err)
{
	int rc = 0;
	yihu_buf_reset(&r->cell);
	if (r->p < r->end && *r->p == '"')
		rc = take_quoted(r, column, breaks, err);
	else
		take_plain(r);
	return rc ? rc
		  : table_builder_cell(r->b, column, TABLE_TEXT, yihu_buf_bytes(&r->cell),
				       r->cell.len, err);
}

/* ---- rows ---- */

/* LF, CRLF, or CR alone, as old Macs ended lines. */
static void take_line_end(struct text_reader *r)
{
	if (r->p < r->end && *r->p == '\r')
		r->p++;
	if (r->p < r->end && *r->p == '\n')
		r->p++;
	r->line++;
}

static int take_row(struct text_reader *r, struct yihu_error *err)
{
	uint32_t breaks = 0;
	int rc = table_builder_row(r->b, r->line, false, err);
	for (size_t column = 0; rc == 0; column++) {
		rc = take_cell(r, column, &breaks, err);
		if (r->p >= r->end || *r->p != r->delimiter)
			break;
		r->p++;
	}
	r->line += breaks;
	take_line_end(r);
	return rc;
}

/* Excel's own first line "sep=;" says the delimiter. */
static void take_sep_line(struct text_reader *r)
{
	if (r->end - r->p < 6 || memcmp(r->p, "sep=", 4) != 0 ||
	    (r->p[5] != '\r' && r->p[5] != '\n'))
		return;
	r->delimiter = r->p[4];
	r->p += 5;
	take_line_end(r);
}

static int read_rows(struct text_reader *r, struct yihu_error *err)
{
	int rc = 0;
	if (r->end - r->p >= 3 && memcmp(r->p, "\xef\xbb\xbf", 3) == 0)
		r->p += 3;
	while (r->end > r->p && r->end[-1] == '\x1a') /* DOS ended files so */
		r->end--;
	r->delimiter = find_delimiter(r->p, r->end);
	take_sep_line(r);
	while (rc == 0 && r->p < r->end)
		rc = take_row(r, err);
	return rc;
}

int table_read_text(struct table_book *book, const void *bytes, size_t len, struct yihu_error *err)
{
	struct table_limits limits = {0};
	struct table_builder b;
	struct yihu_buf text = {0};
	table_builder_init(&b, &limits, "");
	int rc = yihu_decode(&text, bytes, len, err);
	if (rc == 0) {
		const char *p = yihu_buf_bytes(&text);
		struct text_reader r = {.p = p, .end = p + text.len, .line = 1, .b = &b};
		rc = read_rows(&r, err);
		yihu_buf_free(&r.cell);
	}
	book->is_text = true;
	if (rc == 0)
		rc = table_book_add(book, &b, err);
	table_builder_finish(&b);
	yihu_buf_free(&text);
	return rc;
}
