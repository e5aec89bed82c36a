/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening the last list: decryption shares with one batched proof a holder
 * (PROTOCOL §9), their combination, the lot's seed, and the table of m·G.
 */
#ifndef YIHU_OPENING_H
#define YIHU_OPENING_H

#include <yihu/api.h>
#include <yihu/elgamal.h>
#include <yihu/error.h>
#include <yihu/progress.h>
#include <yihu/sign.h>
#include <yihu/threshold.h>

YIHU_API_BEGIN

struct yihu_opening_context {
	uint8_t eid[YIHU_EID_BYTES];
	uint32_t holder;     /* j */
	struct yihu_point x; /* X_j */
	struct yihu_point p; /* the lot's point, yihu_lot_point */
	uint64_t n;
	uint32_t w;
};

/* P = Hp("lot-point"; eid, be64 size, root). */
struct yihu_point yihu_lot_point(const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], uint64_t size,
				 const uint8_t root[YIHU_AT_LEAST(32)]);

/* An opening as read; freed by yihu_opening_free. */
struct yihu_opening {
	uint32_t holder, w;
	uint64_t n;
	struct yihu_point *d; /* 1 + n·w: D_0 (the lot), then every word */
	struct yihu_point k1, k2;
	struct yihu_scalar s;
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	uint8_t digest[64];
};
/* Exact bytes of the file for n and w; 0 where there can be none such. */
uint64_t yihu_opening_size(uint64_t n, uint32_t w);

/* Appends the whole signed file. share is x_j: YIHU_ESHARE when X_j is not its
 * public key. */
int yihu_opening_make(struct yihu_buf *out, const struct yihu_opening_context *x,
		      const struct yihu_ciphertext *list, struct yihu_scalar share,
		      const struct yihu_keypair *kp, const struct yihu_progress *progress,
		      struct yihu_error *err);
/* Form only, as yihu_mix_parse. */
int yihu_opening_parse(struct yihu_opening **out, const void *bytes, size_t len, uint64_t n,
		       uint32_t w, struct yihu_error *err);
/* NULL is fine. */
void yihu_opening_free(struct yihu_opening *o);
/* As yihu_mix_holder and yihu_mix_signed_by. */
uint32_t yihu_opening_holder(const void *bytes, size_t len);
bool yihu_opening_signed_by(const void *bytes, size_t len,
			    const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			    const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);
/* holder, n, w as x says; signature by pk (YIHU_ESIGNATURE); the two equations
 * (YIHU_EOPENINGPROOF; the text names K1 or K2). */
int yihu_opening_verify(const struct yihu_opening *o, const struct yihu_opening_context *x,
			const struct yihu_ciphertext *list,
			const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)],
			const struct yihu_progress *progress, struct yihu_error *err);

/* M_i = B_i − Σ_j λ_j·D_{j,i} for the n·w words into `points`, and the lot's
 * seed V = Σ λ_j·D_{j,0}. `openings` are t verified ones, by distinct holders. */
void yihu_openings_combine(struct yihu_point *points, struct yihu_point *lot_seed,
			   const struct yihu_opening *const *openings, uint32_t t,
			   const struct yihu_ciphertext *list,
			   const struct yihu_progress *progress);

/* The table m·G for 0 ≤ m < bound (1..65536). Built once, shared, read-only. */
struct yihu_words_table;
/* Computed here, on all cores. Freed by yihu_words_table_free. */
struct yihu_words_table *yihu_words_table_new(uint32_t bound);
/* NULL is fine. */
void yihu_words_table_free(struct yihu_words_table *t);
/* As it was given to yihu_words_table_new. */
uint32_t yihu_words_table_bound(const struct yihu_words_table *t);
/* The m with m·G = p, or −1 when the table has none. */
int32_t yihu_word_of(const struct yihu_words_table *t, const struct yihu_point *p);

YIHU_API_END

#endif
