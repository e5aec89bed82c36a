/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots that the ledger must refuse.
 */

#include <string.h>

#include "forge.h"
#include "test.h"

#define RESPONSES(w) (YIHU_BALLOT_BYTES(w) - YIHU_SIGNATURE_BYTES - 32 * (size_t)(w))
#define FIRST_A (1 + 4 + 32 + 64 + 1)

BAD(ballot_older_than_the_last)
{
	ballot_at(w, FREE, yihu_ledger_last_time(w->log->ledger) - 1, out);
}

BAD(ballot_at_closes)
{
	ballot_at(w, FREE, w->f->options.closes, out);
}

BAD(ballot_before_opens)
{
	ballot_at(w, FREE, w->f->options.opens - 1, out);
}

BAD(ballot_cut_short)
{
	ballot_at(w, FREE, w->now, out);
	out->len--;
}

BAD(ballot_too_long)
{
	ballot_at(w, FREE, w->now, out);
	yihu_buf_u8(out, 0);
}

BAD(ballot_without_words)
{
	ballot_at(w, FREE, w->now, out);
	out->len = YIHU_ENTRY_HEAD_BYTES + YIHU_BALLOT_BYTES(0);
}

BAD(ballot_of_another_width)
{
	struct yihu_buf b = {0};
	uint32_t digits[64];
	fixture_digits(w->other, 1, digits);
	fixture_ballot(w->other, FREE, digits, &b);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

BAD(ballot_of_version_2)
{
	patched_ballot(w, 0, "\2", 1, out);
}

BAD(ballot_with_a_point_not_canonical)
{
	uint8_t p[32];
	memset(p, 0xff, sizeof p);
	patched_ballot(w, FIRST_A + 32, p, sizeof p, out);
}

BAD(ballot_with_a_scalar_of_q)
{
	static const uint8_t q[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,       0xd6,
				      0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
	patched_ballot(w, RESPONSES(2), q, sizeof q, out);
}

BAD(ballot_with_the_identity_as_a)
{
	static const uint8_t identity[32];
	patched_ballot(w, FIRST_A, identity, sizeof identity, out);
}

BAD(ballot_of_serial_0)
{
	struct yihu_token t = fixture_token(w->f, 0);
	ballot_with(w, &t, NULL, out);
}

BAD(ballot_of_a_serial_never_issued)
{
	struct yihu_token t = fixture_token(w->f, LAST + 1);
	ballot_with(w, &t, NULL, out);
}

BAD(ballot_with_another_key_signed_by_the_issuer)
{
	struct yihu_token t = fixture_token(w->f, FREE);
	t.seed[0] ^= 1;
	yihu_token_sign(&t, eid(w), &w->f->issuer);
	ballot_with(w, &t, NULL, out);
}

/* Whoever has the public register could try this. */
BAD(ballot_with_another_key_under_the_registers_signature)
{
	struct yihu_token t = fixture_token(w->f, FREE);
	t.seed[0] ^= 1;
	ballot_with(w, &t, NULL, out);
}

BAD(ballot_with_another_token_signature)
{
	struct yihu_token t = fixture_token(w->f, FREE);
	t.signature[0] ^= 1;
	ballot_with(w, &t, NULL, out);
}

BAD(ballot_of_another_serials_key)
{
	struct yihu_token t = fixture_token(w->f, FREE + 1);
	struct yihu_keypair kp;
	struct yihu_buf b = {0};
	yihu_token_keypair(&kp, eid(w), &t);
	ballot_of(w, FREE + 1, 77, &b);
	yihu_store_be32(b.data + 1, FREE);
	resign(w, FREE + 1, &b);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

BAD(ballot_of_the_replaced)
{
	ballot_at(w, REPLACED, w->now, out);
}

BAD(ballot_of_the_voided)
{
	ballot_at(w, VOIDED, w->now, out);
}

BAD(second_ballot)
{
	ballot_at(w, VOTED, w->now, out);
}

BAD(same_ballot_after_closes)
{
	const struct yihu_buf *e = &w->log->entries[VOTED_AT];
	yihu_entry_put(out, YIHU_ENTRY_BALLOT, w->f->options.closes + 5, e->data + 9, e->len - 9);
}

BAD(same_ballot_before_the_last)
{
	const struct yihu_buf *e = &w->log->entries[VOTED_AT];
	yihu_entry_put(out, YIHU_ENTRY_BALLOT, w->f->options.opens, e->data + 9, e->len - 9);
}

BAD(ballot_signed_by_another)
{
	struct yihu_buf b = {0};
	ballot_of(w, FREE, 77, &b);
	resign(w, FREE + 1, &b);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

BAD(ballot_with_its_signature_changed)
{
	ballot_at(w, FREE, w->now, out);
	out->data[out->len - 1] ^= 1;
}

BAD(ballot_with_a_response_changed)
{
	struct yihu_scalar s = yihu_scalar_random();
	patched_ballot(w, RESPONSES(2), s.bytes, sizeof s.bytes, out);
}

BAD(ballot_with_b_changed)
{
	struct yihu_point p = yihu_point_base(yihu_scalar_random());
	patched_ballot(w, FIRST_A + 32, p.bytes, sizeof p.bytes, out);
}

/* Words and proof of another's ballot under one's own key. */
BAD(ballot_with_anothers_words)
{
	const struct yihu_buf *e = &w->log->entries[VOTED_AT];
	size_t len = RESPONSES(2) + 64 - FIRST_A;
	patched_ballot(w, FIRST_A, e->data + 9 + FIRST_A, len, out);
}

BAD(ballot_repeating_an_a)
{
	struct yihu_token t = fixture_token(w->f, FREE);
	struct yihu_scalar r[2] = {known_r(9), known_r(2)};
	ballot_with(w, &t, r, out);
}

BAD(ballot_repeating_an_a_in_another_place)
{
	struct yihu_token t = fixture_token(w->f, FREE);
	struct yihu_scalar r[2] = {known_r(2), known_r(9)};
	ballot_with(w, &t, r, out);
}

/* Proven all the same; yihu_ballot_make would not make it. */
BAD(ballot_repeating_its_own_a)
{
	const struct yihu_scalar r[2] = {known_r(9), known_r(9)}, k[2] = {known_r(3), known_r(4)};
	struct yihu_ciphertext words[2];
	struct {
		struct yihu_point commitments[2];
		struct yihu_scalar responses[2];
	} proof;
	struct yihu_buf b = {0};
	ballot_of(w, FREE, 77, &b);
	for (size_t j = 0; j < 2; j++)
		words[j] = yihu_encrypt(w->f->election->charter->y, j, r[j]);
	yihu_ballot_prove(eid(w), FREE, b.data + 5, 2, words, r, k, proof.commitments,
			  proof.responses);
	assert_true(yihu_ballot_proof_ok(eid(w), FREE, b.data + 5, 2, words, proof.commitments,
					 proof.responses));
	memcpy(b.data + FIRST_A, words, sizeof words);
	memcpy(b.data + FIRST_A + sizeof words, &proof, sizeof proof);
	resign(w, FREE, &b);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

static const struct bad_row rows[] = {
	ROW(OPENED, ballot_before_opens, YIHU_ENOTOPEN),
	ROW(POLL, ballot_older_than_the_last, YIHU_ETIME),
	ROW(POLL, ballot_at_closes, YIHU_EOVER),
	ROW(POLL, ballot_cut_short, YIHU_EENTRY),
	ROW(POLL, ballot_too_long, YIHU_EENTRY),
	ROW(POLL, ballot_without_words, YIHU_EENTRY),
	ROW(POLL, ballot_of_another_width, YIHU_EWIDTH),
	ROW(POLL, ballot_of_version_2, YIHU_EVERSION),
	PROOF_ROW(POLL, ballot_with_a_point_not_canonical, YIHU_EPOINT, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_a_scalar_of_q, YIHU_ESCALAR, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_the_identity_as_a, YIHU_EIDENTITY, YIHU_OK),
	ROW(POLL, ballot_of_serial_0, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_of_a_serial_never_issued, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_with_another_key_signed_by_the_issuer, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_with_another_key_under_the_registers_signature, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_with_another_token_signature, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_of_another_serials_key, YIHU_ECREDENTIAL),
	ROW(POLL, ballot_of_the_replaced, YIHU_EVOIDED),
	ROW(POLL, ballot_of_the_voided, YIHU_EVOIDED),
	ROW(POLL, second_ballot, YIHU_EVOTED),
	ROW(POLL, same_ballot_after_closes, YIHU_ESAME),
	ROW(POLL, same_ballot_before_the_last, YIHU_ESAME),
	PROOF_ROW(POLL, ballot_signed_by_another, YIHU_EVOTESIG, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_its_signature_changed, YIHU_EVOTESIG, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_a_response_changed, YIHU_EBALLOTPROOF, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_b_changed, YIHU_EBALLOTPROOF, YIHU_OK),
	PROOF_ROW(POLL, ballot_with_anothers_words, YIHU_EBALLOTPROOF, YIHU_ECOPIED),
	ROW(POLL, ballot_repeating_an_a, YIHU_ECOPIED),
	ROW(POLL, ballot_repeating_an_a_in_another_place, YIHU_ECOPIED),
	PROOF_ROW(POLL, ballot_repeating_its_own_a, YIHU_ECOPIED, YIHU_OK),
};

int main(void)
{
	return bad_rows("bad ballots", rows, sizeof rows / sizeof *rows);
}
