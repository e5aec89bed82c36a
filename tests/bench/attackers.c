/* SPDX-License-Identifier: Apache-2.0
 *
 * One process, one epoll, as many connections as the attack has.
 */
#include "attackers.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "caller.h"
#include "measure.h"

#define ADDRESS 0x7f000002u /* 127.0.0.2 */
#define OPEN_AT_ONCE 200    /* between two looks at what came */
#define READY_WAIT_US 5000
#define DRIP_STEP_US 50000 /* who sends slowly looks no oftener than that */

/* What both processes see. */
struct shared {
	atomic_ullong opened, answers[6], ended;
	atomic_bool begun;
};
struct attackers {
	struct shared *shared;
	pid_t pid;
	double from_us;
};
struct foe {
	struct caller caller;
	double drip_s; /* when it sends again */
};
struct gang {
	const struct attack *attack;
	struct shared *shared;
	struct foe *foes;
	unsigned next; /* of the requests */
	int epoll, port;
};

static double now_s(void)
{
	return measure_us(CLOCK_MONOTONIC) / 1e6;
}

static void ask_next(struct gang *g, struct foe *f)
{
	const struct attack *a = g->attack;
	if (a->every_s > 0) {
		caller_ask(&f->caller, a->first, strlen(a->first));
		f->drip_s = now_s() + a->every_s;
	} else {
		const struct yihu_buf *request = &a->requests[g->next++ % a->n];
		caller_ask(&f->caller, request->data, request->len);
	}
}

static void open_some(struct gang *g)
{
	unsigned opened = 0;
	for (unsigned i = 0; i < g->attack->connections && opened < OPEN_AT_ONCE; i++) {
		struct foe *f = &g->foes[i];
		if (f->caller.fd >= 0)
			continue;
		ask_next(g, f);
		if (caller_open(&f->caller, g->epoll, f, ADDRESS, g->port))
			atomic_fetch_add(&g->shared->opened, 1);
		opened++;
	}
	if (opened < OPEN_AT_ONCE)
		atomic_store(&g->shared->begun, true);
}

static void note(struct gang *g, struct foe *f, int status)
{
	if (status < 0) {
		atomic_fetch_add(&g->shared->ended, 1);
		caller_close(&f->caller);
		return;
	}
	atomic_fetch_add(&g->shared->answers[status / 100 % 6], 1);
	if (g->attack->every_s > 0)
		yihu_buf_reset(&f->caller.in);
	else
		ask_next(g, f);
}

static void go_on(struct gang *g, struct foe *f)
{
	int status;
	while (f->caller.fd >= 0 && (status = caller_step(&f->caller)) != 0)
		note(g, f, status);
}

static void drip(struct gang *g)
{
	double now = now_s();
	const char *again = g->attack->again;
	for (unsigned i = 0; i < g->attack->connections; i++) {
		struct foe *f = &g->foes[i];
		if (f->caller.fd < 0 || now < f->drip_s)
			continue;
		f->drip_s = now + g->attack->every_s;
		if (f->caller.sent == f->caller.len)
			caller_ask(&f->caller, again, strlen(again));
		go_on(g, f);
	}
}

static void attack_for_ever(struct gang *g)
{
	struct epoll_event ready[256];
	g->epoll = epoll_create1(EPOLL_CLOEXEC);
	g->foes = yihu_calloc(g->attack->connections, sizeof *g->foes);
	for (unsigned i = 0; i < g->attack->connections; i++)
		g->foes[i].caller.fd = -1;
	for (;;) {
		open_some(g);
		int n = epoll_wait(g->epoll, ready, sizeof ready / sizeof *ready, 5);
		for (int i = 0; i < n; i++)
			go_on(g, ready[i].data.ptr);
		if (g->attack->every_s > 0) {
			drip(g);
			usleep(DRIP_STEP_US);
		}
	}
}

/* One core of the machine, and no more than that. */
static void hold_to_one_core(void)
{
	cpu_set_t one;
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof one, &one);
}

struct attackers *attackers_start(const struct attack *a, int port)
{
	struct attackers *x = yihu_calloc(1, sizeof *x);
	x->shared = mmap(NULL, sizeof *x->shared, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (x->shared == MAP_FAILED || (x->pid = fork()) < 0)
		abort();
	if (x->pid == 0) {
		struct gang g = {.attack = a, .shared = x->shared, .port = port};
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		hold_to_one_core();
		attack_for_ever(&g);
	}
	while (!atomic_load(&x->shared->begun))
		usleep(READY_WAIT_US);
	x->from_us = measure_us(CLOCK_MONOTONIC);
	return x;
}

struct attackers_got attackers_stop(struct attackers *x)
{
	struct attackers_got got = {.seconds = (measure_us(CLOCK_MONOTONIC) - x->from_us) / 1e6};
	kill(x->pid, SIGKILL);
	waitpid(x->pid, NULL, 0);
	got.opened = atomic_load(&x->shared->opened);
	got.ended = atomic_load(&x->shared->ended);
	for (size_t i = 0; i < sizeof got.answers / sizeof *got.answers; i++)
		got.answers[i] = atomic_load(&x->shared->answers[i]);
	munmap(x->shared, sizeof *x->shared);
	free(x);
	return got;
}
