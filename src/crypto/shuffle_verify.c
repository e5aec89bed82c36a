/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifying a mix (PROTOCOL §8): one function for each family of equations.
 *
 * Everything here is public. The long sums are made part by part, PART ballots
 * at a time, so that the room they take does not grow with the mix; a point is
 * decoded once for each sum that names it, and both sides of an equation are
 * compared decoded.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "msm.h"
#include "shuffle_common.h"
#include "weight.h"
#include <yihu/parallel.h>

#define PART 1024 /* ballots; sums of twice as many terms lose little on longer ones */
#define PIECE 64  /* ballots that one core takes at a time */

struct check {
	const struct yihu_mix *m;
	const struct yihu_mix_context *x;
	const struct yihu_ciphertext *in;
	uint8_t d[YIHU_HASH_BYTES];
	struct yihu_scalar minus_c;
	struct ed_element h0; /* = ĉ_0 */
	struct ed_element y;  /* Y */
	/* Of the part at hand: its u_i; room for sums of 2·PART + 2 terms. */
	size_t from, n;
	struct yihu_scalar *u, *factors;
	struct ed_element *elements;
	/* Of all parts so far. */
	struct yihu_scalar product; /* Π u_i */
	struct ed_point bar;        /* c̄ = Σ c_i − Σ h_i */
	struct ed_point *sums;      /* Σ s'_i·E_i − c·Σ u_i·F_i, for t3, t4A_1, t4B_1, … */
};

/* yihu_generator(i), without encoding it. */
static struct ed_point generator(uint64_t i)
{
	struct yihu_frame f;
	uint8_t hash[YIHU_HASH_BYTES];
	yihu_frame_init(&f, "generator");
	yihu_frame_be64(&f, i);
	yihu_frame_hash(&f, hash);
	return ed_from_hash(hash);
}

/* u_i, the factors made of it, and h_i. */
static void prepare(void *context, size_t from, size_t to)
{
	struct check *k = context;
	struct ed_point h[PIECE];
	assert(to - from <= PIECE);
	for (size_t i = from; i < to; i++) {
		k->u[i] = yihu_shuffle_u(k->d, k->from + i + 1);
		k->factors[i] = k->m->sprime[k->from + i];
		k->factors[k->n + i] = yihu_scalar_mul(k->minus_c, k->u[i]);
		h[i - from] = generator(k->from + i + 1);
	}
	ed_normalise(k->elements + from, h, to - from);
}

static void check_init(struct check *k, const struct yihu_mix *m, const struct yihu_mix_context *x,
		       const struct yihu_ciphertext *in)
{
	size_t room = x->n < PART ? (size_t)x->n : PART, sums = 1 + 2 * (size_t)x->w;
	*k = (struct check){
		.m = m,
		.x = x,
		.in = in,
		.u = yihu_calloc(room, sizeof *k->u),
		.factors = yihu_calloc(2 * room + 2, sizeof *k->factors),
		.elements = yihu_calloc(2 * room + 2, sizeof *k->elements),
		.product = yihu_scalar_u64(1),
		.bar = ed_identity,
		.sums = yihu_calloc(sums, sizeof *k->sums),
	};
	for (size_t i = 0; i < sums; i++)
		k->sums[i] = ed_identity;
	yihu_shuffle_digest(k->d, x, in, m);
	k->minus_c = yihu_scalar_neg(yihu_shuffle_challenge(k->d, m));
	struct ed_point h0 = generator(0);
	ed_normalise(&k->h0, &h0, 1);
	yihu_decode_all(&k->y, &x->y, 1, 1);
}

static void check_free(struct check *k)
{
	free(k->u);
	free(k->factors);
	free(k->elements);
	free(k->sums);
}

/* The part from ballot `from` on, counted from 0. */
static void part_begin(struct check *k, size_t from)
{
	size_t left = (size_t)k->x->n - from;
	k->from = from;
	k->n = left < PART ? left : PART;
}

/* The part of the sum that `index` names, of the elements as they are. */
static void add_sum(struct check *k, size_t index)
{
	struct ed_point sum = yihu_msm_elements(2 * k->n, k->factors, k->elements);
	k->sums[index] = ed_add(&k->sums[index], &sum);
}

/* One of the points of every ballot, of L' and then of L. */
static void add_column(struct check *k, size_t index, const struct yihu_point *out,
		       const struct yihu_point *in)
{
	size_t stride = 2 * (size_t)k->x->w;
	yihu_decode_all(k->elements, out + k->from * stride, stride, k->n);
	yihu_decode_all(k->elements + k->n, in + k->from * stride, stride, k->n);
	add_sum(k, index);
}

