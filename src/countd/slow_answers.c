/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchanges that are answered, and sleep on.
 */
#include "slow_answers.h"

#include <assert.h>

#include "connections.h"
#include "exchange.h"

void slow_answers_init(struct slow_answers *s)
{
	*s = (struct slow_answers){0};
	pthread_mutex_init(&s->lock, NULL);
}

void slow_answers_finish(struct slow_answers *s)
{
	assert(!s->first);
	pthread_mutex_destroy(&s->lock);
}

void slow_answers_put(struct slow_answers *s, struct exchange *x, uint64_t now_ms)
{
	x->next = NULL;
	x->due_ms = now_ms + SLOW_MS;
	connection_enters(x->conn, PHASE_HELD, now_ms);
	pthread_mutex_lock(&s->lock);
	if (s->last)
		s->last->next = x;
	else
		s->first = x;
	s->last = x;
	pthread_mutex_unlock(&s->lock);
}

static bool is_over(const struct exchange *x, uint64_t now_ms)
{
	return now_ms >= x->due_ms || atomic_load(&x->conn->phase) == PHASE_ENDED;
}

bool slow_answers_give(struct slow_answers *s, uint64_t now_ms, bool all)
{
	struct exchange **link = &s->first, *x;
	pthread_mutex_lock(&s->lock);
	s->last = NULL;
	while ((x = *link)) {
		if (!all && !is_over(x, now_ms)) {
			s->last = x;
			link = &x->next;
			continue;
		}
		*link = x->next;
		exchange_wake(x);
	}
	bool more = s->first != NULL;
	pthread_mutex_unlock(&s->lock);
	return more;
}
