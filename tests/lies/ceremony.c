/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies of key holders (PROTOCOL §3): keys that nobody can know, proofs of
 * somebody else, deals that do not fit what was announced.
 */
#include <string.h>

#include "lies.h"

/* The charter bears holder `i` as the liars have it, and all sign. */
static void prove_anew(struct liars *l, uint32_t i)
{
	struct yihu_holder *h = &l->charter.holders[i - 1];
	yihu_holder_prove(h, l->charter.n, l->charter.t, l->polynomials[i - 1]);
}

static void a_proof_of_another_holder(struct scene *s)
{
	struct liars l = liars();
	struct yihu_holder *h = l.charter.holders;
	memcpy(h[1].c, h[0].c, sizeof h[0].c);
	h[1].proof_k = h[0].proof_k;
	h[1].proof_s = h[0].proof_s;
	put_charter(s, &l, "i1234");
}

/* C_{4,0} = a·G − Σ others: holder 4 alone would know Y's secret. What it
 * can prove is that it knows a. */
static void a_key_that_cancels_the_others(struct scene *s)
{
	struct liars l = liars();
	struct yihu_holder *h = l.charter.holders;
	prove_anew(&l, 4);
	for (uint32_t i = 0; i < 3; i++)
		h[3].c[0] = yihu_point_sub(h[3].c[0], h[i].c[0]);
	put_charter(s, &l, "i1234");
}

static void a_proof_for_another_threshold(struct scene *s)
{
	struct liars l = liars();
	yihu_holder_prove(&l.charter.holders[1], HOLDERS + 1, l.charter.t, l.polynomials[1]);
	put_charter(s, &l, "i1234");
}

static void a_proof_under_another_name(struct scene *s)
{
	struct liars l = liars();
	struct yihu_error err;
	fixture_must(yihu_vkey_make(&l.charter.holders[2].key, "renamed", l.holders[2].pk, &err),
		     &err);
	put_charter(s, &l, "i1234");
}

static void a_proof_under_another_signing_key(struct scene *s)
{
	struct liars l = liars();
	struct yihu_error err;
	struct yihu_vkey *key = &l.charter.holders[2].key;
	yihu_keypair_random(&l.holders[2]);
	fixture_must(yihu_vkey_make(key, l.charter.holders[2].key.name, l.holders[2].pk, &err),
		     &err);
	put_charter(s, &l, "i1234");
}

/* C_{i,1} stands in no equation of the proof, only in its challenge. */
static void a_commitment_changed_after_the_proof(struct scene *s)
{
	struct liars l = liars();
	l.charter.holders[3].c[1] = yihu_point_base(yihu_scalar_u64(7));
	put_charter(s, &l, "i1234");
}

static void a_first_commitment_of_nothing(struct scene *s)
{
	struct liars l = liars();
	l.polynomials[1][0] = yihu_scalar_u64(0);
	prove_anew(&l, 2);
	put_charter(s, &l, "i1234");
}

/* f_2 of a lower degree: fewer than t would know it. */
static void a_last_commitment_of_nothing(struct scene *s)
{
	struct liars l = liars();
	l.polynomials[1][1] = yihu_scalar_u64(0);
	prove_anew(&l, 2);
	put_charter(s, &l, "i1234");
}

/* All four together choose keys that add up to nothing. */
static void keys_that_add_up_to_nothing(struct scene *s)
{
	struct liars l = liars();
	l.polynomials[3][0] = yihu_scalar_u64(0);
	for (uint32_t i = 0; i < 3; i++)
		l.polynomials[3][0] = yihu_scalar_sub(l.polynomials[3][0], l.polynomials[i][0]);
	prove_anew(&l, 4);
	put_charter(s, &l, "i1234");
}

/* What holders alone see. */
static int refuse_announcement(const struct liars *l, uint32_t n, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	struct yihu_holder out;
	uint32_t n_read, t_read;
	yihu_announcement_make(&note, &l->charter.holders[0], n, 2, &l->holders[0]);
	int rc = yihu_announcement_parse(&out, &n_read, &t_read, note.data, note.len, err);
	yihu_buf_free(&note);
	return rc;
}

