/* SPDX-License-Identifier: Apache-2.0
 *
 * A mixer that may lie. It follows PROTOCOL §8 step by step and knows nothing
 * of src/crypto's prover; what a cheating mixer would do differently is said
 * in the fields. A proof that breaks just one equation shows that the verifier
 * checks that one.
 */
#ifndef TESTS_CRYPTO_PLAIN_MIX_H
#define TESTS_CRYPTO_PLAIN_MIX_H

#include "transcript.h"

#define PLAIN_MAX 8 /* ballots */

/* Matrices of PLAIN_MAX columns, row i for output i. An honest mixer's three
 * are one and the same permutation matrix. */
typedef struct yihu_scalar plain_matrix[PLAIN_MAX][PLAIN_MAX];

struct plain_mix {
	struct yihu_mix_context x;
	const struct yihu_ciphertext *in;
	struct yihu_ciphertext *list; /* L', n·w */
	struct yihu_scalar *rho;      /* n·w, by output */
	plain_matrix weights;         /* u' = weights·u */
	plain_matrix committed;       /* c_j = r_j·G + Σ_i committed_ij·h_i */
	plain_matrix mixed;           /* L' = mixed·L, re-encrypted; t4 holds when
					 it is the transposed inverse of weights */
	bool bend_chain;              /* make ĉ_N what t2 wants, whatever the u' */
	/* Commitments that are others than they must be, and hashed as such; 0: none. */
	size_t bent;         /* 1 to 3: t1 to t3, then t4A_1, t4B_1, … and t̂_1, … */
	size_t bent_c;       /* c_i */
	size_t bent_chat;    /* ĉ_i */
	struct twist *twist; /* of what the mixer hashes; NULL: none */
};

/* An honest mix by the given permutation; in borrowed. */
void plain_mix_init(struct plain_mix *p, const struct yihu_mix_context *x,
		    const struct yihu_ciphertext *in, const size_t *from);
/* L' anew, after `mixed` was changed. */
void plain_mix_reencrypt(struct plain_mix *p);
/* Appends the whole signed file. */
void plain_mix_write(struct yihu_buf *out, const struct plain_mix *p,
		     const struct yihu_keypair *kp);
void plain_mix_free(struct plain_mix *p);

#endif
