/* SPDX-License-Identifier: Apache-2.0
 *
 * A thread that may not have been started.
 */
#ifndef YIHU_COUNTD_THREAD_H
#define YIHU_COUNTD_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <yihu/error.h>

struct thread {
	pthread_t id;
	bool runs;
	const char *name; /* in ps -L and for tests/bench, at most 15 signs */
	void *(*run)(void *);
	void *context;
};
/* t stays where it is while the thread runs. YIHU_EIO: the system has no more. */
int thread_start(struct thread *t, const char *name, void *(*run)(void *), void *context,
		 struct yihu_error *err);
/* Waits for its end; nothing where it does not run. */
void thread_join(struct thread *t);
/* No less than that. */
void sleep_ms(unsigned ms);

#endif
