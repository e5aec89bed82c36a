/* SPDX-License-Identifier: Apache-2.0
 *
 * The cells of a table of projects, and the file that is made of them.
 */
#ifndef YIHU_TEST_WORKS_FILE_H
#define YIHU_TEST_WORKS_FILE_H

#include "works.h"

#define LINES 64
#define WIDE (N_W + 2)

struct works_cells {
	char cell[LINES][WIDE][160];
	bool number[LINES][WIDE]; /* of a spreadsheet: a number and no text */
	bool hidden[LINES];
	enum line_is is[LINES];
	uint32_t n, first;
	size_t columns[N_W], n_columns;
	bool unit_said;
	char merged[32];
};
extern struct works_cells t;

/* By chance, once in n. */
bool works_one_in(uint32_t n);
/* "128,000.50", "12.8万", and full-width digits. */
void works_grouped(char *out, uint64_t fen);
void works_as_wan(char out[static 160], uint64_t fen, const char *behind);
void works_wide_digits(char out[static 160], const char *from);
struct yihu_buf works_text(const char *delimiter, const char *encoding, const char *mark);
struct yihu_buf works_xlsx(void);

#endif
