/* SPDX-License-Identifier: Apache-2.0
 *
 * What a backup of the clerk's side carries: the files without which the clerk
 * cannot go on. Never letters, a change under way, the log key or the box: a
 * second box could sign a second history.
 */
#ifndef YIHU_FOLDER_CARRIED_H
#define YIHU_FOLDER_CARRIED_H

#include "folder/folder.h"

/* The name of a backup's file is the election's and this. */
#define BACKUP_SUFFIX ".yihu-backup"

struct carried_file {
	char *name; /* below the folder: "secret/roll" */
	struct yihu_buf bytes;
};
struct carried {
	struct carried_file *files; /* in the order of their names */
	size_t n;
};
/* key: the issuer key's path; it is carried as secret/issuer.key (NULL: not). */
int carried_read(struct carried *out, const struct yihu_folder *f, const char *key,
		 struct yihu_error *err);
void carried_finish(struct carried *c); /* wipes */

/* Bytes of a backup's body, and back: names that carried_read never gives, or
 * that do not ascend, are YIHU_EFORMAT. */
void carried_pack(struct yihu_buf *body, const struct carried *c);
int carried_unpack(struct carried *out, const struct yihu_buf *body, struct yihu_error *err);

const struct yihu_buf *carried_bytes(const struct carried *c, const char *name); /* or NULL */

/* Hash of what nobody else could give the clerk again: all but signatures over
 * box and results, and the record of the paper. */
void carried_hash(uint8_t out[static 32], const struct carried *c);

/* secret/backed-up: when the last backup was made, and of what. */
int carried_note(const struct yihu_folder *f, uint64_t made, const struct carried *c,
		 struct yihu_error *err);
/* How the folder's last backup stands; *made is its time unless there is none. */
enum carried_standing {
	CARRIED_NONE,
	CARRIED_OLDER, /* something was changed after it */
	CARRIED_CURRENT,
};
/* By what a backup would carry now. Nothing is asked of the stick. */
enum carried_standing carried_standing(const struct yihu_folder *f, uint64_t *made);

#endif
