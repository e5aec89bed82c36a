/* SPDX-License-Identifier: Apache-2.0
 *
 * The household token: what the QR on a letter holds (PROTOCOL §5), and the
 * register, the public list of credentials.
 */
#ifndef YIHU_TOKEN_H
#define YIHU_TOKEN_H

#include <yihu/charter.h>
#include <yihu/sign.h>

#define YIHU_TOKEN_SEED_BYTES 16
#define YIHU_TOKEN_BYTES 84       /* be32 serial ‖ seed ‖ issuer signature */
#define YIHU_TOKEN_DIGITS 204     /* "1" and the integer in 203 digits */
#define YIHU_TYPED_SYMBOLS 36     /* Crockford; printed in fours */
#define YIHU_TYPED_TEXT_BYTES 45  /* with hyphens and NUL */

/* SECRET: the seed votes for a household. Wipe after use. */
struct yihu_token {
	uint32_t serial;
	uint8_t seed[YIHU_TOKEN_SEED_BYTES];
	uint8_t signature[YIHU_SIGNATURE_BYTES];
};

/* Key pair of seed32 = H32("credential"; eid, be32 serial, seed). */
void yihu_token_keypair(struct yihu_keypair *out, const uint8_t eid[static YIHU_EID_BYTES],
			const struct yihu_token *t);
/* Fills signature: the issuer's over M("token"; eid, be32 serial, pk). */
void yihu_token_sign(struct yihu_token *t, const uint8_t eid[static YIHU_EID_BYTES],
		     const struct yihu_keypair *issuer);
/* Is `signature` the issuer's over that serial and pk, and pk one that §1 allows? */
int yihu_credential_verify(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
			   const uint8_t pk[static YIHU_PUBKEY_BYTES],
			   const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			   const uint8_t issuer_pk[static YIHU_PUBKEY_BYTES], struct yihu_error *err);

void yihu_token_bytes(uint8_t out[static YIHU_TOKEN_BYTES], const struct yihu_token *t);
void yihu_token_from_bytes(struct yihu_token *out, const uint8_t in[static YIHU_TOKEN_BYTES]);
/* The 204 digits; out holds 205 bytes. */
void yihu_token_digits(char out[static YIHU_TOKEN_DIGITS + 1], const struct yihu_token *t);
int yihu_token_from_digits(struct yihu_token *out, struct yihu_span digits, struct yihu_error *err);
/* What a scan gives: "https://HOST/v#1…" (a query that a messenger added is
 * tolerated) or the digits alone. */
int yihu_token_from_scan(struct yihu_token *out, struct yihu_span text, struct yihu_error *err);
/* "https://HOST/v#" — the byte segment of the QR; empty for no host. The URL is
 * checked: lower case scheme and host, http only for loopback and private
 * addresses, no path, query or fragment. */
int yihu_token_url_prefix(struct yihu_buf *out, const char *url, struct yihu_error *err);

/* The typed form "0000-…" of 36 symbols in fours (out holds 45 bytes), and
 * back: the check bytes are compared, the signature is not in it and stays
 * zero; it must be taken from the register. */
void yihu_token_typed(char out[static YIHU_TYPED_TEXT_BYTES], const uint8_t eid[static YIHU_EID_BYTES],
		      const struct yihu_token *t);
int yihu_token_from_typed(struct yihu_token *out, const uint8_t eid[static YIHU_EID_BYTES],
			  struct yihu_span text, struct yihu_error *err);

/* A credential as the register and R entries give it. */
struct yihu_credential {
	uint8_t pk[YIHU_PUBKEY_BYTES];
	uint8_t signature[YIHU_SIGNATURE_BYTES];
};
struct yihu_register {
	uint32_t n;
	struct yihu_credential *credentials; /* [serial−1] */
	uint8_t file_hash[64];               /* SHA-512 of the file */
};
void yihu_register_make(struct yihu_buf *out, const struct yihu_charter *c,
			const struct yihu_credential *credentials, const struct yihu_keypair *issuer);
/* Everything §5 asks: signature, eid, N of the charter, each line's number,
 * key and signature, all keys distinct. Errors name the line. */
int yihu_register_parse(struct yihu_register **out, const struct yihu_charter *c, const void *bytes,
			size_t len, struct yihu_error *err);
void yihu_register_free(struct yihu_register *r);

#endif
