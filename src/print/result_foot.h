/* SPDX-License-Identifier: Apache-2.0
 *
 * The foot of the results poster.
 */
#ifndef YIHU_PRINT_RESULT_FOOT_H
#define YIHU_PRINT_RESULT_FOOT_H

#include "print/result_paper.h"

/* Draws when `draw`, and returns its height. */
double result_foot(struct page *p, const struct result_paper *paper, double y, bool draw);

#endif
