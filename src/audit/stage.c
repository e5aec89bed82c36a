/* SPDX-License-Identifier: Apache-2.0
 *
 * How far an election is, by its public folder. On a folder without fault
 * each stage stands on all before it; on another this says what it claims.
 */
#include <assert.h>

#include "work.h"

static const char *const names[YIHU_N_STAGES] = {
	[YIHU_STAGE_CHARTERED] = "chartered", [YIHU_STAGE_ISSUED] = "issued",
	[YIHU_STAGE_OPEN] = "open",           [YIHU_STAGE_CANCELLED] = "cancelled",
	[YIHU_STAGE_CLOSED] = "closed",       [YIHU_STAGE_BOXED] = "boxed",
	[YIHU_STAGE_MIXED] = "mixed",         [YIHU_STAGE_OPENED] = "opened",
	[YIHU_STAGE_PUBLISHED] = "published",
};

const char *yihu_stage_name(enum yihu_stage s)
{
	assert(s < YIHU_N_STAGES);
	return names[s];
}

static uint32_t count_bits(uint32_t bits)
{
	return (uint32_t)__builtin_popcount(bits);
}

enum yihu_stage audit_stage(const struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	const bool reached[YIHU_N_STAGES] = {
		[YIHU_STAGE_CHARTERED] = true,
		[YIHU_STAGE_ISSUED] = v.parts[AUDIT_REGISTER] > 0,
		[YIHU_STAGE_OPEN] = v.parts[AUDIT_CHECKPOINT] > 0,
		[YIHU_STAGE_CLOSED] = w->a->closed,
		[YIHU_STAGE_BOXED] = v.parts[AUDIT_BOX] > 0,
		[YIHU_STAGE_MIXED] = v.mixes != 0,
		[YIHU_STAGE_OPENED] = w->charter && count_bits(v.openings) >= w->charter->t,
		[YIHU_STAGE_PUBLISHED] = v.parts[AUDIT_RESULTS] > 0,
	};
	if (w->a->called_off)
		return YIHU_STAGE_CANCELLED;
	int s = YIHU_N_STAGES - 1;
	while (!reached[s])
		s--;
	return (enum yihu_stage)s;
}
