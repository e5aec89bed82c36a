/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, by the log, the public folder and the clock.
 */
#include <yihu/names.h>

#include "file_calls.h"
#include "poll_stage.h"

static unsigned count_openings(struct countd *d)
{
	unsigned openings = 0;
	for (unsigned i = 1; i <= d->election->charter->n; i++)
		openings += countd_has_public(d, yihu_public_numbered(YIHU_PUBLIC_OPENING, i).text);
	return openings;
}

/* at-close is signed once: then the poll is over, whatever the clock says since. */
enum yihu_stage countd_stage(struct countd *d, const struct figures *f, uint64_t now)
{
	const struct yihu_charter *c = d->election->charter;
	struct yihu_stage_seen seen = {.open = true, .called_off = f->called_off};
	if (f->closed)
		seen = (struct yihu_stage_seen){
			.closed = true,
			.called_off = f->called_off,
			.boxed = countd_has_public(d, "box"),
			.mixed = countd_has_public(d, "mix/1"),
			.opened = count_openings(d) >= c->t,
			.published = countd_has_public(d, "results"),
		};
	return yihu_stage_at(yihu_stage_of(&seen), c->opens, c->closes, f->ended ? c->closes : now);
}
