/* SPDX-License-Identifier: Apache-2.0
 *
 * Replacing and erasing secret files, so that no old generation of them stays.
 */
#include "aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/secret.h>
#include <yihu/text.h>

/* A write takes a moment: what has been aside for so long belongs to nobody. */
#define STRAY_AGE_S 3600

/* ---- zeroing ---- */

/* To the end of the file, also when it grows meanwhile. */
static bool zero(int fd)
{
	static const char zeros[65536];
	struct stat st;
	off_t done = 0;
	while (fstat(fd, &st) == 0) {
		off_t left = st.st_size - done;
		if (left <= 0)
			return true;
		size_t part = left < (off_t)sizeof zeros ? (size_t)left : sizeof zeros;
		if (!yihu_write_all(fd, zeros, part))
			return false;
		done += (off_t)part;
	}
	return false;
}

/* O_NONBLOCK: a pipe must not wait for a reader. */
static int open_to_zero(int dir, const char *name)
{
	int flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int fd = openat(dir, name, flags);
	if (fd < 0 && errno == EACCES && fchmodat(dir, name, 0600, 0) == 0)
		fd = openat(dir, name, flags);
	return fd;
}

/* With sync, the zeros are on the disk when this returns. */
static bool zero_at(int dir, const char *name, const struct stat *st, bool sync)
{
	if (!S_ISREG(st->st_mode))
		return true;
	int fd = open_to_zero(dir, name);
	if (fd < 0)
		return false;
	bool ok = zero(fd) && (!sync || fsync(fd) == 0);
	int why = errno;
	close(fd);
	errno = why;
	return ok;
}

static bool destroy_at(int dir, const char *name)
{
	struct stat st;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	return zero_at(dir, name, &st, true) && unlinkat(dir, name, 0) == 0;
}

/* ---- what is left aside ---- */

