/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies in the charter (PROTOCOL §4).
 */
#include <sodium.h>
#include <string.h>

#include "lies.h"

#define ALL "i1234"

/* A verifier key with its id, whether the key is one that may be used or not. */
static void set_key(struct yihu_vkey *key, const char *name, const uint8_t pk[static 32])
{
	crypto_hash_sha256_state state;
	uint8_t hash[32];
	memmove(key->name, name, strlen(name) + 1);
	memmove(key->pk, pk, 32);
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t *)name, strlen(name));
	crypto_hash_sha256_update(&state, (const uint8_t *)"\n\x01", 2);
	crypto_hash_sha256_update(&state, key->pk, 32);
	crypto_hash_sha256_final(&state, hash);
	memcpy(key->id, hash, sizeof key->id);
}

/* Holder i gets this name and key pair, and proves its part of Y with them. */
static void recast(struct liars *l, uint32_t i, const char *name, const struct yihu_keypair *kp)
{
	struct yihu_holder *h = &l->charter.holders[i - 1];
	l->holders[i - 1] = *kp;
	set_key(&h->key, name, kp->pk);
	yihu_holder_prove(h, l->charter.n, l->charter.t, l->polynomials[i - 1]);
}

static void the_issuer_is_a_holder(struct scene *s)
{
	struct liars l = liars();
	recast(&l, 2, "somebody-else", &l.issuer);
	put_charter(s, &l, ALL);
}

static void the_log_is_the_issuer(struct scene *s)
{
	struct liars l = liars();
	l.log = l.issuer;
	set_key(&l.charter.log, l.charter.log.name, l.log.pk);
	put_charter(s, &l, ALL);
}

static void two_holders_share_a_key(struct scene *s)
{
	struct liars l = liars();
	recast(&l, 4, l.charter.holders[3].key.name, &l.holders[0]);
	put_charter(s, &l, ALL);
}

static void two_holders_share_a_name(struct scene *s)
{
	struct liars l = liars();
	recast(&l, 4, l.charter.holders[0].key.name, &l.holders[3]);
	put_charter(s, &l, ALL);
}

static void a_holder_is_named_like_the_log(struct scene *s)
{
	struct liars l = liars();
	recast(&l, 3, l.charter.log.name, &l.holders[2]);
	put_charter(s, &l, ALL);
}

/* A signature by such a key can be made to verify; its owner could make others'
 * programs disagree on it. */
static void an_issuer_key_outside_the_group(struct scene *s)
{
	struct liars l = liars();
	add_torsion(l.issuer.pk);
	set_key(&l.charter.issuer, l.charter.issuer.name, l.issuer.pk);
	put_charter(s, &l, ALL);
}

static void a_key_id_of_another_key(struct scene *s)
{
	struct liars l = liars();
	l.charter.issuer.id[0] ^= 1;
	put_charter(s, &l, ALL);
}

/* An ideographic space, U+3000: two names that look like one. */
static void a_name_with_white_space(struct scene *s)
{
	struct liars l = liars();
	recast(&l, 2, "张\u3000三", &l.holders[1]);
	put_charter(s, &l, ALL);
}

static void a_log_of_another_name(struct scene *s)
{
	struct liars l = liars();
	set_key(&l.charter.log, "vote.example.org/other", l.log.pk);
	put_charter(s, &l, ALL);
}

/* Changes of the text, signed by all. */
static void reword(struct scene *s, const char *old, const char *with)
{
	struct liars l = liars();
	struct yihu_buf text = {0};
	yihu_charter_text(&text, &l.charter);
	replace(&text, old, with);
	put_charter_text(s, &l, &text, ALL);
}

static void put_key(struct scene *s, struct yihu_point y)
{
	struct liars l = liars();
	struct yihu_buf text = {0}, key = {0};
	yihu_charter_text(&text, &l.charter);
	uint8_t *at = memmem(text.data, text.len, "\nkey ", 5);
	text.len = (size_t)(at - text.data);
	yihu_buf_str(&key, "\nkey ");
	yihu_base64(&key, y.bytes, sizeof y.bytes);
	yihu_buf_str(&key, "\n");
	yihu_buf_put(&text, key.data, key.len);
	yihu_buf_free(&key);
	put_charter_text(s, &l, &text, ALL);
}

static void a_key_of_one_holder_alone(struct scene *s)
{
	put_key(s, world()->c->holders[0].c[0]);
}

static void a_key_that_lacks_a_holder(struct scene *s)
{
	put_key(s, yihu_election_key(world()->c->holders, HOLDERS - 1));
}

static void an_origin_with_a_scheme(struct scene *s)
{
	reword(s, "origin vote", "origin https://vote");
}

static void no_households(struct scene *s)
{
	reword(s, "households 6", "households 0");
}

static void too_many_households(struct scene *s)
{
	reword(s, "households 6", "households 1000001");
}

