/* SPDX-License-Identifier: Apache-2.0
 *
 * What is mounted on this machine: the text of /proc/self/mountinfo (proc(5)), a line a
 * mount.
 */
#ifndef YIHU_CONSOLE_MOUNTS_H
#define YIHU_CONSOLE_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

struct mount {
	unsigned major, minor;
	char *where;    /* its folder, as the machine has it */
	char *source;   /* "/dev/sdb1" */
	bool whole;     /* not a folder of it that is mounted once more */
	bool read_only; /* the mount, or all of the file system */
};
struct mounts {
	struct mount *at;
	size_t n;
};
/* Those that can be reached: what a later one covers is left out, and what is no line of
 * such a table. The caller finishes *out. */
void mounts_read(struct mounts *out, const void *text, size_t len);
void mounts_finish(struct mounts *m);

#endif
