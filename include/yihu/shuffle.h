/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifiable shuffle: Terelius–Wikström in the CHVote form, for ballots of w
 * ciphertexts each (PROTOCOL §8). One mix is one file, `mix/k`.
 *
 * Lists are N·w ciphertexts, ballot by ballot.
 */
#ifndef YIHU_SHUFFLE_H
#define YIHU_SHUFFLE_H

#include <yihu/api.h>
#include <yihu/elgamal.h>
#include <yihu/error.h>
#include <yihu/progress.h>
#include <yihu/sign.h>

YIHU_API_BEGIN

#define YIHU_BALLOTS_MAX 10000000 /* N of any file that we read */

/* What a proof is about besides the lists. */
struct yihu_mix_context {
	uint8_t eid[YIHU_EID_BYTES];
	uint32_t k;      /* this mix's number, from 1 */
	uint32_t holder; /* the mixer's index */
	uint64_t n;      /* ballots */
	uint32_t w;      /* words a ballot */
	struct yihu_point y;
};

/* A mix as read: own memory, freed by yihu_mix_free. */
struct yihu_mix {
	uint32_t k, holder, w;
	uint64_t n;
	struct yihu_ciphertext *list; /* n·w: L' */
	struct yihu_point *c, *chat;  /* n each */
	struct yihu_point t1, t2, t3;
	struct yihu_point *t4;   /* 2·w: t4A_1, t4B_1, … */
	struct yihu_point *that; /* n */
	struct yihu_scalar s1, s2, s3;
	struct yihu_scalar *s4;            /* w */
	struct yihu_scalar *shat, *sprime; /* n each */
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	uint8_t digest[64]; /* SHA-512 of all before the signature */
};

/* Shuffles `in` by a fresh uniform permutation and appends the whole signed
 * file to out. All secrets are drawn and wiped inside. */
int yihu_mix_make(struct yihu_buf *out, const struct yihu_mix_context *x,
		  const struct yihu_ciphertext *in, const struct yihu_keypair *kp,
		  const struct yihu_progress *progress, struct yihu_error *err);

/* Exact bytes of the file for n and w (0 when it would overflow). */
uint64_t yihu_mix_size(uint64_t n, uint32_t w);

/* Form only: sizes, points and scalars. n and w are those of the election:
 * others are refused before anything is allocated (YIHU_EMIX, YIHU_EFORMAT,
 * YIHU_ETRAILING, YIHU_EPOINT, YIHU_ESCALAR). */
int yihu_mix_parse(struct yihu_mix **out, const void *bytes, size_t len, uint64_t n, uint32_t w,
		   struct yihu_error *err);
/* NULL is fine. */
void yihu_mix_free(struct yihu_mix *m);

/* The holder that a mix names in its head, where nothing else is looked at; 0,
 * which no holder has: these bytes do not begin as a mix does. */
uint32_t yihu_mix_holder(const void *bytes, size_t len);
/* The same of its k, which begins with 1. */
uint32_t yihu_mix_number(const void *bytes, size_t len);
/* Is the signature at the end of a mix by pk, over all before it? */
bool yihu_mix_signed_by(const void *bytes, size_t len,
			const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);

/* k, holder, n, w as x says (YIHU_EMIX); signature by pk (YIHU_ESIGNATURE); the
 * proof's six equations (YIHU_EMIXPROOF; the text names equation and index). */
int yihu_mix_verify(const struct yihu_mix *m, const struct yihu_mix_context *x,
		    const struct yihu_ciphertext *in,
		    const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)],
		    const struct yihu_progress *progress, struct yihu_error *err);

YIHU_API_END

#endif
