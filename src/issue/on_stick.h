/* SPDX-License-Identifier: Apache-2.0
 *
 * What the clerk puts on a stick: where that may be, and whether it is there.
 */
#ifndef YIHU_ISSUE_ON_STICK_H
#define YIHU_ISSUE_ON_STICK_H

#include "folder/folder.h"

/* A folder, and none of the election's own: YIHU_ENOENT, YIHU_EARG. */
int on_stick_check(const struct yihu_folder *f, const char *stick, struct yihu_error *err);
/* Reads the file from the medium, not from memory, and compares: YIHU_EIO when it is not as it
 * was written. */
int on_stick_read_back(const char *path, const struct yihu_buf *written, struct yihu_error *err);
/* Is it the charter of this very election? NULL: no. */
bool on_stick_is_ours(const struct yihu_folder *f, const struct yihu_buf *charter);
/* YIHU_EEXIST: what has the name is not of this election, and stays. */
int on_stick_in_the_way(const char *path, struct yihu_error *err);

#endif
