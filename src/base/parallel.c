/* SPDX-License-Identifier: Apache-2.0
 *
 * Threads live for one loop: making them costs less than one of the pieces,
 * and nothing stays behind. All signals stay with the calling thread.
 */
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include <yihu/parallel.h>

#define THREADS_MAX 64
#define STACK_WIPED 16384 /* bytes; more than any piece of work here uses */

struct loop {
	size_t n, piece;
	yihu_parallel_work *work;
	void *context;
	atomic_size_t next; /* the first item that nobody has taken */
	atomic_size_t done;
};

static bool work_piece(struct loop *l)
{
	size_t from = atomic_fetch_add(&l->next, l->piece);
	if (from >= l->n)
		return false;
	size_t to = l->n - from < l->piece ? l->n : from + l->piece;
	l->work(l->context, from, to);
	atomic_fetch_add(&l->done, to - from);
	return true;
}

static void *helper(void *loop)
{
	while (work_piece(loop))
		;
	sodium_stackzero(STACK_WIPED);
	return NULL;
}

/* How many helpers are worth making: one a core besides the caller's, and none
 * that would find nothing to do. A single piece asks the system nothing: it may
 * be a sandboxed thread that has it. */
static size_t helpers_for(size_t n, size_t piece)
{
	size_t pieces = n / piece + (n % piece != 0);
	if (pieces < 2)
		return 0;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;
	return (threads < pieces ? threads : pieces) - 1;
}

static size_t start_helpers(pthread_t *threads, size_t wanted, struct loop *l)
{
	sigset_t all, before;
	size_t started = 0;
	if (wanted == 0)
		return 0;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (started < wanted && pthread_create(&threads[started], NULL, helper, l) == 0)
		started++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

void yihu_parallel(size_t n, size_t piece, yihu_parallel_work *work, yihu_parallel_told *told,
		   void *context)
{
	assert(piece > 0);
	struct loop l = {.n = n, .piece = piece, .work = work, .context = context};
	pthread_t threads[THREADS_MAX];
	size_t started = start_helpers(threads, helpers_for(n, piece), &l);
	while (work_piece(&l)) {
		size_t done = atomic_load(&l.done);
		if (told && done < n)
			told(context, done);
	}
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	assert(atomic_load(&l.done) == n);
	if (told && n > 0)
		told(context, n);
}
