/* SPDX-License-Identifier: Apache-2.0
 *
 * Running them, and reading what they print (spooler.h).
 */
#include "issue/spooler.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yihu/file.h>
#include <yihu/text.h>

extern char **environ;

#define WORDS_MAX 16
/* A spooler that hangs is asked for so long, and no longer; lp is waited for, since what
 * became of its job would not be known. */
#define ASK "timeout", "5"
#define TIMED_OUT 124 /* the status of timeout(1) then */
#define SAID_BYTES_MAX (64u << 10)

/* ---- a program ---- */

static void hear(struct yihu_buf *said, int fd)
{
	char some[4096];
	ssize_t n;
	while ((n = read(fd, some, sizeof some)) != 0) {
		if (n < 0 && errno != EINTR)
			return;
		if (n > 0 && said->len < SAID_BYTES_MAX)
			yihu_buf_put(said, some, (size_t)n);
	}
}

/* What it is given on standard input, and what it says on both others. */
static pid_t begin(char *const *argv, int in, int out)
{
	posix_spawn_file_actions_t to;
	pid_t pid;
	posix_spawn_file_actions_init(&to);
	posix_spawn_file_actions_adddup2(&to, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&to, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&to, out, STDERR_FILENO);
	int failed = posix_spawnp(&pid, argv[0], &to, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&to);
	return failed ? -1 : pid;
}

static int status_of(pid_t pid)
{
	int status = -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* A pipe that no other program gets. given: at most 4,096 bytes, which it holds. */
static int given_pipe(const char *given)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	bool put = yihu_write_all(ends[1], given, strlen(given));
	close(ends[1]);
	if (put)
		return ends[0];
	close(ends[0]);
	return -1;
}

/* Runs it in the plain locale; 127: it is not there. said is appended to, and ends with
 * NUL behind it. */
static int run(struct yihu_buf *said, const char *given, const char *const *words)
{
	char *argv[WORDS_MAX] = {(char[]){"env"}, (char[]){"LC_ALL=C"}};
	int in = given_pipe(given), out[2] = {-1, -1}, status = 127;
	size_t n = 2;
	for (; n + 1 < WORDS_MAX && words[n - 2]; n++)
		argv[n] = yihu_strdup(words[n - 2]);
	if (in >= 0 && pipe2(out, O_CLOEXEC) == 0) {
		pid_t pid = begin(argv, in, out[1]);
		close(out[1]);
		if (pid > 0) {
			hear(said, out[0]);
			status = status_of(pid);
		}
		close(out[0]);
	}
	if (in >= 0)
		close(in);
	while (n > 2)
		free(argv[--n]);
	yihu_buf_u8(said, 0);
	return status;
}

/* ---- printers ---- */

void spooler_look(struct spooler *s)
{
	static const char *const list[] = {ASK, "lpstat", "-e", NULL}, *const usual[] = {
									       ASK, "lpstat", "-d",
									       NULL};
	struct yihu_buf names = {0}, one = {0};
	struct yihu_span line;
	*s = (struct spooler){0};
	s->there = run(&names, "", list) == 0;
	struct yihu_lines lines = yihu_lines(names.data, s->there ? names.len - 1 : 0);
	while (yihu_lines_next(&lines, &line) && s->n < SPOOLER_PRINTERS_MAX)
		if (line.len > 0 && !memchr(line.p, ' ', line.len))
			s->printers[s->n++] = yihu_span_dup(line);
	const char *colon = s->there && run(&one, "", usual) == 0
				    ? strstr((const char *)one.data, "destination: ")
				    : NULL;
	if (colon) {
		colon += strlen("destination: ");
		s->usual = yihu_strndup(colon, strcspn(colon, "\n"));
	}
	yihu_buf_free(&names);
	yihu_buf_free(&one);
}

void spooler_finish(struct spooler *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->printers[i]);
	free(s->usual);
	*s = (struct spooler){0};
}

/* ---- jobs ---- */

/* "request id is Brother-12 (1 file(s))" */
static char *job_named(const char *said)
{
	static const char before[] = "request id is ";
	const char *at = strstr(said, before);
	size_t n = at ? strcspn(at + strlen(before), " \t\n") : 0;
	return n > 0 ? yihu_strndup(at + strlen(before), n) : NULL;
}

int spooler_send(char **job, const char *printer, const char *path, const char *title,
		 const struct spooler_sheet *sheet, struct yihu_error *err)
{
	struct yihu_buf said = {0};
	char *media = yihu_printf("media=%s", sheet->media);
	const char *const words[] = {"lp",
				     "-d",
				     printer,
				     "-t",
				     title,
				     "-o",
				     sheet->two_sided ? "sides=two-sided-long-edge"
						      : "sides=one-sided",
				     "-o",
				     "print-scaling=none",
				     "-o",
				     media,
				     "--",
				     path,
				     NULL};
	int status = run(&said, "", words), r = 0;
	*job = status == 0 ? job_named((const char *)said.data) : NULL;
	if (status == 127)
		r = yihu_fail(err, YIHU_ENOENT,
			      _("this computer has no lp, the program that prints (package "
				"cups-client): open the file and print it by hand"));
	else if (!*job)
		r = yihu_fail(err, YIHU_EIO, _("lp has not taken it: %.*s"),
			      (int)strcspn((const char *)said.data, "\n"), (const char *)said.data);
	free(media);
	yihu_buf_free(&said);
	return r;
}

