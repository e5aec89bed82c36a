/* SPDX-License-Identifier: Apache-2.0
 *
 * A child that can only compute.
 */
#include "confined.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>

/* The first byte of every answer: was the filter taken? */
enum { UNSEALED, SEALED };

void confined_write(int to, const void *bytes, size_t len)
{
	if (!yihu_write_all(to, bytes, len))
		_exit(1);
}

/* ---- the child ---- */

static void limit(__rlimit_resource_t what, uint64_t most)
{
	struct rlimit old, now = {most, most};
	if (getrlimit(what, &old) == 0 && old.rlim_max < most)
		now.rlim_cur = now.rlim_max = old.rlim_max;
	setrlimit(what, &now);
}

/* A sanitizer's shadow of the memory is larger than any limit. */
static void limit_memory(uint64_t most)
{
#ifdef __SANITIZE_ADDRESS__
	(void)most;
#else
	limit(RLIMIT_AS, most);
#endif
}

static void set_limits(const struct confined_limits *l)
{
	limit(RLIMIT_CPU, l->cpu_s);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, 0);
	limit(RLIMIT_NPROC, 0);
	limit_memory(l->memory);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
}

/* Memory, the answer, the end. What a library asks and can do without is refused;
 * everything else ends the child. */
static const int computing[] = {
#ifdef __SANITIZE_ADDRESS__ /* it looks at its stacks before a jump and before the end */
	SCMP_SYS(sigaltstack),
#endif
	SCMP_SYS(brk),         SCMP_SYS(munmap),     SCMP_SYS(mremap),       SCMP_SYS(madvise),
	SCMP_SYS(exit),        SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn),
};
static const int refused[] = {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(getrandom),
			      SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity)};

static int allow(scmp_filter_ctx c, int to)
{
	int r = 0;
	for (size_t i = 0; i < sizeof computing / sizeof *computing && r == 0; i++)
		r = seccomp_rule_add(c, SCMP_ACT_ALLOW, computing[i], 0);
	for (size_t i = 0; i < sizeof refused / sizeof *refused && r == 0; i++)
		r = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	if (r == 0)
		r = seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
				     SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)to));
	if (r == 0) /* memory that holds no program */
		r = seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
				     SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
				     SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
	return r;
}

/* No new privileges come with it. */
static bool seal(int to)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool sealed = c && allow(c, to) == 0 && seccomp_load(c) == 0;
	if (!sealed)
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return sealed;
}

/* The filter's memory stays: after it nothing is asked for that is not needed. */
static _Noreturn void be_child(int to, const struct confined_limits *l, confined_work *work,
			       const void *bytes, size_t len)
{
	if (dup2(to, STDIN_FILENO) < 0 || close_range(STDIN_FILENO + 1, ~0u, 0) != 0)
		_exit(1);
	to = STDIN_FILENO;
	set_limits(l);
	uint8_t sealed = seal(to) ? SEALED : UNSEALED;
	confined_write(to, &sealed, 1);
	work(to, bytes, len);
	_exit(0);
}

/* ---- the parent ---- */

/* Until the child has ended, or has said more than it may. */
static void read_answer(int from, size_t most, struct yihu_buf *answer)
{
	uint8_t part[16384];
	while (answer->len < most) {
		size_t room = most - answer->len;
		ssize_t n = read(from, part, room < sizeof part ? room : sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		yihu_buf_put(answer, part, (size_t)n);
	}
}

static void wait_for(pid_t child, struct confined_end *end)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	end->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static int no_child(struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EIO, _("no program can be started to read it: %s"),
			 strerror(errno));
}

int confined_run(struct yihu_buf *out, struct confined_end *end,
		 const struct confined_limits *limits, confined_work *work, const void *bytes,
		 size_t len, struct yihu_error *err)
{
	int ends[2];
	struct yihu_buf answer = {0};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return no_child(err);
	pid_t child = fork();
	if (child == 0)
		be_child(ends[1], limits, work, bytes, len);
	close(ends[1]);
	if (child > 0)
		read_answer(ends[0], limits->answer + 1, &answer);
	int r = child < 0 ? no_child(err) : 0;
	close(ends[0]); /* a child that says more is ended by it */
	*end = (struct confined_end){0};
	if (child > 0)
		wait_for(child, end);
	end->sealed = answer.len > 0 && answer.data[0] == SEALED;
	if (answer.len > 1)
		yihu_buf_put(out, answer.data + 1, answer.len - 1);
	yihu_buf_free(&answer);
	return r;
}
