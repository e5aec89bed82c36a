/* SPDX-License-Identifier: Apache-2.0
 *
 * Locks between processes: flock on a file of their own, which is never
 * removed (removing it would let two holders lock two different files). The kernel
 * lets nobody ask after one without taking it, but after an open file description's
 * lock (fcntl(2)): so whoever has the one has the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <yihu/file.h>

static const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

static int take(int lock)
{
	struct flock asked = whole;
	return flock(lock, LOCK_EX | LOCK_NB) == 0 ? fcntl(lock, F_OFD_SETLK, &asked) : -1;
}

int yihu_lock(const char *path, int *fd, struct yihu_error *err)
{
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (lock < 0)
		return yihu_fail(err, errno == ELOOP ? YIHU_ESYMLINK : YIHU_EIO,
				 _("the lock file %s cannot be opened: %s"), path, strerror(errno));
	if (take(lock) == 0) {
		*fd = lock;
		return 0;
	}
	int why = errno;
	close(lock);
	if (why == EWOULDBLOCK || why == EACCES)
		return yihu_fail(err, YIHU_ELOCKED,
				 _("%s is locked: another program is at work here. "
				   "Wait until it has ended, then try again"),
				 path);
	return yihu_fail(err, YIHU_EIO, _("%s cannot be locked: %s"), path, strerror(why));
}

bool yihu_is_locked(const char *path)
{
	struct flock asked = whole;
	int lock = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	bool held = lock >= 0 && fcntl(lock, F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
	if (lock >= 0)
		close(lock);
	return held;
}

void yihu_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}
