/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked of log, clock and disks at this moment.
 */
#include "gauges.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <yihu/boot.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "daemon.h"
#include "metrics.h"
#include "poll_stage.h"

static struct disk_gauges read_disk(const char *dir)
{
	struct disk_gauges disk = {0};
	struct statvfs fs;
	struct stat st;
	char *db = yihu_path(dir, "box.db"), *wal = yihu_path(dir, "box.db-wal");
	disk.there = stat(db, &st) == 0;
	if (stat(wal, &st) == 0)
		disk.wal = (uint64_t)st.st_size;
	if (statvfs(dir, &fs) == 0)
		disk.free = (uint64_t)fs.f_bavail * fs.f_frsize;
	free(wal);
	free(db);
	return disk;
}

static uint64_t longest_wait(struct countd *d)
{
	uint64_t most = 0, now_ms = yihu_clock_monotonic_ms();
	for (enum lane i = 0; i < N_LANES; i++) {
		struct lane_figures f = lanes_figures(&d->verify, i, now_ms);
		most = f.age_ms > most ? f.age_ms : most;
	}
	return most;
}

static void read_clock(struct gauges *g, struct countd *d)
{
	struct timex t = {0};
	bool known = adjtimex(&t) >= 0;
	double unit = t.status & STA_NANO ? 1e9 : 1e6;
	g->clock = clock_guard_read(&d->clock);
	g->synchronised = yihu_clock_synchronised();
	g->offset_s = known ? (double)t.offset / unit : 0;
	g->max_error_s = known ? (double)t.maxerror / 1e6 : 0;
}

void gauges_read(struct gauges *g, struct countd *d)
{
	*g = (struct gauges){.figures = committed_figures(d->committed),
			     .last_ballot = committed_last_ballot(d->committed),
			     .under_way = atomic_load(&d->under_way),
			     .waits_ms = longest_wait(d),
			     .reads_age_ms = queue_age_ms(&d->read, yihu_clock_monotonic_ms()),
			     .tiles_age_ms = queue_age_ms(&d->read_log, yihu_clock_monotonic_ms()),
			     .failed = atomic_load(&d->failed),
			     .read_only = d->read_only,
			     .dropped = atomic_load(&d->log.dropped),
			     .mirrored = d->options.mirror != NULL,
			     .box = read_disk(d->box_dir)};
	read_clock(g, d);
	if (countd_stage(&g->stage, d->public_dir, d->election->charter, &g->figures, g->clock.now,
			 NULL))
		g->stage = YIHU_N_STAGES; /* it cannot be read: at none */
	if (g->mirrored)
		g->mirror = read_disk(d->options.mirror);
}

const char *gauges_verdict_name(enum yihu_clock_verdict v)
{
	static const char *const names[] = {[YIHU_CLOCK_BELIEVED] = "believed",
					    [YIHU_CLOCK_UNSURE] = "unsure",
					    [YIHU_CLOCK_JUMPED] = "jumped",
					    [YIHU_CLOCK_BEHIND] = "behind",
					    [YIHU_CLOCK_AHEAD] = "ahead"};
	return names[v];
}

static void put_log(const struct gauges *g, struct yihu_buf *out)
{
	metrics_head(out, "yihu_poll_stage", "gauge", "1 beside the stage of the election.");
	for (int s = YIHU_STAGE_ISSUED; s < YIHU_N_STAGES; s++)
		yihu_buf_fmt(out, "yihu_poll_stage{stage=\"%s\"} %d\n",
			     yihu_stage_name((enum yihu_stage)s), g->stage == (enum yihu_stage)s);
	metrics_gauge(out, "yihu_ballots", "Ballots in the log.",
		      (double)g->figures.counts.ballots);
	metrics_gauge(out, "yihu_entries", "Entries in the log.", (double)g->figures.size);
	metrics_gauge(out, "yihu_households", "Households that may vote.",
		      (double)g->figures.counts.entitled);
	metrics_gauge(out, "yihu_last_ballot_time_seconds",
		      "When the last ballot was recorded; 0: there is none.",
		      (double)g->last_ballot);
	metrics_gauge(out, "yihu_failed", "1: the box can no longer be written.", g->failed);
	metrics_gauge(out, "yihu_read_only", "1: a rebuilt box that is not whole.", g->read_only);
}

static void put_clock(const struct gauges *g, struct yihu_buf *out)
{
	metrics_head(out, "yihu_clock_verdict", "gauge",
		     "1 beside what is thought of the computer's clock.");
	for (int v = 0; v <= YIHU_CLOCK_AHEAD; v++)
		yihu_buf_fmt(out, "yihu_clock_verdict{verdict=\"%s\"} %d\n",
			     gauges_verdict_name((enum yihu_clock_verdict)v),
			     g->clock.verdict == (enum yihu_clock_verdict)v);
	metrics_gauge(out, "yihu_clock_writes", "1: entries are written by this clock.",
		      g->clock.writes);
	metrics_gauge(out, "yihu_poll_end_waits", "1: the end of the poll waits for a person.",
		      g->clock.waits);
	metrics_gauge(out, "yihu_clock_synchronised", "1: the system says that it is.",
		      g->synchronised);
	metrics_gauge(out, "yihu_clock_offset_seconds", "What the system still corrects.",
		      g->offset_s);
	metrics_gauge(out, "yihu_clock_max_error_seconds",
		      "By how much the system's clock is off at most, as the system says.",
		      g->max_error_s);
}

static void put_disk(struct yihu_buf *out, const char *name, const struct gauges *g,
		     unsigned long long box, unsigned long long mirror)
{
	yihu_buf_fmt(out, "%s{disk=\"box\"} %llu\n", name, box);
	if (g->mirrored)
		yihu_buf_fmt(out, "%s{disk=\"mirror\"} %llu\n", name, mirror);
}

static void put_disks(const struct gauges *g, struct yihu_buf *out)
{
	metrics_head(out, "yihu_disk_up", "gauge", "1: the box's database is there.");
	put_disk(out, "yihu_disk_up", g, g->box.there, g->mirror.there);
	metrics_head(out, "yihu_disk_free_bytes", "gauge", "What may still be written.");
	put_disk(out, "yihu_disk_free_bytes", g, g->box.free, g->mirror.free);
	metrics_head(out, "yihu_wal_bytes", "gauge", "SQLite's write-ahead log.");
	put_disk(out, "yihu_wal_bytes", g, g->box.wal, g->mirror.wal);
}

void gauges_text(const struct gauges *g, struct yihu_buf *out)
{
	put_log(g, out);
	metrics_head(out, "yihu_reads_waiting_seconds", "gauge",
		     "How long the first call that only reads has waited.");
	yihu_buf_fmt(out, "yihu_reads_waiting_seconds{of=\"calls\"} %.9g\n",
		     (double)g->reads_age_ms / 1e3);
	yihu_buf_fmt(out, "yihu_reads_waiting_seconds{of=\"tiles\"} %.9g\n",
		     (double)g->tiles_age_ms / 1e3);
	put_clock(g, out);
	put_disks(g, out);
	metrics_counter(out, "yihu_box_log_lines_dropped_total",
			"Lines that the box side's log left out.", g->dropped);
}
