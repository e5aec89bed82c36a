/* SPDX-License-Identifier: Apache-2.0
 *
 * Every bit: changes a finished election in every way that a disk, a
 * mirror or a hand might, one at a time, and sees each refused by name.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "bench.h"

/* So that the whole takes some twenty seconds where all tests are run. */
static const struct {
	uint64_t every, sparse;
} usual[] = {{31, 3}, {127, 12}, {127, 12}};

static const struct {
	const char *name;
	void (*try)(struct bench *b);
} kinds[] = {
	{"flips", try_flips},   {"cuts", try_cuts},         {"additions", try_additions},
	{"pieces", try_pieces}, {"absences", try_absences}, {"swaps", try_swaps},
	{"strays", try_strays},
};
#define N_KINDS (sizeof kinds / sizeof *kinds)
#define N_ELECTIONS (sizeof usual / sizeof *usual)

static void usage(FILE *out)
{
	fputs("usage: bits [--all | --every K]\n"
	      "Changes the public folders of three finished elections in every way, and\n"
	      "says how many changes the audit refused by name.\n"
	      "  --all       flip all eight bits of every byte (about half an hour)\n"
	      "  --every K   flip one bit of each K-th byte (1: of every byte)\n"
	      "Without either, a sample.\n"
	      "YIHU_TEST_DATA names the folder that holds vectors/.\n",
	      out);
}

/* 0 for all, UINT64_MAX for the usual sample; false: not understood. */
static bool read_options(int argc, char **argv, uint64_t *every)
{
	*every = UINT64_MAX;
	if (argc == 2 && strcmp(argv[1], "--all") == 0)
		*every = 0;
	else if (argc == 3 && strcmp(argv[1], "--every") == 0)
		return yihu_decimal(every, yihu_span(argv[2]), 1000000) && *every > 0;
	else if (argc != 1)
		return false;
	return true;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct sums {
	uint64_t variants, refused, exempt, missed;
	unsigned tests;
};

/* One TAP line: a kind of change to one election. */
static void try_kind(struct sums *s, struct bench *b, size_t kind)
{
	double start = seconds();
	bench_reset(b);
	kinds[kind].try(b);
	bool ok = b->missed == 0 && b->refused > 0;
	printf("%s %u - %s %s\n", ok ? "ok" : "not ok", ++s->tests, b->name, kinds[kind].name);
	printf("# %" PRIu64 " variants, %" PRIu64 " refused, %" PRIu64 " exempt, %" PRIu64
	       " missed, %.1f s\n",
	       b->variants, b->refused, b->exempt, b->missed, seconds() - start);
	fflush(stdout);
	s->variants += b->variants;
	s->refused += b->refused;
	s->exempt += b->exempt;
	s->missed += b->missed;
}

/* The unchanged folder passes, or no refusal of a changed one would mean anything. */
static bool try_honest(struct sums *s, struct bench *b)
{
	struct yihu_audit *a = yihu_audit_run(b->work, &b->o);
	bool ok = a->n_faults == 0;
	printf("%s %u - %s as it is\n", ok ? "ok" : "not ok", ++s->tests, b->name);
	if (!ok)
		printf("# %s\n", a->faults[0].text);
	yihu_audit_free(a);
	return ok;
}

int main(int argc, char **argv)
{
	struct sums s = {0};
	uint64_t every;
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return 0;
	}
	if (!read_options(argc, argv, &every)) {
		usage(stderr);
		return 2;
	}
	if (sodium_init() < 0)
		return 1;
	printf("1..%zu\n", N_ELECTIONS * (N_KINDS + 1));
	bool ok = true;
	for (size_t i = 0; i < N_ELECTIONS; i++) {
		struct bench *b = bench_new(i);
		b->every = every == UINT64_MAX ? usual[i].every : every;
		b->sparse = every == UINT64_MAX ? usual[i].sparse : 1;
		ok = try_honest(&s, b) && ok;
		for (size_t k = 0; k < N_KINDS; k++)
			try_kind(&s, b, k);
		bench_free(b);
	}
	printf("# in all %" PRIu64 " variants, %" PRIu64 " refused, %" PRIu64 " exempt, %" PRIu64
	       " missed\n",
	       s.variants, s.refused, s.exempt, s.missed);
	return ok && s.missed == 0 ? 0 : 1;
}
