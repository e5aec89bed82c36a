/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of cells out of the text files that people bring: Pabulib files,
 * household lists. One line is one row; libcsv splits it. A cell that holds a
 * control character or is not UTF-8 is refused, so nothing behind this needs
 * to look again. Memory: one line at a time.
 */
#ifndef YIHU_ELECTION_ROWS_H
#define YIHU_ELECTION_ROWS_H

#include <csv.h>
#include <yihu/error.h>
#include <yihu/text.h>

#define YIHU_LINE_MAX (1u << 20)
#define YIHU_COLUMNS_MAX 256

struct yihu_rows {
	const char *p; /* borrowed, what is left */
	size_t left;
	bool liberal; /* takes a BOM, CRLF, a last line without LF, TAB as space */
	/* what liberal reading passed over */
	bool had_bom, had_crlf, had_tab, had_open_end;
	/* the row just read; cells live until the next one */
	size_t line; /* from 1 */
	struct yihu_span raw;
	size_t n; /* 0: a blank line */
	char *cell[YIHU_COLUMNS_MAX];
	/* splitting */
	struct csv_parser csv;
	struct yihu_buf text;
	size_t start[YIHU_COLUMNS_MAX];
};

/* Begins before the first row. Borrows bytes. */
void yihu_rows_init(struct yihu_rows *r, const void *bytes, size_t len, char delimiter,
		    bool liberal);
/* The cells of the last row go, too. */
void yihu_rows_free(struct yihu_rows *r);

/* *more is false after the last row. Errors name line and column. */
int yihu_rows_next(struct yihu_rows *r, bool *more, struct yihu_error *err);

/* Fails with YIHU_EFORMAT unless the row has n cells; liberal reading first
 * drops empty cells at the end (spreadsheets leave them). */
int yihu_rows_expect(struct yihu_rows *r, size_t n, struct yihu_error *err);

/* Puts "line 12, column 3: " before the words of err, and returns its code.
 * Columns are cells. */
int yihu_fail_cell(struct yihu_error *err, int code, size_t line, size_t column);
/* yihu_fail() with "line 12, column 3: " before its words. */
int yihu_fail_in_cell(struct yihu_error *err, int code, size_t line, size_t column,
		      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* How many bytes of s to quote in a message: whole characters, at most 60. */
int yihu_clip(const char *s);

#endif
