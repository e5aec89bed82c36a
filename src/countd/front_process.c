/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side's process.
 */
#include "front_process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/bytes.h>

#include "channel.h"
#include "front_side.h"
#include "thread.h"

#define END_MS 3500 /* then it is ended from outside */
#define END_STEP_MS 5

struct front_process {
	struct front *here; /* NULL: it is apart */
	pid_t pid;
};

/* No signal reaches it but the one that its end brings; the box side's process says
 * when to stop. */
static _Noreturn void be_front(struct front *f, int fd, pid_t parent)
{
	struct yihu_error err = {0};
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "yihu-http");
	if (getppid() != parent)
		_exit(1);
	bool well = front_start(f, fd, &err) == 0 && front_wait(f);
	front_stop(f);
	front_free(f);
	_exit(well ? 0 : 1);
}

static int start_apart(struct front_process *p, struct front *f, int close_fd, const int ends[2],
		       struct yihu_error *err)
{
	pid_t parent = getpid();
	p->pid = fork();
	if (p->pid == 0) {
		close(ends[0]);
		if (close_fd >= 0)
			close(close_fd);
		be_front(f, ends[1], parent);
	}
	int r = p->pid > 0
			? 0
			: yihu_fail(err, YIHU_EIO, _("the process for HTTP cannot be started: %s"),
				    strerror(errno));
	close(ends[1]);
	front_free(f); /* the child's copy is the one */
	return r;
}

int front_process_start(struct front_process **out, struct front *f, bool apart, int close_fd,
			int *box_fd, struct yihu_error *err)
{
	int ends[2];
	int r = channel_pair(ends, err);
	if (r != 0) {
		front_free(f);
		return r;
	}
	*box_fd = ends[0];
	*out = yihu_calloc(1, sizeof **out);
	if (apart)
		return start_apart(*out, f, close_fd, ends, err);
	(*out)->here = f;
	return front_start(f, ends[1], err);
}

/* One that hangs has answered nobody for as long. */
static void wait_for(pid_t pid)
{
	pid_t ended = 0;
	for (unsigned ms = 0; ended == 0 && ms < END_MS; ms += END_STEP_MS) {
		ended = waitpid(pid, NULL, WNOHANG);
		if (ended == 0)
			sleep_ms(END_STEP_MS);
	}
	if (ended != 0)
		return;
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

void front_process_end(struct front_process *p)
{
	if (!p)
		return;
	if (p->here) {
		front_stop(p->here);
		front_free(p->here);
	} else if (p->pid > 0) {
		wait_for(p->pid);
	}
	free(p);
}
