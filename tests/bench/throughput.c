/* SPDX-License-Identifier: Apache-2.0
 *
 * The real daemon in its own process, on loopback, and clients whose ballots were made
 * before.
 */
#include "throughput.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <load.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "caller.h"
#include "measure.h"

#define CORES_MAX 256

static uint32_t n_ballots;

/* Ballots a second, and µs of a core for each. */
struct rate {
	double a_second, core_us;
};

struct stopwatch {
	double from_us, core_from_us;
};

static struct stopwatch started(void)
{
	return (struct stopwatch){measure_us(CLOCK_MONOTONIC),
				  measure_us(CLOCK_PROCESS_CPUTIME_ID)};
}

static struct rate stopped(struct stopwatch w)
{
	double us = measure_us(CLOCK_MONOTONIC) - w.from_us;
	double core_us = measure_us(CLOCK_PROCESS_CPUTIME_ID) - w.core_from_us;
	return (struct rate){.a_second = n_ballots / (us / 1e6), .core_us = core_us / n_ballots};
}

static unsigned cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > CORES_MAX ? CORES_MAX : (unsigned)n;
}

/* Verification alone: form, signature and proof of every ballot. */

static void *verify_share(void *first)
{
	const struct yihu_election *e = load_election->election;
	struct yihu_ballot *b = yihu_alloc(sizeof *b);
	for (size_t i = *(const size_t *)first; i < n_ballots; i += cores()) {
		const struct yihu_buf *bytes = &load_homes[i].ballot;
		struct yihu_error err;
		fixture_must(
			yihu_ballot_parse(b, bytes->data, bytes->len, e->definition->width, &err),
			&err);
		fixture_must(yihu_ballot_verify(b, bytes->data, bytes->len, e->charter->eid, &err),
			     &err);
	}
	free(b);
	return NULL;
}

