/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls of the box side that are under way.
 */
#include "ask_box.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <yihu/clock.h>

#include "channel.h"
#include "connections.h"
#include "front.h"

#define LARGE_BYTES ((size_t)16 << 10) /* of the others all connections have 32 MB */

enum box_state { BOX_STARTS, BOX_SERVES, BOX_STOPS, BOX_GONE };

/* One that waits here for its answer, and no exchange. */
struct waiter {
	struct answer answer;
	bool done;
};
struct box_slot {
	enum call call; /* 0: nobody has it */
	struct exchange *x;
	struct waiter *w;
	bool gone; /* that was told */
};
struct box_line {
	struct front *f;
	struct channel *channel;
	box_said *said;
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t changed;
	struct box_slot *slots; /* by id */
	uint32_t n;
	uint32_t *spare; /* ids */
	uint32_t n_spare;
	struct pollfd *polls; /* the reaper's */
	enum box_state state;
	bool stops;           /* it said so */
	uint64_t done, total; /* entries, while it starts */
	struct figures figures;
};

/* ---- what comes ---- */

void box_line_tell(struct box_line *b, int code, const struct yihu_error *err)
{
	struct yihu_buf body = {0};
	message_put_error(&body, code, err);
	channel_send(b->channel, &(struct message){.kind = MESSAGE_FRONT}, &body, 1);
	yihu_buf_free(&body);
}

static void answer_lost(struct answer *a, enum call call)
{
	if (call == CALL_BALLOT || call == CALL_ENTRY)
		answer_error(a, HTTP_SERVICE_UNAVAILABLE, YIHU_EUNKNOWN,
			     _("it is not known whether this was recorded. Send the same again in "
			       "a minute: it is never counted twice"));
	else
		answer_stopping(a);
}

/* The lock is held. What nobody reads stays here: a log's bundle, 8.6 MB of them in a
 * wide election. No ballot's or entry's answer is so large. */
static void hold_bytes(struct exchange *x, struct answer *a)
{
	size_t len = a->body.len;
	if (len < LARGE_BYTES)
		return;
	if (atomic_load(&x->f->held) + len <= x->f->options.held_bytes) {
		atomic_fetch_add(&x->f->held, len);
		x->held = len;
		return;
	}
	yihu_buf_free(&a->body);
	*a = ANSWER_NONE;
	answer_error(a, HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("many are taking large parts of the log at this moment. Ask again in a few "
		       "seconds"));
}

void box_answer_over(struct exchange *x)
{
	atomic_fetch_sub(&x->f->held, x->held);
	x->held = 0;
}

/* A refusal, while many others wait? */
static bool is_slow(const struct front *f, enum call call, const struct answer *a)
{
	bool refused = a->status >= 400 && a->status < 500;
	return refused && (call == CALL_BALLOT || call == CALL_ENTRY) &&
	       atomic_load(&f->requests) >= SLOW_FROM && !atomic_load(&f->stopping);
}

static void hold_back(struct front *f, struct exchange *x)
{
	atomic_fetch_add(&f->metrics.slowed, 1);
	slow_answers_put(&f->slow, x, yihu_clock_monotonic_ms());
}

/* The lock is held. Whoever waits in it gets the answer. */
static void give(struct box_line *b, uint32_t id, struct answer *a)
{
	struct box_slot s = b->slots[id];
	b->slots[id] = (struct box_slot){0};
	b->spare[b->n_spare++] = id;
	if (s.w) {
		s.w->answer = *a;
		s.w->done = true;
		pthread_cond_broadcast(&b->changed);
		return;
	}
	hold_bytes(s.x, a);
	s.x->answer = *a;
	if (is_slow(b->f, s.call, a))
		hold_back(b->f, s.x);
	else
		exchange_wake(s.x);
}

static bool take_answer(struct box_line *b, const struct message *m)
{
	struct answer a;
	bool is = b->slots[m->id].call != 0 && message_answer_read(&a, m);
	if (is)
		give(b, m->id, &a);
	return is;
}

/* The lock is held. */
static bool take(struct box_line *b, const struct message *m)
{
	switch (m->kind) {
	case MESSAGE_ANSWER:
		return take_answer(b, m);
	case MESSAGE_PROGRESS:
		return message_progress_read(&b->done, &b->total, m);
	case MESSAGE_FIGURES:
		return message_figures_read(&b->figures, m);
	case MESSAGE_SERVES:
		box_line_tell(b, 0, NULL); /* before the first call */
		b->state = BOX_SERVES;
		return true;
	case MESSAGE_RELOAD:
		return true;
	case MESSAGE_MARK: /* the lock keeps it behind what has its time already */
		channel_send(b->channel, &(struct message){.kind = MESSAGE_MARKED}, NULL, 0);
		return true;
	case MESSAGE_STOPS:
		b->state = BOX_STOPS;
		b->stops = true;
		return true;
	default:
		return false;
	}
}

static bool message(void *context, const struct message *m)
{
	struct box_line *b = context;
	pthread_mutex_lock(&b->lock);
	bool taken = take(b, m);
	pthread_mutex_unlock(&b->lock);
	if (m->kind == MESSAGE_STOPS || m->kind == MESSAGE_RELOAD)
		b->said(b->f, m->kind);
	return taken;
}

static void ended(void *context, const struct yihu_error *err)
{
	struct box_line *b = context;
	if (err)
		countd_warn(&b->f->log, "%s", err->text);
	pthread_mutex_lock(&b->lock);
	b->state = BOX_GONE;
	for (uint32_t id = 0; id < b->n; id++) {
		struct answer a = ANSWER_NONE;
		if (b->slots[id].call == 0)
			continue;
		answer_lost(&a, b->slots[id].call);
		give(b, id, &a);
	}
	pthread_cond_broadcast(&b->changed);
	pthread_mutex_unlock(&b->lock);
	b->said(b->f, MESSAGE_STOPS);
}

