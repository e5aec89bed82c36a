/* SPDX-License-Identifier: Apache-2.0
 *
 * Files: whole reads with a limit, and writes that are there whole or not at
 * all (written aside under a name that begins with a dot, synced, renamed,
 * the folder synced). Errors name the path.
 */
#ifndef YIHU_FILE_H
#define YIHU_FILE_H

#include <sys/types.h>
#include <yihu/api.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

YIHU_API_BEGIN

/* Appends the whole file to out (out untouched on failure). Refuses symbolic
 * links, folders and devices with YIHU_ESYMLINK/YIHU_EFORMAT, more than max bytes with
 * YIHU_ETOOBIG; YIHU_ENOENT when there is none. */
int yihu_file_read(const char *path, size_t max_bytes, struct yihu_buf *out,
		   struct yihu_error *err);

/* Replaces the file at path, or makes it. Mode as given, 0600 for secrets. */
int yihu_file_write(const char *path, const void *data, size_t len, mode_t mode,
		    struct yihu_error *err);

/* The same, but never over an existing file: YIHU_EEXIST then (link(2), or
 * what FAT has instead, so a race has one winner). */
int yihu_file_create(const char *path, const void *data, size_t len, mode_t mode,
		     struct yihu_error *err);

/* Makes a new file (YIHU_EEXIST) of a folder that is still being made, without
 * a sync of its own: yihu_disk_sync makes all of them durable at once, before
 * the folder gets its name. */
int yihu_file_stage(const char *path, const void *data, size_t len, mode_t mode,
		    struct yihu_error *err);
/* Returns when all that was written to the disk that holds path is on it. */
int yihu_disk_sync(const char *path, struct yihu_error *err);

/* All of it, in as many writes as it takes; false, and errno, when one fails. Safe
 * in a child and under a sandbox that allows write(2) alone. */
bool yihu_write_all(int fd, const void *data, size_t len);

/* Is there anything of that name, a link that leads nowhere too? false also
 * when the folder cannot be searched. */
bool yihu_file_exists(const char *path);
/* Makes path and its parents; those that are there are fine. */
int yihu_dir_make(const char *path, mode_t mode, struct yihu_error *err);
/* Makes durable which names the folder has. */
int yihu_dir_sync(const char *path, struct yihu_error *err);
/* Removes a tree that this program made (never follows links). */
int yihu_dir_remove(const char *path, struct yihu_error *err);
/* "a/b"; caller frees. */
char *yihu_path(const char *dir, const char *name);
/* "b" of "a/b"; borrowed from path. */
const char *yihu_path_last(const char *path);

/* An exclusive lock on the file at path (made when absent, 0600), held until
 * yihu_unlock or the process ends. YIHU_ELOCKED when another holds it. */
int yihu_lock(const char *path, int *fd, struct yihu_error *err);
/* Does anybody hold it? Takes nothing, and keeps nobody from taking it. */
bool yihu_is_locked(const char *path);
/* Gives the lock up; its file stays. A negative fd is fine. */
void yihu_unlock(int fd);

YIHU_API_END

#endif
