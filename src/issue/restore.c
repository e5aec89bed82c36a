/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's folder out of a backup: every file is held against the others
 * before the folder gets its name.
 */
#include "issue/backup.h"
#include "issue/new_folder.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/households.h>
#include <yihu/keyfile.h>

/* ---- do they fit each other? ---- */

static int needed(const struct yihu_buf **out, const struct carried *c, folder_file file,
		  struct yihu_error *err)
{
	char *name = folder_name(file);
	*out = carried_bytes(c, name);
	int r = *out ? 0 : yihu_fail(err, YIHU_EFORMAT, _("the backup lacks %s"), name);
	free(name);
	return r;
}

static int misfit(folder_file file, struct yihu_error *err)
{
	char *name = folder_name(file);
	int r = yihu_fail(err, YIHU_EFORMAT, _("%s in the backup is not the one of its plan"),
			  name);
	free(name);
	return r;
}

static int check_definition(const struct carried *c, const struct yihu_plan *p,
			    struct yihu_error *err)
{
	const struct yihu_buf *bytes;
	uint8_t hash[32];
	int r = needed(&bytes, c, F_OWN_DEFINITION, err);
	if (r != 0)
		return r;
	crypto_hash_sha256(hash, bytes->data, bytes->len);
	return memcmp(hash, p->definition_hash, 32) == 0 ? 0 : misfit(F_OWN_DEFINITION, err);
}

static int check_roll(const struct carried *c, const struct yihu_plan *p, struct yihu_error *err)
{
	const struct yihu_buf *roll, *text, *list;
	uint8_t salt[16], hash[32];
	int r = needed(&roll, c, F_ROLL, err);
	if (r == 0)
		r = needed(&text, c, F_ROLL_SALT, err);
	if (r == 0)
		r = needed(&list, c, F_HOUSEHOLDS, err);
	if (r != 0)
		return r;
	if (text->len != 33 ||
	    !yihu_unhex(salt, sizeof salt, (struct yihu_span){(const char *)text->data, 32}))
		return misfit(F_ROLL_SALT, err);
	yihu_roll_hash(hash, salt, roll->data, roll->len);
	return memcmp(hash, p->roll_hash, 32) == 0 ? 0 : misfit(F_ROLL, err);
}

static int check_carried(const struct carried *c, const struct issue_backup_head *head,
			 struct yihu_error *err)
{
	const struct yihu_buf *bytes;
	struct yihu_plan p = {0};
	int r = needed(&bytes, c, F_PLAN, err);
	if (r == 0)
		r = yihu_plan_parse(&p, bytes->data, bytes->len, err);
	if (r == 0 && strcmp(p.origin, head->origin) != 0)
		r = misfit(F_PLAN, err);
	if (r == 0)
		r = check_definition(c, &p, err);
	if (r == 0)
		r = check_roll(c, &p, err);
	if (r == 0)
		r = needed(&bytes, c, F_ISSUER_KEY, err);
	yihu_plan_finish(&p);
	return r;
}

/* As files: the ceremony's signatures, and whose key it is. */
static int check_folder(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_ceremony c = {0};
	enum yihu_key_role role;
	struct yihu_vkey issuer;
	char *key = folder_path(f, F_ISSUER_KEY);
	int r = yihu_ceremony_read(&c, f, err);
	if (r == 0)
		r = yihu_keyfile_public(key, &role, &issuer, err);
	if (r == 0 && (role != YIHU_ROLE_ISSUER ||
		       memcmp(issuer.pk, c.plan.issuer.pk, sizeof issuer.pk) != 0))
		r = misfit(F_ISSUER_KEY, err);
	yihu_ceremony_finish(&c);
	free(key);
	return r;
}

/* ---- as a folder ---- */

/* What the table does not know is public. */
static mode_t mode_of(const char *name)
{
	folder_file file;
	return folder_find(&file, name) ? folder_row(file)->mode : 0644;
}

/* The folder of the public ones, where it is not made yet. */
static int make_room(const char *path, struct yihu_error *err)
{
	char *room = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	int r = yihu_dir_make(room, 0755, err);
	free(room);
	return r;
}

static int stage_all(const struct carried *c, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < c->n && r == 0; i++) {
		const struct carried_file *file = &c->files[i];
		char *path = yihu_path(f->root, file->name);
		r = make_room(path, err);
		if (r == 0)
			r = yihu_file_stage(path, file->bytes.data, file->bytes.len,
					    mode_of(file->name), err);
		free(path);
	}
	return r;
}

static int make_folders(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = folder_make(f, R_CEREMONY, err);
	if (r == 0)
		r = folder_make(f, R_SECRET, err);
	if (r == 0)
		r = folder_make(f, R_PUBLIC, err);
	return r == 0 ? folder_make(f, R_PAPER, err) : r;
}

static int make_aside(const struct carried *c, const struct issue_backup_head *head,
		      const struct yihu_folder *f, struct yihu_error *err)
{
	int r = new_folder_clear(f->root, err);
	if (r == 0)
		r = make_folders(f, err);
	if (r == 0)
		r = stage_all(c, f, err);
	if (r == 0)
		r = check_folder(f, err);
	if (r == 0)
		r = carried_note(f, head->made, c, err);
	return r == 0 ? yihu_disk_sync(f->root, err) : r;
}

static int restore_as(const struct carried *c, const struct issue_backup_head *head,
		      const char *dir, struct yihu_error *err)
{
	struct yihu_folder target, aside;
	yihu_folder_init(&target, dir);
	char *path = new_folder_path(&target);
	yihu_folder_init(&aside, path);
	int r = make_aside(c, head, &aside, err);
	if (r == 0)
		r = new_folder_place(path, target.root, err);
	if (r != 0)
		new_folder_clear(path, NULL);
	free(path);
	yihu_folder_finish(&aside);
	yihu_folder_finish(&target);
	return r;
}

int issue_restore(const char *path, const char *passphrase, const char *dir, struct yihu_error *err)
{
	struct issue_backup_head head = {0};
	struct yihu_buf text = {0};
	struct carried c = {0};
	int r = new_folder_check(dir, err);
	if (r == 0)
		r = backup_read(&text, &head, path, err);
	if (r == 0)
		r = yihu_seal_derive(&head.seal, passphrase, path, err);
	if (r == 0)
		r = backup_open(&c, &text, &head, path, err);
	if (r == 0 && (r = check_carried(&c, &head, err)) != 0)
		r = yihu_fail_at(err, r, "%s", path);
	if (r == 0)
		r = restore_as(&c, &head, dir, err);
	carried_finish(&c);
	yihu_buf_free(&text);
	issue_backup_head_finish(&head);
	return r;
}
