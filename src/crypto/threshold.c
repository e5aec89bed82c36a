/* SPDX-License-Identifier: Apache-2.0
 *
 * The algebra of the threshold key (PROTOCOL §3): polynomials, a holder's
 * proof, shares, and Lagrange's coefficients at zero.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <yihu/hash.h>
#include <yihu/threshold.h>

bool yihu_threshold_valid(uint32_t t, uint32_t n)
{
	return t >= 1 && t <= n && n <= YIHU_HOLDERS_MAX && (t > 1 || n == 1);
}

uint32_t yihu_box_quorum(uint32_t t, uint32_t n)
{
	assert(yihu_threshold_valid(t, n));
	uint32_t q = (n + t - 1) / 2 + 1;
	return q < n ? q : n;
}

void yihu_polynomial_random(struct yihu_scalar *a, uint32_t t)
{
	for (uint32_t k = 0; k < t; k++)
		a[k] = yihu_scalar_random();
}

struct yihu_scalar yihu_polynomial_at(const struct yihu_scalar *a, uint32_t t, uint32_t j)
{
	struct yihu_scalar z = yihu_scalar_u64(j), sum = yihu_scalar_u64(0);
	for (uint32_t k = t; k-- > 0;)
		sum = yihu_scalar_add(yihu_scalar_mul(sum, z), a[k]);
	return sum;
}

static struct yihu_scalar challenge(const struct yihu_holder *h, uint32_t n, uint32_t t)
{
	uint8_t numbers[12];
	yihu_store_be32(numbers, h->index);
	yihu_store_be32(numbers + 4, n);
	yihu_store_be32(numbers + 8, t);

	struct yihu_frame f;
	yihu_frame_init(&f, "trustee");
	yihu_frame_item(&f, numbers, sizeof numbers);
	yihu_frame_item(&f, h->key.name, strlen(h->key.name));
	yihu_frame_item(&f, h->key.pk, sizeof h->key.pk);
	yihu_frame_item(&f, h->c, t * sizeof h->c[0]);
	yihu_frame_item(&f, &h->proof_k, sizeof h->proof_k);
	return yihu_frame_scalar(&f);
}

void yihu_holder_prove(struct yihu_holder *h, uint32_t n, uint32_t t, const struct yihu_scalar *a)
{
	assert(yihu_threshold_valid(t, n) && h->index >= 1 && h->index <= n);
	for (uint32_t k = 0; k < t; k++)
		h->c[k] = yihu_point_base(a[k]);
	struct yihu_scalar nonce = yihu_scalar_random();
	h->proof_k = yihu_point_base(nonce);
	h->proof_s = yihu_scalar_add(nonce, yihu_scalar_mul(challenge(h, n, t), a[0]));
	sodium_memzero(&nonce, sizeof nonce);
}

/* s·G = K + c·C_{i,0} */
static bool proof_ok(const struct yihu_holder *h, uint32_t n, uint32_t t)
{
	struct yihu_point have = yihu_point_base(h->proof_s);
	struct yihu_point want =
		yihu_point_add(h->proof_k, yihu_point_mul(challenge(h, n, t), h->c[0]));
	return yihu_point_equal(&have, &want);
}

int yihu_holder_verify(const struct yihu_holder *h, uint32_t n, uint32_t t, struct yihu_error *err)
{
	if (!yihu_threshold_valid(t, n))
		return yihu_fail(
			err, YIHU_EARG,
			_("no election can be opened by %u of %u key holders: at least 2 must be "
			  "needed, and at most 15 can take part (one holder alone is allowed)"),
			t, n);
	if (h->index < 1 || h->index > n)
		return yihu_fail(err, YIHU_EARG, _("there is no key holder %u among %u"), h->index,
				 n);
	for (uint32_t k = 0; k < t; k++) {
		if (yihu_point_is_identity(&h->c[k]))
			return yihu_fail(err, YIHU_EIDENTITY,
					 _("commitment %u of key holder %u is the identity, which "
					   "is refused"),
					 k, h->index);
	}
	if (!proof_ok(h, n, t))
		return yihu_fail(
			err, YIHU_EPROOF,
			_("key holder %u does not prove that it knows its part of the key"),
			h->index);
	return 0;
}

/* j^0 … j^(t−1) */
static void powers(struct yihu_scalar *out, uint32_t t, uint32_t j)
{
	struct yihu_scalar z = yihu_scalar_u64(j);
	out[0] = yihu_scalar_u64(1);
	for (uint32_t k = 1; k < t; k++)
		out[k] = yihu_scalar_mul(out[k - 1], z);
}

/* f_i(j)·G, from what holder i committed to */
static struct yihu_point committed_share(const struct yihu_holder *h, uint32_t t, uint32_t j)
{
	assert(t >= 1 && t <= YIHU_HOLDERS_MAX);
	struct yihu_scalar z[YIHU_HOLDERS_MAX];
	powers(z, t, j);
	return yihu_msm(t, z, h->c);
}

bool yihu_holder_share_ok(const struct yihu_holder *h, uint32_t t, uint32_t j,
			  struct yihu_scalar share)
{
	struct yihu_point have = yihu_point_base(share);
	struct yihu_point want = committed_share(h, t, j);
	sodium_memzero(&share, sizeof share);
	return yihu_point_equal(&have, &want);
}

struct yihu_point yihu_election_key(const struct yihu_holder *holders, uint32_t n)
{
	struct yihu_point y = yihu_point_identity;
	for (uint32_t i = 0; i < n; i++)
		y = yihu_point_add(y, holders[i].c[0]);
	return y;
}

struct yihu_point yihu_share_key(const struct yihu_holder *holders, uint32_t n, uint32_t t,
				 uint32_t j)
{
	struct yihu_point x = yihu_point_identity;
	for (uint32_t i = 0; i < n; i++)
		x = yihu_point_add(x, committed_share(&holders[i], t, j));
	return x;
}

struct yihu_scalar yihu_lagrange(const uint32_t *js, uint32_t t, uint32_t j)
{
	struct yihu_scalar above = yihu_scalar_u64(1), below = above, own = yihu_scalar_u64(j);
	uint32_t found = 0;
	for (uint32_t i = 0; i < t; i++) {
		if (js[i] == j) {
			found++;
			continue;
		}
		struct yihu_scalar m = yihu_scalar_u64(js[i]);
		above = yihu_scalar_mul(above, m);
		below = yihu_scalar_mul(below, yihu_scalar_sub(m, own));
	}
	assert(found == 1);
	return yihu_scalar_mul(above, yihu_scalar_inv(below));
}