static void add_part(struct check *k)
{
	yihu_parallel(k->n, PIECE, prepare, NULL, k);
	yihu_decode_all(k->elements + k->n, k->m->c + k->from, 1, k->n);
	for (size_t i = 0; i < k->n; i++) {
		k->product = yihu_scalar_mul(k->product, k->u[i]);
		ed_add_element(&k->bar, &k->elements[k->n + i]);
		ed_sub_element(&k->bar, &k->elements[i]);
	}
	add_sum(k, 0);
	for (uint32_t j = 0; j < k->x->w; j++) {
		add_column(k, 1 + 2 * j, &k->m->list[j].a, &k->in[j].a);
		add_column(k, 2 + 2 * j, &k->m->list[j].b, &k->in[j].b);
	}
}

/* Is t = Σ factors_i·elements_i? */
static bool is_sum(const struct yihu_point *t, size_t n, const struct yihu_scalar *factors,
		   const struct ed_element *elements)
{
	struct ed_element left;
	yihu_decode_all(&left, t, 1, 1);
	struct ed_point right = yihu_msm_elements(n, factors, elements);
	return ed_is_element(&right, &left);
}

/* t1 = s1·G − c·c̄: the c_i commit to a matrix whose columns add up to one. */
static int check_t1(const struct check *k, struct yihu_error *err)
{
	struct yihu_scalar factors[] = {k->m->s1, k->minus_c};
	struct ed_element elements[] = {ed_generator, ed_generator};
	ed_normalise(&elements[1], &k->bar, 1);
	if (!is_sum(&k->m->t1, 2, factors, elements))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("the shuffle proof fails at equation t1, the sum of the "
				   "commitments"));
	return 0;
}

/* t2 = s2·G − c·ĉ, ĉ = ĉ_N − (Π u_i)·H0: the chain ends in the product. */
static int check_t2(const struct check *k, struct yihu_error *err)
{
	size_t n = (size_t)k->x->n;
	struct yihu_scalar product = yihu_scalar_mul(yihu_scalar_neg(k->minus_c), k->product);
	struct yihu_scalar factors[] = {k->m->s2, k->minus_c, product};
	struct ed_element elements[] = {ed_generator, k->h0, k->h0};
	if (n > 0)
		yihu_decode_all(&elements[1], &k->m->chat[n - 1], 1, 1);
	if (!is_sum(&k->m->t2, 3, factors, elements))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("the shuffle proof fails at equation t2, the end of the "
				   "chain"));
	return 0;
}

/* Is t = s·P and the sum that `index` names? */
static bool is_family(const struct check *k, const struct yihu_point *t, struct yihu_scalar s,
		      const struct ed_element *p, size_t index)
{
	struct ed_element left;
	yihu_decode_all(&left, t, 1, 1);
	struct ed_point right = yihu_msm_elements(1, &s, p);
	right = ed_add(&right, &k->sums[index]);
	return ed_is_element(&right, &left);
}

/* t3 = s3·G + Σ s'_i·h_i − c·Σ u_i·c_i: the u'_i are the u_i, permuted. */
static int check_t3(const struct check *k, struct yihu_error *err)
{
	if (!is_family(k, &k->m->t3, k->m->s3, &ed_generator, 0))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("the shuffle proof fails at equation t3, the permutation"));
	return 0;
}

/* t4A_j = −s4_j·G + Σ s'_i·A'_{i,j} − c·Σ u_i·A_{i,j} */
static int check_t4a(const struct check *k, uint32_t j, struct yihu_error *err)
{
	if (!is_family(k, &k->m->t4[2 * (size_t)j], yihu_scalar_neg(k->m->s4[j]), &ed_generator,
		       1 + 2 * j))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("the shuffle proof fails at equation t4A for word %u, the "
				   "re-encryption"),
				 j + 1);
	return 0;
}

/* t4B_j = −s4_j·Y + Σ s'_i·B'_{i,j} − c·Σ u_i·B_{i,j} */
static int check_t4b(const struct check *k, uint32_t j, struct yihu_error *err)
{
	if (!is_family(k, &k->m->t4[2 * j + 1], yihu_scalar_neg(k->m->s4[j]), &k->y, 2 + 2 * j))
		return yihu_fail(err, YIHU_EMIXPROOF,
				 _("the shuffle proof fails at equation t4B for word %u, the "
				   "re-encryption"),
				 j + 1);
	return 0;
}

/* t̂_i = ŝ_i·G + s'_i·ĉ_{i−1} − c·ĉ_i, alone; i from 0 */
static bool link_ok(const struct check *k, size_t i)
{
	const struct yihu_mix *m = k->m;
	struct yihu_scalar factors[] = {m->shat[i], m->sprime[i], k->minus_c};
	struct ed_element elements[] = {ed_generator, k->h0, k->h0};
	if (i > 0)
		yihu_decode_all(&elements[1], &m->chat[i - 1], 1, 1);
	yihu_decode_all(&elements[2], &m->chat[i], 1, 1);
	return is_sum(&m->that[i], 3, factors, elements);
}

