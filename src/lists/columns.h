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
/* What somebody says of columns, whatever is written above them. */
struct columns_said {
	struct column_said {
		size_t column; /* from 0 */
		int meaning;   /* or COLUMNS_PASSED */
	} at[TABLE_COLUMNS_MAX];
	size_t n;
	uint32_t from; /* the first row below the names; 0: not said */
};
/* Of "B=building,C=-,from=3": letters, a name or a hyphen for a column that is passed over,
 * and the row with which the list begins. NULL is empty. YIHU_EARG. */
int columns_said_parse(struct columns_said *out, const char *text, const struct column_names *names,
		       struct yihu_error *err);
/* The first name of a meaning: the word for it elsewhere; NULL for COLUMNS_PASSED. */
const char *columns_word(const struct column_names *names, int meaning);
#define COLUMNS_UNKNOWN (-2)
/* The meaning of a name as people write it, COLUMNS_PASSED, or COLUMNS_UNKNOWN. */
int columns_named(const struct column_names *names, const char *cell);

struct columns {
	const struct table_row *names;  /* that name them; one without cells: none does */
	size_t width;                   /* beyond it no column has a name */
	size_t first;                   /* index of the first row below the names */
	size_t above;                   /* how many rows stand above them */
	size_t at[COLUMNS_MAX];         /* the column of each meaning, from 1; 0: none */
	size_t many[COLUMNS_NOTES_MAX]; /* from 0 */
	size_t n_many;
	struct yihu_buf passed; /* names of columns that are not needed: "a, b" */
	size_t n_known;         /* meanings found; 0: there are no names */
};
/* Finds the names among the first rows; said (or NULL) goes before them. YIHU_EHOUSEHOLD
 * when two columns mean one thing. columns_finish frees. */
int columns_find(struct columns *out, const struct table_book *b, const struct table *t,
		 const struct column_names *names, const struct columns_said *said,
		 struct yihu_error *err);
void columns_finish(struct columns *c);
/* How many rows stand below the names. */
static inline size_t columns_rows(const struct columns *c, const struct table *t)
{
	return c->first < t->n_rows ? t->n_rows - c->first : 0;
}
/* Does a row name columns once more, as the top of each printed page does? */
bool columns_repeated(const struct columns *c, const struct table_row *row);
/* The cell of a meaning; an empty one when the table has no such column. Borrowed. */
const struct table_cell *columns_cell(const struct columns *c, const struct table_row *row,
				      int column);

#endif
