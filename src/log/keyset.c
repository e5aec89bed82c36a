/* SPDX-License-Identifier: Apache-2.0
 *
 * Linear probing, at most half full.
 */
#include "keyset.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

#define FIRST_SLOTS 64

void yihu_keyset_init(struct yihu_keyset *s)
{
	*s = (struct yihu_keyset){.slots_cap = FIRST_SLOTS};
	s->slots = yihu_calloc(s->slots_cap, sizeof *s->slots);
	randombytes_buf(s->hash_key, sizeof s->hash_key);
}

void yihu_keyset_free(struct yihu_keyset *s)
{
	free(s->keys);
	free(s->slots);
	*s = (struct yihu_keyset){0};
}

static size_t home(const struct yihu_keyset *s, const uint8_t *key)
{
	uint8_t hash[crypto_shorthash_BYTES];
	crypto_shorthash(hash, key, YIHU_KEY_BYTES, s->hash_key);
	return yihu_load_be64(hash) & (s->slots_cap - 1);
}

/* The slot that holds the key, or the free one where it would go. */
static size_t find(const struct yihu_keyset *s, const uint8_t *key)
{
	size_t at = home(s, key);
	while (s->slots[at] && memcmp(s->keys[s->slots[at] - 1], key, YIHU_KEY_BYTES) != 0)
		at = (at + 1) & (s->slots_cap - 1);
	return at;
}

bool yihu_keyset_has(const struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES])
{
	return s->slots[find(s, key)] != 0;
}

bool yihu_keyset_find(const struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES],
		      size_t *nth)
{
	uint32_t slot = s->slots[find(s, key)];
	*nth = slot - (slot != 0);
	return slot != 0;
}

static void grow_slots(struct yihu_keyset *s)
{
	free(s->slots);
	s->slots_cap *= 2;
	s->slots = yihu_calloc(s->slots_cap, sizeof *s->slots);
	for (size_t i = 0; i < s->n; i++)
		s->slots[find(s, s->keys[i])] = (uint32_t)(i + 1);
}

void yihu_keyset_add(struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES])
{
	assert(s->n < UINT32_MAX);
	if (2 * (s->n + 1) > s->slots_cap)
		grow_slots(s);
	if (s->n == s->keys_cap) {
		s->keys_cap = s->keys_cap ? 2 * s->keys_cap : FIRST_SLOTS;
		s->keys = yihu_realloc(s->keys, s->keys_cap, sizeof *s->keys);
	}
	size_t at = find(s, key);
	assert(s->slots[at] == 0);
	memcpy(s->keys[s->n], key, YIHU_KEY_BYTES);
	s->slots[at] = (uint32_t)++s->n;
}

/* Keys leave in the reverse of the order they came in (rehashing keeps it), so
 * no chain ever runs across the slot of one that leaves. */
void yihu_keyset_truncate(struct yihu_keyset *s, size_t n)
{
	assert(n <= s->n);
	while (s->n > n) {
		size_t at = find(s, s->keys[s->n - 1]);
		assert(s->slots[at] == s->n);
		s->slots[at] = 0;
		s->n--;
	}
}
