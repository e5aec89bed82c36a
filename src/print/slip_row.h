/* SPDX-License-Identifier: Apache-2.0
 *
 * A project's row of the ballot slip.
 */
#ifndef YIHU_PRINT_SLIP_ROW_H
#define YIHU_PRINT_SLIP_ROW_H

#include "print/page.h"
#include "print/paper.h"

/* Draws when `draw`, and returns its height; padding is above and below what is
 * in it. */
double slip_row(struct page *p, const struct paper *e, double padding, size_t project, double y,
		bool draw);
/* How to mark this kind of ballot: caller frees. */
char *slip_rule(const struct paper *e);

#endif
