/* SPDX-License-Identifier: Apache-2.0
 *
 * A committee whose four key holders never meet: each has a stick, a folder that
 * only hand-out and collect ever bring together with the committee's.
 */
#ifndef YIHU_TEST_STICKS_H
#define YIHU_TEST_STICKS_H

#include "carry/carry.h"
#include "committee.h"

#define HOLDERS 4

/* 4 holders, 2 of whom open, drafted. */
struct committee *sticks_new(void);
/* The stick's folder, "棒 3" beside the election; freed by the caller. */
char *stick_path(const struct committee *c, uint32_t holder);
/* The holder's side: the same keys, and the stick for a folder. Its folder is
 * freed by stick_finish. */
struct committee stick_of(const struct committee *c, uint32_t holder);
void stick_finish(struct committee *at);

/* As yihu-issue does it: looks at the public folder when there is one. */
int hand_out(struct committee *c, uint32_t holder);
int collect(struct committee *c, uint32_t holder, struct yihu_buf *report);
/* The same, which must succeed. */
void must_hand_out(struct committee *c, uint32_t holder);
void must_collect(struct committee *c, uint32_t holder);
void assert_says(const struct committee *c, const char *text);

/* An act by every holder in turn, each on its own stick: all are handed out,
 * then all act, then all are collected. */
typedef int stick_act(struct committee *at, uint32_t holder);
void by_all(struct committee *c, stick_act *act);
void announce_all(struct committee *c);
/* On to a closed poll with 4 ballots. */
void to_closed(struct committee *c);

#endif
