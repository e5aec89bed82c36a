/* SPDX-License-Identifier: Apache-2.0
 *
 * Who causes events without end does not fill a disk with them: of each kind, which
 * is its format, there are five lines a second at most, and then how many more.
 */
#ifndef YIHU_COUNTD_LINE_RATE_H
#define YIHU_COUNTD_LINE_RATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define LINE_KINDS 32 /* those beyond are counted together */
#define LINES_A_SECOND 5

struct line_kind {
	const char *format;
	uint64_t second; /* in which `lines` were written */
	unsigned lines, more;
};
struct line_rate {
	pthread_mutex_t lock;
	struct line_kind kinds[LINE_KINDS];
};
/* Nothing was written yet. */
void line_rate_init(struct line_rate *r);
/* When no thread writes any more. */
void line_rate_finish(struct line_rate *r);
/* May a line of this format be written in this second? If not, it is counted. *more:
 * how many were left out of an earlier one, to be told first. */
bool line_rate_take(struct line_rate *r, const char *format, uint64_t second, unsigned *more);
/* How many lines were left out of some kind, and of which: in seconds that are over
 * or (all) in this one too. 0: of none. Told once. */
unsigned line_rate_rest(struct line_rate *r, uint64_t second, bool all, const char **format);

#endif
