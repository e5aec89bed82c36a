/* SPDX-License-Identifier: Apache-2.0
 *
 * Readers: they answer from what the writer has shown, and wait for a disk or for a
 * slow other side, so that nobody else does. What takes long has one of its own.
 */
#include "asked.h"
#include "daemon.h"
#include "hand_over.h"
#include "take.h"
#include "threads.h"

/* What nobody waits for any more is left. */
static void answer(struct countd *d, struct request *r)
{
	if (!atomic_load(&r->gone)) {
		countd_take(r);
		return;
	}
	atomic_fetch_add(&d->metrics.dropped, 1);
	answer_busy_reading(&r->answer);
	countd_finish(r);
}

static void answer_all(struct countd *d, struct queue *q,
		       void (*answer_one)(struct countd *d, struct request *r))
{
	struct request *r;
	while (!queue_done(q))
		if (queue_take(q, &r, 1, -1) > 0)
			answer_one(d, r);
}

void *reader_run(void *countd)
{
	struct countd *d = countd;
	answer_all(d, &d->read, answer);
	return NULL;
}

static void answer_large(struct countd *d, struct request *r)
{
	asked_wait_room(d->asked);
	/* An export may be somebody's audit; a tile is there later, too. */
	if (!atomic_load(&d->stopping) || r->call != CALL_TILE) {
		answer(d, r);
		return;
	}
	answer_stopping(&r->answer);
	countd_finish(r);
}

void *log_reader_run(void *countd)
{
	struct countd *d = countd;
	answer_all(d, &d->read_log, answer_large);
	return NULL;
}
