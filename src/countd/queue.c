/* SPDX-License-Identifier: Apache-2.0
 *
 * Queues between threads.
 */
#include "queue.h"

#include <assert.h>
#include <errno.h>
#include <time.h>
#include <yihu/clock.h>

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
		r->waits_since_ms = yihu_clock_monotonic_ms();
		q->n++;
		if (q->tail)
			q->tail->next = r;
		else
			q->head = r;
		q->tail = r;
		if (q->n >= q->awaited)
			pthread_cond_signal(&q->filled);
	}
	pthread_mutex_unlock(&q->lock);
	return open;
}

static struct timespec after_ms(int ms)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

/* The lock is held. Nobody is woken for less than what is awaited. */
static void wait_for(struct queue *q, size_t n, int wait_ms)
{
	struct timespec until = after_ms(wait_ms < 0 ? 0 : wait_ms);
	int r = 0;
	q->awaited = n;
	while (q->n < n && !q->closed && r != ETIMEDOUT)
		r = wait_ms < 0 ? pthread_cond_wait(&q->filled, &q->lock)
				: pthread_cond_timedwait(&q->filled, &q->lock, &until);
	q->awaited = 0;
}

size_t queue_wait(struct queue *q, size_t n, int wait_ms)
{
	pthread_mutex_lock(&q->lock);
	wait_for(q, n, wait_ms);
	size_t waiting = q->n;
	pthread_mutex_unlock(&q->lock);
	return waiting;
}

size_t queue_take(struct queue *q, struct request **out, size_t max, int wait_ms)
{
	size_t n = 0;
	pthread_mutex_lock(&q->lock);
	wait_for(q, 1, wait_ms);
	while (n < max && q->head) {
		out[n] = q->head;
		q->head = q->head->next;
		q->n--;
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

unsigned queue_waiting(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	unsigned n = q->n;
	pthread_mutex_unlock(&q->lock);
	return n;
}

uint64_t queue_age_ms(struct queue *q, uint64_t now_ms)
{
	pthread_mutex_lock(&q->lock);
	bool waits = q->head && q->head->waits_since_ms < now_ms;
	uint64_t age_ms = waits ? now_ms - q->head->waits_since_ms : 0;
	pthread_mutex_unlock(&q->lock);
	return age_ms;
}
