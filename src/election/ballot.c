/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes, reads and verifies ballots (PROTOCOL §6).
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/ballot.h>

#define VERSION 1
#define WIDTH_OFFSET (1u + 4 + YIHU_PUBKEY_BYTES + YIHU_SIGNATURE_BYTES)
#define WORDS_OFFSET (WIDTH_OFFSET + 1)

/* Lists of these are hashed and sent as they lie in memory. */
static_assert(sizeof(struct yihu_ciphertext) == 64, "A and B lie together");
static_assert(sizeof(struct yihu_point) == 32 && sizeof(struct yihu_scalar) == 32, "no padding");

static size_t signed_len(size_t len)
{
	assert(len >= YIHU_SIGNATURE_BYTES);
	return len - YIHU_SIGNATURE_BYTES;
}

/* All but the vote signature. */
static void put_ballot(struct yihu_buf *out, const struct yihu_ballot *b)
{
	yihu_buf_u8(out, VERSION);
	yihu_buf_be32(out, b->serial);
	yihu_buf_put(out, b->pk, sizeof(b->pk));
	yihu_buf_put(out, b->token_signature, sizeof(b->token_signature));
	yihu_buf_u8(out, (uint8_t)b->w);
	yihu_buf_put(out, b->words, b->w * sizeof(b->words[0]));
	yihu_buf_put(out, b->commitments, b->w * sizeof(b->commitments[0]));
	yihu_buf_put(out, b->responses, b->w * sizeof(b->responses[0]));
}

/* M("ballot"; eid, all bytes before the vote signature) */
static void vote_message(struct yihu_buf *m, const uint8_t eid[static YIHU_EID_BYTES],
			 const void *bytes, size_t len)
{
	yihu_message_label(m, "ballot");
	yihu_message_item(m, eid, YIHU_EID_BYTES);
	yihu_message_item(m, bytes, len);
}

static void sign_vote(struct yihu_buf *ballot, const uint8_t eid[static YIHU_EID_BYTES],
		      const struct yihu_keypair *kp)
{
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	vote_message(&m, eid, ballot->data, ballot->len);
	yihu_sign(signature, kp, m.data, m.len);
	yihu_buf_put(ballot, signature, sizeof(signature));
	yihu_buf_free(&m);
}

/* The given scalars, or fresh ones; wiped and freed by sodium_free. */
static struct yihu_scalar *draw(const struct yihu_scalar *given, uint32_t w)
{
	struct yihu_scalar *s = sodium_allocarray(w, sizeof(*s));
	if (!s)
		abort();
	for (uint32_t j = 0; j < w; j++)
		s[j] = given ? given[j] : yihu_scalar_random();
	return s;
}

static void encrypt_words(struct yihu_ballot *b, const struct yihu_charter *c,
			  const uint32_t *words, const struct yihu_scalar *given_r,
			  const struct yihu_scalar *given_k)
{
	struct yihu_scalar *r = draw(given_r, b->w), *k = draw(given_k, b->w);
	for (uint32_t j = 0; j < b->w; j++)
		b->words[j] = yihu_encrypt(c->y, words[j], r[j]);
	yihu_ballot_prove(c->eid, b->serial, b->pk, b->w, b->words, r, k, b->commitments,
			  b->responses);
	sodium_free(r);
	sodium_free(k);
}

