/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters for whoever watches the daemon (Prometheus text), of the box side and of
 * the HTTP side. Atomic: any thread counts.
 */
#ifndef YIHU_COUNTD_METRICS_H
#define YIHU_COUNTD_METRICS_H

#include <stdatomic.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

#include "lanes.h"

#define METRICS_BUCKETS 10
#define METRICS_TYPE "text/plain; version=0.0.4"

struct histogram {
	atomic_ullong buckets[METRICS_BUCKETS + 1]; /* the last: +Inf */
	atomic_ullong sum, count;
};
struct metrics {
	atomic_ullong accepted, repeated; /* ballots */
	atomic_ullong changes;            /* R and C entries */
	atomic_ullong entries_repeated;   /* that were in the log */
	atomic_ullong shed[N_LANES];      /* no room, or too long a wait */
	atomic_ullong crowded;            /* their letter had its fill under way */
	atomic_ullong dropped;            /* whoever sent them had hung up */
	atomic_ullong tiles_shed;         /* too many waited */
	atomic_ullong work_asked, work_done;
	atomic_ullong refused[YIHU_N_CODES]; /* ballots and entries, by code */
	struct histogram group_size, commit_us, verify_us;
};
/* Microseconds by a clock that never jumps. */
uint64_t metrics_us(void);
/* A commit of so many entries is done, and took so long. */
void metrics_group(struct metrics *m, uint64_t entries, uint64_t microseconds);
/* A ballot or entry was verified, or refused, and that took so long. */
void metrics_verified(struct metrics *m, uint64_t microseconds);
/* Appends all of it; queue is how many are under way at this moment. */
void metrics_text(struct metrics *m, uint64_t queue, struct lanes *lanes, struct yihu_buf *out);
/* For whoever has more: the lines before a metric's values; one value. */
void metrics_head(struct yihu_buf *out, const char *name, const char *type, const char *help);
void metrics_counter(struct yihu_buf *out, const char *name, const char *help,
		     unsigned long long value);
void metrics_gauge(struct yihu_buf *out, const char *name, const char *help, double value);

/* The HTTP side's. */
struct front_metrics {
	atomic_ullong answers[6]; /* by hundreds */
	atomic_ullong audits;     /* of the whole folder, for a file that was brought */
	atomic_ullong reaped;     /* connections past their deadline */
	atomic_ullong relieved;   /* connections that made room for others */
	atomic_ullong crowded;    /* requests of an address that had its fill */
	atomic_ullong slowed;     /* refusals that were held back */
};
/* How many there are at this moment. */
struct front_gauges {
	uint64_t connections, connections_max, uploads;
	unsigned long long dropped; /* lines that its log left out */
	uint64_t since;             /* unix seconds */
	uint64_t expires;           /* the certificate; 0: none */
};
/* Appends all of it. serves: the box side answers. */
void front_metrics_text(struct front_metrics *m, const struct front_gauges *now, bool serves,
			struct yihu_buf *out);

#endif
