/* SPDX-License-Identifier: Apache-2.0
 *
 * A locale under a name that the machine does not know: for the time of one
 * call the C library is shown a folder in which C.UTF-8 has that name.
 */
#include <yihu/locale.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <yihu/bytes.h>
#include <yihu/file.h>

#define DATA "/usr/lib/locale/C.utf8"

static bool set_in(const char *folder, int category, const char *name)
{
	const char *path = getenv("LOCPATH");
	char *had = path ? yihu_strdup(path) : NULL;
	setenv("LOCPATH", folder, 1);
	bool set = setlocale(category, name) != NULL;
	if (had)
		setenv("LOCPATH", had, 1);
	else
		unsetenv("LOCPATH");
	free(had);
	return set;
}

static bool borrow(int category, const char *name)
{
	char folder[] = "/tmp/yihu-locale-XXXXXX";
	if (!mkdtemp(folder))
		return false;
	char *link = yihu_path(folder, name);
	bool set = symlink(DATA, link) == 0 && set_in(folder, category, name);
	unlink(link);
	rmdir(folder);
	free(link);
	return set;
}

bool yihu_locale_set(int category, const char *name)
{
	return setlocale(category, name) || borrow(category, name);
}
