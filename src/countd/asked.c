/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls under way, by the number that the HTTP side gave them.
 */
#include "asked.h"

#include <stdlib.h>
#include <yihu/clock.h>

#include "channel.h"
#include "daemon.h"
#include "hand_over.h"
#include "take.h"

#define FRONT_MS 30000 /* in which the HTTP side starts */
#define TAKE_MS 2000   /* in which the last answers are taken */

struct asked_calls {
	struct countd *d;
	struct channel *channel;
	pthread_mutex_t lock;   /* of calls */
	struct request **calls; /* by id; NULL: none is under way */
	uint32_t n;
	struct figures told;
	bool any_told;
	enum { NO_MARK, MARK_SENT, MARK_BACK } mark; /* the lock is its, too */
};

/* The request may be answered and gone; then nobody is to be told. */
static bool note_gone(struct asked_calls *a, uint32_t id)
{
	pthread_mutex_lock(&a->lock);
	if (a->calls[id])
		atomic_store(&a->calls[id]->gone, true);
	pthread_mutex_unlock(&a->lock);
	return true;
}

/* false: it was not asked. */
static bool note_marked(struct asked_calls *a)
{
	pthread_mutex_lock(&a->lock);
	bool asked = a->mark == MARK_SENT;
	if (asked)
		a->mark = MARK_BACK;
	pthread_mutex_unlock(&a->lock);
	return asked;
}

static void answered(struct request *r)
{
	struct asked_calls *a = r->context;
	struct message m = {.kind = MESSAGE_ANSWER, .id = r->id};
	struct yihu_buf parts[2] = {{0}, r->answer.body};
	pthread_mutex_lock(&a->lock);
	a->calls[r->id] = NULL;
	pthread_mutex_unlock(&a->lock);
	message_put_answer(&parts[0], &r->answer);
	channel_send(a->channel, &m, parts, 2);
	yihu_buf_free(&parts[0]);
	request_free(r);
}

/* false: a call with this id is under way. */
static bool enter(struct asked_calls *a, struct request *r)
{
	pthread_mutex_lock(&a->lock);
	bool is_free = !a->calls[r->id];
	if (is_free)
		a->calls[r->id] = r;
	pthread_mutex_unlock(&a->lock);
	return is_free;
}

/* As the HTTP side says, which knows the future no better. How far back it may lie, the
 * box knows. By the time since, the wall clock's second is one of two; a ballot of the
 * poll's last one is not to be taken for one of the next. */
static void set_received(struct request *r, const struct message *m)
{
	uint64_t back_ms = m->at_ms < r->received_ms ? r->received_ms - m->at_ms : 0;
	uint64_t back_s = back_ms / 1000 < r->received ? back_ms / 1000 : r->received;
	r->received_ms -= back_ms;
	r->received -= back_s;
	if (r->received > 0 && (uint8_t)(r->received - 1) == m->second)
		r->received--;
}

static void begin_read(struct queue *q, struct request *r)
{
	if (queue_push(q, r))
		return;
	answer_stopping(&r->answer);
	countd_finish(r);
}

static struct request *request_of(struct asked_calls *a, const struct message *m,
				  const struct message_call *c)
{
	struct yihu_buf body = {0};
	yihu_buf_put(&body, c->body, c->len);
	struct request *r = request_new(a->d, (enum call)m->kind, c->tail, &body);
	set_received(r, m);
	r->id = m->id;
	r->answered = answered;
	r->context = a;
	return r;
}

static void begin_tile(struct countd *d, struct request *r)
{
	if (queue_waiting(&d->read_log) < COUNTD_TILES_MAX) {
		begin_read(&d->read_log, r);
		return;
	}
	atomic_fetch_add(&d->metrics.tiles_shed, 1);
	answer_busy_reading(&r->answer);
	countd_finish(r);
}

/* What only reads may wait for a disk: not here. */
static void begin(struct countd *d, struct request *r)
{
	if (r->call == CALL_BALLOT || r->call == CALL_ENTRY)
		countd_take(r);
	else if (r->call == CALL_TILE)
		begin_tile(d, r);
	else
		begin_read(r->call == CALL_EXPORT ? &d->read_log : &d->read, r);
}

