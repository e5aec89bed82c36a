/* SPDX-License-Identifier: Apache-2.0
 *
 * The household token: what the QR on a letter holds (PROTOCOL §5), and the
 * register, the public list of credentials.
 */
#ifndef YIHU_TOKEN_H
#define YIHU_TOKEN_H

#include <yihu/api.h>
#include <yihu/charter.h>
#include <yihu/sign.h>

YIHU_API_BEGIN

#define YIHU_TOKEN_SEED_BYTES 16
#define YIHU_TOKEN_BYTES 84      /* be32 serial ‖ seed ‖ issuer signature */
#define YIHU_TOKEN_DIGITS 204    /* "1" and the integer in 203 digits */
#define YIHU_TYPED_SYMBOLS 36    /* Crockford; printed in fours */
#define YIHU_TYPED_TEXT_BYTES 45 /* with hyphens and NUL */

/* SECRET: the seed votes for a household. Wipe after use. */
struct yihu_token {
	uint32_t serial;
	uint8_t seed[YIHU_TOKEN_SEED_BYTES];
	uint8_t signature[YIHU_SIGNATURE_BYTES];
};

/* Key pair of seed32 = H32("credential"; eid, be32 serial, seed). */
void yihu_token_keypair(struct yihu_keypair *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			const struct yihu_token *t);
/* Fills signature: the issuer's over M("token"; eid, be32 serial, pk). */
void yihu_token_sign(struct yihu_token *t, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
		     const struct yihu_keypair *issuer);
/* Is `signature` the issuer's over that serial and pk (YIHU_ESIGNATURE), and pk
 * one that §1 allows (YIHU_EPUBKEY)? */
int yihu_credential_verify(const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], uint32_t serial,
			   const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)],
			   const uint8_t signature[YIHU_AT_LEAST(YIHU_SIGNATURE_BYTES)],
			   const uint8_t issuer_pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)],
			   struct yihu_error *err);

/* The YIHU_TOKEN_BYTES that a token's digits stand for, and back. Nothing is
 * checked. SECRET. */
void yihu_token_bytes(uint8_t out[YIHU_AT_LEAST(YIHU_TOKEN_BYTES)], const struct yihu_token *t);
void yihu_token_from_bytes(struct yihu_token *out,
			   const uint8_t in[YIHU_AT_LEAST(YIHU_TOKEN_BYTES)]);
/* The 204 digits, and back; out holds 205 bytes. Reading refuses another version
 * (YIHU_EVERSION), other signs or lengths, integers of 2^672 and above, and
 * serial 0 (YIHU_ETOKEN). No message repeats a digit. */
void yihu_token_digits(char out[YIHU_AT_LEAST(YIHU_TOKEN_DIGITS + 1)], const struct yihu_token *t);
int yihu_token_from_digits(struct yihu_token *out, struct yihu_span digits, struct yihu_error *err);
/* What a scan gives: "https://HOST/v#1…" (a query that a messenger added is
 * tolerated) or the digits alone. */
int yihu_token_from_scan(struct yihu_token *out, struct yihu_span text, struct yihu_error *err);
/* Appends "https://HOST/v#", the byte segment of the QR; nothing for no host
 * (""). The URL is checked (YIHU_EARG): lower case scheme and host, no user, path,
 * query or fragment (one last '/' is taken). http only for localhost, 127/8,
 * [::1], and private addresses given as numbers: 10/8, 172.16/12, 192.168/16,
 * 169.254/16, fc00::/7; not for names like laptop.local, which prove nothing. */
int yihu_token_url_prefix(struct yihu_buf *out, const char *url, struct yihu_error *err);

/* The typed form "0000-…" of 36 symbols in fours (out holds 45 bytes), and
 * back (YIHU_ETYPED): the check bytes are compared, the signature is not in it and stays
 * zero; it must be taken from the register. */
void yihu_token_typed(char out[YIHU_AT_LEAST(YIHU_TYPED_TEXT_BYTES)],
		      const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], const struct yihu_token *t);
int yihu_token_from_typed(struct yihu_token *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			  struct yihu_span text, struct yihu_error *err);

/* A register of YIHU_HOUSEHOLDS_MAX lines fits. */
#define YIHU_REGISTER_BYTES_MAX (144u << 20)

/* A credential as the register and R entries give it. */
struct yihu_credential {
	uint8_t pk[YIHU_PUBKEY_BYTES];
	uint8_t signature[YIHU_SIGNATURE_BYTES];
};
struct yihu_register {
	uint32_t n;
	struct yihu_credential *credentials; /* [serial−1] */
	uint8_t file_hash[32];               /* SHA-256 of the file, as the O entry bears it */
};
/* Appends the signed register of c->households credentials, [serial−1]. */
void yihu_register_make(struct yihu_buf *out, const struct yihu_charter *c,
			const struct yihu_credential *credentials,
			const struct yihu_keypair *issuer);
/* Everything §5 asks: signature, eid, N of the charter, each line's number,
 * key and signature, all keys distinct. Errors name the line: YIHU_EELECTION
 * another eid, YIHU_EREGISTER form, number or credential signature, YIHU_EPUBKEY,
 * YIHU_EKEYS a key twice, YIHU_ETRAILING. About 75 µs a household. */
int yihu_register_parse(struct yihu_register **out, const struct yihu_charter *c, const void *bytes,
			size_t len, struct yihu_error *err);
/* NULL is fine. */
void yihu_register_free(struct yihu_register *r);

YIHU_API_END

#endif
