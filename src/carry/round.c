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
	[CARRY_BOX] = {YIHU_STAGE_CLOSED, "box"},
	[CARRY_SHUFFLE] = {YIHU_STAGE_BOXED, "shuffle"},
	[CARRY_OPEN] = {YIHU_STAGE_MIXED, "open"},
	[CARRY_SIGN] = {YIHU_STAGE_OPENED, "sign"},
	[CARRY_RETIRE] = {YIHU_STAGE_PUBLISHED, "retire"},
};

enum carry_round carry_round_of(enum yihu_stage state)
{
	for (enum carry_round r = CARRY_ANNOUNCE; r <= CARRY_RETIRE; r++)
		if (rounds[r].state == state)
			return r;
	return CARRY_NONE;
}

const char *carry_round_verb(enum carry_round round)
{
	return rounds[round].verb;
}
