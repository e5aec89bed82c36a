/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster: what was decided, first and largest.
 */
#ifndef YIHU_PRINT_RESULT_WINNERS_H
#define YIHU_PRINT_RESULT_WINNERS_H

#include "print/result_sheet.h"

/* In a frame, below what is on the sheet: how many, the budget cut into them,
 * a line each, and where the money ended. */
void result_winners(struct sheet *s);
/* Is all that there is to say of the budget in that frame? */
bool result_budget_above(const struct published *r);

#endif
