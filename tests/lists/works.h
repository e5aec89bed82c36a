/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects that are known, and tables of them, written out in many ways and spoilt
 * in some. Nothing of the reader is used.
 */
#ifndef YIHU_TEST_WORKS_H
#define YIHU_TEST_WORKS_H

#include <yihu/bytes.h>

#define WORKS_MAX 24
#define WORKS_BUDGET UINT64_C(30000000) /* fen */

enum { W_NUMBER, W_NAME, W_COST, W_TEXT, W_PLACE, W_KIND, W_NOTE, W_PHONE, N_W };
enum line_is { LINE_OTHER, LINE_WORK, LINE_SUM };

/* A row, as it was meant. */
struct work {
	char cell[N_W][96]; /* of W_COST: what it costs, "128000.5" */
	uint64_t fen;
	char written[160]; /* what it costs, as the row writes it */
	bool in;
	uint32_t line; /* of the file */
	int twin;      /* the same project as that one; -1: none */
};
extern struct work works[WORKS_MAX];
extern size_t n_works;
extern bool works_in_wan; /* bare numbers are 万元 */

/* Which tables come next. */
void works_seed(uint64_t seed);
/* The next table: works and file. *whole: nothing in it is lost, so that it must go
 * in. The caller frees. */
struct yihu_buf works_table(bool *whole);
/* What stands on that line; work gets it, where it is one. */
enum line_is works_line(uint32_t line, const struct work **work);

#endif
