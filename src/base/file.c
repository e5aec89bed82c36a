/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole reads with a limit, and writes that are there whole or not at all.
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

char *yihu_path(const char *dir, const char *name)
{
	size_t len = strlen(dir);
	const char *slash = len > 0 && dir[len - 1] == '/' ? "" : "/";
	return yihu_printf("%s%s%s", dir, slash, name);
}

const char *yihu_path_last(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
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
		return yihu_fail(err, YIHU_ENOENT, _("there is no file %s"), path);
	if (why == ELOOP)
		return yihu_fail(err, YIHU_ESYMLINK,
				 _("%s is a symbolic link, where a file belongs"), path);
	return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), path, strerror(why));
}

static int fail_size(struct yihu_error *err, const char *path, size_t max_bytes)
{
	return yihu_fail(err, YIHU_ETOOBIG, _("%s is larger than the %zu bytes it may have"), path,
			 max_bytes);
}

/* The size of the file is a hint only: it may grow while it is read. */
static int read_all(int fd, const char *path, size_t max_bytes, struct yihu_buf *out,
		    struct yihu_error *err)
{
	uint8_t chunk[16384];
	ssize_t got = 1;
	int r = 0;
	while (r == 0 && got != 0) {
		got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			r = fail_read(err, path);
		else if ((size_t)got > max_bytes - out->len)
			r = fail_size(err, path, max_bytes);
		else
			yihu_buf_put(out, chunk, (size_t)got);
	}
	sodium_memzero(chunk, sizeof chunk);
	return r;
}

int yihu_file_read(const char *path, size_t max_bytes, struct yihu_buf *out, struct yihu_error *err)
{
	struct yihu_buf data = {0};
	struct stat st;
	int r;
	/* O_NONBLOCK: opening a pipe must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fail_read(err, path);
	if (fstat(fd, &st) != 0)
		r = fail_read(err, path);
	else if (!S_ISREG(st.st_mode))
		r = yihu_fail(err, YIHU_EFORMAT, _("%s is not a regular file"), path);
	else if (st.st_size < 0 || (uint64_t)st.st_size > max_bytes)
		r = fail_size(err, path, max_bytes);
	else
		r = read_all(fd, path, max_bytes, &data, err);
	close(fd);
	if (r == 0 && !out->data && data.data) { /* large, perhaps: hand it over */
		*out = data;
		data = (struct yihu_buf){0};
	} else if (r == 0) {
		yihu_buf_put(out, data.data, data.len);
	}
	yihu_buf_free(&data);
	return r;
}

static int put_file(const char *path, const void *data, size_t len, mode_t mode, bool replace,
		    struct yihu_error *err)
{
	struct aside a;
	int r = aside_open(&a, path, err);
	if (r != 0)
		return r;
	bool ok = aside_fill(&a, data, len, mode);
	if (ok && replace)
		ok = renameat(a.dir, a.temp, a.dir, a.name) == 0;
	else if (ok)
		ok = aside_name_if_free(&a);
	int why = errno;
	if (!ok || !replace)
		unlinkat(a.dir, a.temp, 0);
	errno = why;
	if (ok)
		ok = fsync(a.dir) == 0;
	if (!ok)
		r = aside_fail(err, path);
	close(a.dir);
	return r;
}

int yihu_file_stage(const char *path, const void *data, size_t len, mode_t mode,
		    struct yihu_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return aside_fail(err, path);
	int r = aside_set_mode(fd, mode) && yihu_write_all(fd, data, len) ? 0
									  : aside_fail(err, path);
	if (close(fd) != 0 && r == 0)
		r = aside_fail(err, path);
	return r;
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
