/* SPDX-License-Identifier: Apache-2.0
 *
 * How long the cryptography takes for each ballot, beside the sum of the
 * libsodium calls that its equations name one by one, at what those calls cost
 * in the same run.
 *
 *   bench-crypto            width 1, 3 and 25, 100 and 1,000 ballots
 *   bench-crypto --full     10,000 ballots too
 *   bench-crypto N W        N ballots of width W
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>
#include <yihu/threshold.h>

#include "measure.h"

#define REPETITIONS_MAX 5
#define HOLDERS 2 /* open; a threshold of 2 */

/* One size, and what each step leaves for the next. */
struct bench {
	size_t n;
	uint32_t w;
	struct calls cost;             /* µs */
	struct yihu_scalar f[HOLDERS]; /* the key's polynomial */
	struct yihu_keypair pair;
	struct yihu_mix_context x;
	struct yihu_opening_context open[HOLDERS];
	struct yihu_ciphertext *list;
	struct yihu_point *commitments;
	struct yihu_scalar *responses;
	struct yihu_buf mix_file, open_file[HOLDERS];
	struct yihu_mix *mix;
	struct yihu_opening *opening[HOLDERS];
	struct yihu_words_table *table;
};

static void make_ballots(struct bench *b)
{
	struct yihu_scalar r[YIHU_WIDTH_MAX], k[YIHU_WIDTH_MAX];
	for (size_t i = 0; i < b->n; i++) {
		size_t at = i * b->w;
		for (uint32_t j = 0; j < b->w; j++) {
			r[j] = yihu_scalar_random();
			k[j] = yihu_scalar_random();
			b->list[at + j] = yihu_encrypt(b->x.y, (at + j) % YIHU_WORD_BOUND, r[j]);
		}
		yihu_ballot_prove(b->x.eid, 1, b->pair.pk, b->w, b->list + at, r, k,
				  b->commitments + at, b->responses + at);
	}
}

static void verify_ballots(struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		size_t at = i * b->w;
		bool ok = yihu_ballot_proof_ok(b->x.eid, 1, b->pair.pk, b->w, b->list + at,
					       b->commitments + at, b->responses + at);
		assert(ok);
	}
}

static void make_mix(struct bench *b)
{
	yihu_buf_reset(&b->mix_file);
	int r = yihu_mix_make(&b->mix_file, &b->x, b->list, &b->pair, NULL, NULL);
	assert(r == 0);
}

static void read_mix(struct bench *b)
{
	yihu_mix_free(b->mix);
	int r = yihu_mix_parse(&b->mix, b->mix_file.data, b->mix_file.len, b->n, b->w, NULL);
	assert(r == 0);
}

static void verify_mix(struct bench *b)
{
	int r = yihu_mix_verify(b->mix, &b->x, b->list, b->pair.pk, NULL, NULL);
	assert(r == 0);
}

static void make_opening(struct bench *b)
{
	yihu_buf_reset(&b->open_file[0]);
	int r = yihu_opening_make(&b->open_file[0], &b->open[0], b->mix->list,
				  yihu_polynomial_at(b->f, HOLDERS, 1), &b->pair, NULL, NULL);
	assert(r == 0);
}

static void verify_opening(struct bench *b)
{
	int r = yihu_opening_verify(b->opening[0], &b->open[0], b->mix->list, b->pair.pk, NULL,
				    NULL);
	assert(r == 0);
}

static void decode(struct bench *b)
{
	struct yihu_point *points = yihu_calloc(b->n * b->w, sizeof *points), lot;
	yihu_openings_combine(points, &lot, (const struct yihu_opening *const *)b->opening, HOLDERS,
			      b->mix->list, NULL);
	for (size_t m = 0; m < b->n * b->w; m++)
		assert(yihu_word_of(b->table, &points[m]) >= 0);
	free(points);
}

/* What the others need and is not measured. */
static void read_openings(struct bench *b)
{
	for (uint32_t j = 0; j < HOLDERS; j++) {
		if (j > 0) {
			int r = yihu_opening_make(&b->open_file[j], &b->open[j], b->mix->list,
						  yihu_polynomial_at(b->f, HOLDERS, j + 1),
						  &b->pair, NULL, NULL);
			assert(r == 0);
		}
		int r = yihu_opening_parse(&b->opening[j], b->open_file[j].data,
					   b->open_file[j].len, b->n, b->w, NULL);
		assert(r == 0);
	}
}

/* How many calls each step's equations name for a ballot of w words. */
struct step {
	const char *name;
	void (*run)(struct bench *b);
	void (*after)(struct bench *b); /* or NULL */
	struct calls fixed, each_word;
	bool aimed; /* the aim is for this step */
};

static const struct step steps[] = {
	{"make a ballot", make_ballots, .each_word = {.base = 3, .mul = 1, .add = 1}},
	{"verify a ballot's proof", verify_ballots, .each_word = {.base = 1, .mul = 1, .add = 1},
	 .aimed = true},
	{"shuffle and prove", make_mix, .fixed = {.base = 3, .mul = 3, .add = 4, .from_hash = 1},
	 .each_word = {.base = 1, .mul = 3, .add = 4}, .aimed = true},
	{"read a mix", read_mix, .fixed = {.valid = 3}, .each_word = {.valid = 2}},
	{"verify a mix", verify_mix, .fixed = {.base = 1, .mul = 4, .add = 6, .from_hash = 1},
	 .each_word = {.mul = 4, .add = 4}, .aimed = true},
	{"open and prove", make_opening, read_openings, .each_word = {.mul = 3, .add = 2},
	 .aimed = true},
	{"verify an opening", verify_opening, .each_word = {.mul = 2, .add = 2}, .aimed = true},
	{"decode, two openings", decode, .each_word = {.mul = 2, .add = 2}},
};
#define STEPS (sizeof steps / sizeof *steps)

