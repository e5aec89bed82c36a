/* SPDX-License-Identifier: Apache-2.0
 *
 * A backup as a file: four lines in the open, and the sealed one.
 */
#ifndef YIHU_ISSUE_BACKUP_FILE_H
#define YIHU_ISSUE_BACKUP_FILE_H

#include "folder/carried.h"

#include <yihu/seal.h>

/* What a backup says of itself; believed only after it was opened. */
struct issue_backup_head {
	uint64_t made;
	char *origin;
	struct yihu_seal seal; /* without its key */
};
/* Wipes and frees. */
void issue_backup_head_finish(struct issue_backup_head *head);

/* The whole file. */
void backup_write(struct yihu_buf *text, const struct issue_backup_head *head,
		  const struct carried *c);
/* The file's text and its head. YIHU_EVERSION: a newer program's, or no backup. */
int backup_read(struct yihu_buf *text, struct issue_backup_head *head, const char *path,
		struct yihu_error *err);
/* What it carries; head->seal has its key. YIHU_EPASS when that does not open it. */
int backup_open(struct carried *out, const struct yihu_buf *text,
		const struct issue_backup_head *head, const char *path, struct yihu_error *err);

#endif
