/* SPDX-License-Identifier: Apache-2.0
 *
 * ristretto255: what is read, what is refused, and the identity everywhere.
 */
#include "vectors.h"

#include <sodium.h>
#include <yihu/group.h>

static const char base_hex[] = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

static struct yihu_scalar scalar_hex(const char *hex)
{
	struct yihu_scalar s;
	unhex(s.bytes, sizeof s.bytes, hex);
	return s;
}

static struct yihu_point point_hex(const char *hex)
{
	struct yihu_point p;
	unhex(p.bytes, sizeof p.bytes, hex);
	return p;
}

static struct yihu_point random_point(void)
{
	return yihu_point_base(yihu_scalar_random());
}

static bool scalar_equal(struct yihu_scalar a, struct yihu_scalar b)
{
	return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

TEST(the_vectors_points)
{
	json_t *root, *row;
	size_t i;
	json_t *rows = primitives("points", &root);
	json_array_foreach(rows, i, row)
	{
		struct yihu_point p = point_hex(json_text(row, "hex"));
		assert_int_equal(yihu_point_valid(&p),
				 json_is_true(json_object_get(row, "accepted")));
	}
	json_decref(root);
}

TEST(points_that_are_not_canonical)
{
	static const char *const refused[] = {
		/* not below p */
		"00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		/* negative */
		"0100000000000000000000000000000000000000000000000000000000000000",
		"01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		/* the identity with bit 255 */
		"0000000000000000000000000000000000000000000000000000000000000080",
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct yihu_point p = point_hex(refused[i]);
		assert_false(yihu_point_valid(&p));
	}
}

/* Bit 0 is the sign and bit 255 must be clear: no valid point survives either. */
TEST(sign_and_high_bit_are_refused)
{
	for (int i = 0; i < 100; i++) {
		struct yihu_point p = random_point(), high = p, odd = p;
		high.bytes[31] |= 0x80;
		odd.bytes[0] ^= 1;
		assert_true(yihu_point_valid(&p));
		assert_false(yihu_point_valid(&high));
		assert_false(yihu_point_valid(&odd));
	}
}

/* About half of the even strings below p are no square's: some of each kind
 * must come, and every one that is accepted must come back unchanged. */
TEST(what_is_accepted_encodes_to_itself)
{
	int accepted = 0;
	for (int i = 0; i < 400; i++) {
		struct yihu_point p;
		randombytes_buf(p.bytes, sizeof p.bytes);
		p.bytes[0] &= 0xfe;
		p.bytes[31] &= 0x3f;
		if (!yihu_point_valid(&p))
			continue;
		struct yihu_point again = yihu_point_add(p, yihu_point_identity);
		assert_true(yihu_point_equal(&p, &again));
		accepted++;
	}
	assert_true(accepted > 40 && accepted < 360);
}

TEST(scalars_are_below_the_order)
{
	static const struct {
		const char *hex;
		bool invalid;
	} rows[] = {
		{"0000000000000000000000000000000000000000000000000000000000000000", false},
		{"0100000000000000000000000000000000000000000000000000000000000000", false},
		{"ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", false},
		{"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0f", false},
		{"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", true},
		{"eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", true},
		{"ecd3f55c1a631258d69cf7a2def9de1500000000000000000000000000000010", true},
		{"00000000000000000000000000000000010000000000000000000000000000"
		 "10",
		 true},
		{"0000000000000000000000000000000000000000000000000000000000000011", true},
		{"0000000000000000000000000000000000000000000000000000000000000020", true},
		{"0100000000000000000000000000000000000000000000000000000000000080", true},
		{"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_scalar s = scalar_hex(rows[i].hex);
		assert_int_equal(yihu_scalar_valid(&s), !rows[i].invalid);
	}
}

/* RFC 9496, appendix A.1: the first multiples of the base point. */
TEST(multiples_of_the_base_point)
{
	struct yihu_point one = yihu_point_base(yihu_scalar_u64(1));
	struct yihu_point two = yihu_point_base(yihu_scalar_u64(2));
	assert_hex(one.bytes, 32, base_hex);
	assert_hex(two.bytes, 32,
		   "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919");
	struct yihu_point sum = yihu_point_add(one, one), product;
	assert_true(yihu_point_equal(&sum, &two));
	product = yihu_point_mul(yihu_scalar_u64(2), one);
	assert_true(yihu_point_equal(&product, &two));
	assert_false(yihu_point_equal(&one, &two));
	struct yihu_point minus = yihu_point_base(yihu_scalar_neg(yihu_scalar_u64(1)));
	sum = yihu_point_add(minus, two);
	assert_true(yihu_point_equal(&sum, &one));
}

TEST(the_identity_goes_in_and_comes_out)
{
	const struct yihu_point o = yihu_point_identity, p = random_point();
	const struct yihu_scalar zero = yihu_scalar_u64(0), s = yihu_scalar_random();
	const struct yihu_point identities[] = {
		yihu_point_base(zero),   yihu_point_mul(zero, p), yihu_point_mul(s, o),
		yihu_point_mul(zero, o), yihu_point_add(o, o),    yihu_point_sub(o, o),
		yihu_point_sub(p, p),
	};
	for (size_t i = 0; i < COUNT(identities); i++)
		assert_true(yihu_point_is_identity(&identities[i]));
	assert_true(yihu_point_valid(&o));
	assert_false(yihu_point_is_identity(&p));
	struct yihu_point r = yihu_point_add(p, o);
	assert_true(yihu_point_equal(&r, &p));
	r = yihu_point_sub(p, o);
	assert_true(yihu_point_equal(&r, &p));
	r = yihu_point_add(yihu_point_sub(o, p), p);
	assert_true(yihu_point_is_identity(&r));
}

TEST(scalars_are_a_field)
{
	const struct yihu_scalar one = yihu_scalar_u64(1), zero = yihu_scalar_u64(0);
	for (int i = 0; i < 20; i++) {
		struct yihu_scalar a = yihu_scalar_random(), b = yihu_scalar_random();
		struct yihu_scalar product = yihu_scalar_mul(a, b);
		assert_true(yihu_scalar_valid(&a) && !sodium_is_zero(a.bytes, sizeof a.bytes));
		assert_true(scalar_equal(yihu_scalar_mul(product, yihu_scalar_inv(b)), a));
		assert_true(scalar_equal(yihu_scalar_add(yihu_scalar_sub(a, b), b), a));
		assert_true(scalar_equal(yihu_scalar_add(a, yihu_scalar_neg(a)), zero));
		assert_true(scalar_equal(yihu_scalar_mul(a, one), a));
		struct yihu_point left = yihu_point_mul(a, yihu_point_base(b));
		struct yihu_point right = yihu_point_base(product);
		assert_true(yihu_point_equal(&left, &right));
	}
	assert_true(scalar_equal(
		yihu_scalar_mul(yihu_scalar_u64(UINT32_MAX), yihu_scalar_u64(UINT32_MAX)),
		yihu_scalar_u64(UINT64_C(0xfffffffe00000001))));
	assert_true(
		scalar_equal(yihu_scalar_neg(one), scalar_hex("ecd3f55c1a631258d69cf7a2def9de14"
							      "00000000000000000000000000000010")));
	assert_true(scalar_equal(yihu_scalar_neg(zero), zero));
}

TEST(a_sum_of_products_is_that)
{
	struct yihu_scalar s[9];
	struct yihu_point p[9], want = yihu_point_identity, got = yihu_msm(0, NULL, NULL);
	assert_true(yihu_point_is_identity(&got));
	for (size_t n = 0; n < COUNT(s); n++) {
		s[n] = n == 3 ? yihu_scalar_u64(0) : yihu_scalar_random();
		p[n] = n == 5 ? yihu_point_identity : random_point();
		want = yihu_point_add(want, yihu_point_mul(s[n], p[n]));
		got = yihu_msm(n + 1, s, p);
		assert_true(yihu_point_equal(&got, &want));
	}
	s[1] = yihu_scalar_neg(s[0]);
	p[1] = p[0];
	got = yihu_msm(2, s, p);
	assert_true(yihu_point_is_identity(&got));
}

static int invert_zero(void *arg)
{
	(void)arg;
	yihu_scalar_inv(yihu_scalar_u64(0));
	return 0;
}

static int multiply_no_point(void *scalar)
{
	yihu_point_mul(*(struct yihu_scalar *)scalar,
		       point_hex("01000000000000000000000000000000"
				 "00000000000000000000000000000000"));
	return 0;
}

static int multiply_by_the_order(void *arg)
{
	(void)arg;
	yihu_point_base(scalar_hex("edd3f55c1a631258d69cf7a2def9de14"
				   "00000000000000000000000000000010"));
	return 0;
}

TEST(misuse_aborts)
{
	struct yihu_scalar zero = yihu_scalar_u64(0), one = yihu_scalar_u64(1);
	assert_aborts(invert_zero, NULL);
	assert_aborts(multiply_no_point, &zero);
	assert_aborts(multiply_no_point, &one);
	assert_aborts(multiply_by_the_order, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_points),
		cmocka_unit_test(points_that_are_not_canonical),
		cmocka_unit_test(sign_and_high_bit_are_refused),
		cmocka_unit_test(what_is_accepted_encodes_to_itself),
		cmocka_unit_test(scalars_are_below_the_order),
		cmocka_unit_test(multiples_of_the_base_point),
		cmocka_unit_test(the_identity_goes_in_and_comes_out),
		cmocka_unit_test(scalars_are_a_field),
		cmocka_unit_test(a_sum_of_products_is_that),
		cmocka_unit_test(misuse_aborts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
