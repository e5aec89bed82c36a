/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of the results poster: whose it is, what was decided, the figures.
 */
#ifndef YIHU_PRINT_RESULT_HEAD_H
#define YIHU_PRINT_RESULT_HEAD_H

#include "print/result_sheet.h"

/* Each goes below what is on the sheet. */
void result_head(struct sheet *s);
void result_sentence(struct sheet *s);

#endif
