/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof of work. Of the 68 bytes that are hashed the first 64 are a block, which
 * hardly ever changes: so a try costs one block, of the rest.
 */
#include "crypto/proof_of_work.h"

#include <sodium.h>
#include <string.h>

#define LABEL "yihu/work/v1"

/* All that is hashed before the counter. */
static void begin(crypto_hash_sha256_state *state, const struct work_ask *ask, const void *ballot,
		  size_t len)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, ballot, len);
	crypto_hash_sha256_init(state);
	crypto_hash_sha256_update(state, (const uint8_t *)LABEL, strlen(LABEL));
	crypto_hash_sha256_update(state, ask->nonce, sizeof ask->nonce);
	crypto_hash_sha256_update(state, hash, sizeof hash);
}

static bool begins_with_zeros(const uint8_t hash[static 4], unsigned bits)
{
	return bits == 0 || yihu_load_be32(hash) >> (32 - bits) == 0;
}

static bool is_work(const crypto_hash_sha256_state *before, const uint8_t *counter, size_t len,
		    unsigned bits)
{
	crypto_hash_sha256_state state = *before;
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_update(&state, counter, len);
	crypto_hash_sha256_final(&state, hash);
	return begins_with_zeros(hash, bits);
}

bool work_done(const struct work_ask *ask, const void *ballot, size_t len, uint64_t c)
{
	crypto_hash_sha256_state state;
	uint8_t counter[8];
	begin(&state, ask, ballot, len);
	yihu_store_be64(counter, c);
	return ask->bits <= WORK_BITS_MAX && is_work(&state, counter, sizeof counter, ask->bits);
}

uint64_t work_do(const struct work_ask *ask, const void *ballot, size_t len)
{
	crypto_hash_sha256_state state;
	uint8_t counter[4] = {0};
	uint32_t c = 0;
	begin(&state, ask, ballot, len);
	/* The high half: with so few bits nobody comes to the low one's end. */
	crypto_hash_sha256_update(&state, counter, sizeof counter);
	while (!is_work(&state, counter, sizeof counter, ask->bits))
		yihu_store_be32(counter, ++c);
	return c;
}

void work_write(struct yihu_buf *out, const struct work_ask *ask, uint64_t c)
{
	yihu_hex(out, ask->nonce, sizeof ask->nonce);
	yihu_buf_fmt(out, "-%llu", (unsigned long long)c);
}

bool work_read(struct work_ask *ask, uint64_t *c, struct yihu_span value)
{
	const size_t digits = 2 * (size_t)WORK_NONCE_BYTES;
	if (value.len <= digits || value.p[digits] != '-')
		return false;
	struct yihu_span nonce = {value.p, digits};
	struct yihu_span counter = {value.p + digits + 1, value.len - digits - 1};
	return yihu_unhex(ask->nonce, sizeof ask->nonce, nonce) &&
	       yihu_decimal(c, counter, UINT64_MAX);
}