struct box_line *box_line_new(struct front *f, int fd, box_said *said)
{
	struct box_line *b = yihu_calloc(1, sizeof *b);
	const struct channel_user user = {.way = MESSAGE_TO_FRONT,
					  .n_ids = CALLS_AT_ONCE(f->options.connections),
					  .message = message,
					  .ended = ended,
					  .context = b};
	*b = (struct box_line){.f = f, .said = said, .n = user.n_ids, .n_spare = user.n_ids};
	b->slots = yihu_calloc(b->n, sizeof *b->slots);
	b->spare = yihu_calloc(b->n, sizeof *b->spare);
	b->polls = yihu_calloc(b->n, sizeof *b->polls);
	for (uint32_t i = 0; i < b->n; i++)
		b->spare[i] = b->n - 1 - i;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->changed, NULL);
	b->channel = channel_new(fd, &user);
	return b;
}

int box_line_start(struct box_line *b, struct yihu_error *err)
{
	return channel_start(b->channel, err);
}

void box_line_free(struct box_line *b)
{
	if (!b)
		return;
	channel_free(b->channel);
	pthread_cond_destroy(&b->changed);
	pthread_mutex_destroy(&b->lock);
	free(b->slots);
	free(b->spare);
	free(b->polls);
	free(b);
}

bool box_line_wait(struct box_line *b)
{
	pthread_mutex_lock(&b->lock);
	while (b->state != BOX_GONE)
		pthread_cond_wait(&b->changed, &b->lock);
	bool said = b->stops;
	pthread_mutex_unlock(&b->lock);
	return said;
}

/* ---- what is asked ---- */

/* The lock is held. */
static bool takes_calls(struct box_line *b, struct answer *a)
{
	if (b->state == BOX_STARTS)
		answer_starting(a, b->done, b->total);
	else if (b->state != BOX_SERVES)
		answer_stopping(a);
	return b->state == BOX_SERVES;
}

bool box_takes_calls(struct exchange *x)
{
	struct box_line *b = x->f->box;
	pthread_mutex_lock(&b->lock);
	bool takes = takes_calls(b, &x->answer);
	pthread_mutex_unlock(&b->lock);
	return takes;
}

/* The lock is held. There is one for each connection. */
static uint32_t enter(struct box_line *b, struct box_slot s)
{
	assert(b->n_spare > 0);
	uint32_t id = b->spare[--b->n_spare];
	b->slots[id] = s;
	return id;
}

/* The lock is held: what has the earlier time goes first. */
static void send_call(struct box_line *b, uint32_t id, enum call call, const char *tail,
		      const struct yihu_buf *body)
{
	const struct message m = {.kind = (enum message_kind)call,
				  .id = id,
				  .at_ms = yihu_clock_monotonic_ms(),
				  .second = (uint8_t)yihu_clock()};
	struct yihu_buf parts[2] = {{0}, *body};
	message_put_tail(&parts[0], tail);
	channel_send(b->channel, &m, parts, 2);
	yihu_buf_free(&parts[0]);
}

void box_ask(struct exchange *x, enum call call, const char *tail)
{
	struct box_line *b = x->f->box;
	pthread_mutex_lock(&b->lock);
	if (takes_calls(b, &x->answer)) {
		exchange_sleep(x);
		send_call(b, enter(b, (struct box_slot){.call = call, .x = x}), call, tail,
			  &x->body);
	}
	pthread_mutex_unlock(&b->lock);
}

void box_ask_now(struct front *f, enum call call, struct answer *out)
{
	struct box_line *b = f->box;
	struct waiter w = {.answer = ANSWER_NONE};
	pthread_mutex_lock(&b->lock);
	bool takes = takes_calls(b, &w.answer);
	if (takes)
		send_call(b, enter(b, (struct box_slot){.call = call, .w = &w}), call, "",
			  &(struct yihu_buf){0});
	while (takes && !w.done)
		pthread_cond_wait(&b->changed, &b->lock);
	pthread_mutex_unlock(&b->lock);
	*out = w.answer;
}

int box_export(struct front *f, struct yihu_error *err)
{
	struct answer a;
	box_ask_now(f, CALL_EXPORT, &a);
	return answer_end(&a, err);
}

struct figures box_figures(struct front *f)
{
	pthread_mutex_lock(&f->box->lock);
	struct figures now = f->box->figures;
	pthread_mutex_unlock(&f->box->lock);
	return now;
}

/* ---- who has hung up ---- */

/* The lock is held: so none of these exchanges is over, and their sockets are open. */
static uint32_t find_hung_up(struct box_line *b)
{
	uint32_t n = 0;
	for (uint32_t id = 0; id < b->n; id++) {
		const struct box_slot *s = &b->slots[id];
		bool asks = s->x && !s->gone;
		b->polls[id] =
			(struct pollfd){.fd = asks ? s->x->conn->fd : -1, .events = POLLRDHUP};
	}
	if (poll(b->polls, b->n, 0) <= 0)
		return 0;
	for (uint32_t id = 0; id < b->n; id++)
		if (b->polls[id].revents != 0) {
			b->slots[id].gone = true;
			n++;
		}
	return n;
}

void box_tell_gone(struct front *f)
{
	struct box_line *b = f->box;
	pthread_mutex_lock(&b->lock);
	uint32_t n = b->n_spare < b->n ? find_hung_up(b) : 0;
	for (uint32_t id = 0; id < b->n && n > 0; id++)
		if (b->polls[id].revents != 0)
			channel_send(b->channel, &(struct message){.kind = MESSAGE_GONE, .id = id},
				     NULL, 0);
	pthread_mutex_unlock(&b->lock);
}
