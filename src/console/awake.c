/* SPDX-License-Identifier: Apache-2.0
 *
 * Which sleep may be kept away is for the login manager to say; so it is tried first, with
 * a program that does nothing.
 */
#include "awake.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "desktop.h"

#define PROGRAM "systemd-inhibit"
#define LINE_BYTES_MAX 64

/* By PATH; NULL: it is not there. The caller frees. */
static char *find_program(void)
{
	const char *path = getenv("PATH");
	char *folders = yihu_strdup(path ? path : ""), *rest = folders, *found = NULL;
	for (char *folder; !found && (folder = strsep(&rest, ":"));) {
		char *file = yihu_path(folder, PROGRAM);
		if (*folder == '/' && access(file, X_OK) == 0)
			found = file;
		else
			free(file);
	}
	free(folders);
	return found;
}

static void become_trial(const char *program, const char *what)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	desktop_begin();
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		dup2(nothing, fd);
	execl(program, PROGRAM, what, "--who=Yihu", "--why=trial", "--mode=block", "true",
	      (char *)NULL);
	_exit(127);
}

static bool lets(const char *program, const char *what)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		become_trial(program, what);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

/* The most that is let; NULL: nothing. */
static const char *what_is_let(const char *program)
{
	static const char *const whats[] = {"--what=sleep:idle:handle-lid-switch",
					    "--what=sleep:idle"};
	for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
		if (lets(program, whats[i]))
			return whats[i];
	return NULL;
}

void awake_keep(struct order *o)
{
	char *program = find_program();
	const char *what = program ? what_is_let(program) : NULL;
	if (!what) {
		free(program);
		return;
	}
	char *const before[] = {yihu_strdup(what), yihu_strdup("--who=Yihu"),
				yihu_printf("--why=%s", _("the counting daemon takes ballots")),
				yihu_strdup("--mode=block")};
	order_run_by(o, program, before, sizeof before / sizeof *before);
}

/* ---- does it? ---- */

static FILE *open_proc(pid_t pid, const char *name)
{
	char *path = yihu_printf("/proc/%d/%s", (int)pid, name);
	FILE *file = fopen(path, "re");
	free(path);
	return file;
}

/* 0: it is not there any more. */
static pid_t parent_of(pid_t pid)
{
	char line[LINE_BYTES_MAX];
	int parent = 0;
	FILE *file = open_proc(pid, "status");
	while (file && parent == 0 && fgets(line, sizeof line, file))
		(void)sscanf(line, "PPid: %d", &parent);
	if (file)
		fclose(file);
	return parent;
}

bool awake_keeps(pid_t pid)
{
	char line[LINE_BYTES_MAX] = "";
	FILE *file = open_proc(parent_of(pid), "comm");
	bool is = file && fgets(line, sizeof line, file) && strcmp(line, PROGRAM "\n") == 0;
	if (file)
		fclose(file);
	return is;
}
