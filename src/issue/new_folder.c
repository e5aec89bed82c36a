/* SPDX-License-Identifier: Apache-2.0
 *
 * Folders made beside their place.
 */
#include "issue/new_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>
#include <yihu/secret.h>

char *new_folder_path(const struct yihu_folder *target)
{
	char *parent = yihu_strndup(target->root, strlen(target->root) - strlen(target->slug));
	char *path = yihu_printf("%s.%s.new", parent, target->slug);
	free(parent);
	return path;
}

int new_folder_check(const char *dir, struct yihu_error *err)
{
	if (rmdir(dir) == 0 || errno == ENOENT)
		return 0;
	return yihu_fail(err, YIHU_EEXIST, _("%s is there already; choose a new folder"), dir);
}

int new_folder_clear(const char *path, struct yihu_error *err)
{
	return yihu_secret_erase_dir(path, err);
}

int new_folder_place(const char *path, const char *dir, struct yihu_error *err)
{
	int r = new_folder_check(dir, err);
	if (r == 0 && rename(path, dir) != 0)
		r = yihu_fail(err, YIHU_EIO, _("the folder %s cannot be made: %s"), dir,
			      strerror(errno));
	if (r != 0)
		return r;
	char *parent = yihu_path(dir, "..");
	r = yihu_dir_sync(parent, err);
	free(parent);
	return r;
}
