/* SPDX-License-Identifier: Apache-2.0
 *
 * Killing an act at its k-th call that changes the disk. The calls of our own
 * code go through this file (ld's --wrap); SQLite's go past it, and its
 * transactions are tested elsewhere.
 */
#include "committee.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned calls_left; /* 0: nobody is cut */

static void step(void)
{
	if (calls_left > 0 && --calls_left == 0)
		kill(getpid(), SIGKILL);
}

#define WRAPPED(type, name, parameters, arguments)                                                 \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		step();                                                                            \
		return __real_##name arguments;                                                    \
	}
WRAPPED(int, fsync, (int fd), (fd))
WRAPPED(int, syncfs, (int fd), (fd))
WRAPPED(int, rename, (const char *from, const char *to), (from, to))
WRAPPED(int, renameat, (int d, const char *from, int e, const char *to), (d, from, e, to))
WRAPPED(int, renameat2, (int d, const char *from, int e, const char *to, unsigned flags),
	(d, from, e, to, flags))
WRAPPED(int, linkat, (int d, const char *from, int e, const char *to, int flags),
	(d, from, e, to, flags))
WRAPPED(int, unlink, (const char *path), (path))
WRAPPED(int, unlinkat, (int d, const char *path, int flags), (d, path, flags))
WRAPPED(int, rmdir, (const char *path), (path))
WRAPPED(int, mkdir, (const char *path, mode_t mode), (path, mode))
WRAPPED(ssize_t, write, (int fd, const void *bytes, size_t len), (fd, bytes, len))

unsigned committee_next_cut(unsigned k)
{
	/* By gaps of 1 to 4 in no order, so that no kind of call is always passed over. */
	return k == 0 || getenv("YIHU_TEST_EVERY") ? k + 1 : k + 1 + (k * 2654435761u >> 24) % 4;
}

bool committee_cut(unsigned k, int (*act)(void *), void *context, int *code)
{
	int status;
	fflush(NULL);
	pid_t child = fork();
	assert(child >= 0);
	if (child == 0) {
		calls_left = k;
		_exit(act(context));
	}
	if (waitpid(child, &status, 0) != child)
		abort();
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return true;
	if (!WIFEXITED(status))
		abort();
	*code = WEXITSTATUS(status);
	return false;
}
