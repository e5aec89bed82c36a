/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer does for the box when nobody sends anything: are the files
 * still there, and is what came last in box.db itself. Of a box that is only read:
 * was its election called off.
 */
#include "quiet.h"

#include "daemon.h"
#include "give_up.h"
#include "publish_box.h"

#define QUIET_MS 1000
#define SHOW_MS 10000 /* between two looks whether the folder shows what it can */

/* A removed file takes writes as before and gives them back to nobody: that is
 * to be known before the next ballot, not by it. */
static void check_names(struct countd *d)
{
	struct yihu_error err = {0};
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_check_names(d->box, &err);
	pthread_mutex_unlock(&d->box_lock);
	if (r != 0)
		countd_give_up(d, &err);
}

static void rest(struct countd *d)
{
	struct yihu_error err = {0};
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_rest(d->box, &err);
	pthread_mutex_unlock(&d->box_lock);
	if (r != 0) /* the WAL still has all of it */
		countd_warn(&d->log, "box.db lags behind: %s", err.text);
}

/* Full tiles as they fill, so that the last second of the poll has little to export. */
static void show(struct countd *d, struct quiet *q, uint64_t now)
{
	struct yihu_error err = {0};
	if (now - q->shown_ms < SHOW_MS)
		return;
	q->shown_ms = now;
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_to_export(d->box) > 0 ? yihu_box_export(d->box, &err) : 0;
	pthread_mutex_unlock(&d->box_lock);
	if (r != 0)
		countd_warn(&d->log, "the public folder lags behind: %s", err.text);
}

/* The one thing that can still come to it, beside it: its log says no more. */
void quiet_note(struct countd *d, struct quiet *q)
{
	struct yihu_error err = {0};
	struct yihu_span reason;
	uint64_t time;
	if (q->noted)
		return;
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_read_note(d->box, &err);
	q->noted = r || yihu_box_called_off(d->box, &reason, &time);
	if (r == 0 && q->noted)
		countd_publish(d);
	pthread_mutex_unlock(&d->box_lock);
	if (r != 0)
		countd_warn(&d->log, "%s", err.text);
	else if (q->noted)
		countd_log(&d->log, "the election was called off");
}

void quiet_tick(struct countd *d, struct quiet *q, bool wrote)
{
	uint64_t now = yihu_clock_monotonic_ms();
	if (!atomic_load(&d->failed))
		show(d, q, now);
	if (wrote) {
		q->unsettled = true;
		q->since_ms = now;
		return;
	}
	if (atomic_load(&d->failed))
		return;
	check_names(d);
	if (q->unsettled && now - q->since_ms >= QUIET_MS && !atomic_load(&d->failed)) {
		rest(d);
		q->unsettled = false;
	}
}
