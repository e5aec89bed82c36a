/* SPDX-License-Identifier: Apache-2.0
 *
 * Mixing: permute, re-encrypt, and prove it (PROTOCOL §8, steps 1 to 7).
 *
 * Permutation, masks and nonces are secret: they touch libsodium's
 * constant-time operations only (never yihu_msm) and are wiped. The work is
 * shared out to the cores by ballots; everything random is drawn before, so
 * that how it is shared out changes nothing. Indices count from 0 here, from 1
 * in the protocol.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "shuffle_common.h"
#include <yihu/parallel.h>

#define STACK_WIPED 8192 /* bytes; more than the frames below this file use */
#define PIECE 16         /* ballots that one core takes at a time */
#define STAGES 4         /* of a ballot: shuffle, both loops of prove_chain, commit */

struct secrets {
	uint64_t *pi;                    /* L'_i comes from L_{pi[i]} */
	struct yihu_scalar *arena;       /* holds all that follow */
	struct yihu_scalar *rho;         /* n·w masks, in the order of the input */
	struct yihu_scalar *r, *rhat;    /* n each: of c_i and ĉ_i */
	struct yihu_scalar *omega_hat;   /* n nonces: ω̂_i */
	struct yihu_scalar *omega_prime; /* n nonces: ω'_i */
	struct yihu_scalar *omega4;      /* w nonces */
	struct yihu_scalar *omega;       /* 3 nonces: ω1, ω2, ω3 */
	struct yihu_scalar *uprime;      /* n: u'_i = u_{pi[i]}, which would tell pi */
	struct yihu_scalar *x, *y;       /* n each: ĉ_i = x_i·G + y_i·H0 */
	struct yihu_point *partial;      /* commit's sums over each piece of ballots */
};

static void *secret_alloc(size_t n, size_t size)
{
	/* Its guarded pages need sodium_init, which may be called again. */
	void *p = sodium_init() < 0 ? NULL : sodium_allocarray(n, size);
	if (!p)
		abort();
	return p;
}

/* Fisher–Yates: uniform, since randombytes_uniform is. */
static void draw_permutation(uint64_t *pi, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		pi[i] = i;
	for (uint64_t i = n; i > 1; i--) {
		uint64_t j = randombytes_uniform((uint32_t)i), held = pi[i - 1];
		pi[i - 1] = pi[j];
		pi[j] = held;
	}
}

static void secrets_draw(struct secrets *s, size_t n, size_t w)
{
	size_t drawn = n * w + 4 * n + w + 3;
	s->pi = secret_alloc(n + 1, sizeof *s->pi);
	draw_permutation(s->pi, n);
	s->arena = secret_alloc(drawn + 3 * n, sizeof *s->arena);
	for (size_t i = 0; i < drawn; i++)
		s->arena[i] = yihu_scalar_random();
	s->rho = s->arena;
	s->r = s->rho + n * w;
	s->rhat = s->r + n;
	s->omega_hat = s->rhat + n;
	s->omega_prime = s->omega_hat + n;
	s->omega4 = s->omega_prime + n;
	s->omega = s->omega4 + w;
	s->uprime = s->omega + 3;
	s->x = s->uprime + n;
	s->y = s->x + n;
	s->partial = secret_alloc((n + PIECE - 1) / PIECE * (1 + 2 * w) + 1, sizeof *s->partial);
}

static void secrets_wipe(struct secrets *s)
{
	sodium_free(s->pi);
	sodium_free(s->arena);
	sodium_free(s->partial);
	sodium_memzero(s, sizeof *s);
	sodium_stackzero(STACK_WIPED);
}

struct proof {
	struct yihu_mix *m;
	const struct yihu_mix_context *x;
	const struct yihu_ciphertext *in;
	const struct yihu_progress *progress;
	unsigned stages;      /* done */
	struct yihu_point h0; /* H0, and h_1..h_N */
	struct yihu_point *h;
	struct secrets s;
};

static void tell(void *context, size_t done)
{
	const struct proof *p = context;
	yihu_progress_step(p->progress, _("Mixing"), p->stages * p->x->n + done, STAGES * p->x->n);
}

static void stage(struct proof *p, yihu_parallel_work *work)
{
	yihu_parallel((size_t)p->x->n, PIECE, work, tell, p);
	p->stages++;
}

