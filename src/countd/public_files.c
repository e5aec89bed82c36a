/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of the public folder.
 */
#include "public_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

/* Of the folder itself; that it is gone is no word on its files. */
static int unreadable(const char *name, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), name, strerror(errno));
}

/* Part by part, so that no folder on the way may be a link. Takes `at` over. */
static int open_below(int at, const char *name)
{
	char *copy = yihu_strdup(name), *part = copy, *slash;
	while (at >= 0 && (slash = strchr(part, '/')) != NULL) {
		*slash = '\0';
		int below = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		int why = errno;
		close(at);
		errno = why;
		at = below;
		part = slash + 1;
	}
	int fd = at < 0 ? -1 : openat(at, part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int why = errno;
	if (at >= 0)
		close(at);
	free(copy);
	errno = why;
	return fd;
}

/* ENXIO: a pipe, or a socket. */
static bool is_absent(int why)
{
	return why == ENOENT || why == ENOTDIR || why == ELOOP || why == ENXIO;
}

static int no_such(const char *name, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ENOENT, _("there is no %s"), name);
}

int public_open(int *out, struct stat *st, const char *dir, const char *name,
		struct yihu_error *err)
{
	int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (at < 0)
		return unreadable(dir, err);
	int fd = open_below(at, name);
	if (fd < 0)
		return is_absent(errno) ? no_such(name, err) : unreadable(name, err);
	int r = fstat(fd, st) != 0      ? unreadable(name, err)
		: !S_ISREG(st->st_mode) ? no_such(name, err)
					: 0;
	if (r == 0)
		*out = fd;
	else
		close(fd);
	return r;
}

int public_has(bool *has, const char *dir, const char *name, struct yihu_error *err)
{
	struct yihu_error why = {0}; /* that it is not there is none to the caller */
	struct stat st;
	int fd;
	int r = public_open(&fd, &st, dir, name, &why);
	if (r == 0)
		close(fd);
	if (r == 0 || r == YIHU_ENOENT)
		*has = r == 0;
	else if (err)
		*err = why;
	return r == YIHU_ENOENT ? 0 : r;
}

int public_read(struct yihu_buf *out, const char *dir, const char *name, size_t most,
		struct yihu_error *err)
{
	char *path = yihu_path(dir, name);
	int r = yihu_file_read(path, most, out, err);
	free(path);
	return r;
}
