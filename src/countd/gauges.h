/* SPDX-License-Identifier: Apache-2.0
 *
 * How the box side stands at this moment, for whoever watches it: in metrics, and in
 * BOX/status (status_file.h).
 */
#ifndef YIHU_COUNTD_GAUGES_H
#define YIHU_COUNTD_GAUGES_H

#include <yihu/stage.h>

#include "clock_guard.h"
#include "figures.h"

struct countd;

/* A box folder's disk. */
struct disk_gauges {
	bool there;         /* its box.db is */
	uint64_t free, wal; /* bytes: that may be written there, and that box.db lags behind */
};
struct gauges {
	enum yihu_stage stage;
	struct figures figures;
	uint64_t last_ballot; /* unix seconds; 0: none */
	unsigned under_way;
	uint64_t waits_ms;                   /* how long whoever waits longest for a verifier has */
	uint64_t reads_age_ms, tiles_age_ms; /* of the first that waits */
	bool failed, read_only;
	unsigned long long dropped; /* lines that its log left out */
	struct clock_reading clock;
	bool synchronised;            /* as the system says */
	double offset_s, max_error_s; /* what it still corrects, and at most is off by */
	bool mirrored;
	struct disk_gauges box, mirror;
};
/* May wait for a disk: not for threads that others wait for. */
void gauges_read(struct gauges *g, struct countd *d);
/* "believed", "unsure", … */
const char *gauges_verdict_name(enum yihu_clock_verdict v);
/* Appends them as metrics. */
void gauges_text(const struct gauges *g, struct yihu_buf *out);

#endif
