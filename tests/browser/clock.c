/* SPDX-License-Identifier: Apache-2.0
 *
 * The programs with a clock that tests move: real time and the seconds in the
 * file YIHU_TEST_CLOCK_FILE, read anew at each call, so that a daemon that runs
 * comes to its poll's end. All clocks move alike: the guard sees no jump. Another
 * YIHU_TEST_BOOT: the computer was started anew.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <yihu/clock.h>

uint64_t __real_yihu_clock(void);
uint64_t __real_yihu_clock_monotonic_ms(void);
uint64_t __wrap_yihu_clock(void);
uint64_t __wrap_yihu_clock_monotonic_ms(void);
void __real_yihu_clock_boot(struct yihu_boot *out);
void __wrap_yihu_clock_boot(struct yihu_boot *out);
bool __wrap_yihu_clock_synchronised(void);

/* Opened once, before a daemon shuts itself off from all files but its own. */
static int64_t offset_s(void)
{
	static int fd = -1;
	char text[32] = "";
	const char *path = getenv("YIHU_TEST_CLOCK_FILE");
	if (fd < 0 && path != NULL)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && pread(fd, text, sizeof text - 1, 0) < 0)
		text[0] = '\0';
	return strtoll(text, NULL, 10);
}

uint64_t __wrap_yihu_clock(void)
{
	return (uint64_t)((int64_t)__real_yihu_clock() + offset_s());
}

uint64_t __wrap_yihu_clock_monotonic_ms(void)
{
	/* A day more, for offsets into the past just after the machine's start. */
	return (uint64_t)((int64_t)__real_yihu_clock_monotonic_ms() + (offset_s() + 86400) * 1000);
}

void __wrap_yihu_clock_boot(struct yihu_boot *out)
{
	const char *boot = getenv("YIHU_TEST_BOOT");
	__real_yihu_clock_boot(out);
	if (boot != NULL)
		snprintf(out->id, sizeof out->id, "%s", boot);
	out->up_s = __wrap_yihu_clock_monotonic_ms() / 1000;
}

bool __wrap_yihu_clock_synchronised(void)
{
	return getenv("YIHU_TEST_SYNCHRONISED") != NULL;
}
