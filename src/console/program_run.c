/* SPDX-License-Identifier: Apache-2.0
 *
 * A program, the thread that listens to it, and what it said.
 */
#include "program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/progress.h>
#include <yihu/text.h>

#include "desktop.h"

#define WORDS_MAX 128

struct running {
	pthread_t listener;
	pthread_mutex_t lock;
	pid_t pid;
	int ends[2];              /* of its standard output and error */
	struct yihu_buf heard[2]; /* under lock, as the two below */
	bool ended;
	int status;
};

/* What the child does before it is the program: only what is safe after fork. */
static void become(const struct run_order *o, char *const *argv, char *const *env, int out,
		   int error, int secrets)
{
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
	desktop_begin(); /* no terminal: nobody is asked there */
	dup2(nothing, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(error, STDERR_FILENO);
	if (secrets >= 0)
		dup2(secrets, RUN_PASSPHRASE_FD);
	execve(o->path, argv, env);
	_exit(127);
}

extern char **environ;

/* The environment but for the language, and that progress is wanted; freed by its caller,
 * the texts are borrowed but the first. */
static char **environment(const char *language)
{
	size_t n = 0;
	while (environ[n])
		n++;
	char **env = yihu_calloc(n + 3, sizeof *env);
	static char progress[] = YIHU_PROGRESS_WANTED "=1";
	size_t at = 0;
	/* gettext looks for zh_CN, and finds nothing under zh. */
	env[at++] = yihu_printf("LANGUAGE=%s", strcmp(language, "zh") == 0 ? "zh_CN" : language);
	env[at++] = progress;
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "LANGUAGE=", strlen("LANGUAGE=")) != 0)
			env[at++] = environ[i];
	return env;
}

/* A pipe that no other child gets, and never the descriptor that is the program's. */
static bool make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	for (int i = 0; i < 2; i++) {
		int high = fcntl(ends[i], F_DUPFD_CLOEXEC, RUN_PASSPHRASE_FD + 1);
		close(ends[i]);
		ends[i] = high;
	}
	return ends[0] >= 0 && ends[1] >= 0;
}

static pid_t start_child(const struct run_order *o, int out, int error, int secrets)
{
	char *argv[WORDS_MAX] = {yihu_strdup(o->path)};
	char **env = environment(o->language);
	for (size_t n = 0; n < WORDS_MAX - 2 && o->words[n]; n++)
		argv[n + 1] = yihu_strdup(o->words[n]);
	pid_t pid = fork();
	if (pid == 0)
		become(o, argv, env, out, error, secrets);
	for (size_t i = 0; argv[i]; i++)
		free(argv[i]);
	free(env[0]);
	free(env);
	return pid;
}

/* False at its end. */
static bool hear(struct running *r, int which)
{
	char some[16384];
	ssize_t n = read(r->ends[which], some, sizeof some);
	if (n <= 0)
		return n < 0 && errno == EINTR;
	pthread_mutex_lock(&r->lock);
	size_t left = RUN_SAID_BYTES_MAX - r->heard[which].len;
	yihu_buf_put(&r->heard[which], some, (size_t)n < left ? (size_t)n : left);
	pthread_mutex_unlock(&r->lock);
	return true;
}

static void *listen_to(void *run)
{
	struct running *r = run;
	struct pollfd p[2] = {{.fd = r->ends[0], .events = POLLIN},
			      {.fd = r->ends[1], .events = POLLIN}};
	int status = 0;
	while (p[0].fd >= 0 || p[1].fd >= 0) {
		poll(p, 2, -1);
		for (int i = 0; i < 2; i++)
			if (p[i].fd >= 0 && p[i].revents && !hear(r, i))
				p[i].fd = -1;
	}
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	pthread_mutex_lock(&r->lock);
	r->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	r->ended = true;
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static void close_both(int ends[2])
{
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
}

/* A pipe holds at least 4,096 bytes without a reader (pipe(7)); passphrases are far
 * shorter. */
static bool put_secrets(int ends[2], const char *secrets)
{
	if (!make_pipe(ends))
		return false;
	bool put = strlen(secrets) <= 4096 && yihu_write_all(ends[1], secrets, strlen(secrets));
	close(ends[1]);
	ends[1] = -1;
	return put;
}

static void forget(struct running *r)
{
	close_both(r->ends);
	pthread_mutex_destroy(&r->lock);
	yihu_buf_free(&r->heard[0]);
	yihu_buf_free(&r->heard[1]);
	free(r);
}

int run_start(struct running **out, const struct run_order *o, struct yihu_error *err)
{
	int said[2] = {-1, -1}, told[2] = {-1, -1}, secrets[2] = {-1, -1};
	struct running *r = yihu_calloc(1, sizeof *r);
	bool made = make_pipe(said) && make_pipe(told) &&
		    (!o->secrets || put_secrets(secrets, o->secrets));
	r->pid = made ? start_child(o, said[1], told[1], secrets[0]) : -1;
	close_both(secrets);
	if (said[1] >= 0)
		close(said[1]);
	if (told[1] >= 0)
		close(told[1]);
	r->ends[0] = said[0];
	r->ends[1] = told[0];
	pthread_mutex_init(&r->lock, NULL);
	if (r->pid > 0 && pthread_create(&r->listener, NULL, listen_to, r) == 0) {
		*out = r;
		return 0;
	}
	int why = errno;
	if (r->pid > 0) {
		kill(r->pid, SIGTERM);
		waitpid(r->pid, NULL, 0);
	}
	forget(r);
	return yihu_fail(err, YIHU_EIO, _("%s cannot be started: %s"), o->path, strerror(why));
}

bool run_ended(struct running *r, int *status, struct yihu_buf *said, struct yihu_buf *told)
{
	struct yihu_buf *into[2] = {said, told};
	pthread_mutex_lock(&r->lock);
	for (int i = 0; i < 2; i++)
		if (into[i])
			yihu_buf_put(into[i], yihu_buf_bytes(&r->heard[i]), r->heard[i].len);
	bool ended = r->ended;
	*status = r->status;
	pthread_mutex_unlock(&r->lock);
	return ended;
}

void run_free(struct running *r)
{
	if (!r)
		return;
	pthread_join(r->listener, NULL);
	forget(r);
}

void run_leave(struct running *r)
{
	pthread_detach(r->listener);
}

int run_whole(const struct run_order *o, struct yihu_buf *said, struct yihu_buf *told, int *status,
	      struct yihu_error *err)
{
	struct running *r;
	if (run_start(&r, o, err) != 0)
		return err->code;
	pthread_join(r->listener, NULL);
	run_ended(r, status, said, told);
	forget(r);
	return 0;
}
