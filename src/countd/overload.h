/* SPDX-License-Identifier: Apache-2.0
 *
 * Is too much coming in? By how long those wait who are served: from one long wait on,
 * until for a while nobody has waited even a little.
 */
#ifndef YIHU_COUNTD_OVERLOAD_H
#define YIHU_COUNTD_OVERLOAD_H

#include <stdbool.h>
#include <stdint.h>

#define OVERLOAD_FROM_MS 500  /* begins with such a wait */
#define OVERLOAD_KEEPS_MS 100 /* goes on with such a wait */
#define OVERLOAD_LASTS_MS 10000

struct overload {
	uint64_t until_ms;
};
/* All zero: there is none. */
bool overload_is(const struct overload *o, uint64_t now_ms);
/* Somebody has waited so long, or does. */
void overload_waited(struct overload *o, uint64_t waited_ms, uint64_t now_ms);
/* Somebody found no room at all. */
void overload_full(struct overload *o, uint64_t now_ms);

#endif
