/* SPDX-License-Identifier: Apache-2.0
 *
 * The curve's group law: add-2008-hwcd-3 and dbl-2008-hwcd of the Explicit-
 * Formulas Database, which are complete on this curve, so that no operand is
 * special. Products are named as there.
 */
#include <stdlib.h>
#include <yihu/bytes.h>

#include "edwards25519.h"

const struct ed_point ed_identity = {{{0}}, {{1}}, {{1}}, {{0}}};

/* y = 4/5, x even (RFC 8032 §5.1) */
const struct ed_element ed_generator = {
	{{0x493c6f58c3b85, 0xdf7181c325f7, 0xf50b0b3e4cb7, 0x5329385a44c32, 0x7cf9d3a33d4b}},
	{{0x3905d740913e, 0xba2817d673a2, 0x23e2827f4e67c, 0x133d2e0c21a34, 0x44fd2f9298f81}},
	{{0x11205877aaa68, 0x479955893d579, 0x50d66309b67a0, 0x2d42d0dbee5ee, 0x6f117b689f0c6}},
};

static const struct fe twice_d = {
	{0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff}};

/* X = E·F, Y = G·H, Z = F·G, T = E·H */
FE_INLINE struct ed_point complete(struct fe e, struct fe f, struct fe g, struct fe h)
{
	return (struct ed_point){fe_mul(e, f), fe_mul(g, h), fe_mul(f, g), fe_mul(e, h)};
}

/* p + q from q's y + x and y − x, C = 2d·T1·T2 and D = 2·Z1·Z2. */
FE_INLINE struct ed_point join(const struct ed_point *p, struct fe sum, struct fe difference,
			       struct fe c, struct fe d)
{
	struct fe a = fe_mul(fe_sub(p->y, p->x), difference);
	struct fe b = fe_mul(fe_add(p->y, p->x), sum);
	return complete(fe_sub(b, a), fe_sub(d, c), fe_add(d, c), fe_add(b, a));
}

/* The same for p − q: −(x, y) = (−x, y), so that q's sum and difference change
 * places, and C its sign. */
FE_INLINE struct ed_point part(const struct ed_point *p, struct fe sum, struct fe difference,
			       struct fe c, struct fe d)
{
	struct fe a = fe_mul(fe_sub(p->y, p->x), sum);
	struct fe b = fe_mul(fe_add(p->y, p->x), difference);
	return complete(fe_sub(b, a), fe_add(d, c), fe_sub(d, c), fe_add(b, a));
}

struct ed_cached ed_cache(const struct ed_point *p)
{
	return (struct ed_cached){fe_add(p->y, p->x), fe_sub(p->y, p->x), fe_add(p->z, p->z),
				  fe_mul(p->t, twice_d)};
}

void ed_add_cached(struct ed_point *p, const struct ed_cached *q)
{
	*p = join(p, q->sum, q->difference, fe_mul(p->t, q->product), fe_mul(p->z, q->twice_z));
}

void ed_sub_cached(struct ed_point *p, const struct ed_cached *q)
{
	*p = part(p, q->sum, q->difference, fe_mul(p->t, q->product), fe_mul(p->z, q->twice_z));
}

void ed_add_element(struct ed_point *p, const struct ed_element *q)
{
	*p = join(p, q->sum, q->difference, fe_mul(p->t, q->product), fe_add(p->z, p->z));
}

void ed_sub_element(struct ed_point *p, const struct ed_element *q)
{
	*p = part(p, q->sum, q->difference, fe_mul(p->t, q->product), fe_add(p->z, p->z));
}

struct ed_point ed_add(const struct ed_point *p, const struct ed_point *q)
{
	struct ed_point r = *p;
	struct ed_cached cached = ed_cache(q);
	ed_add_cached(&r, &cached);
	return r;
}

/* E, F, G and H with all signs turned against the database's, which changes no
 * product of two and keeps what is subtracted tight. */
struct ed_point ed_double(struct ed_point p, unsigned n)
{
	struct fe e, f, g, h;
	for (;;) {
		struct fe a = fe_sq(p.x), b = fe_sq(p.y), c = fe_sq(p.z);
		h = fe_add(a, b);
		e = fe_sub(h, fe_sq(fe_add(p.x, p.y)));
		g = fe_sub(a, b);
		f = fe_add(fe_add(c, c), g);
		if (--n == 0)
			return complete(e, f, g, h);
		/* T is not needed to double again. */
		p.x = fe_mul(e, f);
		p.y = fe_mul(g, h);
		p.z = fe_mul(f, g);
	}
}

void ed_normalise(struct ed_element *out, const struct ed_point *p, size_t n)
{
	struct fe *z = yihu_calloc(n, 2 * sizeof *z);
	for (size_t i = 0; i < n; i++)
		z[i] = p[i].z;
	fe_invert_all(z, z + n, n);
	for (size_t i = 0; i < n; i++) {
		struct fe x = fe_mul(p[i].x, z[i]), y = fe_mul(p[i].y, z[i]);
		struct fe t = fe_mul(p[i].t, z[i]);
		out[i] = (struct ed_element){fe_add(y, x), fe_sub(y, x), fe_mul(t, twice_d)};
	}
	free(z);
}