/* All of the part's at once: Σ z_i·t̂_i = Σ z_i·(ŝ_i·G + s'_i·ĉ_{i−1} − c·ĉ_i)
 * with weights z_i. Uses up factors and elements. */
static bool links_ok(struct check *k)
{
	const struct yihu_mix *m = k->m;
	struct yihu_scalar *factors = k->factors, *z = k->factors + k->n + 2;
	struct ed_element *elements = k->elements, *that = k->elements + k->n + 2;
	factors[0] = factors[1] = yihu_scalar_u64(0);
	for (size_t i = 0; i < k->n; i++) {
		z[i] = yihu_weight();
		factors[0] =
			yihu_scalar_add(factors[0], yihu_scalar_mul(z[i], m->shat[k->from + i]));
		factors[i + 1] = yihu_scalar_add(factors[i + 1],
						 yihu_scalar_mul(z[i], m->sprime[k->from + i]));
		factors[i + 2] = yihu_scalar_mul(z[i], k->minus_c);
	}
	elements[0] = ed_generator;
	elements[1] = k->h0;
	if (k->from > 0)
		yihu_decode_all(&elements[1], &m->chat[k->from - 1], 1, 1);
	yihu_decode_all(elements + 2, m->chat + k->from, 1, k->n);
	yihu_decode_all(that, m->that + k->from, 1, k->n);
	struct ed_point left = yihu_msm_elements(k->n, z, that);
	struct ed_point right = yihu_msm_elements(k->n + 2, factors, elements);
	return ed_equal(&left, &right);
}

static int check_links(struct check *k, struct yihu_error *err)
{
	if (links_ok(k))
		return 0;
	size_t i = k->from;
	while (i < k->from + k->n && link_ok(k, i))
		i++;
	assert(i < k->from + k->n);
	return yihu_fail(err, YIHU_EMIXPROOF,
			 _("the shuffle proof fails at equation t̂ for ballot %zu, a link of the "
			   "chain"),
			 i + 1);
}

static int check_sums(const struct check *k, struct yihu_error *err)
{
	int r = check_t1(k, err);
	if (r == 0)
		r = check_t2(k, err);
	if (r == 0)
		r = check_t3(k, err);
	for (uint32_t j = 0; r == 0 && j < k->x->w; j++) {
		r = check_t4a(k, j, err);
		if (r == 0)
			r = check_t4b(k, j, err);
	}
	return r;
}

static int check_equations(struct check *k, const struct yihu_progress *progress,
			   struct yihu_error *err)
{
	const char *what = _("Verifying the shuffle");
	size_t n = (size_t)k->x->n;
	uint64_t total = 2 * (uint64_t)n + 1;
	for (size_t from = 0; from < n; from += k->n) {
		part_begin(k, from);
		add_part(k);
		yihu_progress_step(progress, what, from + k->n, total);
	}
	int r = check_sums(k, err);
	for (size_t from = 0; r == 0 && from < n; from += k->n) {
		part_begin(k, from);
		r = check_links(k, err);
		yihu_progress_step(progress, what, n + from + k->n, total);
	}
	if (r == 0)
		yihu_progress_step(progress, what, total, total);
	return r;
}

static int check_header(const struct yihu_mix *m, const struct yihu_mix_context *x,
			struct yihu_error *err)
{
	if (m->k != x->k)
		return yihu_fail(err, YIHU_EMIX, _("the mix says that it is number %u, not %u"),
				 m->k, x->k);
	if (m->holder != x->holder)
		return yihu_fail(err, YIHU_EMIX, _("the mix is by key holder %u, not by %u"),
				 m->holder, x->holder);
	if (m->n != x->n || m->w != x->w)
		return yihu_fail(err, YIHU_EMIX,
				 _("the mix is of %" PRIu64 " ballots of %u words, but there are "
				   "%" PRIu64 " ballots of %u words"),
				 m->n, m->w, x->n, x->w);
	return 0;
}

int yihu_mix_verify(const struct yihu_mix *m, const struct yihu_mix_context *x,
		    const struct yihu_ciphertext *in, const uint8_t pk[static YIHU_PUBKEY_BYTES],
		    const struct yihu_progress *progress, struct yihu_error *err)
{
	int r = check_header(m, x, err);
	if (r != 0)
		return r;
	if (!yihu_mix_signature_ok(x->eid, m->digest, m->signature, pk))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("the mix does not have a valid signature of key holder %u for "
				   "this election"),
				 x->holder);
	struct check k;
	check_init(&k, m, x, in);
	r = check_equations(&k, progress, err);
	check_free(&k);
	return r;
}
