/* SPDX-License-Identifier: Apache-2.0
 *
 * Sums of products two ways: Straus for few terms, Pippenger for many; which
 * one, and how wide its windows are, follows from counting products in the
 * field (MUL_…).
 *
 * Both take s·p as −((q − s)·p) where that is shorter, so that no scalar has
 * more than 252 bits, and the weights and Lagrange coefficients far fewer.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

#include "msm.h"
#include <yihu/parallel.h>

#define SCALAR_BITS 253
#define MUL_ADD 9 /* extended + extended, with what it takes to cache one */
#define MUL_ADD_CACHED 8
#define MUL_ADD_ELEMENT 7
#define DECODE_PIECE 64

/* |s| or |q − s|, the shorter. */
struct magnitude {
	uint64_t word[4];
	bool negative;
};

static struct magnitude magnitude_of(const struct yihu_scalar *s)
{
	struct yihu_scalar minus;
	/* q / 2 is just above 2^251 */
	struct magnitude m = {.negative = s->bytes[31] >= 8};
	if (m.negative) {
		minus = yihu_scalar_neg(*s);
		s = &minus;
	}
	for (size_t i = 0; i < YIHU_SCALAR_BYTES; i++)
		m.word[i / 8] |= (uint64_t)s->bytes[i] << 8 * (i % 8);
	return m;
}

static unsigned bits_of(const struct magnitude *m)
{
	for (unsigned i = 4; i-- > 0;)
		if (m->word[i] != 0)
			return 64 * i + 64 - (unsigned)__builtin_clzll(m->word[i]);
	return 0;
}

/* `width` ≤ 32 bits from bit `at` on; beyond bit 255 there are zeros. */
static uint32_t bits_at(const uint64_t word[static 4], unsigned at, unsigned width)
{
	unsigned i = at / 64, shift = at % 64;
	uint64_t x = i < 4 ? word[i] >> shift : 0;
	if (shift > 64 - width && i < 3)
		x |= word[i + 1] << (64 - shift);
	return (uint32_t)(x & ((UINT64_C(1) << width) - 1));
}

/* Straus: one row of doublings shared by all terms, and for each term odd
 * multiples added where its non-adjacent form has a digit. */

#define NAF_WIDTH 5
#define NAF_MULTIPLES (1 << (NAF_WIDTH - 2)) /* 1, 3, …, 15 */

struct straus_term {
	struct ed_cached odd[NAF_MULTIPLES];
	size_t multiples;              /* how many of odd are needed */
	int8_t digit[SCALAR_BITS + 1]; /* 0 or odd, |digit| < 16 */
};

/* Signed digits at least NAF_WIDTH places apart. Returns their length. */
static unsigned recode(struct straus_term *term, const struct magnitude *m)
{
	unsigned length = 0, carry = 0, bits = bits_of(m);
	memset(term->digit, 0, sizeof term->digit);
	term->multiples = 1;
	for (unsigned at = 0; at <= bits;) {
		int window = (int)(bits_at(m->word, at, NAF_WIDTH) + carry);
		if (window % 2 == 0) {
			at++;
			continue;
		}
		carry = window > 1 << (NAF_WIDTH - 1);
		window -= carry ? 1 << NAF_WIDTH : 0;
		size_t multiples = (size_t)abs(window) / 2 + 1;
		if (multiples > term->multiples)
			term->multiples = multiples;
		term->digit[at] = (int8_t)(m->negative ? -window : window);
		length = at + 1;
		at += NAF_WIDTH;
	}
	return length;
}

/* p, 3·p, 5·p, …; short scalars need few of them. */
static void odd_multiples(struct straus_term *term, const struct ed_element *p)
{
	struct ed_point at = ed_identity;
	ed_add_element(&at, p);
	term->odd[0] = ed_cache(&at);
	if (term->multiples == 1)
		return;
	struct ed_point twice = ed_double(at, 1);
	struct ed_cached step = ed_cache(&twice);
	for (size_t i = 1; i < term->multiples; i++) {
		ed_add_cached(&at, &step);
		term->odd[i] = ed_cache(&at);
	}
}

