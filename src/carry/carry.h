/* SPDX-License-Identifier: Apache-2.0
 *
 * What travels between the committee and key holders who never meet: a round at
 * a time, on sticks. A stick is a folder that looks like the committee's own,
 * with as much of it as the round needs, so that yihu-trustee works on it:
 * ceremony/ alone before the vote; after it, the public folder too, all of which
 * a holder audits before it acts.
 *
 * Nothing is ever written over other bytes, on either side, but the public
 * files of the log, which grow. Both calls may be cut off and made again.
 */
#ifndef YIHU_CARRY_H
#define YIHU_CARRY_H

#include "client/view.h"

/* What the key holders do now, one after the other or at once. */
enum carry_round {
	CARRY_NONE, /* it is not their turn */
	CARRY_ANNOUNCE,
	CARRY_DEAL,
	CARRY_ACCEPT,
	CARRY_WITHDRAW, /* while the poll is open, where it was asked for */
	CARRY_BOX,
	CARRY_SHUFFLE,
	CARRY_OPEN,
	CARRY_SIGN,
	CARRY_RETIRE,
};
/* The round whose turn it is at this stage of the folder's election: while the poll is
 * not over, where a withdrawal was asked for. */
enum carry_round carry_round_now(const struct yihu_folder *f, enum yihu_stage state);
const char *carry_round_verb(enum carry_round round); /* "announce", of yihu-trustee */

/* v: the audited public folder; NULL before there is one. */

/* Copies to the folder `stick` (made when it is not there) what the round
 * needs. YIHU_EEXIST when the stick has what was not collected yet, or is of
 * another election: nothing is written then. */
int carry_hand_out(const struct yihu_folder *f, const struct yihu_view *v, const char *stick,
		   enum carry_round round, struct yihu_error *err);

/* Takes from the stick what its holder has made, each file verified first
 * (whose it is, over what, and that nobody else has its place); what is here
 * already is fine. report gets a line for each file taken, and for each that is
 * none of ours. An error names the stick's file and both holders where two
 * clash; what was taken before it stays taken. */
int carry_collect(const struct yihu_folder *f, struct yihu_view *v, const char *stick,
		  struct yihu_buf *report, struct yihu_error *err);

#endif