/* L'_i = L_{π(i)} re-encrypted, and step 1: c_{π(i)} = r_{π(i)}·G + h_i. */
static void shuffle(void *context, size_t first, size_t end)
{
	struct proof *p = context;
	const struct secrets *s = &p->s;
	size_t w = p->x->w;
	for (size_t i = first; i < end; i++) {
		size_t from = s->pi[i];
		for (size_t j = 0; j < w; j++)
			p->m->list[i * w + j] =
				yihu_reencrypt(p->x->y, p->in[from * w + j], s->rho[from * w + j]);
		p->h[i] = yihu_generator(i + 1);
		p->m->c[from] = yihu_point_add(yihu_point_base(s->r[from]), p->h[i]);
	}
}

/* s·G + t·P */
static struct yihu_point combine(struct yihu_scalar s, struct yihu_scalar t, struct yihu_point p)
{
	return yihu_point_add(yihu_point_base(s), yihu_point_mul(t, p));
}

static void make_chat(void *context, size_t first, size_t end)
{
	struct proof *p = context;
	for (size_t i = first; i < end; i++)
		p->m->chat[i] = combine(p->s.x[i], p->s.y[i], p->h0);
}

static void make_that(void *context, size_t first, size_t end)
{
	struct proof *p = context;
	const struct secrets *s = &p->s;
	for (size_t i = first; i < end; i++)
		p->m->that[i] = combine(s->omega_hat[i], s->omega_prime[i],
					i > 0 ? p->m->chat[i - 1] : p->h0);
}

/* Step 4, ĉ_i = x_i·G + y_i·H0 over two fixed bases: x_i = r̂_i + u'_i·x_{i−1},
 * y_i = u'_i·y_{i−1}; and step 5's t̂_i = ω̂_i·G + ω'_i·ĉ_{i−1}. */
static void prove_chain(struct proof *p)
{
	struct secrets *s = &p->s;
	struct yihu_scalar x = yihu_scalar_u64(0), y = yihu_scalar_u64(1);
	for (size_t i = 0; i < p->x->n; i++) {
		s->x[i] = x = yihu_scalar_add(s->rhat[i], yihu_scalar_mul(s->uprime[i], x));
		s->y[i] = y = yihu_scalar_mul(s->uprime[i], y);
	}
	sodium_memzero(&x, sizeof x);
	sodium_memzero(&y, sizeof y);
	stage(p, make_chat);
	stage(p, make_that);
}

static void add_product(struct yihu_point *sum, struct yihu_scalar s, struct yihu_point p)
{
	*sum = yihu_point_add(*sum, yihu_point_mul(s, p));
}

/* Σ ω'_i·h_i, Σ ω'_i·A'_{i,j} and Σ ω'_i·B'_{i,j} over one piece; h first, then
 * the columns of t4 in their order. */
static void commit_piece(void *context, size_t first, size_t end)
{
	struct proof *p = context;
	size_t w = p->x->w;
	struct yihu_point *sum = p->s.partial + first / PIECE * (1 + 2 * w);
	for (size_t k = 0; k < 1 + 2 * w; k++)
		sum[k] = yihu_point_identity;
	for (size_t i = first; i < end; i++) {
		struct yihu_scalar omega = p->s.omega_prime[i];
		add_product(&sum[0], omega, p->h[i]);
		for (size_t j = 0; j < w; j++) {
			add_product(&sum[1 + 2 * j], omega, p->m->list[i * w + j].a);
			add_product(&sum[2 + 2 * j], omega, p->m->list[i * w + j].b);
		}
		sodium_memzero(&omega, sizeof omega);
	}
}

static void add_partials(struct proof *p)
{
	size_t columns = 1 + 2 * (size_t)p->x->w, pieces = ((size_t)p->x->n + PIECE - 1) / PIECE;
	for (size_t i = 0; i < pieces; i++) {
		const struct yihu_point *sum = p->s.partial + i * columns;
		p->m->t3 = yihu_point_add(p->m->t3, sum[0]);
		for (size_t k = 1; k < columns; k++)
			p->m->t4[k - 1] = yihu_point_add(p->m->t4[k - 1], sum[k]);
	}
}

/* Step 5: t1, t2, t3 = ω3·G + Σ ω'_i·h_i, t4A_j = −ω4_j·G + Σ ω'_i·A'_{i,j},
 * t4B_j = −ω4_j·Y + Σ ω'_i·B'_{i,j}. */
static void commit(struct proof *p)
{
	const struct secrets *s = &p->s;
	struct yihu_mix *m = p->m;
	m->t1 = yihu_point_base(s->omega[0]);
	m->t2 = yihu_point_base(s->omega[1]);
	m->t3 = yihu_point_base(s->omega[2]);
	for (size_t j = 0; j < p->x->w; j++) {
		struct yihu_scalar minus = yihu_scalar_neg(s->omega4[j]);
		m->t4[2 * j] = yihu_point_base(minus);
		m->t4[2 * j + 1] = yihu_point_mul(minus, p->x->y);
		sodium_memzero(&minus, sizeof minus);
	}
	stage(p, commit_piece);
	add_partials(p);
}

