/* SPDX-License-Identifier: Apache-2.0
 *
 * Encryption of words, and the caster's proof with every value it covers.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct yihu_point decrypt(struct yihu_scalar x, struct yihu_ciphertext c)
{
	return yihu_point_sub(c.b, yihu_point_mul(x, c.a));
}

TEST(a_word_comes_back_also_after_reencryption)
{
	static const uint32_t words[] = {0, 1, 2, 65535};
	struct yihu_scalar x = yihu_scalar_random();
	struct yihu_point y = yihu_point_base(x);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct yihu_point m = yihu_point_base(yihu_scalar_u64(words[i]));
		struct yihu_ciphertext c = yihu_encrypt(y, words[i], yihu_scalar_random());
		struct yihu_ciphertext d = yihu_reencrypt(y, c, yihu_scalar_random());
		struct yihu_point p = decrypt(x, c), q = decrypt(x, d);
		assert_memory_equal(&p, &m, sizeof m);
		assert_memory_equal(&q, &m, sizeof m);
		assert_memory_not_equal(&c.a, &d.a, sizeof c.a);
		assert_memory_not_equal(&c.b, &d.b, sizeof c.b);
	}
}

TEST(a_list_may_hold_the_identity)
{
	struct yihu_ciphertext none = {yihu_point_identity, yihu_point_identity};
	struct yihu_point y = yihu_point_base(yihu_scalar_random());
	struct yihu_ciphertext same = yihu_reencrypt(y, none, yihu_scalar_u64(0));
	assert_memory_equal(&same, &none, sizeof none);
}

#define WIDTH 17

struct proof {
	uint8_t eid[YIHU_EID_BYTES], pk[32];
	uint32_t serial;
	size_t w;
	struct yihu_ciphertext words[WIDTH];
	struct yihu_point commitments[WIDTH];
	struct yihu_scalar responses[WIDTH];
};

static void proof_make(struct proof *p, size_t w)
{
	struct yihu_scalar r[WIDTH], k[WIDTH];
	struct yihu_point y = yihu_point_base(yihu_scalar_random());
	randombytes_buf(p->eid, sizeof p->eid);
	randombytes_buf(p->pk, sizeof p->pk);
	p->serial = 7;
	p->w = w;
	for (size_t j = 0; j < w; j++) {
		r[j] = yihu_scalar_random();
		k[j] = yihu_scalar_random();
		p->words[j] = yihu_encrypt(y, j, r[j]);
	}
	yihu_ballot_prove(p->eid, p->serial, p->pk, w, p->words, r, k, p->commitments,
			  p->responses);
}

static bool proof_ok(const struct proof *p)
{
	return yihu_ballot_proof_ok(p->eid, p->serial, p->pk, p->w, p->words, p->commitments,
				    p->responses);
}

TEST(an_honest_proof_holds)
{
	static const size_t widths[] = {1, 2, WIDTH};
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		struct proof p;
		proof_make(&p, widths[i]);
		assert_true(proof_ok(&p));
	}
}

TEST(a_proof_is_for_one_election_and_one_credential)
{
	struct proof p, q;
	proof_make(&p, 2);
	q = p;
	q.eid[31] ^= 1;
	assert_false(proof_ok(&q));
	q = p;
	q.pk[0] ^= 1;
	assert_false(proof_ok(&q));
	q = p;
	q.serial++;
	assert_false(proof_ok(&q));
}

/* Every word's equation counts, not only the first or the sum of all. */
TEST(a_change_in_any_word_breaks_the_proof)
{
	struct proof p, q;
	proof_make(&p, WIDTH);
	for (size_t j = 0; j < WIDTH; j++) {
		q = p;
		bump_point(q.words[j].a.bytes);
		assert_false(proof_ok(&q));
		q = p;
		bump_point(q.words[j].b.bytes);
		assert_false(proof_ok(&q));
		q = p;
		bump_point(q.commitments[j].bytes);
		assert_false(proof_ok(&q));
		q = p;
		bump_scalar(q.responses[j].bytes);
		assert_false(proof_ok(&q));
	}
}

/* Errors that cancel in an unweighted sum of the equations. */
TEST(errors_that_cancel_are_seen)
{
	struct proof p;
	proof_make(&p, 2);
	struct yihu_scalar one = yihu_scalar_u64(1);
	p.responses[0] = yihu_scalar_add(p.responses[0], one);
	p.responses[1] = yihu_scalar_sub(p.responses[1], one);
	assert_false(proof_ok(&p));
}

/* What a proof would allow whose challenge left the commitments out. */
TEST(a_commitment_cannot_follow_its_response)
{
	struct proof p;
	proof_make(&p, 1);
	bump_point(p.commitments[0].bytes);
	bump_scalar(p.responses[0].bytes);
	assert_false(proof_ok(&p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_comes_back_also_after_reencryption),
		cmocka_unit_test(a_list_may_hold_the_identity),
		cmocka_unit_test(an_honest_proof_holds),
		cmocka_unit_test(a_proof_is_for_one_election_and_one_credential),
		cmocka_unit_test(a_change_in_any_word_breaks_the_proof),
		cmocka_unit_test(errors_that_cancel_are_seen),
		cmocka_unit_test(a_commitment_cannot_follow_its_response),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
