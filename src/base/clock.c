/* SPDX-License-Identifier: Apache-2.0
 *
 * What the system says of time, alone in its file: a test program that defines
 * these functions itself takes their place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <yihu/boot.h>
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

/* The first word of a small file of the kernel's; "" when it cannot be read. */
static void read_word(const char *path, char *out, size_t size)
{
	FILE *f = fopen(path, "re");
	out[0] = '\0';
	if (!f)
		return;
	if (!fgets(out, (int)size, f))
		out[0] = '\0';
	fclose(f);
	out[strcspn(out, " \n")] = '\0';
}

/* From /proc, not from clock_gettime: a program that was given another time
 * than the system's (faketime) is to notice. */
void yihu_clock_boot(struct yihu_boot *out)
{
	char up[32];
	read_word("/proc/sys/kernel/random/boot_id", out->id, sizeof out->id);
	read_word("/proc/uptime", up, sizeof up);
	out->up_s = strtoull(up, NULL, 10);
	if (out->up_s == 0) {
		out->id[0] = '\0';
		out->up_s = yihu_clock_monotonic_ms() / 1000;
	}
}

bool yihu_clock_synchronised(void)
{
	struct timex t = {0};
	if (adjtimex(&t) < 0 || (t.status & STA_UNSYNC) != 0 || t.time.tv_sec < 0)
		return false;
	/* It speaks of the system's clock: is that the one we see? */
	uint64_t system = (uint64_t)t.time.tv_sec, ours = yihu_clock();
	return (system > ours ? system - ours : ours - system) <= YIHU_CLOCK_APART_S;
}
