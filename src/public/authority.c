/* SPDX-License-Identifier: Apache-2.0
 *
 * A holder's number, the hash that its file's signature is over, and that
 * signature; or the note that names the hash.
 */
#include "public/authority.h"

#include <string.h>

#include <yihu/opening.h>
#include <yihu/shuffle.h>
#include <yihu/signed.h>
#include <yihu/text.h>

#include "crypto/opening_file.h"
#include "crypto/shuffle_common.h"

/* be32 holder ‖ SHA-512 ‖ signature */
#define HOLDER_VALUE_BYTES (4 + YIHU_HASH_BYTES + YIHU_SIGNATURE_BYTES)

static bool by_holder(enum yihu_public_kind kind)
{
	return kind == YIHU_PUBLIC_MIX || kind == YIHU_PUBLIC_OPENING;
}

static bool by_note(enum yihu_public_kind kind)
{
	return kind == YIHU_PUBLIC_RESULTS_PB || kind == YIHU_PUBLIC_RESULTS_JSON;
}

bool public_authority_needed(enum yihu_public_kind kind)
{
	return by_holder(kind) || by_note(kind);
}

static void make_of_holder(struct yihu_buf *value, enum yihu_public_kind kind, const void *bytes,
			   size_t len)
{
	uint8_t hash[YIHU_HASH_BYTES];
	if (len <= YIHU_SIGNATURE_BYTES)
		return;
	size_t body = len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(hash, bytes, body);
	yihu_buf_be32(value, kind == YIHU_PUBLIC_MIX ? yihu_mix_holder(bytes, len)
						     : yihu_opening_holder(bytes, len));
	yihu_buf_put(value, hash, sizeof hash);
	yihu_buf_put(value, (const uint8_t *)bytes + body, YIHU_SIGNATURE_BYTES);
}

void public_authority_make(struct yihu_buf *out, enum yihu_public_kind kind, const void *bytes,
			   size_t len, const struct yihu_buf *note)
{
	struct yihu_buf value = {0};
	if (by_holder(kind))
		make_of_holder(&value, kind, bytes, len);
	else if (by_note(kind) && note)
		yihu_buf_put(&value, note->data, note->len);
	yihu_base64(out, yihu_buf_bytes(&value), value.len);
	yihu_buf_free(&value);
}

static bool read_of_holder(struct public_authority *out, enum yihu_public_kind kind,
			   const struct yihu_buf *value, const struct yihu_charter *c)
{
	struct yihu_reader r = yihu_reader(value->data, value->len);
	uint32_t j = yihu_read_be32(&r);
	if (value->len != HOLDER_VALUE_BYTES || j < 1 || j > c->n)
		return false;
	memcpy(out->hash, yihu_read(&r, sizeof out->hash), sizeof out->hash);
	memcpy(out->signature, yihu_read(&r, sizeof out->signature), sizeof out->signature);
	out->who = UINT32_C(1) << (j - 1);
	const uint8_t *pk = c->holders[j - 1].key.pk;
	return kind == YIHU_PUBLIC_MIX
		       ? yihu_mix_signature_ok(c->eid, out->hash, out->signature, pk)
		       : yihu_opening_signature_ok(c->eid, out->hash, out->signature, pk);
}

/* The line "KEY <hex of 32 bytes>" of a note's text. */
static bool find_hash(uint8_t out[static 32], struct yihu_span text, const char *key)
{
	char *line = yihu_printf("\n%s ", key);
	const char *at = memmem(text.p, text.len, line, strlen(line));
	size_t before = at ? (size_t)(at - text.p) + strlen(line) : text.len;
	free(line);
	return text.len - before > 64 && text.p[before + 64] == '\n' &&
	       yihu_unhex(out, 32, (struct yihu_span){text.p + before, 64});
}

static bool is_of_election(struct yihu_span text, const uint8_t eid[static YIHU_EID_BYTES])
{
	struct yihu_buf begins = {0};
	yihu_buf_str(&begins, "yihu-results-v1\neid ");
	yihu_hex(&begins, eid, YIHU_EID_BYTES);
	yihu_buf_u8(&begins, '\n');
	bool is = text.len > begins.len && memcmp(text.p, begins.data, begins.len) == 0;
	yihu_buf_free(&begins);
	return is;
}

static int read_of_note(struct public_authority *out, enum yihu_public_kind kind,
			const struct yihu_buf *value, const struct yihu_charter *c,
			struct yihu_error *err)
{
	struct yihu_note note;
	int r = yihu_public_signed_by(&out->who, YIHU_PUBLIC_RESULTS, yihu_buf_bytes(value),
				      value->len, c, err);
	if (r == 0)
		r = yihu_note_split(&note, value->data, value->len, err);
	if (r != 0)
		return r;
	if (!is_of_election(note.text, c->eid) ||
	    !find_hash(out->hash, note.text, yihu_public_row(kind)->pattern))
		return yihu_fail(err, YIHU_EFORMAT, _("%s names no results of this election"),
				 PUBLIC_AUTHORITY_HEADER);
	return 0;
}

int public_authority_read(struct public_authority *out, enum yihu_public_kind kind,
			  const char *value, const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = 0;
	*out = (struct public_authority){0};
	if (!value || !yihu_unbase64(&bytes, yihu_span(value)))
		r = yihu_fail(err, YIHU_ESIGNATURE,
			      _("such a file comes with the header %s, which says who signed it"),
			      PUBLIC_AUTHORITY_HEADER);
	else if (by_note(kind))
		r = read_of_note(out, kind, &bytes, c, err);
	else if (!read_of_holder(out, kind, &bytes, c))
		r = yihu_fail(err, YIHU_ESIGNATURE,
			      _("%s is not signed by the key holder it names"),
			      PUBLIC_AUTHORITY_HEADER);
	yihu_buf_free(&bytes);
	return r;
}

bool public_authority_covers(const struct public_authority *a, enum yihu_public_kind kind,
			     const void *bytes, size_t len)
{
	uint8_t hash[YIHU_HASH_BYTES] = {0};
	if (by_note(kind)) {
		crypto_hash_sha256(hash, bytes, len);
		return memcmp(hash, a->hash, crypto_hash_sha256_BYTES) == 0;
	}
	if (len < YIHU_SIGNATURE_BYTES)
		return false;
	size_t body = len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(hash, bytes, body);
	return memcmp(hash, a->hash, sizeof hash) == 0 &&
	       memcmp((const uint8_t *)bytes + body, a->signature, sizeof a->signature) == 0;
}
