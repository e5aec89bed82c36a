/* SPDX-License-Identifier: Apache-2.0
 *
 * The threshold key: shares that add up, and lies that are named.
 */
#include <string.h>

#include "support.h"

static const uint32_t shapes[][2] = {{1, 1}, {2, 2}, {2, 3}, {3, 5}, {15, 15}};
#define SHAPES (sizeof shapes / sizeof *shapes)

TEST(which_thresholds_are_allowed)
{
	for (uint32_t t = 0; t < 18; t++) {
		for (uint32_t n = 0; n < 18; n++) {
			bool want = (t == 1 && n == 1) || (t >= 2 && t <= n && n <= 15);
			assert_int_equal(yihu_threshold_valid(t, n), want);
		}
	}
}

TEST(how_many_sign_the_box)
{
	static const uint32_t rows[][3] = {{1, 1, 1}, {2, 2, 2},  {2, 3, 3},    {2, 4, 3},
					   {3, 5, 4}, {2, 15, 9}, {15, 15, 15}, {8, 15, 12}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(yihu_box_quorum(rows[i][0], rows[i][1]), rows[i][2]);
}

TEST(a_polynomial_is_evaluated)
{
	/* 5 + 3z + 2z² */
	struct yihu_scalar a[3] = {yihu_scalar_u64(5), yihu_scalar_u64(3), yihu_scalar_u64(2)};
	static const uint64_t values[] = {5, 10, 19, 32};
	for (uint32_t j = 0; j < 4; j++) {
		struct yihu_scalar have = yihu_polynomial_at(a, 3, j);
		struct yihu_scalar want = yihu_scalar_u64(values[j]);
		assert_memory_equal(&have, &want, sizeof want);
	}
}

/* Any t holders' shares give the value at zero: here all index sets of 2 of 5
 * and of 3 of 5. */
TEST(any_t_shares_give_the_secret)
{
	for (uint32_t t = 2; t <= 3; t++) {
		struct yihu_scalar a[3];
		yihu_polynomial_random(a, t);
		for (uint32_t set = 0; set < 32; set++) {
			uint32_t js[5], size = 0;
			for (uint32_t j = 1; j <= 5; j++)
				if (set >> (j - 1) & 1)
					js[size++] = j;
			if (size != t)
				continue;
			struct yihu_scalar sum = yihu_scalar_u64(0);
			for (uint32_t i = 0; i < t; i++)
				sum = yihu_scalar_add(
					sum, yihu_scalar_mul(yihu_lagrange(js, t, js[i]),
							     yihu_polynomial_at(a, t, js[i])));
			assert_memory_equal(&sum, &a[0], sizeof sum);
		}
	}
}

TEST(every_share_fits_its_commitments)
{
	for (size_t s = 0; s < SHAPES; s++) {
		struct keys k;
		struct yihu_error err;
		keys_make(&k, shapes[s][0], shapes[s][1]);
		for (uint32_t i = 0; i < k.n; i++) {
			const struct yihu_holder *h = &k.holders[i];
			assert_ok(yihu_holder_verify(h, k.n, k.t, &err), err);
			for (uint32_t j = 1; j <= k.n; j++)
				assert_true(yihu_holder_share_ok(
					h, k.t, j, yihu_polynomial_at(k.a[i], k.t, j)));
		}
		for (uint32_t j = 1; j <= k.n; j++) {
			struct yihu_point have = yihu_share_key(k.holders, k.n, k.t, j);
			struct yihu_point want = yihu_point_base(k.x[j - 1]);
			assert_memory_equal(&have, &want, sizeof want);
		}
	}
}

TEST(the_shares_open_what_the_key_encrypts)
{
	for (size_t s = 0; s < SHAPES; s++) {
		struct keys k;
		keys_make(&k, shapes[s][0], shapes[s][1]);
		uint32_t js[YIHU_HOLDERS_MAX];
		for (uint32_t i = 0; i < k.t; i++)
			js[i] = k.n - i;
		struct yihu_scalar x = yihu_scalar_u64(0);
		for (uint32_t i = 0; i < k.t; i++)
			x = yihu_scalar_add(
				x, yihu_scalar_mul(yihu_lagrange(js, k.t, js[i]), k.x[js[i] - 1]));
		struct yihu_point y = yihu_point_base(x);
		assert_memory_equal(&y, &k.y, sizeof y);
	}
}

TEST(a_wrong_share_is_seen)
{
	struct keys k;
	keys_make(&k, 2, 3);
	struct yihu_scalar share = yihu_polynomial_at(k.a[0], 2, 2);
	assert_false(yihu_holder_share_ok(&k.holders[0], 2, 1, share)); /* another's */
	assert_false(yihu_holder_share_ok(&k.holders[1], 2, 2, share)); /* of another */
	bump_scalar(share.bytes);
	assert_false(yihu_holder_share_ok(&k.holders[0], 2, 2, share));
}

TEST(the_identity_is_no_commitment)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 3, 5);
	for (uint32_t c = 0; c < 3; c++) {
		struct yihu_holder h = k.holders[1];
		h.c[c] = yihu_point_identity;
		assert_code(yihu_holder_verify(&h, 5, 3, &err), err, YIHU_EIDENTITY);
	}
	/* A proof of zero is honest, and refused all the same. */
	struct yihu_holder h = k.holders[1];
	struct yihu_scalar a[3] = {yihu_scalar_u64(0), k.a[1][1], k.a[1][2]};
	yihu_holder_prove(&h, 5, 3, a);
	assert_code(yihu_holder_verify(&h, 5, 3, &err), err, YIHU_EIDENTITY);
}