static void add_digit(struct ed_point *sum, const struct straus_term *term, int digit)
{
	if (digit > 0)
		ed_add_cached(sum, &term->odd[digit / 2]);
	if (digit < 0)
		ed_sub_cached(sum, &term->odd[-digit / 2]);
}

static struct ed_point straus(size_t n, const struct magnitude *m, const struct ed_element *p)
{
	struct straus_term *terms = yihu_alloc(n * sizeof *terms);
	unsigned length = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned own = recode(&terms[i], &m[i]);
		odd_multiples(&terms[i], &p[i]);
		length = own > length ? own : length;
	}
	struct ed_point sum = ed_identity;
	unsigned owed = 0; /* doublings not yet made */
	for (unsigned at = length; at-- > 0;) {
		owed++;
		for (size_t i = 0; i < n; i++) {
			if (terms[i].digit[at] == 0)
				continue;
			if (owed > 0)
				sum = ed_double(sum, owed);
			owed = 0;
			add_digit(&sum, &terms[i], terms[i].digit[at]);
		}
	}
	if (owed > 0)
		sum = ed_double(sum, owed);
	free(terms);
	return sum;
}

/* Pippenger: scalars in signed digits of `width` bits; for each place, the
 * terms are sorted into buckets by digit, and Σ k·bucket[k] is the place's sum.
 * Places are independent of each other: they are what cores share. */

struct pippenger {
	size_t n;
	const struct magnitude *biased; /* so that a digit is read without carry */
	const struct ed_element *p;
	unsigned width, places;
	struct ed_point *sums; /* one a place */
};

/* The last place takes what the others leave over: at most width − 1 bits and
 * a carry. */
static unsigned places_for(unsigned bits, unsigned width)
{
	return bits / width + 1;
}

/* Adds 2^(width−1) at every place but the last. Then the bits at a place, less
 * as much, are its signed digit, whatever the places below carry. */
static void bias(struct magnitude *m, unsigned width, unsigned places)
{
	uint64_t half[4] = {0};
	for (unsigned i = 1; i < places; i++)
		half[(i * width - 1) / 64] |= UINT64_C(1) << (i * width - 1) % 64;
	fe_wide carry = 0;
	for (size_t i = 0; i < 4; i++) {
		carry += (fe_wide)m->word[i] + half[i];
		m->word[i] = (uint64_t)carry;
		carry >>= 64;
	}
	assert(carry == 0);
}

static int32_t digit_at(const struct pippenger *job, size_t i, unsigned place)
{
	const struct magnitude *m = &job->biased[i];
	int32_t digit = (int32_t)bits_at(m->word, place * job->width, job->width);
	if (place + 1 < job->places)
		digit -= INT32_C(1) << (job->width - 1);
	return m->negative ? -digit : digit;
}

/* Σ k·bucket[k − 1], by summing the sums from the top. */
static struct ed_point weigh(const struct ed_point *bucket, size_t n)
{
	struct ed_point running = ed_identity, total = ed_identity;
	for (size_t k = n; k-- > 0;) {
		running = ed_add(&running, &bucket[k]);
		total = ed_add(&total, &running);
	}
	return total;
}

static void sum_places(void *context, size_t from, size_t to)
{
	struct pippenger *job = context;
	size_t buckets = (size_t)1 << (job->width - 1);
	struct ed_point *bucket = yihu_alloc(buckets * sizeof *bucket);
	for (size_t place = from; place < to; place++) {
		for (size_t k = 0; k < buckets; k++)
			bucket[k] = ed_identity;
		for (size_t i = 0; i < job->n; i++) {
			int32_t digit = digit_at(job, i, (unsigned)place);
			if (digit > 0)
				ed_add_element(&bucket[digit - 1], &job->p[i]);
			if (digit < 0)
				ed_sub_element(&bucket[-digit - 1], &job->p[i]);
		}
		job->sums[place] = weigh(bucket, buckets);
	}
	free(bucket);
}

