/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked once the results are published.
 */
#ifndef YIHU_CONSOLE_AFTER_CALLS_H
#define YIHU_CONSOLE_AFTER_CALLS_H

#include "question.h"

/* The committee's book of objections, as yihu-tally has it. */
unsigned call_objections(const struct question *q);

#endif
