/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables as people have them, out of whatever program: spreadsheets (.xlsx,
 * .ods) and text (comma, semicolon or tab; UTF-8, GB18030 or UTF-16). Cells
 * with rows and columns, and nothing of what they mean.
 *
 * All of it comes from others: sizes, expansion and depth are bounded, a file
 * beyond them is refused (YIHU_ETOOBIG), and so is one with entities.
 */
#ifndef YIHU_TABLE_H
#define YIHU_TABLE_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define TABLE_FILE_BYTES_MAX (64u << 20)
#define TABLE_COLUMNS_MAX 256
#define TABLE_ROWS_MAX 1048576
#define TABLE_CELLS_MAX 4000000
#define TABLE_TEXT_MAX (96u << 20) /* bytes of all cells together */
#define TABLE_CELL_MAX 100000      /* bytes of one; Excel has 32,767 characters */
#define TABLE_MERGES_MAX 200000
#define TABLE_SHEETS_MAX 200

enum table_kind {
	TABLE_EMPTY,  /* text is "" */
	TABLE_TEXT,   /* typed, or of a text file */
	TABLE_NUMBER, /* text as a plain number: "101", "36800.5" */
	TABLE_DATE,   /* text "2026-01-02" */
	TABLE_FAULT,  /* what a formula could not give: "#REF!" */
};
/* Outer blanks are gone, and a break inside is a blank; valid UTF-8 without
 * control characters. */
struct table_cell {
	char *text;
	enum table_kind kind;
};
struct table_row {
	uint32_t number; /* as its program shows it; of a text file the line: from 1 */
	bool hidden;     /* by a filter or by hand */
	uint32_t n;      /* cells; beyond them all is empty */
	struct table_cell *at;
	uint32_t was; /* its mark before somebody typed into it; 0: nobody did */
};
/* Cells made one; row numbers, and columns from 0, both ends within. */
struct table_merge {
	uint32_t top, bottom, left, right;
};
struct table {
	char *name; /* of the sheet; "" of a text file */
	struct table_row *rows;
	size_t n_rows; /* those that hold anything, in order */
	struct table_merge *merges;
	size_t n_merges;
};
struct table_book {
	bool is_text;
	struct table *sheets; /* those that hold anything and are not hidden */
	size_t n;
};

/* table_book_free frees. */
int table_book_read(struct table_book *out, const void *bytes, size_t len, struct yihu_error *err);
/* Leaves b empty. */
void table_book_free(struct table_book *b);

/* An empty cell where the row has none. Borrowed. */
const struct table_cell *table_cell(const struct table_row *row, size_t column);
/* NULL: the table has no such row. Borrowed. */
struct table_row *table_row_numbered(const struct table *t, uint32_t number);
/* A mark, never 0, of all that the row had when it was read, whatever was typed into it since:
 * where it is another, so is the row. */
uint32_t table_row_mark(const struct table_row *row);
/* Writes text into a cell of a row that is there, as if it had been typed. False: the table
 * has no such row. */
bool table_type(struct table *t, uint32_t number, size_t column, const char *text);
/* "row 12, column D" of a spreadsheet, "line 12, column 4" of a text; column
 * SIZE_MAX: the row alone. Caller frees. */
char *table_place(const struct table_book *b, uint32_t row, size_t column);

#endif