static void an_empty_box_may_be_opened(struct scene *s)
{
	reword(s, "min-box 3", "min-box 0");
}

static void a_poll_that_closes_as_it_opens(struct scene *s)
{
	reword(s, "closes 2025-12-08T", "closes 2025-12-01T");
}

static void a_date_that_does_not_exist(struct scene *s)
{
	reword(s, "closes 2025-12-08T", "closes 2026-02-29T");
}

static void a_time_in_another_form(struct scene *s)
{
	reword(s, "closes 2025-12-08T00:00:00Z", "closes 2025-12-08T00:00:00+00:00");
}

static void one_of_many_opens_alone(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 1 4 3");
}

static void sixteen_holders(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 2 16 9");
}

static void more_needed_than_there_are(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 5 4 4");
}

static void a_box_signed_by_fewer_than_open_it(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 2 4 1");
}

static void a_box_that_more_sign_than_there_are(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 2 4 5");
}

static void fewer_holders_than_announced(struct scene *s)
{
	reword(s, "threshold 2 4 3", "threshold 2 3 3");
}

static void a_number_in_another_spelling(struct scene *s)
{
	reword(s, "changes 2 2", "changes 02 2");
}

static void a_charter_line_too_many(struct scene *s)
{
	reword(s, "\nkey ", "\nnote free beer\nkey ");
}

static void a_charter_line_too_few(struct scene *s)
{
	reword(s, "min-box 3\n", "");
}

static void charter_lines_out_of_order(struct scene *s)
{
	reword(s, "opens 2025-12-01T00:00:00Z\ncloses 2025-12-08T00:00:00Z",
	       "closes 2025-12-08T00:00:00Z\nopens 2025-12-01T00:00:00Z");
}

static void a_charter_that_allows_no_withdrawals_in_a_line(struct scene *s)
{
	reword(s, "withdrawals 1\n", "withdrawals 0\n");
}

static void a_charter_that_allows_too_many_withdrawals(struct scene *s)
{
	reword(s, "withdrawals 1\n", "withdrawals 10\n");
}

static void a_charter_that_allows_withdrawals_twice(struct scene *s)
{
	reword(s, "withdrawals 1\n", "withdrawals 1\nwithdrawals 1\n");
}

static void a_charter_with_withdrawals_of_two_numbers(struct scene *s)
{
	reword(s, "withdrawals 1\n", "withdrawals 1 1\n");
}

static void a_charter_that_goes_on(struct scene *s)
{
	struct liars l = liars();
	struct yihu_buf text = {0};
	yihu_charter_text(&text, &l.charter);
	yihu_buf_str(&text, "but not really\n");
	put_charter_text(s, &l, &text, ALL);
}

static void holders_out_of_order(struct scene *s)
{
	struct liars l = liars();
	struct yihu_holder kept = l.charter.holders[0];
	l.charter.holders[0] = l.charter.holders[1];
	l.charter.holders[1] = kept;
	struct yihu_keypair key = l.holders[0];
	l.holders[0] = l.holders[1];
	l.holders[1] = key;
	put_charter(s, &l, ALL);
}

static void the_definition_of_another_election(struct scene *s)
{
	struct liars l = liars();
	struct yihu_buf other = copy_of(world()->issued, "election.pb");
	replace(&other, "1;100;", "1;101;");
	crypto_hash_sha256(l.charter.definition_hash, other.data, other.len);
	yihu_buf_free(&other);
	put_charter(s, &l, ALL);
}

/* Everything in order, but it is not what the letters were printed under. */
static void another_charter_than_on_the_letters(struct scene *s)
{
	struct liars l = liars();
	l.charter.closes += 86400;
	put_charter(s, &l, ALL);
	memcpy(s->o.eid, world()->c->eid, sizeof s->o.eid);
}

static void sign_by(struct scene *s, const char *who)
{
	struct liars l = liars();
	put_charter(s, &l, who);
}

static void a_charter_without_a_holder(struct scene *s)
{
	sign_by(s, "i123");
}

static void a_charter_without_the_issuer(struct scene *s)
{
	sign_by(s, "1234");
}

static void a_charter_that_the_log_signs_too(struct scene *s)
{
	sign_by(s, "i1234l");
}

static void a_holder_signs_for_another(struct scene *s)
{
	sign_by(s, "i1233");
}

static void charter_signatures_out_of_order(struct scene *s)
{
	sign_by(s, "i1243");
}

static void the_issuer_signs_last(struct scene *s)
{
	sign_by(s, "1234i");
}

/* The right name and key, over the charter with another closing time. */
static void a_signature_of_another_charter(struct scene *s)
{
	struct liars l = liars();
	struct yihu_buf honest = {0}, note = {0}, file;
	yihu_charter_text(&honest, &l.charter);
	sign_note(&note, &honest, &l, "4");
	l.charter.closes += 86400;
	put_charter(s, &l, "i123");
	file = copy_of(s->p, "charter");
	yihu_buf_put(&file, note.data + honest.len + 1, note.len - honest.len - 1);
	put(s->p, "charter", &file);
	yihu_buf_free(&honest);
	yihu_buf_free(&note);
}

