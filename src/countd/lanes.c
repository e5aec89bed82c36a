/* SPDX-License-Identifier: Apache-2.0
 *
 * Lanes with shares: each counts what it was served, a lane with a large share slowly;
 * the next comes out of the one that counts least. One that was empty begins where the
 * others are, so that nobody saves up.
 */
#include "lanes.h"

#include <assert.h>
#include <yihu/text.h>

#include "request.h"

#define WHOLE 8
#define SIGNED_COST 4096 /* of SIGNED at most, in signatures: some tenths of a second */
#define SIGNED_LEAST 64

static const struct {
	const char *name;
	unsigned share; /* of WHOLE */
} kinds[N_LANES] = {
	[LANE_SIGNED] = {"signed", 8},
	[LANE_UNSIGNED] = {"unsigned", 4},
	[LANE_ISSUER] = {"issuer", 2},
	[LANE_CROWDED] = {"crowded", 1},
};

const char *lane_name(enum lane lane)
{
	return kinds[lane].name;
}

void lanes_set_width(struct lanes *l, uint32_t width)
{
	unsigned proofs = SIGNED_COST / width;
	l->width = width;
	l->of[LANE_SIGNED].max = proofs > SIGNED_LEAST ? proofs : SIGNED_LEAST;
}

void lanes_init(struct lanes *l, unsigned max)
{
	*l = (struct lanes){0};
	lanes_set_width(l, 1);
	for (enum lane i = LANE_SIGNED + 1; i < N_LANES; i++)
		l->of[i].max = max > 1 ? max / 2 : 1;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->filled, NULL);
}

void lanes_finish(struct lanes *l)
{
	for (int i = 0; i < N_LANES; i++)
		assert(!l->of[i].head);
	pthread_cond_destroy(&l->filled);
	pthread_mutex_destroy(&l->lock);
}

/* The lock is held from here on. */

static uint64_t waited(const struct request *r, uint64_t now_ms)
{
	return r && now_ms > r->waits_since_ms ? now_ms - r->waits_since_ms : 0;
}

static void note_wait(struct lanes *l, enum lane lane, uint64_t now_ms)
{
	struct lane_queue *q = &l->of[lane];
	overload_waited(&q->overload, waited(q->head, now_ms), now_ms);
}

static void pay(struct lanes *l, enum lane lane, uint32_t cost)
{
	l->of[lane].served += (uint64_t)cost * WHOLE / kinds[lane].share;
}

static void catch_up(struct lanes *l, enum lane lane)
{
	if (l->of[lane].served < l->served)
		l->of[lane].served = l->served;
}

static void put(struct lanes *l, enum lane lane, struct request *r, uint64_t now_ms)
{
	struct lane_queue *q = &l->of[lane];
	r->next = NULL;
	r->waits_since_ms = now_ms;
	if (q->tail)
		q->tail->next = r;
	else
		q->head = r;
	q->tail = r;
	if (q->n++ == 0)
		catch_up(l, lane);
	pthread_cond_signal(&l->filled);
}

static struct request *take_first(struct lanes *l, enum lane lane)
{
	struct lane_queue *q = &l->of[lane];
	struct request *r = q->head;
	q->head = r->next;
	if (!q->head)
		q->tail = NULL;
	q->n--;
	r->next = NULL;
	return r;
}

/* Those that may be signed soon wait while there is no room for them. */
static bool may_be_served(const struct lanes *l, enum lane lane)
{
	bool leads_on = lane == LANE_UNSIGNED || lane == LANE_CROWDED;
	return l->of[lane].n > 0 && !(leads_on && l->of[LANE_SIGNED].n >= l->of[LANE_SIGNED].max);
}

/* The lane whose turn it is, of those that have somebody, with `also` among them;
 * N_LANES: none. */
static enum lane whose_turn(const struct lanes *l, enum lane also)
{
	enum lane best = N_LANES;
	for (enum lane i = 0; i < N_LANES; i++)
		if ((i == also || may_be_served(l, i)) &&
		    (best == N_LANES || l->of[i].served < l->of[best].served))
			best = i;
	return best;
}