static int an_announcement_proved_for_fewer_holders(struct yihu_error *err)
{
	struct liars l = liars();
	return refuse_announcement(&l, HOLDERS - 1, err);
}

static int an_announcement_without_its_proof(struct yihu_error *err)
{
	struct liars l = liars();
	struct yihu_holder *h = &l.charter.holders[0];
	h->proof_s = yihu_scalar_add(h->proof_s, yihu_scalar_u64(1));
	return refuse_announcement(&l, HOLDERS, err);
}

static const uint8_t announced[64] = {1}, announced_else[64] = {2};

/* Holder 2 opens a deal of holder `dealer`, believed to be holder 1's. */
static int refuse_deal(const struct liars *l, uint32_t dealer, const uint8_t s[static 64],
		       uint32_t opener, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	struct yihu_scalar share;
	const struct yihu_holder *h = l->charter.holders;
	yihu_deal_make(&note, s, dealer, h, HOLDERS, 2, l->polynomials[0], &l->holders[dealer - 1]);
	int rc = yihu_deal_open(&share, note.data, note.len, announced, &h[0], HOLDERS, 2,
				&l->holders[opener - 1], err);
	yihu_buf_free(&note);
	if (rc == YIHU_OK && !yihu_holder_share_ok(&h[0], 2, 2, share))
		rc = yihu_fail(err, YIHU_ESHARE, "off the polynomial");
	return rc;
}

static int a_deal_over_other_announcements(struct yihu_error *err)
{
	struct liars l = liars();
	return refuse_deal(&l, 1, announced_else, 2, err);
}

static int a_deal_by_another_holder(struct yihu_error *err)
{
	struct liars l = liars();
	return refuse_deal(&l, 3, announced, 2, err);
}

static int a_box_sealed_to_another_holder(struct yihu_error *err)
{
	struct liars l = liars();
	return refuse_deal(&l, 1, announced, 3, err);
}

static int a_share_off_the_polynomial(struct yihu_error *err)
{
	struct liars l = liars();
	l.polynomials[0][1] = yihu_scalar_add(l.polynomials[0][1], yihu_scalar_u64(1));
	return refuse_deal(&l, 1, announced, 2, err);
}

const struct lie ceremony_lies[] = {
	LIE(a_proof_of_another_holder, CHARTER, PROOF, "charter", "key holder 2 does not prove"),
	LIE(a_key_that_cancels_the_others, CHARTER, PROOF, "charter",
	    "key holder 4 does not prove"),
	LIE(a_proof_for_another_threshold, CHARTER, PROOF, "charter",
	    "key holder 2 does not prove"),
	LIE(a_proof_under_another_name, CHARTER, PROOF, "charter", "key holder 3 does not prove"),
	LIE(a_proof_under_another_signing_key, CHARTER, PROOF, "charter",
	    "key holder 3 does not prove"),
	LIE(a_commitment_changed_after_the_proof, CHARTER, PROOF, "charter",
	    "key holder 4 does not prove"),
	LIE(a_first_commitment_of_nothing, CHARTER, IDENTITY, "charter",
	    "commitment 0 of key holder 2"),
	LIE(a_last_commitment_of_nothing, CHARTER, IDENTITY, "charter",
	    "commitment 1 of key holder 2"),
	LIE(keys_that_add_up_to_nothing, CHARTER, IDENTITY, "charter",
	    "the election key is the identity"),
	ASIDE(an_announcement_proved_for_fewer_holders, PROOF, "key holder 1 does not prove"),
	ASIDE(an_announcement_without_its_proof, PROOF, "key holder 1 does not prove"),
	ASIDE(a_deal_over_other_announcements, STATE, "dealt over announcements that differ"),
	ASIDE(a_deal_by_another_holder, SIGNERS, "lies-holder-3"),
	ASIDE(a_box_sealed_to_another_holder, SHARE, "does not open with this key"),
	ASIDE(a_share_off_the_polynomial, SHARE, "off the polynomial"),
	NO_MORE_LIES,
};
