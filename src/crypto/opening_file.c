/* SPDX-License-Identifier: Apache-2.0
 *
 * The file `open/j` as bytes (PROTOCOL §9).
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/shuffle.h>

#include "element.h"
#include "opening_file.h"

#define MAGIC "YIHUOPN1"
#define MAGIC_BYTES 8
#define HEADER_BYTES (MAGIC_BYTES + 4 + 8 + 4)

uint64_t yihu_opening_size(uint64_t n, uint32_t w)
{
	if (n > YIHU_BALLOTS_MAX || w < 1 || w > YIHU_WIDTH_MAX)
		return 0;
	return HEADER_BYTES + (n * w + 4) * YIHU_POINT_BYTES + YIHU_SIGNATURE_BYTES;
}

struct yihu_opening *yihu_opening_new(uint64_t n, uint32_t w)
{
	assert(yihu_opening_size(n, w) != 0);
	struct yihu_opening *o = yihu_calloc(1, sizeof *o);
	o->n = n;
	o->w = w;
	o->d = yihu_calloc(1 + (size_t)n * w, sizeof *o->d);
	return o;
}

void yihu_opening_free(struct yihu_opening *o)
{
	if (!o)
		return;
	free(o->d);
	free(o);
}

void yihu_opening_write(struct yihu_buf *out, const struct yihu_opening *o)
{
	yihu_buf_put(out, MAGIC, MAGIC_BYTES);
	yihu_buf_be32(out, o->holder);
	yihu_buf_be64(out, o->n);
	yihu_buf_be32(out, o->w);
	yihu_buf_put(out, o->d, (1 + (size_t)o->n * o->w) * sizeof *o->d);
	yihu_buf_put(out, &o->k1, sizeof o->k1);
	yihu_buf_put(out, &o->k2, sizeof o->k2);
	yihu_buf_put(out, &o->s, sizeof o->s);
}

void yihu_opening_message(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			  const uint8_t digest[static 64])
{
	yihu_message_label(out, "open-file");
	yihu_message_item(out, eid, YIHU_EID_BYTES);
	yihu_message_item(out, digest, 64);
}

bool yihu_opening_signature_ok(const uint8_t eid[static YIHU_EID_BYTES],
			       const uint8_t digest[static 64],
			       const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			       const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	struct yihu_buf message = {0};
	yihu_opening_message(&message, eid, digest);
	bool ok = yihu_verify(signature, pk, message.data, message.len);
	yihu_buf_free(&message);
	return ok;
}

static bool read_magic(struct yihu_reader *r)
{
	const uint8_t *magic = yihu_read(r, MAGIC_BYTES);
	return magic && memcmp(magic, MAGIC, MAGIC_BYTES) == 0;
}

uint32_t yihu_opening_holder(const void *bytes, size_t len)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	if (!read_magic(&r))
		return 0;
	return yihu_read_be32(&r);
}

bool yihu_opening_signed_by(const void *bytes, size_t len, const uint8_t eid[static YIHU_EID_BYTES],
			    const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	uint8_t digest[64];
	if (len < HEADER_BYTES + YIHU_SIGNATURE_BYTES)
		return false;
	const uint8_t *signature = (const uint8_t *)bytes + len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(digest, bytes, len - YIHU_SIGNATURE_BYTES);
	return yihu_opening_signature_ok(eid, digest, signature, pk);
}

static int read_header(struct yihu_reader *r, struct yihu_opening *head, size_t len, uint64_t n,
		       uint32_t w, struct yihu_error *err)
{
	if (!read_magic(r))
		return yihu_fail(err, YIHU_EVERSION,
				 _("this is not an opening: its first bytes must be %s"), MAGIC);
	head->holder = yihu_read_be32(r);
	head->n = yihu_read_be64(r);
	head->w = yihu_read_be32(r);
	if (r->bad)
		return yihu_fail(err, YIHU_EFORMAT, _("the opening ends within its header"));
	if (head->n != n || head->w != w)
		return yihu_fail(err, YIHU_EOPENING,
				 _("the opening is of %" PRIu64 " ballots of %u words, but there "
				   "are %" PRIu64 " ballots of %u words"),
				 head->n, head->w, n, w);
	uint64_t size = yihu_opening_size(n, w);
	if (size == 0)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("no opening of %" PRIu64 " ballots of %u words can be read"), n,
				 w);
	if (len != size)
		return yihu_fail(err, len < size ? YIHU_EFORMAT : YIHU_ETRAILING,
				 _("an opening of %" PRIu64 " ballots of %u words has %" PRIu64
				   " bytes, but this one has %zu"),
				 n, w, size, len);
	return 0;
}

static int read_body(struct yihu_reader *r, struct yihu_opening *o, struct yihu_error *err)
{
	const struct yihu_points_part points[] = {
		{"D", o->d, 1 + o->n * o->w}, {"K1", &o->k1, 1}, {"K2", &o->k2, 1}};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		int rc = yihu_read_points(r, &points[i], err);
		if (rc != 0)
			return rc;
	}
	return yihu_read_scalars(r, &(struct yihu_scalars_part){"s", &o->s, 1}, err);
}

int yihu_opening_parse(struct yihu_opening **out, const void *bytes, size_t len, uint64_t n,
		       uint32_t w, struct yihu_error *err)
{
	struct yihu_reader reader = yihu_reader(bytes, len);
	struct yihu_opening head = {0};
	int r = read_header(&reader, &head, len, n, w, err);
	if (r != 0)
		return r;
	struct yihu_opening *o = yihu_opening_new(n, w);
	o->holder = head.holder;
	r = read_body(&reader, o, err);
	if (r == 0) {
		yihu_read_into(&reader, o->signature, sizeof o->signature);
		assert(yihu_reader_end(&reader));
		crypto_hash_sha512(o->digest, bytes, len - YIHU_SIGNATURE_BYTES);
		*out = o;
		o = NULL;
	}
	yihu_opening_free(o);
	return r;
}
