/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded before a cmocka program by mutate.py: the group is set up once, and
 * each request runs one test with one mutant in a child, for no more than that
 * test costs.
 *
 * It says "= TESTS" and a line "= NAME" for each. A request is
 * "MUTANT TEST SECONDS FILE", the file being YIHU_MUTANT_SEEN or "-"; the answer
 * "= 0 MICROSECONDS" of CPU time when the test passes, 1 when it fails, 2 when it
 * used up its time.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* As in schemata.py. */
struct yihu_mutant {
	int number, run;
};
void yihu_mutant_take(struct yihu_mutant *m);

static struct yihu_mutant *mutant;

void yihu_mutant_take(struct yihu_mutant *m)
{
	mutant = m;
}

struct request {
	int number;
	size_t test;
	unsigned seconds;
	char seen[512];
};

static void pass_or_die(const struct CMUnitTest *t, void *state, const struct request *r)
{
	struct rlimit limit = {r->seconds, r->seconds};
	char number[16];
	snprintf(number, sizeof number, "%d", r->number);
	setenv("YIHU_MUTANT", number, 1); /* for programs that the test starts */
	if (strcmp(r->seen, "-") != 0)
		setenv("YIHU_MUTANT_SEEN", r->seen, 1);
	if (mutant != NULL)
		*mutant = (struct yihu_mutant){.number = r->number, .run = 1};
	setrlimit(RLIMIT_CPU, &limit);
	alarm(20 * r->seconds);
	if (t->initial_state != NULL)
		state = t->initial_state;
	if (t->setup_func != NULL && t->setup_func(&state) != 0)
		_exit(1);
	t->test_func(&state); /* aborts when it fails: CMOCKA_TEST_ABORT */
	if (t->teardown_func != NULL && t->teardown_func(&state) != 0)
		_exit(1);
	_exit(0);
}

static int result_of(int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status) != 0;
	int signal = WTERMSIG(status);
	return signal == SIGXCPU || signal == SIGKILL || signal == SIGALRM ? 2 : 1;
}

static void answer(FILE *out, const struct CMUnitTest *t, void *state, const struct request *r)
{
	int status;
	struct rusage used;
	pid_t pid = fork();
	if (pid == 0)
		pass_or_die(t, state, r);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
		exit(1);
	fprintf(out, "= %d %jd\n", result_of(status),
		(intmax_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
			used.ru_utime.tv_usec + used.ru_stime.tv_usec);
	fflush(out);
}

int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *const tests, const size_t n,
			    CMFixtureFunction setup, CMFixtureFunction teardown)
{
	(void)name, (void)teardown;
	FILE *in = fdopen(dup(0), "r"), *out = fdopen(dup(1), "w");
	if (in == NULL || out == NULL || freopen("/dev/null", "r", stdin) == NULL ||
	    freopen("/dev/null", "w", stdout) == NULL)
		exit(1);
	void *state = NULL;
	if (setup != NULL && setup(&state) != 0)
		exit(1);
	fprintf(out, "= %zu\n", n);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "= %s\n", tests[i].name);
	fflush(out);
	struct request r;
	char line[640];
	while (fgets(line, sizeof line, in) != NULL)
		if (sscanf(line, "%d %zu %u %511s", &r.number, &r.test, &r.seconds, r.seen) == 4 &&
		    r.test < n)
			answer(out, &tests[r.test], state, &r);
	exit(0);
}
