/* SPDX-License-Identifier: Apache-2.0
 *
 * The committee's window: a page on 127.0.0.1 that shows each election of this user's,
 * what is done and what comes next, and takes the steps. It does nothing by itself: it
 * runs the programs that people have on the command line (program_run.h), over the
 * same folder, so the two never disagree.
 *
 * Trust: whoever holds the token (latch.h) can do what this user can. Nobody else gets
 * an answer: other pages, other users of the machine, names that lead here (guard.h).
 */
#ifndef YIHU_CONSOLE_H
#define YIHU_CONSOLE_H

#include <yihu/error.h>

#include "console_options.h"

struct console;

/* Binds a free port of 127.0.0.1 and serves. Only one console of a user is there at a
 * time: YIHU_ELOCKED. The caller keeps the options' memory. */
int console_start(struct console **out, const struct console_options *o, struct yihu_error *err);
/* "http://127.0.0.1:34567/": harmless without the key or the code. */
const char *console_url(const struct console *c);
/* A file of mode 0600 that a browser is pointed to, so that the key stands in no list of
 * processes; gone when it was used, or at the end. */
const char *console_entry(const struct console *c);
/* To be typed on the page where no browser can be opened: "1234 5678"; another once it
 * was used. */
const char *console_code(const struct console *c);
/* The browser was closed, and somebody wants it back: a new key, and its entry file. */
int console_renew(struct console *c, struct yihu_error *err);
/* Asks the console that has this first shelf, by SIGUSR1, to renew: the entry file that it
 * then has (caller frees). YIHU_ENOENT: it does not answer. */
int console_call(char **entry, const char *shelf, struct yihu_error *err);
/* Waits until nobody has asked for long, or `stop` is readable. */
void console_wait(struct console *c, int stop);
/* Ends it; what is at work is waited for. c is gone afterwards. */
void console_stop(struct console *c);

#endif
