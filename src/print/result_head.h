/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of the results poster: whose it is.
 */
#ifndef YIHU_PRINT_RESULT_HEAD_H
#define YIHU_PRINT_RESULT_HEAD_H

#include "print/result_sheet.h"

/* Goes below what is on the sheet. */
void result_head(struct sheet *s);

#endif