static enum lane late_one(const struct lanes *l, uint64_t now_ms)
{
	for (enum lane i = LANE_SIGNED + 1; i < N_LANES; i++)
		if (waited(l->of[i].head, now_ms) >= LANES_WAIT_MS)
			return i;
	return N_LANES;
}

/* Nor does a lane save up whose turn cannot come. */
static void serve(struct lanes *l, enum lane lane)
{
	l->served = l->of[lane].served;
	pay(l, lane, lane == LANE_SIGNED ? l->width : 1);
	for (enum lane i = 0; i < N_LANES; i++)
		if (i != lane && !may_be_served(l, i))
			catch_up(l, i);
}

static enum lane next_lane(struct lanes *l, bool *late)
{
	uint64_t now_ms = yihu_clock_monotonic_ms();
	enum lane lane = late_one(l, now_ms);
	*late = lane != N_LANES;
	if (!*late) {
		lane = whose_turn(l, N_LANES);
		if (lane != N_LANES)
			serve(l, lane);
	}
	if (lane != N_LANES)
		note_wait(l, lane, now_ms);
	return lane;
}

/* The lock is taken here. */

enum lanes_push lanes_push(struct lanes *l, enum lane lane, struct request *r, uint64_t now_ms)
{
	assert(lane != LANE_SIGNED && lane < N_LANES);
	enum lanes_push result = LANES_TAKEN;
	pthread_mutex_lock(&l->lock);
	struct lane_queue *q = &l->of[lane];
	if (l->closed)
		result = LANES_CLOSED;
	else if (q->n >= q->max || waited(q->head, now_ms) >= LANES_WAIT_MS)
		result = LANES_FULL;
	else
		put(l, lane, r, now_ms);
	if (result == LANES_FULL)
		overload_full(&q->overload, now_ms);
	pthread_mutex_unlock(&l->lock);
	return result;
}

struct request *lanes_take(struct lanes *l, enum lane *lane, bool *late)
{
	struct request *r = NULL;
	pthread_mutex_lock(&l->lock);
	while ((*lane = next_lane(l, late)) == N_LANES && !l->closed)
		pthread_cond_wait(&l->filled, &l->lock);
	if (*lane != N_LANES)
		r = take_first(l, *lane);
	pthread_mutex_unlock(&l->lock);
	return r;
}

bool lanes_go_on(struct lanes *l, struct request *r, uint64_t now_ms)
{
	pthread_mutex_lock(&l->lock);
	bool empty = l->of[LANE_SIGNED].n == 0;
	if (empty)
		catch_up(l, LANE_SIGNED);
	bool at_once = empty && whose_turn(l, LANE_SIGNED) == LANE_SIGNED;
	if (at_once)
		serve(l, LANE_SIGNED);
	else
		put(l, LANE_SIGNED, r, now_ms);
	pthread_mutex_unlock(&l->lock);
	return at_once;
}

void lanes_pay_proof(struct lanes *l, enum lane lane)
{
	pthread_mutex_lock(&l->lock);
	pay(l, lane, l->width);
	pthread_mutex_unlock(&l->lock);
}

void lanes_close(struct lanes *l)
{
	pthread_mutex_lock(&l->lock);
	l->closed = true;
	pthread_cond_broadcast(&l->filled);
	pthread_mutex_unlock(&l->lock);
}

bool lanes_overloaded(struct lanes *l, enum lane lane, uint64_t now_ms)
{
	pthread_mutex_lock(&l->lock);
	note_wait(l, lane, now_ms);
	bool is = overload_is(&l->of[lane].overload, now_ms);
	pthread_mutex_unlock(&l->lock);
	return is;
}

struct lane_figures lanes_figures(struct lanes *l, enum lane lane, uint64_t now_ms)
{
	pthread_mutex_lock(&l->lock);
	struct lane_figures f = {.n = l->of[lane].n, .age_ms = waited(l->of[lane].head, now_ms)};
	pthread_mutex_unlock(&l->lock);
	return f;
}
