/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about programs at work: takes, then answers.
 */
#ifndef YIHU_CONSOLE_WORK_CALLS_H
#define YIHU_CONSOLE_WORK_CALLS_H

#include "orders.h"
#include "question.h"

/* An order (orders.h): {run}, its number */
unsigned call_start(const struct question *q);
/* {ended, status, said, told} */
unsigned call_ask_after(const struct question *q);
/* The same of an order that is read; book: the id of its election, or "". */
int work_begin(struct console *c, const struct order *o, const char *book, unsigned *number,
	       struct yihu_error *err);
/* What the election's daemon said last before it ended by itself, with a fault; NULL: it
 * has not. The caller frees. */
char *work_last_words(struct console *c, const char *book);
/* Is anything at work? */
bool calls_are_busy(struct console *c);

/* {works: [{run, what, ended, status}]}: what was begun on this election */
unsigned call_works(const struct question *q);

#endif