int yihu_ballot_make(struct yihu_buf *out, const struct yihu_election *e,
		     const struct yihu_token *token, const uint32_t *words,
		     const struct yihu_scalar *r, const struct yihu_scalar *k,
		     struct yihu_error *err)
{
	uint32_t w = e->definition->width;
	struct yihu_buf bytes = {0};
	struct yihu_keypair kp;
	struct yihu_ballot *b;
	int rc;
	for (uint32_t j = 0; j < w; j++)
		if (words[j] >= YIHU_WORD_BOUND)
			return yihu_fail(err, YIHU_EARG,
					 _("word %u of the ballot is %u; the "
					   "largest is %d"),
					 j + 1, words[j], YIHU_WORD_BOUND - 1);
	yihu_token_keypair(&kp, e->charter->eid, token);
	b = yihu_calloc(1, sizeof(*b));
	b->serial = token->serial;
	b->w = w;
	memcpy(b->pk, kp.pk, sizeof(b->pk));
	memcpy(b->token_signature, token->signature, sizeof(b->token_signature));
	encrypt_words(b, e->charter, words, r, k);
	put_ballot(&bytes, b);
	sign_vote(&bytes, e->charter->eid, &kp);
	/* Never give away what every reader refuses (a zero or repeated r). */
	rc = yihu_ballot_parse(b, bytes.data, bytes.len, w, err);
	if (rc == 0)
		yihu_buf_put(out, bytes.data, bytes.len);
	yihu_keypair_wipe(&kp);
	yihu_buf_free(&bytes);
	free(b);
	return rc;
}

/* Version, width and length, before anything is taken as a point. */
static int check_size(const uint8_t *p, size_t len, uint32_t w, struct yihu_error *err)
{
	if (len <= WIDTH_OFFSET)
		return yihu_fail(err, YIHU_EFORMAT, _("the ballot is cut short: %zu bytes"), len);
	if (p[0] != VERSION)
		return yihu_fail(err, YIHU_EVERSION,
				 _("the ballot is of version %u; this "
				   "program knows version %d"),
				 p[0], VERSION);
	if (p[WIDTH_OFFSET] != w)
		return yihu_fail(err, YIHU_EWIDTH,
				 _("the ballot has %u words, this election's "
				   "have %u"),
				 p[WIDTH_OFFSET], w);
	if (len < YIHU_BALLOT_BYTES(w))
		return yihu_fail(err, YIHU_EFORMAT, _("the ballot is cut short: %zu bytes of %zu"),
				 len, YIHU_BALLOT_BYTES(w));
	if (len > YIHU_BALLOT_BYTES(w))
		return yihu_fail(err, YIHU_ETRAILING,
				 _("the ballot has %zu bytes where %zu belong"), len,
				 YIHU_BALLOT_BYTES(w));
	return 0;
}

int yihu_ballot_check_words(const struct yihu_ballot *b, struct yihu_error *err)
{
	for (uint32_t j = 0; j < b->w; j++) {
		const struct yihu_ciphertext *c = &b->words[j];

		if (!yihu_point_valid(&c->a) || !yihu_point_valid(&c->b) ||
		    !yihu_point_valid(&b->commitments[j]))
			return yihu_fail(err, YIHU_EPOINT,
					 _("word %u of the ballot holds bytes that are not a point "
					   "of the group"),
					 j + 1);
		if (!yihu_scalar_valid(&b->responses[j]))
			return yihu_fail(
				err, YIHU_ESCALAR,
				_("word %u of the ballot holds a response that is not below "
				  "the group's order"),
				j + 1);
		if (yihu_point_is_identity(&c->a))
			return yihu_fail(err, YIHU_EIDENTITY,
					 _("word %u of the ballot is not encrypted: its A is the "
					   "identity"),
					 j + 1);
		for (uint32_t i = 0; i < j; i++)
			if (yihu_point_equal(&c->a, &b->words[i].a))
				return yihu_fail(err, YIHU_ECOPIED,
						 _("words %u and %u of the ballot have the same A"),
						 i + 1, j + 1);
	}
	return 0;
}