static struct ed_point pippenger(size_t n, struct magnitude *m, const struct ed_element *p,
				 unsigned bits, unsigned width)
{
	struct pippenger job = {n, m, p, width, places_for(bits, width), NULL};
	for (size_t i = 0; i < n; i++)
		bias(&m[i], width, job.places);
	job.sums = yihu_calloc(job.places, sizeof *job.sums);
	yihu_parallel(job.places, n < YIHU_MSM_PARALLEL ? job.places : 1, sum_places, NULL, &job);
	struct ed_point sum = job.sums[job.places - 1];
	for (unsigned place = job.places - 1; place-- > 0;) {
		sum = ed_double(sum, width);
		sum = ed_add(&sum, &job.sums[place]);
	}
	free(job.sums);
	return sum;
}

/* What each way costs, in products; the doublings are the same for both. */

static double straus_cost(size_t n, unsigned bits)
{
	double multiples = bits < NAF_WIDTH ? (1 << bits) / 2.0 : NAF_MULTIPLES;
	double adds = multiples + bits / (NAF_WIDTH + 1.0);
	return (double)n * adds * MUL_ADD_CACHED;
}

static double pippenger_cost(size_t n, unsigned bits, unsigned width)
{
	double buckets = (double)((size_t)1 << (width - 1));
	return places_for(bits, width) * ((double)n * MUL_ADD_ELEMENT + 2 * buckets * MUL_ADD);
}

/* Wider windows would want more memory for buckets than a core's own cache. */
#define WIDTH_MIN 3
#define WIDTH_MAX 13

static unsigned best_width(size_t n, unsigned bits)
{
	unsigned best = WIDTH_MIN;
	for (unsigned width = WIDTH_MIN + 1; width <= WIDTH_MAX; width++)
		if (pippenger_cost(n, bits, width) < pippenger_cost(n, bits, best))
			best = width;
	return best;
}

struct ed_point yihu_msm_elements(size_t n, const struct yihu_scalar *s, const struct ed_element *p)
{
	struct magnitude *m = yihu_calloc(n, sizeof *m);
	unsigned bits = 0;
	for (size_t i = 0; i < n; i++) {
		m[i] = magnitude_of(&s[i]);
		unsigned own = bits_of(&m[i]);
		bits = own > bits ? own : bits;
	}
	unsigned width = best_width(n, bits);
	struct ed_point sum = straus_cost(n, bits) <= pippenger_cost(n, bits, width)
				      ? straus(n, m, p)
				      : pippenger(n, m, p, bits, width);
	free(m);
	return sum;
}

struct decoding {
	struct ed_element *out;
	const struct yihu_point *p;
	size_t stride;
};

static void decode(void *context, size_t from, size_t to)
{
	const struct decoding *d = context;
	for (size_t i = from; i < to; i++) {
		bool valid = ed_decode(&d->out[i], &d->p[i * d->stride]);
		assert(valid);
	}
}

void yihu_decode_all(struct ed_element *out, const struct yihu_point *p, size_t stride, size_t n)
{
	struct decoding d = {out, p, stride};
	if (n < YIHU_MSM_PARALLEL)
		decode(&d, 0, n);
	else
		yihu_parallel(n, DECODE_PIECE, decode, NULL, &d);
}

struct yihu_point yihu_msm(size_t n, const struct yihu_scalar *s, const struct yihu_point *p)
{
	struct ed_element *elements = yihu_alloc(n * sizeof *elements);
	yihu_decode_all(elements, p, 1, n);
	struct ed_point sum = yihu_msm_elements(n, s, elements);
	free(elements);
	return ed_encode(&sum);
}
