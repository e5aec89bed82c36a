/* SPDX-License-Identifier: Apache-2.0
 *
 * One of the programs at work, as on a command line: its words, passphrases through a
 * pipe, and what it says. It goes on whether or not a window is open.
 */
#ifndef YIHU_CONSOLE_PROGRAM_RUN_H
#define YIHU_CONSOLE_PROGRAM_RUN_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define RUN_PASSPHRASE_FD 3           /* --passphrase-fd of a program that is given some */
#define RUN_SAID_BYTES_MAX (4u << 20) /* what is kept of each of its two outputs */

struct run_order {
	const char *path;         /* of the program */
	const char *const *words; /* after its name; NULL ends them */
	const char *secrets;      /* SECRET: a line a passphrase; NULL none */
	const char *language;     /* "zh" or "en" */
};
struct running;
/* Begins; the caller keeps nothing of the order. run_free waits for its end. */
int run_start(struct running **out, const struct run_order *o, struct yihu_error *err);
/* How it is now: said and told are appended what it has put on standard output and
 * standard error so far (NULL: not wanted). False: at work; else *status is its exit
 * status, 128 + N when signal N ended it. */
bool run_ended(struct running *r, int *status, struct yihu_buf *said, struct yihu_buf *told);
/* Waits for its end. NULL is fine. */
void run_free(struct running *r);
/* It goes on by itself, after this program too; what it says from then on is lost. r is
 * the process's own from now on. */
void run_leave(struct running *r);
/* To its end, at once: its two outputs appended, and the exit status. */
int run_whole(const struct run_order *o, struct yihu_buf *said, struct yihu_buf *told, int *status,
	      struct yihu_error *err);

#endif
