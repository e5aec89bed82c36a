/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about the day of the poll: takes, then answers.
 */
#ifndef YIHU_CONSOLE_POLL_CALLS_H
#define YIHU_CONSOLE_POLL_CALLS_H

#include "question.h"

/* {state: what `yihu-countd --status --json` prints, awake, mirror_there, last_words,
 * networks: [address], begins} */
unsigned call_poll(const struct question *q);
/* {on}: whether the window opens by itself with the computer, and goes on with what was
 * cut off */
unsigned call_begins(const struct question *q);

/* Starts the daemon of each election anew where it was cut off. */
void poll_go_on(struct console *c);

#endif
