/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of base and crypto share: cmocka, folders of their own,
 * child processes, and vectors from the data folder.
 */
#ifndef YIHU_TESTS_SUPPORT_H
#define YIHU_TESTS_SUPPORT_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/bytes.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "test.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Setup and teardown: *state is the path of an empty folder. */
static inline int folder_make(void **state)
{
	char path[] = "/tmp/yihu-test-XXXXXX";
	if (!mkdtemp(path))
		return -1;
	*state = yihu_strdup(path);
	return 0;
}

static inline int folder_remove(void **state)
{
	int rc = yihu_dir_remove(*state, NULL);
	free(*state);
	return rc;
}

/* Runs f(arg) in a child and gives its wait status; f's value is the exit. */
static inline int child_status(int (*f)(void *), void *arg)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		int silent = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(silent, STDERR_FILENO);
		_exit(f(arg));
	}
	int status = -1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static inline int child_exit(int (*f)(void *), void *arg)
{
	int status = child_status(f, arg);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static inline void assert_aborts(int (*f)(void *), void *arg)
{
	int status = child_status(f, arg);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

#endif
