/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening the box that is to be served.
 */
#include "box_to_serve.h"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "asked.h"
#include "daemon.h"
#include "publish_box.h"
#include "status_file.h"

#define TELL_MS 500
#define MISSED 240 /* a disk may be slow */

/* A mirror beside the box outlives a damaged file, but no disk. */
static void note_disks(struct countd *d)
{
	struct stat box, mirror;
	if (stat(d->box_dir, &box) == 0 && stat(d->options.mirror, &mirror) == 0 &&
	    box.st_dev == mirror.st_dev)
		countd_warn(&d->log, "%s and its mirror %s are on the same disk", d->box_dir,
			    d->options.mirror);
}

/* How far it is, to who waits: households, and the service manager, which would
 * otherwise take the daemon for hung. */
struct opening_told {
	struct countd *d;
	uint64_t at_ms;
};
/* Nothing was promised to anybody yet, and what is on the disk bears to be left at any
 * moment: who ends the daemon now need not wait. */
static void end_if_asked(void)
{
	static const int signals[] = {SIGTERM, SIGINT};
	sigset_t pending, one;
	sigpending(&pending);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (sigismember(&pending, signals[i]) == 1) {
			sigemptyset(&one);
			sigaddset(&one, signals[i]);
			pthread_sigmask(SIG_UNBLOCK, &one, NULL);
		}
}

static void tell(void *context, const char *what, uint64_t done, uint64_t total)
{
	struct opening_told *t = context;
	uint64_t now = yihu_clock_monotonic_ms();
	(void)what;
	end_if_asked();
	if (t->at_ms != 0 && now - t->at_ms < TELL_MS)
		return;
	t->at_ms = now;
	asked_progress(t->d->asked, done < total ? done : total, total);
	status_starting(t->d, done < total ? done : total, total);
	service_tell(
		&t->d->service, "EXTEND_TIMEOUT_USEC=%llu\nSTATUS=verifying: %llu of %llu entries",
		TELL_MS * 1000ull * MISSED, (unsigned long long)done, (unsigned long long)total);
}

int countd_open_box(struct countd *d, struct yihu_error *err)
{
	struct opening_told told = {.d = d};
	const struct yihu_progress progress = {tell, &told};
	const struct countd_options *o = &d->options;
	const struct yihu_box_opening how = {
		.mirror = o->mirror,
		.move = o->moved ? YIHU_BOX_MOVED : YIHU_BOX_STAYS,
		.not_before = o->not_before,
		.n_not_before = o->n_not_before,
		.progress = &progress,
	};
	int r = o->alone ? yihu_box_stand_alone(d->box_dir, err) : 0;
	if (r == 0 && !o->mirror)
		r = yihu_box_check_whole(d->box_dir, err);
	if (r == 0)
		r = yihu_box_open_as(&d->box, d->box_dir, &how, yihu_clock(), err);
	/* Rebuilt, and not whole: it can be read. */
	if (r == YIHU_EREADONLY) {
		countd_warn(&d->log, "%s", err->text);
		d->read_only = true;
		r = yihu_box_open_rebuilt(&d->box, d->box_dir, err);
	}
	if (r == 0)
		r = yihu_box_view_open(&d->view, d->box, err);
	if (r == 0)
		r = known_entries_read(d->entries, d->box, err);
	if (r == 0) {
		d->election = yihu_box_election(d->box);
		lanes_set_width(&d->verify, d->election->definition->width);
		letters_update(d->letters, yihu_box_ledger(d->box));
		countd_publish(d);
	}
	if (r == 0 && o->mirror)
		note_disks(d);
	return r;
}
