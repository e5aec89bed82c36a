/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots that lie (PROTOCOL §6): by whom they are, what they prove, whose
 * ciphertexts they repeat.
 */
#include <stdlib.h>
#include <string.h>

#include "tale.h"

/* A log with the ballots of 1 and 2, and then this one. */
static void tell(struct scene *s, const struct draft *d)
{
	struct tale t = tale_begin();
	struct yihu_buf body = {0};
	tale_opens(&t);
	tale_ballots(&t, 2);
	draft_sign(d, &body);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, s);
}

static struct draft *draft_of(uint32_t serial)
{
	struct draft *d = yihu_calloc(1, sizeof *d);
	draft_make(d, world()->f, serial);
	return d;
}

static void told(struct scene *s, struct draft *d)
{
	tell(s, d);
	free(d);
}

/* The issuer signs a second key for household 3 and votes with it. */
static void a_key_that_the_register_does_not_have(struct scene *s)
{
	struct draft *d = draft_of(3);
	yihu_keypair_random(&d->kp);
	struct yihu_credential c = credential_by(d->eid, 3, d->kp.pk, &world()->f->issuer);
	memcpy(d->b.pk, c.pk, sizeof c.pk);
	memcpy(d->b.token_signature, c.signature, sizeof c.signature);
	draft_prove(d);
	told(s, d);
}

static void the_letter_of_another_household(struct scene *s)
{
	struct draft *d = draft_of(4);
	d->b.serial = 3;
	draft_prove(d);
	told(s, d);
}

/* Valid, but not the one in the register: two ballots would be told apart by it. */
static void a_second_signature_on_the_token(struct scene *s)
{
	struct draft *d = draft_of(3);
	struct yihu_buf m = {0};
	uint8_t be[4];
	yihu_store_be32(be, 3);
	yihu_message_label(&m, "token");
	yihu_message_item(&m, d->eid, sizeof d->eid);
	yihu_message_item(&m, be, sizeof be);
	yihu_message_item(&m, d->b.pk, sizeof d->b.pk);
	sign_again(d->b.token_signature, &world()->f->issuer, m.data, m.len);
	yihu_buf_free(&m);
	told(s, d);
}

static void a_ballot_that_the_issuer_signed(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->kp = world()->f->issuer;
	told(s, d);
}

static void a_ballot_cast_in_another_election(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->eid[0] ^= 1;
	draft_prove(d);
	told(s, d);
}

/* Signed under this eid, proved under another. */
static void a_proof_of_another_election(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->eid[0] ^= 1;
	draft_prove(d);
	d->eid[0] ^= 1;
	told(s, d);
}

/* Household 2's vote, seen in the log, cast again by household 3 with the proof
 * that came with it. */
static void a_ballot_copied_with_its_proof(struct scene *s)
{
	struct draft *d = draft_of(3), *original = draft_of(2);
	struct tale t = tale_begin();
	struct yihu_buf body = {0}, copy = {0};
	tale_opens(&t);
	draft_sign(original, &body);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	d->b.words[0] = original->b.words[0];
	d->b.commitments[0] = original->b.commitments[0];
	d->b.responses[0] = original->b.responses[0];
	draft_sign(d, &copy);
	tale_put(&t, YIHU_ENTRY_BALLOT, &copy);
	tale_tell(&t, s);
	free(original);
	free(d);
}

/* The same, with household 2's help: its r makes a proof of one's own. */
static void randomness_shared_by_two_households(struct scene *s)
{
	struct draft *d = draft_of(3), *original = draft_of(2);
	struct tale t = tale_begin();
	struct yihu_buf body = {0}, copy = {0};
	tale_opens(&t);
	draft_sign(original, &body);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	d->r[0] = original->r[0];
	draft_encrypt(d, world()->f);
	draft_sign(d, &copy);
	tale_put(&t, YIHU_ENTRY_BALLOT, &copy);
	tale_tell(&t, s);
	free(original);
	free(d);
}

/* B grows by G: a vote added to the first project of a ballot already proved.
 * Only the challenge knows B. */
static void a_vote_changed_after_its_proof(struct scene *s)
{
	struct draft *d = draft_of(3);
	struct yihu_point g = yihu_point_base(yihu_scalar_u64(1));
	d->b.words[0].b = yihu_point_add(d->b.words[0].b, g);
	told(s, d);
}

