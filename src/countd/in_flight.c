/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots under way, a few bytes a letter.
 */
#include "in_flight.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

void in_flight_init(struct in_flight *f)
{
	*f = (struct in_flight){0};
	pthread_mutex_init(&f->lock, NULL);
}

void in_flight_finish(struct in_flight *f)
{
	for (uint32_t i = 0; i < f->n; i++)
		assert(f->of[i].places == 0 && f->of[i].proofs == 0 && !f->of[i].on_trial);
	free(f->of);
	pthread_mutex_destroy(&f->lock);
}

/* The lock is held. */
static struct letter_places *places_of(struct in_flight *f, uint32_t serial)
{
	assert(serial >= 1);
	if (serial > f->n) {
		uint32_t n = serial + serial / 8;
		f->of = yihu_realloc(f->of, n, sizeof *f->of);
		memset(f->of + f->n, 0, (n - f->n) * sizeof *f->of);
		f->n = n;
	}
	return &f->of[serial - 1];
}

static bool take(uint8_t *used)
{
	if (*used == IN_FLIGHT_MAX)
		return false;
	++*used;
	return true;
}

static void give(uint8_t *used)
{
	assert(*used > 0);
	--*used;
}

static enum in_flight_place take_place(struct letter_places *l)
{
	if (!l->doubted)
		return take(&l->places) ? PLACE_OWN : PLACE_NONE;
	if (l->on_trial)
		return PLACE_REFUSED;
	l->on_trial = true;
	return PLACE_TRIAL;
}

enum in_flight_place in_flight_take_place(struct in_flight *f, uint32_t serial)
{
	pthread_mutex_lock(&f->lock);
	enum in_flight_place place = take_place(places_of(f, serial));
	pthread_mutex_unlock(&f->lock);
	return place;
}

bool in_flight_take_proof(struct in_flight *f, uint32_t serial)
{
	pthread_mutex_lock(&f->lock);
	bool taken = take(&places_of(f, serial)->proofs);
	pthread_mutex_unlock(&f->lock);
	return taken;
}

void in_flight_give_place(struct in_flight *f, uint32_t serial, enum in_flight_place place)
{
	if (place != PLACE_OWN && place != PLACE_TRIAL)
		return;
	pthread_mutex_lock(&f->lock);
	struct letter_places *l = places_of(f, serial);
	if (place == PLACE_OWN)
		give(&l->places);
	else
		l->on_trial = false;
	pthread_mutex_unlock(&f->lock);
}

void in_flight_give_proof(struct in_flight *f, uint32_t serial)
{
	pthread_mutex_lock(&f->lock);
	give(&places_of(f, serial)->proofs);
	pthread_mutex_unlock(&f->lock);
}

void in_flight_doubt(struct in_flight *f, uint32_t serial)
{
	pthread_mutex_lock(&f->lock);
	places_of(f, serial)->doubted = true;
	pthread_mutex_unlock(&f->lock);
}

bool in_flight_doubted(struct in_flight *f, uint32_t serial)
{
	pthread_mutex_lock(&f->lock);
	bool doubted = places_of(f, serial)->doubted;
	pthread_mutex_unlock(&f->lock);
	return doubted;
}
