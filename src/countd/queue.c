/* SPDX-License-Identifier: Apache-2.0
 *
 * Queues between threads.
 */
#include "queue.h"

#include <assert.h>
#include <errno.h>
#include <time.h>

#include "request.h"

void queue_init(struct queue *q)
{
	pthread_condattr_t monotonic;
	*q = (struct queue){0};
	pthread_mutex_init(&q->lock, NULL);
	pthread_condattr_init(&monotonic);
	/* The wall clock may jump; a wait must not. */
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&q->filled, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

void queue_finish(struct queue *q)
{
	assert(!q->head);
	pthread_cond_destroy(&q->filled);
	pthread_mutex_destroy(&q->lock);
}

bool queue_push(struct queue *q, struct request *r)
{
	pthread_mutex_lock(&q->lock);
	bool open = !q->closed;
	if (open) {
		r->next = NULL;
		if (q->tail)
			q->tail->next = r;
		else
			q->head = r;
		q->tail = r;
		pthread_cond_signal(&q->filled);
	}
	pthread_mutex_unlock(&q->lock);
	return open;
}

static void wait_filled(struct queue *q, int wait_ms)
{
	struct timespec until;
	int r = 0;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	while (!q->head && !q->closed && r != ETIMEDOUT)
		r = wait_ms < 0 ? pthread_cond_wait(&q->filled, &q->lock)
				: pthread_cond_timedwait(&q->filled, &q->lock, &until);
}

size_t queue_take(struct queue *q, struct request **out, size_t max, int wait_ms)
{
	size_t n = 0;
	pthread_mutex_lock(&q->lock);
	wait_filled(q, wait_ms);
	while (n < max && q->head) {
		out[n] = q->head;
		q->head = q->head->next;
		out[n++]->next = NULL;
	}
	if (!q->head)
		q->tail = NULL;
	pthread_mutex_unlock(&q->lock);
	return n;
}

void queue_close(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->filled);
	pthread_mutex_unlock(&q->lock);
}

bool queue_done(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	bool done = q->closed && !q->head;
	pthread_mutex_unlock(&q->lock);
	return done;
}
