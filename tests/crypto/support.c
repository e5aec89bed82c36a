/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared pieces of the crypto tests.
 */
#include <stdio.h>
#include <string.h>

#include "support.h"

void keys_make(struct keys *k, uint32_t t, uint32_t n)
{
	*k = (struct keys){.t = t, .n = n};
	for (uint32_t i = 0; i < n; i++) {
		char name[32];
		struct yihu_error err;
		snprintf(name, sizeof name, "holder-%u", i + 1);
		k->holders[i].index = i + 1;
		yihu_keypair_random(&k->pairs[i]);
		assert_ok(yihu_vkey_make(&k->holders[i].key, name, k->pairs[i].pk, &err), err);
		yihu_polynomial_random(k->a[i], t);
		yihu_holder_prove(&k->holders[i], n, t, k->a[i]);
	}
	for (uint32_t j = 0; j < n; j++)
		for (uint32_t i = 0; i < n; i++)
			k->x[j] = yihu_scalar_add(k->x[j], yihu_polynomial_at(k->a[i], t, j + 1));
	k->y = yihu_election_key(k->holders, n);
}

struct yihu_ciphertext *list_make(uint32_t **words, struct yihu_point y, size_t n, uint32_t w)
{
	static const uint32_t first[] = {0, 1, 65535};
	struct yihu_ciphertext *list = yihu_calloc(n * w, sizeof *list);
	*words = yihu_calloc(n * w, sizeof **words);
	for (size_t i = 0; i < n * w; i++) {
		(*words)[i] = i < 3 ? first[i] : randombytes_uniform(1000);
		list[i] = yihu_encrypt(y, (*words)[i], yihu_scalar_random());
	}
	return list;
}

void resign(struct yihu_buf *file, const char *label, const uint8_t *eid,
	    const struct yihu_keypair *kp)
{
	uint8_t digest[64];
	struct yihu_buf message = {0};
	size_t len = file->len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(digest, file->data, len);
	yihu_message_label(&message, label);
	yihu_message_item(&message, eid, YIHU_EID_BYTES);
	yihu_message_item(&message, digest, sizeof digest);
	yihu_sign(file->data + len, kp, message.data, message.len);
	yihu_buf_free(&message);
}

void bump_point(uint8_t *bytes)
{
	struct yihu_point p;
	memcpy(p.bytes, bytes, sizeof p.bytes);
	p = yihu_point_add(p, yihu_point_base(yihu_scalar_u64(1)));
	memcpy(bytes, p.bytes, sizeof p.bytes);
}

void bump_scalar(uint8_t *bytes)
{
	struct yihu_scalar s;
	memcpy(s.bytes, bytes, sizeof s.bytes);
	s = yihu_scalar_add(s, yihu_scalar_u64(1));
	memcpy(bytes, s.bytes, sizeof s.bytes);
}
