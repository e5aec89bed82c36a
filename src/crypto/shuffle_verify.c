/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifying a mix (PROTOCOL §8): one function for each family of equations.
 *
 * Everything here is public. The sums go through yihu_msm whole, so that no
 * product is encoded and decoded on its way.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "shuffle_common.h"
#include "weight.h"

struct check {
	const struct yihu_mix *m;
	const struct yihu_mix_context *x;
	const struct yihu_ciphertext *in;
	struct yihu_scalar c;
	struct yihu_scalar *u; /* u_1..u_N */
	struct yihu_point h0;  /* = ĉ_0 */
	struct yihu_point *h;  /* h_1..h_N */
	/* Room for sums of 2N+1 terms. The first 2N factors are s'_1..s'_N and
	 * −c·u_1..−c·u_N, which three families share. */
	struct yihu_scalar *factors;
	struct yihu_point *points;
};

static void check_init(struct check *k, const struct yihu_mix *m, const struct yihu_mix_context *x,
		       const struct yihu_ciphertext *in)
{
	size_t n = (size_t)x->n;
	uint8_t d[YIHU_HASH_BYTES];
	yihu_shuffle_digest(d, x, in, m);
	*k = (struct check){
		.m = m,
		.x = x,
		.in = in,
		.c = yihu_shuffle_challenge(d, m),
		.u = yihu_calloc(n, sizeof *k->u),
		.h0 = yihu_generator(0),
		.h = yihu_calloc(n, sizeof *k->h),
		.factors = yihu_calloc(2 * n + 1, sizeof *k->factors),
		.points = yihu_calloc(2 * n + 1, sizeof *k->points),
	};
	struct yihu_scalar minus_c = yihu_scalar_neg(k->c);
	for (size_t i = 0; i < n; i++) {
		k->u[i] = yihu_shuffle_u(d, i + 1);
		k->h[i] = yihu_generator(i + 1);
		k->factors[i] = m->sprime[i];
		k->factors[n + i] = yihu_scalar_mul(minus_c, k->u[i]);
	}
}

static void check_free(struct check *k)
{
	free(k->u);
	free(k->h);
	free(k->factors);
	free(k->points);
}

/* Is t = s·G + rest? */
static bool is_sum(const struct yihu_point *t, struct yihu_scalar s, struct yihu_point rest)
{
	struct yihu_point sum = yihu_point_add(yihu_point_base(s), rest);
	return yihu_point_equal(t, &sum);
}

static struct yihu_point minus_c_times(const struct check *k, struct yihu_point p)
{
	return yihu_point_mul(yihu_scalar_neg(k->c), p);
}

/* t1 = s1·G − c·c̄, c̄ = Σ c_i − Σ h_i: the c_i commit to a matrix whose
 * columns add up to one. */
static int check_t1(struct check *k, struct yihu_error *err)
{
	struct yihu_point bar = yihu_point_identity;
	for (size_t i = 0; i < k->x->n; i++)
		bar = yihu_point_add(bar, yihu_point_sub(k->m->c[i], k->h[i]));
	if (!is_sum(&k->m->t1, k->m->s1, minus_c_times(k, bar)))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("The shuffle proof fails at equation t1, the sum of the "
				   "commitments."));
	return 0;
}

/* t2 = s2·G − c·ĉ, ĉ = ĉ_N − (Π u_i)·H0: the chain ends in the product. */
static int check_t2(struct check *k, struct yihu_error *err)
{
	size_t n = (size_t)k->x->n;
	struct yihu_scalar product = yihu_scalar_u64(1);
	for (size_t i = 0; i < n; i++)
		product = yihu_scalar_mul(product, k->u[i]);
	struct yihu_point last = n > 0 ? k->m->chat[n - 1] : k->h0;
	struct yihu_point hat = yihu_point_sub(last, yihu_point_mul(product, k->h0));
	if (!is_sum(&k->m->t2, k->m->s2, minus_c_times(k, hat)))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("The shuffle proof fails at equation t2, the end of the "
				   "chain."));
	return 0;
}

/* t3 = s3·G + Σ s'_i·h_i − c·Σ u_i·c_i: the u'_i are the u_i, permuted. */
static int check_t3(struct check *k, struct yihu_error *err)
{
	size_t n = (size_t)k->x->n;
	for (size_t i = 0; i < n; i++) {
		k->points[i] = k->h[i];
		k->points[n + i] = k->m->c[i];
	}
	if (!is_sum(&k->m->t3, k->m->s3, yihu_msm(2 * n, k->factors, k->points)))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("The shuffle proof fails at equation t3, the permutation."));
	return 0;
}

/* t4A_j = −s4_j·G + Σ s'_i·A'_{i,j} − c·Σ u_i·A_{i,j} */
static int check_t4a(struct check *k, uint32_t j, struct yihu_error *err)
{
	size_t n = (size_t)k->x->n, w = k->x->w;
	for (size_t i = 0; i < n; i++) {
		k->points[i] = k->m->list[i * w + j].a;
		k->points[n + i] = k->in[i * w + j].a;
	}
	if (!is_sum(&k->m->t4[2 * j], yihu_scalar_neg(k->m->s4[j]),
		    yihu_msm(2 * n, k->factors, k->points)))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("The shuffle proof fails at equation t4A for word %u, the "
				   "re-encryption."),
				 j + 1);
	return 0;
}

