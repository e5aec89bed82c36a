/* SPDX-License-Identifier: Apache-2.0
 *
 * The programs with a clock that a test sets: YIHU_TEST_CLOCK, seconds of 1970,
 * and believed unless YIHU_TEST_UNSYNCHRONISED is set.
 */
#include <assert.h>
#include <stdlib.h>

#include <yihu/clock.h>
#include <yihu/text.h>

uint64_t __wrap_yihu_clock(void);
uint64_t __wrap_yihu_clock(void)
{
	uint64_t now;
	const char *text = getenv("YIHU_TEST_CLOCK");
	assert(text != NULL && yihu_decimal(&now, yihu_span(text), YIHU_TIME_MAX));
	return now;
}

bool __wrap_yihu_clock_synchronised(void);
bool __wrap_yihu_clock_synchronised(void)
{
	return getenv("YIHU_TEST_UNSYNCHRONISED") == NULL;
}