TEST(a_proof_covers_all_of_its_announcement)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 2, 3);
	const struct yihu_holder *honest = &k.holders[0];
	struct yihu_holder h[7];
	for (size_t i = 0; i < 7; i++)
		h[i] = *honest;
	h[0].index = 2;
	h[1].key.name[0] = 'H';
	h[2].key = k.holders[1].key;
	bump_point(h[3].c[0].bytes);
	bump_point(h[4].c[1].bytes);
	bump_point(h[5].proof_k.bytes);
	bump_scalar(h[6].proof_s.bytes);
	for (size_t i = 0; i < 7; i++)
		assert_code(yihu_holder_verify(&h[i], 3, 2, &err), err, YIHU_EPROOF);
	assert_code(yihu_holder_verify(honest, 4, 2, &err), err, YIHU_EPROOF);
	struct yihu_holder wider = *honest;
	wider.c[2] = wider.c[1];
	assert_code(yihu_holder_verify(&wider, 3, 3, &err), err, YIHU_EPROOF);
	struct yihu_holder moved = *honest;
	bump_point(moved.proof_k.bytes);
	bump_scalar(moved.proof_s.bytes);
	assert_code(yihu_holder_verify(&moved, 3, 2, &err), err, YIHU_EPROOF);
}

TEST(holders_and_thresholds_out_of_range_are_refused)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 2, 3);
	struct yihu_holder h = k.holders[2];
	assert_code(yihu_holder_verify(&h, 2, 2, &err), err, YIHU_EARG);
	assert_code(yihu_holder_verify(&h, 3, 1, &err), err, YIHU_EARG);
	assert_code(yihu_holder_verify(&h, 16, 2, &err), err, YIHU_EARG);
	h.index = 0;
	assert_code(yihu_holder_verify(&h, 3, 2, &err), err, YIHU_EARG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_thresholds_are_allowed),
		cmocka_unit_test(how_many_sign_the_box),
		cmocka_unit_test(a_polynomial_is_evaluated),
		cmocka_unit_test(any_t_shares_give_the_secret),
		cmocka_unit_test(every_share_fits_its_commitments),
		cmocka_unit_test(the_shares_open_what_the_key_encrypts),
		cmocka_unit_test(a_wrong_share_is_seen),
		cmocka_unit_test(the_identity_is_no_commitment),
		cmocka_unit_test(a_proof_covers_all_of_its_announcement),
		cmocka_unit_test(holders_and_thresholds_out_of_range_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
