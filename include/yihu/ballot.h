/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot of PROTOCOL §6:
 * 0x01 ‖ be32 serial ‖ pk ‖ token signature ‖ w(1) ‖ w×(A ‖ B) ‖ w×K ‖ w×s ‖
 * vote signature = 166 + 128·w bytes.
 */
#ifndef YIHU_BALLOT_H
#define YIHU_BALLOT_H

#include <yihu/api.h>
#include <yihu/election.h>
#include <yihu/elgamal.h>

YIHU_API_BEGIN

#define YIHU_BALLOT_BYTES(w) (166u + 128u * (size_t)(w))
#define YIHU_BALLOT_BYTES_MAX YIHU_BALLOT_BYTES(YIHU_WIDTH_MAX)
#define YIHU_CODE_BYTES 20 /* XXXX-XXXX-XXXX-XXXX and NUL */

struct yihu_ballot {
	uint32_t serial;
	uint8_t pk[YIHU_PUBKEY_BYTES];
	uint8_t token_signature[YIHU_SIGNATURE_BYTES];
	uint32_t w;
	struct yihu_ciphertext words[YIHU_WIDTH_MAX];
	struct yihu_point commitments[YIHU_WIDTH_MAX];
	struct yihu_scalar responses[YIHU_WIDTH_MAX];
	uint8_t vote_signature[YIHU_SIGNATURE_BYTES];
};

/* Makes and signs a ballot of `words` (below 65536 each) and appends its
 * bytes. r and k are w scalars each, for tests with known randomness; NULL
 * draws them, as every real caller does. The token is taken as it is: whoever
 * read it from somewhere asks yihu_credential_verify first. YIHU_EARG for a word
 * out of bounds; else what yihu_ballot_parse finds in a bad r. */
int yihu_ballot_make(struct yihu_buf *out, const struct yihu_election *e,
		     const struct yihu_token *token, const uint32_t *words,
		     const struct yihu_scalar *r, const struct yihu_scalar *k,
		     struct yihu_error *err);

/* Form: length (YIHU_EFORMAT, YIHU_ETRAILING), version (YIHU_EVERSION), w of the
 * election (YIHU_EWIDTH), points and scalars of §1 (YIHU_EPOINT, YIHU_ESCALAR), A
 * not the identity (YIHU_EIDENTITY), its A's distinct (YIHU_ECOPIED). */
int yihu_ballot_parse(struct yihu_ballot *out, const void *bytes, size_t len, uint32_t w,
		      struct yihu_error *err);
/* The same of bytes that passed it before, in a ledger for instance: what is
 * slow, the points, is not checked again. */
int yihu_ballot_read(struct yihu_ballot *out, const void *bytes, size_t len, uint32_t w,
		     struct yihu_error *err);
/* The two halves of yihu_ballot_parse and of yihu_ballot_verify, for a caller that asks
 * what is cheap first: yihu_ballot_read, then the vote signature (YIHU_EVOTESIG), then
 * the points and scalars, then the proof (YIHU_EBALLOTPROOF). */
int yihu_ballot_check_signature(const struct yihu_ballot *b, const void *bytes, size_t len,
				const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
				struct yihu_error *err);
int yihu_ballot_check_words(const struct yihu_ballot *b, struct yihu_error *err);
int yihu_ballot_check_proof(const struct yihu_ballot *b,
			    const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			    struct yihu_error *err);
/* The serial that a ballot's head names, and nothing else of it is asked; 0, which
 * no letter has, where the bytes end before it. */
uint32_t yihu_ballot_serial(const void *bytes, size_t len);
/* The words, A ‖ B after A ‖ B, as they lie in bytes that passed
 * yihu_ballot_parse: w of them, borrowed. */
const uint8_t *yihu_ballot_words(const void *bytes, size_t len);
/* Vote signature (YIHU_EVOTESIG) and proof (YIHU_EBALLOTPROOF); b is what
 * yihu_ballot_parse made of these bytes. Whose
 * credential it is, is the ledger's question (log). Thread-safe, no state. */
int yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
		       const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], struct yihu_error *err);

/* First 80 bits of H("code"; eid, ballot without its vote signature). */
void yihu_ballot_code(char out[YIHU_AT_LEAST(YIHU_CODE_BYTES)],
		      const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], const void *bytes,
		      size_t len);

/* ---- for auditors ---- */

/* What a device that is challenged has shown before, to be held against what it
 * reveals: H32("challenge"; eid, ballot without its vote signature) (§13). */
void yihu_ballot_challenge(uint8_t out[YIHU_AT_LEAST(32)],
			   const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], const void *bytes,
			   size_t len);

YIHU_API_END

#endif
