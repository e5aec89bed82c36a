/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer does between two groups.
 */
#ifndef YIHU_COUNTD_QUIET_H
#define YIHU_COUNTD_QUIET_H

#include <stdbool.h>
#include <stdint.h>

struct countd;
struct quiet {
	bool unsettled; /* something was written since box.db was last brought up */
	uint64_t since_ms;
	uint64_t shown_ms; /* when the public folder was looked at last */
	bool noted;        /* the note that calls it off was read */
};
/* wrote: a group was committed just now. Else asks whether the box's files
 * still have their names and, a second after the last group, moves the WAL into
 * box.db. Either way full tiles are exported, not often. */
void quiet_tick(struct countd *d, struct quiet *q, bool wrote);
void quiet_note(struct countd *d, struct quiet *q); /* instead, of a box that is only read */

#endif
