/* SPDX-License-Identifier: Apache-2.0
 *
 * The opening of PROTOCOL §9, written plainly, for lies too.
 */
#include <assert.h>
#include <string.h>

#include "plain_opening.h"

static size_t words(const struct plain_opening *p)
{
	return (size_t)p->x.n * p->x.w;
}

void plain_opening_init(struct plain_opening *p, struct yihu_opening_context x,
			const struct yihu_ciphertext *list, struct yihu_scalar share)
{
	*p = (struct plain_opening){.x = x, .list = list, .proves = share};
	assert(words(p) < PLAIN_WORDS);
	for (size_t m = 0; m <= words(p); m++)
		p->decrypts[m] = share;
}

void plain_opening_digest(struct plain_opening *p, const struct yihu_point *d)
{
	uint8_t n[8], w[4];
	struct transcript t;
	yihu_store_be64(n, p->x.n);
	yihu_store_be32(w, p->x.w);
	transcript_init(&t, "open");
	transcript_item(&t, "eid", p->x.eid, 32);
	transcript_be32(&t, "j", p->x.holder);
	transcript_item(&t, "X", &p->x.x, 32);
	transcript_part(&t, "N", n, sizeof n);
	transcript_item(&t, "w", w, sizeof w);
	transcript_item(&t, "P", &p->x.p, 32);
	if (words(p) > 0)
		transcript_points(&t, "L", &p->list[0].a, 2 * words(p));
	else
		transcript_item(&t, "L", "", 0);
	transcript_points(&t, "D", d, 1 + words(p));
	transcript_hash(p->e, &t, p->twist);
}

struct yihu_scalar plain_opening_weight(const struct plain_opening *p, uint64_t m)
{
	struct transcript t;
	transcript_init(&t, "open-e");
	transcript_item(&t, "E", p->e, sizeof p->e);
	transcript_be64(&t, "m", m);
	return transcript_scalar(&t, p->twist);
}

struct batch {
	struct yihu_point d[PLAIN_WORDS], a_star, d_star, k1, k2;
};

static void combine(struct batch *b, struct plain_opening *p)
{
	b->a_star = b->d_star = yihu_point_identity;
	for (size_t m = 0; m <= words(p); m++)
		b->d[m] = yihu_point_mul(p->decrypts[m], m == 0 ? p->x.p : p->list[m - 1].a);
	plain_opening_digest(p, b->d);
	for (size_t m = 0; m <= words(p); m++) {
		struct yihu_scalar e = plain_opening_weight(p, m);
		struct yihu_point a = m == 0 ? p->x.p : p->list[m - 1].a;
		b->a_star = yihu_point_add(b->a_star, yihu_point_mul(e, a));
		b->d_star = yihu_point_add(b->d_star, yihu_point_mul(e, b->d[m]));
	}
}

static struct yihu_scalar challenge(const struct batch *b, const struct plain_opening *p)
{
	struct transcript t;
	transcript_init(&t, "open-proof");
	transcript_item(&t, "E", p->e, sizeof p->e);
	transcript_item(&t, "A*", &b->a_star, 32);
	transcript_item(&t, "D*", &b->d_star, 32);
	transcript_item(&t, "K1", &b->k1, 32);
	transcript_item(&t, "K2", &b->k2, 32);
	return transcript_scalar(&t, p->twist);
}

void plain_opening_write(struct yihu_buf *out, struct plain_opening *p,
			 const struct yihu_keypair *kp)
{
	struct batch b;
	struct yihu_scalar k = yihu_scalar_random();
	combine(&b, p);
	b.k1 = yihu_point_base(k);
	b.k2 = yihu_point_mul(k, b.a_star);
	if (p->bent != 0)
		bump_point(p->bent == 1 ? b.k1.bytes : b.k2.bytes);
	struct yihu_scalar s = yihu_scalar_add(k, yihu_scalar_mul(challenge(&b, p), p->proves));
	yihu_buf_str(out, "YIHUOPN1");
	yihu_buf_be32(out, p->x.holder);
	yihu_buf_be64(out, p->x.n);
	yihu_buf_be32(out, p->x.w);
	yihu_buf_put(out, b.d, (1 + words(p)) * 32);
	yihu_buf_put(out, &b.k1, 32);
	yihu_buf_put(out, &b.k2, 32);
	yihu_buf_put(out, &s, 32);
	plain_sign(out, "open-file", p->x.eid, kp, p->twist);
}
