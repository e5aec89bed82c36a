/* SPDX-License-Identifier: Apache-2.0
 *
 * Which PDFs there are, by the table of the folder's files.
 */
#include "folder/printable.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>
#include <yihu/text.h>

static const enum folder_room rooms[] = {R_PAPER, R_PDF};

bool printable_is(const char *name)
{
	folder_file file;
	size_t len = strlen(name);
	return len > 4 && strcmp(name + len - 4, ".pdf") == 0 && folder_find(&file, name);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strverscmp((*a)->d_name, (*b)->d_name);
}

static bool is_file(const struct yihu_folder *f, const char *name)
{
	struct stat st;
	char *path = folder_path_of_name(f, name);
	bool is = stat(path, &st) == 0 && S_ISREG(st.st_mode);
	free(path);
	return is;
}

static void add_room(struct printables *out, const struct yihu_folder *f, enum folder_room room)
{
	struct dirent **found = NULL;
	char *folder = folder_room_path(f, room);
	int n = scandir(folder, &found, NULL, by_name);
	for (int i = 0; i < n; i++) {
		char *name = yihu_path(folder_room_row(room)->name, found[i]->d_name);
		free(found[i]);
		if (!printable_is(name) || !is_file(f, name)) {
			free(name);
			continue;
		}
		out->names = yihu_realloc(out->names, out->n + 1, sizeof *out->names);
		out->names[out->n++] = name;
	}
	free(found);
	free(folder);
}

void printables_list(struct printables *out, const struct yihu_folder *f)
{
	*out = (struct printables){0};
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		add_room(out, f, rooms[i]);
}

void printables_finish(struct printables *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->names[i]);
	free(p->names);
	*p = (struct printables){0};
}
