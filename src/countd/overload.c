/* SPDX-License-Identifier: Apache-2.0
 *
 * Overload, with hysteresis: work that is asked for makes the queue short at once.
 */
#include "overload.h"

bool overload_is(const struct overload *o, uint64_t now_ms)
{
	return now_ms < o->until_ms;
}

void overload_waited(struct overload *o, uint64_t waited_ms, uint64_t now_ms)
{
	if (waited_ms >= (overload_is(o, now_ms) ? OVERLOAD_KEEPS_MS : OVERLOAD_FROM_MS))
		o->until_ms = now_ms + OVERLOAD_LASTS_MS;
}

void overload_full(struct overload *o, uint64_t now_ms)
{
	overload_waited(o, OVERLOAD_FROM_MS, now_ms);
}
