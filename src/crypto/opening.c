/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening the last list (PROTOCOL §9): decryption shares, one proof for all of
 * a holder's, and their combination.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "msm.h"
#include "opening_file.h"
#include <yihu/parallel.h>

#define PIECE 64         /* words that one core takes at a time */
#define STACK_WIPED 8192 /* bytes; more than the frames below this file use */

struct yihu_point yihu_lot_point(const uint8_t eid[static YIHU_EID_BYTES], uint64_t size,
				 const uint8_t root[static 32])
{
	struct yihu_frame f;
	yihu_frame_init(&f, "lot-point");
	yihu_frame_item(&f, eid, YIHU_EID_BYTES);
	yihu_frame_be64(&f, size);
	yihu_frame_item(&f, root, 32);
	return yihu_frame_point(&f);
}

/* E, over every value that the batched equation names. */
static void digest(uint8_t e[static YIHU_HASH_BYTES], const struct yihu_opening_context *x,
		   const struct yihu_ciphertext *list, const struct yihu_point *d)
{
	size_t words = (size_t)x->n * x->w;
	uint8_t shape[12];
	yihu_store_be64(shape, x->n);
	yihu_store_be32(shape + 8, x->w);

	struct yihu_frame f;
	yihu_frame_init(&f, "open");
	yihu_frame_item(&f, x->eid, sizeof x->eid);
	yihu_frame_be32(&f, x->holder);
	yihu_frame_item(&f, &x->x, sizeof x->x);
	yihu_frame_item(&f, shape, sizeof shape);
	yihu_frame_item(&f, &x->p, sizeof x->p);
	yihu_frame_item(&f, list, words * sizeof *list);
	yihu_frame_item(&f, d, (1 + words) * sizeof *d);
	yihu_frame_hash(&f, e);
}

/* The one pair that stands for all: A* = Σ e_m·A_m, D* = Σ e_m·D_m, A_0 = P. */
struct batched_pair {
	uint8_t e[YIHU_HASH_BYTES];
	struct yihu_point a, d;
};

/* e_m for m = 0..N·w */
struct exponents {
	const uint8_t *digest; /* E */
	struct yihu_scalar *e;
};

static void derive_exponents(void *context, size_t from, size_t to)
{
	const struct exponents *x = context;
	for (size_t m = from; m < to; m++) {
		struct yihu_frame f;
		yihu_frame_init(&f, "open-e");
		yihu_frame_item(&f, x->digest, YIHU_HASH_BYTES);
		yihu_frame_be64(&f, m);
		x->e[m] = yihu_frame_scalar(&f);
	}
}

/* All public, also where a holder makes its proof. */
static void batch_make(struct batched_pair *b, const struct yihu_opening_context *x,
		       const struct yihu_ciphertext *list, const struct yihu_point *d)
{
	size_t n = 1 + (size_t)x->n * x->w;
	struct yihu_scalar *e = yihu_calloc(n, sizeof *e);
	struct ed_element *elements = yihu_calloc(n, sizeof *elements);
	digest(b->e, x, list, d);
	yihu_parallel(n, PIECE, derive_exponents, NULL, &(struct exponents){b->e, e});
	yihu_decode_all(elements, &x->p, 1, 1);
	if (n > 1)
		yihu_decode_all(elements + 1, &list->a, 2, n - 1);
	struct ed_point sum = yihu_msm_elements(n, e, elements);
	b->a = ed_encode(&sum);
	yihu_decode_all(elements, d, 1, n);
	sum = yihu_msm_elements(n, e, elements);
	b->d = ed_encode(&sum);
	free(elements);
	free(e);
}

static struct yihu_scalar challenge(const struct batched_pair *b, const struct yihu_opening *o)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "open-proof");
	yihu_frame_item(&f, b->e, sizeof b->e);
	yihu_frame_item(&f, &b->a, sizeof b->a);
	yihu_frame_item(&f, &b->d, sizeof b->d);
	yihu_frame_item(&f, &o->k1, sizeof o->k1);
	yihu_frame_item(&f, &o->k2, sizeof o->k2);
	return yihu_frame_scalar(&f);
}

