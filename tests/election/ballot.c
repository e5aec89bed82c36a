/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot: every vector made again byte for byte, its code, and forgeries:
 * flipped bits, and ballots that the household itself signs but that break a
 * rule of PROTOCOL §6.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define OFFSET_WIDTH 101u
#define OFFSET_WORDS 102u

static const char *const kinds[] = {"approval", "consent"};

/* An election with nothing in it but charter and width. */
struct booth {
	struct yihu_definition definition;
	struct yihu_election e;
};

static void booth_init(struct booth *b, struct yihu_charter *c, uint32_t width)
{
	*b = (struct booth){.definition.width = width};
	b->e = (struct yihu_election){.definition = &b->definition, .charter = c};
}

static void check_vector(const json_t *ballot, const json_t *secrets, struct yihu_charter *c)
{
	const json_t *words = json_object_get(ballot, "words");
	uint32_t w = (uint32_t)json_array_size(words), word[YIHU_WIDTH_MAX];
	struct yihu_token token = vector_token(
		secrets, (uint32_t)json_integer_value(json_object_get(ballot, "serial")));
	struct yihu_scalar r[YIHU_WIDTH_MAX], k[YIHU_WIDTH_MAX];
	struct yihu_ballot *read = yihu_calloc(1, sizeof(*read));
	uint8_t want[YIHU_BALLOT_BYTES_MAX];
	struct yihu_buf out = {0};
	struct yihu_error err = {0};
	char code[YIHU_CODE_BYTES];
	struct booth b;

	for (uint32_t j = 0; j < w; j++) {
		word[j] = (uint32_t)json_integer_value(json_array_get(words, j));
		unhex(r[j].bytes, 32, json_array_get(json_object_get(ballot, "r"), j));
		unhex(k[j].bytes, 32, json_array_get(json_object_get(ballot, "k"), j));
	}
	booth_init(&b, c, w);
	yihu_buf_str(&out, "before "); /* what is there stays */
	expect(yihu_ballot_make(&out, &b.e, &token, word, r, k, &err), &err, YIHU_OK, "");
	unhex(want, YIHU_BALLOT_BYTES(w), json_object_get(ballot, "ballot"));
	assert_int_equal(out.len, 7 + YIHU_BALLOT_BYTES(w));
	assert_memory_equal(out.data, "before ", 7);
	assert_memory_equal(out.data + 7, want, YIHU_BALLOT_BYTES(w));

	expect(yihu_ballot_parse(read, want, YIHU_BALLOT_BYTES(w), w, &err), &err, YIHU_OK, "");
	assert_int_equal(read->serial, token.serial);
	assert_int_equal(read->w, w);
	assert_memory_equal(read->token_signature, token.signature, 64);
	expect(yihu_ballot_verify(read, want, YIHU_BALLOT_BYTES(w), c->eid, &err), &err, YIHU_OK,
	       "");
	yihu_ballot_code(code, c->eid, want, YIHU_BALLOT_BYTES(w));
	assert_string_equal(code, json_string_value(json_object_get(ballot, "code")));
	yihu_buf_free(&out);
	free(read);
}

TEST(vectors_are_made_again_byte_for_byte)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		json_t *secrets = data_secrets(kinds[i]), *ballot;
		size_t at;

		assert_true(json_array_size(json_object_get(secrets, "ballots")) >= 7);
		json_array_foreach(json_object_get(secrets, "ballots"), at, ballot)
			check_vector(ballot, secrets, c);
		json_decref(secrets);
		yihu_charter_free(c);
	}
}

/* A booth with one household's token, and a ballot as it casts it. */
struct cast {
	struct world w;
	struct yihu_charter *c;
	struct booth b;
	struct yihu_token token;
	struct yihu_keypair kp;
	uint32_t words[YIHU_WIDTH_MAX];
	struct yihu_scalar r[YIHU_WIDTH_MAX];
	struct yihu_buf ballot;
};

static struct cast *cast(uint32_t width)
{
	struct cast *s = yihu_calloc(1, sizeof(*s));
	struct yihu_error err = {0};

