/* SPDX-License-Identifier: Apache-2.0
 *
 * What the page can ask, as JSON.
 */
#ifndef YIHU_CONSOLE_WINDOW_CALLS_H
#define YIHU_CONSOLE_WINDOW_CALLS_H

#include "question.h"

/* Appends the answer; its HTTP status. */
unsigned calls_answer(struct console *c, const struct asked_call *call, struct yihu_buf *out);

#endif
