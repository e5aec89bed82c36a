/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is read whole but what begins as a key file does.
 */
#include "stick_holds.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "folder/carried.h"

#define NAMES_MAX 500 /* that are looked at in one folder */
#define KEY_BEGINS "yihu-key-"

/* O_NONBLOCK: a pipe must not wait for a writer. */
static bool begins_as_key(const char *path)
{
	char text[sizeof KEY_BEGINS - 1];
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	bool begins = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		      st.st_size <= YIHU_KEYFILE_MAX_BYTES &&
		      read(fd, text, sizeof text) == sizeof text &&
		      memcmp(text, KEY_BEGINS, sizeof text) == 0;
	close(fd);
	return begins;
}

static void put_key(struct stick_holds *h, const char *path)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	if (!begins_as_key(path) || yihu_keyfile_public(path, &role, &key, NULL) != 0 ||
	    role != YIHU_ROLE_TRUSTEE)
		return;
	h->keys = yihu_realloc(h->keys, h->n_keys + 1, sizeof *h->keys);
	h->keys[h->n_keys++] = (struct stick_key){yihu_strdup(path), key};
}

static bool is_backup(const char *name)
{
	size_t len = strlen(name), suffix = strlen(BACKUP_SUFFIX);
	return len > suffix && strcmp(name + len - suffix, BACKUP_SUFFIX) == 0;
}

static void put_file(struct stick_holds *h, const char *path, const char *name)
{
	if (!is_backup(name)) {
		put_key(h, path);
		return;
	}
	h->backups = yihu_realloc(h->backups, h->n_backups + 1, sizeof *h->backups);
	h->backups[h->n_backups++] = yihu_strdup(path);
}

static bool is_folder(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void look(struct stick_holds *h, const char *folder, bool down)
{
	DIR *list = opendir(folder);
	struct dirent *e;
	for (unsigned n = 0; list && n < NAMES_MAX && (e = readdir(list)) != NULL; n++) {
		if (e->d_name[0] == '.' || !yihu_utf8_valid(e->d_name, strlen(e->d_name)))
			continue;
		char *path = yihu_path(folder, e->d_name);
		if (!is_folder(path))
			put_file(h, path, e->d_name);
		else if (down)
			look(h, path, false);
		free(path);
	}
	if (list)
		closedir(list);
}

static int by_path(const void *a, const void *b)
{
	const struct stick_key *x = a, *y = b;
	return strcmp(x->path, y->path);
}

void stick_holds_read(struct stick_holds *out, const struct stick *s)
{
	const char *const folders[] = {s->where};
	*out = (struct stick_holds){0};
	look(out, s->where, true);
	if (out->n_keys > 0)
		qsort(out->keys, out->n_keys, sizeof *out->keys, by_path);
	shelf_read(&out->elections, folders, 1);
}

void stick_holds_finish(struct stick_holds *h)
{
	for (size_t i = 0; i < h->n_keys; i++)
		free(h->keys[i].path);
	for (size_t i = 0; i < h->n_backups; i++)
		free(h->backups[i]);
	free(h->keys);
	free(h->backups);
	shelf_finish(&h->elections);
	*h = (struct stick_holds){0};
}