	world_init(&s->w, 3, 2, 9);
	s->c = world_charter(&s->w);
	booth_init(&s->b, s->c, width);
	s->token = world_token(&s->w, s->c, 4);
	yihu_token_keypair(&s->kp, s->c->eid, &s->token);
	for (uint32_t j = 0; j < width; j++) {
		s->words[j] = randombytes_uniform(65536);
		s->r[j] = yihu_scalar_random();
	}
	s->words[0] = 0;
	expect(yihu_ballot_make(&s->ballot, &s->b.e, &s->token, s->words, s->r, NULL, &err), &err,
	       YIHU_OK, "");
	return s;
}

static void cast_free(struct cast *s)
{
	yihu_buf_free(&s->ballot);
	yihu_charter_free(s->c);
	world_finish(&s->w);
	free(s);
}

/* Parse, then verify: what a reader does. */
static int take(const struct cast *s, uint32_t width, struct yihu_error *err)
{
	struct yihu_ballot *b = yihu_calloc(1, sizeof(*b));
	int code = yihu_ballot_parse(b, s->ballot.data, s->ballot.len, width, err);

	if (code == YIHU_OK)
		code = yihu_ballot_verify(b, s->ballot.data, s->ballot.len, s->c->eid, err);
	free(b);
	return code;
}

/* The household signs the bytes as they are now. */
static void sign_again(struct cast *s, const uint8_t *eid, const struct yihu_keypair *kp)
{
	size_t len = s->ballot.len - YIHU_SIGNATURE_BYTES;
	struct yihu_buf m = {0};

	yihu_message_label(&m, "ballot");
	yihu_message_item(&m, eid, YIHU_EID_BYTES);
	yihu_message_item(&m, s->ballot.data, len);
	yihu_sign(s->ballot.data + len, kp, m.data, m.len);
	yihu_buf_free(&m);
}

TEST(ballots_of_every_width_come_back)
{
	static const uint32_t widths[] = {1, 2, 17, 255};

	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		uint32_t w = widths[i];
		struct cast *s = cast(w);
		struct yihu_ballot *b = yihu_calloc(1, sizeof(*b));
		struct yihu_error err = {0};

		assert_int_equal(s->ballot.len, 166 + 128 * w);
		expect(take(s, w, &err), &err, YIHU_OK, "");
		assert_int_equal(yihu_ballot_parse(b, s->ballot.data, s->ballot.len, w, NULL), 0);
		assert_memory_equal(b->pk, s->kp.pk, 32);
		for (uint32_t j = 0; j < w; j++) {
			/* B − r·Y = m·G */
			struct yihu_point m =
				yihu_point_sub(b->words[j].b, yihu_point_mul(s->r[j], s->c->y));
			struct yihu_point want = yihu_point_base(yihu_scalar_u64(s->words[j]));

			assert_true(yihu_point_equal(&m, &want));
		}
		free(b);
		cast_free(s);
	}
}

TEST(no_two_ballots_are_alike)
{
	struct cast *s = cast(2);
	struct yihu_buf a = {0}, b = {0};

	assert_int_equal(yihu_ballot_make(&a, &s->b.e, &s->token, s->words, NULL, NULL, NULL), 0);
	assert_int_equal(yihu_ballot_make(&b, &s->b.e, &s->token, s->words, NULL, NULL, NULL), 0);
	for (size_t at = OFFSET_WORDS; at < a.len; at += 32)
		assert_memory_not_equal(a.data + at, b.data + at, 32);
	yihu_buf_free(&a);
	yihu_buf_free(&b);
	cast_free(s);
}

