/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, by the log, the public folder and the clock.
 */
#include "poll_stage.h"

#include <yihu/names.h>

#include "public_files.h"

static int count_openings(unsigned *openings, const char *dir, unsigned holders,
			  struct yihu_error *err)
{
	int r = 0;
	for (unsigned i = 1; i <= holders && r == 0; i++) {
		bool has = false;
		r = public_has(&has, dir, yihu_public_numbered(YIHU_PUBLIC_OPENING, i).text, err);
		*openings += has;
	}
	return r;
}

static int look(struct yihu_stage_seen *seen, const char *dir, const struct yihu_charter *c,
		struct yihu_error *err)
{
	unsigned openings = 0;
	int r = public_has(&seen->boxed, dir, "box", err);
	if (r == 0)
		r = public_has(&seen->mixed, dir, "mix/1", err);
	if (r == 0)
		r = count_openings(&openings, dir, c->n, err);
	if (r == 0)
		r = public_has(&seen->published, dir, "results", err);
	seen->opened = openings >= c->t;
	return r;
}

/* at-close is signed once: then the poll is over, whatever the clock says since. */
int countd_stage(enum yihu_stage *out, const char *dir, const struct yihu_charter *c,
		 const struct figures *f, uint64_t now, struct yihu_error *err)
{
	struct yihu_stage_seen seen = {
		.open = !f->closed, .closed = f->closed, .called_off = f->called_off};
	int r = f->closed ? look(&seen, dir, c, err) : 0;
	if (r == 0)
		*out = yihu_stage_at(yihu_stage_of(&seen), c->opens, c->closes,
				     f->ended ? c->closes : now);
	return r;
}
