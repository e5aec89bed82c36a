/* SPDX-License-Identifier: Apache-2.0
 *
 * The sticks that are plugged in: media that can be taken out and are mounted, as the
 * kernel's and udev's tables have them.
 */
#ifndef YIHU_CONSOLE_STICKS_H
#define YIHU_CONSOLE_STICKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stick {
	char *device;  /* "sdb1": the partition, or the whole of it */
	char *where;   /* the folder in which it is mounted */
	char *name;    /* its label, else its maker's name for it; "": it has none */
	uint64_t size; /* bytes of the device */
	uint64_t left; /* bytes that can still be written */
	bool writable;
};
struct sticks {
	struct stick *at;
	size_t n;
};
/* A disk is left out that this machine itself runs from, one whose reader is empty, and a
 * CD. root: see stick_root.h. What cannot be read is as if it were not there. The caller
 * finishes *out. */
void sticks_read(struct sticks *out, const char *root);
void sticks_finish(struct sticks *s);

#endif
