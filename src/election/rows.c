/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of cells, one line at a time (rows.h).
 */
#include "rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void *realloc_or_abort(void *p, size_t bytes)
{
	return yihu_realloc(p, bytes, 1);
}

/* libcsv would trim blanks and end rows at a CR: here every byte of a line is
 * content. */
static int never(unsigned char c)
{
	(void)c;
	return 0;
}

void yihu_rows_init(struct yihu_rows *r, const void *bytes, size_t len, char delimiter,
		    bool liberal)
{
	*r = (struct yihu_rows){.p = bytes, .left = len, .liberal = liberal};
	csv_init(&r->csv, 0);
	csv_set_delim(&r->csv, (unsigned char)delimiter);
	csv_set_realloc_func(&r->csv, realloc_or_abort);
	csv_set_blk_size(&r->csv, 4096);
	csv_set_space_func(&r->csv, never);
	csv_set_term_func(&r->csv, never);
}

void yihu_rows_free(struct yihu_rows *r)
{
	csv_free(&r->csv);
	yihu_buf_free(&r->text);
}

int yihu_fail_cell(struct yihu_error *err, int code, size_t line, size_t column)
{
	return yihu_fail_at(err, code, _("line %zu, column %zu"), line, column);
}

int yihu_fail_in_cell(struct yihu_error *err, int code, size_t line, size_t column,
		      const char *format, ...)
{
	struct yihu_error said;
	va_list args;
	va_start(args, format);
	vsnprintf(said.text, sizeof said.text, format, args);
	va_end(args);
	yihu_fail(err, code, "%s", said.text);
	return yihu_fail_cell(err, code, line, column);
}

int yihu_clip(const char *s)
{
	size_t n = strnlen(s, 60);
	while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

static void take_cell(void *data, size_t len, void *arg)
{
	struct yihu_rows *r = arg;
	if (r->n < YIHU_COLUMNS_MAX) {
		r->start[r->n] = r->text.len;
		yihu_buf_put(&r->text, data, len);
		yihu_buf_u8(&r->text, 0);
	}
	r->n++; /* one too many is seen by split() */
}

/* Steps over a cell in quotation marks, and tells whether something stands
 * between the closing one and the delimiter. */
static bool behind_quote(const char **at, const char *end, char delimiter)
{
	const char *p = *at + 1;
	while (p < end && (*p != '"' || (p + 1 < end && p[1] == '"')))
		p += *p == '"' ? 2 : 1;
	bool closed = p < end;
	p += closed;
	*at = p;
	return closed && p < end && *p != delimiter;
}

/* The cell, from 1, in which text follows a closing quotation mark; 0: none. */
static size_t text_behind(struct yihu_rows *r)
{
	const char *p = r->raw.p, *end = p + r->raw.len;
	char delimiter = (char)csv_get_delim(&r->csv);
	for (size_t cell = 1; p < end; cell++) {
		if (*p == '"' && behind_quote(&p, end, delimiter))
			return cell;
		while (p < end && *p != delimiter)
			p++;
		p++;
	}
	return 0;
}

static int fail_open(struct yihu_rows *r, struct yihu_error *err)
{
	size_t cell = text_behind(r);
	if (cell == 0)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("a quotation mark is not closed on its line; a cell cannot hold "
				   "a line break"));
	r->n = cell - 1;
	return yihu_fail(err, YIHU_EFORMAT,
			 _("text follows a closing quotation mark; put the whole cell in "
			   "quotation marks and double those inside it"));
}

static int split(struct yihu_rows *r, struct yihu_error *err)
{
	int rc = 0;
	/* Strict splitting refuses a quote inside an unquoted cell; the files of
	 * cities have them. A quote left open is refused always. */
	csv_set_opts(&r->csv, r->liberal ? 0 : CSV_STRICT | CSV_STRICT_FINI);
	size_t done = csv_parse(&r->csv, r->raw.p, r->raw.len, take_cell, NULL, r);
	csv_set_opts(&r->csv, CSV_STRICT | CSV_STRICT_FINI);
	if (done != r->raw.len) {
		rc = yihu_fail(err, YIHU_EFORMAT,
			       _("a quotation mark stands inside a cell; put the whole cell in "
				 "quotation marks and double those inside it"));
	} else if (csv_fini(&r->csv, take_cell, NULL, r) != 0) {
		rc = fail_open(r, err);
	} else if (r->n > YIHU_COLUMNS_MAX) {
		r->n = YIHU_COLUMNS_MAX;
		rc = yihu_fail(err, YIHU_ETOOBIG, _("a row can have at most %d cells"),
			       YIHU_COLUMNS_MAX);
	}
	return rc ? yihu_fail_cell(err, rc, r->line, r->n + 1) : 0;
}

