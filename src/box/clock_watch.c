/* SPDX-License-Identifier: Apache-2.0
 *
 * Believing the clock: one moment of this start of the computer at which it
 * was right, and whether it has kept pace since.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/clock.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "internal.h"

#define NAME "clock"
#define BYTES_MAX 512

static uint64_t apart(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

void yihu_clock_watch(struct yihu_clock_watch *w)
{
	*w = (struct yihu_clock_watch){.wall = yihu_clock()};
	yihu_clock_boot(&w->boot);
}

int yihu_clock_keep(const struct yihu_clock_watch *w, const char *box_dir, struct yihu_error *err)
{
	char time[21], *path = yihu_path(box_dir, NAME);
	char *text = yihu_printf("yihu-clock-v1\nboot %s\nup %llu\ntime %s\nvouched %s\n",
				 w->boot.id[0] ? w->boot.id : "-", (unsigned long long)w->boot.up_s,
				 yihu_time_text(time, w->wall), w->vouched ? "yes" : "no");
	int r = yihu_file_write(path, text, strlen(text), 0600, err);
	free(text);
	free(path);
	return r;
}

int yihu_clock_vouch(const char *box_dir, struct yihu_error *err)
{
	struct yihu_clock_watch w;
	yihu_clock_watch(&w);
	w.vouched = true;
	return yihu_clock_keep(&w, box_dir, err);
}

static bool parse(struct yihu_clock_watch *w, const char *text)
{
	char time[21], vouched[4], up[21];
	int end = 0;
	*w = (struct yihu_clock_watch){0};
	return sscanf(text,
		      "yihu-clock-v1 boot %36[0-9a-f-] up %20[0-9] time %20[0-9TZ:-] vouched "
		      "%3[a-z]%n",
		      w->boot.id, up, time, vouched, &end) == 4 &&
	       strcmp(text + end, "\n") == 0 &&
	       yihu_decimal(&w->boot.up_s, yihu_span(up), YIHU_TIME_MAX) &&
	       yihu_time_parse(&w->wall, yihu_span(time)) &&
	       (w->vouched = strcmp(vouched, "yes") == 0, true);
}

/* A file that is not there or cannot be read vouches for nothing: the end of
 * the poll waits, and that is all it costs. */
static bool read_kept(struct yihu_clock_watch *kept, const char *box_dir)
{
	struct yihu_buf text = {0};
	char *path = yihu_path(box_dir, NAME);
	bool is = yihu_file_read(path, BYTES_MAX, &text, NULL) == 0 &&
		  parse(kept, (const char *)text.data);
	yihu_buf_free(&text);
	free(path);
	return is;
}

/* The moment that the file tells of, where it is a better one than ours. */
static void adopt(struct yihu_clock_watch *w, const char *box_dir, const struct yihu_boot *now)
{
	struct yihu_clock_watch kept;
	if (!read_kept(&kept, box_dir))
		return;
	w->reached = kept.wall;
	if (!kept.vouched || strcmp(kept.boot.id, now->id) != 0 || kept.boot.up_s > now->up_s ||
	    (w->vouched && kept.boot.up_s < w->boot.up_s))
		return;
	w->boot = kept.boot;
	w->wall = kept.wall;
	w->vouched = true;
}

static bool keeps_pace(const struct yihu_clock_watch *w, const struct yihu_boot *boot, uint64_t now)
{
	uint64_t passed = boot->up_s > w->boot.up_s ? boot->up_s - w->boot.up_s : 0;
	return apart(now, w->wall + passed) <= YIHU_CLOCK_APART_S;
}

/* By a clock for which nothing vouches. */
static enum yihu_clock_verdict weigh(const struct yihu_clock_watch *w,
				     const struct yihu_clock_log *log, uint64_t now)
{
	uint64_t known = log->last > w->reached ? log->last : w->reached;
	if (log->sealed)
		return YIHU_CLOCK_BELIEVED;
	if (now + YIHU_CLOCK_APART_S < log->last)
		return YIHU_CLOCK_BEHIND;
	return known > 0 && now > known + YIHU_CLOCK_AHEAD_S ? YIHU_CLOCK_AHEAD : YIHU_CLOCK_UNSURE;
}

enum yihu_clock_verdict yihu_clock_ask(struct yihu_clock_watch *w, const char *box_dir,
				       const struct yihu_clock_log *log, uint64_t *now)
{
	struct yihu_boot boot;
	yihu_clock_boot(&boot);
	*now = yihu_clock();
	if (yihu_clock_synchronised()) {
		w->boot = boot;
		w->wall = *now;
		w->vouched = true;
		return YIHU_CLOCK_BELIEVED;
	}
	if (!w->vouched || !keeps_pace(w, &boot, *now))
		adopt(w, box_dir, &boot);
	if (!keeps_pace(w, &boot, *now))
		return YIHU_CLOCK_JUMPED;
	return w->vouched ? YIHU_CLOCK_BELIEVED : weigh(w, log, *now);
}

bool yihu_clock_forbids(enum yihu_clock_verdict v)
{
	return v != YIHU_CLOCK_BELIEVED && v != YIHU_CLOCK_UNSURE;
}

static int fail_unsure(const char *now, const char *box_dir, struct yihu_error *err)
{
	return yihu_fail(
		err, YIHU_ECLOCK,
		_("the poll is over by this computer's clock (%s), but nothing vouches for that "
		  "clock: it is not synchronised, and the computer was restarted. The end of the "
		  "poll waits for a person: yihu-countd %s --end-poll"),
		now, box_dir);
}

static int fail_wrong(enum yihu_clock_verdict v, const char *now, const char *last,
		      const char *box_dir, struct yihu_error *err)
{
	static const char *const why[] = {
		[YIHU_CLOCK_JUMPED] = N_("the clock has jumped by more than a minute"),
		[YIHU_CLOCK_BEHIND] = N_("the clock is behind the log"),
		[YIHU_CLOCK_AHEAD] = N_("they are over a day apart, and nothing vouches for the "
					"clock"),
	};
	return yihu_fail(err, YIHU_ECLOCK,
			 _("this computer's clock says %s; the log's last entry is of %s: %s. "
			   "Nothing is written until the clock is synchronised or set right, or a "
			   "person says that it is right: yihu-countd %s --clock-is-right"),
			 now, last, yihu_gettext(why[v]), box_dir);
}

int yihu_clock_fail(enum yihu_clock_verdict v, const char *box_dir,
		    const struct yihu_clock_log *log, struct yihu_error *err)
{
	char *now = yihu_time_local(yihu_clock()), *last = yihu_time_local(log->last);
	char *dir = yihu_shell_word(box_dir);
	int r = v == YIHU_CLOCK_UNSURE ? fail_unsure(now, dir, err)
				       : fail_wrong(v, now, last, dir, err);
	free(dir);
	free(now);
	free(last);
	return r;
}

int yihu_box_clock(const struct yihu_box *b, uint64_t *now, struct yihu_error *err)
{
	struct yihu_clock_watch w;
	struct yihu_clock_log log = {.last = yihu_ledger_last_time(b->ledger),
				     .sealed = yihu_ledger_sealed(b->ledger)};
	yihu_clock_watch(&w);
	enum yihu_clock_verdict v = yihu_clock_ask(&w, b->dir, &log, now);
	bool over = *now >= b->election->charter->closes;
	if (yihu_clock_forbids(v) || (v == YIHU_CLOCK_UNSURE && over))
		return yihu_clock_fail(v, b->dir, &log, err);
	return 0;
}
