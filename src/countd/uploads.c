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

unsigned uploads_take(struct uploads *u, enum yihu_public_kind kind, uint32_t who)
{
	unsigned free_one = 0, same = 0;
	pthread_mutex_lock(&u->lock);
	for (unsigned i = 0; i < UPLOADS_MAX; i++) {
		const struct upload *p = &u->places[i];
		if (!p->taken)
			free_one = free_one ? free_one : i + 1;
		else
			same += p->kind == kind && p->who == who;
	}
	unsigned most = who ? 1 : UPLOADS_UNSIGNED_MAX;
	unsigned place = same < most ? free_one : 0;
	if (place)
		u->places[place - 1] = (struct upload){.kind = kind, .who = who, .taken = true};
	pthread_mutex_unlock(&u->lock);
	return place;
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