TEST(every_flipped_bit_is_refused)
{
	struct cast *s = cast(2);

	for (size_t bit = 0; bit < 8 * s->ballot.len; bit++) {
		s->ballot.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (take(s, 2, NULL) == YIHU_OK)
			fail_msg("bit %zu of byte %zu does not matter", bit % 8, bit / 8);
		s->ballot.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_int_equal(take(s, 2, NULL), YIHU_OK);
	cast_free(s);
}

/* The same flips, but the household signs them: the form or the proof must see
 * all but those of the token signature, which are the ledger's to see. */
TEST(every_flipped_bit_is_refused_though_signed)
{
	struct cast *s = cast(2);

	for (size_t bit = 0; bit < 8 * (s->ballot.len - YIHU_SIGNATURE_BYTES); bit++) {
		size_t at = bit / 8;
		int code;

		if (at >= OFFSET_WIDTH - YIHU_SIGNATURE_BYTES && at < OFFSET_WIDTH)
			continue;
		s->ballot.data[at] ^= (uint8_t)(1u << bit % 8);
		sign_again(s, s->c->eid, &s->kp);
		code = take(s, 2, NULL);
		if (code == YIHU_OK)
			fail_msg("bit %zu of byte %zu does not matter", bit % 8, at);
		if (at < 5 && at > 0)
			assert_int_equal(code, YIHU_EBALLOTPROOF);
		s->ballot.data[at] ^= (uint8_t)(1u << bit % 8);
	}
	cast_free(s);
}

TEST(every_cut_is_refused)
{
	struct cast *s = cast(1);
	struct yihu_ballot *b = yihu_calloc(1, sizeof(*b));
	struct yihu_error err = {0};

	for (size_t len = 0; len < s->ballot.len; len++) {
		uint8_t *copy = yihu_alloc(len > 0 ? len : 1);

		memcpy(copy, s->ballot.data, len);
		expect(yihu_ballot_parse(b, copy, len, 1, &err), &err, YIHU_EFORMAT, "cut short");
		free(copy);
	}
	free(b);
	cast_free(s);
}

/* Forgeries of a ballot of three words, each signed by the household itself. */

static uint8_t *word_at(struct cast *s, size_t j)
{
	return s->ballot.data + OFFSET_WORDS + 64 * j;
}

static uint8_t *commitment_at(struct cast *s, size_t j)
{
	return s->ballot.data + OFFSET_WORDS + 3 * 64 + 32 * j;
}

static uint8_t *response_at(struct cast *s, size_t j)
{
	return s->ballot.data + OFFSET_WORDS + 3 * 96 + 32 * j;
}

/* q, the order of the group */
static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,       0xd6,
				  0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};

static void version_2(struct cast *s)
{
	s->ballot.data[0] = 2;
}

static void version_0(struct cast *s)
{
	s->ballot.data[0] = 0;
}

static void width_2(struct cast *s)
{
	s->ballot.data[OFFSET_WIDTH] = 2;
}

static void width_0(struct cast *s)
{
	s->ballot.data[OFFSET_WIDTH] = 0;
}

static void one_byte_more(struct cast *s)
{
	yihu_buf_u8(&s->ballot, 0);
}

static void one_byte_less(struct cast *s)
{
	s->ballot.len--;
}

static void a_not_canonical(struct cast *s)
{
	memset(word_at(s, 0), 0xff, 32);
}

static void a_negative(struct cast *s)
{
	memset(word_at(s, 1), 0, 32);
	word_at(s, 1)[0] = 1;
}

static void a_bit_255(struct cast *s)
{
	word_at(s, 2)[31] |= 0x80;
}

static void b_not_canonical(struct cast *s)
{
	memset(word_at(s, 2) + 32, 0xff, 32);
}

static void k_not_canonical(struct cast *s)
{
	memset(commitment_at(s, 1), 0xff, 32);
}

static void a_identity(struct cast *s)
{
	memset(word_at(s, 1), 0, 32);
}

static void b_identity(struct cast *s)
{
	memset(word_at(s, 1) + 32, 0, 32);
}

static void k_identity(struct cast *s)
{
	memset(commitment_at(s, 0), 0, 32);
}

static void response_is_the_order(struct cast *s)
{
	memcpy(response_at(s, 2), order, 32);
}

static void response_plus_order(struct cast *s)
{
	sodium_add(response_at(s, 0), order, 32);
}

static void response_bit_255(struct cast *s)
{
	response_at(s, 1)[31] |= 0x80;
}

static void same_a_twice(struct cast *s)
{
	memcpy(word_at(s, 2), word_at(s, 0), 32);
}

static void words_change_places(struct cast *s)
{
	uint8_t keep[64];

	memcpy(keep, word_at(s, 0), 64);
	memcpy(word_at(s, 0), word_at(s, 1), 64);
	memcpy(word_at(s, 1), keep, 64);
}

/* B + G: the vote becomes another while A and its r stay. */
static void vote_plus_one(struct cast *s)
{
	struct yihu_point p;

	memcpy(p.bytes, word_at(s, 1) + 32, 32);
	p = yihu_point_add(p, yihu_point_base(yihu_scalar_u64(1)));
	memcpy(word_at(s, 1) + 32, p.bytes, 32);
}

