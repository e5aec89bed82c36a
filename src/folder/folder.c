/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder: where its rooms are.
 */
#include "folder/folder.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* As the kernel names it, so that one folder has one place whatever it was called by; one
 * that is not made yet as it will be named. Caller frees. */
static char *true_name(const struct yihu_folder *f)
{
	char *real = realpath(f->root, NULL);
	if (real)
		return real;
	char *parent = yihu_strndup(f->root, strlen(f->root) - strlen(f->slug));
	real = realpath(*parent ? parent : ".", NULL);
	char *name = real ? yihu_path(real, f->slug) : yihu_strdup(f->root);
	free(real);
	free(parent);
	return name;
}

static char *votes_of(const struct yihu_folder *f)
{
	const char *memory = getenv(YIHU_FOLDER_LETTERS);
	if (!memory || *memory == '\0')
		return yihu_strdup(f->root);
	char *name = true_name(f), *path = yihu_printf("%s/%s", memory, name + (*name == '/'));
	free(name);
	return path;
}

void yihu_folder_init(struct yihu_folder *f, const char *dir)
{
	size_t len = strlen(dir);
	while (len > 1 && dir[len - 1] == '/')
		len--;
	f->root = yihu_strndup(dir, len);
	f->ceremony = yihu_path(f->root, folder_room_row(R_CEREMONY)->name);
	f->secret = yihu_path(f->root, folder_room_row(R_SECRET)->name);
	f->box = yihu_path(f->root, folder_room_row(R_BOX)->name);
	f->pub = yihu_path(f->root, folder_room_row(R_PUBLIC)->name);
	const char *slash = strrchr(f->root, '/');
	f->slug = yihu_strdup(slash && slash[1] != '\0' ? slash + 1 : f->root);
	f->word = yihu_shell_word(f->root);
	f->votes = votes_of(f);
	f->letters = yihu_path(f->votes, folder_room_row(R_LETTERS)->name);
}

void yihu_folder_finish(struct yihu_folder *f)
{
	free(f->root);
	free(f->ceremony);
	free(f->secret);
	free(f->letters);
	free(f->votes);
	free(f->box);
	free(f->pub);
	free(f->slug);
	free(f->word);
	memset(f, 0, sizeof *f);
}
