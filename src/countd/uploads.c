/* SPDX-License-Identifier: Apache-2.0
 *
 * Public files under way.
 */
#include "uploads.h"

void uploads_init(struct uploads *u)
{
	*u = (struct uploads){0};
	pthread_mutex_init(&u->lock, NULL);
}

void uploads_finish(struct uploads *u)
{
	pthread_mutex_destroy(&u->lock);
}

static unsigned count(const struct uploads *u, enum yihu_public_kind kind, uint32_t who)
{
	unsigned n = 0;
	for (unsigned i = 0; i < UPLOADS_MAX; i++) {
		const struct upload *p = &u->places[i];
		n += p->taken && !p->ended && p->kind == kind && p->who == who;
	}
	return n;
}

/* The lock is held. */
static unsigned take_free(struct uploads *u, const struct upload *what)
{
	for (unsigned i = 0; i < UPLOADS_MAX; i++)
		if (!u->places[i].taken) {
			u->places[i] = *what;
			u->places[i].taken = true;
			u->places[i].turn = ++u->turns;
			return i + 1;
		}
	return 0;
}

unsigned uploads_take(struct uploads *u, enum yihu_public_kind kind, uint32_t who)
{
	const struct upload what = {.kind = kind, .who = who};
	pthread_mutex_lock(&u->lock);
	unsigned place = count(u, kind, who) == 0 ? take_free(u, &what) : 0;
	pthread_mutex_unlock(&u->lock);
	return place;
}

/* ---- of those that nobody signs ---- */

static bool may_end(const struct upload *p)
{
	return p->taken && !p->ended && !p->whole && p->conn;
}

static unsigned count_from(const struct uploads *u, const struct address *from)
{
	unsigned n = 0;
	for (unsigned i = 0; i < UPLOADS_MAX; i++)
		n += may_end(&u->places[i]) && address_same(&u->places[i].from, from);
	return n;
}

static bool makes_room_before(const struct uploads *u, const struct upload *a,
			      const struct upload *b)
{
	unsigned many_a = count_from(u, &a->from), many_b = count_from(u, &b->from);
	return many_a != many_b ? many_a > many_b : a->turn < b->turn;
}

/* The lock is held: so its request is not over, and its connection is there. */
static bool make_room(struct uploads *u, bool plain)
{
	struct upload *worst = NULL;
	for (unsigned i = 0; i < UPLOADS_MAX; i++) {
		struct upload *p = &u->places[i];
		if (may_end(p) && (!worst || makes_room_before(u, p, worst)))
			worst = p;
	}
	if (!worst)
		return false;
	worst->ended = true;
	connection_end(worst->conn, plain);
	return true;
}

unsigned uploads_take_unsigned(struct uploads *u, enum yihu_public_kind kind,
			       struct connection *conn, const struct address *from, bool plain)
{
	const struct upload what = {.kind = kind, .conn = conn, .from = address_household(from)};
	pthread_mutex_lock(&u->lock);
	bool room = count(u, kind, 0) < UPLOADS_UNSIGNED_MAX || make_room(u, plain);
	unsigned place = room ? take_free(u, &what) : 0;
	pthread_mutex_unlock(&u->lock);
	return place;
}

void uploads_whole(struct uploads *u, unsigned place)
{
	if (!place)
		return;
	pthread_mutex_lock(&u->lock);
	u->places[place - 1].whole = true;
	pthread_mutex_unlock(&u->lock);
}

void uploads_give_back(struct uploads *u, unsigned place)
{
	if (!place)
		return;
	pthread_mutex_lock(&u->lock);
	u->places[place - 1].taken = false;
	pthread_mutex_unlock(&u->lock);
}

unsigned uploads_count(struct uploads *u)
{
	unsigned n = 0;
	pthread_mutex_lock(&u->lock);
	for (unsigned i = 0; i < UPLOADS_MAX; i++)
		n += u->places[i].taken;
	pthread_mutex_unlock(&u->lock);
	return n;
}
