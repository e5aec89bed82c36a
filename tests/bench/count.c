/* SPDX-License-Identifier: Apache-2.0
 *
 * How long counting takes: approval ballots over 100 projects, drawn by a
 * fixed generator, some projects far better liked than others; a budget of
 * 10,000,000 and costs of 50,000 to 600,000, for many raises.
 *
 *   bench-count            1,000, 10,000 and 100,000 ballots
 *   bench-count N P        N ballots, P projects
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yihu/count.h>

#include "chance.h"

#define BUDGET UINT64_C(1000000000) /* fen */

static uint64_t seed;
static uint32_t draw(uint32_t below)
{
	return chance(&seed, below);
}

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct bench {
	struct yihu_definition d;
	struct yihu_profile p;
	uint32_t *digits;
};

static void make(struct bench *b, size_t n, size_t projects)
{
	memset(b, 0, sizeof *b);
	seed = UINT64_C(0x9e3779b97f4a7c15);
	b->d.kind = YIHU_APPROVAL;
	b->d.has_budget = true;
	b->d.budget = BUDGET;
	b->d.n_projects = projects;
	b->d.projects = yihu_calloc(projects, sizeof *b->d.projects);
	b->digits = yihu_calloc(n * projects, sizeof *b->digits);
	for (size_t k = 0; k < projects; k++) {
		b->d.projects[k].id = yihu_printf("%zu", k + 1);
		b->d.projects[k].cost = 100 * (50000 + draw(550001));
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < projects; k++) /* 1 in 4 … 1 in 23 */
			b->digits[i * projects + k] = draw(4 + (uint32_t)(k % 20)) == 0;
	b->p = (struct yihu_profile){
		.definition = &b->d, .n = n, .digits = b->digits, .cast = n, .has_lot = true};
}

static void run(struct bench *b, const char *rule, double *before)
{
	struct yihu_outcome *o;
	struct yihu_error err = {0};
	b->d.rule = yihu_strdup(rule);
	double from = cpu_ms();
	int r = yihu_count(&o, &b->p, &err);
	double took = cpu_ms() - from;
	assert(r == 0);
	printf("%-18s %8zu %9.1f", rule, b->p.n, took);
	printf("  %3zu funded, %" PRIu64 " raises", o->n_funded, o->trace ? o->trace->raises : 0);
	if (*before > 0)
		printf(", %.1f times the one before", took / *before);
	printf("\n");
	fflush(stdout);
	*before = took;
	yihu_outcome_free(o);
	free(b->d.rule);
}

static void finish(struct bench *b)
{
	for (size_t k = 0; k < b->d.n_projects; k++)
		free(b->d.projects[k].id);
	free(b->d.projects);
	free(b->digits);
}

int main(int argc, char **argv)
{
	static const char *const rules[] = {"greedy", "equalshares", "equalshares/add1u",
					    "phragmen"};
	static const size_t sizes[] = {1000, 10000, 100000};
	double before[4] = {0};
	long n = argc == 3 ? atol(argv[1]) : 0, projects = argc == 3 ? atol(argv[2]) : 100;
	if ((argc != 1 && argc != 3) || n < 0 || projects < 1 || projects > YIHU_PROJECTS_MAX) {
		fprintf(stderr, "bench-count [BALLOTS PROJECTS]\n");
		return 2;
	}
	printf("%-18s %8s %9s\n", "rule", "ballots", "ms, core");
	for (size_t i = 0; i < (n ? 1 : sizeof sizes / sizeof *sizes); i++) {
		struct bench b;
		make(&b, n ? (size_t)n : sizes[i], (size_t)projects);
		for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
			run(&b, rules[k], &before[k]);
		finish(&b);
	}
	return 0;
}
