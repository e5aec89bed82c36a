/* SPDX-License-Identifier: Apache-2.0
 *
 * The shuffle proof of PROTOCOL §8, written plainly, for lies too.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plain_mix.h"

struct values {
	uint8_t d[64];
	struct yihu_point c[PLAIN_MAX], chat[PLAIN_MAX], t[3], t4[2 * YIHU_WIDTH_MAX],
		that[PLAIN_MAX];
	struct yihu_scalar r[PLAIN_MAX], rhat[PLAIN_MAX], u[PLAIN_MAX], uprime[PLAIN_MAX];
	struct yihu_scalar omega[3], omega4[YIHU_WIDTH_MAX], omega_hat[PLAIN_MAX],
		omega_prime[PLAIN_MAX];
};

static struct yihu_point generator(const struct plain_mix *p, uint64_t i)
{
	struct transcript t;
	transcript_init(&t, "generator");
	transcript_be64(&t, "i", i);
	return transcript_point(&t, p->twist);
}

static struct yihu_scalar dot(size_t n, const struct yihu_scalar *a, const struct yihu_scalar *b)
{
	struct yihu_scalar sum = yihu_scalar_u64(0);
	for (size_t i = 0; i < n; i++)
		sum = yihu_scalar_add(sum, yihu_scalar_mul(a[i], b[i]));
	return sum;
}

static struct yihu_point two(struct yihu_scalar s, struct yihu_scalar t, struct yihu_point p)
{
	return yihu_point_add(yihu_point_base(s), yihu_point_mul(t, p));
}

/* Word j of Σ_k mixed_ik·L_k. */
static struct yihu_ciphertext combined(const struct plain_mix *p, size_t i, size_t j)
{
	struct yihu_ciphertext sum = {yihu_point_identity, yihu_point_identity};
	for (size_t k = 0; k < p->x.n; k++) {
		const struct yihu_ciphertext *c = &p->in[k * p->x.w + j];
		sum.a = yihu_point_add(sum.a, yihu_point_mul(p->mixed[i][k], c->a));
		sum.b = yihu_point_add(sum.b, yihu_point_mul(p->mixed[i][k], c->b));
	}
	return sum;
}

void plain_mix_reencrypt(struct plain_mix *p)
{
	size_t w = p->x.w;
	for (size_t i = 0; i < p->x.n; i++)
		for (size_t j = 0; j < w; j++)
			p->list[i * w + j] =
				yihu_reencrypt(p->x.y, combined(p, i, j), p->rho[i * w + j]);
}

void plain_mix_init(struct plain_mix *p, const struct yihu_mix_context *x,
		    const struct yihu_ciphertext *in, const size_t *from)
{
	assert(x->n <= PLAIN_MAX);
	*p = (struct plain_mix){.x = *x, .in = in};
	p->list = yihu_calloc(x->n * x->w, sizeof *p->list);
	p->rho = yihu_calloc(x->n * x->w, sizeof *p->rho);
	for (size_t m = 0; m < x->n * x->w; m++)
		p->rho[m] = yihu_scalar_random();
	for (size_t i = 0; i < x->n; i++)
		p->weights[i][from[i]] = p->committed[i][from[i]] = p->mixed[i][from[i]] =
			yihu_scalar_u64(1);
	plain_mix_reencrypt(p);
}

void plain_mix_free(struct plain_mix *p)
{
	free(p->list);
	free(p->rho);
}

static void draw(struct values *v, size_t n, size_t w)
{
	for (size_t i = 0; i < 3; i++)
		v->omega[i] = yihu_scalar_random();
	for (size_t j = 0; j < w; j++)
		v->omega4[j] = yihu_scalar_random();
	for (size_t i = 0; i < n; i++) {
		v->r[i] = yihu_scalar_random();
		v->rhat[i] = yihu_scalar_random();
		v->omega_hat[i] = yihu_scalar_random();
		v->omega_prime[i] = yihu_scalar_random();
	}
}

/* Step 2. A list of pairs is a list of twice as many points. */
static void digest(struct values *v, const struct plain_mix *p)
{
	size_t points = 2 * p->x.n * p->x.w;
	struct transcript t;
	transcript_init(&t, "shuffle");
	transcript_item(&t, "eid", p->x.eid, 32);
	transcript_be32(&t, "k", p->x.k);
	transcript_be32(&t, "holder", p->x.holder);
	transcript_be64(&t, "N", p->x.n);
	transcript_be32(&t, "w", p->x.w);
	transcript_item(&t, "Y", &p->x.y, 32);
	transcript_points(&t, "L", &p->in[0].a, points);
	transcript_points(&t, "L'", &p->list[0].a, points);
	transcript_points(&t, "c", v->c, p->x.n);
	transcript_hash(v->d, &t, p->twist);
}

/* Steps 1 to 3. */
static void challenge_ballots(struct values *v, const struct plain_mix *p)
{
	size_t n = p->x.n;
	for (size_t i = 0; i < n; i++)
		v->c[i] = yihu_point_base(v->r[i]);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			v->c[j] = yihu_point_add(
				v->c[j], yihu_point_mul(p->committed[i][j], generator(p, i + 1)));
	if (p->bent_c != 0)
		bump_point(v->c[p->bent_c - 1].bytes);
	digest(v, p);
	for (size_t i = 0; i < n; i++) {
		struct transcript t;
		transcript_init(&t, "shuffle-u");
		transcript_item(&t, "D", v->d, 64);
		transcript_be64(&t, "i", i + 1);
		v->u[i] = transcript_scalar(&t, p->twist);
	}
	for (size_t i = 0; i < n; i++)
		v->uprime[i] = dot(n, p->weights[i], v->u);
}

