/* SPDX-License-Identifier: Apache-2.0
 *
 * Each row: a box of its own, the real daemon, the attack, and amid it the voters.
 */
#include "attacks.h"

#include <fcntl.h>
#include <load.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "attackers.h"
#include "measure.h"
#include "payloads.h"
#include "voters.h"

#define VOTED 64
#define OWN 4
#define FULL 2000 /* connections that the daemon has */
#define MANY 400
/* What must hold of voters under attack, against those without. */
#define WORST_RATIO 10.0
#define WORST_MS 2000.0 /* at width 1 */

#define HEAD_SLOWLY "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: "
#define BODY_SLOWLY "POST /api/ballot HTTP/1.1\r\nHost: x\r\nContent-Length: 294\r\n\r\n"
#define HEALTH "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
#define UPLOAD_SLOWLY                                                                              \
	"POST /api/public/results.pb HTTP/1.1\r\nHost: x\r\nContent-Length: 67000000\r\n\r\nx"
#define NOTHING N_PAYLOADS

/* The rows; of_all: at each width, else at the narrowest alone. */
static const struct row {
	struct attack attack;
	enum payload payload;
	bool of_all;
} rows[] = {
	{{.name = "nobody attacks"}, NOTHING, true},
	{{"nothing is sent", FULL, .every_s = 1, .first = "", .again = ""}, NOTHING, false},
	{{"headers, byte by byte", FULL, .every_s = 1, .first = HEAD_SLOWLY, .again = "a"},
	 NOTHING,
	 false},
	{{"bodies, byte by byte", FULL, .every_s = 1, .first = BODY_SLOWLY, .again = "a"},
	 NOTHING,
	 false},
	{{"kept alive", FULL, .every_s = 8, .first = HEALTH, .again = HEALTH}, NOTHING, false},
	{{"false proofs", .connections = MANY}, PAYLOAD_BAD_PROOF, true},
	{{"false proofs", .connections = FULL}, PAYLOAD_BAD_PROOF, false},
	{{"false signatures", .connections = MANY}, PAYLOAD_BAD_SIGNATURE, true},
	{{"false signatures", .connections = FULL}, PAYLOAD_BAD_SIGNATURE, false},
	{{"strangers' keys", .connections = MANY}, PAYLOAD_FOREIGN, true},
	{{"letters that voted", .connections = MANY}, PAYLOAD_VOTED, true},
	{{"entries of nobody", .connections = MANY}, PAYLOAD_ENTRY, true},
	{{"uploads held", 4, .every_s = 10, .first = UPLOAD_SLOWLY, .again = "x"}, NOTHING, false},
	{{"uploads of a byte", .connections = 4}, PAYLOAD_UPLOAD, false},
	{{"scanning", .connections = MANY}, PAYLOAD_SCAN, false},
};

/* How many vote, and how fast they come: a wide ballot is dear. */
struct scale {
	uint32_t voters;
	double a_second;
};

static struct scale scale_of(uint32_t width)
{
	return width <= 1    ? (struct scale){200, 20}
	       : width <= 16 ? (struct scale){100, 10}
			     : (struct scale){20, 1};
}

/* A box in which the first letters have voted. */
static char *make_box(void)
{
	char *dir = boxdir_new(load_election);
	struct yihu_box *b = boxdir_open(dir, (uint64_t)time(NULL));
	struct yihu_submission subs[VOTED];
	struct yihu_error err;
	for (uint32_t i = 0; i < VOTED; i++)
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = load_homes[i].ballot.data,
						   .body_len = load_homes[i].ballot.len,
						   .verified = YIHU_VERIFIED_BEFORE};
	fixture_must(yihu_box_commit(b, subs, VOTED, (uint64_t)time(NULL), &err), &err);
	yihu_box_close(b);
	return dir;
}

/* The daemon's standard error, to count its lines. */
static int errors_into_file(void)
{
	char path[] = "/tmp/yihu-bench-XXXXXX";
	int file = mkstemp(path), before = dup(STDERR_FILENO);
	if (file < 0 || before < 0)
		abort();
	unlink(path);
	setenv("YIHU_TEST_LOG", "1", 1);
	dup2(file, STDERR_FILENO);
	close(file);
	return before;
}

static uint64_t errors_back(int before)
{
	char some[4096];
	uint64_t lines = 0;
	ssize_t n;
	lseek(STDERR_FILENO, 0, SEEK_SET);
	while ((n = read(STDERR_FILENO, some, sizeof some)) > 0)
		for (ssize_t i = 0; i < n; i++)
			lines += some[i] == '\n';
	dup2(before, STDERR_FILENO);
	close(before);
	return lines;
}

