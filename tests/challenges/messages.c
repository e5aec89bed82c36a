/* SPDX-License-Identifier: Apache-2.0
 *
 * Every value of every signed message and of every other hash of elections,
 * logs and results: what was made without it, or with another, is refused.
 */
#include <stdlib.h>
#include <string.h>

#include <fixture.h>
#include <transcript.h>
#include <yihu/cancel.h>
#include <yihu/count.h>
#include <yihu/households.h>

struct world {
	struct fixture *f;
	const uint8_t *eid;
};

static int set_up(void **state)
{
	struct world *x = yihu_calloc(1, sizeof *x);
	/* More than one word, so that a ballot has more than one pair. */
	x->f = fixture_new(&(struct fixture_options){.kind = YIHU_SCORING, .projects = 12});
	x->eid = x->f->election->charter->eid;
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct world *x = *state;
	fixture_free(x->f);
	free(x);
	return 0;
}

static void sign(uint8_t out[static YIHU_SIGNATURE_BYTES], struct transcript *t, struct twist *w,
		 const struct yihu_keypair *kp)
{
	struct yihu_buf m = {0};
	transcript_message(&m, t, w);
	yihu_sign(out, kp, m.data, m.len);
	yihu_buf_free(&m);
}

/* A message that begins with the election id. */
static struct transcript of_election(const struct world *x, const char *label)
{
	struct transcript t;
	transcript_init(&t, label);
	transcript_item(&t, "eid", x->eid, YIHU_EID_BYTES);
	return t;
}

/* §5 */

static bool token_holds(void *world, struct twist *w)
{
	const struct world *x = world;
	struct yihu_credential c = fixture_credential(x->f, 5);
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_error err;
	struct transcript t = of_election(x, "token");
	transcript_be32(&t, "serial", 5);
	transcript_item(&t, "pk", c.pk, sizeof c.pk);
	sign(signature, &t, w, &x->f->issuer);
	return yihu_credential_verify(x->eid, 5, c.pk, signature, x->f->issuer.pk, &err) == 0;
}

static bool credential_is(void *world, struct twist *w)
{
	const struct world *x = world;
	struct yihu_token token = fixture_token(x->f, 5);
	struct yihu_keypair have, want;
	uint8_t hash[64];
	struct transcript t = of_election(x, "credential");
	transcript_be32(&t, "serial", 5);
	transcript_item(&t, "seed", token.seed, sizeof token.seed);
	transcript_hash(hash, &t, w);
	yihu_keypair_from_seed(&want, hash);
	yihu_token_keypair(&have, x->eid, &token);
	return memcmp(have.pk, want.pk, sizeof have.pk) == 0;
}

/* All zero and all known: the check has 16 bits only, and this must not fail
 * once in some thousands of runs. */
static bool typed_holds(void *world, struct twist *w)
{
	static const uint8_t eid[YIHU_EID_BYTES] = {9}, seed[16] = {7};
	uint8_t bytes[22] = {0, 0, 0, 5}, hash[64];
	struct yihu_buf text = {0};
	struct yihu_token token;
	struct yihu_error err;
	struct transcript t;
	(void)world;
	memcpy(bytes + 4, seed, sizeof seed);
	transcript_init(&t, "typed");
	transcript_item(&t, "eid", eid, sizeof eid);
	transcript_part(&t, "serial", bytes, 4);
	transcript_item(&t, "seed", seed, sizeof seed);
	transcript_hash(hash, &t, w);
	memcpy(bytes + 20, hash, 2);
	yihu_crockford_grouped(&text, bytes, 8 * sizeof bytes, 4);
	int r = yihu_token_from_typed(&token, eid,
				      (struct yihu_span){(const char *)text.data, text.len}, &err);
	yihu_buf_free(&text);
	return r == 0;
}

/* §6: all bytes of a ballot before the vote signature, part by part. */

static struct yihu_buf ballot_of(const struct world *x, uint32_t serial)
{
	uint32_t digits[64];
	struct yihu_buf ballot = {0};
	assert_true(x->f->options.projects <= sizeof digits / sizeof *digits);
	fixture_digits(x->f, serial, digits);
	fixture_ballot(x->f, serial, digits, &ballot);
	return ballot;
}

