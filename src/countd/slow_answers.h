/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers that go out a second late: refusals of ballots and entries, while many
 * requests are under way. An honest voter gets one at most, and it is final; whoever
 * floods sends the next when the answer to the one before is there. So each costs them a
 * connection for a second, and those who vote do not stand behind all of them. Such a
 * connection is the first that makes room for another (connections.h).
 */
#ifndef YIHU_COUNTD_SLOW_ANSWERS_H
#define YIHU_COUNTD_SLOW_ANSWERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define SLOW_FROM 100 /* requests under way: below that nobody waits */
#define SLOW_MS 1000

struct exchange;

struct slow_answers {
	pthread_mutex_t lock;
	struct exchange *first, *last; /* in the order in which they are due */
};
/* Empty. */
void slow_answers_init(struct slow_answers *s);
/* Asserts that there are none. */
void slow_answers_finish(struct slow_answers *s);
/* x's answer is complete, and it is woken by slow_answers_give. */
void slow_answers_put(struct slow_answers *s, struct exchange *x, uint64_t now_ms);
/* Wakes those that are due, or whose connection has made room; or all. Are there
 * others? */
bool slow_answers_give(struct slow_answers *s, uint64_t now_ms, bool all);

#endif
