/* SPDX-License-Identifier: Apache-2.0
 *
 * The field against GMP: ends of the field, limbs as full as they may be, and
 * anything.
 */
#include "vectors.h"

#include "../../src/crypto/field25519.h"

#include <gmp.h>
#include <sodium.h>

#define LOOSE ((UINT64_C(1) << 54) - 1)
#define TIGHT ((UINT64_C(1) << 51) + (UINT64_C(1) << 18) - 1)

static mpz_t prime;

AROUND(setup)
{
	mpz_init(prime);
	mpz_ui_pow_ui(prime, 2, 255);
	mpz_sub_ui(prime, prime, 19);
	return 0;
}

AROUND(teardown)
{
	mpz_clear(prime);
	return 0;
}

/* Σ v[i]·2^(51·i) mod p */
static void value_of(mpz_t out, struct fe a)
{
	mpz_t limb;
	mpz_init(limb);
	mpz_set_ui(out, 0);
	for (size_t i = 5; i-- > 0;) {
		mpz_mul_2exp(out, out, 51);
		mpz_import(limb, 1, -1, sizeof a.v[i], 0, 0, &a.v[i]);
		mpz_add(out, out, limb);
	}
	mpz_mod(out, out, prime);
	mpz_clear(limb);
}

static void assert_value(struct fe a, const mpz_t want)
{
	mpz_t got, residue;
	uint8_t bytes[32];
	mpz_inits(got, residue, NULL);
	mpz_mod(residue, want, prime);
	value_of(got, a);
	assert_int_equal(mpz_cmp(got, residue), 0);
	fe_to_bytes(bytes, a);
	mpz_import(got, 32, -1, 1, 0, 0, bytes);
	assert_int_equal(mpz_cmp(got, residue), 0);
	mpz_clears(got, residue, NULL);
}

static void assert_tight(struct fe a)
{
	for (size_t i = 0; i < 5; i++)
		assert_true(a.v[i] <= TIGHT);
}

static struct fe any(uint64_t bound)
{
	struct fe a;
	for (size_t i = 0; i < 5; i++) {
		randombytes_buf(&a.v[i], sizeof a.v[i]);
		a.v[i] %= bound + 1;
		uint32_t kind = randombytes_uniform(6);
		if (kind == 0)
			a.v[i] = bound;
		if (kind == 1)
			a.v[i] = 0;
	}
	return a;
}

static struct fe any_but_zero(void)
{
	struct fe a = any(LOOSE);
	return fe_is_zero(a) ? fe_one : a;
}

TEST(bytes_at_the_ends_of_the_field)
{
	mpz_t x, end;
	mpz_inits(x, end, NULL);
	static const unsigned powers[] = {0, 51, 102, 153, 204, 254, 255};
	for (size_t k = 0; k < COUNT(powers); k++) {
		for (int i = -40; i <= 40; i++) {
			uint8_t bytes[32] = {0};
			mpz_ui_pow_ui(end, 2, powers[k]);
			mpz_set_si(x, i);
			mpz_add(x, x, end);
			if (mpz_sgn(x) < 0 || mpz_sizeinbase(x, 2) > 255)
				continue;
			mpz_export(bytes, NULL, -1, 1, 0, 0, x);
			assert_value(fe_from_bytes(bytes), x);
			bytes[31] |= 0x80;
			assert_value(fe_from_bytes(bytes), x);
			mpz_mod(end, x, prime);
			assert_int_equal(fe_is_zero(fe_from_bytes(bytes)), mpz_sgn(end) == 0);
			assert_int_equal(fe_is_negative(fe_from_bytes(bytes)), mpz_odd_p(end));
		}
	}
	mpz_clears(x, end, NULL);
}

TEST(products_of_loose_elements)
{
	mpz_t x, y, z;
	mpz_inits(x, y, z, NULL);
	for (size_t i = 0; i < 5000; i++) {
		struct fe a = any(LOOSE), b = any(LOOSE);
		if (i == 0)
			a = b = (struct fe){{LOOSE, LOOSE, LOOSE, LOOSE, LOOSE}};
		value_of(x, a);
		value_of(y, b);
		mpz_mul(z, x, y);
		assert_value(fe_mul(a, b), z);
		assert_tight(fe_mul(a, b));
		mpz_mul(z, x, x);
		assert_value(fe_sq(a), z);
		assert_tight(fe_sq(a));
	}
	mpz_clears(x, y, z, NULL);
}

