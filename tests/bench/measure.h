/* SPDX-License-Identifier: Apache-2.0
 *
 * What the benchmarks share: clocks, medians, and what libsodium's calls cost
 * on this machine at this moment.
 */
#ifndef YIHU_BENCH_MEASURE_H
#define YIHU_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/* CLOCK_MONOTONIC, or CLOCK_PROCESS_CPUTIME_ID: what all cores spent, which
 * other programs on the machine disturb less. */
double measure_us(clockid_t clock);
/* µs of a core that the daemon's processes have spent, the first and those that it
 * started; and of that its threads by their names (src/countd/thread.h). */
struct measure_cores {
	double all, http, verify, write;
};
struct measure_cores measure_cores_of(pid_t pid);
/* What came since, for each of n. */
struct measure_cores measure_cores_since(const struct measure_cores *before, pid_t pid, double n);
/* Sorts x. */
double measure_median(double *x, size_t n);
/* The system's load at this moment: a line for the head of a table. */
void measure_print_load(void);

/* libsodium's calls: how many, or µs of a core for each. */
struct calls {
	double base, mul, add, valid, from_hash; /* ristretto255 */
	double verify, key;                      /* Ed25519: a signature, a point check */
};
/* Measures and prints them. */
struct calls calls_measure(void);
/* a + w·b */
struct calls calls_sum(struct calls a, double w, struct calls b);
/* µs of n calls at these costs. */
double calls_us(const struct calls *n, const struct calls *cost);

/* What we aim at: a core's time within so much of libsodium's calls. */
#define MEASURE_AIM 1.25
bool measure_within_aim(double core_us, double libsodium_us);

#endif