/* ω + c·secret */
static struct yihu_scalar respond(struct yihu_scalar omega, struct yihu_scalar c,
				  struct yihu_scalar secret)
{
	return yihu_scalar_add(omega, yihu_scalar_mul(c, secret));
}

static void add_to(struct yihu_scalar *sum, struct yihu_scalar a, struct yihu_scalar b)
{
	*sum = yihu_scalar_add(*sum, yihu_scalar_mul(a, b));
}

/* s4_j = ω4_j + c·Σ ρ_{i,j}·u_i */
static void respond_words(struct proof *p, const struct yihu_scalar *u, struct yihu_scalar c)
{
	size_t w = p->x->w;
	for (size_t j = 0; j < w; j++) {
		struct yihu_scalar sum = yihu_scalar_u64(0);
		for (size_t i = 0; i < p->x->n; i++)
			add_to(&sum, p->s.rho[i * w + j], u[i]);
		p->m->s4[j] = respond(p->s.omega4[j], c, sum);
		sodium_memzero(&sum, sizeof sum);
	}
}

/* Step 7; v_N = 1, v_i = u'_{i+1}·v_{i+1}, so from the last one back. */
static void respond_all(struct proof *p, const struct yihu_scalar *u, struct yihu_scalar c)
{
	const struct secrets *s = &p->s;
	struct yihu_mix *m = p->m;
	struct yihu_scalar zero = yihu_scalar_u64(0), one = yihu_scalar_u64(1);
	struct yihu_scalar sum[3] = {zero, zero, zero}, v = one;
	for (size_t i = (size_t)p->x->n; i-- > 0;) {
		add_to(&sum[0], s->r[i], one);
		add_to(&sum[1], s->rhat[i], v);
		add_to(&sum[2], s->r[i], u[i]);
		v = yihu_scalar_mul(v, s->uprime[i]);
		m->shat[i] = respond(s->omega_hat[i], c, s->rhat[i]);
		m->sprime[i] = respond(s->omega_prime[i], c, s->uprime[i]);
	}
	m->s1 = respond(s->omega[0], c, sum[0]);
	m->s2 = respond(s->omega[1], c, sum[1]);
	m->s3 = respond(s->omega[2], c, sum[2]);
	respond_words(p, u, c);
	sodium_memzero(sum, sizeof sum);
	sodium_memzero(&v, sizeof v);
}

static void prove(struct proof *p)
{
	size_t n = (size_t)p->x->n;
	struct yihu_scalar *u = yihu_calloc(n, sizeof *u); /* public */
	uint8_t d[YIHU_HASH_BYTES];
	yihu_shuffle_digest(d, p->x, p->in, p->m);
	for (size_t i = 0; i < n; i++)
		u[i] = yihu_shuffle_u(d, i + 1);
	for (size_t i = 0; i < n; i++)
		p->s.uprime[i] = u[p->s.pi[i]];
	prove_chain(p);
	commit(p);
	respond_all(p, u, yihu_shuffle_challenge(d, p->m));
	free(u);
}

static void write_signed(struct yihu_buf *out, const struct proof *p, const struct yihu_keypair *kp)
{
	struct yihu_buf message = {0};
	uint8_t digest[64], signature[YIHU_SIGNATURE_BYTES];
	size_t start = out->len;
	yihu_mix_write(out, p->m);
	crypto_hash_sha512(digest, out->data + start, out->len - start);
	yihu_mix_message(&message, p->x->eid, digest);
	yihu_sign(signature, kp, message.data, message.len);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_free(&message);
}

int yihu_mix_make(struct yihu_buf *out, const struct yihu_mix_context *x,
		  const struct yihu_ciphertext *in, const struct yihu_keypair *kp,
		  const struct yihu_progress *progress, struct yihu_error *err)
{
	if (yihu_mix_size(x->n, x->w) == 0)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("no mix of %" PRIu64 " ballots of %u words can be made"), x->n,
				 x->w);
	struct proof p = {.m = yihu_mix_new(x->n, x->w),
			  .x = x,
			  .in = in,
			  .progress = progress,
			  .h0 = yihu_generator(0),
			  .h = yihu_calloc((size_t)x->n, sizeof *p.h)};
	p.m->k = x->k;
	p.m->holder = x->holder;
	secrets_draw(&p.s, (size_t)x->n, x->w);
	stage(&p, shuffle);
	prove(&p);
	secrets_wipe(&p.s);
	write_signed(out, &p, kp);
	free(p.h);
	yihu_mix_free(p.m);
	return 0;
}