/* r = 0: everybody reads the vote. The proof is right. */
static void a_vote_that_is_not_encrypted(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->r[0] = yihu_scalar_u64(0);
	draft_encrypt(d, world()->f);
	told(s, d);
}

static void a_ballot_of_two_words(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->b.w = 2;
	draft_encrypt(d, world()->f);
	told(s, d);
}

static void a_ballot_of_another_version(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->version = 2;
	told(s, d);
}

/* s + q answers the same equation, and is another spelling. */
static void a_response_in_another_spelling(struct scene *s)
{
	struct draft *d = draft_of(3);
	add_order(d->b.responses[0].bytes);
	told(s, d);
}

/* The s of the vote signature: still right for who does not look at its size. */
static void a_vote_signature_in_another_spelling(struct scene *s)
{
	struct draft *d = draft_of(3);
	struct tale t = tale_begin();
	struct yihu_buf body = {0};
	tale_opens(&t);
	draft_sign(d, &body);
	add_order(body.data + body.len - YIHU_SCALAR_BYTES);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	tale_tell(&t, s);
	free(d);
}

/* Bit 255 of a point is ignored by libsodium's arithmetic. */
static void a_commitment_in_another_spelling(struct scene *s)
{
	struct draft *d = draft_of(3);
	d->b.commitments[0].bytes[31] |= 0x80;
	told(s, d);
}

/* 17 projects: two words. Both under one r, so that their difference shows. */
static struct fixture *wide_fixture(void)
{
	return fixture_new(
		&(struct fixture_options){.name = "wide", .projects = 17, .households = 2, .n = 1});
}

static void two_words_under_one_randomness(struct scene *s)
{
	struct fixture *f = wide_fixture();
	struct draft *d = yihu_calloc(1, sizeof *d);
	struct tale t = tale_empty();
	struct yihu_buf body = {0};
	yihu_entry_open(&t.entries[t.n++], t.time, f->election);
	tale_opens(&t);
	draft_make(d, f, 1);
	d->r[1] = d->r[0];
	draft_encrypt(d, f);
	draft_sign(d, &body);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	s->p = fixture_public_new(f);
	put_forged_log(s->p, f, t.entries, t.n);
	memcpy(s->o.eid, f->election->charter->eid, sizeof s->o.eid);
	tale_free(&t);
	free(d);
	fixture_free(f);
}

#define BALLOT_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)

const struct lie ballot_lies[] = {
	BALLOT_LIE(a_key_that_the_register_does_not_have, CREDENTIAL,
		   "entry 3: the ballot does not have the key"),
	BALLOT_LIE(the_letter_of_another_household, CREDENTIAL,
		   "entry 3: the ballot does not have the key"),
	BALLOT_LIE(a_second_signature_on_the_token, CREDENTIAL,
		   "entry 3: the ballot does not have the key"),
	BALLOT_LIE(a_ballot_that_the_issuer_signed, VOTESIG, "entry 3: the ballot of"),
	BALLOT_LIE(a_ballot_cast_in_another_election, VOTESIG, "entry 3: the ballot of"),
	BALLOT_LIE(a_proof_of_another_election, BALLOTPROOF, "entry 3: the ballot of"),
	BALLOT_LIE(a_ballot_copied_with_its_proof, BALLOTPROOF, "entry 2: the ballot of"),
	BALLOT_LIE(randomness_shared_by_two_households, COPIED, "entry 2: the ballot repeats part"),
	BALLOT_LIE(a_vote_changed_after_its_proof, BALLOTPROOF, "entry 3: the ballot of"),
	BALLOT_LIE(a_vote_that_is_not_encrypted, IDENTITY, "entry 3: word 1 of the ballot"),
	BALLOT_LIE(a_ballot_of_two_words, WIDTH, "entry 3: the ballot has 2 words"),
	BALLOT_LIE(a_ballot_of_another_version, VERSION, "entry 3: the ballot is of version 2"),
	BALLOT_LIE(a_response_in_another_spelling, SCALAR, "entry 3: word 1 of the ballot"),
	BALLOT_LIE(a_vote_signature_in_another_spelling, VOTESIG, "entry 1: "),
	BALLOT_LIE(a_commitment_in_another_spelling, POINT, "entry 3: word 1 of the ballot"),
	BALLOT_LIE(two_words_under_one_randomness, COPIED,
		   "entry 1: words 1 and 2 of the ballot have the same A"),
	NO_MORE_LIES,
};
