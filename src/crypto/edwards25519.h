/* SPDX-License-Identifier: Apache-2.0
 *
 * ristretto255 over the curve −x² + y² = 1 + d·x²·y², decoded, for public
 * values only.
 *
 * Nothing here is constant time: a secret scalar, or a point that tells of a
 * secret, must never come near this file; those go through libsodium
 * (yihu/group.h). Private to src/crypto.
 *
 * A ristretto255 element is a set of four curve points that differ by torsion
 * of order 4; a struct here holds any one of them. So two are equal when
 * ed_equal says so, and never by their coordinates.
 */
#ifndef YIHU_CRYPTO_EDWARDS25519_H
#define YIHU_CRYPTO_EDWARDS25519_H

#include <yihu/group.h>

#include "field25519.h"

/* Extended coordinates (RFC 8032 §5.1.4): x = X/Z, y = Y/Z, x·y = T/Z; tight. */
struct ed_point {
	struct fe x, y, z, t;
};

/* What an addition wants of its second operand, when that has Z = 1: y + x,
 * y − x and 2d·x·y. This is a decoded element to keep and to add many times. */
struct ed_element {
	struct fe sum, difference, product;
};

/* The same for any Z: y + x, y − x, 2Z and 2d·T. */
struct ed_cached {
	struct fe sum, difference, twice_z, product;
};

extern const struct ed_point ed_identity;
extern const struct ed_element ed_generator; /* G */

/* RFC 9496 §4.3.1: false for all but a canonical encoding. */
bool ed_decode(struct ed_element *r, const struct yihu_point *p);
/* RFC 9496 §4.3.2 */
struct yihu_point ed_encode(const struct ed_point *p);
/* The encodings of 2·p[i]: one inversion for all, and no square roots. */
void ed_encode_doubled(struct yihu_point *out, const struct ed_point *p, size_t n);
/* RFC 9496 §4.3.3 */
bool ed_equal(const struct ed_point *p, const struct ed_point *q);
/* The same of a point and a decoded element. */
bool ed_is_element(const struct ed_point *p, const struct ed_element *q);
/* RFC 9496 §4.3.4: the element derived from 64 uniform bytes. */
struct ed_point ed_from_hash(const uint8_t hash[static 64]);

/* Points as elements, for one inversion and a few products each. */
void ed_normalise(struct ed_element *out, const struct ed_point *p, size_t n);

/* p + q */
struct ed_point ed_add(const struct ed_point *p, const struct ed_point *q);
/* p as an operand of what follows. */
struct ed_cached ed_cache(const struct ed_point *p);
/* p ± q in place. An element costs one product less. */
void ed_add_cached(struct ed_point *p, const struct ed_cached *q);
void ed_sub_cached(struct ed_point *p, const struct ed_cached *q);
void ed_add_element(struct ed_point *p, const struct ed_element *q);
void ed_sub_element(struct ed_point *p, const struct ed_element *q);
/* 2^n·p, n ≥ 1 */
struct ed_point ed_double(struct ed_point p, unsigned n);

#endif
