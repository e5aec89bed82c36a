/* SPDX-License-Identifier: Apache-2.0
 *
 * A ring of tags, with chains through it. Tags have a key of this run, so nobody makes a
 * chain long.
 */
#include "known_false.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

#define CHAINS KNOWN_FALSE_MAX /* a power of two */
#define TEXT_BYTES 128         /* no check of a ballot says more */

struct false_ballot {
	uint8_t tag[KNOWN_FALSE_TAG_BYTES];
	uint32_t next; /* in its chain: 1 + place; 0 ends it */
	int code;
	char text[TEXT_BYTES];
};
struct known_false {
	uint8_t key[crypto_generichash_KEYBYTES];
	pthread_mutex_t lock; /* of the rest */
	uint32_t n, oldest;   /* oldest: once it is full */
	uint32_t chains[CHAINS];
	struct false_ballot of[KNOWN_FALSE_MAX];
};

struct known_false *known_false_new(void)
{
	/* Pages that are never touched are never there. */
	struct known_false *k = yihu_calloc(1, sizeof *k);
	randombytes_buf(k->key, sizeof k->key);
	pthread_mutex_init(&k->lock, NULL);
	return k;
}

void known_false_free(struct known_false *k)
{
	pthread_mutex_destroy(&k->lock);
	free(k);
}

void known_false_tag(const struct known_false *k, uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		     const void *ballot, size_t len)
{
	crypto_generichash(tag, KNOWN_FALSE_TAG_BYTES, ballot, len, k->key, sizeof k->key);
}

/* The lock is held from here on. */

static uint32_t *chain_of(struct known_false *k, const uint8_t *tag)
{
	return &k->chains[yihu_load_be32(tag) % CHAINS];
}

/* Where its place stands, or would at the chain's end. */
static uint32_t *link_to(struct known_false *k, const uint8_t *tag)
{
	uint32_t *link = chain_of(k, tag);
	while (*link && memcmp(k->of[*link - 1].tag, tag, KNOWN_FALSE_TAG_BYTES) != 0)
		link = &k->of[*link - 1].next;
	return link;
}

/* One that nobody has, or no longer. */
static uint32_t take_place(struct known_false *k)
{
	if (k->n < KNOWN_FALSE_MAX)
		return k->n++;
	uint32_t place = k->oldest;
	*link_to(k, k->of[place].tag) = k->of[place].next;
	k->oldest = (place + 1) % KNOWN_FALSE_MAX;
	return place;
}

static void add(struct known_false *k, const uint8_t *tag, const struct yihu_error *err)
{
	uint32_t place = take_place(k), *first = chain_of(k, tag);
	struct false_ballot *b = &k->of[place];
	memcpy(b->tag, tag, sizeof b->tag);
	b->code = err->code;
	memcpy(b->text, err->text, strlen(err->text) + 1);
	b->next = *first;
	*first = place + 1;
}

/* The lock is taken here. */

bool known_false_find(struct known_false *k, const uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		      struct yihu_error *err)
{
	pthread_mutex_lock(&k->lock);
	uint32_t place = *link_to(k, tag);
	if (place)
		yihu_fail(err, k->of[place - 1].code, "%s", k->of[place - 1].text);
	pthread_mutex_unlock(&k->lock);
	return place != 0;
}

void known_false_add(struct known_false *k, const uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		     const struct yihu_error *err)
{
	if (strlen(err->text) >= TEXT_BYTES)
		return;
	pthread_mutex_lock(&k->lock);
	if (!*link_to(k, tag))
		add(k, tag, err);
	pthread_mutex_unlock(&k->lock);
}