TEST(sums_and_differences_of_tight_elements)
{
	mpz_t x, y, z;
	mpz_inits(x, y, z, NULL);
	for (size_t i = 0; i < 5000; i++) {
		struct fe a = any(TIGHT), b = any(TIGHT);
		if (i == 0)
			b = (struct fe){{TIGHT, TIGHT, TIGHT, TIGHT, TIGHT}};
		value_of(x, a);
		value_of(y, b);
		mpz_add(z, x, y);
		assert_value(fe_add(a, b), z);
		mpz_sub(z, x, y);
		assert_value(fe_sub(a, b), z);
		assert_true(fe_equal(fe_add(fe_sub(a, b), b), a));
		mpz_neg(z, y);
		assert_value(fe_neg(b), z);
		assert_tight(fe_neg(b));
		assert_false(fe_is_negative(fe_abs(b)));
	}
	mpz_clears(x, y, z, NULL);
}

static struct fe inverse_of(struct fe a)
{
	struct fe room;
	fe_invert_all(&a, &room, 1);
	return a;
}

TEST(inverses)
{
	enum { N = 100 };
	struct fe a[N], inverse[N], room[N];
	mpz_t x;
	mpz_init(x);
	for (size_t i = 0; i < N; i++) {
		a[i] = inverse[i] = any_but_zero();
		value_of(x, a[i]);
		assert_int_equal(mpz_invert(x, x, prime) != 0, 1);
		assert_value(inverse_of(a[i]), x);
	}
	a[0] = inverse[0] = a[7] = inverse[7] = fe_zero;
	fe_invert_all(inverse, room, N);
	for (size_t i = 0; i < N; i++)
		assert_true(fe_equal(fe_mul(a[i], inverse[i]), i % 7 || i > 7 ? fe_one : fe_zero));
	fe_invert_all(inverse, room, 0);
	assert_true(fe_is_zero(inverse_of(fe_zero)));
	mpz_clear(x);
}

/* r² = u/v or r² = i·u/v, whichever has a root, and r even. */
static void check_root(struct fe u, struct fe v, int symbol)
{
	struct fe r;
	bool square = fe_sqrt_ratio(&r, u, v);
	struct fe have = fe_mul(fe_sq(r), v);
	assert_int_equal(square, symbol >= 0);
	assert_true(fe_equal(have, symbol >= 0 ? u : fe_mul(u, fe_sqrt_m1)));
	assert_false(fe_is_negative(r));
}

TEST(square_roots)
{
	mpz_t x, y;
	mpz_inits(x, y, NULL);
	int seen[3] = {0};
	for (size_t i = 0; i < 1000; i++) {
		struct fe u = i % 50 == 0 ? fe_zero : any(LOOSE), v = any_but_zero();
		value_of(x, u);
		value_of(y, v);
		mpz_mul(x, x, y);
		int symbol = mpz_legendre(x, prime);
		seen[symbol + 1]++;
		check_root(u, v, symbol);
	}
	assert_true(seen[0] > 300 && seen[1] >= 20 && seen[2] > 300);
	struct fe r;
	assert_false(fe_sqrt_ratio(&r, fe_one, fe_zero));
	assert_true(fe_is_zero(r));
	assert_true(fe_sqrt_ratio(&r, fe_zero, fe_zero));
	assert_true(fe_is_zero(r));
	assert_true(fe_equal(fe_sq(fe_sqrt_m1), fe_neg(fe_one)));
	mpz_clears(x, y, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_at_the_ends_of_the_field),
		cmocka_unit_test(products_of_loose_elements),
		cmocka_unit_test(sums_and_differences_of_tight_elements),
		cmocka_unit_test(inverses),
		cmocka_unit_test(square_roots),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
