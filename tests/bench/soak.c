/* SPDX-License-Identifier: Apache-2.0
 *
 * Hours of an ordinary poll: voters, readers and, all the time, the question whether
 * the daemon keeps growing.
 *
 *   YIHU_COUNTD=build/tools/yihu-countd bench-soak [MINUTES [VOTERS_A_SECOND]]    60 20
 *
 * Each minute a line: what the daemon's processes have of memory, descriptors, threads
 * and cores, and how large the write-ahead log is. At the end 1 when a voter was not
 * served, or when descriptors, threads or log of the last quarter are above those of
 * the second by more than a tenth; memory, by more than a tenth beside what the ballots
 * themselves need.
 */
#include <load.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "attackers.h"
#include "measure.h"
#include "processes.h"
#include "voters.h"

#define MINUTES 60
#define A_SECOND 20
#define HOUSEHOLDS_MAX 400000
#define READERS 20
#define BALLOT_BYTES 1024 /* what the daemon may keep of each in memory, at width 1 */

#define STATE "GET /api/state HTTP/1.1\r\nHost: x\r\n\r\n"

struct minute {
	struct processes p;
	double wal; /* bytes */
	uint32_t voted;
};

static double size_of(const char *dir, const char *name)
{
	struct stat st;
	char *path = yihu_path(dir, name);
	double bytes = stat(path, &st) == 0 ? (double)st.st_size : 0;
	free(path);
	return bytes;
}

static bool run_minute(struct minute *m, const char *dir, pid_t daemon, int port, uint32_t i,
		       uint32_t a_second)
{
	struct measure_cores before = measure_cores_of(daemon);
	double from = measure_us(CLOCK_MONOTONIC);
	uint32_t n = 60 * a_second;
	struct voters v = voters_run(port, i * n, n, a_second);
	double us = measure_us(CLOCK_MONOTONIC) - from;
	*m = (struct minute){
		.p = processes_of(daemon), .wal = size_of(dir, "box.db-wal"), .voted = (i + 1) * n};
	printf("%6u %9u %9.1f %8.1f %6u %7u %8.1f %6.2f\n", i + 1, m->voted, v.p99_ms,
	       m->p.bytes / 1e6, m->p.descriptors, m->p.threads, m->wal / 1e6,
	       measure_cores_since(&before, daemon, us).all);
	fflush(stdout);
	return v.served == v.n;
}

/* The mean of one figure over a quarter of the minutes, from 0. */
static double quarter(const struct minute *all, uint32_t n, uint32_t which,
		      double (*figure)(const struct minute *))
{
	double sum = 0;
	uint32_t from = n * which / 4, to = n * (which + 1) / 4;
	for (uint32_t i = from; i < to; i++)
		sum += figure(&all[i]);
	return sum / (to - from);
}

static double memory(const struct minute *m)
{
	return m->p.bytes - (double)m->voted * BALLOT_BYTES;
}

static double descriptors(const struct minute *m)
{
	return m->p.descriptors;
}

static double threads(const struct minute *m)
{
	return m->p.threads;
}

static double wal(const struct minute *m)
{
	return m->wal;
}

static bool is_flat(const char *what, const struct minute *all, uint32_t n,
		    double (*figure)(const struct minute *))
{
	double before = quarter(all, n, 1, figure), after = quarter(all, n, 3, figure);
	bool flat = after <= before * 1.1 + 1;
	printf("%s: %.0f in the second quarter, %.0f in the last: %s\n", what, before, after,
	       flat ? "flat" : "GROWS");
	return flat;
}

static bool soak(uint32_t minutes, uint32_t a_second)
{
	static const struct attack readers = {"readers", READERS, .every_s = 0.2, .first = STATE,
					      .again = STATE};
	struct minute *all = yihu_calloc(minutes, sizeof *all);
	char *dir = boxdir_new(load_election);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	struct attackers *x = attackers_start(&readers, port);
	bool good = true;
	printf("%6s %9s %9s %8s %6s %7s %8s %6s\n", "minute", "ballots", "p99 ms", "MB", "files",
	       "threads", "WAL MB", "cores");
	for (uint32_t i = 0; i < minutes; i++)
		good = run_minute(&all[i], dir, p.pid, port, i, a_second) && good;
	attackers_stop(x);
	good = program_end(&p, SIGTERM) == 0 && good;
	printf("%s\n", good ? "everybody was served" : "NOT everybody was served");
	good = is_flat("memory without ballots", all, minutes, memory) && good;
	good = is_flat("descriptors", all, minutes, descriptors) && good;
	good = is_flat("threads", all, minutes, threads) && good;
	good = is_flat("write-ahead log", all, minutes, wal) && good;
	free(all);
	boxdir_free(dir);
	return good;
}

int main(int argc, char **argv)
{
	long minutes = argc > 1 ? atol(argv[1]) : MINUTES;
	long a_second = argc > 2 ? atol(argv[2]) : A_SECOND;
	if (minutes < 4 || a_second < 1 || minutes > HOUSEHOLDS_MAX / 60 / a_second ||
	    !getenv("YIHU_COUNTD")) {
		fprintf(stderr,
			"YIHU_COUNTD=PROGRAM bench-soak [MINUTES [VOTERS_A_SECOND]]\n"
			"at least 4 minutes, at most %d voters in all\n",
			HOUSEHOLDS_MAX);
		return 2;
	}
	measure_print_load();
	load_begin((uint32_t)(minutes * 60 * a_second));
	bool good = soak((uint32_t)minutes, (uint32_t)a_second);
	load_end(NULL);
	return good ? 0 : 1;
}
