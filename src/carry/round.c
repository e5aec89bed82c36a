/* SPDX-License-Identifier: Apache-2.0
 *
 * Which round it is, by how far the election is.
 */
#include "carry/carry.h"

static const struct {
	enum yihu_stage state;
	const char *verb;
} rounds[] = {
	[CARRY_ANNOUNCE] = {YIHU_STAGE_DRAFTED, "announce"},
	[CARRY_DEAL] = {YIHU_STAGE_ANNOUNCED, "deal"},
	[CARRY_ACCEPT] = {YIHU_STAGE_DEALT, "accept"},
	[CARRY_WITHDRAW] = {YIHU_N_STAGES, "withdraw"}, /* asked for, at no stage of its own */
	[CARRY_BOX] = {YIHU_STAGE_CLOSED, "box"},
	[CARRY_SHUFFLE] = {YIHU_STAGE_BOXED, "shuffle"},
	[CARRY_OPEN] = {YIHU_STAGE_MIXED, "open"},
	[CARRY_SIGN] = {YIHU_STAGE_OPENED, "sign"},
	[CARRY_RETIRE] = {YIHU_STAGE_PUBLISHED, "retire"},
};

static enum carry_round round_of(enum yihu_stage state)
{
	for (enum carry_round r = CARRY_ANNOUNCE; r <= CARRY_RETIRE; r++)
		if (rounds[r].state == state)
			return r;
	return CARRY_NONE;
}

enum carry_round carry_round_now(const struct yihu_folder *f, enum yihu_stage state)
{
	bool takes = state == YIHU_STAGE_ISSUED || state == YIHU_STAGE_OPEN;
	return takes && folder_has(f, F_WITHDRAWAL) ? CARRY_WITHDRAW : round_of(state);
}

const char *carry_round_verb(enum carry_round round)
{
	return rounds[round].verb;
}