static bool message(void *context, const struct message *m)
{
	struct asked_calls *a = context;
	struct message_call c;
	if (m->kind == MESSAGE_GONE)
		return note_gone(a, m->id);
	if (m->kind == MESSAGE_MARKED)
		return note_marked(a);
	if ((enum call)m->kind >= N_CALLS || !message_call_read(&c, m))
		return false;
	struct request *r = request_of(a, m, &c);
	free(c.tail);
	if (!enter(a, r)) {
		request_free(r);
		return false;
	}
	begin(a->d, r);
	return true;
}

static void ended(void *context, const struct yihu_error *err)
{
	struct countd *d = ((struct asked_calls *)context)->d;
	if (atomic_load(&d->stopping))
		return;
	atomic_store(&d->front_gone, true);
	countd_warn(&d->log, "the HTTP side has ended: %s",
		    err ? err->text : "its process is gone");
}

struct asked_calls *asked_new(struct countd *d, int fd, uint32_t n_ids)
{
	struct asked_calls *a = yihu_calloc(1, sizeof *a);
	const struct channel_user user = {.way = MESSAGE_TO_BOX,
					  .n_ids = n_ids,
					  .message = message,
					  .ended = ended,
					  .context = a};
	*a = (struct asked_calls){.d = d, .n = n_ids};
	a->calls = yihu_calloc(n_ids, sizeof *a->calls);
	pthread_mutex_init(&a->lock, NULL);
	a->channel = channel_new(fd, &user);
	return a;
}

void asked_free(struct asked_calls *a)
{
	if (!a)
		return;
	channel_free(a->channel);
	pthread_mutex_destroy(&a->lock);
	free(a->calls);
	free(a);
}

int asked_wait_front(struct asked_calls *a, struct yihu_error *err)
{
	struct message m;
	int said = 0, r = channel_first(a->channel, &m, FRONT_MS, err);
	if (r == 0 && (m.kind != MESSAGE_FRONT || !message_error_read(&said, err, &m)))
		r = yihu_fail(err, YIHU_EFORMAT, _("the daemon's other side does not answer"));
	return r ? r : said;
}

static void tell(struct asked_calls *a, enum message_kind kind, struct yihu_buf *body)
{
	channel_send(a->channel, &(struct message){.kind = kind}, body, body ? 1 : 0);
	if (body)
		yihu_buf_free(body);
}

void asked_progress(struct asked_calls *a, uint64_t done, uint64_t total)
{
	struct yihu_buf body = {0};
	yihu_buf_be64(&body, done);
	yihu_buf_be64(&body, total);
	tell(a, MESSAGE_PROGRESS, &body);
}

int asked_serve(struct asked_calls *a, struct yihu_error *err)
{
	tell(a, MESSAGE_SERVES, NULL);
	int r = asked_wait_front(a, err); /* it knows */
	return r ? r : channel_start(a->channel, err);
}

static bool same_stage(const struct figures *a, const struct figures *b)
{
	return a->ended == b->ended && a->closed == b->closed && a->called_off == b->called_off;
}

void asked_figures(struct asked_calls *a, const struct figures *f)
{
	struct yihu_buf body = {0};
	if (!a || (a->any_told && same_stage(&a->told, f)))
		return;
	a->told = *f;
	a->any_told = true;
	message_put_figures(&body, f);
	tell(a, MESSAGE_FIGURES, &body);
}

void asked_hold(struct asked_calls *a)
{
	channel_hold(a->channel);
}

void asked_release(struct asked_calls *a)
{
	channel_release(a->channel);
}

void asked_wait_room(struct asked_calls *a)
{
	channel_wait_room(a->channel);
}

void asked_mark(struct asked_calls *a)
{
	pthread_mutex_lock(&a->lock);
	bool is_on_its_way = a->mark == MARK_SENT;
	a->mark = MARK_SENT;
	pthread_mutex_unlock(&a->lock);
	if (!is_on_its_way)
		tell(a, MESSAGE_MARK, NULL);
}

bool asked_marked(struct asked_calls *a)
{
	pthread_mutex_lock(&a->lock);
	bool is = a->mark == MARK_BACK;
	pthread_mutex_unlock(&a->lock);
	return is;
}

void asked_reload(struct asked_calls *a)
{
	tell(a, MESSAGE_RELOAD, NULL);
}

void asked_stop(struct asked_calls *a)
{
	tell(a, MESSAGE_STOPS, NULL);
	channel_wait_no_more(a->channel);
}

void asked_finish(struct asked_calls *a)
{
	channel_finish(a->channel, TAKE_MS);
}
