/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes of credentials that the ledger must refuse.
 */

#include <string.h>

#include "forge.h"
#include "test.h"

BAD(change_of_nothing)
{
	change(w, 0, 0, out);
}

BAD(void_of_an_unknown)
{
	change(w, LAST + 1, 0, out);
}

BAD(replacement_of_an_unknown)
{
	change(w, LAST + 1, LAST + 1, out);
}

BAD(void_of_the_voided)
{
	change(w, VOIDED, 0, out);
}

BAD(replacement_of_the_replaced)
{
	change(w, REPLACED, LAST + 1, out);
}

BAD(void_of_one_who_voted)
{
	change(w, VOTED, 0, out);
}

BAD(replacement_of_one_who_voted)
{
	change(w, VOTED, LAST + 1, out);
}

BAD(addition_that_skips_a_number)
{
	change(w, 0, LAST + 2, out);
}

BAD(addition_of_the_last_number)
{
	change(w, 0, LAST, out);
}

BAD(replacement_by_a_number_of_the_register)
{
	change(w, FREE, FREE + 1, out);
}

BAD(addition_with_a_key_of_the_register)
{
	addition_of_key(w, fixture_credential(w->f, 3).pk, out);
}

BAD(addition_with_a_key_of_a_replacement)
{
	addition_of_key(w, fixture_credential(w->f, NEW).pk, out);
}

BAD(addition_with_a_key_of_small_order)
{
	static const uint8_t small[32] = {1};
	addition_of_key(w, small, out);
}

BAD(addition_with_a_key_that_has_torsion)
{
	/* A good key plus the point of order 8 that RFC 8032's tests know. */
	static const uint8_t order8[32] = {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f,
					   0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
					   0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6,
					   0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};
	uint8_t pk[32];
	assert_int_equal(crypto_core_ed25519_add(pk, fixture_credential(w->f, 20).pk, order8), 0);
	addition_of_key(w, pk, out);
}

BAD(addition_with_a_key_signed_for_another_number)
{
	struct yihu_credential c = fixture_credential(w->f, LAST + 2);
	change_entry(w, w->now, 0, LAST + 1, &c, out);
}

BAD(addition_with_a_key_signed_by_the_log)
{
	struct yihu_credential c = fixture_credential(w->f, LAST + 1);
	struct yihu_token t = fixture_token(w->f, LAST + 1);
	yihu_token_sign(&t, eid(w), &w->f->log);
	memcpy(c.signature, t.signature, sizeof c.signature);
	change_entry(w, w->now, 0, LAST + 1, &c, out);
}

BAD(void_with_a_key)
{
	uint8_t part[104];
	void_of(part, FREE);
	part[8] = 1;
	signed_change(w, part, eid(w), &w->f->issuer, out);
}

BAD(void_with_a_token_signature)
{
	uint8_t part[104];
	void_of(part, FREE);
	part[103] = 1;
	signed_change(w, part, eid(w), &w->f->issuer, out);
}

BAD(void_signed_by_the_log)
{
	uint8_t part[104];
	void_of(part, FREE);
	signed_change(w, part, eid(w), &w->f->log, out);
}

BAD(void_signed_for_another_election)
{
	uint8_t part[104];
	void_of(part, FREE);
	signed_change(w, part, w->other->election->charter->eid, &w->f->issuer, out);
}

BAD(void_of_another_than_was_signed)
{
	change(w, FREE, 0, out);
	out->data[9 + 3] = FREE + 1;
}

BAD(third_addition)
{
	fixture_log_change(w->log, 0, true);
	change(w, 0, LAST + 2, out);
}

BAD(void_beyond_the_limit)
{
	fixture_log_change(w->log, FREE + 1, false);
	change(w, FREE, 0, out);
}

BAD(replacement_beyond_the_limit)
{
	fixture_log_change(w->log, FREE + 1, true);
	change(w, FREE, LAST + 2, out);
}

BAD(void_at_closes)
{
	change_entry(w, w->f->options.closes, FREE, 0, NULL, out);
}

BAD(void_older_than_the_last)
{
	change_entry(w, yihu_ledger_last_time(w->log->ledger) - 1, FREE, 0, NULL, out);
}

BAD(change_cut_short)
{
	change(w, FREE, 0, out);
	out->len--;
}

BAD(change_too_long)
{
	change(w, FREE, 0, out);
	yihu_buf_u8(out, 0);
}

static const struct bad_row rows[] = {
	ROW(POLL, change_of_nothing, YIHU_ECHANGE),
	ROW(POLL, void_of_an_unknown, YIHU_ECREDENTIAL),
	ROW(POLL, replacement_of_an_unknown, YIHU_ECREDENTIAL),
	ROW(POLL, void_of_the_voided, YIHU_EVOIDED),
	ROW(POLL, replacement_of_the_replaced, YIHU_EVOIDED),
	ROW(POLL, void_of_one_who_voted, YIHU_EVOTED),
	ROW(POLL, replacement_of_one_who_voted, YIHU_EVOTED),
	ROW(POLL, addition_that_skips_a_number, YIHU_ECHANGE),
	ROW(POLL, addition_of_the_last_number, YIHU_ECHANGE),
	ROW(POLL, replacement_by_a_number_of_the_register, YIHU_ECHANGE),
	ROW(POLL, addition_with_a_key_of_the_register, YIHU_EKEYS),
	ROW(POLL, addition_with_a_key_of_a_replacement, YIHU_EKEYS),
	ROW(POLL, addition_with_a_key_of_small_order, YIHU_EPUBKEY),
	ROW(POLL, addition_with_a_key_that_has_torsion, YIHU_EPUBKEY),
	ROW(POLL, addition_with_a_key_signed_for_another_number, YIHU_ETOKEN),
	ROW(POLL, addition_with_a_key_signed_by_the_log, YIHU_ETOKEN),
	ROW(POLL, void_with_a_key, YIHU_ECHANGE),
	ROW(POLL, void_with_a_token_signature, YIHU_ECHANGE),
	ROW(POLL, void_signed_by_the_log, YIHU_ESIGNATURE),
	ROW(POLL, void_signed_for_another_election, YIHU_ESIGNATURE),
	ROW(POLL, void_of_another_than_was_signed, YIHU_ESIGNATURE),
	ROW(POLL, third_addition, YIHU_ELIMIT),
	ROW(POLL, void_beyond_the_limit, YIHU_ELIMIT),
	ROW(POLL, replacement_beyond_the_limit, YIHU_ELIMIT),
	ROW(POLL, void_at_closes, YIHU_EOVER),
	ROW(POLL, void_older_than_the_last, YIHU_ETIME),
	ROW(POLL, change_cut_short, YIHU_EENTRY),
	ROW(POLL, change_too_long, YIHU_EENTRY),
};

int main(void)
{
	return bad_rows("bad changes", rows, sizeof rows / sizeof *rows);
}
