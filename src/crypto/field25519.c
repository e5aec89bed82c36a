/* SPDX-License-Identifier: Apache-2.0
 *
 * The rest of the field: bytes, inverses and square roots.
 */
#include <string.h>

#include "field25519.h"

const struct fe fe_zero = {{0}};
const struct fe fe_one = {{1}};
/* √−1, RFC 9496 §4.1 */
const struct fe fe_sqrt_m1 = {
	{0x61b274a0ea0b0, 0xd5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d}};

static uint64_t load64(const uint8_t *in)
{
	uint64_t x = 0;
	for (size_t i = 8; i-- > 0;)
		x = x << 8 | in[i];
	return x;
}

static void store64(uint8_t *out, uint64_t x)
{
	for (size_t i = 0; i < 8; i++, x >>= 8)
		out[i] = (uint8_t)x;
}

struct fe fe_from_bytes(const uint8_t in[static 32])
{
	uint64_t w[4];
	for (size_t i = 0; i < 4; i++)
		w[i] = load64(in + 8 * i);
	return (struct fe){{
		w[0] & FE_LIMB_MASK,
		(w[0] >> 51 | w[1] << 13) & FE_LIMB_MASK,
		(w[1] >> 38 | w[2] << 26) & FE_LIMB_MASK,
		(w[2] >> 25 | w[3] << 39) & FE_LIMB_MASK,
		w[3] >> 12 & FE_LIMB_MASK,
	}};
}

/* Carries around until every limb is below 2^51, then once more with 19 added:
 * what runs over then tells whether the value was p or above. */
static struct fe freeze(struct fe a)
{
	uint64_t *v = a.v;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 4; i++) {
			v[i + 1] += v[i] >> FE_LIMB_BITS;
			v[i] &= FE_LIMB_MASK;
		}
		v[0] += 19 * (v[4] >> FE_LIMB_BITS);
		v[4] &= FE_LIMB_MASK;
	}
	uint64_t over = (v[0] + 19) >> FE_LIMB_BITS;
	for (size_t i = 1; i < 5; i++)
		over = (v[i] + over) >> FE_LIMB_BITS;
	v[0] += 19 * over;
	for (size_t i = 0; i < 4; i++) {
		v[i + 1] += v[i] >> FE_LIMB_BITS;
		v[i] &= FE_LIMB_MASK;
	}
	v[4] &= FE_LIMB_MASK;
	return a;
}

void fe_to_bytes(uint8_t out[static 32], struct fe a)
{
	const struct fe f = freeze(a);
	store64(out, f.v[0] | f.v[1] << 51);
	store64(out + 8, f.v[1] >> 13 | f.v[2] << 38);
	store64(out + 16, f.v[2] >> 26 | f.v[3] << 25);
	store64(out + 24, f.v[3] >> 39 | f.v[4] << 12);
}

struct fe fe_neg(struct fe a)
{
	return fe_mul(fe_sub(fe_zero, a), fe_one);
}

bool fe_equal(struct fe a, struct fe b)
{
	const struct fe f = freeze(a), g = freeze(b);
	return memcmp(&f, &g, sizeof f) == 0;
}

bool fe_is_zero(struct fe a)
{
	return fe_equal(a, fe_zero);
}

bool fe_is_negative(struct fe a)
{
	return freeze(a).v[0] & 1;
}

struct fe fe_abs(struct fe a)
{
	return fe_is_negative(a) ? fe_neg(a) : a;
}

/* a^(2^n) */
static struct fe square_times(struct fe a, int n)
{
	for (int i = 0; i < n; i++)
		a = fe_sq(a);
	return a;
}

/* a^(2^(2n) − 1) from x = a^(2^n − 1) */
static struct fe twice_the_ones(struct fe x, int n)
{
	return fe_mul(square_times(x, n), x);
}

/* a^(2^250 − 1), and a^11 on the way: the two exponents that are needed,
 * p − 2 and (p − 5)/8, begin with 250 ones. */
static struct fe ones_250(struct fe a, struct fe *a11)
{
	struct fe a2 = fe_sq(a), a9 = fe_mul(square_times(a2, 2), a);
	*a11 = fe_mul(a9, a2);
	struct fe x5 = fe_mul(fe_sq(*a11), a9); /* 22 + 9 = 2^5 − 1 */
	struct fe x10 = twice_the_ones(x5, 5), x20 = twice_the_ones(x10, 10);
	struct fe x50 = fe_mul(square_times(twice_the_ones(x20, 20), 10), x10);
	struct fe x100 = twice_the_ones(x50, 50), x200 = twice_the_ones(x100, 100);
	return fe_mul(square_times(x200, 50), x50);
}

/* a^(p − 2), p − 2 = 2^5·(2^250 − 1) + 11 */
static struct fe invert(struct fe a)
{
	struct fe a11, x = ones_250(a, &a11);
	return fe_mul(square_times(x, 5), a11);
}

/* Montgomery's trick: room[i] is the product of all before a[i], zeros left
 * out. */
void fe_invert_all(struct fe *a, struct fe *room, size_t n)
{
	struct fe product = fe_one;
	for (size_t i = 0; i < n; i++) {
		room[i] = product;
		if (!fe_is_zero(a[i]))
			product = fe_mul(product, a[i]);
	}
	struct fe inverse = invert(product);
	for (size_t i = n; i-- > 0;) {
		if (fe_is_zero(a[i]))
			continue;
		struct fe own = fe_mul(inverse, room[i]);
		inverse = fe_mul(inverse, a[i]);
		a[i] = own;
	}
}

/* r = u·v³·(u·v⁷)^((p − 5)/8) has v·r² = u times a fourth root of 1; (p − 5)/8
 * is 2^2·(2^250 − 1) + 1. */
bool fe_sqrt_ratio(struct fe *r, struct fe u, struct fe v)
{
	struct fe v3 = fe_mul(fe_sq(v), v), uv7 = fe_mul(fe_mul(fe_sq(v3), v), u), unused;
	struct fe power = fe_mul(square_times(ones_250(uv7, &unused), 2), uv7);
	struct fe root = fe_mul(fe_mul(u, v3), power);
	struct fe check = fe_mul(fe_sq(root), v), minus_u = fe_neg(fe_mul(u, fe_one));
	bool same = fe_equal(check, u), flipped = fe_equal(check, minus_u);
	if (flipped || fe_equal(check, fe_mul(minus_u, fe_sqrt_m1)))
		root = fe_mul(root, fe_sqrt_m1);
	*r = fe_abs(root);
	return same || flipped;
}
