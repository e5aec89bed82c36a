/* SPDX-License-Identifier: Apache-2.0
 *
 * What the prover and the verifier of a shuffle share (PROTOCOL §8): the
 * hashes of steps 2, 3 and 6, and the file's bytes.
 */
#ifndef YIHU_CRYPTO_SHUFFLE_COMMON_H
#define YIHU_CRYPTO_SHUFFLE_COMMON_H

#include <yihu/shuffle.h>

/* A mix with its arrays in place and zero; freed by yihu_mix_free. */
struct yihu_mix *yihu_mix_new(uint64_t n, uint32_t w);

/* Appends the file without its signature. */
void yihu_mix_write(struct yihu_buf *out, const struct yihu_mix *m);
/* Appends what the mixer signs: M("mix"; eid, SHA-512 of the file so far). */
void yihu_mix_message(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		      const uint8_t digest[static 64]);

/* Is that, of a file with this digest, signed by pk? */
bool yihu_mix_signature_ok(const uint8_t eid[static YIHU_EID_BYTES],
			   const uint8_t digest[static 64],
			   const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			   const uint8_t pk[static YIHU_PUBKEY_BYTES]);

/* Step 2: D, over the two lists and m's c_1‖…‖c_N. */
void yihu_shuffle_digest(uint8_t d[static YIHU_HASH_BYTES], const struct yihu_mix_context *x,
			 const struct yihu_ciphertext *in, const struct yihu_mix *m);
/* Step 3: u_i, i from 1. */
struct yihu_scalar yihu_shuffle_u(const uint8_t d[static YIHU_HASH_BYTES], uint64_t i);
/* Step 6: the challenge, over D, m's ĉ and every t of m. */
struct yihu_scalar yihu_shuffle_challenge(const uint8_t d[static YIHU_HASH_BYTES],
					  const struct yihu_mix *m);

#endif