static struct rate verified_alone(void)
{
	pthread_t threads[CORES_MAX];
	size_t first[CORES_MAX];
	struct stopwatch w = started();
	for (size_t i = 0; i < cores(); i++) {
		first[i] = i;
		if (pthread_create(&threads[i], NULL, verify_share, &first[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < cores(); i++)
		pthread_join(threads[i], NULL);
	return stopped(w);
}

/* Group commits alone, of ballots that count as verified. */

static void commit_group(struct yihu_box *b, uint32_t first, uint32_t n,
			 struct yihu_submission *subs)
{
	struct yihu_error err;
	for (uint32_t i = 0; i < n; i++)
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = load_homes[first + i].ballot.data,
						   .body_len = load_homes[first + i].ballot.len,
						   .verified = YIHU_VERIFIED_BEFORE};
	fixture_must(yihu_box_commit(b, subs, n, (uint64_t)time(NULL), &err), &err);
	for (uint32_t i = 0; i < n; i++)
		fixture_must(subs[i].code, &subs[i].err);
}

static struct rate committed_alone(uint32_t group)
{
	char *dir = boxdir_new(load_election);
	struct yihu_box *b = boxdir_open(dir, (uint64_t)time(NULL));
	struct yihu_submission *subs = yihu_calloc(group, sizeof *subs);
	struct stopwatch w = started();
	for (uint32_t at = 0; at < n_ballots; at += group)
		commit_group(b, at, n_ballots - at < group ? n_ballots - at : group, subs);
	struct rate r = stopped(w);
	free(subs);
	yihu_box_close(b);
	boxdir_free(dir);
	return r;
}

/* The clients: one thread for all, so that they leave the cores to the daemon. */

struct client {
	struct caller caller;
	double sent_us;
};

struct clients {
	struct client *each;
	uint32_t n;
	int epoll, port, status; /* that every answer has */
	const struct yihu_buf *requests;
	uint32_t next, answered;
	double *latency_us; /* by order of answers */
};

static void send_next(struct clients *c, struct client *one)
{
	if (c->next == n_ballots)
		return;
	const struct yihu_buf *request = &c->requests[c->next++];
	if (caller_is_ended(&one->caller))
		caller_close(&one->caller);
	if (one->caller.fd < 0 &&
	    !caller_open(&one->caller, c->epoll, one, INADDR_LOOPBACK, c->port))
		abort();
	one->sent_us = measure_us(CLOCK_MONOTONIC);
	caller_ask(&one->caller, request->data, request->len);
	caller_step(&one->caller);
}

static void receive(struct clients *c, struct client *one)
{
	int status = one->caller.fd >= 0 && one->sent_us > 0 ? caller_step(&one->caller) : 0;
	if (status == 0)
		return;
	if (status != c->status) {
		fprintf(stderr, "bench-http: the daemon answered %d instead of %d\n", status,
			c->status);
		exit(1);
	}
	c->latency_us[c->answered++] = measure_us(CLOCK_MONOTONIC) - one->sent_us;
	one->sent_us = 0;
	send_next(c, one);
}

static void clients_open(struct clients *c)
{
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	assert(c->epoll >= 0);
	c->each = yihu_calloc(c->n, sizeof *c->each);
	c->latency_us = yihu_calloc(n_ballots, sizeof *c->latency_us);
	for (uint32_t i = 0; i < c->n; i++)
		c->each[i].caller.fd = -1;
}

/* Each sends its next request when it has the answer of the one before. */
static void clients_run(struct clients *c)
{
	struct epoll_event ready[64];
	for (uint32_t i = 0; i < c->n; i++)
		send_next(c, &c->each[i]);
	while (c->answered < n_ballots) {
		int n = epoll_wait(c->epoll, ready, sizeof ready / sizeof *ready, -1);
		assert(n >= 0 || errno == EINTR);
		for (int i = 0; i < n; i++)
			receive(c, ready[i].data.ptr);
	}
}

static void clients_close(struct clients *c)
{
	for (uint32_t i = 0; i < c->n; i++) {
		caller_close(&c->each[i].caller);
		yihu_buf_free(&c->each[i].caller.in);
	}
	close(c->epoll);
	free(c->each);
	free(c->latency_us);
}

struct row {
	struct rate client;
	double p50_ms, p99_ms;
	struct measure_cores daemon; /* µs of a core a request */
};

static void run_clients(struct row *r, struct clients *c, pid_t daemon)
{
	clients_open(c);
	struct measure_cores before = measure_cores_of(daemon);
	struct stopwatch w = started();
	clients_run(c);
	r->client = stopped(w);
	r->daemon = measure_cores_since(&before, daemon, n_ballots);
	r->p50_ms = measure_median(c->latency_us, n_ballots) / 1e3;
	r->p99_ms = c->latency_us[(size_t)n_ballots * 99 / 100] / 1e3;
	clients_close(c);
}

/* Each of n_ballots requests once; every answer has this status. */
static struct row run_row(uint32_t connections, const struct yihu_buf *requests, int status)
{
	struct row r = {0};
	char *dir = boxdir_new(load_election);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	struct clients c = {
		.n = connections, .port = program_port(&p), .status = status, .requests = requests};
	assert(c.port != 0);
	run_clients(&r, &c, p.pid);
	program_end(&p, SIGTERM);
	boxdir_free(dir);
	return r;
}

static struct yihu_buf *ballots_as_requests(void)
{
	struct yihu_buf *all = yihu_calloc(n_ballots, sizeof *all);
	for (uint32_t i = 0; i < n_ballots; i++) {
		const struct yihu_buf *ballot = &load_homes[i].ballot;
		yihu_buf_fmt(&all[i],
			     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
			     ballot->len);
		yihu_buf_put(&all[i], ballot->data, ballot->len);
	}
	return all;
}

static struct yihu_buf *questions_for_nothing(void)
{
	struct yihu_buf *all = yihu_calloc(n_ballots, sizeof *all);
	for (uint32_t i = 0; i < n_ballots; i++)
		yihu_buf_str(&all[i], "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
	return all;
}

static void requests_free(struct yihu_buf *all)
{
	for (uint32_t i = 0; i < n_ballots; i++)
		yihu_buf_free(&all[i]);
	free(all);
}

static void print_head(void)
{
	printf("%u ballots of width %u a row, made before. a second: acknowledged, and so "
	       "durable;\n"
	       "p50, p99: from sending to the receipt; commits: a second, when groups of so many "
	       "are\n"
	       "only committed; ratio: to that, or to what %u threads verify that do nothing else. "
	       "Then\n"
	       "µs of a core a ballot: client; beside this row verification alone, commit alone, "
	       "and the\n"
	       "daemon's answer 404 to as many connections; the daemon, of which HTTP, verifiers, "
	       "writer;\n"
	       "daemon / (alone + commit + 404); and the share of what that allows on the cores "
	       "that the\n"
	       "client left.\n",
	       n_ballots, load_election->election->definition->width, cores());
	printf("%11s %8s %7s %7s %8s %6s %7s %7s %7s %6s %7s %6s %6s %6s %6s %6s\n", "connections",
	       "a second", "p50 ms", "p99 ms", "commits", "ratio", "client", "alone", "commit",
	       "404", "daemon", "http", "verify", "write", "ratio", "share");
}

/* What a row is held against. */
struct beside {
	struct rate verified, committed;
	double nothing_us; /* of a core for an answer 404 */
};

static struct rate mean(struct rate a, struct rate b)
{
	return (struct rate){(a.a_second + b.a_second) / 2, (a.core_us + b.core_us) / 2};
}

static struct beside measure_beside(uint32_t connections, const struct yihu_buf *nothing)
{
	return (struct beside){.verified = verified_alone(),
			       .committed = committed_alone(connections),
			       .nothing_us = run_row(connections, nothing, 404).daemon.all};
}

/* A machine that is not ours alone changes its pace within seconds: so it is measured
 * before the row and after it. */
static struct beside between(const struct beside *a, const struct beside *b)
{
	return (struct beside){.verified = mean(a->verified, b->verified),
			       .committed = mean(a->committed, b->committed),
			       .nothing_us = (a->nothing_us + b->nothing_us) / 2};
}

static void print_row(uint32_t connections, const struct row *r, const struct beside *x)
{
	double least = fmin(x->verified.a_second, x->committed.a_second);
	double left = cores() - r->client.a_second * r->client.core_us / 1e6;
	printf("%11u %8.0f %7.2f %7.2f %8.0f %6.2f %7.0f %7.0f %7.0f %6.0f %7.0f %6.0f %6.0f "
	       "%6.0f %6.2f %6.2f\n",
	       connections, r->client.a_second, r->p50_ms, r->p99_ms, x->committed.a_second,
	       r->client.a_second / least, r->client.core_us, x->verified.core_us,
	       x->committed.core_us, x->nothing_us, r->daemon.all, r->daemon.http, r->daemon.verify,
	       r->daemon.write,
	       r->daemon.all / (x->verified.core_us + x->committed.core_us + x->nothing_us),
	       r->client.a_second * r->daemon.all / 1e6 / left);
	fflush(stdout);
}

void throughput_print(uint32_t ballots)
{
	static const uint32_t connections[] = {1, 16, 64, 256};
	n_ballots = ballots;
	load_begin(n_ballots);
	struct yihu_buf *nothing = questions_for_nothing(), *requests = ballots_as_requests();
	print_head();
	for (size_t i = 0; i < sizeof connections / sizeof *connections; i++) {
		struct beside before = measure_beside(connections[i], nothing);
		struct row r = run_row(connections[i], requests, 201);
		struct beside after = measure_beside(connections[i], nothing);
		struct beside x = between(&before, &after);
		print_row(connections[i], &r, &x);
	}
	requests_free(nothing);
	requests_free(requests);
	load_end(NULL);
}