#define CHARTER_LIE(called, code, says) LIE(called, CHARTER, code, "charter", says)

const struct lie charter_lies[] = {
	CHARTER_LIE(the_issuer_is_a_holder, KEYS, "have the same key"),
	CHARTER_LIE(the_log_is_the_issuer, KEYS, "have the same key"),
	CHARTER_LIE(two_holders_share_a_key, KEYS, "have the same key"),
	CHARTER_LIE(two_holders_share_a_name, KEYS, "two keys have the name"),
	CHARTER_LIE(a_holder_is_named_like_the_log, KEYS, "two keys have the name"),
	CHARTER_LIE(an_issuer_key_outside_the_group, PUBKEY, "line 10"),
	CHARTER_LIE(a_key_id_of_another_key, FORMAT, "line 10"),
	CHARTER_LIE(a_name_with_white_space, FORMAT, "signature line 3"),
	CHARTER_LIE(a_log_of_another_name, ORIGIN, "the log key's name must be the origin"),
	CHARTER_LIE(a_key_of_one_holder_alone, KEY, "not the sum of the key holders"),
	CHARTER_LIE(a_key_that_lacks_a_holder, KEY, "not the sum of the key holders"),
	CHARTER_LIE(an_origin_with_a_scheme, ORIGIN, "line 2"),
	CHARTER_LIE(no_households, HOUSEHOLD, "line 4"),
	CHARTER_LIE(too_many_households, HOUSEHOLD, "line 4"),
	CHARTER_LIE(an_empty_box_may_be_opened, MINBOX, "min-box must be at least 1"),
	CHARTER_LIE(a_poll_that_closes_as_it_opens, TIME, "must close later than it opens"),
	CHARTER_LIE(a_date_that_does_not_exist, TIME, "line 9"),
	CHARTER_LIE(a_time_in_another_form, TIME, "line 9"),
	CHARTER_LIE(one_of_many_opens_alone, THRESHOLD, "1 of 4 key holders"),
	CHARTER_LIE(sixteen_holders, THRESHOLD, "2 of 16 key holders"),
	CHARTER_LIE(more_needed_than_there_are, THRESHOLD, "5 of 4 key holders"),
	CHARTER_LIE(a_box_signed_by_fewer_than_open_it, THRESHOLD, "between 2 and 4, not 1"),
	CHARTER_LIE(a_box_that_more_sign_than_there_are, THRESHOLD, "between 2 and 4, not 5"),
	CHARTER_LIE(fewer_holders_than_announced, PROOF, "does not prove"),
	CHARTER_LIE(a_number_in_another_spelling, CHARTER, "“02”"),
	CHARTER_LIE(a_charter_line_too_many, CHARTER, "must have the form “key"),
	CHARTER_LIE(a_charter_line_too_few, CHARTER, "must have the form “min-box"),
	CHARTER_LIE(charter_lines_out_of_order, CHARTER, "must have the form “opens"),
	CHARTER_LIE(a_charter_that_allows_no_withdrawals_in_a_line, CHARTER, "1 to 9 of them"),
	CHARTER_LIE(a_charter_that_allows_too_many_withdrawals, CHARTER, "1 to 9 of them"),
	CHARTER_LIE(a_charter_that_allows_withdrawals_twice, TRAILING,
		    "goes on after its last line"),
	CHARTER_LIE(a_charter_with_withdrawals_of_two_numbers, CHARTER,
		    "must have the form “withdrawals"),
	CHARTER_LIE(a_charter_that_goes_on, TRAILING, "goes on after its last line"),
	CHARTER_LIE(holders_out_of_order, CHARTER, "key holder 2 where holder 1's belongs"),
	LIE(the_definition_of_another_election, CHARTER, DEFINITION, "election.pb",
	    "not the file that the charter names"),
	CHARTER_LIE(another_charter_than_on_the_letters, ELECTION, "this is another election"),
	CHARTER_LIE(a_charter_without_a_holder, SIGNERS, "4 signatures where 5 belong"),
	CHARTER_LIE(a_charter_without_the_issuer, SIGNERS, "4 signatures where 5 belong"),
	CHARTER_LIE(a_charter_that_the_log_signs_too, SIGNERS, "6 signatures where 5 belong"),
	CHARTER_LIE(a_holder_signs_for_another, SIGNERS, "by lies-holder-4 belongs here"),
	CHARTER_LIE(charter_signatures_out_of_order, SIGNERS, "by lies-holder-3 belongs here"),
	CHARTER_LIE(the_issuer_signs_last, SIGNERS, "by lies-issuer belongs here"),
	CHARTER_LIE(a_signature_of_another_charter, SIGNATURE, "lies-holder-4 does not verify"),
	NO_MORE_LIES,
};
