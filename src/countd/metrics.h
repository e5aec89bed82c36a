/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters for whoever watches the daemon (Prometheus text). Atomic: any
 * thread counts.
 */
#ifndef YIHU_COUNTD_METRICS_H
#define YIHU_COUNTD_METRICS_H

#include <stdatomic.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

#define METRICS_BUCKETS 10

struct histogram {
	atomic_ullong buckets[METRICS_BUCKETS + 1]; /* the last: +Inf */
	atomic_ullong sum, count;
};
struct metrics {
	atomic_ullong accepted, repeated;    /* ballots */
	atomic_ullong changes;               /* R and C entries */
	atomic_ullong refused[YIHU_N_CODES]; /* ballots and entries, by code */
	atomic_ullong answers[6];            /* HTTP answers by hundreds */
	atomic_ullong audits;                /* of the whole folder, for a file that was brought */
	atomic_ullong reaped;                /* connections past their deadline */
	atomic_ullong relieved;              /* idle connections that made room for others */
	struct histogram group_size, commit_us;
};
/* A commit of so many entries is done, and took so long. */
void metrics_group(struct metrics *m, uint64_t entries, uint64_t microseconds);
/* How many there are at this moment. */
struct gauges {
	uint64_t queue, connections, uploads;
};
/* Appends all of it. */
void metrics_text(struct metrics *m, const struct gauges *now, struct yihu_buf *out);

#endif
