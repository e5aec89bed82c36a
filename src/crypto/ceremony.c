/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of the key ceremony (PROTOCOL §3) and the holders' lines that the
 * charter repeats (§4).
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <yihu/hash.h>
#include <yihu/threshold.h>

#define ANNOUNCE_HEADER "yihu-announce-v1"
#define DEAL_HEADER "yihu-deal-v1"
#define BOX_BYTES (YIHU_SCALAR_BYTES + crypto_box_SEALBYTES)
#define DIGEST_BYTES 64

void yihu_holder_line(struct yihu_buf *out, const struct yihu_holder *h, uint32_t t)
{
	uint8_t proof[YIHU_POINT_BYTES + YIHU_SCALAR_BYTES];
	memcpy(proof, h->proof_k.bytes, YIHU_POINT_BYTES);
	memcpy(proof + YIHU_POINT_BYTES, h->proof_s.bytes, YIHU_SCALAR_BYTES);

	yihu_buf_fmt(out, "trustee %u ", h->index);
	yihu_vkey_text(out, &h->key);
	yihu_buf_str(out, " ");
	yihu_base64(out, h->c, t * sizeof h->c[0]);
	yihu_buf_str(out, " ");
	yihu_base64(out, proof, sizeof proof);
	yihu_buf_str(out, "\n");
}

static int read_commitments(struct yihu_holder *h, struct yihu_span text, uint32_t t,
			    struct yihu_error *err)
{
	uint8_t bytes[YIHU_HOLDERS_MAX * YIHU_POINT_BYTES];
	if (!yihu_unbase64_exact(bytes, (size_t)t * YIHU_POINT_BYTES, text))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the commitments of key holder %u are not %u points in base64"),
				 h->index, t);
	for (uint32_t k = 0; k < t; k++) {
		memcpy(h->c[k].bytes, bytes + (size_t)k * YIHU_POINT_BYTES, YIHU_POINT_BYTES);
		if (!yihu_point_valid(&h->c[k]))
			return yihu_fail(err, YIHU_EPOINT,
					 _("commitment %u of key holder %u is not the canonical "
					   "encoding of a point"),
					 k, h->index);
	}
	return 0;
}

static int read_proof(struct yihu_holder *h, struct yihu_span text, struct yihu_error *err)
{
	uint8_t bytes[YIHU_POINT_BYTES + YIHU_SCALAR_BYTES];
	if (!yihu_unbase64_exact(bytes, sizeof bytes, text))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the proof of key holder %u is not 64 bytes in base64"),
				 h->index);
	memcpy(h->proof_k.bytes, bytes, YIHU_POINT_BYTES);
	memcpy(h->proof_s.bytes, bytes + YIHU_POINT_BYTES, YIHU_SCALAR_BYTES);
	if (!yihu_point_valid(&h->proof_k))
		return yihu_fail(err, YIHU_EPOINT,
				 _("the proof of key holder %u does not begin with the canonical "
				   "encoding of a point"),
				 h->index);
	if (!yihu_scalar_valid(&h->proof_s))
		return yihu_fail(err, YIHU_ESCALAR,
				 _("the proof of key holder %u does not end with a scalar below "
				   "the group order"),
				 h->index);
	return 0;
}

int yihu_holder_parse_line(struct yihu_holder *out, struct yihu_span line, uint32_t t,
			   struct yihu_error *err)
{
	assert(t >= 1 && t <= YIHU_HOLDERS_MAX);
	struct yihu_span rest = line, word, index, key, commitments, proof;
	uint64_t number;
	if (!yihu_field_next(&rest, &word) || !yihu_span_is(word, "trustee") ||
	    !yihu_field_next(&rest, &index) || !yihu_field_next(&rest, &key) ||
	    !yihu_field_next(&rest, &commitments) || !yihu_field_next(&rest, &proof) ||
	    rest.len != 0 || !yihu_decimal(&number, index, YIHU_HOLDERS_MAX) || number == 0)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("a key holder's line has five fields: trustee, number, verifier "
				   "key, commitments and proof"));
	struct yihu_holder h = {.index = (uint32_t)number};
	int r = yihu_vkey_parse(&h.key, key, err);
	if (r != 0)
		return yihu_fail_at(err, r, _("key holder %u"), h.index);
	r = read_commitments(&h, commitments, t, err);
	if (r == 0)
		r = read_proof(&h, proof, err);
	if (r == 0)
		*out = h;
	return r;
}

