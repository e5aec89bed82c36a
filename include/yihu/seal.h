/* SPDX-License-Identifier: Apache-2.0
 *
 * A body that a passphrase seals, inside of a file of text (PROTOCOL §15):
 *
 *   kdf none | kdf argon2id <ops> <memory bytes> <base64 salt>
 *   sealed <base64(nonce ‖ XChaCha20-Poly1305(body; the lines before))>
 *
 * What stands before the last line is bound to the body: a changed line does
 * not open. The struct holds a key: keep it in guarded memory, or wipe it.
 */
#ifndef YIHU_SEAL_H
#define YIHU_SEAL_H

#include <sodium.h>
#include <yihu/bytes.h>
#include <yihu/error.h>
#include <yihu/text.h>

/* The cost of guessing a passphrase (crypto_pwhash limits, argon2id). */
struct yihu_kdf {
	uint64_t ops;
	size_t memory_bytes;
};
extern const struct yihu_kdf yihu_kdf_moderate; /* what people get: 256 MiB */
extern const struct yihu_kdf yihu_kdf_min;      /* tests */

struct yihu_seal {
	bool sealed; /* false: "kdf none", and there is no key */
	struct yihu_kdf kdf;
	uint8_t salt[crypto_pwhash_SALTBYTES];
	uint8_t key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES]; /* SECRET */
};

/* A new salt, and the key of this passphrase. path is for the error alone:
 * YIHU_EIO when there is too little memory. */
int yihu_seal_make(struct yihu_seal *out, const struct yihu_kdf *kdf, const char *passphrase,
		   const char *path, struct yihu_error *err);
/* The key of a seal whose kdf and salt were read. */
int yihu_seal_derive(struct yihu_seal *s, const char *passphrase, const char *path,
		     struct yihu_error *err);

/* The kdf line with its LF; and back, from what stands after "kdf ". */
void yihu_seal_kdf_line(struct yihu_buf *out, const struct yihu_seal *s);
bool yihu_seal_kdf_parse(struct yihu_seal *out, struct yihu_span rest);

/* Appends the line "sealed …" to text, which is the lines before it. A fresh
 * nonce each time. */
void yihu_seal_line(struct yihu_buf *text, const struct yihu_buf *body, const struct yihu_seal *s);
/* Turns the bytes that stood after "sealed " into the body, in place; false
 * when key or head are other ones, or a bit was changed. */
bool yihu_seal_open(struct yihu_buf *blob, struct yihu_span head, const struct yihu_seal *s);

#endif
