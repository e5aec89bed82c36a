/* SPDX-License-Identifier: Apache-2.0
 *
 * Where everything lies, and whether it is there.
 */
#include "folder/folder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

void yihu_folder_init(struct yihu_folder *f, const char *dir)
{
	size_t len = strlen(dir);
	while (len > 1 && dir[len - 1] == '/')
		len--;
	f->root = yihu_strndup(dir, len);
	f->ceremony = yihu_path(f->root, "ceremony");
	f->secret = yihu_path(f->root, "secret");
	f->letters = yihu_path(f->root, "letters");
	f->box = yihu_path(f->root, "box");
	f->pub = yihu_path(f->box, "public");
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

char *yihu_definition_path(const struct yihu_folder *f)
{
	char *path = yihu_path(f->ceremony, "election.pb");
	if (yihu_file_exists(path))
		return path;
	free(path);
	return yihu_path(f->root, "election.pb");
}

char *yihu_folder_path(const struct yihu_folder *f, const char *format, ...)
{
	char *name = NULL;
	va_list args;
	va_start(args, format);
	int n = vasprintf(&name, format, args);
	va_end(args);
	if (n < 0)
		abort();
	char *path = yihu_path(f->root, name);
	free(name);
	return path;
}

bool folder_has(const struct yihu_folder *f, const char *name)
{
	char *path = yihu_path(f->root, name);
	bool yes = yihu_file_exists(path);
	free(path);
	return yes;
}

uint32_t folder_count(const struct yihu_folder *f, const char *format, uint32_t n)
{
	uint32_t found = 0;
	for (uint32_t i = 1; i <= n; i++) {
		char name[64];
		snprintf(name, sizeof name, format, i);
		found += folder_has(f, name) ? 1 : 0;
	}
	return found;
}
