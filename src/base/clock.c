/* SPDX-License-Identifier: Apache-2.0
 *
 * The two clocks, alone in their file: a test program that defines both
 * functions itself takes their place.
 */
#include <time.h>
#include <yihu/text.h>

uint64_t yihu_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec > 0 ? (uint64_t)now.tv_sec : 0;
}

uint64_t yihu_clock_monotonic_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_BOOTTIME, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
