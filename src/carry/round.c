/* SPDX-License-Identifier: Apache-2.0
 *
 * Which round it is, by how far the election is.
 */
#include "carry/carry.h"

static const struct {
	enum yihu_state state;
	const char *verb;
} rounds[] = {
	[CARRY_ANNOUNCE] = {YIHU_DRAFTED, "announce"}, [CARRY_DEAL] = {YIHU_ANNOUNCED, "deal"},
	[CARRY_ACCEPT] = {YIHU_DEALT, "accept"},       [CARRY_BOX] = {YIHU_CLOSED, "box"},
	[CARRY_SHUFFLE] = {YIHU_BOXED, "shuffle"},     [CARRY_OPEN] = {YIHU_MIXED, "open"},
	[CARRY_SIGN] = {YIHU_OPENED, "sign"},          [CARRY_RETIRE] = {YIHU_PUBLISHED, "retire"},
};

enum carry_round carry_round_of(enum yihu_state state)
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