static void prove(struct yihu_opening *o, const struct yihu_opening_context *x,
		  const struct yihu_ciphertext *list, const struct yihu_scalar *share)
{
	struct batched_pair b;
	batch_make(&b, x, list, o->d);
	struct yihu_scalar k = yihu_scalar_random();
	o->k1 = yihu_point_base(k);
	o->k2 = yihu_point_mul(k, b.a);
	o->s = yihu_scalar_add(k, yihu_scalar_mul(challenge(&b, o), *share));
	sodium_memzero(&k, sizeof k);
}

/* D_m = x_j·A_m: constant time, as the share is secret. */
struct decryption {
	struct yihu_point *d; /* D_1 … */
	const struct yihu_ciphertext *list;
	const struct yihu_scalar *share;
	size_t words;
	const struct yihu_progress *progress;
};

static void decrypt_words(void *context, size_t from, size_t to)
{
	const struct decryption *x = context;
	for (size_t m = from; m < to; m++)
		x->d[m] = yihu_point_mul(*x->share, x->list[m].a);
}

static void tell_decrypted(void *context, size_t done)
{
	const struct decryption *x = context;
	yihu_progress_step(x->progress, _("Opening"), done, x->words);
}

static void decrypt(struct yihu_opening *o, const struct yihu_opening_context *x,
		    const struct yihu_ciphertext *list, const struct yihu_scalar *share,
		    const struct yihu_progress *progress)
{
	size_t words = (size_t)x->n * x->w;
	struct decryption work = {o->d + 1, list, share, words, progress};
	o->d[0] = yihu_point_mul(*share, x->p);
	yihu_parallel(words, PIECE, decrypt_words, tell_decrypted, &work);
}

static void write_signed(struct yihu_buf *out, const struct yihu_opening *o,
			 const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_keypair *kp)
{
	struct yihu_buf message = {0};
	uint8_t hash[64], signature[YIHU_SIGNATURE_BYTES];
	size_t start = out->len;
	yihu_opening_write(out, o);
	crypto_hash_sha512(hash, out->data + start, out->len - start);
	yihu_opening_message(&message, eid, hash);
	yihu_sign(signature, kp, message.data, message.len);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_free(&message);
}

static int check_can_make(const struct yihu_opening_context *x, const struct yihu_scalar *share,
			  struct yihu_error *err)
{
	struct yihu_point public_share = yihu_point_base(*share);
	if (yihu_opening_size(x->n, x->w) == 0)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("no opening of %" PRIu64 " ballots of %u words can be made"),
				 x->n, x->w);
	if (!yihu_point_equal(&public_share, &x->x))
		return yihu_fail(err, YIHU_ESHARE,
				 _("this share does not belong to key holder %u of this election"),
				 x->holder);
	return 0;
}

int yihu_opening_make(struct yihu_buf *out, const struct yihu_opening_context *x,
		      const struct yihu_ciphertext *list, struct yihu_scalar share,
		      const struct yihu_keypair *kp, const struct yihu_progress *progress,
		      struct yihu_error *err)
{
	struct yihu_opening *o = NULL;
	int r = check_can_make(x, &share, err);
	if (r == 0) {
		o = yihu_opening_new(x->n, x->w);
		o->holder = x->holder;
		decrypt(o, x, list, &share, progress);
		prove(o, x, list, &share);
		write_signed(out, o, x->eid, kp);
	}
	yihu_opening_free(o);
	sodium_memzero(&share, sizeof share);
	sodium_stackzero(STACK_WIPED);
	return r;
}

static int check_header(const struct yihu_opening *o, const struct yihu_opening_context *x,
			struct yihu_error *err)
{
	if (o->holder != x->holder)
		return yihu_fail(err, YIHU_EOPENING,
				 _("the opening is by key holder %u, not by %u"), o->holder,
				 x->holder);
	if (o->n != x->n || o->w != x->w)
		return yihu_fail(err, YIHU_EOPENING,
				 _("the opening is of %" PRIu64 " ballots of %u words, but there "
				   "are %" PRIu64 " ballots of %u words"),
				 o->n, o->w, x->n, x->w);
	return 0;
}

/* k = s·base − c·image? */
static bool equation(struct yihu_point k, struct yihu_scalar s, struct yihu_point base,
		     struct yihu_scalar c, struct yihu_point image)
{
	struct yihu_scalar factors[] = {s, yihu_scalar_neg(c)};
	struct yihu_point points[] = {base, image}, right = yihu_msm(2, factors, points);
	return yihu_point_equal(&k, &right);
}

