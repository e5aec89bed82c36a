/* SPDX-License-Identifier: Apache-2.0
 *
 * What the HTTP side has asked and waits for: the box side's end of the channel. It
 * believes nothing that comes: a call that is none, or more of them than there can be,
 * end the channel, and with it the daemon.
 */
#ifndef YIHU_COUNTD_ASKED_H
#define YIHU_COUNTD_ASKED_H

#include "figures.h"
#include "request.h"

struct asked_calls;
/* Takes fd over: d's end. n_ids calls may be under way. */
struct asked_calls *asked_new(struct countd *d, int fd, uint32_t n_ids);
/* No thread asks or answers any more. NULL is fine. */
void asked_free(struct asked_calls *a);

/* Waits for the HTTP side's word that it serves; its error, when it cannot. */
int asked_wait_front(struct asked_calls *a, struct yihu_error *err);
/* While the box is opened. */
void asked_progress(struct asked_calls *a, uint64_t done, uint64_t total);
/* Calls are taken from now on, until d->stopping. */
int asked_serve(struct asked_calls *a, struct yihu_error *err);
/* How far the log is: told where it matters to the HTTP side. NULL is fine. */
void asked_figures(struct asked_calls *a, const struct figures *f);

/* Between these two, answers are kept and go out together. */
void asked_hold(struct asked_calls *a);
void asked_release(struct asked_calls *a);
/* Before a large answer is made: waits until those before it are on their way. */
void asked_wait_room(struct asked_calls *a);

/* The poll's end has come: asks the HTTP side whether anything is on its way. */
void asked_mark(struct asked_calls *a);
/* True: all that was received before that is here. */
bool asked_marked(struct asked_calls *a);
/* The HTTP side is told to read its certificate again. */
void asked_reload(struct asked_calls *a);
/* The HTTP side is told that the daemon stops; what it does not take, nobody waits for. */
void asked_stop(struct asked_calls *a);
/* All answers are made; they get some time to be taken. */
void asked_finish(struct asked_calls *a);

#endif
