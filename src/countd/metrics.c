/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters, and their Prometheus text.
 */
#include "metrics.h"

static const uint64_t group_bounds[METRICS_BUCKETS] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
static const uint64_t commit_bounds_us[METRICS_BUCKETS] = {500,   1000,  2500,   5000,   10000,
							   25000, 50000, 100000, 500000, 2000000};

static void observe(struct histogram *h, const uint64_t *bounds, uint64_t value)
{
	size_t i = 0;
	while (i < METRICS_BUCKETS && value > bounds[i])
		i++;
	atomic_fetch_add(&h->buckets[i], 1);
	atomic_fetch_add(&h->sum, value);
	atomic_fetch_add(&h->count, 1);
}

void metrics_group(struct metrics *m, uint64_t entries, uint64_t microseconds)
{
	observe(&m->group_size, group_bounds, entries);
	observe(&m->commit_us, commit_bounds_us, microseconds);
}

static void head(struct yihu_buf *out, const char *name, const char *type, const char *help)
{
	yihu_buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void single(struct yihu_buf *out, const char *name, const char *type, const char *help,
		   unsigned long long value)
{
	head(out, name, type, help);
	yihu_buf_fmt(out, "%s %llu\n", name, value);
}

/* Prometheus wants seconds; unit is how many of ours make one of its. */
static void histogram(struct yihu_buf *out, const char *name, const char *help, struct histogram *h,
		      const uint64_t *bounds, double unit)
{
	unsigned long long total = 0;
	head(out, name, "histogram", help);
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		total += atomic_load(&h->buckets[i]);
		yihu_buf_fmt(out, "%s_bucket{le=\"%g\"} %llu\n", name, (double)bounds[i] / unit,
			     total);
	}
	total += atomic_load(&h->buckets[METRICS_BUCKETS]);
	yihu_buf_fmt(out, "%s_bucket{le=\"+Inf\"} %llu\n", name, total);
	yihu_buf_fmt(out, "%s_sum %.9g\n", name, (double)atomic_load(&h->sum) / unit);
	yihu_buf_fmt(out, "%s_count %llu\n", name, total);
}

static void refusals(struct metrics *m, struct yihu_buf *out)
{
	head(out, "yihu_refused_total", "counter", "Ballots and entries refused, by reason.");
	for (int code = 1; code < YIHU_N_CODES; code++) {
		unsigned long long n = atomic_load(&m->refused[code]);
		if (n > 0)
			yihu_buf_fmt(out, "yihu_refused_total{reason=\"%s\"} %llu\n",
				     yihu_code_slug(code), n);
	}
}

static void answers(struct metrics *m, struct yihu_buf *out)
{
	head(out, "yihu_http_answers_total", "counter", "HTTP answers, by hundreds of status.");
	for (int i = 2; i < 6; i++)
		yihu_buf_fmt(out, "yihu_http_answers_total{status=\"%dxx\"} %llu\n", i,
			     atomic_load(&m->answers[i]));
}

void metrics_text(struct metrics *m, const struct gauges *now, struct yihu_buf *out)
{
	single(out, "yihu_ballots_accepted_total", "counter", "Ballots recorded.",
	       atomic_load(&m->accepted));
	single(out, "yihu_ballots_repeated_total", "counter",
	       "Ballots sent again and given their receipt again.", atomic_load(&m->repeated));
	single(out, "yihu_entries_accepted_total", "counter", "Changes and closes recorded.",
	       atomic_load(&m->changes));
	refusals(m, out);
	single(out, "yihu_queue_length", "gauge", "Ballots and entries under way.", now->queue);
	single(out, "yihu_audits_total", "counter", "Audits run for public files.",
	       atomic_load(&m->audits));
	single(out, "yihu_uploads", "gauge", "Public files received or audited.", now->uploads);
	single(out, "yihu_connections", "gauge", "Open connections.", now->connections);
	single(out, "yihu_connections_reaped_total", "counter",
	       "Connections ended at their deadline.", atomic_load(&m->reaped));
	single(out, "yihu_connections_relieved_total", "counter",
	       "Idle connections ended to make room.", atomic_load(&m->relieved));
	answers(m, out);
	histogram(out, "yihu_commit_group_size", "Entries in one commit.", &m->group_size,
		  group_bounds, 1);
	histogram(out, "yihu_commit_seconds", "Time of one commit.", &m->commit_us,
		  commit_bounds_us, 1e6);
}
