/* SPDX-License-Identifier: Apache-2.0
 *
 * How far an election is, and which way it may go from there. What tells it
 * differs: an audit has the public folder alone (§11); the committee's folder
 * and the daemon have a clock, too, and the folder the ceremony.
 */
#ifndef YIHU_STAGE_H
#define YIHU_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <yihu/api.h>

YIHU_API_BEGIN

enum yihu_stage {
	YIHU_STAGE_DRAFTED,   /* its plan is fixed */
	YIHU_STAGE_ANNOUNCED, /* all key holders have announced */
	YIHU_STAGE_DEALT,     /* all have dealt, and the charter is drawn up */
	YIHU_STAGE_CHARTERED, /* all have accepted it: election.pb and charter */
	YIHU_STAGE_ISSUED,    /* + register */
	YIHU_STAGE_OPEN,      /* + a log without C; by the clock: opens has come */
	YIHU_STAGE_ENDED,     /* by the clock alone: closes has come */
	YIHU_STAGE_CLOSED,    /* C is in the log */
	YIHU_STAGE_BOXED,     /* + box */
	YIHU_STAGE_MIXED,     /* + mixes: one; for the committee, who take turns, t */
	YIHU_STAGE_OPENED,    /* + at least t openings */
	YIHU_STAGE_PUBLISHED, /* + results */
	YIHU_STAGE_RETIRED,   /* all key holders have erased their shares */
	YIHU_STAGE_CANCELLED, /* called off: by X in the log, or by the note */
	YIHU_N_STAGES
};
/* "chartered" …, for JSON; static. */
const char *yihu_stage_name(enum yihu_stage s);
/* The same, in the user's language; static. */
const char *yihu_stage_word(enum yihu_stage s);
/* "chartered: the rules and keys are fixed", translated; of those that an audit
 * can find. */
const char *yihu_stage_sentence(enum yihu_stage s);

/* May an election go from one to the other in a single step? Asserted where such a
 * step is made. */
bool yihu_stage_may(enum yihu_stage from, enum yihu_stage to);
/* Is it at this stage, or has it passed it? Never of one that was called off. */
bool yihu_stage_reached(enum yihu_stage is, enum yihu_stage goal);
/* Either: may somebody do what leads to the goal, for the first time or again? Every
 * act that moves an election on asks this first. */
bool yihu_stage_lets(enum yihu_stage is, enum yihu_stage goal);

/* What somebody has found there. */
struct yihu_stage_seen {
	bool issued, open, closed, boxed, published; /* register, checkpoint, C, box, results */
	bool called_off;
	bool mixed, opened; /* enough of each */
};
/* The furthest that this says; of a folder with faults, what it claims. */
enum yihu_stage yihu_stage_of(const struct yihu_stage_seen *seen);
/* What the clock makes of a log that is open: issued until opens, ended from
 * closes on. Any other stage stays. */
enum yihu_stage yihu_stage_at(enum yihu_stage s, uint64_t opens, uint64_t closes, uint64_t now);

YIHU_API_END

#endif
