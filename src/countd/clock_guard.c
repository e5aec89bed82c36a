/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock guard.
 */
#include "clock_guard.h"

#include <yihu/text.h>

void clock_guard_init(struct clock_guard *g)
{
	g->wall = yihu_clock();
	g->monotonic_ms = yihu_clock_monotonic_ms();
}

bool clock_guard_now(const struct clock_guard *g, uint64_t *now)
{
	uint64_t expected = g->wall + (yihu_clock_monotonic_ms() - g->monotonic_ms) / 1000;
	*now = yihu_clock();
	uint64_t away = *now > expected ? *now - expected : expected - *now;
	return away <= CLOCK_JUMP_MAX_S;
}
