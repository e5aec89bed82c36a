/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole reads with a limit, and writes that are there whole or not at all.
 */
#include <assert.h>
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

char *yihu_path(const char *dir, const char *name)
{
	size_t len = strlen(dir);
	const char *slash = len > 0 && dir[len - 1] == '/' ? "" : "/";
	return yihu_printf("%s%s%s", dir, slash, name);
}

bool yihu_file_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

static int fail_read(struct yihu_error *err, const char *path)
{
	int why = errno;
	if (why == ENOENT)
		return yihu_fail(err, YIHU_ENOENT, _("There is no file %s."), path);
	if (why == ELOOP)
		return yihu_fail(err, YIHU_ESYMLINK,
				 _("%s is a symbolic link, where a file belongs."), path);
	return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s."), path, strerror(why));
}

static int fail_size(struct yihu_error *err, const char *path, size_t max_bytes)
{
	return yihu_fail(err, YIHU_ETOOBIG, _("%s is larger than the %zu bytes it may have."), path,
			 max_bytes);
}

/* The size of the file is a hint only: it may grow while it is read. */
static int read_all(int fd, const char *path, size_t max_bytes, struct yihu_buf *out,
		    struct yihu_error *err)
{
	uint8_t chunk[16384];
	ssize_t got = 1;
	int rc = YIHU_OK;
	while (rc == YIHU_OK && got != 0) {
		got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			rc = fail_read(err, path);
		else if ((size_t)got > max_bytes - out->len)
			rc = fail_size(err, path, max_bytes);
		else
			yihu_buf_put(out, chunk, (size_t)got);
	}
	sodium_memzero(chunk, sizeof chunk);
	return rc;
}

int yihu_file_read(const char *path, size_t max_bytes, struct yihu_buf *out, struct yihu_error *err)
{
	struct yihu_buf data = {0};
	struct stat st;
	int rc;
	/* O_NONBLOCK: opening a pipe must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fail_read(err, path);
	if (fstat(fd, &st) != 0)
		rc = fail_read(err, path);
	else if (!S_ISREG(st.st_mode))
		rc = yihu_fail(err, YIHU_EFORMAT, _("%s is not a regular file."), path);
	else if (st.st_size < 0 || (uint64_t)st.st_size > max_bytes)
		rc = fail_size(err, path, max_bytes);
	else
		rc = read_all(fd, path, max_bytes, &data, err);
	close(fd);
	if (rc == YIHU_OK && !out->data && data.data) { /* large, perhaps: hand it over */
		*out = data;
		data = (struct yihu_buf){0};
	} else if (rc == YIHU_OK) {
		yihu_buf_put(out, data.data, data.len);
	}
	yihu_buf_free(&data);
	return rc;
}

/* A file on its way: the folder it goes to, and both of its names there. */
struct aside {
	const char *path;
	const char *name;
	int dir;
	char temp[32];
};

static int fail_write(struct yihu_error *err, const char *path)
{
	int why = errno;
	if (why == EEXIST)
		return yihu_fail(err, YIHU_EEXIST, _("%s is already there and stays as it is."),
				 path);
	return yihu_fail(err, why == ENOENT ? YIHU_ENOENT : YIHU_EIO,
			 _("%s cannot be written: %s."), path, strerror(why));
}

static int aside_open(struct aside *a, const char *path, struct yihu_error *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	*a = (struct aside){.path = path, .name = name, .dir = -1};
	if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return yihu_fail(err, YIHU_EARG, _("“%s” does not name a file."), path);
	char *folder = slash == path ? yihu_strdup("/")
		       : slash       ? yihu_strndup(path, (size_t)(slash - path))
				     : yihu_strdup(".");
	a->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	if (a->dir < 0)
		return fail_write(err, path);
	snprintf(a->temp, sizeof a->temp, ".yihu-%08x%08x", randombytes_random(),
		 randombytes_random());
	return YIHU_OK;
}

static bool write_all(int fd, const uint8_t *p, size_t len)
{
	while (len > 0) {
		ssize_t done = write(fd, p, len);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			p += done;
			len -= (size_t)done;
		}
	}
	return true;
}

/* Since the umask may have taken bits off a file that is to be read by others.
 * FAT and its like have no modes: there the mount decides. */
static bool set_mode(int fd, mode_t mode)
{
	return fchmod(fd, mode) == 0 || errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
}

/* The bytes are on disk before the file gets its name. */
static bool fill_temp(struct aside *a, const void *data, size_t len, mode_t mode)
{
	int fd =
		openat(a->dir, a->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	bool ok = set_mode(fd, mode) && write_all(fd, data, len) && fsync(fd) == 0;
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

/* Gives the file its name if nobody has it. USB sticks are FAT or exFAT, which
 * have no links, and whose FUSE drivers do not know renameat2's flags. */
static bool name_if_free(const struct aside *a)
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

static int put_file(const char *path, const void *data, size_t len, mode_t mode, bool replace,
		    struct yihu_error *err)
{
	struct aside a;
	int rc = aside_open(&a, path, err);
	if (rc != YIHU_OK)
		return rc;
	bool ok = fill_temp(&a, data, len, mode);
	if (ok && replace)
		ok = renameat(a.dir, a.temp, a.dir, a.name) == 0;
	else if (ok)
		ok = name_if_free(&a);
	int why = errno;
	if (!ok || !replace)
		unlinkat(a.dir, a.temp, 0);
	errno = why;
	if (ok)
		ok = fsync(a.dir) == 0;
	if (!ok)
		rc = fail_write(err, path);
	close(a.dir);
	return rc;
}

int yihu_file_stage(const char *path, const void *data, size_t len, mode_t mode,
		    struct yihu_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return fail_write(err, path);
	int rc = set_mode(fd, mode) && write_all(fd, data, len) ? YIHU_OK : fail_write(err, path);
	if (close(fd) != 0 && rc == YIHU_OK)
		rc = fail_write(err, path);
	return rc;
}

int yihu_file_write(const char *path, const void *data, size_t len, mode_t mode,
		    struct yihu_error *err)
{
	return put_file(path, data, len, mode, true, err);
}

int yihu_file_create(const char *path, const void *data, size_t len, mode_t mode,
		     struct yihu_error *err)
{
	return put_file(path, data, len, mode, false, err);
}
