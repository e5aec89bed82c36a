/* SPDX-License-Identifier: Apache-2.0
 *
 * Is a file of a box there?
 */
#include "has.h"

#include <stdlib.h>
#include <yihu/file.h>

bool yihu_box_has(const char *dir, const char *name)
{
	char *path = yihu_path(dir, name);
	bool there = yihu_file_exists(path);
	free(path);
	return there;
}
