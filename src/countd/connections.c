/* SPDX-License-Identifier: Apache-2.0
 *
 * Open connections and their deadlines.
 */
#include "connections.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <yihu/bytes.h>

#define HURRY_MS 1000u        /* in which a request comes that is not held back, and … */
#define TAKES_MS 10000u       /* … most answers are taken */
#define NETWORK_HOUSEHOLDS 4u /* that a /48 may use up */
#define AT_ONCE 16u           /* make room at most, and … */
#define FEW 16u               /* … a sixteenth of what an address has */

void connections_init(struct connections *c)
{
	*c = (struct connections){0};
	pthread_mutex_init(&c->lock, NULL);
	randombytes_buf(c->key, sizeof c->key);
}

void connections_finish(struct connections *c)
{
	assert(!c->first);
	pthread_mutex_destroy(&c->lock);
}

static uint16_t tally_of(const struct connections *c, const struct address *a)
{
	uint8_t bytes[1 + sizeof a->bytes] = {(uint8_t)a->kind}, hash[crypto_shorthash_BYTES];
	const struct address household = address_household(a);
	memcpy(bytes + 1, household.bytes, sizeof household.bytes);
	crypto_shorthash(hash, bytes, sizeof bytes, c->key);
	return (uint16_t)((hash[0] << 8 | hash[1]) % CONNECTIONS_TALLIES);
}

void connection_enters(struct connection *one, enum phase phase, uint64_t now_ms)
{
	unsigned was = atomic_load(&one->phase);
	if (was == PHASE_ENDED)
		return;
	atomic_store(&one->since_ms, now_ms);
	/* It may be ended from another thread at this moment. */
	while (was != PHASE_ENDED && !atomic_compare_exchange_weak(&one->phase, &was, phase))
		;
}

struct connection *connections_add(struct connections *c, int fd, const struct address *peer,
				   uint64_t now_ms, uint64_t deadline_ms)
{
	struct connection *one = yihu_calloc(1, sizeof *one);
	one->fd = fd;
	one->peer = *peer;
	one->tally = tally_of(c, peer);
	atomic_init(&one->deadline_ms, deadline_ms);
	connection_enters(one, PHASE_WAITS, now_ms);
	pthread_mutex_lock(&c->lock);
	one->next = c->first;
	if (c->first)
		c->first->prev = one;
	c->first = one;
	c->n++;
	pthread_mutex_unlock(&c->lock);
	return one;
}

void connections_remove(struct connections *c, struct connection *one)
{
	pthread_mutex_lock(&c->lock);
	if (one->prev)
		one->prev->next = one->next;
	else
		c->first = one->next;
	if (one->next)
		one->next->prev = one->prev;
	c->n--;
	c->making_room -= one->makes_room;
	pthread_mutex_unlock(&c->lock);
	free(one);
}

unsigned connections_count(struct connections *c)
{
	pthread_mutex_lock(&c->lock);
	unsigned n = c->n;
	pthread_mutex_unlock(&c->lock);
	return n;
}

