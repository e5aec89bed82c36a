/* SPDX-License-Identifier: Apache-2.0
 *
 * The group: ristretto255 (RFC 9496), written additively. G is its base
 * point, q its order, 2^252 + 27742317777372353535851937790883648493.
 *
 * A struct yihu_point holds a canonical encoding, a struct yihu_scalar a value
 * below q, 32 bytes little-endian. Bytes from outside become one only after
 * yihu_point_valid or yihu_scalar_valid accepted them (libsodium's own
 * multiplications do not check: they ignore bit 255 and take scalars above q).
 * The functions below take valid values, assert it where that is cheap, and are total: the
 * identity (32 zero bytes) is a value like any other, in and out, though
 * libsodium reports it as an error. Everything here is libsodium, constant
 * time, except yihu_msm.
 */
#ifndef YIHU_GROUP_H
#define YIHU_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yihu/api.h>

YIHU_API_BEGIN

#define YIHU_POINT_BYTES 32
#define YIHU_SCALAR_BYTES 32

struct yihu_point {
	uint8_t bytes[YIHU_POINT_BYTES];
};
struct yihu_scalar {
	uint8_t bytes[YIHU_SCALAR_BYTES];
};

/* False for anything but a canonical encoding. The identity is accepted:
 * where the protocol refuses it, the caller asks yihu_point_is_identity. */
bool yihu_point_valid(const struct yihu_point *p);
/* Both compare in constant time. */
bool yihu_point_is_identity(const struct yihu_point *p);
bool yihu_point_equal(const struct yihu_point *p, const struct yihu_point *q);
bool yihu_scalar_valid(const struct yihu_scalar *s); /* below q, zero too */

/* p + q, and s·p. */
struct yihu_point yihu_point_add(struct yihu_point p, struct yihu_point q);
struct yihu_point yihu_point_mul(struct yihu_scalar s, struct yihu_point p);
struct yihu_point yihu_point_base(struct yihu_scalar s); /* s·G */
extern const struct yihu_point yihu_point_identity;

/* ---- for auditors: no program of ours asks this ---- */

/* p − q: what is left of B without its share, M = B − D. */
struct yihu_point yihu_point_sub(struct yihu_point p, struct yihu_point q);

/* ---- scalars ---- */

/* Sum, difference, product and negative, modulo q. */
struct yihu_scalar yihu_scalar_add(struct yihu_scalar a, struct yihu_scalar b);
struct yihu_scalar yihu_scalar_sub(struct yihu_scalar a, struct yihu_scalar b);
struct yihu_scalar yihu_scalar_mul(struct yihu_scalar a, struct yihu_scalar b);
struct yihu_scalar yihu_scalar_neg(struct yihu_scalar a);
struct yihu_scalar yihu_scalar_inv(struct yihu_scalar a); /* a ≠ 0 asserted */
/* The scalar of this value. */
struct yihu_scalar yihu_scalar_u64(uint64_t v);
struct yihu_scalar yihu_scalar_random(void); /* uniform, never zero */

/* Σ s_i·p_i over public values only: it is not constant time, and no secret
 * may ever come here. n may be 0; valid points are asserted. From some
 * thousand terms on it uses all cores. */
struct yihu_point yihu_msm(size_t n, const struct yihu_scalar *s, const struct yihu_point *p);

YIHU_API_END

#endif