struct outcome {
	struct voters voters;
	struct attackers_got got;
	double cores; /* that the daemon had */
	uint64_t lines;
};

static struct outcome run(const struct attack *a, const struct letters_used *l, double a_second)
{
	struct outcome o = {0};
	char *dir = make_box();
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	int before = errors_into_file();
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	struct attackers *x = a->connections > 0 ? attackers_start(a, port) : NULL;
	struct measure_cores before_it = measure_cores_of(p.pid);
	double from = measure_us(CLOCK_MONOTONIC);
	o.voters = voters_run(port, l->honest - 1, l->n_honest, a_second);
	o.cores = measure_cores_since(&before_it, p.pid, measure_us(CLOCK_MONOTONIC) - from).all;
	if (x)
		o.got = attackers_stop(x);
	program_end(&p, SIGTERM);
	o.lines = errors_back(before);
	boxdir_free(dir);
	return o;
}

static void print_row(const struct attack *a, const struct outcome *o, double quiet_p99)
{
	const struct voters *v = &o->voters;
	const struct attackers_got *g = &o->got;
	double s = g->seconds > 0 ? g->seconds : 1;
	printf("%-22s %5u %8.0f %8.0f %8.0f %7.0f %4u/%-4u %5u %8.1f %8.1f %8.1f %7.1f %6.2f "
	       "%6llu\n",
	       a->name, a->connections, (double)g->answers[2] / s, (double)g->answers[4] / s,
	       (double)g->answers[5] / s, (double)g->ended / s, v->served, v->n, v->tries,
	       v->p50_ms, v->p99_ms, v->max_ms, v->p99_ms / quiet_p99, o->cores,
	       (unsigned long long)o->lines);
	fflush(stdout);
}

static void print_head(uint32_t width, struct scale s)
{
	printf("\nballots of width %u; %.0f voters a second. a second: what the attack's "
	       "connections "
	       "got\n(answers of 2xx, 4xx, 5xx, and no answer); voters with a receipt within %d s, "
	       "and how\noften they sent; ms from the wish to the receipt; p99 against nobody's "
	       "attack; cores that\nthe daemon had; lines that it wrote.\n",
	       width, s.a_second, VOTERS_PATIENCE_S);
	printf("%-22s %5s %8s %8s %8s %7s %9s %5s %8s %8s %8s %7s %6s %6s\n", "attack", "conns",
	       "2xx", "4xx", "5xx", "none", "served", "tries", "p50", "p99", "max", "ratio",
	       "cores", "lines");
}

static bool holds(const struct outcome *o, uint32_t width, double quiet_p99)
{
	const struct voters *v = &o->voters;
	return v->served == v->n && v->p99_ms <= WORST_RATIO * quiet_p99 &&
	       (width > 1 || v->p99_ms < WORST_MS);
}

static void make_payloads(struct yihu_buf *out, const struct row *row, const struct letters_used *l)
{
	for (size_t i = 0; i < PAYLOADS; i++)
		yihu_buf_free(&out[i]);
	if (row->payload != NOTHING)
		payloads_make(out, row->payload, l);
}

/* The one without an attack is what the others are held against. */
static bool is_asked(const struct row *row, uint32_t width, const char *only)
{
	if (width > 1 && !row->of_all)
		return false;
	return !only || row->attack.connections == 0 || strstr(row->attack.name, only);
}

bool attacks_print(uint32_t width, const char *only)
{
	struct scale s = scale_of(width);
	const struct letters_used l = {.voted = 1,
				       .n_voted = VOTED,
				       .honest = VOTED + 1,
				       .n_honest = s.voters,
				       .own = VOTED + s.voters + 1,
				       .n_own = OWN};
	struct yihu_buf requests[PAYLOADS] = {0};
	double quiet_p99 = 1;
	bool all_hold = true;
	load_begin_wide(VOTED + s.voters + OWN, width > 1 ? 16 * width : 2);
	print_head(load_election->election->definition->width, s);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct attack a = rows[i].attack;
		if (!is_asked(&rows[i], width, only))
			continue;
		make_payloads(requests, &rows[i], &l);
		a.requests = requests;
		a.n = rows[i].payload == NOTHING ? 0 : PAYLOADS;
		struct outcome o = run(&a, &l, s.a_second);
		if (a.connections == 0)
			quiet_p99 = o.voters.p99_ms;
		all_hold = all_hold && holds(&o, width, quiet_p99);
		print_row(&a, &o, quiet_p99);
	}
	for (size_t i = 0; i < PAYLOADS; i++)
		yihu_buf_free(&requests[i]);
	load_end(NULL);
	return all_hold;
}
