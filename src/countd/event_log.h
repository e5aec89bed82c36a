/* SPDX-License-Identifier: Apache-2.0
 *
 * One line an event to standard error. Never a seed, a body or an address. Of a kind
 * no more than line_rate.h lets through.
 */
#ifndef YIHU_COUNTD_EVENT_LOG_H
#define YIHU_COUNTD_EVENT_LOG_H

#include <stdbool.h>
#include <yihu/error.h>

struct countd;
/* The time, and these words as one line whatever is in them. Nothing when the
 * daemon is to be quiet. */
void countd_log(struct countd *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Says of each kind how many lines were left out: in seconds that are over, or (all)
 * in this one too. */
void countd_log_rest(struct countd *d, bool all);

/* The box is beyond use in this process: nothing more is taken. */
void countd_give_up(struct countd *d, const struct yihu_error *err);

#endif
