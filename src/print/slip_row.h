/* SPDX-License-Identifier: Apache-2.0
 *
 * A project's row of the ballot slip.
 */
#ifndef YIHU_PRINT_SLIP_ROW_H
#define YIHU_PRINT_SLIP_ROW_H

#include "print/page.h"
#include "print/paper.h"

/* How large the type of a row is, in points. */
struct slip_type {
	double name, about;
	int lines; /* of price, place and description at most; 0: any */
};
/* As high as what is in it. */
double slip_row_height(struct page *p, const struct paper *e, const struct slip_type *t,
		       size_t project);
/* Draws it; row is its height with room above and below. */
void slip_row(struct page *p, const struct paper *e, const struct slip_type *t, size_t project,
	      double y, double row);
/* How to mark this kind of ballot: caller frees. */
char *slip_rule(const struct paper *e);

#endif
