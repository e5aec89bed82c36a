/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, by its files. Quick and for people: whoever acts
 * runs the audit first.
 */
#include "folder/stage_read.h"

#include <stdlib.h>

static uint32_t count(uint32_t bits)
{
	return (uint32_t)__builtin_popcount(bits);
}

/* Of the files after the close: how far they go by themselves. */
static enum yihu_stage count_stage(const struct yihu_folder *f, const struct yihu_plan *p)
{
	uint32_t all = (UINT32_C(1) << p->n) - 1;
	bool boxed = folder_shows(f, "box");
	const struct yihu_stage_seen seen = {
		.closed = true,
		.boxed = boxed,
		.mixed = boxed && count(folder_shows_bits(f, "mix", p->n)) >= p->t,
		.opened = boxed && count(folder_shows_bits(f, "open", p->n)) >= p->t,
		.published = folder_shows(f, "results"),
	};
	enum yihu_stage s = yihu_stage_of(&seen);
	bool retired = s == YIHU_STAGE_PUBLISHED && folder_bits(f, F_RETIRED, p->n) == all;
	return retired ? YIHU_STAGE_RETIRED : s;
}

static enum yihu_stage poll_stage(const struct yihu_folder *f, const struct yihu_plan *p,
				  uint64_t now)
{
	if (yihu_log_is_closed(f, p))
		return count_stage(f, p);
	return yihu_stage_at(YIHU_STAGE_OPEN, p->opens, p->closes, now);
}

enum yihu_stage yihu_ceremony_stage(const struct yihu_ceremony *c)
{
	uint32_t all = (UINT32_C(1) << c->plan.n) - 1;
	if (c->n_announced < c->plan.n)
		return YIHU_STAGE_DRAFTED;
	if (c->dealt != all || !c->charter)
		return YIHU_STAGE_ANNOUNCED;
	return c->accepted == all ? YIHU_STAGE_CHARTERED : YIHU_STAGE_DEALT;
}

static int ceremony_stage(enum yihu_stage *out, struct yihu_ceremony **ceremony,
			  const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r != 0) {
		free(c);
		return r;
	}
	*out = yihu_ceremony_stage(c);
	*ceremony = c;
	return 0;
}

int folder_stage_read(enum yihu_stage *out, struct yihu_ceremony **ceremony,
		      const struct yihu_folder *f, const struct yihu_plan *p, uint64_t now,
		      struct yihu_error *err)
{
	struct yihu_called_off off;
	*ceremony = NULL;
	if (yihu_folder_called_off(&off, f, p))
		*out = YIHU_STAGE_CANCELLED;
	else if (folder_shows(f, "register"))
		*out = poll_stage(f, p, now);
	else
		return ceremony_stage(out, ceremony, f, err);
	return 0;
}
