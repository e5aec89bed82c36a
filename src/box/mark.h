/* SPDX-License-Identifier: Apache-2.0
 *
 * The high-water mark: what the log key has signed last, in a file of its own
 * beside box.db (PROTOCOL §16). A box that holds less, or other entries, is an
 * older copy, and is never served.
 *
 * Two slots are written in turn, so that one is whole whenever the power goes.
 * The order of a group: both databases commit, then both marks are on their
 * disks, then receipts leave. So a mark may be behind its box, never ahead.
 */
#ifndef YIHU_BOX_MARK_H
#define YIHU_BOX_MARK_H

#include <yihu/checkpoint.h>

#define YIHU_MARK_NAME "mark"
#define YIHU_MARK_SLOT_BYTES 4096 /* a sector of any disk: no slot tears the other */
#define YIHU_MARK_BYTES (2 * YIHU_MARK_SLOT_BYTES)

/* A mark that is open. All zero but fd −1: none. */
struct yihu_mark {
	char *path;
	int fd;                   /* −1: only read */
	uint64_t number;          /* of the newest slot that is whole */
	struct yihu_buf latest;   /* signed notes; empty: nothing signed yet */
	struct yihu_buf at_close; /* empty: the poll was not ended */
};

/* A new file that says: nothing signed yet. YIHU_EEXIST where one is. */
int yihu_mark_make(const char *dir, struct yihu_error *err);
/* YIHU_ENOENT: there is none; YIHU_EDATABASE: it is no mark, or neither slot is
 * whole. */
int yihu_mark_open(struct yihu_mark *m, const char *dir, bool for_writing, struct yihu_error *err);
/* Durable when it returns 0. */
int yihu_mark_put(struct yihu_mark *m, const struct yihu_buf *latest,
		  const struct yihu_buf *at_close, struct yihu_error *err);
/* Frees the notes and leaves none. One that is not open is fine. */
void yihu_mark_close(struct yihu_mark *m);

#endif
