/* SPDX-License-Identifier: Apache-2.0
 *
 * One line an event to standard error. Never a seed, a body, a letter's number or an
 * address. Of a kind no more than line_rate.h lets through. To systemd's journal, which
 * has the time itself, each line says how much it matters (sd-daemon(3)).
 */
#ifndef YIHU_COUNTD_EVENT_LOG_H
#define YIHU_COUNTD_EVENT_LOG_H

#include <stdatomic.h>
#include <stdbool.h>
#include <yihu/error.h>

#include "line_rate.h"

struct event_log {
	bool quiet;
	bool journal;          /* standard error is systemd's journal */
	atomic_ullong dropped; /* lines that were left out */
	struct line_rate lines;
};
/* quiet: nothing is ever written. */
void event_log_init(struct event_log *l, bool quiet);
/* When no thread writes any more. */
void event_log_finish(struct event_log *l);
/* The time, and these words as one line whatever is in them. */
void countd_log(struct event_log *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of what a person should look at. */
void countd_warn(struct event_log *l, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Says of each kind how many lines were left out: in seconds that are over, or (all)
 * in this one too. */
void countd_log_rest(struct event_log *l, bool all);

#endif
