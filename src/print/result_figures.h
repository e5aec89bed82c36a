/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of the results poster: turnout, quorum, money, complaints, when
 * and by which rule.
 */
#ifndef YIHU_PRINT_RESULT_FIGURES_H
#define YIHU_PRINT_RESULT_FIGURES_H

#include "print/result_sheet.h"

/* Go below what is on the sheet. */
void result_figures(struct sheet *s);

#endif
