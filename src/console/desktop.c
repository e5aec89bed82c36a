/* SPDX-License-Identifier: Apache-2.0
 *
 * xdg-open ends at once where a program has the file already, and with that program
 * where it starts it itself.
 */
#include "desktop.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STEPS 100 /* after so many it has opened the file itself */
#define STEP_NS 20000000

void desktop_begin(void)
{
	sigset_t none;
	sigemptyset(&none);
	(void)signal(SIGHUP, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
}

static void become(const char *path)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	desktop_begin();
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	execlp("xdg-open", "xdg-open", path, (char *)NULL);
	_exit(127);
}

/* The exit status of this child: did it fail? */
static int start(const char *path)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		become(path);
	for (int i = 0; pid > 0 && i < STEPS; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
		nanosleep(&(struct timespec){.tv_nsec = STEP_NS}, NULL);
	}
	return pid < 0;
}

bool desktop_open(const char *path)
{
	int status = 0;
	pid_t pid = fork(); /* whoever opens it is nobody's child then */
	if (pid == 0)
		_exit(start(path));
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}
