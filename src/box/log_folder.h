/* SPDX-License-Identifier: Apache-2.0
 *
 * DIR/public/log from the side of the box. Others write there too (the daemon's HTTP
 * side does), and one of them may be captured: no link that lies there is ever followed,
 * so that nothing outside is read, written or removed. Names are those below the folder,
 * with slashes.
 */
#ifndef YIHU_BOX_LOG_FOLDER_H
#define YIHU_BOX_LOG_FOLDER_H

#include <stdbool.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

struct log_folder {
	int fd;
	char *path; /* for words */
};

/* Makes it where it is not there. YIHU_EFORMAT, naming it, when something else than a
 * folder is in its place; so say the others of what is below it. */
int log_folder_open(struct log_folder *l, const char *box_dir, struct yihu_error *err);
void log_folder_close(struct log_folder *l);

/* Is it a file with something in it? */
bool log_folder_has(const struct log_folder *l, const char *name);
/* Appends the whole file to out; false when it is none, is larger, or cannot be read. */
bool log_folder_read(const struct log_folder *l, const char *name, size_t most,
		     struct yihu_buf *out);
/* Whole under its name, with the folders on the way. Durable at once, or only by
 * log_folder_sync, which makes all of them so. */
int log_folder_put(const struct log_folder *l, const char *name, const struct yihu_buf *bytes,
		   bool durable, struct yihu_error *err);
int log_folder_sync(const struct log_folder *l, struct yihu_error *err);
/* A file, and its folder if that is empty then. One that is not there is fine. */
int log_folder_remove(const struct log_folder *l, const char *name, struct yihu_error *err);
/* Removes all below the folder NAME but what is wanted, and folders left empty. */
int log_folder_sweep(const struct log_folder *l, const char *name,
		     bool (*wanted)(const void *context, const char *name), const void *context,
		     struct yihu_error *err);

#endif
