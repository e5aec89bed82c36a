/* SPDX-License-Identifier: Apache-2.0
 *
 * ristretto255 on the curve: RFC 9496 §4.3, with the RFC's names for what is
 * computed on the way.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

#include "edwards25519.h"

/* RFC 9496 §4.1 */
static const struct fe d = {
	{0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff}};
static const struct fe invsqrt_a_minus_d = {
	{0xfdaa805d40ea, 0x2eb482e57d339, 0x7610274bc58, 0x6510b613dc8ff, 0x786c8905cfaff}};
static const struct fe sqrt_ad_minus_one = {
	{0x7f6a0497b2e1b, 0x1836f0a97afd2, 0x7d747f6be7638, 0x456079e7e6498, 0x376931bf2b834}};
static const struct fe one_minus_d_sq = {
	{0x409c1945fc176, 0x719abc6a1fc4f, 0x1c37f90b20684, 0x6bccca55eedf, 0x29072a8b2b3e}};
static const struct fe d_minus_one_sq = {
	{0x55aaa44ed4d20, 0x59603c3332635, 0x26d3baf4a7928, 0x120a66e6997a9, 0x5968b37af66c2}};

/* Below p and even? */
static bool read_canonical(struct fe *s, const struct yihu_point *p)
{
	uint8_t again[YIHU_POINT_BYTES];
	*s = fe_from_bytes(p->bytes);
	fe_to_bytes(again, *s);
	return memcmp(again, p->bytes, sizeof again) == 0 && !(again[0] & 1);
}

bool ed_decode(struct ed_element *r, const struct yihu_point *p)
{
	struct fe s, invsqrt;
	if (!read_canonical(&s, p))
		return false;
	struct fe ss = fe_sq(s), u1 = fe_sub(fe_one, ss), u2 = fe_add(fe_one, ss);
	struct fe u2_sqr = fe_sq(u2), d_u1_sqr = fe_mul(d, fe_sq(u1));
	struct fe v = fe_neg(fe_mul(fe_add(d_u1_sqr, u2_sqr), fe_one));
	bool was_square = fe_sqrt_ratio(&invsqrt, fe_one, fe_mul(v, u2_sqr));
	struct fe den_x = fe_mul(invsqrt, u2), den_y = fe_mul(fe_mul(invsqrt, den_x), v);
	struct fe x = fe_abs(fe_mul(fe_add(s, s), den_x)), y = fe_mul(u1, den_y);
	struct fe t = fe_mul(x, y);
	if (!was_square || fe_is_negative(t) || fe_is_zero(y))
		return false;
	*r = (struct ed_element){fe_add(y, x), fe_sub(y, x), fe_mul(t, fe_add(d, d))};
	return true;
}

struct yihu_point ed_encode(const struct ed_point *p)
{
	struct fe u1 = fe_mul(fe_add(p->z, p->y), fe_sub(p->z, p->y)), u2 = fe_mul(p->x, p->y);
	struct fe invsqrt;
	fe_sqrt_ratio(&invsqrt, fe_one, fe_mul(u1, fe_sq(u2)));
	struct fe den1 = fe_mul(invsqrt, u1), den_inv = fe_mul(invsqrt, u2);
	struct fe z_inv = fe_mul(fe_mul(den1, den_inv), p->t), x = p->x, y = p->y;
	if (fe_is_negative(fe_mul(p->t, z_inv))) {
		x = fe_mul(p->y, fe_sqrt_m1);
		y = fe_mul(p->x, fe_sqrt_m1);
		den_inv = fe_mul(den1, invsqrt_a_minus_d);
	}
	if (fe_is_negative(fe_mul(x, z_inv)))
		y = fe_neg(y);
	struct yihu_point out;
	fe_to_bytes(out.bytes, fe_abs(fe_mul(den_inv, fe_sub(p->z, y))));
	return out;
}

/* 2P in the form that doubling gives it before its last products: x = e/f,
 * y = g/h with e = 2XY, f = Z² + dT², g = Y² + X², h = Z² − dT². */
struct doubled {
	struct fe e, f, g, h;
};

static struct doubled begin_doubled(const struct ed_point *p)
{
	struct fe xy = fe_mul(p->x, p->y), zz = fe_sq(p->z), dtt = fe_mul(d, fe_sq(p->t));
	return (struct doubled){
		fe_mul(fe_add(xy, xy), fe_one),
		fe_mul(fe_add(zz, dtt), fe_one),
		fe_mul(fe_add(fe_sq(p->y), fe_sq(p->x)), fe_one),
		fe_mul(fe_sub(zz, dtt), fe_one),
	};
}

