/* SPDX-License-Identifier: Apache-2.0
 *
 * The one struct that holds the threads together. The rules of who may touch
 * what: countd.h.
 */
#ifndef YIHU_COUNTD_DAEMON_H
#define YIHU_COUNTD_DAEMON_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <yihu/box.h>

#include "clock_guard.h"
#include "committed.h"
#include "connections.h"
#include "countd_options.h"
#include "known_letters.h"
#include "line_rate.h"
#include "metrics.h"
#include "queue.h"
#include "service.h"
#include "uploads.h"

#define COUNTD_GROUP_MAX 512    /* entries of one commit */
#define COUNTD_VERIFIERS_MAX 64 /* one a core */
#define COUNTD_HTTP_THREADS 4

struct thread {
	pthread_t id;
	bool runs;
};

struct countd {
	struct countd_options options;
	char *box_dir;
	char *public_dir;
	char *url;
	char *tls_cert, *tls_key; /* PEM texts while MHD runs; the key wiped after */
	int listen_fd;
	struct service service; /* after the start the writer's, but for service_tell */
	struct MHD_Daemon *mhd;

	pthread_mutex_t box_lock;
	struct yihu_box *box;
	bool read_only; /* a rebuilt box that is not whole: nothing is written */
	const struct yihu_election *election; /* the box's; never changes: no lock */
	struct committed *committed;
	/* What those read who have no box_lock: all but writer and auditor. */
	struct yihu_box_view *view;
	struct letters *letters;
	struct metrics metrics;
	struct clock_guard clock;
	struct connections connections;
	struct uploads uploads; /* public files being received or audited */
	struct line_rate lines; /* of the log */

	struct queue verify, write, audit;
	atomic_uint under_way; /* ballots and entries in verify and write */
	atomic_uint requests;  /* begun and not completed */
	atomic_bool stopping, failed;
	struct auditor *auditor;
	struct audit_child *audit_child;

	struct thread verifiers[COUNTD_VERIFIERS_MAX], writer, audit_thread, reaper;
	atomic_bool drained; /* the reaper may go */
};

#endif
