/* SPDX-License-Identifier: Apache-2.0
 *
 * Argon2id and XChaCha20-Poly1305, as lines of text.
 */
#include <yihu/seal.h>

#include <stdlib.h>
#include <string.h>

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

/* A header is believed only after its key was derived: without bounds a
 * changed one could ask for all memory there is. */
#define MAX_OPS 16
#define MAX_KDF_MEMORY_BYTES (UINT64_C(1) << 30)

const struct yihu_kdf yihu_kdf_moderate = {
	.ops = crypto_pwhash_OPSLIMIT_MODERATE,
	.memory_bytes = crypto_pwhash_MEMLIMIT_MODERATE,
};
const struct yihu_kdf yihu_kdf_min = {
	.ops = crypto_pwhash_OPSLIMIT_MIN,
	.memory_bytes = crypto_pwhash_MEMLIMIT_MIN,
};

int yihu_seal_derive(struct yihu_seal *s, const char *passphrase, const char *path,
		     struct yihu_error *err)
{
	if (crypto_pwhash(s->key, sizeof s->key, passphrase, strlen(passphrase), s->salt,
			  s->kdf.ops, s->kdf.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) == 0)
		return 0;
	return yihu_fail(err, YIHU_EIO,
			 _("there is not enough memory to check the passphrase of %s. "
			   "%zu MiB must be free"),
			 path, s->kdf.memory_bytes >> 20);
}

int yihu_seal_make(struct yihu_seal *out, const struct yihu_kdf *kdf, const char *passphrase,
		   const char *path, struct yihu_error *err)
{
	out->sealed = true;
	out->kdf = *kdf;
	randombytes_buf(out->salt, sizeof out->salt);
	return yihu_seal_derive(out, passphrase, path, err);
}

void yihu_seal_kdf_line(struct yihu_buf *out, const struct yihu_seal *s)
{
	if (!s->sealed) {
		yihu_buf_str(out, "kdf none\n");
		return;
	}
	yihu_buf_fmt(out, "kdf argon2id %llu %zu ", (unsigned long long)s->kdf.ops,
		     s->kdf.memory_bytes);
	yihu_base64(out, s->salt, sizeof s->salt);
	yihu_buf_u8(out, '\n');
}

bool yihu_seal_kdf_parse(struct yihu_seal *out, struct yihu_span rest)
{
	struct yihu_span field[4];
	uint64_t ops, memory_bytes;
	if (yihu_span_is(rest, "none"))
		return true;
	out->sealed = true;
	for (size_t i = 0; i < 4; i++)
		if (!yihu_field_next(&rest, &field[i]))
			return false;
	if (rest.len != 0 || !yihu_span_is(field[0], "argon2id") ||
	    !yihu_decimal(&ops, field[1], MAX_OPS) ||
	    !yihu_decimal(&memory_bytes, field[2], MAX_KDF_MEMORY_BYTES) ||
	    !yihu_unbase64_exact(out->salt, sizeof out->salt, field[3]))
		return false;
	out->kdf = (struct yihu_kdf){.ops = ops, .memory_bytes = memory_bytes};
	return ops >= crypto_pwhash_OPSLIMIT_MIN && memory_bytes >= crypto_pwhash_MEMLIMIT_MIN;
}

void yihu_seal_line(struct yihu_buf *text, const struct yihu_buf *body, const struct yihu_seal *s)
{
	size_t len = NONCE_BYTES + body->len + TAG_BYTES;
	uint8_t *blob = yihu_alloc(len);
	randombytes_buf(blob, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(blob + NONCE_BYTES, NULL, body->data, body->len,
						   text->data, text->len, NULL, blob, s->key);
	yihu_buf_str(text, "sealed ");
	yihu_base64(text, blob, len);
	yihu_buf_u8(text, '\n');
	free(blob);
}

bool yihu_seal_open(struct yihu_buf *blob, struct yihu_span head, const struct yihu_seal *s)
{
	if (blob->len < NONCE_BYTES + TAG_BYTES)
		return false;
	uint8_t *sealed = blob->data + NONCE_BYTES;
	unsigned long long len;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    sealed, &len, NULL, sealed, blob->len - NONCE_BYTES,
		    (const unsigned char *)head.p, head.len, blob->data, s->key) != 0)
		return false;
	memmove(blob->data, sealed, len);
	blob->len = len;
	return true;
}
