/* SPDX-License-Identifier: Apache-2.0
 *
 * The box side: what takes ballots and entries, keeps them, and answers what only
 * the box knows. The rules of who may touch what: countd.h.
 */
#ifndef YIHU_COUNTD_DAEMON_H
#define YIHU_COUNTD_DAEMON_H

#include <stdatomic.h>
#include <yihu/box.h>

#include "asked_work.h"
#include "clock_guard.h"
#include "committed.h"
#include "countd_options.h"
#include "event_log.h"
#include "in_flight.h"
#include "known_entries.h"
#include "known_false.h"
#include "known_letters.h"
#include "lanes.h"
#include "metrics.h"
#include "queue.h"
#include "service.h"
#include "thread.h"

#define COUNTD_GROUP_MAX 512    /* entries of one commit */
#define COUNTD_VERIFIERS_MAX 64 /* one a core */
#define COUNTD_TILES_MAX 64     /* that wait; a large one has 8 MB */

struct countd {
	struct countd_options options;
	char *box_dir;
	char *public_dir;
	struct service service; /* after the start the writer's, but for service_tell */
	char *url;
	char *metrics_url; /* NULL: none */
	uint64_t since;    /* unix seconds */
	struct front_process *front;
	struct asked_calls *asked; /* what the HTTP side waits for */

	pthread_mutex_t box_lock;
	struct yihu_box *box;
	bool read_only; /* a rebuilt box that is not whole: nothing is written */
	const struct yihu_election *election; /* the box's; never changes: no lock */
	struct committed *committed;
	/* What those read who have no box_lock: all but the writer. */
	struct yihu_box_view *view;
	struct letters *letters;
	struct known_entries *entries;
	struct metrics metrics;
	struct clock_guard clock;
	struct event_log log;

	struct lanes verify;
	struct queue write, read, read_log; /* read_log: tiles and exports, which take long */
	atomic_uint under_way;              /* ballots and entries in verify and write */
	atomic_uint early;                  /* of these, received before the poll's end */
	struct in_flight in_flight;
	struct known_false *known_false;
	struct asked_work work;
	atomic_bool stopping, failed;
	struct yihu_error why; /* failed; read when the threads are gone */
	struct thread verifiers[COUNTD_VERIFIERS_MAX], writer, recheck;
	struct thread reader, log_reader;
	struct thread status;
	atomic_bool status_written; /* BOX/status is ours */
	atomic_bool front_gone;     /* the HTTP side, without having been told to */
};

#endif