int yihu_ballot_read(struct yihu_ballot *out, const void *bytes, size_t len, uint32_t w,
		     struct yihu_error *err)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	int rc;
	assert(w >= 1 && w <= YIHU_WIDTH_MAX);
	rc = check_size(bytes, len, w, err);
	if (rc != 0)
		return rc;
	yihu_read_u8(&r);
	out->serial = yihu_read_be32(&r);
	yihu_read_into(&r, out->pk, sizeof(out->pk));
	yihu_read_into(&r, out->token_signature, sizeof(out->token_signature));
	out->w = yihu_read_u8(&r);
	yihu_read_into(&r, out->words, w * sizeof(out->words[0]));
	yihu_read_into(&r, out->commitments, w * sizeof(out->commitments[0]));
	yihu_read_into(&r, out->responses, w * sizeof(out->responses[0]));
	yihu_read_into(&r, out->vote_signature, sizeof(out->vote_signature));
	assert(yihu_reader_end(&r));
	return 0;
}

int yihu_ballot_parse(struct yihu_ballot *out, const void *bytes, size_t len, uint32_t w,
		      struct yihu_error *err)
{
	struct yihu_ballot *b = yihu_calloc(1, sizeof(*b));
	int r = yihu_ballot_read(b, bytes, len, w, err);
	if (r == 0)
		r = yihu_ballot_check_words(b, err);
	if (r == 0)
		*out = *b;
	free(b);
	return r;
}

uint32_t yihu_ballot_serial(const void *bytes, size_t len)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	yihu_read_u8(&r);
	return yihu_read_be32(&r);
}

const uint8_t *yihu_ballot_words(const void *bytes, size_t len)
{
	assert(len > WORDS_OFFSET);
	return (const uint8_t *)bytes + WORDS_OFFSET;
}

int yihu_ballot_check_signature(const struct yihu_ballot *b, const void *bytes, size_t len,
				const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	struct yihu_buf m = {0};
	assert(len == YIHU_BALLOT_BYTES(b->w));
	vote_message(&m, eid, bytes, signed_len(len));
	bool ok = yihu_verify(b->vote_signature, b->pk, m.data, m.len);
	yihu_buf_free(&m);
	return ok ? 0
		  : yihu_fail(err, YIHU_EVOTESIG,
			      _("the ballot of letter %04u is not signed by the key in it"),
			      b->serial);
}

int yihu_ballot_check_proof(const struct yihu_ballot *b, const uint8_t eid[static YIHU_EID_BYTES],
			    struct yihu_error *err)
{
	if (!yihu_ballot_proof_ok(eid, b->serial, b->pk, b->w, b->words, b->commitments,
				  b->responses))
		return yihu_fail(err, YIHU_EBALLOTPROOF,
				 _("the ballot of letter %04u does not prove that its caster knows "
				   "the vote"),
				 b->serial);
	return 0;
}

int yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
		       const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	int r = yihu_ballot_check_signature(b, bytes, len, eid, err);
	return r == 0 ? yihu_ballot_check_proof(b, eid, err) : r;
}

/* A frame of eid and the ballot without its vote signature. */
static void ballot_frame(struct yihu_frame *f, const char *label,
			 const uint8_t eid[static YIHU_EID_BYTES], const void *bytes, size_t len)
{
	yihu_frame_init(f, label);
	yihu_frame_item(f, eid, YIHU_EID_BYTES);
	yihu_frame_item(f, bytes, signed_len(len));
}

void yihu_ballot_code(char out[static YIHU_CODE_BYTES], const uint8_t eid[static YIHU_EID_BYTES],
		      const void *bytes, size_t len)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_buf text = {0};
	struct yihu_frame f;
	ballot_frame(&f, "code", eid, bytes, len);
	yihu_frame_hash(&f, hash);
	yihu_crockford_grouped(&text, hash, 80, 4);
	assert(text.len == YIHU_CODE_BYTES - 1);
	memcpy(out, text.data, YIHU_CODE_BYTES);
	yihu_buf_free(&text);
}

void yihu_ballot_challenge(uint8_t out[static 32], const uint8_t eid[static YIHU_EID_BYTES],
			   const void *bytes, size_t len)
{
	struct yihu_frame f;
	ballot_frame(&f, "challenge", eid, bytes, len);
	yihu_frame_hash32(&f, out);
}