static double step_cost(const struct step *s, const struct bench *b)
{
	struct calls n = calls_sum(s->fixed, b->w, s->each_word);
	return calls_us(&n, &b->cost);
}

/* Least core time a ballot at the size before this one, to show how it grows. */
static double before[STEPS];

static void run_step(struct bench *b, size_t index, size_t repetitions)
{
	const struct step *s = &steps[index];
	double took[REPETITIONS_MAX], cores[REPETITIONS_MAX];
	for (size_t k = 0; k < repetitions; k++) {
		double from = measure_us(CLOCK_MONOTONIC),
		       cores_from = measure_us(CLOCK_PROCESS_CPUTIME_ID);
		s->run(b);
		took[k] = (measure_us(CLOCK_MONOTONIC) - from) / (double)b->n;
		cores[k] = (measure_us(CLOCK_PROCESS_CPUTIME_ID) - cores_from) / (double)b->n;
	}
	if (s->after != NULL)
		s->after(b);
	double middle = measure_median(took, repetitions),
	       core = measure_median(cores, repetitions);
	double naive = step_cost(s, b);
	printf("%-24s %4u %6zu %9.1f %9.1f %9.1f %9.1f %7.2f", s->name, b->w, b->n, took[0], middle,
	       core, naive, naive / core);
	if (before[index] > 0)
		printf(" %7.2f", cores[0] / before[index]);
	else
		printf(" %7s", "");
	if (s->aimed)
		printf("  %s", measure_within_aim(core, naive) ? "holds" : "FALLS SHORT");
	printf("\n");
	fflush(stdout);
	before[index] = cores[0];
}

static void bench_init(struct bench *b, size_t n, uint32_t w, struct yihu_words_table *table)
{
	*b = (struct bench){.n = n, .w = w, .cost = calls_measure(), .table = table};
	yihu_polynomial_random(b->f, HOLDERS);
	yihu_keypair_random(&b->pair);
	b->x = (struct yihu_mix_context){
		.k = 1, .holder = 1, .n = n, .w = w, .y = yihu_point_base(b->f[0])};
	for (uint32_t j = 0; j < HOLDERS; j++) {
		b->open[j] = (struct yihu_opening_context){
			.holder = j + 1,
			.x = yihu_point_base(yihu_polynomial_at(b->f, HOLDERS, j + 1)),
			.n = n,
			.w = w};
		b->open[j].p = yihu_lot_point(b->x.eid, n, b->x.eid);
	}
	b->list = yihu_calloc(n * w, sizeof *b->list);
	b->commitments = yihu_calloc(n * w, sizeof *b->commitments);
	b->responses = yihu_calloc(n * w, sizeof *b->responses);
}

static void bench_free(struct bench *b)
{
	free(b->list);
	free(b->commitments);
	free(b->responses);
	yihu_buf_free(&b->mix_file);
	yihu_mix_free(b->mix);
	for (size_t j = 0; j < HOLDERS; j++) {
		yihu_buf_free(&b->open_file[j]);
		yihu_opening_free(b->opening[j]);
	}
}

static void run_size(size_t n, uint32_t w, struct yihu_words_table *table)
{
	struct bench b;
	struct rusage usage;
	bench_init(&b, n, w, table);
	for (size_t i = 0; i < STEPS; i++)
		run_step(&b, i, n * w <= 5000 ? REPETITIONS_MAX : n * w <= 30000 ? 3 : 1);
	bench_free(&b);
	getrusage(RUSAGE_SELF, &usage);
	printf("most memory so far: %ld MiB\n\n", usage.ru_maxrss / 1024);
}

static struct yihu_words_table *make_table(void)
{
	double from = measure_us(CLOCK_MONOTONIC);
	struct yihu_words_table *table = yihu_words_table_new(YIHU_WORD_BOUND);
	printf("The table of %u words, once: %.1f ms\n\n", YIHU_WORD_BOUND,
	       (measure_us(CLOCK_MONOTONIC) - from) / 1e3);
	return table;
}

int main(int argc, char **argv)
{
	static const uint32_t widths[] = {1, 3, 25};
	static const size_t sizes[] = {100, 1000, 10000};
	bool full = argc == 2 && strcmp(argv[1], "--full") == 0;
	long n = argc == 3 ? atol(argv[1]) : 0, w = argc == 3 ? atol(argv[2]) : 0;
	if (argc > 1 && !full && (n < 1 || n > 1000000 || w < 1 || w > YIHU_WIDTH_MAX)) {
		fprintf(stderr, "bench-crypto [--full | BALLOTS WIDTH]\n");
		return 2;
	}
	measure_print_load();
	struct yihu_words_table *table = make_table();
	printf("µs a ballot. least, median: by the clock, all cores at work; core: what the cores\n"
	       "spent together; libsodium: the calls that the equations name, one by one;\n"
	       "ratio: libsodium / core; growth: least core time / that of the N before; aim:\n"
	       "whether core is within %.2f of libsodium.\n",
	       MEASURE_AIM);
	printf("%-24s %4s %6s %9s %9s %9s %9s %7s %7s  %s\n", "", "w", "N", "least", "median",
	       "core", "libsodium", "ratio", "growth", "aim");
	if (n > 0)
		run_size((size_t)n, (uint32_t)w, table);
	for (size_t i = 0; n == 0 && i < 3; i++) {
		memset(before, 0, sizeof before);
		for (size_t k = 0; k < (full ? 3 : 2); k++)
			run_size(sizes[k], widths[i], table);
	}
	yihu_words_table_free(table);
	return 0;
}
