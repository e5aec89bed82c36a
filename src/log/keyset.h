/* SPDX-License-Identifier: Apache-2.0
 *
 * A set of 32-byte keys that remembers the order they came in, so that the
 * last ones can be taken back: the public keys and the ciphertexts' A that a
 * log has used. Open addressing; the hash is keyed with random bytes, since
 * whoever votes chooses what goes in.
 */
#ifndef YIHU_LOG_KEYSET_H
#define YIHU_LOG_KEYSET_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define YIHU_KEY_BYTES 32

struct yihu_keyset {
	uint8_t (*keys)[YIHU_KEY_BYTES]; /* in the order they came */
	size_t n, keys_cap;
	uint32_t *slots;  /* place in keys + 1; 0 is free */
	size_t slots_cap; /* a power of two */
	uint8_t hash_key[crypto_shorthash_KEYBYTES];
};
/* An empty one, with a hash key of its own. */
void yihu_keyset_init(struct yihu_keyset *s);
/* One that is all zero is fine. */
void yihu_keyset_free(struct yihu_keyset *s);
/* Is it there? */
bool yihu_keyset_has(const struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES]);
/* The same, and the how-manieth it was, from 0. */
bool yihu_keyset_find(const struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES],
		      size_t *nth);
/* Asserts that it is not there yet. */
void yihu_keyset_add(struct yihu_keyset *s, const uint8_t key[static YIHU_KEY_BYTES]);
/* Keeps the first n. */
void yihu_keyset_truncate(struct yihu_keyset *s, size_t n);

#endif
