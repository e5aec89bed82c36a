/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder of the exported log: each folder on the way is opened in the one before,
 * and is no link.
 */
#include "log_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "base/aside.h"

/* A web server may read it, whatever our umask. */
#define DIR_MODE 0755
#define FILE_MODE 0644
#define DEPTH_MAX 16
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* errno as it was; AT_FDCWD and the like are none of ours. */
static void close_quietly(int fd)
{
	int why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
}

static bool is_other_thing(int why)
{
	return why == ENOTDIR || why == ELOOP;
}

/* By errno. */
static int fail_folder(struct yihu_error *err, const char *path)
{
	if (is_other_thing(errno))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("%s is a link or a file, where the box has a folder of its log. "
				   "Look who put it there, remove it, and start again"),
				 path);
	return yihu_fail(err, errno == ENOENT ? YIHU_ENOENT : YIHU_EIO,
			 _("the folder %s cannot be read: %s"), path, strerror(errno));
}

/* And its parent is synced, so that it outlives a power cut. */
static int make_folder(int at, const char *name)
{
	if (mkdirat(at, name, DIR_MODE) != 0)
		return -1;
	int fd = openat(at, name, OPEN_FOLDER);
	if (fd < 0 || (aside_set_mode(fd, DIR_MODE) && fsync(at) == 0))
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

static int open_folder(int at, const char *name, bool make)
{
	int fd = openat(at, name, OPEN_FOLDER);
	if (fd < 0 && errno == ENOENT && make)
		return make_folder(at, name);
	return fd;
}

/* The folder that holds NAME; the caller closes it. */
static int open_parent(int *out, const struct log_folder *l, const char *name, bool make,
		       struct yihu_error *err)
{
	char *path = yihu_path(l->path, name), *part = path + strlen(path) - strlen(name), *slash;
	int r = 0, at = fcntl(l->fd, F_DUPFD_CLOEXEC, 0);
	if (at < 0)
		r = fail_folder(err, l->path);
	for (; r == 0 && (slash = strchr(part, '/')) != NULL; part = slash + 1) {
		*slash = '\0';
		int below = open_folder(at, part, make);
		if (below < 0)
			r = fail_folder(err, path);
		close_quietly(at);
		at = below;
		*slash = '/';
	}
	free(path);
	*out = at;
	return r;
}

/* By errno. */
static int fail_file(const struct log_folder *l, const char *words, const char *name,
		     struct yihu_error *err)
{
	int why = errno;
	char *path = yihu_path(l->path, name);
	int r = yihu_fail(err, YIHU_EIO, words, path, strerror(why));
	free(path);
	return r;
}

int log_folder_open(struct log_folder *l, const char *box_dir, struct yihu_error *err)
{
	static const char *const names[] = {"public", "log"};
	int r = 0;
	*l = (struct log_folder){.fd = open(box_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
				 .path = yihu_strdup(box_dir)};
	if (l->fd < 0)
		r = fail_folder(err, l->path);
	for (size_t i = 0; r == 0 && i < sizeof names / sizeof *names; i++) {
		char *path = yihu_path(l->path, names[i]);
		int below = open_folder(l->fd, names[i], true);
		if (below < 0)
			r = fail_folder(err, path);
		close_quietly(l->fd);
		free(l->path);
		*l = (struct log_folder){below, path};
	}
	return r;
}

void log_folder_close(struct log_folder *l)
{
	close_quietly(l->fd);
	free(l->path);
	*l = (struct log_folder){.fd = -1};
}

/* O_NONBLOCK: opening a pipe must not wait for a writer. */
static int open_file(const struct log_folder *l, const char *name, struct stat *st)
{
	int at, fd = -1;
	if (open_parent(&at, l, name, false, NULL) == 0)
		fd = openat(at, yihu_path_last(name),
			    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	close_quietly(at);
	if (fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	close_quietly(fd);
	return -1;
}

bool log_folder_has(const struct log_folder *l, const char *name)
{
	struct stat st;
	int fd = open_file(l, name, &st);
	close_quietly(fd);
	return fd >= 0 && st.st_size > 0;
}

bool log_folder_read(const struct log_folder *l, const char *name, size_t most,
		     struct yihu_buf *out)
{
	uint8_t chunk[16384];
	struct stat st;
	ssize_t got = 1;
	size_t had = out->len;
	int fd = open_file(l, name, &st);
	if (fd < 0)
		return false;
	while (got != 0 && out->len - had <= most) {
		got = read(fd, chunk, sizeof chunk);
		if (got > 0)
			yihu_buf_put(out, chunk, (size_t)got);
		else if (got < 0 && errno != EINTR)
			break;
	}
	close(fd);
	return got == 0 && out->len - had <= most;
}

static bool stage(int at, const char *aside, const struct yihu_buf *bytes, bool durable)
{
	unlinkat(at, aside, 0); /* of an export that was cut off */
	int fd = openat(at, aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool ok = aside_set_mode(fd, FILE_MODE) && yihu_write_all(fd, bytes->data, bytes->len) &&
		  (!durable || fsync(fd) == 0);
	int why = errno;
	if (close(fd) == 0)
		errno = why;
	else
		ok = false;
	return ok;
}

static bool put_at(int at, const char *base, const struct yihu_buf *bytes, bool durable)
{
	char *aside = yihu_printf(".%s.new", base);
	bool ok = stage(at, aside, bytes, durable) && renameat(at, aside, at, base) == 0;
	int why = errno;
	if (!ok)
		unlinkat(at, aside, 0);
	free(aside);
	errno = why;
	return ok && (!durable || fsync(at) == 0);
}

int log_folder_put(const struct log_folder *l, const char *name, const struct yihu_buf *bytes,
		   bool durable, struct yihu_error *err)
{
	int at;
	int r = open_parent(&at, l, name, true, err);
	if (r == 0 && !put_at(at, yihu_path_last(name), bytes, durable))
		r = fail_file(l, _("%s cannot be written: %s"), name, err);
	close_quietly(at);
	return r;
}

int log_folder_sync(const struct log_folder *l, struct yihu_error *err)
{
	if (syncfs(l->fd) == 0)
		return 0;
	return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be synced to disk: %s"), l->path,
			 strerror(errno));
}

int log_folder_remove(const struct log_folder *l, const char *name, struct yihu_error *err)
{
	const char *last = yihu_path_last(name);
	int at;
	int r = open_parent(&at, l, name, false, err);
	if (r == 0 && unlinkat(at, last, 0) != 0 && errno != ENOENT)
		r = fail_file(l, _("%s cannot be removed: %s"), name, err);
	close_quietly(at);
	char *folder =
		last == name ? yihu_strdup("") : yihu_strndup(name, (size_t)(last - 1 - name));
	if (r == 0 && *folder && open_parent(&at, l, folder, false, NULL) == 0) {
		unlinkat(at, yihu_path_last(folder), AT_REMOVEDIR); /* fails, and may, when
								     * something is in it */
		close_quietly(at);
	}
	free(folder);
	return r == YIHU_ENOENT ? 0 : r;
}

/* ---- sweeping ---- */

struct sweep {
	const struct log_folder *l;
	bool (*wanted)(const void *context, const char *name);
	const void *context;
	struct yihu_error *err;
};

/* What an export that was cut off left (put_at). */
static bool is_aside(const char *name)
{
	size_t len = strlen(name);
	return name[0] == '.' && len > 4 && strcmp(name + len - 4, ".new") == 0;
}

static int sweep(const struct sweep *s, int fd, const char *name, unsigned depth);

static int sweep_one(const struct sweep *s, int at, const char *base, const char *name,
		     unsigned depth)
{
	int r = 0, fd = openat(at, base, OPEN_FOLDER);
	if (fd >= 0) {
		r = sweep(s, fd, name, depth + 1);
		if (r == 0)
			unlinkat(at, base, AT_REMOVEDIR); /* fails, and may, when something is in
							   * it */
	} else if (!is_other_thing(errno)) {
		r = fail_file(s->l, _("%s cannot be read: %s"), name, s->err);
	} else if (!s->wanted(s->context, name) && unlinkat(at, base, 0) != 0) {
		r = fail_file(s->l, _("%s cannot be removed: %s"), name, s->err);
	}
	return r;
}

/* Takes fd over. */
static int sweep(const struct sweep *s, int fd, const char *name, unsigned depth)
{
	if (depth > DEPTH_MAX)
		errno = ELOOP;
	DIR *dir = depth > DEPTH_MAX ? NULL : fdopendir(fd);
	struct dirent *e;
	int r = 0;
	if (!dir) {
		r = fail_file(s->l, _("the folder %s cannot be read: %s"), name, s->err);
		close(fd);
		return r;
	}
	while (r == 0 && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.' && !is_aside(e->d_name))
			continue;
		char *below = yihu_path(name, e->d_name);
		r = sweep_one(s, dirfd(dir), e->d_name, below, depth);
		free(below);
	}
	closedir(dir);
	return r;
}

int log_folder_sweep(const struct log_folder *l, const char *name,
		     bool (*wanted)(const void *context, const char *name), const void *context,
		     struct yihu_error *err)
{
	const struct sweep s = {l, wanted, context, err};
	int fd = openat(l->fd, name, OPEN_FOLDER);
	if (fd >= 0)
		return sweep(&s, fd, name, 0);
	return errno == ENOENT ? 0 : fail_file(l, _("the folder %s cannot be read: %s"), name, err);
}
