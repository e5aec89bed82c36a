/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock guard: the daemon's one watch of the clock (yihu/clock.h), which
 * any thread may ask. The writer alone keeps it.
 */
#ifndef YIHU_COUNTD_CLOCK_GUARD_H
#define YIHU_COUNTD_CLOCK_GUARD_H

#include <pthread.h>
#include <yihu/clock.h>

struct clock_guard {
	pthread_mutex_t lock;
	const char *box_dir;
	uint64_t closes;
	struct yihu_clock_watch watch;
	struct yihu_clock_log log;
	uint64_t kept_ms; /* when BOX/clock was written last; 0 never */
};
/* box_dir is borrowed. */
void clock_guard_init(struct clock_guard *g, const char *box_dir);
/* When no thread asks any more. */
void clock_guard_finish(struct clock_guard *g);

struct clock_reading {
	uint64_t now;
	enum yihu_clock_verdict verdict;
	bool writes; /* entries may be written */
	bool ends;   /* the poll's end has come, and may be signed */
	bool waits;  /* it has come by this clock alone: a person must say so */
};
/* Asked anew each time. Any thread. */
struct clock_reading clock_guard_read(struct clock_guard *g);
/* What a clock that is not believed keeps from being done, and what to do: words for whoever
 * runs the daemon. YIHU_ECLOCK. */
int clock_guard_fail(struct clock_guard *g, const struct clock_reading *r, struct yihu_error *err);

/* The writer: what the log says by now. */
void clock_guard_log(struct clock_guard *g, uint64_t closes, const struct yihu_clock_log *log);
/* The writer, once in a while: remembers in BOX/clock. */
int clock_guard_keep(struct clock_guard *g, struct yihu_error *err);

#endif
