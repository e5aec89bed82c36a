/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters, and their Prometheus text.
 */
#include "metrics.h"

#include <time.h>
#include <yihu/text.h>

static const uint64_t group_bounds[METRICS_BUCKETS] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
static const uint64_t time_bounds_us[METRICS_BUCKETS] = {500,   1000,  2500,   5000,   10000,
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

uint64_t metrics_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

void metrics_group(struct metrics *m, uint64_t entries, uint64_t microseconds)
{
	observe(&m->group_size, group_bounds, entries);
	observe(&m->commit_us, time_bounds_us, microseconds);
}

void metrics_verified(struct metrics *m, uint64_t microseconds)
{
	observe(&m->verify_us, time_bounds_us, microseconds);
}

void metrics_head(struct yihu_buf *out, const char *name, const char *type, const char *help)
{
	yihu_buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void single(struct yihu_buf *out, const char *name, const char *type, const char *help,
		   unsigned long long value)
{
	metrics_head(out, name, type, help);
	yihu_buf_fmt(out, "%s %llu\n", name, value);
}

void metrics_gauge(struct yihu_buf *out, const char *name, const char *help, double value)
{
	metrics_head(out, name, "gauge", help);
	yihu_buf_fmt(out, "%s %.17g\n", name, value);
}

void metrics_counter(struct yihu_buf *out, const char *name, const char *help,
		     unsigned long long value)
{
	single(out, name, "counter", help, value);
}

/* Prometheus wants seconds; unit is how many of ours make one of its. */
static void histogram(struct yihu_buf *out, const char *name, const char *help, struct histogram *h,
		      const uint64_t *bounds, double unit)
{
	unsigned long long total = 0;
	metrics_head(out, name, "histogram", help);
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
	metrics_head(out, "yihu_refused_total", "counter",
		     "Ballots and entries refused, by reason.");
	for (int code = 1; code < YIHU_N_CODES; code++) {
		unsigned long long n = atomic_load(&m->refused[code]);
		if (n > 0)
			yihu_buf_fmt(out, "yihu_refused_total{reason=\"%s\"} %llu\n",
				     yihu_code_slug(code), n);
	}
}

static void answers(struct front_metrics *m, struct yihu_buf *out)
{
	metrics_head(out, "yihu_http_answers_total", "counter",
		     "HTTP answers, by hundreds of status.");
	for (int i = 2; i < 6; i++)
		yihu_buf_fmt(out, "yihu_http_answers_total{status=\"%dxx\"} %llu\n", i,
			     atomic_load(&m->answers[i]));
}

/* One row a lane; its counter, or what it shows at this moment. */
static void row(struct yihu_buf *out, const char *name, enum lane lane, double value)
{
	yihu_buf_fmt(out, "%s{lane=\"%s\"} %.9g\n", name, lane_name(lane), value);
}

static void waiting(struct lanes *lanes, struct yihu_buf *out)
{
	struct lane_figures f[N_LANES];
	uint64_t now_ms = yihu_clock_monotonic_ms();
	for (enum lane i = 0; i < N_LANES; i++)
		f[i] = lanes_figures(lanes, i, now_ms);
	metrics_head(out, "yihu_waiting", "gauge", "Ballots and entries that wait for a verifier.");
	for (enum lane i = 0; i < N_LANES; i++)
		row(out, "yihu_waiting", i, f[i].n);
	metrics_head(out, "yihu_waiting_seconds", "gauge",
		     "How long the first of them has waited.");
	for (enum lane i = 0; i < N_LANES; i++)
		row(out, "yihu_waiting_seconds", i, (double)f[i].age_ms / 1e3);
}

static void admission(struct metrics *m, struct lanes *lanes, struct yihu_buf *out)
{
	waiting(lanes, out);
	metrics_head(out, "yihu_shed_total", "counter",
		     "Sent away with 503: no room, or they waited too long.");
	for (enum lane i = LANE_SIGNED + 1; i < N_LANES; i++)
		row(out, "yihu_shed_total", i, (double)atomic_load(&m->shed[i]));
	single(out, "yihu_in_flight_refused_total", "counter",
	       "Ballots sent away because as many of their letter were under way as may be.",
	       atomic_load(&m->crowded));
	single(out, "yihu_dropped_total", "counter",
	       "Left undone because whoever sent them had hung up.", atomic_load(&m->dropped));
	single(out, "yihu_tiles_shed_total", "counter",
	       "Tiles of the log that were sent away with 503: too many waited.",
	       atomic_load(&m->tiles_shed));
	single(out, "yihu_work_asked_total", "counter", "Ballots that were asked for work.",
	       atomic_load(&m->work_asked));
	single(out, "yihu_work_done_total", "counter", "Ballots that brought it.",
	       atomic_load(&m->work_done));
}

void metrics_text(struct metrics *m, uint64_t queue, struct lanes *lanes, struct yihu_buf *out)
{
	single(out, "yihu_ballots_accepted_total", "counter", "Ballots recorded.",
	       atomic_load(&m->accepted));
	single(out, "yihu_ballots_repeated_total", "counter",
	       "Ballots sent again and given their receipt again.", atomic_load(&m->repeated));
	single(out, "yihu_entries_accepted_total", "counter", "Changes and closes recorded.",
	       atomic_load(&m->changes));
	single(out, "yihu_entries_repeated_total", "counter",
	       "Entries sent again and told where they are.", atomic_load(&m->entries_repeated));
	refusals(m, out);
	single(out, "yihu_queue_length", "gauge", "Ballots and entries under way.", queue);
	admission(m, lanes, out);
	histogram(out, "yihu_commit_entries", "Entries in one commit.", &m->group_size,
		  group_bounds, 1);
	histogram(out, "yihu_verify_seconds",
		  "Time of verifying, or refusing, one ballot or entry.", &m->verify_us,
		  time_bounds_us, 1e6);
	histogram(out, "yihu_commit_seconds", "Time of one commit.", &m->commit_us, time_bounds_us,
		  1e6);
}

void front_metrics_text(struct front_metrics *m, const struct front_gauges *now, bool serves,
			struct yihu_buf *out)
{
	metrics_head(out, "yihu_build_info", "gauge", "1, beside the program's version.");
	yihu_buf_str(out, "yihu_build_info{version=\"" YIHU_VERSION "\"} 1\n");
	metrics_gauge(out, "yihu_start_time_seconds", "When the daemon was started.",
		      (double)now->since);
	metrics_gauge(out, "yihu_serving",
		      "1: the box is open; 0: it is being verified, or closed.", serves);
	if (now->expires > 0)
		metrics_gauge(out, "yihu_tls_certificate_expiry_time_seconds",
			      "Until when the certificate is good.", (double)now->expires);
	single(out, "yihu_log_lines_dropped_total", "counter",
	       "Lines that the log left out: more than five a second of a kind.", now->dropped);
	single(out, "yihu_audits_total", "counter", "Audits run for public files.",
	       atomic_load(&m->audits));
	single(out, "yihu_uploads", "gauge", "Public files received or audited.", now->uploads);
	single(out, "yihu_connections", "gauge", "Open connections.", now->connections);
	single(out, "yihu_connections_max", "gauge", "As many there can be.", now->connections_max);
	single(out, "yihu_connections_reaped_total", "counter",
	       "Connections ended at their deadline.", atomic_load(&m->reaped));
	single(out, "yihu_connections_relieved_total", "counter",
	       "Connections ended to make room for others.", atomic_load(&m->relieved));
	single(out, "yihu_requests_crowded_total", "counter",
	       "Requests refused because their address had its fill.", atomic_load(&m->crowded));
	single(out, "yihu_refusals_slowed_total", "counter",
	       "Refusals held back for a second, as many requests were under way.",
	       atomic_load(&m->slowed));
	answers(m, out);
}
