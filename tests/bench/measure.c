/* SPDX-License-Identifier: Apache-2.0
 *
 * Clocks, medians, and libsodium's calls.
 */
#include "measure.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <yihu/elgamal.h>
#include <yihu/sign.h>

#define CALLS 64
#define REPETITIONS 5

double measure_us(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double measure_median(double *x, size_t n)
{
	qsort(x, n, sizeof *x, compare);
	return x[n / 2];
}

void measure_print_load(void)
{
	double load[3] = {0};
	if (getloadavg(load, 3) == 3)
		printf("load of the system (1, 5, 15 minutes): %.1f %.1f %.1f\n", load[0], load[1],
		       load[2]);
}

#define MEASURE(into, call)                                                                        \
	do {                                                                                       \
		double took_[REPETITIONS];                                                         \
		for (size_t k_ = 0; k_ < REPETITIONS; k_++) {                                      \
			double from_ = measure_us(CLOCK_PROCESS_CPUTIME_ID);                       \
			for (size_t i = 0; i < CALLS; i++)                                         \
				call;                                                              \
			took_[k_] = (measure_us(CLOCK_PROCESS_CPUTIME_ID) - from_) / CALLS;        \
		}                                                                                  \
		(into) = measure_median(took_, REPETITIONS);                                       \
	} while (0)

struct calls calls_measure(void)
{
	static const char message[] = "as long as an entry's hash with its frame around it";
	struct calls m;
	struct yihu_scalar s[CALLS];
	struct yihu_point p[CALLS], q[CALLS];
	struct yihu_keypair pair;
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	yihu_keypair_random(&pair);
	yihu_sign(signature, &pair, message, sizeof message);
	for (size_t i = 0; i < CALLS; i++)
		s[i] = yihu_scalar_random();
	MEASURE(m.base, p[i] = yihu_point_base(s[i]));
	MEASURE(m.mul, q[i] = yihu_point_mul(s[i], p[i]));
	MEASURE(m.add, q[i] = yihu_point_add(q[i], p[i]));
	MEASURE(m.valid, assert(yihu_point_valid(&q[i])));
	MEASURE(m.from_hash, q[i] = yihu_generator(i));
	MEASURE(m.verify, assert(yihu_verify(signature, pair.pk, message, sizeof message)));
	MEASURE(m.key, assert(yihu_pubkey_valid(pair.pk)));
	yihu_keypair_wipe(&pair);
	printf("libsodium, µs: base %.1f, product %.1f, sum %.1f, point check %.1f, generator "
	       "%.1f, signature check %.1f, key check %.1f\n",
	       m.base, m.mul, m.add, m.valid, m.from_hash, m.verify, m.key);
	return m;
}

struct calls calls_sum(struct calls a, double w, struct calls b)
{
	return (struct calls){
		.base = a.base + w * b.base,
		.mul = a.mul + w * b.mul,
		.add = a.add + w * b.add,
		.valid = a.valid + w * b.valid,
		.from_hash = a.from_hash + w * b.from_hash,
		.verify = a.verify + w * b.verify,
		.key = a.key + w * b.key,
	};
}

double calls_us(const struct calls *n, const struct calls *cost)
{
	return n->base * cost->base + n->mul * cost->mul + n->add * cost->add +
	       n->valid * cost->valid + n->from_hash * cost->from_hash + n->verify * cost->verify +
	       n->key * cost->key;
}

bool measure_within_aim(double core_us, double libsodium_us)
{
	return core_us <= MEASURE_AIM * libsodium_us;
}
