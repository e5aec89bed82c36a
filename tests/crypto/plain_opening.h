/* SPDX-License-Identifier: Apache-2.0
 *
 * A holder who may lie about its opening. It follows PROTOCOL §9 step by step
 * and knows nothing of src/crypto's prover.
 */
#ifndef TESTS_CRYPTO_PLAIN_OPENING_H
#define TESTS_CRYPTO_PLAIN_OPENING_H

#include "transcript.h"

#define PLAIN_WORDS 8 /* D_0 and words of the list */

struct plain_opening {
	struct yihu_opening_context x;
	const struct yihu_ciphertext *list;
	struct yihu_scalar decrypts[PLAIN_WORDS]; /* D_m = decrypts[m]·A_m */
	struct yihu_scalar proves;                /* the share that the response is made of */
	int bent;            /* 1: K1 is another than it must be, hashed as such; 2: K2 */
	struct twist *twist; /* of what the holder hashes; NULL: none */
	uint8_t e[64];       /* E, once made */
};
/* An honest holder; list borrowed. */
void plain_opening_init(struct plain_opening *p, struct yihu_opening_context x,
			const struct yihu_ciphertext *list, struct yihu_scalar share);
/* E over these D_0, D_1, …; then e_m. */
void plain_opening_digest(struct plain_opening *p, const struct yihu_point *d);
struct yihu_scalar plain_opening_weight(const struct plain_opening *p, uint64_t m);
/* Appends the whole signed file. */
void plain_opening_write(struct yihu_buf *out, struct plain_opening *p,
			 const struct yihu_keypair *kp);

#endif
