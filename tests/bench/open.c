/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a box of N ballots takes to open, with the recovery mark and without, and
 * how long what was believed takes to be verified again.
 *
 *   bench-open [BALLOTS [FOLDER]]      100000, /tmp
 */
#include <boxdir.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/households.h>
#include <yihu/parallel.h>

#define DURING (FIXTURE_OPENS + 3600)
#define GROUP 4096

struct took {
	double wall, cpu;
};

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static struct took now(void)
{
	struct timespec t;
	struct rusage u;
	clock_gettime(CLOCK_MONOTONIC, &t);
	getrusage(RUSAGE_SELF, &u);
	return (struct took){(double)t.tv_sec + (double)t.tv_nsec / 1e9,
			     seconds(&u.ru_utime) + seconds(&u.ru_stime)};
}

static struct took since(struct took start)
{
	struct took t = now();
	return (struct took){t.wall - start.wall, t.cpu - start.cpu};
}

static void say(const char *what, struct took t, struct took all)
{
	printf("%-36s %8.2f s %8.2f s CPU %6.3f\n", what, t.wall, t.cpu, t.cpu / all.cpu);
	fflush(stdout);
}

struct group {
	const struct fixture *f;
	uint32_t first;
	struct yihu_buf bodies[GROUP];
	struct yihu_submission subs[GROUP];
};

static void make_ballots(void *context, size_t from, size_t to)
{
	struct group *g = context;
	for (size_t i = from; i < to; i++) {
		uint32_t serial = g->first + (uint32_t)i;
		g->bodies[i] = boxdir_ballot(g->f, serial, serial);
		g->subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						      .body = g->bodies[i].data,
						      .body_len = g->bodies[i].len,
						      .verified = YIHU_VERIFIED_BEFORE};
	}
}

static void fill(struct yihu_box *b, const struct fixture *f, uint32_t n)
{
	struct group *g = yihu_calloc(1, sizeof *g);
	struct yihu_error err;
	g->f = f;
	for (g->first = 1; g->first <= n; g->first += GROUP) {
		uint32_t some = n - g->first + 1 < GROUP ? n - g->first + 1 : GROUP;
		yihu_parallel(some, 16, make_ballots, NULL, g);
		fixture_must(yihu_box_commit(b, g->subs, some, DURING, &err), &err);
		for (uint32_t i = 0; i < some; i++) {
			fixture_must(g->subs[i].code, &g->subs[i].err);
			yihu_buf_free(&g->bodies[i]);
		}
	}
	free(g);
}

static struct took open_once(const char *dir, struct yihu_box **b)
{
	struct took start = now();
	*b = boxdir_open(dir, DURING);
	return since(start);
}

static struct took verify_again(struct yihu_box *b)
{
	static const atomic_bool never;
	struct yihu_error err;
	struct took start = now();
	bool found;
	fixture_must(yihu_box_verify_again(b, &never, &found, &err), &err);
	return since(start);
}

int main(int argc, char **argv)
{
	uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000;
	char *dir = yihu_printf("%s/yihu-bench-XXXXXX", argc > 2 ? argv[2] : "/tmp");
	struct yihu_box *b;
	if (n == 0 || n > YIHU_HOUSEHOLDS_MAX || !mkdtemp(dir))
		return 2;
	struct fixture *f = fixture_new(&(struct fixture_options){.households = n});
	boxdir_make(f, dir);
	b = boxdir_open(dir, DURING);
	fill(b, f, n);
	yihu_box_close(b);
	char *mark = yihu_path(dir, "verified");
	unlink(mark);
	struct took all = open_once(dir, &b);
	printf("%u households, %u ballots of %u words, %ld cores\n", n, n,
	       f->election->definition->width, sysconf(_SC_NPROCESSORS_ONLN));
	say("opened, all verified", all, all);
	yihu_box_close(b);
	say("opened, by the recovery mark", open_once(dir, &b), all);
	say("verified again, beside the work", verify_again(b), all);
	yihu_box_close(b);
	free(mark);
	boxdir_free(dir);
	fixture_free(f);
	return 0;
}
