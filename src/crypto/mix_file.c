/* SPDX-License-Identifier: Apache-2.0
 *
 * The file `mix/k` as bytes (PROTOCOL §8).
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "element.h"
#include "shuffle_common.h"

#define MAGIC "YIHUMIX1"
#define MAGIC_BYTES 8
#define HEADER_BYTES (MAGIC_BYTES + 4 + 4 + 8 + 4)

uint64_t yihu_mix_size(uint64_t n, uint32_t w)
{
	if (n > YIHU_BALLOTS_MAX || w < 1 || w > YIHU_WIDTH_MAX)
		return 0;
	uint64_t elements = 2 * n * w + 5 * n + 3 * (uint64_t)w + 6;
	return HEADER_BYTES + elements * YIHU_POINT_BYTES + YIHU_SIGNATURE_BYTES;
}

struct yihu_mix *yihu_mix_new(uint64_t n, uint32_t w)
{
	assert(yihu_mix_size(n, w) != 0);
	struct yihu_mix *m = yihu_calloc(1, sizeof *m);
	m->n = n;
	m->w = w;
	m->list = yihu_calloc((size_t)n * w, sizeof *m->list);
	m->c = yihu_calloc(n, sizeof *m->c);
	m->chat = yihu_calloc(n, sizeof *m->chat);
	m->t4 = yihu_calloc(2 * (size_t)w, sizeof *m->t4);
	m->that = yihu_calloc(n, sizeof *m->that);
	m->s4 = yihu_calloc(w, sizeof *m->s4);
	m->shat = yihu_calloc(n, sizeof *m->shat);
	m->sprime = yihu_calloc(n, sizeof *m->sprime);
	return m;
}

void yihu_mix_free(struct yihu_mix *m)
{
	if (!m)
		return;
	free(m->list);
	free(m->c);
	free(m->chat);
	free(m->t4);
	free(m->that);
	free(m->s4);
	free(m->shat);
	free(m->sprime);
	free(m);
}

void yihu_mix_write(struct yihu_buf *out, const struct yihu_mix *m)
{
	yihu_buf_put(out, MAGIC, MAGIC_BYTES);
	yihu_buf_be32(out, m->k);
	yihu_buf_be32(out, m->holder);
	yihu_buf_be64(out, m->n);
	yihu_buf_be32(out, m->w);
	yihu_buf_put(out, m->list, (size_t)m->n * m->w * sizeof *m->list);
	yihu_buf_put(out, m->c, m->n * sizeof *m->c);
	yihu_buf_put(out, m->chat, m->n * sizeof *m->chat);
	yihu_buf_put(out, &m->t1, sizeof m->t1);
	yihu_buf_put(out, &m->t2, sizeof m->t2);
	yihu_buf_put(out, &m->t3, sizeof m->t3);
	yihu_buf_put(out, m->t4, 2 * (size_t)m->w * sizeof *m->t4);
	yihu_buf_put(out, m->that, m->n * sizeof *m->that);
	yihu_buf_put(out, &m->s1, sizeof m->s1);
	yihu_buf_put(out, &m->s2, sizeof m->s2);
	yihu_buf_put(out, &m->s3, sizeof m->s3);
	yihu_buf_put(out, m->s4, m->w * sizeof *m->s4);
	yihu_buf_put(out, m->shat, m->n * sizeof *m->shat);
	yihu_buf_put(out, m->sprime, m->n * sizeof *m->sprime);
}

void yihu_mix_message(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		      const uint8_t digest[static 64])
{
	yihu_message_label(out, "mix");
	yihu_message_item(out, eid, YIHU_EID_BYTES);
	yihu_message_item(out, digest, 64);
}

bool yihu_mix_signature_ok(const uint8_t eid[static YIHU_EID_BYTES],
			   const uint8_t digest[static 64],
			   const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			   const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	struct yihu_buf message = {0};
	yihu_mix_message(&message, eid, digest);
	bool ok = yihu_verify(signature, pk, message.data, message.len);
	yihu_buf_free(&message);
	return ok;
}

static bool read_magic(struct yihu_reader *r)
{
	const uint8_t *magic = yihu_read(r, MAGIC_BYTES);
	return magic && memcmp(magic, MAGIC, MAGIC_BYTES) == 0;
}

uint32_t yihu_mix_number(const void *bytes, size_t len)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	return read_magic(&r) ? yihu_read_be32(&r) : 0;
}

uint32_t yihu_mix_holder(const void *bytes, size_t len)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	if (!read_magic(&r))
		return 0;
	yihu_read_be32(&r); /* k */
	return yihu_read_be32(&r);
}

