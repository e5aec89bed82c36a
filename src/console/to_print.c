/* SPDX-License-Identifier: Apache-2.0
 *
 * What the folder has to be printed, and the viewer that opens it.
 */
#include "to_print.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "desktop.h"
#include "folder/printable.h"

json_t *to_print_list(const char *dir)
{
	struct yihu_folder f;
	struct printables found;
	struct stat st;
	json_t *list = json_array();
	yihu_folder_init(&f, dir);
	printables_list(&found, &f);
	for (size_t i = 0; i < found.n; i++) {
		char *path = folder_path_of_name(&f, found.names[i]);
		if (stat(path, &st) == 0)
			json_array_append_new(list, json_pack("{s:s, s:I}", "name", found.names[i],
							      "bytes", (json_int_t)st.st_size));
		free(path);
	}
	printables_finish(&found);
	yihu_folder_finish(&f);
	return list;
}

int to_print_open(const char *dir, const char *name, struct yihu_error *err)
{
	if (!printable_is(name))
		return yihu_fail(err, YIHU_ENOENT, _("there is no such paper in this folder"));
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	char *path = folder_path_of_name(&f, name);
	yihu_folder_finish(&f);
	int r = yihu_file_exists(path) && desktop_open(path)
			? 0
			: yihu_fail(err, YIHU_EIO,
				    _("no program of this computer has opened %s: open it from its "
				      "folder"),
				    path);
	free(path);
	return r;
}