static void put_ballot_parts(struct transcript *t, const struct yihu_buf *ballot)
{
	static const struct {
		const char *name;
		size_t len;
	} head[] = {{"version", 1}, {"serial", 4}, {"pk", 32}, {"token signature", 64}, {"w", 1}};
	const uint8_t *p = ballot->data;
	size_t w = p[101];
	assert_true(w >= 2);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
		transcript_part(t, head[i].name, p, head[i].len);
		p += head[i].len;
	}
	for (size_t i = 0; i < 4 * w; i++, p += 32) {
		const char *name = i < 2 * w ? i % 2 == 0 ? "A" : "B" : i < 3 * w ? "K" : "s";
		(i + 1 < 4 * w ? transcript_part : transcript_item)(t, name, p, 32);
	}
	assert_int_equal(p - ballot->data, ballot->len - YIHU_SIGNATURE_BYTES);
}

static bool vote_signature_holds(void *world, struct twist *w)
{
	const struct world *x = world;
	struct yihu_token token = fixture_token(x->f, 5);
	struct yihu_buf ballot = ballot_of(x, 5);
	struct yihu_ballot *b = yihu_calloc(1, sizeof *b);
	struct yihu_keypair kp;
	struct yihu_error err;
	struct transcript t = of_election(x, "ballot");
	put_ballot_parts(&t, &ballot);
	yihu_token_keypair(&kp, x->eid, &token);
	sign(ballot.data + ballot.len - YIHU_SIGNATURE_BYTES, &t, w, &kp);
	assert_ok(yihu_ballot_parse(b, ballot.data, ballot.len, x->f->election->definition->width,
				    &err),
		  err);
	int r = yihu_ballot_verify(b, ballot.data, ballot.len, x->eid, &err);
	assert_true(r == 0 || r == YIHU_EVOTESIG);
	yihu_buf_free(&ballot);
	free(b);
	return r == 0;
}

static bool code_is(void *world, struct twist *w)
{
	const struct world *x = world;
	struct yihu_buf ballot = ballot_of(x, 5), want = {0};
	char have[YIHU_CODE_BYTES];
	uint8_t hash[64];
	struct transcript t = of_election(x, "code");
	put_ballot_parts(&t, &ballot);
	transcript_hash(hash, &t, w);
	yihu_crockford_grouped(&want, hash, 80, 4);
	yihu_ballot_code(have, x->eid, ballot.data, ballot.len);
	bool same = memcmp(have, want.data, want.len) == 0;
	yihu_buf_free(&ballot);
	yihu_buf_free(&want);
	return same;
}

static bool challenge_is(void *world, struct twist *w)
{
	const struct world *x = world;
	struct yihu_buf ballot = ballot_of(x, 5);
	uint8_t have[32], hash[64];
	struct transcript t = of_election(x, "challenge");
	put_ballot_parts(&t, &ballot);
	transcript_hash(hash, &t, w);
	yihu_ballot_challenge(have, x->eid, ballot.data, ballot.len);
	yihu_buf_free(&ballot);
	return memcmp(have, hash, sizeof have) == 0;
}

/* §7 */

static bool change_holds(void *world, struct twist *w)
{
	const struct world *x = world;
	uint8_t numbers[8];
	struct yihu_change c = {
		.old_serial = 3, .new_serial = 13, .credential = fixture_credential(x->f, 13)};
	struct transcript t = of_election(x, "replace");
	yihu_store_be32(numbers, c.old_serial);
	yihu_store_be32(numbers + 4, c.new_serial);
	transcript_part(&t, "old", numbers, 4);
	transcript_part(&t, "new", numbers + 4, 4);
	transcript_part(&t, "pk", c.credential.pk, sizeof c.credential.pk);
	transcript_item(&t, "token signature", c.credential.signature,
			sizeof c.credential.signature);
	sign(c.issuer_signature, &t, w, &x->f->issuer);
	return yihu_change_signed(&c, x->eid, x->f->issuer.pk);
}

static bool close_holds(void *world, struct twist *w)
{
	const struct world *x = world;
	static const uint8_t root[32] = {1, 2, 3};
	struct yihu_close c = {.size = 77};
	struct transcript t = of_election(x, "close");
	transcript_be64(&t, "size", c.size);
	transcript_item(&t, "root", root, sizeof root);
	sign(c.issuer_signature, &t, w, &x->f->issuer);
	return yihu_close_signed(&c, x->eid, root, x->f->issuer.pk);
}

