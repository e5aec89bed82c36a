/* SPDX-License-Identifier: Apache-2.0
 *
 * A person vouches for the clock.
 */
#include "countd/clock.h"

#include <stdlib.h>
#include <time.h>
#include <yihu/box.h>
#include <yihu/clock.h>
#include <yihu/file.h>

#include "cli/cli.h"

/* What is typed has no seconds, and typing takes its time. */
#define TYPED_APART_S 120
#define WAIT_S 30 /* for the daemon to sign */

static bool agrees(uint64_t typed)
{
	uint64_t now = yihu_clock();
	return (now > typed ? now - typed : typed - now) <= TYPED_APART_S;
}

static int fail_typed(const char *typed, bool is_time, struct yihu_error *err)
{
	char *now = yihu_time_local(yihu_clock());
	int r = is_time ? yihu_fail(err, YIHU_ECLOCK,
				    _("you typed %s, and this computer's clock says %s. Nothing "
				      "was changed. Set the computer's clock (date and time zone "
				      "too), then run this again"),
				    typed, now)
			: yihu_fail(err, YIHU_EARG,
				    _("“%s” is not a time, and nothing was changed; type it as "
				      "2027-06-01 20:00"),
				    typed);
	free(now);
	return r;
}

/* The whole date is typed: a clock that is a day or a year off shows the same
 * hours. */
static int ask_time(const char *other, struct yihu_error *err)
{
	uint64_t typed;
	char *now = yihu_time_local(yihu_clock());
	cli_say(_("This computer's clock says: %s"), now);
	free(now);
	char *answer = other ? yihu_strdup(other)
			     : cli_ask(_("Look at another clock, a phone's. Type the date and "
					 "time that it shows, as 2027-06-01 20:00:"));
	bool is_time = answer && yihu_time_parse_local(&typed, answer);
	int r = is_time && agrees(typed) ? 0 : fail_typed(answer ? answer : "", is_time, err);
	free(answer);
	return r;
}

/* The charter, so that a folder that is no box is told before anyone types. */
static int read_closes(uint64_t *closes, const char *box_dir, struct yihu_error *err)
{
	struct yihu_election *e;
	char *dir = yihu_path(box_dir, "public");
	int r = yihu_election_load(&e, dir, err);
	free(dir);
	if (r != 0)
		return r;
	*closes = e->charter->closes;
	yihu_election_free(e);
	return 0;
}

int countd_clock_is_right(const char *box_dir, const char *other)
{
	struct yihu_error err = {0};
	uint64_t closes;
	int r = read_closes(&closes, box_dir, &err);
	if (r == 0)
		r = ask_time(other, &err);
	if (r == 0)
		r = yihu_clock_vouch(box_dir, &err);
	if (r != 0)
		return cli_error(&err);
	cli_say(_("The clock is taken to be right until this computer is started anew."));
	return CLI_DONE;
}

/* Before anyone types; the box asks again. */
static int check_over(uint64_t closes, struct yihu_error *err)
{
	if (yihu_clock() >= closes)
		return 0;
	char *now = yihu_time_local(yihu_clock()), *end = yihu_time_local(closes);
	int r = yihu_fail(err, YIHU_ENOTOVER,
			  _("the poll ends %s; this computer's clock says %s. It is never ended "
			    "before its time"),
			  end, now);
	free(now);
	free(end);
	return r;
}

static bool has_end(const char *box_dir)
{
	char *path = yihu_path(box_dir, "public/log/at-close");
	bool has = yihu_file_exists(path);
	free(path);
	return has;
}

/* The daemon that has the box looks at BOX/clock by itself. */
static int wait_for_daemon(const char *box_dir, struct yihu_error *err)
{
	for (int s = 0; s < WAIT_S && !has_end(box_dir); s++)
		nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
	return has_end(box_dir) ? 0
				: yihu_fail(err, YIHU_ELOCKED,
					    _("another program has the box, and has not ended the "
					      "poll. Stop it, then run this again"));
}

static int end_here(struct yihu_box *box, struct yihu_error *err)
{
	uint64_t now;
	int r = yihu_box_clock(box, &now, err);
	if (r == 0)
		r = yihu_box_end_poll(box, now, err);
	if (r == 0)
		r = yihu_box_export(box, err);
	return r;
}

static int end_poll(const char *box_dir, const char *mirror, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	int r = mirror ? yihu_box_open_mirrored(&box, box_dir, mirror, yihu_clock(), err)
		       : yihu_box_open(&box, box_dir, yihu_clock(), err);
	if (r == YIHU_ELOCKED)
		return wait_for_daemon(box_dir, err);
	if (r == 0)
		r = end_here(box, err);
	yihu_box_close(box);
	return r;
}

int countd_end_poll(const char *box_dir, const char *mirror, const char *other)
{
	struct yihu_error err = {0};
	uint64_t closes;
	int r = read_closes(&closes, box_dir, &err);
	if (r == 0)
		r = check_over(closes, &err);
	if (r == 0 && !has_end(box_dir)) {
		r = ask_time(other, &err);
		if (r == 0)
			r = yihu_clock_vouch(box_dir, &err);
		if (r == 0)
			r = end_poll(box_dir, mirror, &err);
	}
	if (r != 0)
		return cli_error(&err);
	cli_say(_("The end of the poll is signed. Next, the clerk: yihu-tally close"));
	return CLI_DONE;
}
