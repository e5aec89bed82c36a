/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking for elections.
 */
#include "shelf.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "folder/files.h"

#define BOOKS_MAX 1000

static bool is_election(const char *path)
{
	struct yihu_folder f;
	yihu_folder_init(&f, path);
	bool is = folder_has(&f, F_PLAN);
	yihu_folder_finish(&f);
	return is;
}

static bool has(const struct shelf *s, const char *path)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->books[i].path, path) == 0)
			return true;
	return false;
}

static void put(struct shelf *s, const char *path)
{
	uint8_t hash[16];
	char *real = realpath(path, NULL);
	if (!real || s->n == BOOKS_MAX || has(s, real) || !is_election(real)) {
		free(real);
		return;
	}
	crypto_generichash(hash, sizeof hash, (const uint8_t *)real, strlen(real), NULL, 0);
	s->books = yihu_realloc(s->books, s->n + 1, sizeof *s->books);
	s->books[s->n].path = real;
	yihu_hex_into(s->books[s->n].id, hash, sizeof hash);
	s->books[s->n++].id[2 * sizeof hash] = '\0';
}

static void put_below(struct shelf *s, const char *folder)
{
	DIR *dir = opendir(folder);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		char *path = yihu_path(folder, e->d_name);
		put(s, path);
		free(path);
	}
	if (dir)
		closedir(dir);
}

static int by_path(const void *a, const void *b)
{
	const struct shelf_book *x = a, *y = b;
	return strcmp(x->path, y->path);
}

void shelf_read(struct shelf *out, const char *const *folders, size_t n)
{
	*out = (struct shelf){0};
	for (size_t i = 0; i < n; i++) {
		put(out, folders[i]);
		put_below(out, folders[i]);
	}
	if (out->n > 0)
		qsort(out->books, out->n, sizeof *out->books, by_path);
}

void shelf_finish(struct shelf *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->books[i].path);
	free(s->books);
	*s = (struct shelf){0};
}

const struct shelf_book *shelf_find(const struct shelf *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->books[i].id, id) == 0)
			return &s->books[i];
	return NULL;
}
