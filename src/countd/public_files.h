/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of the public folder, by names that are not to lead elsewhere.
 */
#ifndef YIHU_COUNTD_PUBLIC_FILES_H
#define YIHU_COUNTD_PUBLIC_FILES_H

#include <stdbool.h>
#include <sys/stat.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

/* A descriptor to read, and which file it is. Links are not followed. YIHU_ENOENT:
 * there is no such file. YIHU_EIO: whether there is one cannot be told (a disk that
 * fails, no descriptor left); nobody may take that for its absence. */
int public_open(int *fd, struct stat *st, const char *dir, const char *name,
		struct yihu_error *err);
/* Is there a file of this name? YIHU_EIO as above. */
int public_has(bool *has, const char *dir, const char *name, struct yihu_error *err);

/* Appends all of it, at most so many bytes: as yihu_file_read. */
int public_read(struct yihu_buf *out, const char *dir, const char *name, size_t most,
		struct yihu_error *err);

#endif
