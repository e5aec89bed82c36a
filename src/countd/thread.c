/* SPDX-License-Identifier: Apache-2.0
 *
 * Threads.
 */
#include "thread.h"

#include <string.h>
#include <sys/prctl.h>
#include <time.h>

static void *begin(void *thread)
{
	struct thread *t = thread;
	prctl(PR_SET_NAME, t->name);
	return t->run(t->context);
}

int thread_start(struct thread *t, const char *name, void *(*run)(void *), void *context,
		 struct yihu_error *err)
{
	t->name = name;
	t->run = run;
	t->context = context;
	int r = pthread_create(&t->id, NULL, begin, t);
	if (r != 0)
		return yihu_fail(err, YIHU_EIO, _("a thread cannot be started: %s"), strerror(r));
	t->runs = true;
	return 0;
}

void thread_join(struct thread *t)
{
	if (t->runs)
		pthread_join(t->id, NULL);
	t->runs = false;
}

void sleep_ms(unsigned ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000},
		  NULL);
}
