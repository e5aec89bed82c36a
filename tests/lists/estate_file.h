/* SPDX-License-Identifier: Apache-2.0
 *
 * The cells of an estate's list, and the file that is made of them.
 */
#ifndef YIHU_TEST_ESTATE_FILE_H
#define YIHU_TEST_ESTATE_FILE_H

#include "estate.h"

#define LINES_MAX 300

enum { C_NUMBER, C_BUILDING, C_UNIT, C_ROOM, C_NAME, C_NOTE, C_PART, C_PHONE, N_C };

struct written {
	char cell[LINES_MAX][N_C + 2][64];
	uint32_t n;
	size_t columns[N_C]; /* in which order */
	size_t n_columns;
	size_t first; /* line of the first flat, from 0 */
	bool merged_building, merged_unit;
};
extern struct written w;

/* By chance, once in n. */
bool one_in(uint32_t n);
/* Where a meaning stands; SIZE_MAX: nowhere. */
size_t column_of(size_t meaning);

/* One of six forms; merges: a spreadsheet says which cells are merged. */
struct yihu_buf bytes_of(uint32_t form, bool merges);

#endif
