/* SPDX-License-Identifier: Apache-2.0
 *
 * ElGamal over ristretto255 with the message in the exponent, and the proof
 * that a caster knows its vote (PROTOCOL §6).
 */
#ifndef YIHU_ELGAMAL_H
#define YIHU_ELGAMAL_H

#include <yihu/api.h>
#include <yihu/group.h>
#include <yihu/hash.h>

YIHU_API_BEGIN

#define YIHU_WIDTH_MAX 255    /* words a ballot */
#define YIHU_WORD_BOUND 65536 /* a word is below this */

/* A = r·G, B = m·G + r·Y. Contiguous, so that a list of them is the byte
 * string "ballot by ballot, word by word, A then B". */
struct yihu_ciphertext {
	struct yihu_point a, b;
};
/* Encrypts m for the key y. r is the caller's: fresh for every word, and wiped. */
struct yihu_ciphertext yihu_encrypt(struct yihu_point y, uint64_t m, struct yihu_scalar r);
/* The same message, encrypted anew: A + ρ·G, B + ρ·Y. rho is the caller's to
 * wipe. */
struct yihu_ciphertext yihu_reencrypt(struct yihu_point y, struct yihu_ciphertext c,
				      struct yihu_scalar rho);

/* Σ-proof of knowledge of r_j for every word, one challenge for all:
 * c = Hs("ballot-proof"; eid, be32 serial ‖ pk, A_1‖B_1‖…, K_1‖…‖K_w),
 * s_j = k_j + c·r_j; check s_j·G = K_j + c·A_j. `k` are the nonces (fresh,
 * wiped by the caller). */
void yihu_ballot_prove(const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], uint32_t serial,
		       const uint8_t pk[YIHU_AT_LEAST(32)], size_t w,
		       const struct yihu_ciphertext *words, const struct yihu_scalar *r,
		       const struct yihu_scalar *k, struct yihu_point *commitments,
		       struct yihu_scalar *responses);
/* Is that such a proof for these words? All of it has been read strictly, and w
 * is 1 to YIHU_WIDTH_MAX (asserted). */
bool yihu_ballot_proof_ok(const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], uint32_t serial,
			  const uint8_t pk[YIHU_AT_LEAST(32)], size_t w,
			  const struct yihu_ciphertext *words, const struct yihu_point *commitments,
			  const struct yihu_scalar *responses);

YIHU_API_END

#endif
