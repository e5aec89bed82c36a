/* SPDX-License-Identifier: Apache-2.0
 *
 * What the audit of a whole, finished election costs for each ballot, beside
 * the sum of the libsodium calls that it needs when each equation is checked
 * alone; the cores it uses; the memory it takes beyond the folder's files.
 *
 *   bench-audit            width 1, 3 and 25, 100 and 1,000 ballots
 *   bench-audit --full     10,000 ballots too
 *   bench-audit N W        N and 10·N ballots of width W
 */
#include <assert.h>
#include <fcntl.h>
#include <fixture.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/audit.h>

#include "measure.h"

#define REPETITIONS_MAX 5
#define HOLDERS 3
#define THRESHOLD 2 /* as many mixes and openings */
#define PROJECTS_A_WORD 16
#define MEMORY_AIM 1024 /* bytes a ballot of width 1 */

/* A finished election of which only the public folder is left. */
struct finished {
	struct yihu_public *folder;
	uint8_t eid[YIHU_EID_BYTES];
	const struct yihu_words_table *table;
};

static struct yihu_audit *audit(const struct finished *f)
{
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES, .table = f->table};
	memcpy(o.eid, f->eid, sizeof o.eid);
	struct yihu_audit *a = yihu_audit_run(f->folder, &o);
	struct yihu_error err;
	fixture_must(yihu_audit_verdict(a, &err), &err);
	return a;
}

/* The audit says what the results must be: signed, they end the election. */
static void publish(struct finished *f, const struct fixture *election)
{
	struct yihu_audit *a = audit(f);
	assert(a->stage == YIHU_STAGE_OPENED);
	fixture_public_results(f->folder, election, &a->results_pb, &a->results_json,
			       FIXTURE_ALL_HOLDERS);
	yihu_audit_free(a);
}

static struct finished finish(uint32_t n, uint32_t w, const struct yihu_words_table *table)
{
	struct fixture *election = fixture_new(&(struct fixture_options){
		.projects = w * PROJECTS_A_WORD, .households = n, .n = HOLDERS, .t = THRESHOLD});
	struct fixture_log *log = fixture_log_new(election);
	struct finished f = {.table = table};
	assert(election->election->definition->width == w);
	fixture_log_ballots(log, n);
	fixture_log_close(log);
	f.folder = fixture_public_opened(log);
	memcpy(f.eid, election->election->charter->eid, sizeof f.eid);
	publish(&f, election);
	fixture_log_free(log);
	fixture_free(election);
	return f;
}

/* The calls that one ballot costs an audit, part by part. A household's line
 * in the register is counted with its ballot: here all have voted. */
static const struct {
	double times;
	struct calls fixed, each_word;
} parts[] = {
	{1, .fixed = {.key = 1, .verify = 1}}, /* register */
	{1, .fixed = {.verify = 1}, .each_word = {.valid = 3, .base = 1, .mul = 1, .add = 1}},
	{THRESHOLD, .fixed = {.valid = 3}, .each_word = {.valid = 2}}, /* a mix read … */
	{THRESHOLD, .fixed = {.base = 1, .mul = 4, .add = 6, .from_hash = 1},
	 .each_word = {.mul = 4, .add = 4}},                        /* … and verified */
	{THRESHOLD, .each_word = {.valid = 1, .mul = 2, .add = 2}}, /* opening */
	{1, .each_word = {.mul = THRESHOLD, .add = THRESHOLD}},     /* decoding */
};

static double libsodium_us(uint32_t w, const struct calls *cost)
{
	double us = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct calls n = calls_sum(parts[i].fixed, w, parts[i].each_word);
		us += parts[i].times * calls_us(&n, cost);
	}
	return us;
}

/* Bytes of memory in use, or the most since the last reset ("VmRSS", "VmHWM"). */
static double memory(const char *what)
{
	char line[256];
	unsigned long kib = 0;
	FILE *status = fopen("/proc/self/status", "r");
	if (status == NULL)
		abort();
	while (fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, what, strlen(what)) == 0)
			kib = strtoul(line + strlen(what) + 1, NULL, 10);
	fclose(status);
	assert(kib > 0);
	return (double)kib * 1024;
}

static void reset_most_memory(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "5", 1) != 1)
		abort();
	close(fd);
}

/* What an audit takes at its worst moment, the files and the table of words
 * being there before it. */
static double audit_bytes(const struct finished *f)
{
	malloc_trim(0);
	double before = memory("VmRSS");
	reset_most_memory();
	yihu_audit_free(audit(f));
	return memory("VmHWM") - before;
}