/* s·G = K1 + c·X_j and s·A* = K2 + c·D* */
static int check_proof(const struct yihu_opening *o, const struct yihu_opening_context *x,
		       const struct yihu_ciphertext *list, struct yihu_error *err)
{
	struct batched_pair b;
	batch_make(&b, x, list, o->d);
	struct yihu_scalar c = challenge(&b, o);
	if (!equation(o->k1, o->s, yihu_point_base(yihu_scalar_u64(1)), c, x->x))
		return yihu_fail(err, YIHU_EOPENINGPROOF,
				 _("the proof of key holder %u's opening fails at equation K1, the "
				   "holder's share key"),
				 x->holder);
	if (!equation(o->k2, o->s, b.a, c, b.d))
		return yihu_fail(err, YIHU_EOPENINGPROOF,
				 _("the proof of key holder %u's opening fails at equation K2, the "
				   "decryption of the list"),
				 x->holder);
	return 0;
}

int yihu_opening_verify(const struct yihu_opening *o, const struct yihu_opening_context *x,
			const struct yihu_ciphertext *list,
			const uint8_t pk[static YIHU_PUBKEY_BYTES],
			const struct yihu_progress *progress, struct yihu_error *err)
{
	int r = check_header(o, x, err);
	if (r != 0)
		return r;
	if (!yihu_opening_signature_ok(x->eid, o->digest, o->signature, pk))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("the opening does not have a valid signature of key holder %u "
				   "for this election"),
				 x->holder);
	r = check_proof(o, x, list, err);
	if (r == 0)
		yihu_progress_step(progress, _("Verifying the opening"), 1, 1);
	return r;
}

struct combination {
	struct yihu_point *points;
	const struct yihu_opening *const *openings;
	uint32_t t;
	const struct yihu_ciphertext *list;
	struct yihu_scalar factors[YIHU_HOLDERS_MAX + 1]; /* −λ_j, and 1 for B */
	size_t words;
	const struct yihu_progress *progress;
};

/* By holders 1..t, λ_j is a small integer, ± t over j: then these sums cost
 * little more than decoding and encoding their points. */
static void combine_words(void *context, size_t from, size_t to)
{
	const struct combination *x = context;
	struct ed_element elements[YIHU_HOLDERS_MAX + 1];
	for (size_t m = from; m < to; m++) {
		for (uint32_t i = 0; i < x->t; i++)
			yihu_decode_all(&elements[i], &x->openings[i]->d[1 + m], 1, 1);
		yihu_decode_all(&elements[x->t], &x->list[m].b, 1, 1);
		struct ed_point sum = yihu_msm_elements(x->t + 1, x->factors, elements);
		x->points[m] = ed_encode(&sum);
	}
}

static void tell_combined(void *context, size_t done)
{
	const struct combination *x = context;
	yihu_progress_step(x->progress, _("Combining the openings"), done, x->words);
}

void yihu_openings_combine(struct yihu_point *points, struct yihu_point *lot_seed,
			   const struct yihu_opening *const *openings, uint32_t t,
			   const struct yihu_ciphertext *list, const struct yihu_progress *progress)
{
	assert(t >= 1 && t <= YIHU_HOLDERS_MAX);
	uint32_t js[YIHU_HOLDERS_MAX];
	struct yihu_scalar lambda[YIHU_HOLDERS_MAX];
	struct yihu_point shares[YIHU_HOLDERS_MAX];
	struct combination x = {.points = points,
				.openings = openings,
				.t = t,
				.list = list,
				.words = (size_t)openings[0]->n * openings[0]->w,
				.progress = progress};
	for (uint32_t i = 0; i < t; i++) {
		assert((size_t)openings[i]->n * openings[i]->w == x.words);
		js[i] = openings[i]->holder;
		shares[i] = openings[i]->d[0];
	}
	for (uint32_t i = 0; i < t; i++) {
		lambda[i] = yihu_lagrange(js, t, js[i]);
		x.factors[i] = yihu_scalar_neg(lambda[i]);
	}
	x.factors[t] = yihu_scalar_u64(1);
	*lot_seed = yihu_msm(t, lambda, shares);
	yihu_parallel(x.words, PIECE, combine_words, tell_combined, &x);
}