/* Steps 4 and 5. */
static void commit(struct values *v, const struct plain_mix *p)
{
	size_t n = p->x.n, w = p->x.w;
	struct yihu_point h0 = generator(p, 0), before = h0;
	struct yihu_scalar product = yihu_scalar_u64(1);
	for (size_t i = 0; i < 3; i++)
		v->t[i] = yihu_point_base(v->omega[i]);
	for (size_t i = 0; i < n; i++) {
		product = yihu_scalar_mul(product, v->u[i]);
		v->that[i] = two(v->omega_hat[i], v->omega_prime[i], before);
		before = v->chat[i] = two(v->rhat[i], v->uprime[i], before);
		v->t[2] = yihu_point_add(v->t[2],
					 yihu_point_mul(v->omega_prime[i], generator(p, i + 1)));
	}
	if (p->bend_chain)
		v->chat[n - 1] = two(v->rhat[n - 1], product, h0);
	for (size_t j = 0; j < w; j++) {
		struct yihu_scalar minus = yihu_scalar_neg(v->omega4[j]);
		struct yihu_point a = yihu_point_base(minus), b = yihu_point_mul(minus, p->x.y);
		for (size_t i = 0; i < n; i++) {
			const struct yihu_ciphertext *out = &p->list[i * w + j];
			a = yihu_point_add(a, yihu_point_mul(v->omega_prime[i], out->a));
			b = yihu_point_add(b, yihu_point_mul(v->omega_prime[i], out->b));
		}
		v->t4[2 * j] = a;
		v->t4[2 * j + 1] = b;
	}
}

/* What is not what the secrets make it. */
static void bend(struct values *v, const struct plain_mix *p)
{
	size_t at = p->bent, w = p->x.w;
	if (p->bent_chat != 0)
		bump_point(v->chat[p->bent_chat - 1].bytes);
	if (at == 0)
		return;
	bump_point((--at < 3         ? &v->t[at]
		    : at < 3 + 2 * w ? &v->t4[at - 3]
				     : &v->that[at - 3 - 2 * w])
			   ->bytes);
}

static struct yihu_scalar challenge(const struct values *v, const struct plain_mix *p)
{
	size_t n = p->x.n, w = p->x.w;
	struct transcript t;
	transcript_init(&t, "shuffle-proof");
	transcript_item(&t, "D", v->d, 64);
	transcript_points(&t, "ĉ", v->chat, n);
	transcript_points(&t, "t", v->t, 3);
	transcript_points(&t, "t4", v->t4, 2 * w);
	transcript_points(&t, "t̂", v->that, n);
	return transcript_scalar(&t, p->twist);
}

/* What ĉ_N holds of G: the whole chain's masks, or the last one's if bent. */
static struct yihu_scalar end_mask(const struct values *v, const struct plain_mix *p)
{
	struct yihu_scalar x = yihu_scalar_u64(0);
	for (size_t i = 0; i < p->x.n; i++)
		x = yihu_scalar_add(v->rhat[i], yihu_scalar_mul(v->uprime[i], x));
	return p->bend_chain ? v->rhat[p->x.n - 1] : x;
}

static void put(struct yihu_buf *out, struct yihu_scalar omega, struct yihu_scalar c,
		struct yihu_scalar secret)
{
	struct yihu_scalar s = yihu_scalar_add(omega, yihu_scalar_mul(c, secret));
	yihu_buf_put(out, s.bytes, sizeof s.bytes);
}

/* Step 7. */
static void respond(struct yihu_buf *out, const struct values *v, const struct plain_mix *p)
{
	size_t n = p->x.n, w = p->x.w;
	struct yihu_scalar c = challenge(v, p), ones[PLAIN_MAX];
	for (size_t i = 0; i < n; i++)
		ones[i] = yihu_scalar_u64(1);
	put(out, v->omega[0], c, dot(n, v->r, ones));
	put(out, v->omega[1], c, end_mask(v, p));
	put(out, v->omega[2], c, dot(n, v->r, v->u));
	for (size_t j = 0; j < w; j++) {
		struct yihu_scalar masks[PLAIN_MAX];
		for (size_t i = 0; i < n; i++)
			masks[i] = p->rho[i * w + j];
		put(out, v->omega4[j], c, dot(n, masks, v->uprime));
	}
	for (size_t i = 0; i < n; i++)
		put(out, v->omega_hat[i], c, v->rhat[i]);
	for (size_t i = 0; i < n; i++)
		put(out, v->omega_prime[i], c, v->uprime[i]);
}

void plain_mix_write(struct yihu_buf *out, const struct plain_mix *p, const struct yihu_keypair *kp)
{
	size_t n = p->x.n, w = p->x.w;
	struct values *v = yihu_calloc(1, sizeof *v);
	draw(v, n, w);
	challenge_ballots(v, p);
	commit(v, p);
	bend(v, p);
	yihu_buf_str(out, "YIHUMIX1");
	yihu_buf_be32(out, p->x.k);
	yihu_buf_be32(out, p->x.holder);
	yihu_buf_be64(out, n);
	yihu_buf_be32(out, p->x.w);
	yihu_buf_put(out, p->list, n * w * sizeof *p->list);
	yihu_buf_put(out, v->c, n * 32);
	yihu_buf_put(out, v->chat, n * 32);
	yihu_buf_put(out, v->t, 3 * 32);
	yihu_buf_put(out, v->t4, 2 * w * 32);
	yihu_buf_put(out, v->that, n * 32);
	respond(out, v, p);
	plain_sign(out, "mix", p->x.eid, kp, p->twist);
	free(v);
}
