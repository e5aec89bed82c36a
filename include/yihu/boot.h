/* SPDX-License-Identifier: Apache-2.0
 *
 * What the system says of its clock, beside the time (yihu/text.h); test builds
 * replace both functions (src/base/clock.c).
 */
#ifndef YIHU_BOOT_H
#define YIHU_BOOT_H

#include <stdbool.h>
#include <stdint.h>

#define YIHU_CLOCK_APART_S 60 /* two clocks that are as far apart agree */

struct yihu_boot {
	char id[37];   /* which start of the computer this is; "" when it cannot be known */
	uint64_t up_s; /* seconds since then, sleep included */
};
/* This start of the computer. Where /proc does not tell, id is empty and up_s
 * counts from some other moment. */
void yihu_clock_boot(struct yihu_boot *out);
/* Something keeps the system's clock right (adjtimex: not STA_UNSYNC). */
bool yihu_clock_synchronised(void);

#endif
