/* SPDX-License-Identifier: Apache-2.0
 *
 * The field of 2^255 − 19 elements, for public values only.
 *
 * Nothing here is constant time: a secret must never come near this file; what
 * is secret goes through libsodium (yihu/group.h). Private to src/crypto.
 *
 * An element is Σ v[i]·2^(51·i). It is *tight* when every limb is below
 * 2^51 + 2^18, which every function returns unless it says otherwise, and
 * *loose* when every limb is below 2^54, which every function takes unless it
 * says otherwise. So one or two sums and differences need no carrying before
 * they are multiplied, and no product overflows: five products of loose limbs,
 * four of them times 19, stay below 77·2^108 < 2^115, and their carries
 * below 2^64.
 */
#ifndef YIHU_CRYPTO_FIELD25519_H
#define YIHU_CRYPTO_FIELD25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fe {
	uint64_t v[5];
};

__extension__ typedef unsigned __int128 fe_wide;

#define FE_LIMB_BITS 51
#define FE_LIMB_MASK ((UINT64_C(1) << FE_LIMB_BITS) - 1)
#define FE_INLINE static inline __attribute__((always_inline))

extern const struct fe fe_zero, fe_one, fe_sqrt_m1;

/* Loose from tight operands, and from a few more that add up to less than 2^54. */
FE_INLINE struct fe fe_add(struct fe a, struct fe b)
{
	return (struct fe){{a.v[0] + b.v[0], a.v[1] + b.v[1], a.v[2] + b.v[2], a.v[3] + b.v[3],
			    a.v[4] + b.v[4]}};
}

/* a + 2p − b, loose: b tight, since 2p's limbs are just above such, and a tight
 * or a sum of two tight ones. */
FE_INLINE struct fe fe_sub(struct fe a, struct fe b)
{
	const uint64_t low = 2 * (FE_LIMB_MASK - 18), limb = 2 * FE_LIMB_MASK;
	return (struct fe){{a.v[0] + low - b.v[0], a.v[1] + limb - b.v[1], a.v[2] + limb - b.v[2],
			    a.v[3] + limb - b.v[3], a.v[4] + limb - b.v[4]}};
}

/* Carries twice, all limbs at once rather than one after the other: no limb
 * waits for the one before it. 2^255 = 19; r4 has no product times 19 and is
 * below 2^111, so that its carry times 19 fits. */
FE_INLINE struct fe fe_carry_wide(fe_wide r0, fe_wide r1, fe_wide r2, fe_wide r3, fe_wide r4)
{
	const uint64_t mask = FE_LIMB_MASK;
	uint64_t v0 = ((uint64_t)r0 & mask) + 19 * (uint64_t)(r4 >> FE_LIMB_BITS);
	uint64_t v1 = ((uint64_t)r1 & mask) + (uint64_t)(r0 >> FE_LIMB_BITS);
	uint64_t v2 = ((uint64_t)r2 & mask) + (uint64_t)(r1 >> FE_LIMB_BITS);
	uint64_t v3 = ((uint64_t)r3 & mask) + (uint64_t)(r2 >> FE_LIMB_BITS);
	uint64_t v4 = ((uint64_t)r4 & mask) + (uint64_t)(r3 >> FE_LIMB_BITS);
	return (struct fe){{(v0 & mask) + 19 * (v4 >> FE_LIMB_BITS),
			    (v1 & mask) + (v0 >> FE_LIMB_BITS), (v2 & mask) + (v1 >> FE_LIMB_BITS),
			    (v3 & mask) + (v2 >> FE_LIMB_BITS),
			    (v4 & mask) + (v3 >> FE_LIMB_BITS)}};
}

/* Schoolbook; what lands at 2^255 and above comes back times 19. */
FE_INLINE struct fe fe_mul(struct fe f, struct fe g)
{
	const uint64_t *a = f.v, *b = g.v;
	const fe_wide a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4];
	const uint64_t c1 = 19 * b[1], c2 = 19 * b[2], c3 = 19 * b[3], c4 = 19 * b[4];
	return fe_carry_wide(a0 * b[0] + a1 * c4 + a2 * c3 + a3 * c2 + a4 * c1,
			     a0 * b[1] + a1 * b[0] + a2 * c4 + a3 * c3 + a4 * c2,
			     a0 * b[2] + a1 * b[1] + a2 * b[0] + a3 * c4 + a4 * c3,
			     a0 * b[3] + a1 * b[2] + a2 * b[1] + a3 * b[0] + a4 * c4,
			     a0 * b[4] + a1 * b[3] + a2 * b[2] + a3 * b[1] + a4 * b[0]);
}

/* The same with equal products taken together. */
FE_INLINE struct fe fe_sq(struct fe f)
{
	const uint64_t *a = f.v;
	const uint64_t twice[3] = {2 * a[0], 2 * a[1], 2 * a[2]}; /* a limb has bits to spare */
	const fe_wide a0 = a[0], a1 = a[1], d0 = twice[0], d1 = twice[1], d2 = twice[2];
	const uint64_t c3 = 19 * a[3], c4 = 19 * a[4];
	return fe_carry_wide(a0 * a[0] + d1 * c4 + d2 * c3,
			     d0 * a[1] + d2 * c4 + (fe_wide)a[3] * c3,
			     d0 * a[2] + a1 * a[1] + (fe_wide)(2 * a[3]) * c4,
			     d0 * a[3] + d1 * a[2] + (fe_wide)a[4] * c4,
			     d0 * a[4] + d1 * a[3] + (fe_wide)a[2] * a[2]);
}

/* The value's 32 bytes, little-endian, below p: RFC 9496's canonical form. */
void fe_to_bytes(uint8_t out[static 32], struct fe a);
/* Bit 255 is ignored, and p and above are taken modulo p. */
struct fe fe_from_bytes(const uint8_t in[static 32]);

struct fe fe_neg(struct fe a); /* a tight */
/* By value: equal limbs are not asked for. */
bool fe_is_zero(struct fe a);
bool fe_is_negative(struct fe a); /* odd, RFC 9496 §3.1 */
bool fe_equal(struct fe a, struct fe b);
struct fe fe_abs(struct fe a); /* CT_ABS of RFC 9496; a tight */

/* Each of a[0..n) by its inverse, 0 by 0, for the price of one inversion and 3n
 * products. `room` holds n elements. */
void fe_invert_all(struct fe *a, struct fe *room, size_t n);

/* SQRT_RATIO_M1 of RFC 9496 §4.2: true and *r = |√(u/v)| when u/v is a square
 * (0 counts), otherwise false and *r = |√(i·u/v)|; false and 0 for v = 0 ≠ u. */
bool fe_sqrt_ratio(struct fe *r, struct fe u, struct fe v);

#endif
