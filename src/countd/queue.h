/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests waiting for one thread: first in, first out, by their `next`.
 * How many may wait is counted before they get here (ballot_call.c).
 */
#ifndef YIHU_COUNTD_QUEUE_H
#define YIHU_COUNTD_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct request *head, *tail;
	unsigned n;
	size_t awaited; /* by the one thread that takes: it is not woken for less */
	bool closed;
};
/* Empty and open. */
void queue_init(struct queue *q);
/* Asserts that it is empty. */
void queue_finish(struct queue *q);
/* False, and nothing done, when it is closed. */
bool queue_push(struct queue *q, struct request *r);
/* Waits until so many are there, at most wait_ms, and says how many are. */
size_t queue_wait(struct queue *q, size_t n, int wait_ms);
/* Up to max requests into out; waits for the first at most wait_ms (−1: for
 * ever). 0 when none came, or the queue is closed and empty. */
size_t queue_take(struct queue *q, struct request **out, size_t max, int wait_ms);
/* No more will come: whoever waits wakes up, and what is in is still given. */
void queue_close(struct queue *q);
bool queue_done(struct queue *q); /* closed and empty */
/* How many wait. */
unsigned queue_waiting(struct queue *q);
/* How long the first of them has. */
uint64_t queue_age_ms(struct queue *q, uint64_t now_ms);

#endif