void yihu_announcement_make(struct yihu_buf *out, const struct yihu_holder *h, uint32_t n,
			    uint32_t t, const struct yihu_keypair *kp)
{
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text, ANNOUNCE_HEADER "\nthreshold %u %u\n", t, n);
	yihu_holder_line(&text, h, t);
	yihu_note_sign(out, (struct yihu_span){(const char *)text.data, text.len}, &h->key, kp);
	yihu_buf_free(&text);
}

/* "threshold <t> <n>" */
static bool read_threshold(struct yihu_span line, uint32_t *t, uint32_t *n)
{
	struct yihu_span word, first, second;
	uint64_t a, b;
	if (!yihu_field_next(&line, &word) || !yihu_span_is(word, "threshold") ||
	    !yihu_field_next(&line, &first) || !yihu_field_next(&line, &second) || line.len != 0 ||
	    !yihu_decimal(&a, first, YIHU_HOLDERS_MAX) ||
	    !yihu_decimal(&b, second, YIHU_HOLDERS_MAX))
		return false;
	*t = (uint32_t)a;
	*n = (uint32_t)b;
	return yihu_threshold_valid(*t, *n);
}

int yihu_announcement_parse(struct yihu_holder *out, uint32_t *n, uint32_t *t, const void *bytes,
			    size_t len, struct yihu_error *err)
{
	struct yihu_note note;
	int r = yihu_note_split(&note, bytes, len, err);
	if (r != 0)
		return r;
	struct yihu_lines lines = yihu_lines(note.text.p, note.text.len);
	struct yihu_span line, extra;
	uint32_t of = 0, threshold = 0;
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, ANNOUNCE_HEADER))
		return yihu_fail(err, YIHU_EVERSION,
				 _("this is not an announcement: its first line must be %s"),
				 ANNOUNCE_HEADER);
	if (!yihu_lines_next(&lines, &line) || !read_threshold(line, &threshold, &of))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("line 2 of the announcement must give an allowed threshold, as "
				   "in “threshold 2 3”"));
	if (!yihu_lines_next(&lines, &line) || yihu_lines_next(&lines, &extra) || lines.bad)
		return yihu_fail(err, YIHU_EFORMAT, _("an announcement has three lines of text"));
	struct yihu_holder h;
	r = yihu_holder_parse_line(&h, line, threshold, err);
	if (r == 0)
		r = yihu_note_verify(&note, &h.key, 1, err);
	if (r == 0)
		r = yihu_holder_verify(&h, of, threshold, err);
	if (r != 0)
		return r;
	*out = h;
	*n = of;
	*t = threshold;
	return 0;
}

void yihu_announcements_digest(uint8_t s[static DIGEST_BYTES], const struct yihu_buf *files,
			       uint32_t n)
{
	crypto_hash_sha512_state state;
	crypto_hash_sha512_init(&state);
	for (uint32_t i = 0; i < n; i++)
		crypto_hash_sha512_update(&state, files[i].data, files[i].len);
	crypto_hash_sha512_final(&state, s);
}

static void seal(uint8_t box[static BOX_BYTES], const struct yihu_holder *to,
		 const struct yihu_scalar *share)
{
	uint8_t pk[crypto_box_PUBLICKEYBYTES];
	/* Both fail only for keys that yihu_vkey_parse refuses. */
	int mapped = crypto_sign_ed25519_pk_to_curve25519(pk, to->key.pk);
	assert(mapped == 0);
	int sealed = crypto_box_seal(box, share->bytes, sizeof share->bytes, pk);
	assert(sealed == 0);
}

void yihu_deal_make(struct yihu_buf *out, const uint8_t s[static DIGEST_BYTES], uint32_t dealer,
		    const struct yihu_holder *holders, uint32_t n, uint32_t t,
		    const struct yihu_scalar *a, const struct yihu_keypair *kp)
{
	assert(dealer >= 1 && dealer <= n && yihu_threshold_valid(t, n));
	struct yihu_buf text = {0};
	yihu_buf_str(&text, DEAL_HEADER "\n");
	yihu_hex(&text, s, DIGEST_BYTES);
	yihu_buf_str(&text, "\n");
	for (uint32_t j = 1; j <= n; j++) {
		uint8_t box[BOX_BYTES];
		struct yihu_scalar share = yihu_polynomial_at(a, t, j);
		seal(box, &holders[j - 1], &share);
		sodium_memzero(&share, sizeof share);
		yihu_buf_fmt(&text, "%u ", j);
		yihu_base64(&text, box, sizeof box);
		yihu_buf_str(&text, "\n");
	}
	yihu_note_sign(out, (struct yihu_span){(const char *)text.data, text.len},
		       &holders[dealer - 1].key, kp);
	yihu_buf_free(&text);
}