/* From `inverse` = 1/(e·f·g·h). As f² − d·e² = h², the curve's equation gives
 * 1 − y² = (a − d)·e²/h², so the root in §4.3.2 is known: up to a sign, which
 * changes nothing, den2 = 1/(√(a − d)·e·f) and den1·INVSQRT_A_MINUS_D =
 * 1/(g·h), for Z = f·h. That leaves s = (h − g)/(√(a − d)·e), or after the
 * rotation s = (f − i·e)/g. */
static struct fe encode_doubled(const struct doubled *p, struct fe inverse)
{
	struct fe eg = fe_mul(p->e, p->g), fh = fe_mul(p->f, p->h);
	struct fe over_fh = fe_mul(eg, inverse), over_eg = fe_mul(fh, inverse);
	if (fe_is_negative(fe_mul(eg, over_fh))) {
		struct fe ie = fe_mul(p->e, fe_sqrt_m1);
		struct fe x = fe_mul(fe_mul(fe_mul(p->g, fe_sqrt_m1), p->f), over_fh);
		struct fe s = fe_is_negative(x) ? fe_add(p->f, ie) : fe_sub(p->f, ie);
		return fe_mul(fe_mul(s, p->e), over_eg);
	}
	struct fe x = fe_mul(fe_mul(p->e, p->h), over_fh);
	struct fe s = fe_is_negative(x) ? fe_add(p->h, p->g) : fe_sub(p->h, p->g);
	return fe_mul(fe_mul(fe_mul(s, p->g), over_eg), invsqrt_a_minus_d);
}

/* e·f·g·h = 0 just when 2P is in the identity's coset; its inverse is then taken
 * as 0, which gives s = 0 as it should. */
void ed_encode_doubled(struct yihu_point *out, const struct ed_point *p, size_t n)
{
	struct fe *inverse = yihu_calloc(n, 2 * sizeof *inverse);
	for (size_t i = 0; i < n; i++) {
		struct doubled q = begin_doubled(&p[i]);
		inverse[i] = fe_mul(fe_mul(q.e, q.f), fe_mul(q.g, q.h));
	}
	fe_invert_all(inverse, inverse + n, n);
	for (size_t i = 0; i < n; i++) {
		struct doubled q = begin_doubled(&p[i]);
		fe_to_bytes(out[i].bytes, fe_abs(encode_doubled(&q, inverse[i])));
	}
	free(inverse);
}

static bool cross_equal(struct fe x1, struct fe y1, struct fe x2, struct fe y2)
{
	return fe_equal(fe_mul(x1, y2), fe_mul(y1, x2)) || fe_equal(fe_mul(y1, y2), fe_mul(x1, x2));
}

bool ed_equal(const struct ed_point *p, const struct ed_point *q)
{
	return cross_equal(p->x, p->y, q->x, q->y);
}

/* Only the ratio of x and y counts: 2x and 2y do as well. */
bool ed_is_element(const struct ed_point *p, const struct ed_element *q)
{
	struct fe sum = fe_mul(q->sum, fe_one), difference = fe_mul(q->difference, fe_one);
	return cross_equal(p->x, p->y, fe_sub(sum, difference), fe_add(sum, difference));
}

/* MAP of RFC 9496 §4.3.4 */
static struct ed_point map(const uint8_t bytes[static 32])
{
	struct fe t = fe_from_bytes(bytes), r = fe_mul(fe_sqrt_m1, fe_sq(t)), s;
	struct fe r_plus_1 = fe_add(r, fe_one), r_minus_1 = fe_sub(r, fe_one);
	struct fe u = fe_mul(r_plus_1, one_minus_d_sq);
	struct fe minus_1_minus_rd = fe_sub(fe_neg(fe_one), fe_mul(r, d));
	struct fe v = fe_mul(minus_1_minus_rd, fe_add(r, d)), c = fe_neg(fe_one);
	if (!fe_sqrt_ratio(&s, u, v)) {
		s = fe_neg(fe_abs(fe_mul(s, t)));
		c = r;
	}
	struct fe n = fe_sub(fe_mul(fe_mul(c, r_minus_1), d_minus_one_sq), v), ss = fe_sq(s);
	struct fe w0 = fe_mul(fe_add(s, s), v), w1 = fe_mul(n, sqrt_ad_minus_one);
	struct fe w2 = fe_sub(fe_one, ss), w3 = fe_add(fe_one, ss);
	return (struct ed_point){fe_mul(w0, w3), fe_mul(w2, w1), fe_mul(w1, w3), fe_mul(w0, w2)};
}

struct ed_point ed_from_hash(const uint8_t hash[static 64])
{
	struct ed_point p = map(hash), q = map(hash + 32);
	return ed_add(&p, &q);
}
