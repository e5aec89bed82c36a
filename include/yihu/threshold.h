/* SPDX-License-Identifier: Apache-2.0
 *
 * The threshold key: Pedersen's distributed key generation among n ≤ 15 key
 * holders, any t of whom decrypt (PROTOCOL §3). The algebra and the files of
 * the ceremony as bytes; who keeps which file is src/holder's matter.
 *
 * Holder i has f_i(z) = Σ_{k<t} a_{i,k} z^k and publishes C_{i,k} = a_{i,k}·G.
 * Y = Σ_i C_{i,0}; X_j = Σ_i Σ_k j^k·C_{i,k}; x_j = Σ_i f_i(j).
 */
#ifndef YIHU_THRESHOLD_H
#define YIHU_THRESHOLD_H

#include <yihu/api.h>
#include <yihu/error.h>
#include <yihu/group.h>
#include <yihu/note.h>

YIHU_API_BEGIN

#define YIHU_HOLDERS_MAX 15

/* One holder as announcement and charter give it. */
struct yihu_holder {
	uint32_t index; /* 1..n */
	struct yihu_vkey key;
	struct yihu_point c[YIHU_HOLDERS_MAX]; /* C_{i,0..t-1} */
	struct yihu_point proof_k;
	struct yihu_scalar proof_s;
};

/* Is (t, n) one the protocol allows: 1 ≤ t ≤ n ≤ 15, t = 1 only with n = 1? */
bool yihu_threshold_valid(uint32_t t, uint32_t n);
/* ⌊(n+t−1)/2⌋+1, at most n: how many sign the box unless said otherwise. */
uint32_t yihu_box_quorum(uint32_t t, uint32_t n);

/* Fresh a_{i,k} ≠ 0 (secret, wiped by the caller). */
void yihu_polynomial_random(struct yihu_scalar *a, uint32_t t);
/* f(j) */
struct yihu_scalar yihu_polynomial_at(const struct yihu_scalar *a, uint32_t t, uint32_t j);

/* Fills c, proof_k, proof_s of a holder whose index and key are set. */
void yihu_holder_prove(struct yihu_holder *h, uint32_t n, uint32_t t, const struct yihu_scalar *a);
/* Index, n and t in range (YIHU_EARG), no identity among C, proof valid
 * (YIHU_EIDENTITY, YIHU_EPROOF). */
int yihu_holder_verify(const struct yihu_holder *h, uint32_t n, uint32_t t, struct yihu_error *err);
/* f_i(j)·G = Σ_k j^k·C_{i,k}? */
bool yihu_holder_share_ok(const struct yihu_holder *h, uint32_t t, uint32_t j,
			  struct yihu_scalar share);

/* Y and X_j of n holders. */
struct yihu_point yihu_election_key(const struct yihu_holder *holders, uint32_t n);
struct yihu_point yihu_share_key(const struct yihu_holder *holders, uint32_t n, uint32_t t,
				 uint32_t j);
/* λ_j over the index set js (t of them, distinct, containing j): Π m/(m−j). */
struct yihu_scalar yihu_lagrange(const uint32_t *js, uint32_t t, uint32_t j);

/* The charter's line "trustee <i> <vkey> <base64 C…> <base64 K‖s>" with LF,
 * and back, from the line without its LF (points and scalars read strictly;
 * the proof is not checked). */
void yihu_holder_line(struct yihu_buf *out, const struct yihu_holder *h, uint32_t t);
int yihu_holder_parse_line(struct yihu_holder *out, struct yihu_span line, uint32_t t,
			   struct yihu_error *err);

/* ceremony/announce-i: a note with `yihu-announce-v1`, `threshold <t> <n>`,
 * the trustee line. Parsing verifies signature and proof. */
void yihu_announcement_make(struct yihu_buf *out, const struct yihu_holder *h, uint32_t n,
			    uint32_t t, const struct yihu_keypair *kp);
int yihu_announcement_parse(struct yihu_holder *out, uint32_t *n, uint32_t *t, const void *bytes,
			    size_t len, struct yihu_error *err);

/* S = SHA-512 of the n announcement files, whole, in order; read aloud as its
 * first 120 bits. */
void yihu_announcements_digest(uint8_t s[YIHU_AT_LEAST(64)], const struct yihu_buf *files,
			       uint32_t n);

/* ceremony/deal-i: hex S, then for each j the sealed box (libsodium
 * crypto_box_seal to j's Ed25519 key mapped to X25519) of f_i(j). */
void yihu_deal_make(struct yihu_buf *out, const uint8_t s[YIHU_AT_LEAST(64)], uint32_t dealer,
		    const struct yihu_holder *holders, uint32_t n, uint32_t t,
		    const struct yihu_scalar *a, const struct yihu_keypair *kp);
/* Verifies the dealer's signature and S (YIHU_ESTATE when it dealt over other
 * announcements) and opens the box for holder j (YIHU_ESHARE). Does not check
 * the share (yihu_holder_share_ok does). kp is j's. */
int yihu_deal_open(struct yihu_scalar *share, const void *bytes, size_t len,
		   const uint8_t s[YIHU_AT_LEAST(64)], const struct yihu_holder *dealer, uint32_t n,
		   uint32_t j, const struct yihu_keypair *kp, struct yihu_error *err);
/* The same without opening a box: form, signature and S only, for status and
 * for whoever gathers the files. */
int yihu_deal_check(const void *bytes, size_t len, const uint8_t s[YIHU_AT_LEAST(64)],
		    const struct yihu_holder *dealer, uint32_t n, struct yihu_error *err);

YIHU_API_END

#endif