bool yihu_mix_signed_by(const void *bytes, size_t len, const uint8_t eid[static YIHU_EID_BYTES],
			const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	uint8_t digest[64];
	if (len < HEADER_BYTES + YIHU_SIGNATURE_BYTES)
		return false;
	const uint8_t *signature = (const uint8_t *)bytes + len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(digest, bytes, len - YIHU_SIGNATURE_BYTES);
	return yihu_mix_signature_ok(eid, digest, signature, pk);
}

static int read_header(struct yihu_reader *r, struct yihu_mix *head, size_t len, uint64_t n,
		       uint32_t w, struct yihu_error *err)
{
	if (!read_magic(r))
		return yihu_fail(err, YIHU_EVERSION,
				 _("this is not a mix: its first bytes must be %s"), MAGIC);
	head->k = yihu_read_be32(r);
	head->holder = yihu_read_be32(r);
	head->n = yihu_read_be64(r);
	head->w = yihu_read_be32(r);
	if (r->bad)
		return yihu_fail(err, YIHU_EFORMAT, _("the mix ends within its header"));
	if (head->n != n || head->w != w)
		return yihu_fail(err, YIHU_EMIX,
				 _("the mix is of %" PRIu64 " ballots of %u words, but there are "
				   "%" PRIu64 " ballots of %u words"),
				 head->n, head->w, n, w);
	uint64_t size = yihu_mix_size(n, w);
	if (size == 0)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("no mix of %" PRIu64 " ballots of %u words can be read"), n, w);
	if (len != size)
		return yihu_fail(err, len < size ? YIHU_EFORMAT : YIHU_ETRAILING,
				 _("a mix of %" PRIu64 " ballots of %u words has %" PRIu64
				   " bytes, but this one has %zu"),
				 n, w, size, len);
	return 0;
}

static int read_commitments(struct yihu_reader *r, struct yihu_mix *m, struct yihu_error *err)
{
	const struct yihu_points_part parts[] = {
		{"c", m->c, m->n},    {"ĉ", m->chat, m->n}, {"t1", &m->t1, 1},
		{"t2", &m->t2, 1},    {"t3", &m->t3, 1},    {"t4", m->t4, 2 * (size_t)m->w},
		{"t̂", m->that, m->n},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		int rc = yihu_read_points(r, &parts[i], err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int read_responses(struct yihu_reader *r, struct yihu_mix *m, struct yihu_error *err)
{
	const struct yihu_scalars_part parts[] = {
		{"s1", &m->s1, 1},   {"s2", &m->s2, 1},    {"s3", &m->s3, 1},
		{"s4", m->s4, m->w}, {"ŝ", m->shat, m->n}, {"s'", m->sprime, m->n},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		int rc = yihu_read_scalars(r, &parts[i], err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

int yihu_mix_parse(struct yihu_mix **out, const void *bytes, size_t len, uint64_t n, uint32_t w,
		   struct yihu_error *err)
{
	struct yihu_reader reader = yihu_reader(bytes, len);
	struct yihu_mix head = {0};
	int r = read_header(&reader, &head, len, n, w, err);
	if (r != 0)
		return r;
	struct yihu_mix *m = yihu_mix_new(n, w);
	m->k = head.k;
	m->holder = head.holder;
	r = yihu_read_ciphertexts(&reader, m->list, n, w, err);
	if (r == 0)
		r = read_commitments(&reader, m, err);
	if (r == 0)
		r = read_responses(&reader, m, err);
	if (r == 0) {
		yihu_read_into(&reader, m->signature, sizeof m->signature);
		assert(yihu_reader_end(&reader));
		crypto_hash_sha512(m->digest, bytes, len - YIHU_SIGNATURE_BYTES);
		*out = m;
		m = NULL;
	}
	yihu_mix_free(m);
	return r;
}
