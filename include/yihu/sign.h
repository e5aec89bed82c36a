/* SPDX-License-Identifier: Apache-2.0
 *
 * Ed25519 (RFC 8032), strict and cofactorless as PROTOCOL §1 says: pk and R
 * canonical and not of small order, s below the order, and the equation by
 * bytes. That is libsodium's rule.
 */
#ifndef YIHU_SIGN_H
#define YIHU_SIGN_H

#include <yihu/api.h>
#include <yihu/bytes.h>

YIHU_API_BEGIN

#define YIHU_SEED_BYTES 32
#define YIHU_PUBKEY_BYTES 32
#define YIHU_SIGNATURE_BYTES 64

struct yihu_keypair {
	uint8_t pk[YIHU_PUBKEY_BYTES];
	uint8_t sk[64]; /* seed ‖ pk, libsodium's form; wipe after use */
};
/* The pair that a seed stands for. */
void yihu_keypair_from_seed(struct yihu_keypair *kp,
			    const uint8_t seed[YIHU_AT_LEAST(YIHU_SEED_BYTES)]);
/* A pair of a seed that nobody has. */
void yihu_keypair_random(struct yihu_keypair *kp);
/* Zeroes all of it. */
void yihu_keypair_wipe(struct yihu_keypair *kp);

/* A key that charter, register and R entries may bear: canonical, of the
 * prime-order subgroup, not the identity. */
bool yihu_pubkey_valid(const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);

/* Over a message that was built by hash.h, M(label; …), or a note's text. */
void yihu_sign(uint8_t sig[YIHU_AT_LEAST(YIHU_SIGNATURE_BYTES)], const struct yihu_keypair *kp,
	       const void *message, size_t len);
/* Is sig by pk over the message? Any 32 bytes may come as pk. */
bool yihu_verify(const uint8_t sig[YIHU_AT_LEAST(YIHU_SIGNATURE_BYTES)],
		 const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)], const void *message,
		 size_t len);

YIHU_API_END

#endif
