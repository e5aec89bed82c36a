/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock guard (PROTOCOL §7): no entry is written while the wall clock has
 * jumped against the monotonic one by more than 60 s since the daemon
 * started. It recovers when the clock comes back; a clock that was wrong at
 * the start needs a restart. Constant after init: any thread may ask.
 */
#ifndef YIHU_COUNTD_CLOCK_GUARD_H
#define YIHU_COUNTD_CLOCK_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_JUMP_MAX_S 60

struct clock_guard {
	uint64_t wall, monotonic_ms; /* both at the start */
};
void clock_guard_init(struct clock_guard *g);
/* The wall clock into *now; false while it has jumped. */
bool clock_guard_now(const struct clock_guard *g, uint64_t *now);

#endif
