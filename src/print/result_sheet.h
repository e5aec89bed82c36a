/* SPDX-License-Identifier: Apache-2.0
 *
 * The sheets of a results poster: one after the other, measured or drawn.
 */
#ifndef YIHU_PRINT_RESULT_SHEET_H
#define YIHU_PRINT_RESULT_SHEET_H

#include "print/pdf.h"
#include "print/result_paper.h"

struct sheet {
	struct page page;
	struct pdf *to;
	const struct result_paper *paper;
	double points; /* of the rows */
	double y, bottom;
	unsigned number, of;
	bool listed; /* the winners above the table, too */
	bool draw;
};
/* The next sheet, from its top. The first has the foot, so that it says all but
 * the last rows. */
void sheet_begin(struct sheet *s);
/* With the foot, where it has one. */
void sheet_end(struct sheet *s);
/* Ends this sheet, and begins the next with the heads of the table. */
void sheet_continue_table(struct sheet *s);
/* Text at the left edge; the next thing goes below it. */
void sheet_put(struct sheet *s, struct text_style style, const char *text);

#endif