/* t4B_j = −s4_j·Y + Σ s'_i·B'_{i,j} − c·Σ u_i·B_{i,j} */
static int check_t4b(struct check *k, uint32_t j, struct yihu_error *err)
{
	size_t n = (size_t)k->x->n, w = k->x->w;
	for (size_t i = 0; i < n; i++) {
		k->points[i] = k->m->list[i * w + j].b;
		k->points[n + i] = k->in[i * w + j].b;
	}
	k->points[2 * n] = k->x->y;
	k->factors[2 * n] = yihu_scalar_neg(k->m->s4[j]);
	struct yihu_point sum = yihu_msm(2 * n + 1, k->factors, k->points);
	if (!yihu_point_equal(&k->m->t4[2 * j + 1], &sum))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("The shuffle proof fails at equation t4B for word %u, the "
				   "re-encryption."),
				 j + 1);
	return 0;
}

/* t̂_i = ŝ_i·G + s'_i·ĉ_{i−1} − c·ĉ_i, alone; i from 0 */
static bool link_ok(const struct check *k, size_t i)
{
	const struct yihu_mix *m = k->m;
	struct yihu_scalar factors[2] = {m->sprime[i], yihu_scalar_neg(k->c)};
	struct yihu_point points[2] = {i > 0 ? m->chat[i - 1] : k->h0, m->chat[i]};
	return is_sum(&m->that[i], m->shat[i], yihu_msm(2, factors, points));
}

/* All of them at once: Σ z_i·t̂_i = Σ z_i·(ŝ_i·G + s'_i·ĉ_{i−1} − c·ĉ_i) with
 * weights z_i. Uses up the factors. */
static bool links_ok(struct check *k)
{
	const struct yihu_mix *m = k->m;
	size_t n = (size_t)k->x->n;
	struct yihu_scalar *z = yihu_calloc(n, sizeof *z);
	struct yihu_scalar base = yihu_scalar_u64(0), minus_c = yihu_scalar_neg(k->c);
	k->factors[0] = yihu_scalar_u64(0);
	k->points[0] = k->h0;
	for (size_t i = 0; i < n; i++) {
		z[i] = yihu_weight();
		base = yihu_scalar_add(base, yihu_scalar_mul(z[i], m->shat[i]));
		k->factors[i] = yihu_scalar_add(k->factors[i], yihu_scalar_mul(z[i], m->sprime[i]));
		k->factors[i + 1] = yihu_scalar_mul(z[i], minus_c);
		k->points[i + 1] = m->chat[i];
	}
	struct yihu_point left = yihu_msm(n, z, m->that);
	bool ok = is_sum(&left, base, yihu_msm(n + 1, k->factors, k->points));
	free(z);
	return ok;
}

static int check_links(struct check *k, struct yihu_error *err)
{
	if (links_ok(k))
		return 0;
	size_t i = 0;
	while (i < k->x->n && link_ok(k, i))
		i++;
	assert(i < k->x->n);
	return yihu_fail(err, YIHU_EMIXPROOF,
			 _("The shuffle proof fails at equation t̂ for ballot %zu, a link of the "
			   "chain."),
			 i + 1);
}

static int check_equations(struct check *k, const struct yihu_progress *progress,
			   struct yihu_error *err)
{
	const char *what = _("Verifying the shuffle");
	uint64_t done = 0, total = 4 + 2 * (uint64_t)k->x->w;
	int (*const families[])(struct check *, struct yihu_error *) = {check_t1, check_t2,
									check_t3};
	for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
		int r = families[i](k, err);
		if (r != 0)
			return r;
		yihu_progress_step(progress, what, ++done, total);
	}
	for (uint32_t j = 0; j < k->x->w; j++) {
		int r = check_t4a(k, j, err);
		if (r == 0)
			r = check_t4b(k, j, err);
		if (r != 0)
			return r;
		yihu_progress_step(progress, what, done += 2, total);
	}
	int r = check_links(k, err);
	if (r == 0)
		yihu_progress_step(progress, what, total, total);
	return r;
}

static int check_header(const struct yihu_mix *m, const struct yihu_mix_context *x,
			struct yihu_error *err)
{
	if (m->k != x->k)
		return yihu_fail(err, YIHU_EMIX, _("The mix says that it is number %u, not %u."),
				 m->k, x->k);
	if (m->holder != x->holder)
		return yihu_fail(err, YIHU_EMIX, _("The mix is by key holder %u, not by %u."),
				 m->holder, x->holder);
	if (m->n != x->n || m->w != x->w)
		return yihu_fail(err, YIHU_EMIX,
				 _("The mix is of %" PRIu64 " ballots of %u words, but there are "
				   "%" PRIu64 " ballots of %u words."),
				 m->n, m->w, x->n, x->w);
	return 0;
}

static bool signature_ok(const struct yihu_mix *m, const struct yihu_mix_context *x,
			 const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	struct yihu_buf message = {0};
	yihu_mix_message(&message, x->eid, m->digest);
	bool ok = yihu_verify(m->signature, pk, message.data, message.len);
	yihu_buf_free(&message);
	return ok;
}

int yihu_mix_verify(const struct yihu_mix *m, const struct yihu_mix_context *x,
		    const struct yihu_ciphertext *in, const uint8_t pk[static YIHU_PUBKEY_BYTES],
		    const struct yihu_progress *progress, struct yihu_error *err)
{
	int r = check_header(m, x, err);
	if (r != 0)
		return r;
	if (!signature_ok(m, x, pk))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("The mix does not bear a valid signature of key holder %u for "
				   "this election."),
				 x->holder);
	struct check k;
	check_init(&k, m, x, in);
	r = check_equations(&k, progress, err);
	check_free(&k);
	return r;
}
