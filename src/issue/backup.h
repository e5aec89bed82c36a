/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's side in one sealed file on a stick, and back (PROTOCOL §14).
 *
 * Trust: whoever has the file and the passphrase can do what the clerk can,
 * and knows which household has which number. It holds no letter, no log key
 * and no box: from it alone nobody votes, and no second box can grow.
 */
#ifndef YIHU_ISSUE_BACKUP_H
#define YIHU_ISSUE_BACKUP_H

#include "issue/backup_file.h"

struct issue_backup_options {
	const char *key; /* path of the issuer key */
	const char *stick, *passphrase;
	const struct yihu_kdf *kdf;
};
/* Writes STICK/<name of the folder>.yihu-backup, sealed by passphrase, reads it
 * back from the disk and compares. An older backup of the same election is
 * replaced, another file is not (YIHU_EEXIST). *path is the file (caller frees). */
int issue_backup(const struct yihu_folder *f, const struct issue_backup_options *o, char **path,
		 struct yihu_error *err);
/* The same checks of place and folder, before anybody is asked for a passphrase. */
int issue_backup_check(const struct yihu_folder *f, const char *stick, struct yihu_error *err);

/* stick: the file, or a folder that has one (YIHU_ENOENT, YIHU_EARG when it has
 * none or several). Caller frees *path and finishes the head. */
int issue_backup_find(char **path, struct issue_backup_head *head, const char *stick,
		      struct yihu_error *err);

/* Makes DIR, which must not be there or be empty, of the backup at path: whole
 * or not at all, once its files fit each other. YIHU_EPASS: not this passphrase. */
int issue_restore(const char *path, const char *passphrase, const char *dir,
		  struct yihu_error *err);

#endif