/* A copier re-encrypts without knowing r: A + ρG, s + cρ is out of its reach. */
static void reencrypted(struct cast *s)
{
	struct yihu_scalar rho = yihu_scalar_random();
	struct yihu_ciphertext c;

	memcpy(&c, word_at(s, 0), 64);
	c = yihu_reencrypt(s->c->y, c, rho);
	memcpy(word_at(s, 0), &c, 64);
}

static void another_serial(struct cast *s)
{
	s->ballot.data[4]++;
}

static void response_plus_one(struct cast *s)
{
	struct yihu_scalar x;

	memcpy(x.bytes, response_at(s, 2), 32);
	x = yihu_scalar_add(x, yihu_scalar_u64(1));
	memcpy(response_at(s, 2), x.bytes, 32);
}

static const struct {
	void (*forge)(struct cast *s);
	int code;
	const char *words;
} forged[] = {
	{version_2, YIHU_EVERSION, "version 2"},
	{version_0, YIHU_EVERSION, "version 0"},
	{width_2, YIHU_EWIDTH, "has 2 words"},
	{width_0, YIHU_EWIDTH, "has 0 words"},
	{one_byte_more, YIHU_ETRAILING, "551 bytes where 550"},
	{one_byte_less, YIHU_EFORMAT, "549 bytes of 550"},
	{a_not_canonical, YIHU_EPOINT, "word 1"},
	{a_negative, YIHU_EPOINT, "word 2"},
	{a_bit_255, YIHU_EPOINT, "word 3"},
	{b_not_canonical, YIHU_EPOINT, "word 3"},
	{k_not_canonical, YIHU_EPOINT, "word 2"},
	{a_identity, YIHU_EIDENTITY, "word 2"},
	{b_identity, YIHU_EBALLOTPROOF, "letter 0004"}, /* legal as a point (§1) */
	{k_identity, YIHU_EBALLOTPROOF, "letter 0004"},
	{response_is_the_order, YIHU_ESCALAR, "word 3"},
	{response_plus_order, YIHU_ESCALAR, "word 1"},
	{response_bit_255, YIHU_ESCALAR, "word 2"},
	{same_a_twice, YIHU_ECOPIED, "words 1 and 3"},
	{words_change_places, YIHU_EBALLOTPROOF, "does not prove"},
	{vote_plus_one, YIHU_EBALLOTPROOF, "letter 0004"},
	{reencrypted, YIHU_EBALLOTPROOF, "letter 0004"},
	{another_serial, YIHU_EBALLOTPROOF, "letter 0005"},
	{response_plus_one, YIHU_EBALLOTPROOF, "letter 0004"},
};

TEST(signed_but_wrong_is_refused)
{
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		struct cast *s = cast(3);
		struct yihu_error err = {0};

		print_message("# row %zu: %s\n", i, forged[i].words);
		forged[i].forge(s);
		sign_again(s, s->c->eid, &s->kp);
		expect(take(s, 3, &err), &err, forged[i].code, forged[i].words);
		cast_free(s);
	}
}

TEST(another_election_or_signer_is_refused)
{
	struct cast *s = cast(1);
	struct yihu_error err = {0};
	uint8_t eid[YIHU_EID_BYTES];
	struct yihu_keypair other;

	memcpy(eid, s->c->eid, sizeof(eid));
	eid[5] ^= 4;
	sign_again(s, eid, &s->kp);
	expect(take(s, 1, &err), &err, YIHU_EVOTESIG, "letter 0004");
	yihu_keypair_random(&other);
	sign_again(s, s->c->eid, &other);
	expect(take(s, 1, &err), &err, YIHU_EVOTESIG, "letter 0004");
	/* Right signature and other eid in the proof: */
	s->c->eid[5] ^= 4;
	sign_again(s, s->c->eid, &s->kp);
	expect(take(s, 1, &err), &err, YIHU_EBALLOTPROOF, "letter 0004");
	cast_free(s);
}

/* Another household may not take over a proof, even with its own right key. */
TEST(a_copied_ballot_under_another_key_is_refused)
{
	struct cast *s = cast(2);
	struct yihu_token thief = world_token(&s->w, s->c, 5);
	struct yihu_error err = {0};
	struct yihu_keypair kp;

	yihu_token_keypair(&kp, s->c->eid, &thief);
	s->ballot.data[4] = 5;
	memcpy(s->ballot.data + 5, kp.pk, 32);
	memcpy(s->ballot.data + 37, thief.signature, 64);
	sign_again(s, s->c->eid, &kp);
	expect(take(s, 2, &err), &err, YIHU_EBALLOTPROOF, "letter 0005");
	cast_free(s);
}

