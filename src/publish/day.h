/* SPDX-License-Identifier: Apache-2.0
 *
 * A date as an election file has it, in text that decides nothing.
 */
#ifndef YIHU_PUBLISH_DAY_H
#define YIHU_PUBLISH_DAY_H

#include "words/words.h"

/* month and day 0: a year alone. */
struct day {
	unsigned year, month, day;
};
/* "2026", "2026-03-01" with - / or . between, "01.03.2026", "2026年3月1日". False: it is
 * none of them, or no day. */
bool day_read(struct day *out, const char *text);
/* The day of a moment, by the election's zone. */
struct day day_of(enum language l, uint64_t unix_seconds);
/* Are they one, as far as both tell? */
bool day_same(const struct day *a, const struct day *b);

#endif
