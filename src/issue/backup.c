/* SPDX-License-Identifier: Apache-2.0
 *
 * Making a backup, and finding one.
 */
#include "issue/backup.h"
#include "issue/on_stick.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/secret.h>

/* ---- finding one ---- */

static bool is_backup(const char *name)
{
	size_t len = strlen(name), suffix = strlen(BACKUP_SUFFIX);
	return name[0] != '.' && len > suffix && strcmp(name + len - suffix, BACKUP_SUFFIX) == 0;
}

/* The only backup in the folder at stick. */
static int only_one(char **path, DIR *dir, const char *stick, struct yihu_error *err)
{
	struct dirent *e;
	size_t n = 0;
	*path = NULL;
	while ((e = readdir(dir)) != NULL)
		if (is_backup(e->d_name)) {
			free(*path);
			*path = yihu_path(stick, e->d_name);
			n++;
		}
	if (n == 1)
		return 0;
	free(*path);
	*path = NULL;
	return n == 0 ? yihu_fail(err, YIHU_ENOENT, _("%s has no backup (NAME.yihu-backup)"), stick)
		      : yihu_fail(err, YIHU_EARG,
				  _("%s has %zu backups; name the file of one of them"), stick, n);
}

int issue_backup_find(char **path, struct issue_backup_head *head, const char *stick,
		      struct yihu_error *err)
{
	struct yihu_buf text = {0};
	DIR *dir = opendir(stick);
	*path = !dir ? yihu_strdup(stick) : NULL;
	int r = dir ? only_one(path, dir, stick, err) : 0;
	if (dir)
		closedir(dir);
	if (r == 0 && (r = backup_read(&text, head, *path, err)) != 0) {
		free(*path);
		*path = NULL;
	}
	yihu_buf_free(&text);
	return r;
}

/* ---- making one ---- */

/* The place is free, or has an older backup of this election. */
static int check_place(const char *path, const char *origin, struct yihu_error *err)
{
	struct issue_backup_head head = {0};
	struct yihu_buf text = {0};
	if (!yihu_file_exists(path))
		return 0;
	int r = backup_read(&text, &head, path, err);
	if (r == 0 && strcmp(head.origin, origin) != 0)
		r = yihu_fail(err, YIHU_EEXIST,
			      _("%s is the backup of another election; take another stick, or "
				"another folder on it"),
			      path);
	issue_backup_head_finish(&head);
	yihu_buf_free(&text);
	return r;
}

static int read_back(const char *path, const struct yihu_buf *written, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct issue_backup_head head;
	int r = on_stick_read_back(path, written, err);
	if (r == 0)
		r = backup_read(&text, &head, path, err);
	if (r == 0)
		issue_backup_head_finish(&head);
	yihu_buf_free(&text);
	return r;
}

static int write_checked(const char *path, const struct issue_backup_head *head,
			 const struct carried *c, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct carried again = {0};
	backup_write(&text, head, c);
	int r = backup_open(&again, &text, head, path, err);
	carried_finish(&again);
	if (r == 0)
		r = yihu_secret_write(path, text.data, text.len, err);
	if (r == 0)
		r = read_back(path, &text, err);
	yihu_buf_free(&text);
	return r;
}

static char *backup_path(const struct yihu_folder *f, const char *stick)
{
	return yihu_printf("%s/%s" BACKUP_SUFFIX, stick, f->slug);
}

int issue_backup_check(const struct yihu_folder *f, const char *stick, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	char *to = backup_path(f, stick);
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = on_stick_check(f, stick, err);
	if (r == 0)
		r = check_place(to, plan.origin, err);
	yihu_plan_finish(&plan);
	free(to);
	return r;
}

/* The head of a backup made now. */
static int make_head(struct issue_backup_head *head, const struct yihu_folder *f,
		     const struct issue_backup_options *o, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = yihu_seal_make(&head->seal, o->kdf, o->passphrase, o->stick, err);
	if (r == 0) {
		head->made = yihu_clock();
		head->origin = yihu_strdup(plan.origin);
	}
	yihu_plan_finish(&plan);
	return r;
}

int issue_backup(const struct yihu_folder *f, const struct issue_backup_options *o, char **path,
		 struct yihu_error *err)
{
	struct issue_backup_head head = {0};
	struct carried c = {0};
	char *to = backup_path(f, o->stick);
	int r = issue_backup_check(f, o->stick, err);
	if (r == 0)
		r = make_head(&head, f, o, err);
	if (r == 0)
		r = carried_read(&c, f, o->key, err);
	if (r == 0)
		r = write_checked(to, &head, &c, err);
	if (r == 0)
		r = carried_note(f, head.made, &c, err);
	issue_backup_head_finish(&head);
	carried_finish(&c);
	if (r == 0)
		*path = to;
	else
		free(to);
	return r;
}
