/* SPDX-License-Identifier: Apache-2.0
 *
 * The real daemon under load.
 */
#include "load.h"

#include <assert.h>
#include <daemon.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#define WORDS_MAX 64

struct fixture *load_election;
struct home *load_homes;
static uint32_t n_homes;
static atomic_uint strange;

void load_begin(uint32_t households)
{
	load_begin_wide(households, 2);
}

void load_begin_wide(uint32_t households, uint32_t projects)
{
	uint64_t now = (uint64_t)time(NULL);
	clock_go(now);
	load_election = fixture_new(&(struct fixture_options){.households = households,
							      .projects = projects,
							      .opens = now - 1000,
							      .closes = now + 86400});
	n_homes = households;
	load_homes = yihu_calloc(households, sizeof *load_homes);
	for (uint32_t i = 0; i < households; i++)
		load_homes[i].ballot = boxdir_ballot(load_election, i + 1, i);
}

void load_forget(void)
{
	for (uint32_t i = 0; i < n_homes; i++) {
		load_homes[i].acknowledged = false;
		free(load_homes[i].receipt);
		load_homes[i].receipt = NULL;
	}
}

int load_end(void **state)
{
	(void)state;
	load_forget();
	for (uint32_t i = 0; i < n_homes; i++)
		yihu_buf_free(&load_homes[i].ballot);
	free(load_homes);
	fixture_free(load_election);
	return 0;
}

uint32_t load_unserved(void)
{
	uint32_t i = 0;
	while (i < n_homes && load_homes[i].acknowledged)
		i++;
	return i;
}

static void run(const char *const *prefix, const char *path, const char *const *words)
{
	char *all[WORDS_MAX];
	size_t n = 0;
	for (; prefix && *prefix && n < WORDS_MAX / 2; prefix++)
		all[n++] = yihu_strdup(*prefix);
	all[n++] = yihu_strdup(path);
	for (; *words && n < WORDS_MAX - 1; words++)
		all[n++] = yihu_strdup(*words);
	all[n] = NULL;
	execvp(all[0], all);
	_exit(127);
}

struct program program_start(const char *const *prefix, const char *variable,
			     const char *const *words)
{
	struct program p;
	int ends[2];
	const char *path = getenv(variable);
	assert(path);
	if (pipe2(ends, O_CLOEXEC) != 0)
		abort();
	p.pid = fork();
	assert(p.pid >= 0);
	if (p.pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		if (!getenv("YIHU_TEST_LOG"))
			(void)!freopen("/dev/null", "w", stderr);
		run(prefix, path, words);
	}
	close(ends[1]);
	p.out = ends[0];
	return p;
}

int program_port(const struct program *p)
{
	char line[128] = "";
	for (size_t n = 0; n < sizeof line - 1 && read(p->out, line + n, 1) == 1; n++)
		if (line[n] == '\n')
			break;
	const char *colon = strrchr(line, ':');
	return colon ? atoi(colon + 1) : 0;
}

pid_t program_front(const struct program *p)
{
	char *path = yihu_printf("/proc/%d/task/%d/children", (int)p->pid, (int)p->pid);
	FILE *f = fopen(path, "r");
	int child = 0;
	bool has = f && fscanf(f, "%d", &child) == 1;
	assert(has && child > 0);
	fclose(f);
	free(path);
	return child;
}

int program_end(struct program *p, int signal)
{
	int status = 0;
	if (signal)
		kill(p->pid, signal);
	if (waitpid(p->pid, &status, 0) != p->pid)
		abort();
	close(p->out);
	return status;
}

/* Cut off amid the answer, half of it may have come: no receipt. */
static void remember(struct home *h, const struct reply *r)
{
	json_t *j = json_loadb((const char *)r->body.data, r->body.len, 0, NULL);
	if (j) {
		h->index = (uint64_t)json_number(j, "index");
		free(h->receipt);
		h->receipt = yihu_strdup(json_text(j, "receipt"));
		h->acknowledged = true;
	}
	json_decref(j);
}

int load_send(struct home *h, int port)
{
	struct yihu_buf request = {0};
	yihu_buf_fmt(&request,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		     "Content-Length: %zu\r\n\r\n",
		     h->ballot.len);
	yihu_buf_put(&request, h->ballot.data, h->ballot.len);
	struct reply r = http_raw(port, request.data, request.len);
	int status = r.status;
	if (status == 201 || status == 200)
		remember(h, &r);
	else if (status != 0 && status != 503)
		atomic_fetch_add(&strange, 1);
	reply_free(&r);
	yihu_buf_free(&request);
	return status;
}

struct rush {
	pthread_t *clients;
	unsigned n;
	int port;
	atomic_uint next;
	atomic_bool going;
};

