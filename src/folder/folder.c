/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder: where its rooms are.
 */
#include "folder/folder.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

void yihu_folder_init(struct yihu_folder *f, const char *dir)
{
	size_t len = strlen(dir);
	while (len > 1 && dir[len - 1] == '/')
		len--;
	f->root = yihu_strndup(dir, len);
	f->ceremony = yihu_path(f->root, folder_room_row(R_CEREMONY)->name);
	f->secret = yihu_path(f->root, folder_room_row(R_SECRET)->name);
	f->letters = yihu_path(f->root, folder_room_row(R_LETTERS)->name);
	f->box = yihu_path(f->root, folder_room_row(R_BOX)->name);
	f->pub = yihu_path(f->root, folder_room_row(R_PUBLIC)->name);
	const char *slash = strrchr(f->root, '/');
	f->slug = yihu_strdup(slash && slash[1] != '\0' ? slash + 1 : f->root);
	f->word = yihu_shell_word(f->root);
}

void yihu_folder_finish(struct yihu_folder *f)
{
	free(f->root);
	free(f->ceremony);
	free(f->secret);
	free(f->letters);
	free(f->box);
	free(f->pub);
	free(f->slug);
	free(f->word);
	memset(f, 0, sizeof *f);
}