static bool cancel_holds(void *world, struct twist *w)
{
	const struct world *x = world;
	static const uint8_t root[32] = {1, 2, 3};
	struct yihu_cancel c = {.size = 77, .reason = yihu_span("一项报价写错了")};
	struct transcript t = of_election(x, "cancel");
	transcript_be64(&t, "size", c.size);
	transcript_item(&t, "root", root, sizeof root);
	transcript_item(&t, "reason", c.reason.p, c.reason.len);
	sign(c.issuer_signature, &t, w, &x->f->issuer);
	return yihu_cancel_signed(&c, x->eid, root, x->f->issuer.pk);
}

/* §4 and §10 */

static bool eid_is(void *world, struct twist *w)
{
	const struct world *x = world;
	uint8_t have[YIHU_EID_BYTES], hash[64];
	struct yihu_buf text = {0};
	struct transcript t;
	yihu_charter_text(&text, x->f->election->charter);
	transcript_init(&t, "charter");
	transcript_part(&t, "all but the last newline", text.data, text.len - 1);
	transcript_item(&t, "the last newline", text.data + text.len - 1, 1);
	transcript_hash(hash, &t, w);
	yihu_charter_eid(have, text.data, text.len);
	yihu_buf_free(&text);
	/* The fixture's eid is what its charter was read to have. */
	assert_memory_equal(have, x->eid, sizeof have);
	return memcmp(have, hash, sizeof have) == 0;
}

static bool roll_is(void *world, struct twist *w)
{
	const struct world *x = world;
	uint8_t have[32], hash[64];
	struct transcript t;
	transcript_init(&t, "roll");
	transcript_item(&t, "salt", x->f->roll_salt, sizeof x->f->roll_salt);
	transcript_item(&t, "roll", x->f->roll.data, x->f->roll.len);
	transcript_hash(hash, &t, w);
	yihu_roll_hash(have, x->f->roll_salt, x->f->roll.data, x->f->roll.len);
	assert_memory_equal(have, x->f->election->charter->roll_hash, sizeof have);
	return memcmp(have, hash, sizeof have) == 0;
}

static bool lot_is(void *world, struct twist *w)
{
	const struct world *x = world;
	static const char id[] = "树-7";
	struct yihu_profile p = {.has_lot = true, .eid = x->eid, .eid_len = YIHU_EID_BYTES};
	uint8_t have[64], want[64];
	memset(p.lot_seed, 0x5a, sizeof p.lot_seed);
	struct transcript t = of_election(x, "lot");
	transcript_item(&t, "V", p.lot_seed, sizeof p.lot_seed);
	transcript_item(&t, "project id", id, strlen(id));
	transcript_hash(want, &t, w);
	yihu_lot(have, &p, id);
	return memcmp(have, want, sizeof have) == 0;
}

#define ROW(name, label, holds)                                                                    \
	static void name(void **state)                                                             \
	{                                                                                          \
		every_value_counts(label, holds, *state);                                          \
	}
ROW(token_signature_covers_every_value, "token", token_holds)
ROW(credential_comes_of_every_value, "credential", credential_is)
ROW(typed_check_covers_every_value, "typed", typed_holds)
ROW(vote_signature_covers_every_value, "ballot", vote_signature_holds)
ROW(ballot_code_covers_every_value, "code", code_is)
ROW(cast_or_challenge_covers_every_value, "challenge", challenge_is)
ROW(change_signature_covers_every_value, "replace", change_holds)
ROW(close_signature_covers_every_value, "close", close_holds)
ROW(cancel_signature_covers_every_value, "cancel", cancel_holds)
ROW(eid_covers_the_whole_charter, "charter", eid_is)
ROW(roll_hash_covers_salt_and_roll, "roll", roll_is)
ROW(lot_covers_every_value, "lot", lot_is)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(token_signature_covers_every_value),
		cmocka_unit_test(credential_comes_of_every_value),
		cmocka_unit_test(typed_check_covers_every_value),
		cmocka_unit_test(vote_signature_covers_every_value),
		cmocka_unit_test(ballot_code_covers_every_value),
		cmocka_unit_test(cast_or_challenge_covers_every_value),
		cmocka_unit_test(change_signature_covers_every_value),
		cmocka_unit_test(close_signature_covers_every_value),
		cmocka_unit_test(cancel_signature_covers_every_value),
		cmocka_unit_test(eid_covers_the_whole_charter),
		cmocka_unit_test(roll_hash_covers_salt_and_roll),
		cmocka_unit_test(lot_covers_every_value),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
