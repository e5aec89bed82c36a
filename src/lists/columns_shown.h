/* SPDX-License-Identifier: Apache-2.0
 *
 * A table's columns for people to compare: what is written above each, what it was taken for,
 * and the first cells below.
 */
#ifndef YIHU_LISTS_COLUMNS_SHOWN_H
#define YIHU_LISTS_COLUMNS_SHOWN_H

#include "lists/which_sheet.h"

#define COLUMN_SAMPLES 3

struct column_shown {
	char letters[3]; /* "D" */
	char *heading;   /* "" where nothing is written */
	const char *is;  /* "building"; NULL: it is passed over. Static */
	char *sample[COLUMN_SAMPLES];
};
struct columns_shown {
	struct column_shown *at;
	size_t n;
	uint32_t names_row, first_row; /* of the sheet; names_row 0: no row names them */
};
/* Of the sheet that would be read, or of the first one where none has such columns, so that
 * somebody can say them. YIHU_EARG of look's columns; YIHU_EHOUSEHOLD where two are one.
 * columns_shown_finish frees. */
int roster_columns(struct columns_shown *out, const void *bytes, size_t len,
		   const struct list_look *look, struct yihu_error *err);
int proposals_columns(struct columns_shown *out, const void *bytes, size_t len,
		      const struct list_look *look, struct yihu_error *err);
void columns_shown_finish(struct columns_shown *c);
/* What a column can be taken for, the i-th word; NULL behind the last. Static. */
const char *roster_column_word(size_t i);
const char *proposals_column_word(size_t i);

#endif