/* C0, DEL and C1, in UTF-8: 0xc2 is never its last byte. */
static bool has_control(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	for (size_t i = 0; i < len; i++) {
		if (p[i] < 0x20 || p[i] == 0x7f)
			return true;
		if (p[i] == 0xc2 && p[i + 1] <= 0x9f)
			return true;
	}
	return false;
}

static int check_cell(struct yihu_rows *r, size_t i, struct yihu_error *err)
{
	char *s = (char *)r->text.data + r->start[i];
	size_t end = i + 1 < r->n ? r->start[i + 1] : r->text.len;
	size_t len = end - r->start[i] - 1;
	for (size_t k = 0; r->liberal && k < len; k++) {
		if (s[k] == '\t') {
			s[k] = ' ';
			r->had_tab = true;
		}
	}
	int rc = 0;
	if (!yihu_utf8_valid(s, len))
		rc = yihu_fail(err, YIHU_EFORMAT,
			       _("this is not UTF-8 text; save the file as UTF-8"));
	else if (has_control(s, len))
		rc = yihu_fail(err, YIHU_EFORMAT,
			       _("there is a control character in this cell; retype the cell"));
	r->cell[i] = s;
	return rc ? yihu_fail_cell(err, rc, r->line, i + 1) : 0;
}

/* Takes the next line off the bytes, without its end. */
static int take_line(struct yihu_rows *r, struct yihu_error *err)
{
	const char *lf = memchr(r->p, '\n', r->left);
	size_t len = lf ? (size_t)(lf - r->p) : r->left;
	r->line++;
	r->raw = (struct yihu_span){r->p, len};
	r->p += lf ? len + 1 : len;
	r->left -= lf ? len + 1 : len;
	if (!lf) {
		r->had_open_end = true;
		if (!r->liberal)
			return yihu_fail_in_cell(err, YIHU_EFORMAT, r->line, 1,
						 _("the last line has no line end"));
	}
	if (r->liberal && len > 0 && r->raw.p[len - 1] == '\r') {
		r->raw.len--;
		r->had_crlf = true;
	}
	if (r->raw.len > YIHU_LINE_MAX)
		return yihu_fail_in_cell(err, YIHU_ETOOBIG, r->line, 1,
					 _("the line is longer than 1 MiB"));
	return 0;
}

static int check_bom(struct yihu_rows *r, struct yihu_error *err)
{
	if (r->line != 0 || r->left < 3 || memcmp(r->p, "\xef\xbb\xbf", 3) != 0)
		return 0;
	if (!r->liberal)
		return yihu_fail_in_cell(err, YIHU_EFORMAT, 1, 1,
					 _("the file begins with a byte order mark"));
	r->had_bom = true;
	r->p += 3;
	r->left -= 3;
	return 0;
}

int yihu_rows_next(struct yihu_rows *r, bool *more, struct yihu_error *err)
{
	int rc = check_bom(r, err);
	if (rc != 0)
		return rc;
	*more = r->left > 0;
	if (!*more)
		return 0;
	r->n = 0;
	yihu_buf_reset(&r->text);
	rc = take_line(r, err);
	if (rc != 0 || r->raw.len == 0)
		return rc;
	rc = split(r, err);
	for (size_t i = 0; rc == 0 && i < r->n; i++)
		rc = check_cell(r, i, err);
	return rc;
}

int yihu_rows_expect(struct yihu_rows *r, size_t n, struct yihu_error *err)
{
	while (r->liberal && r->n > n && r->cell[r->n - 1][0] == '\0')
		r->n--;
	if (r->n == n)
		return 0;
	int rc = yihu_fail(err, YIHU_EFORMAT, _("this row has %zu cells where %zu are expected"),
			   r->n, n);
	return yihu_fail_cell(err, rc, r->line, r->n < n ? r->n + 1 : n + 1);
}
