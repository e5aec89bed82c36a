/* SPDX-License-Identifier: Apache-2.0
 *
 * A file on its way: written aside in the folder it goes to, then named.
 * Calls that return bool leave the reason in errno.
 */
#ifndef YIHU_BASE_ASIDE_H
#define YIHU_BASE_ASIDE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <yihu/error.h>

#define ASIDE_RANDOM_BYTES 16 /* hex digits behind ".yihu-" */

/* The folder that it goes to, and both of its names there. */
struct aside {
	const char *path; /* the caller's */
	const char *name; /* within path */
	int dir;
	char temp[NAME_MAX + 8];
};

/* Opens the folder; the temporary name is a random one, ".yihu-…". */
int aside_open(struct aside *a, const char *path, struct yihu_error *err);
/* Makes it, under its temporary name: the bytes are on the disk then. */
bool aside_fill(const struct aside *a, const void *data, size_t len, mode_t mode);
/* Gives it its name if nobody has that; the temporary one may stay beside it. */
bool aside_name_if_free(const struct aside *a);

/* YIHU_EEXIST, YIHU_ENOENT or YIHU_EIO, by errno. */
int aside_fail(struct yihu_error *err, const char *path);
/* Since the umask may have taken bits off. */
bool aside_set_mode(int fd, mode_t mode);

#endif
