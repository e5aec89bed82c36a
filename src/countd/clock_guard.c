/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock guard.
 */
#include "clock_guard.h"

#include <stdlib.h>
#include <yihu/text.h>

#define KEEP_MS 3600000

void clock_guard_init(struct clock_guard *g, const char *box_dir)
{
	*g = (struct clock_guard){.box_dir = box_dir, .closes = UINT64_MAX};
	pthread_mutex_init(&g->lock, NULL);
	yihu_clock_watch(&g->watch);
}

void clock_guard_finish(struct clock_guard *g)
{
	pthread_mutex_destroy(&g->lock);
}

/* lock is held. */
static struct clock_reading ask(struct clock_guard *g)
{
	struct clock_reading r;
	r.verdict = yihu_clock_ask(&g->watch, g->box_dir, &g->log, &r.now);
	bool due = !g->log.sealed && r.now >= g->closes;
	r.ends = due && r.verdict == YIHU_CLOCK_BELIEVED;
	r.waits = due && r.verdict != YIHU_CLOCK_BELIEVED;
	r.writes = !yihu_clock_forbids(r.verdict) && !r.waits;
	return r;
}

struct clock_reading clock_guard_read(struct clock_guard *g)
{
	pthread_mutex_lock(&g->lock);
	struct clock_reading r = ask(g);
	pthread_mutex_unlock(&g->lock);
	return r;
}

static int fail_before_the_end(const char *box_dir, struct yihu_error *err)
{
	char *dir = yihu_shell_word(box_dir);
	yihu_fail(err, YIHU_ECLOCK,
		  _("ballots are taken, but nothing vouches for this computer's clock: it is not "
		    "synchronised, and the computer was restarted. The end of the poll will wait "
		    "for a person: yihu-countd %s --clock-is-right"),
		  dir);
	free(dir);
	return YIHU_ECLOCK;
}

int clock_guard_fail(struct clock_guard *g, const struct clock_reading *r, struct yihu_error *err)
{
	pthread_mutex_lock(&g->lock);
	struct yihu_clock_log log = g->log;
	pthread_mutex_unlock(&g->lock);
	if (r->verdict == YIHU_CLOCK_UNSURE && !r->waits)
		return fail_before_the_end(g->box_dir, err);
	return yihu_clock_fail(r->verdict, g->box_dir, &log, err);
}

void clock_guard_log(struct clock_guard *g, uint64_t closes, const struct yihu_clock_log *log)
{
	pthread_mutex_lock(&g->lock);
	g->closes = closes;
	g->log = *log;
	pthread_mutex_unlock(&g->lock);
}

/* Where nothing vouches, what is kept is how far time had come. */
int clock_guard_keep(struct clock_guard *g, struct yihu_error *err)
{
	uint64_t ms = yihu_clock_monotonic_ms();
	int rc = 0;
	pthread_mutex_lock(&g->lock);
	if (g->kept_ms == 0 || ms - g->kept_ms >= KEEP_MS) {
		struct clock_reading r = ask(g);
		struct yihu_clock_watch moment = g->watch;
		if (r.writes) {
			/* Where the clock should be: an hour's tolerance never adds up. */
			yihu_clock_boot(&moment.boot);
			if (moment.boot.up_s > g->watch.boot.up_s)
				moment.wall += moment.boot.up_s - g->watch.boot.up_s;
			rc = yihu_clock_keep(&moment, g->box_dir, err);
			g->kept_ms = ms;
		}
	}
	pthread_mutex_unlock(&g->lock);
	return rc;
}
