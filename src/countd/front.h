/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side: connections, pages, files, and what is brought for the public
 * folder. It has neither the box nor the log key; what only they can answer it asks
 * of the box side (ask_box.h). The rules of who may touch what: countd.h.
 */
#ifndef YIHU_COUNTD_FRONT_H
#define YIHU_COUNTD_FRONT_H

#include <microhttpd.h>
#include <stdatomic.h>
#include <yihu/election.h>

#include "certificate.h"
#include "connections.h"
#include "countd_options.h"
#include "event_log.h"
#include "metrics.h"
#include "slow_answers.h"
#include "thread.h"
#include "uploads.h"

#define FRONT_HTTP_THREADS 4

struct front {
	struct countd_options options;
	char *public_dir;
	char *url;
	struct certificate *certificate; /* NULL: no TLS */
	struct address_range *proxies;   /* that say for whom they ask */
	size_t n_proxies;
	atomic_bool unnamed;   /* one did not, and that was said */
	atomic_bool to_reload; /* the certificate is to be read again */
	int listen_fd;
	struct MHD_Daemon *mhd;
	int metrics_fd;    /* −1: none, or its server's */
	char *metrics_url; /* NULL: none */
	struct MHD_Daemon *metrics_server;
	uint64_t since;                 /* unix seconds */
	struct yihu_election *election; /* without register; never changes: no lock */
	struct box_line *box;           /* whom it asks (ask_box.h) */

	struct connections connections;
	struct uploads uploads; /* public files being received or audited */
	struct event_log log;
	struct front_metrics metrics;
	atomic_uint requests; /* begun and not completed */
	atomic_size_t held;   /* bytes of their large answers: ask_box.h */
	struct slow_answers slow;
	atomic_bool stopping;

	struct auditor *auditor;
	struct audit_child *audit_child;
	struct thread audit_thread, reaper;
	atomic_bool drained; /* the reaper may go */
};

#endif
