/* SPDX-License-Identifier: Apache-2.0
 *
 * Which column of a table holds what, by the names above it: below titles and
 * notes, in one row or two.
 */
#ifndef YIHU_LISTS_COLUMNS_H
#define YIHU_LISTS_COLUMNS_H

#include "table/table.h"

#define COLUMNS_MAX 16      /* meanings */
#define COLUMNS_NOTES_MAX 8 /* columns of one meaning that may be many */
#define COLUMNS_PASSED (-1) /* known, and not needed */

/* A name as columns_key makes it of what people write. */
struct column_name {
	const char *name;
	int column; /* a meaning from 0, or COLUMNS_PASSED */
};
struct column_names {
	const struct column_name *at;
	size_t n;
	int many;  /* the meaning of which there may be more than one column; −1: none */
	int first; /* and that of which the first column counts; −1: none */
	const char *const *ends; /* that may stand behind a name; with NULL at the end, or NULL */
};
struct columns {
	size_t width;                   /* beyond it no column has a name */
	size_t first;                   /* index of the first row below the names */
	size_t above;                   /* how many rows stand above them */
	size_t at[COLUMNS_MAX];         /* the column of each meaning, from 1; 0: none */
	size_t many[COLUMNS_NOTES_MAX]; /* from 0 */
	size_t n_many;
	struct yihu_buf passed; /* names of columns that are not needed: "a, b" */
	size_t n_known;         /* meanings found; 0: there are no names */
};
/* Finds the names among the first rows. YIHU_EHOUSEHOLD when two columns mean one
 * thing. columns_finish frees. */
int columns_find(struct columns *out, const struct table_book *b, const struct table *t,
		 const struct column_names *names, struct yihu_error *err);
void columns_finish(struct columns *c);
/* Does a row name columns once more, as the top of each printed page does? */
bool columns_repeated(const struct columns *c, const struct table *t, const struct table_row *row);
/* The cell of a meaning; an empty one when the table has no such column. Borrowed. */
const struct table_cell *columns_cell(const struct columns *c, const struct table_row *row,
				      int column);

#endif
