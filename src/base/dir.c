/* SPDX-License-Identifier: Apache-2.0
 *
 * Folders: making, syncing and removing them.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

static int sync_by(int (*sync)(int fd), const char *path, struct yihu_error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && sync(fd) == 0;
	int r = 0;
	if (!ok)
		r = yihu_fail(err, errno == ENOENT ? YIHU_ENOENT : YIHU_EIO,
			      _("the folder %s cannot be synced to disk: %s"), path,
			      strerror(errno));
	if (fd >= 0)
		close(fd);
	return r;
}

int yihu_dir_sync(const char *path, struct yihu_error *err)
{
	return sync_by(fsync, path, err);
}

int yihu_disk_sync(const char *path, struct yihu_error *err)
{
	return sync_by(syncfs, path, err);
}

/* Makes the folder and syncs its parent, so that it outlives a power cut. */
static int make_one(const char *path, mode_t mode, struct yihu_error *err)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	if (mkdir(path, mode) != 0)
		return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be made: %s"), path,
				 strerror(errno));
	/* The mode asked for, whatever the umask; FAT has none. */
	if (chmod(path, mode) != 0 && errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be made: %s"), path,
				 strerror(errno));
	char *parent = yihu_path(path, "..");
	int r = yihu_dir_sync(parent, err);
	free(parent);
	return r;
}

int yihu_dir_make(const char *path, mode_t mode, struct yihu_error *err)
{
	if (*path == '\0')
		return yihu_fail(err, YIHU_EARG, _("“%s” does not name a folder"), path);
	char *copy = yihu_strdup(path);
	int r = 0;
	for (char *slash = strchr(copy + 1, '/'); slash && r == 0; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		r = make_one(copy, mode, err);
		*slash = '/';
	}
	if (r == 0)
		r = make_one(copy, mode, err);
	free(copy);
	return r;
}

static bool remove_at(int dir, const char *name);

/* Takes fd over. */
static bool empty_dir(int fd)
{
	DIR *list = fdopendir(fd);
	if (!list) {
		close(fd);
		return false;
	}
	bool ok = true;
	struct dirent *e;
	while (ok && (e = readdir(list)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ok = remove_at(dirfd(list), e->d_name);
	int why = errno;
	closedir(list);
	errno = why;
	return ok;
}

/* O_NOFOLLOW: a link that is swapped in for a folder is removed as a link. */
static bool remove_at(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && (errno == ENOTDIR || errno == ELOOP))
		return unlinkat(dir, name, 0) == 0;
	return fd >= 0 && empty_dir(fd) && unlinkat(dir, name, AT_REMOVEDIR) == 0;
}

int yihu_dir_remove(const char *path, struct yihu_error *err)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return yihu_fail(err, errno == ENOENT ? YIHU_ENOENT : YIHU_EIO,
				 _("the folder %s cannot be removed: %s"), path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return yihu_fail(err, S_ISLNK(st.st_mode) ? YIHU_ESYMLINK : YIHU_EFORMAT,
				 _("%s is not a folder, so it stays as it is"), path);
	if (!remove_at(AT_FDCWD, path))
		return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be removed: %s"), path,
				 strerror(errno));
	return 0;
}