const char *spooler_state_name(enum spooler_state s)
{
	static const char *const names[N_SPOOLER_STATES] = {"unknown", "waiting", "stopped", "done",
							    "cancelled"};
	return names[s];
}

/* A request as ipptool reads it; it answers a line of names and a line of values. */
static const char asks[] =
	"{\n"
	"OPERATION Get-Job-Attributes\n"
	"GROUP operation-attributes-tag\n"
	"ATTR charset attributes-charset utf-8\n"
	"ATTR naturalLanguage attributes-natural-language en\n"
	"ATTR uri job-uri $uri\n"
	"ATTR name requesting-user-name $user\n"
	"ATTR keyword requested-attributes job-state,job-media-sheets-completed\n"
	"STATUS successful-ok\n"
	"DISPLAY job-state\n"
	"DISPLAY job-media-sheets-completed\n"
	"}\n";

static enum spooler_state state_of(struct yihu_span text)
{
	static const struct {
		const char *name;
		enum spooler_state state;
	} known[] = {{"pending", SPOOLER_WAITING},    {"pending-held", SPOOLER_STOPPED},
		     {"processing", SPOOLER_WAITING}, {"processing-stopped", SPOOLER_STOPPED},
		     {"completed", SPOOLER_DONE},     {"canceled", SPOOLER_CANCELLED},
		     {"aborted", SPOOLER_CANCELLED}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (yihu_span_is(text, known[i].name))
			return known[i].state;
	return SPOOLER_UNKNOWN;
}

/* "completed,12": the last line. */
static bool read_answer(struct spooler_job *out, struct yihu_buf *said)
{
	struct yihu_lines lines = yihu_lines(said->data, said->len - 1);
	struct yihu_span line, last = {"", 0};
	uint64_t sheets;
	while (yihu_lines_next(&lines, &line))
		if (line.len > 0)
			last = line;
	const char *comma = memchr(last.p, ',', last.len);
	if (!comma)
		return false;
	struct yihu_span count = {comma + 1, last.len - (size_t)(comma + 1 - last.p)};
	out->state = state_of((struct yihu_span){last.p, (size_t)(comma - last.p)});
	out->counted = yihu_decimal(&sheets, count, UINT32_MAX) && sheets > 0;
	out->sheets = out->counted ? (uint32_t)sheets : 0;
	return out->state != SPOOLER_UNKNOWN;
}

/* Is it among these ("all", "not-completed")? "Brother-12  user  1024  …" answers: does the
 * spooler say so? */
static bool is_listed(bool *answers, const char *job, const char *which)
{
	const char *const words[] = {ASK, "lpstat", "-W", which, "-o", NULL};
	struct yihu_buf said = {0};
	struct yihu_span line;
	bool queued = false;
	*answers = run(&said, "", words) == 0;
	if (*answers) {
		struct yihu_lines lines = yihu_lines(said.data, said.len - 1);
		size_t n = strlen(job);
		while (yihu_lines_next(&lines, &line))
			queued |= line.len > n && memcmp(line.p, job, n) == 0 && line.p[n] == ' ';
	}
	yihu_buf_free(&said);
	return queued;
}

bool spooler_ask(struct spooler_job *out, const char *job)
{
	struct yihu_buf said = {0};
	const char *dash = strrchr(job, '-');
	char *uri = yihu_printf("ipp://localhost/jobs/%s", dash ? dash + 1 : job);
	const char *const words[] = {ASK, "ipptool", "-c", uri, "/dev/stdin", NULL};
	*out = (struct spooler_job){SPOOLER_UNKNOWN, false, 0};
	bool answers;
	int status = run(&said, asks, words);
	bool answered = status == 0 && read_answer(out, &said);
	if (!answered && status != TIMED_OUT && is_listed(&answers, job, "not-completed"))
		out->state = SPOOLER_WAITING;
	free(uri);
	yihu_buf_free(&said);
	return status != TIMED_OUT;
}

/* Looked for by its whole name first: cancel goes by the number alone, which on another
 * computer is another job's. */
bool spooler_forget(const char *job)
{
	const char *const words[] = {"cancel", "-x", job, NULL};
	struct yihu_buf said = {0};
	bool answers, listed = is_listed(&answers, job, "all");
	bool gone = listed ? run(&said, "", words) == 0 : answers;
	yihu_buf_free(&said);
	return gone;
}