void connection_end(struct connection *one, bool plain)
{
	static const char late[] = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n"
				   "Connection: close\r\n\r\n";
	unsigned phase = atomic_exchange(&one->phase, PHASE_ENDED);
	/* One that was served and asks nothing would take it for the answer to what it asks
	 * next. */
	bool asks =
		phase == PHASE_RECEIVES || (phase == PHASE_WAITS && atomic_load(&one->served) == 0);
	if (plain && asks)
		send(one->fd, late, sizeof late - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	shutdown(one->fd, SHUT_RDWR);
	atomic_store(&one->deadline_ms, 0);
}

/* Without a word: a browser that had no question open asks elsewhere. */
static void end_idle(struct connection *one)
{
	atomic_store(&one->phase, PHASE_ENDED); /* not chosen again while it ends */
	shutdown(one->fd, SHUT_RDWR);
}

/* Nothing of its own is lost to whoever has it. */
static bool is_idle(const struct connection *one)
{
	unsigned phase = atomic_load(&one->phase);
	return phase == PHASE_WAITS || phase == PHASE_HELD;
}

/* Those behind in the list came earlier. */
static bool is_longer(const struct connection *a, const struct connection *b)
{
	return atomic_load(&a->since_ms) <= atomic_load(&b->since_ms);
}

static bool goes_before(const struct connection *a, const struct connection *b)
{
	bool served_a = atomic_load(&a->served) > 0, served_b = atomic_load(&b->served) > 0;
	return served_a != served_b ? served_a : is_longer(a, b);
}

/* That count for the same, or for its network. */
struct others {
	unsigned same, near;
	struct connection *idlest, *idlest_near; /* of those that wait, or NULL */
};

static void keep_idlest(struct connection **idlest, struct connection *one)
{
	if (is_idle(one) && (!*idlest || goes_before(one, *idlest)))
		*idlest = one;
}

static struct others count_others(const struct connections *c, const struct connection *but)
{
	struct others o = {0};
	const struct address near = address_network(&but->counts_for);
	for (struct connection *one = c->first; one; one = one->next) {
		const struct address network = address_network(&one->counts_for);
		if (one == but || !address_same(&network, &near))
			continue;
		o.near++;
		keep_idlest(&o.idlest_near, one);
		if (!address_same(&one->counts_for, &but->counts_for))
			continue;
		o.same++;
		keep_idlest(&o.idlest, one);
	}
	return o;
}

/* Makes room among its own. */
static bool has_room(const struct connections *c, const struct connection *one, unsigned each)
{
	struct others o = count_others(c, one);
	struct connection *idlest = o.same >= each ? o.idlest : o.idlest_near;
	if (o.same < each && o.near < NETWORK_HOUSEHOLDS * each)
		return true;
	if (idlest)
		end_idle(idlest);
	return idlest != NULL;
}

bool connections_count_for(struct connections *c, struct connection *one, const struct address *a,
			   const struct connection_limits *limits)
{
	bool room = true;
	pthread_mutex_lock(&c->lock);
	one->counts_for = address_household(a);
	one->tally = tally_of(c, a->kind != ADDRESS_NONE ? a : &one->peer);
	if (a->kind != ADDRESS_NONE && c->n > limits->scarce)
		room = has_room(c, one, limits->each);
	pthread_mutex_unlock(&c->lock);
	return room;
}

/* ---- who makes room for one that comes ---- */

static bool may_end(const struct connection *one)
{
	unsigned phase = atomic_load(&one->phase);
	return phase != PHASE_MADE && phase != PHASE_ENDED && !one->makes_room &&
	       !atomic_load(&one->spared);
}

/* The lower one goes first. */
static unsigned turn_of(const struct connection *one, uint64_t now_ms)
{
	unsigned phase = atomic_load(&one->phase);
	uint64_t since = atomic_load(&one->since_ms), ms = now_ms > since ? now_ms - since : 0;
	if (phase == PHASE_HELD || (phase == PHASE_WAITS && atomic_load(&one->served) > 0))
		return 0;
	if (phase != PHASE_SENDS)
		return ms > HURRY_MS ? 1 : 3;
	return ms > TAKES_MS ? 2 : 4;
}

struct candidate {
	struct connection *one;
	unsigned many, turn; /* of its address; its own */
};

static bool goes_first(const struct candidate *a, const struct candidate *b)
{
	if (a->many != b->many)
		return a->many > b->many;
	return a->turn != b->turn ? a->turn < b->turn : is_longer(a->one, b->one);
}

/* Some of those that go first, in their order. */
struct leavers {
	struct candidate of[AT_ONCE];
	unsigned n, max;
};

static void line_up(struct leavers *l, struct candidate x)
{
	unsigned at = l->n < l->max ? l->n++ : l->max - 1;
	if (at == l->max - 1 && l->of[at].one && !goes_first(&x, &l->of[at]))
		return;
	for (; at > 0 && goes_first(&x, &l->of[at - 1]); at--)
		l->of[at] = l->of[at - 1];
	l->of[at] = x;
}

/* The most that one address has. */
static unsigned count_tallies(struct connections *c)
{
	unsigned most = 0;
	memset(c->tallies, 0, sizeof c->tallies);
	for (struct connection *one = c->first; one; one = one->next) {
		if (!may_end(one))
			continue;
		unsigned many = ++c->tallies[one->tally];
		most = many > most ? many : most;
	}
	return most;
}

/* To look at all of them costs; of an address that has many it finds several. */
static struct leavers choose(struct connections *c, const struct connection *newcomer,
			     uint64_t now_ms)
{
	unsigned some = count_tallies(c) / FEW;
	struct leavers l = {.max = some < 1 ? 1 : some > AT_ONCE ? AT_ONCE : some};
	for (struct connection *one = c->first; one; one = one->next)
		if (one != newcomer && may_end(one))
			line_up(&l, (struct candidate){.one = one,
						       .many = c->tallies[one->tally],
						       .turn = turn_of(one, now_ms)});
	return l;
}

static void make_room(struct connections *c, struct connection *one, bool plain)
{
	one->makes_room = true;
	c->making_room++;
	if (is_idle(one))
		end_idle(one);
	else
		connection_end(one, plain);
}

unsigned connections_relieve(struct connections *c, const struct connection *newcomer,
			     unsigned most, uint64_t now_ms, bool plain)
{
	struct leavers l = {0};
	pthread_mutex_lock(&c->lock);
	if (c->n - c->making_room > most)
		l = choose(c, newcomer, now_ms);
	for (unsigned i = 0; i < l.n; i++)
		make_room(c, l.of[i].one, plain);
	pthread_mutex_unlock(&c->lock);
	return l.n;
}

unsigned connections_reap(struct connections *c, uint64_t now_ms, bool plain)
{
	unsigned n = 0;
	pthread_mutex_lock(&c->lock);
	for (struct connection *one = c->first; one; one = one->next) {
		uint64_t deadline = atomic_load(&one->deadline_ms);
		if (deadline == 0 || now_ms < deadline)
			continue;
		connection_end(one, plain);
		n++;
	}
	pthread_mutex_unlock(&c->lock);
	return n;
}
