/* SPDX-License-Identifier: Apache-2.0
 *
 * The console's own.
 */
#ifndef YIHU_CONSOLE_INTERNAL_H
#define YIHU_CONSOLE_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "console_options.h"
#include "latch.h"
#include "program_run.h"

#define CONSOLE_RUNS_MAX 256

/* What was begun: what became of it can be asked until the console ends, or it was told
 * and its place is wanted for another. */
struct work {
	struct running *run;
	unsigned number;
	char book[33]; /* whose folder it changes; "" none's */
	char what[80]; /* "yihu-issue letters": program and verb */
	bool daemon;   /* yihu-countd, which is no step */
	bool stays;    /* it serves, outlives the window, and other steps go on beside it */
	bool told;     /* how it ended, to who began it */
};

struct console {
	struct console_options options;
	struct MHD_Daemon *mhd;
	int listen_fd;
	char *url, *host; /* "http://127.0.0.1:34567/", "127.0.0.1:34567" */
	char *drops;      /* the folder for files that were dropped on a page */
	int lock;
	struct latch latch;
	pthread_mutex_t draft_lock; /* calls run in threads, and a file has one writer */
	pthread_mutex_t works_lock;
	struct work works[CONSOLE_RUNS_MAX]; /* the newest last */
	unsigned n_works, n_begun;
	atomic_ullong asked_ms; /* when the last request with a token came */
};

#endif
