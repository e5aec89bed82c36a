/* SPDX-License-Identifier: Apache-2.0
 *
 * A file system for SQLite over the usual one. A layer is told of what happens
 * to files, and may do it otherwise; what it leaves out goes on to the usual one.
 */
#ifndef YIHU_TEST_VFS_H
#define YIHU_TEST_VFS_H

#include <sqlite3.h>
#include <stddef.h>

struct vfs_file {
	sqlite3_file base;
	sqlite3_file *real; /* the usual one's, which follows in the same memory */
};

struct vfs_layer {
	const char *name;
	size_t file_bytes; /* of its own struct, which begins with a struct vfs_file; all zero
			    * when a file is opened */
	/* In place of the usual one's; vfs_real(f)->pMethods->… does as it does. */
	int (*read)(sqlite3_file *f, void *data, int len, sqlite3_int64 at);
	int (*write)(sqlite3_file *f, const void *data, int len, sqlite3_int64 at);
	int (*truncate)(sqlite3_file *f, sqlite3_int64 size);
	int (*sync)(sqlite3_file *f, int flags);
	/* After it went well. */
	void (*opened)(sqlite3_file *f, const char *path, int flags);
	void (*deleted)(const char *path, int folder_synced);
};

/* The layer (borrowed) is the default for databases that are opened from now on;
 * there is one at a time. */
void vfs_install(const struct vfs_layer *layer);
/* The usual one is the default again. */
void vfs_remove(void);

static inline sqlite3_file *vfs_real(sqlite3_file *f)
{
	return ((struct vfs_file *)f)->real;
}

#endif
