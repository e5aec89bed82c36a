/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side's way to the box side: its end of the channel.
 */
#ifndef YIHU_COUNTD_ASK_BOX_H
#define YIHU_COUNTD_ASK_BOX_H

#include "call.h"
#include "exchange.h"
#include "figures.h"
#include "message.h"

struct box_line;
/* What the box side says to the whole HTTP side: MESSAGE_STOPS, which
 * is also told when it has gone without a word. By the channel's thread. */
typedef void box_said(struct front *f, enum message_kind what);
/* Takes fd over: f's end. No thread runs yet. */
struct box_line *box_line_new(struct front *f, int fd, box_said *said);
int box_line_start(struct box_line *b, struct yihu_error *err);
/* No exchange is left. NULL is fine. */
void box_line_free(struct box_line *b);
/* The HTTP side serves, or (code) why it does not. */
void box_line_tell(struct box_line *b, int code, const struct yihu_error *err);
/* Until the box side has closed its end. Did it say before that it stops? */
bool box_line_wait(struct box_line *b);

/* The exchange sleeps until it has the box side's answer; it is answered at once where
 * the box side takes no calls. */
void box_ask(struct exchange *x, enum call call, const char *tail);
/* The exchange is over. Large answers are held up to options.held_bytes in all; one that
 * would be more becomes 503 `busy`. */
void box_answer_over(struct exchange *x);
/* Whether the box side takes calls; if not, x is answered. */
bool box_takes_calls(struct exchange *x);
/* Tells the box side of which calls the clients have hung up. */
void box_tell_gone(struct front *f);
/* How far the log is, as the box side said it last. */
struct figures box_figures(struct front *f);
/* Asks, and waits for the answer, whose body is the caller's. Of the auditor's thread and
 * that of metrics, one call each at a time. */
void box_ask_now(struct front *f, enum call call, struct answer *out);
/* The whole closed log is in public/log. Waits for it. */
int box_export(struct front *f, struct yihu_error *err);

#endif
