/* SPDX-License-Identifier: Apache-2.0
 *
 * secret/pending: the token of a new letter from before its entry is sent until
 * its letter is written. SECRET.
 */
#ifndef YIHU_FOLDER_PENDING_H
#define YIHU_FOLDER_PENDING_H

#include "folder/folder.h"

#include <yihu/token.h>

struct pending {
	struct yihu_token token;
	uint32_t replaces; /* 0: an addition */
	char *household;
};
/* Wipes the token and frees. */
void pending_finish(struct pending *p);

/* Replaces what was pending. On the disk when 0 comes back. */
int pending_save(const struct pending *p, const struct yihu_folder *f, struct yihu_error *err);
/* YIHU_ENOENT when nothing is pending. The caller finishes *p in any case. */
int pending_load(struct pending *p, const struct yihu_folder *f, struct yihu_error *err);
/* The new letter of a change that was cut off, which the log may have or not; 0: none
 * was, or it cannot be read. */
uint32_t pending_serial(const struct yihu_folder *f);
/* Destroys it. Nothing pending is fine. */
int pending_forget(const struct yihu_folder *f, struct yihu_error *err);

#endif
