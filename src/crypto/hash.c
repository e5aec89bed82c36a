/* SPDX-License-Identifier: Apache-2.0
 *
 * Framing and hashes of PROTOCOL §1.
 */
#include <assert.h>
#include <string.h>
#include <yihu/hash.h>

static const char prefix[] = "yihu/v1/";

static void update(struct yihu_frame *f, const void *data, size_t len)
{
	if (len)
		crypto_hash_sha512_update(&f->state, data, len);
}

void yihu_frame_init(struct yihu_frame *f, const char *label)
{
	f->owed = 0;
	crypto_hash_sha512_init(&f->state);
	update(f, prefix, sizeof prefix - 1);
	update(f, label, strlen(label) + 1);
}

void yihu_frame_open(struct yihu_frame *f, uint64_t len)
{
	assert(f->owed == 0);
	uint8_t be[8];
	yihu_store_be64(be, len);
	update(f, be, sizeof be);
	f->owed = len;
}

void yihu_frame_more(struct yihu_frame *f, const void *data, size_t len)
{
	assert(len <= f->owed);
	update(f, data, len);
	f->owed -= len;
}

void yihu_frame_item(struct yihu_frame *f, const void *data, size_t len)
{
	yihu_frame_open(f, len);
	yihu_frame_more(f, data, len);
}

void yihu_frame_be32(struct yihu_frame *f, uint32_t v)
{
	uint8_t be[4];
	yihu_store_be32(be, v);
	yihu_frame_item(f, be, sizeof be);
}

void yihu_frame_be64(struct yihu_frame *f, uint64_t v)
{
	uint8_t be[8];
	yihu_store_be64(be, v);
	yihu_frame_item(f, be, sizeof be);
}

void yihu_frame_hash(struct yihu_frame *f, uint8_t out[static YIHU_HASH_BYTES])
{
	assert(f->owed == 0);
	crypto_hash_sha512_final(&f->state, out);
	sodium_memzero(f, sizeof *f);
}

void yihu_frame_hash32(struct yihu_frame *f, uint8_t out[static 32])
{
	uint8_t hash[YIHU_HASH_BYTES];
	yihu_frame_hash(f, hash);
	memcpy(out, hash, 32);
	sodium_memzero(hash, sizeof hash);
}

struct yihu_scalar yihu_frame_scalar(struct yihu_frame *f)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_scalar s;
	yihu_frame_hash(f, hash);
	crypto_core_ristretto255_scalar_reduce(s.bytes, hash);
	return s;
}

struct yihu_point yihu_frame_point(struct yihu_frame *f)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_point p;
	yihu_frame_hash(f, hash);
	crypto_core_ristretto255_from_hash(p.bytes, hash);
	return p;
}

void yihu_message_label(struct yihu_buf *m, const char *label)
{
	yihu_buf_put(m, prefix, sizeof prefix - 1);
	yihu_buf_put(m, label, strlen(label) + 1);
}

void yihu_message_item(struct yihu_buf *m, const void *data, size_t len)
{
	yihu_buf_be64(m, len);
	yihu_buf_put(m, data, len);
}

struct yihu_point yihu_generator(uint64_t i)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "generator");
	yihu_frame_be64(&f, i);
	return yihu_frame_point(&f);
}
