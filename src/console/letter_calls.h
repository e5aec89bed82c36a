/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about letters and the printer: what programs of ours say of them.
 */
#ifndef YIHU_CONSOLE_LETTER_CALLS_H
#define YIHU_CONSOLE_LETTER_CALLS_H

#include "question.h"

/* Files, jobs and printers. */
unsigned call_printing(const struct question *q);
/* {"words": "3-1-101"}: letters that are near; "": those that were changed. */
unsigned call_find(const struct question *q);
/* Each building: printed, delivered, returned. */
unsigned call_delivery(const struct question *q);

#endif