/* "j base64(box)" */
static bool read_box(uint8_t box[static BOX_BYTES], struct yihu_span line, uint32_t j)
{
	struct yihu_span index, text;
	uint64_t number;
	return yihu_field_next(&line, &index) && yihu_field_next(&line, &text) && line.len == 0 &&
	       yihu_decimal(&number, index, YIHU_HOLDERS_MAX) && number == j &&
	       yihu_unbase64_exact(box, BOX_BYTES, text);
}

/* Signature, S and form; the box for `wanted` (0: none) goes into out. */
static int read_deal(uint8_t out[static BOX_BYTES], uint32_t wanted, const void *bytes, size_t len,
		     const uint8_t s[static DIGEST_BYTES], const struct yihu_holder *dealer,
		     uint32_t n, struct yihu_error *err)
{
	struct yihu_note note;
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = yihu_note_verify(&note, &dealer->key, 1, err);
	if (r != 0)
		return r;
	struct yihu_lines lines = yihu_lines(note.text.p, note.text.len);
	struct yihu_span line, extra;
	uint8_t digest[DIGEST_BYTES], box[BOX_BYTES];
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, DEAL_HEADER))
		return yihu_fail(err, YIHU_EVERSION,
				 _("this is not a deal: its first line must be %s"), DEAL_HEADER);
	if (!yihu_lines_next(&lines, &line) || !yihu_unhex(digest, sizeof digest, line))
		return yihu_fail(err, YIHU_EFORMAT, _("line 2 of the deal must be 128 hex digits"));
	if (memcmp(digest, s, DIGEST_BYTES) != 0)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("key holder %u dealt over announcements that differ from those here: "
			  "read the digests to each other, and start the ceremony again"),
			dealer->index);
	for (uint32_t j = 1; j <= n; j++) {
		if (!yihu_lines_next(&lines, &line) || !read_box(box, line, j))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %u of the deal of key holder %u must be the "
					   "sealed share for key holder %u"),
					 j + 2, dealer->index, j);
		if (j == wanted)
			memcpy(out, box, BOX_BYTES);
	}
	if (yihu_lines_next(&lines, &extra) || lines.bad)
		return yihu_fail(
			err, YIHU_ETRAILING,
			_("the deal of key holder %u has more lines than its %u sealed shares"),
			dealer->index, n);
	return 0;
}

int yihu_deal_check(const void *bytes, size_t len, const uint8_t s[static DIGEST_BYTES],
		    const struct yihu_holder *dealer, uint32_t n, struct yihu_error *err)
{
	uint8_t none[BOX_BYTES];
	return read_deal(none, 0, bytes, len, s, dealer, n, err);
}

static bool unseal(struct yihu_scalar *share, const uint8_t box[static BOX_BYTES],
		   const struct yihu_keypair *kp)
{
	uint8_t pk[crypto_box_PUBLICKEYBYTES], sk[crypto_box_SECRETKEYBYTES];
	bool ok = crypto_sign_ed25519_pk_to_curve25519(pk, kp->pk) == 0 &&
		  crypto_sign_ed25519_sk_to_curve25519(sk, kp->sk) == 0 &&
		  crypto_box_seal_open(share->bytes, box, BOX_BYTES, pk, sk) == 0;
	sodium_memzero(sk, sizeof sk);
	return ok;
}

int yihu_deal_open(struct yihu_scalar *share, const void *bytes, size_t len,
		   const uint8_t s[static DIGEST_BYTES], const struct yihu_holder *dealer,
		   uint32_t n, uint32_t j, const struct yihu_keypair *kp, struct yihu_error *err)
{
	assert(j >= 1 && j <= n);
	uint8_t box[BOX_BYTES];
	int r = read_deal(box, j, bytes, len, s, dealer, n, err);
	if (r != 0)
		return r;
	struct yihu_scalar opened;
	if (!unseal(&opened, box, kp))
		r = yihu_fail(err, YIHU_ESHARE,
			      _("the sealed share from key holder %u to key holder %u does not "
				"open with this key"),
			      dealer->index, j);
	else if (!yihu_scalar_valid(&opened))
		r = yihu_fail(
			err, YIHU_ESHARE,
			_("the sealed share from key holder %u to key holder %u holds no share"),
			dealer->index, j);
	else
		*share = opened;
	sodium_memzero(&opened, sizeof opened);
	return r;
}
