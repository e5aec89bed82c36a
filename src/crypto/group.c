/* SPDX-License-Identifier: Apache-2.0
 *
 * ristretto255 by libsodium, with its two traps closed: it reports a result
 * that is the identity as an error, and it takes scalars and points that are
 * not canonical.
 */
#include <assert.h>
#include <sodium.h>
#include <yihu/group.h>

const struct yihu_point yihu_point_identity = {{0}};

/* q = 2^252 + 27742317777372353535851937790883648493, little-endian. */
static const uint8_t order[YIHU_SCALAR_BYTES] = {
	0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
	0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10,
};

static bool high_bit(const struct yihu_point *p)
{
	return p->bytes[YIHU_POINT_BYTES - 1] & 0x80;
}

/* libsodium 1.0.18 ignores bit 255 here too, not only where it multiplies:
 * without the first test a ballot would have a second spelling. */
bool yihu_point_valid(const struct yihu_point *p)
{
	return !high_bit(p) && crypto_core_ristretto255_is_valid_point(p->bytes) == 1;
}

bool yihu_point_is_identity(const struct yihu_point *p)
{
	return sodium_is_zero(p->bytes, sizeof p->bytes) == 1;
}

bool yihu_point_equal(const struct yihu_point *p, const struct yihu_point *q)
{
	return sodium_memcmp(p->bytes, q->bytes, sizeof p->bytes) == 0;
}

/* The borrow that s − q leaves, without a branch: s may be secret. */
bool yihu_scalar_valid(const struct yihu_scalar *s)
{
	unsigned borrow = 0;
	for (size_t i = 0; i < YIHU_SCALAR_BYTES; i++)
		borrow = ((unsigned)s->bytes[i] - order[i] - borrow) >> 8 & 1;
	return borrow == 1;
}

static bool is_zero(const struct yihu_scalar *s)
{
	return sodium_is_zero(s->bytes, sizeof s->bytes) == 1;
}

struct yihu_point yihu_point_add(struct yihu_point p, struct yihu_point q)
{
	struct yihu_point r;
	assert(!high_bit(&p) && !high_bit(&q));
	int rc = crypto_core_ristretto255_add(r.bytes, p.bytes, q.bytes);
	assert(rc == 0);
	return r;
}

struct yihu_point yihu_point_sub(struct yihu_point p, struct yihu_point q)
{
	struct yihu_point r;
	assert(!high_bit(&p) && !high_bit(&q));
	int rc = crypto_core_ristretto255_sub(r.bytes, p.bytes, q.bytes);
	assert(rc == 0);
	return r;
}

/* libsodium returns -1 both for an encoding that is no point and for a
 * product that is the identity. The order is prime, so the second happens
 * only with a zero scalar or the identity; all else is a caller's mistake. */
struct yihu_point yihu_point_mul(struct yihu_scalar s, struct yihu_point p)
{
	struct yihu_point r = yihu_point_identity;
	assert(yihu_scalar_valid(&s) && !high_bit(&p));
	int rc = crypto_scalarmult_ristretto255(r.bytes, s.bytes, p.bytes);
	assert(rc == 0 || yihu_point_is_identity(&p) || (is_zero(&s) && yihu_point_valid(&p)));
	sodium_memzero(&s, sizeof s);
	return r;
}

/* No branch on the scalar: it may be a vote's word, and 0 is an honest one. */
struct yihu_point yihu_point_base(struct yihu_scalar s)
{
	struct yihu_point r = yihu_point_identity;
	assert(yihu_scalar_valid(&s));
	int rc = crypto_scalarmult_ristretto255_base(r.bytes, s.bytes);
	assert(rc == 0 || yihu_point_is_identity(&r));
	sodium_memzero(&s, sizeof s);
	return r;
}

struct yihu_scalar yihu_scalar_add(struct yihu_scalar a, struct yihu_scalar b)
{
	struct yihu_scalar r;
	crypto_core_ristretto255_scalar_add(r.bytes, a.bytes, b.bytes);
	return r;
}

struct yihu_scalar yihu_scalar_sub(struct yihu_scalar a, struct yihu_scalar b)
{
	struct yihu_scalar r;
	crypto_core_ristretto255_scalar_sub(r.bytes, a.bytes, b.bytes);
	return r;
}

struct yihu_scalar yihu_scalar_mul(struct yihu_scalar a, struct yihu_scalar b)
{
	struct yihu_scalar r;
	crypto_core_ristretto255_scalar_mul(r.bytes, a.bytes, b.bytes);
	return r;
}

struct yihu_scalar yihu_scalar_neg(struct yihu_scalar a)
{
	struct yihu_scalar r;
	crypto_core_ristretto255_scalar_negate(r.bytes, a.bytes);
	return r;
}

struct yihu_scalar yihu_scalar_inv(struct yihu_scalar a)
{
	struct yihu_scalar r;
	int rc = crypto_core_ristretto255_scalar_invert(r.bytes, a.bytes);
	assert(rc == 0);
	return r;
}

struct yihu_scalar yihu_scalar_u64(uint64_t v)
{
	struct yihu_scalar r = {{0}};
	for (size_t i = 0; i < 8; i++, v >>= 8)
		r.bytes[i] = (uint8_t)v;
	return r;
}

struct yihu_scalar yihu_scalar_random(void)
{
	struct yihu_scalar r;
	crypto_core_ristretto255_scalar_random(r.bytes);
	return r;
}