/* Of the size before this one. */
static struct {
	size_t n;
	double core, bytes;
} last;

/* Of two sizes: what each ballot takes, and what the audit of none would. */
static void print_memory(size_t n, uint32_t w, double bytes)
{
	printf(" %8.0f", bytes / 1024);
	if (last.n == 0)
		return;
	double each = (bytes - last.bytes) / (double)(n - last.n);
	printf(" %8.0f %8.0f", (bytes - each * (double)n) / 1024, each);
	if (w == 1)
		printf("  %s", each < MEMORY_AIM ? "holds" : "FALLS SHORT");
}

static void run_size(size_t n, uint32_t w, const struct yihu_words_table *table)
{
	double took[REPETITIONS_MAX], cores[REPETITIONS_MAX], own[REPETITIONS_MAX];
	struct calls cost = calls_measure();
	struct finished f = finish((uint32_t)n, w, table);
	double bytes = audit_bytes(&f);
	size_t repetitions = n * w <= 5000 ? REPETITIONS_MAX : n * w <= 30000 ? 3 : 1;
	for (size_t k = 0; k < repetitions; k++) {
		double from = measure_us(CLOCK_MONOTONIC);
		double cores_from = measure_us(CLOCK_PROCESS_CPUTIME_ID);
		double own_from = measure_us(CLOCK_THREAD_CPUTIME_ID);
		yihu_audit_free(audit(&f));
		took[k] = (measure_us(CLOCK_MONOTONIC) - from) / (double)n;
		cores[k] = (measure_us(CLOCK_PROCESS_CPUTIME_ID) - cores_from) / (double)n;
		own[k] = (measure_us(CLOCK_THREAD_CPUTIME_ID) - own_from) / (double)n;
	}
	double middle = measure_median(took, repetitions);
	double core = measure_median(cores, repetitions), naive = libsodium_us(w, &cost);
	printf("%4u %6zu %9.1f %9.1f %9.1f %9.1f %6.2f %6.2f %7.2f", w, n, took[0], middle, core,
	       naive, naive / core, core / middle, core / measure_median(own, repetitions));
	if (last.n > 0)
		printf(" %6.2f", core / last.core);
	else
		printf(" %6s", "");
	print_memory(n, w, bytes);
	printf("\n\n");
	fflush(stdout);
	last.n = n;
	last.core = core;
	last.bytes = bytes;
	yihu_public_free(f.folder);
}

static void print_head(void)
{
	measure_print_load();
	printf("The audit of a finished election: %d mixes, %d openings, every household voted.\n"
	       "µs a ballot. least, median: by the clock; core: what the cores spent together;\n"
	       "libsodium: the calls that the equations name, one by one; ratio: libsodium / "
	       "core.\n"
	       "cores: core / median; threads: core / what the calling thread spent, which is the\n"
	       "cores at work on a machine with nothing else to do. growth: core / that of the N\n"
	       "before. KiB: memory at the worst moment, beyond the files and the table of words;\n"
	       "of that, by this N and the one before, fixed: KiB that no ballot adds to, and\n"
	       "each: bytes that every ballot adds; of width 1, we aim at less than %d.\n",
	       THRESHOLD, THRESHOLD, MEMORY_AIM);
	printf("%4s %6s %9s %9s %9s %9s %6s %6s %7s %6s %8s %8s %8s  %s\n", "w", "N", "least",
	       "median", "core", "libsodium", "ratio", "cores", "threads", "growth", "KiB", "fixed",
	       "each", "aim");
}

int main(int argc, char **argv)
{
	static const uint32_t widths[] = {1, 3, 25};
	static const size_t sizes[] = {100, 1000, 10000};
	bool full = argc == 2 && strcmp(argv[1], "--full") == 0;
	long n = argc == 3 ? atol(argv[1]) : 0, w = argc == 3 ? atol(argv[2]) : 0;
	if (argc > 1 && !full && (n < 1 || n > 100000 || w < 1 || w > YIHU_WIDTH_MAX)) {
		fprintf(stderr, "bench-audit [--full | BALLOTS WIDTH]\n");
		return 2;
	}
	struct yihu_words_table *table = yihu_words_table_new(YIHU_WORD_BOUND);
	print_head();
	for (long k = n; n > 0 && k <= 10 * n; k *= 10)
		run_size((size_t)k, (uint32_t)w, table);
	for (size_t i = 0; n == 0 && i < 3; i++) {
		memset(&last, 0, sizeof last);
		for (size_t k = 0; k < (full ? 3 : 2); k++)
			run_size(sizes[k], widths[i], table);
	}
	yihu_words_table_free(table);
	return 0;
}
