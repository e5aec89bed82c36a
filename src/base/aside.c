/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing aside: the bytes are on the disk before the file gets its name.
 */
#include "aside.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

int aside_fail(struct yihu_error *err, const char *path)
{
	int why = errno;
	if (why == EEXIST)
		return yihu_fail(err, YIHU_EEXIST, _("%s is already there and stays as it is"),
				 path);
	return yihu_fail(err, why == ENOENT ? YIHU_ENOENT : YIHU_EIO, _("%s cannot be written: %s"),
			 path, strerror(why));
}

int aside_open(struct aside *a, const char *path, struct yihu_error *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	*a = (struct aside){.path = path, .name = name, .dir = -1};
	if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return yihu_fail(err, YIHU_EARG, _("“%s” does not name a file"), path);
	char *folder = slash == path ? yihu_strdup("/")
		       : slash       ? yihu_strndup(path, (size_t)(slash - path))
				     : yihu_strdup(".");
	a->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	if (a->dir < 0)
		return aside_fail(err, path);
	snprintf(a->temp, sizeof a->temp, ".yihu-%08x%08x", randombytes_random(),
		 randombytes_random());
	return 0;
}

/* FAT and its like have no modes: there the mount decides. */
bool aside_set_mode(int fd, mode_t mode)
{
	return fchmod(fd, mode) == 0 || errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
}

bool aside_fill(const struct aside *a, const void *data, size_t len, mode_t mode)
{
	int fd =
		openat(a->dir, a->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	bool ok = aside_set_mode(fd, mode) && yihu_write_all(fd, data, len) && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 && ok) {
		why = errno;
		ok = false;
	}
	errno = why;
	return ok;
}

/* Where no call takes a name only when it is free: an empty file claims it,
 * and is replaced. A power cut in between leaves the empty file. */
static bool name_by_claim(const struct aside *a)
{
	int fd =
		openat(a->dir, a->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	close(fd);
	if (renameat(a->dir, a->temp, a->dir, a->name) == 0)
		return true;
	int why = errno;
	unlinkat(a->dir, a->name, 0);
	errno = why;
	return false;
}

/* USB sticks are FAT or exFAT, which
 * have no links, and whose FUSE drivers do not know renameat2's flags. */
bool aside_name_if_free(const struct aside *a)
{
	if (linkat(a->dir, a->temp, a->dir, a->name, 0) == 0)
		return true;
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return false;
	if (renameat2(a->dir, a->temp, a->dir, a->name, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	return name_by_claim(a);
}
