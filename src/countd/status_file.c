/* SPDX-License-Identifier: Apache-2.0
 *
 * The status, as JSON. Nobody relies on it after a power cut: it is named when it is
 * whole, and not waited for until it is on the disk.
 */
#include "status_file.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "daemon.h"
#include "gauges.h"
#include "threads.h"

#define PART ".status.new"
#define STEP_MS 200

static void write_bytes(struct countd *d, const char *text)
{
	char *path = yihu_path(d->box_dir, STATUS_FILE), *part = yihu_path(d->box_dir, PART);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && yihu_write_all(fd, text, strlen(text));
	if (fd >= 0)
		close(fd);
	if (!ok || rename(part, path) != 0)
		unlink(part); /* the next one may succeed; an old one tells its age */
	else
		atomic_store(&d->status_written, true);
	free(part);
	free(path);
}

static json_t *number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* What is the same as long as it runs, and when this was written. */
static json_t *begin(struct countd *d, bool serves)
{
	const struct countd_options *o = &d->options;
	return json_pack("{s:i, s:s, s:o, s:o, s:b, s:s?, s:s?, s:s?, s:s?}", "pid", (int)getpid(),
			 "version", YIHU_VERSION, "started", number(d->since), "written",
			 number(yihu_clock()), "serves", serves, "url", d->url, "metrics",
			 d->metrics_url, "mirror", o->mirror, "certificate", o->tls_cert);
}

/* Takes j over. */
static void write_json(struct countd *d, json_t *j)
{
	char *text = json_dumps(j, JSON_INDENT(1));
	json_decref(j);
	if (text)
		write_bytes(d, text);
	free(text);
}

static json_t *disk(const struct disk_gauges *g)
{
	return json_pack("{s:b, s:o, s:o}", "there", g->there, "free", number(g->free), "wal",
			 number(g->wal));
}

static void put_clock(json_t *j, struct countd *d, const struct gauges *g)
{
	struct yihu_error err = {0};
	bool doubted = !g->clock.writes || g->clock.verdict == YIHU_CLOCK_UNSURE;
	if (doubted)
		clock_guard_fail(&d->clock, &g->clock, &err);
	json_object_update_new(j, json_pack("{s:s, s:b, s:b, s:b, s:f, s:s}", "clock",
					    gauges_verdict_name(g->clock.verdict), "clock_writes",
					    g->clock.writes, "end_waits", g->clock.waits,
					    "synchronised", g->synchronised, "offset", g->offset_s,
					    "clock_words", err.text));
}

void status_now(struct countd *d)
{
	struct gauges g;
	gauges_read(&g, d);
	json_t *j = begin(d, true);
	json_object_update_new(j, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b}",
					    "stage", yihu_stage_name(g.stage), "households",
					    number(g.figures.counts.entitled), "ballots",
					    number(g.figures.counts.ballots), "entries",
					    number(g.figures.size), "last_ballot",
					    number(g.last_ballot), "under_way", number(g.under_way),
					    "waits_ms", number(g.waits_ms), "failed", g.failed,
					    "read_only", g.read_only));
	json_object_set_new(j, "box_disk", disk(&g.box));
	if (g.mirrored)
		json_object_set_new(j, "mirror_disk", disk(&g.mirror));
	put_clock(j, d, &g);
	write_json(d, j);
}

void status_starting(struct countd *d, uint64_t done, uint64_t total)
{
	json_t *j = begin(d, false);
	json_object_set_new(j, "verified", number(done));
	json_object_set_new(j, "entries", number(total));
	write_json(d, j);
}

void status_remove(struct countd *d)
{
	char *path = yihu_path(d->box_dir, STATUS_FILE);
	if (atomic_load(&d->status_written))
		unlink(path);
	free(path);
}

void *status_run(void *countd)
{
	struct countd *d = countd;
	while (!atomic_load(&d->stopping)) {
		for (unsigned ms = 0; ms < STATUS_EVERY_MS && !atomic_load(&d->stopping);
		     ms += STEP_MS)
			sleep_ms(STEP_MS);
		status_now(d);
	}
	return NULL;
}