/* A second name of a file that has its own (a creation that was cut off). */
static bool is_second_name(const struct aside *a)
{
	struct stat temp, named;
	return fstatat(a->dir, a->temp, &temp, AT_SYMLINK_NOFOLLOW) == 0 &&
	       fstatat(a->dir, a->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       temp.st_dev == named.st_dev && temp.st_ino == named.st_ino;
}

/* The folder first: were the exchange not on the disk yet, a power cut would
 * give the file's name back to what is zeroed here. */
static bool destroy_aside(const struct aside *a)
{
	struct stat st;
	if (fstatat(a->dir, a->temp, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (fsync(a->dir) != 0)
		return false;
	return is_second_name(a) ? unlinkat(a->dir, a->temp, 0) == 0 : destroy_at(a->dir, a->temp);
}

/* One of aside.c's own names: of a public file, or of a key file that an
 * earlier version of these programs was killed over. */
static bool is_stray(int dir, const char *name, struct stat *st)
{
	static const char prefix[] = ".yihu-";
	const char *random = name + strlen(prefix);
	return strncmp(name, prefix, strlen(prefix)) == 0 &&
	       strspn(random, "0123456789abcdef") == ASIDE_RANDOM_BYTES &&
	       random[ASIDE_RANDOM_BYTES] == '\0' &&
	       fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st->st_mode) &&
	       st->st_mtime < time(NULL) - STRAY_AGE_S;
}

/* As far as it goes: what cannot be removed here is no fault of this act. One
 * with a second name is a whole file, which is in use. */
static void destroy_strays(int dir)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	struct stat st;
	if (!list) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((e = readdir(list)) != NULL)
		if (!is_stray(dir, e->d_name, &st))
			continue;
		else if (st.st_nlink > 1)
			unlinkat(dir, e->d_name, 0);
		else
			destroy_at(dir, e->d_name);
	closedir(list);
}

static int fail_destroy(struct yihu_error *err, const char *path)
{
	return yihu_fail(err, YIHU_EIO, _("%s cannot be overwritten: %s"), path, strerror(errno));
}

static int fail_destroy_old(struct yihu_error *err, const char *path)
{
	return yihu_fail(err, YIHU_EIO,
			 _("an earlier state of %s cannot be overwritten, so it can still be "
			   "read on the disk: %s. Run this again"),
			 path, strerror(errno));
}

/* Opens the folder, and destroys what killed runs left in it. */
static int open_clean(struct aside *a, const char *path, struct yihu_error *err)
{
	int r = aside_open(a, path, err);
	if (r != 0)
		return r;
	snprintf(a->temp, sizeof a->temp, ".%s.new", a->name);
	destroy_strays(a->dir);
	if (destroy_aside(a))
		return 0;
	r = fail_destroy_old(err, path);
	close(a->dir);
	return r;
}

/* ---- replacing ---- */

/* The reason why it was not written is worth more than that of the cleaning. */
static int give_up(const struct aside *a, struct yihu_error *err)
{
	int why = errno;
	destroy_aside(a);
	errno = why;
	return aside_fail(err, a->path);
}

/* Renames over the old file and zeroes it through a descriptor. */
static int replace(const struct aside *a, struct yihu_error *err)
{
	int old = open_to_zero(a->dir, a->name);
	if (old < 0 && errno != ENOENT && errno != ELOOP && errno != ENXIO)
		return give_up(a, err);
	int r = 0;
	if (renameat(a->dir, a->temp, a->dir, a->name) != 0)
		r = give_up(a, err);
	else if (fsync(a->dir) != 0)
		r = aside_fail(err, a->path);
	else if (old >= 0 && (!zero(old) || fsync(old) != 0))
		r = fail_destroy_old(err, a->path);
	if (old >= 0)
		close(old);
	return r;
}

static bool is_folder(const struct aside *a)
{
	struct stat st;
	bool yes = fstatat(a->dir, a->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
	if (yes)
		errno = EISDIR;
	return yes;
}

/* The new file is named, on the disk, before the old one is touched. */
static int exchange(const struct aside *a, struct yihu_error *err)
{
	if (is_folder(a))
		return give_up(a, err);
	if (renameat2(a->dir, a->temp, a->dir, a->name, RENAME_EXCHANGE) != 0)
		return errno == ENOENT || errno == EINVAL || errno == ENOSYS || errno == ENOTSUP
			       ? replace(a, err)
			       : give_up(a, err);
	if (fsync(a->dir) != 0)
		return aside_fail(err, a->path);
	return destroy_at(a->dir, a->temp) ? 0 : fail_destroy_old(err, a->path);
}

int yihu_secret_write(const char *path, const void *data, size_t len, struct yihu_error *err)
{
	struct aside a;
	int r = open_clean(&a, path, err);
	if (r != 0)
		return r;
	r = aside_fill(&a, data, len, 0600) ? exchange(&a, err) : give_up(&a, err);
	close(a.dir);
	return r;
}

int yihu_secret_create(const char *path, const void *data, size_t len, struct yihu_error *err)
{
	struct aside a;
	int r = open_clean(&a, path, err);
	if (r != 0)
		return r;
	if (!aside_fill(&a, data, len, 0600) || !aside_name_if_free(&a))
		r = give_up(&a, err);
	else if (!destroy_aside(&a) || fsync(a.dir) != 0)
		r = aside_fail(err, path);
	close(a.dir);
	return r;
}

/* ---- erasing ---- */

int yihu_secret_erase(const char *path, struct yihu_error *err)
{
	struct aside a;
	int r = open_clean(&a, path, err);
	if (r != 0)
		return r == YIHU_ENOENT ? 0 : r;
	if (!destroy_at(a.dir, a.name) || fsync(a.dir) != 0)
		r = fail_destroy(err, path);
	close(a.dir);
	return r;
}

static bool zero_below(int dir, const char *name);

static bool zero_entry(int dir, const char *name)
{
	struct stat st;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	return S_ISDIR(st.st_mode) ? zero_below(dir, name) : zero_at(dir, name, &st, false);
}

static bool zero_below(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	bool ok = list != NULL;
	while (ok && (e = readdir(list)) != NULL)
		ok = zero_entry(dirfd(list), e->d_name);
	int why = errno;
	if (list)
		closedir(list);
	else if (fd >= 0)
		close(fd);
	errno = why;
	return ok;
}

int yihu_secret_erase_dir(const char *path, struct yihu_error *err)
{
	if (!yihu_file_exists(path))
		return 0;
	if (!zero_below(AT_FDCWD, path))
		return fail_destroy(err, path);
	int r = yihu_disk_sync(path, err);
	return r == 0 ? yihu_dir_remove(path, err) : r;
}