static void *send_on(void *rush)
{
	struct rush *r = rush;
	while (atomic_load(&r->going)) {
		uint32_t i = atomic_fetch_add(&r->next, 1);
		if (i >= n_homes)
			break;
		if (!load_homes[i].acknowledged)
			load_send(&load_homes[i], r->port);
	}
	return NULL;
}

struct rush *rush_start(uint32_t first, unsigned clients, int port)
{
	struct rush *r = yihu_calloc(1, sizeof *r);
	r->clients = yihu_calloc(clients, sizeof *r->clients);
	r->port = port;
	atomic_store(&r->next, first);
	atomic_store(&r->going, true);
	for (; r->n < clients; r->n++)
		if (pthread_create(&r->clients[r->n], NULL, send_on, r) != 0)
			abort();
	return r;
}

void rush_stop(struct rush *r)
{
	atomic_store(&r->going, false);
	for (unsigned i = 0; i < r->n; i++)
		pthread_join(r->clients[i], NULL);
	free(r->clients);
	free(r);
}

/* The receipt holds in the final log. */
static bool receipt_holds(const struct yihu_ledger *l, const struct home *h)
{
	struct yihu_receipt r = {0};
	struct yihu_error err;
	if (yihu_receipt_parse(&r, h->receipt, strlen(h->receipt),
			       &load_election->election->charter->log, &err))
		return false;
	bool holds = r.index == h->index && r.checkpoint.size <= yihu_ledger_size(l) &&
		     r.entry_len == YIHU_ENTRY_HEAD_BYTES + h->ballot.len &&
		     memcmp(r.entry + YIHU_ENTRY_HEAD_BYTES, h->ballot.data, h->ballot.len) == 0;
	if (holds) {
		struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), r.checkpoint.size);
		holds = memcmp(&root, &r.checkpoint.root, sizeof root) == 0;
	}
	yihu_receipt_free(&r);
	return holds;
}

/* How many entries hold a ballot of each household. */
static unsigned *count_ballots(struct yihu_box *b)
{
	unsigned *times = yihu_calloc(n_homes + 1, sizeof *times);
	struct yihu_buf entry = {0};
	for (uint64_t i = 0; i < yihu_ledger_size(yihu_box_ledger(b)); i++) {
		struct yihu_error err;
		yihu_buf_reset(&entry);
		fixture_must(yihu_box_entry(b, i, &entry, &err), &err);
		if (entry.data[0] == YIHU_ENTRY_BALLOT)
			times[yihu_load_be32(entry.data + YIHU_ENTRY_HEAD_BYTES + 1)]++;
	}
	yihu_buf_free(&entry);
	return times;
}

struct load_figures load_check(const char *dir)
{
	struct load_figures n = {.strange = atomic_load(&strange)};
	struct yihu_box *b = boxdir_open(dir, (uint64_t)time(NULL));
	const struct yihu_ledger *l = yihu_box_ledger(b);
	unsigned *times = count_ballots(b);
	n.entries = yihu_ledger_size(l);
	for (uint32_t i = 0; i < n_homes; i++) {
		const struct home *h = &load_homes[i];
		struct yihu_buf entry = {0};
		n.twice += times[i + 1] > 1;
		if (!h->acknowledged)
			continue;
		n.acknowledged++;
		bool there = times[i + 1] > 0 && !yihu_box_entry(b, h->index, &entry, NULL) &&
			     entry.len == YIHU_ENTRY_HEAD_BYTES + h->ballot.len &&
			     memcmp(entry.data + YIHU_ENTRY_HEAD_BYTES, h->ballot.data,
				    h->ballot.len) == 0;
		n.lost += !there;
		n.bad_receipts += !receipt_holds(l, h);
		yihu_buf_free(&entry);
	}
	free(times);
	yihu_box_close(b);
	return n;
}

int load_audit(const char *dir)
{
	char eid[2 * YIHU_EID_BYTES + 1];
	char *pub = yihu_path(dir, "public");
	const char *serve[] = {dir, "--listen", "127.0.0.1:0", NULL};
	const char *audit[] = {pub, "--eid", eid, NULL};
	yihu_hex_into(eid, load_election->election->charter->eid, YIHU_EID_BYTES);
	eid[2 * YIHU_EID_BYTES] = 0;
	struct program p = program_start(NULL, "YIHU_COUNTD", serve);
	int status = program_port(&p) ? 0 : -1;
	status |= program_end(&p, SIGTERM);
	if (status == 0) {
		p = program_start(NULL, "YIHU_AUDIT", audit);
		char rest[4096];
		while (read(p.out, rest, sizeof rest) > 0)
			;
		status = program_end(&p, 0);
	}
	free(pub);
	return status;
}
