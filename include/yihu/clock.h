/* SPDX-License-Identifier: Apache-2.0
 *
 * Can this computer's clock be believed? (PROTOCOL §7.1)
 *
 * A poll is ended by time alone, and its end cannot be taken back. So it is
 * signed only by a clock that something vouches for: the system is
 * synchronised; or it was right once since the computer was started, and has
 * kept pace with the time since then. "Right once" means synchronised, typed by
 * a person who looked at another clock, or the moment that the log began. The
 * file BOX/clock remembers it.
 *
 * No clock that something speaks against writes anything.
 */
#ifndef YIHU_CLOCK_H
#define YIHU_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <yihu/boot.h>
#include <yihu/error.h>

#define YIHU_CLOCK_AHEAD_S 86400 /* an unsure one may be so far ahead of what is known */

enum yihu_clock_verdict {
	YIHU_CLOCK_BELIEVED, /* may end the poll */
	YIHU_CLOCK_UNSURE,   /* nothing vouches for it, nothing speaks against it */
	YIHU_CLOCK_JUMPED,   /* more than 60 s from where the time since the start puts it */
	YIHU_CLOCK_BEHIND,   /* unsure, and before the log's last entry */
	YIHU_CLOCK_AHEAD,    /* unsure, and over a day after all that is known */
};
/* What the log says of time. */
struct yihu_clock_log {
	uint64_t last; /* time of the last entry, 0 none */
	bool sealed;   /* at-close is signed: nothing is left for a clock to decide */
};
/* One program's memory of the clock; one thread at a time. */
struct yihu_clock_watch {
	struct yihu_boot boot; /* a moment since the computer was started, … */
	uint64_t wall;         /* … and what the clock said then */
	bool vouched;          /* was it right? */
	uint64_t reached;      /* the latest time that BOX/clock tells of, 0 none */
};
/* Begins with this moment. */
void yihu_clock_watch(struct yihu_clock_watch *w);
/* The wall clock into *now, and what is to be thought of it. Takes what it has
 * no reason to doubt as its new moment, and what BOX/clock says meanwhile. */
enum yihu_clock_verdict yihu_clock_ask(struct yihu_clock_watch *w, const char *box_dir,
				       const struct yihu_clock_log *log, uint64_t *now);
/* Nothing that this verdict speaks of may write now. */
bool yihu_clock_forbids(enum yihu_clock_verdict v);
/* YIHU_ECLOCK: what is wrong with it and what to do, for whoever runs the box;
 * UNSURE: why the end of the poll waits. */
int yihu_clock_fail(enum yihu_clock_verdict v, const char *box_dir,
		    const struct yihu_clock_log *log, struct yihu_error *err);
/* Writes the watch's moment into BOX/clock. */
int yihu_clock_keep(const struct yihu_clock_watch *w, const char *box_dir, struct yihu_error *err);
/* And this moment, as one at which the clock is right: a person has said so, or
 * the log begins. */
int yihu_clock_vouch(const char *box_dir, struct yihu_error *err);

#endif