TEST(what_readers_refuse_is_never_made)
{
	struct cast *s = cast(2);
	struct yihu_buf out = {0};
	struct yihu_error err = {0};
	uint32_t words[2] = {0, 65536};

	expect(yihu_ballot_make(&out, &s->b.e, &s->token, words, NULL, NULL, &err), &err, YIHU_EARG,
	       "65535");
	s->r[0] = s->r[1];
	expect(yihu_ballot_make(&out, &s->b.e, &s->token, s->words, s->r, NULL, &err), &err,
	       YIHU_ECOPIED, "words 1 and 2");
	s->r[0] = yihu_scalar_u64(0);
	expect(yihu_ballot_make(&out, &s->b.e, &s->token, s->words, s->r, NULL, &err), &err,
	       YIHU_EIDENTITY, "word 1");
	assert_int_equal(out.len, 0);
	yihu_buf_free(&out);
	cast_free(s);
}

/* H32("challenge"; …), built here from the frame's definition. */
TEST(challenge_and_code_leave_the_vote_signature_out)
{
	struct cast *s = cast(1);
	size_t len = s->ballot.len - YIHU_SIGNATURE_BYTES;
	char code[YIHU_CODE_BYTES], again[YIHU_CODE_BYTES];
	uint8_t challenge[32], want[64];
	struct yihu_buf m = {0};

	yihu_buf_put(&m, "yihu/v1/challenge", 18);
	yihu_buf_be64(&m, 32);
	yihu_buf_put(&m, s->c->eid, 32);
	yihu_buf_be64(&m, len);
	yihu_buf_put(&m, s->ballot.data, len);
	crypto_hash_sha512(want, m.data, m.len);
	yihu_ballot_challenge(challenge, s->c->eid, s->ballot.data, s->ballot.len);
	assert_memory_equal(challenge, want, sizeof(challenge));
	yihu_ballot_code(code, s->c->eid, s->ballot.data, s->ballot.len);
	s->ballot.data[len] ^= 1;
	yihu_ballot_code(again, s->c->eid, s->ballot.data, s->ballot.len);
	assert_string_equal(code, again);
	s->ballot.data[len - 1] ^= 1;
	yihu_ballot_code(again, s->c->eid, s->ballot.data, s->ballot.len);
	assert_string_not_equal(code, again);
	yihu_buf_free(&m);
	cast_free(s);
}

TEST(serial_and_words_are_where_the_form_says)
{
	struct cast *s = cast(3);
	struct yihu_ballot *b = yihu_calloc(1, sizeof(*b));
	assert_int_equal(yihu_ballot_parse(b, s->ballot.data, s->ballot.len, 3, NULL), YIHU_OK);
	assert_int_equal(yihu_ballot_serial(s->ballot.data, s->ballot.len), 4);
	assert_int_equal(yihu_ballot_serial(s->ballot.data, 5), 4);
	assert_int_equal(yihu_ballot_serial(s->ballot.data, 4), 0);
	assert_int_equal(yihu_ballot_serial(NULL, 0), 0);
	assert_ptr_equal(yihu_ballot_words(s->ballot.data, s->ballot.len),
			 s->ballot.data + OFFSET_WORDS);
	assert_memory_equal(yihu_ballot_words(s->ballot.data, s->ballot.len), b->words,
			    3 * sizeof(b->words[0]));
	free(b);
	cast_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_are_made_again_byte_for_byte),
		cmocka_unit_test(ballots_of_every_width_come_back),
		cmocka_unit_test(no_two_ballots_are_alike),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(every_flipped_bit_is_refused_though_signed),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(signed_but_wrong_is_refused),
		cmocka_unit_test(another_election_or_signer_is_refused),
		cmocka_unit_test(a_copied_ballot_under_another_key_is_refused),
		cmocka_unit_test(what_readers_refuse_is_never_made),
		cmocka_unit_test(challenge_and_code_leave_the_vote_signature_out),
		cmocka_unit_test(serial_and_words_are_where_the_form_says),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("ballot", tests, NULL, NULL);
}
