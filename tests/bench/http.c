/* SPDX-License-Identifier: Apache-2.0
 *
 * Durable ballots a second over HTTP: the real daemon in its own process, on
 * loopback, and clients whose ballots were made before; beside what the same
 * ballots cost when they are only verified, and when they are only committed
 * in groups as large as the clients are many.
 *
 *   YIHU_COUNTD=build/tools/yihu-countd bench-http [BALLOTS]    2,000 a row
 */
#include <assert.h>
#include <errno.h>
#include <load.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"
#include "measure.h"

#define BALLOTS 2000
#define VERIFIERS 2 /* as the daemon has */
#define ANSWER_BYTES_MAX 16384

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

/* Verification alone: form, signature and proof of every ballot. */

static void *verify_share(void *first)
{
	const struct yihu_election *e = load_election->election;
	struct yihu_ballot *b = yihu_alloc(sizeof *b);
	for (size_t i = *(const size_t *)first; i < n_ballots; i += VERIFIERS) {
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
	pthread_t threads[VERIFIERS];
	size_t first[VERIFIERS];
	struct stopwatch w = started();
	for (size_t i = 0; i < VERIFIERS; i++) {
		first[i] = i;
		if (pthread_create(&threads[i], NULL, verify_share, &first[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < VERIFIERS; i++)
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
	int fd;
	double sent_us;
	size_t got;
	char answer[ANSWER_BYTES_MAX];
};

struct clients {
	struct client *each;
	uint32_t n;
	int epoll, port;
	uint32_t next, answered;
	double *latency_us; /* by order of answers */
};

static void send_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	while (len > 0) {
		ssize_t sent = send(fd, p, len, MSG_NOSIGNAL);
		if (sent <= 0)
			abort();
		p += sent;
		len -= (size_t)sent;
	}
}

static void send_next(struct clients *c, struct client *one)
{
	if (c->next == n_ballots)
		return;
	const struct yihu_buf *ballot = &load_homes[c->next++].ballot;
	struct yihu_buf request = {0};
	yihu_buf_fmt(&request,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
		     ballot->len);
	yihu_buf_put(&request, ballot->data, ballot->len);
	one->got = 0;
	one->sent_us = measure_us(CLOCK_MONOTONIC);
	send_all(one->fd, request.data, request.len);
	yihu_buf_free(&request);
}

/* Is the answer here to its last byte? It must be 201. */
static bool answer_whole(const struct client *one)
{
	const char *length = strstr(one->answer, "Content-Length: ");
	const char *body = strstr(one->answer, "\r\n\r\n");
	if (body == NULL)
		return false;
	if (strncmp(one->answer, "HTTP/1.1 201", 12) != 0 || length == NULL || length > body) {
		fprintf(stderr, "bench-http: the daemon answered %.80s\n", one->answer);
		exit(1);
	}
	return one->got >= (size_t)(body + 4 - one->answer) + strtoul(length + 16, NULL, 10);
}

static void receive(struct clients *c, struct client *one)
{
	ssize_t n = recv(one->fd, one->answer + one->got, sizeof one->answer - 1 - one->got, 0);
	if (n <= 0) {
		fprintf(stderr, "bench-http: the daemon hung up\n");
		exit(1);
	}
	one->got += (size_t)n;
	one->answer[one->got] = '\0';
	if (!answer_whole(one))
		return;
	c->latency_us[c->answered++] = measure_us(CLOCK_MONOTONIC) - one->sent_us;
	send_next(c, one);
}

static void clients_open(struct clients *c)
{
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	assert(c->epoll >= 0);
	for (uint32_t i = 0; i < c->n; i++) {
		struct epoll_event e = {.events = EPOLLIN, .data.ptr = &c->each[i]};
		c->each[i].fd = connect_to(c->port);
		if (epoll_ctl(c->epoll, EPOLL_CTL_ADD, c->each[i].fd, &e) != 0)
			abort();
	}
}

/* Each sends its next ballot when it has the receipt of the one before. */
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
	for (uint32_t i = 0; i < c->n; i++)
		close(c->each[i].fd);
	close(c->epoll);
}

/* µs of a core that a process has spent: user and system. */
static double process_us(pid_t pid)
{
	clockid_t clock;
	return clock_getcpuclockid(pid, &clock) == 0 ? measure_us(clock) : 0;
}

struct row {
	struct rate client;
	double p50_ms, p99_ms, daemon_us; /* µs of a core a ballot */
};

static struct row run_row(uint32_t connections)
{
	char *dir = boxdir_new(load_election);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	struct clients c = {.n = connections, .port = program_port(&p)};
	assert(c.port != 0);
	c.each = yihu_calloc(connections, sizeof *c.each);
	c.latency_us = yihu_calloc(n_ballots, sizeof *c.latency_us);
	clients_open(&c);
	double daemon = process_us(p.pid);
	struct stopwatch w = started();
	clients_run(&c);
	struct row r = {.client = stopped(w)};
	r.daemon_us = (process_us(p.pid) - daemon) / n_ballots;
	r.p50_ms = measure_median(c.latency_us, n_ballots) / 1e3;
	r.p99_ms = c.latency_us[(size_t)n_ballots * 99 / 100] / 1e3;
	clients_close(&c);
	program_end(&p, SIGTERM);
	free(c.each);
	free(c.latency_us);
	boxdir_free(dir);
	return r;
}

static void print_head(struct rate verified)
{
	measure_print_load();
	printf("%u ballots of width %u a row, made before. %d threads that do nothing else verify\n"
	       "%.0f a second, with %.0f µs of a core each. a second: acknowledged, and so "
	       "durable;\n"
	       "p50, p99: from sending to the receipt; commits: a second, when groups of so many\n"
	       "are only committed; ratio: to the smaller of the two. Then µs of a core a ballot:\n"
	       "client; commit alone; daemon; and daemon / (verification + commit).\n",
	       n_ballots, load_election->election->definition->width, VERIFIERS, verified.a_second,
	       verified.core_us);
	printf("%11s %8s %7s %7s %8s %6s %7s %7s %7s %6s\n", "connections", "a second", "p50 ms",
	       "p99 ms", "commits", "ratio", "client", "commit", "daemon", "ratio");
}

static void print_row(uint32_t connections, struct rate verified)
{
	struct rate committed = committed_alone(connections);
	struct row r = run_row(connections);
	double least =
		verified.a_second < committed.a_second ? verified.a_second : committed.a_second;
	printf("%11u %8.0f %7.2f %7.2f %8.0f %6.2f %7.0f %7.0f %7.0f %6.2f\n", connections,
	       r.client.a_second, r.p50_ms, r.p99_ms, committed.a_second, r.client.a_second / least,
	       r.client.core_us, committed.core_us, r.daemon_us,
	       r.daemon_us / (verified.core_us + committed.core_us));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static const uint32_t connections[] = {1, 16, 64, 256};
	long n = argc == 2 ? atol(argv[1]) : BALLOTS;
	if (argc > 2 || n < 1 || n > 100000 || getenv("YIHU_COUNTD") == NULL) {
		fprintf(stderr, "YIHU_COUNTD=PROGRAM bench-http [BALLOTS]\n");
		return 2;
	}
	n_ballots = (uint32_t)n;
	load_begin(n_ballots);
	struct rate verified = verified_alone();
	print_head(verified);
	for (size_t i = 0; i < sizeof connections / sizeof *connections; i++)
		print_row(connections[i], verified);
	load_end(NULL);
	return 0;
}
