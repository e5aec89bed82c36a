/* SPDX-License-Identifier: Apache-2.0
 *
 * A box whose poll is over, and its files, which the real daemon takes one by one.
 */
#include "uploads.h"

#include <load.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <yihu/audit.h>

#include "attackers.h"
#include "daemon.h"
#include "measure.h"
#include "public/authority.h"

#define BALLOTS 200u
#define TRIES 30 /* a second between two */
#define HOLDERS 2

static const char *const brought[] = {"box",    "mix/1",      "mix/2",        "open/1",
				      "open/2", "results.pb", "results.json", "results"};
#define N_BROUGHT (sizeof brought / sizeof *brought)

/* The election, closed; its box folder's log, and every file. */
struct closed {
	struct fixture *f;
	struct fixture_log *log;
	struct yihu_public *files;
};

static void audit_into(struct closed *c)
{
	struct yihu_audit_options o = {.eid_bits = 256};
	struct yihu_buf pb = {0}, json = {0};
	struct yihu_error err;
	memcpy(o.eid, c->f->election->charter->eid, sizeof o.eid);
	struct yihu_audit *a = yihu_audit_run(c->files, &o);
	fixture_must(yihu_audit_verdict(a, &err), &err);
	yihu_buf_put(&pb, a->results_pb.data, a->results_pb.len);
	yihu_buf_put(&json, a->results_json.data, a->results_json.len);
	yihu_audit_free(a);
	fixture_public_results(c->files, c->f, &pb, &json, FIXTURE_ALL_HOLDERS);
	yihu_buf_free(&pb);
	yihu_buf_free(&json);
}

/* Every entry of the box again, as a log that the fixture makes files of. */
static struct fixture_log *log_of(const struct fixture *f, struct yihu_box *b)
{
	struct fixture_log *log = fixture_log_new(f);
	struct yihu_error err;
	yihu_ledger_truncate(log->ledger, 0);
	yihu_buf_free(&log->entries[0]);
	log->n = 0;
	for (uint64_t i = 0; i < yihu_ledger_size(yihu_box_ledger(b)); i++) {
		struct yihu_buf entry = {0};
		fixture_must(yihu_box_entry(b, i, &entry, &err), &err);
		fixture_must(fixture_log_put(log, entry.data, entry.len, &err), &err);
		yihu_buf_free(&entry);
	}
	return log;
}

/* Its box was written while the poll ran, closed a moment ago. */
static void fill_box(struct closed *c, const char *dir, uint64_t now)
{
	struct yihu_error err;
	struct yihu_box *b = boxdir_open(dir, now - 1000);
	boxdir_vote(b, c->f, 1, BALLOTS, now - 1000);
	fixture_must(yihu_box_end_poll(b, now - 60, &err), &err);
	struct yihu_buf close = boxdir_close(c->f, b);
	struct yihu_submission s = boxdir_commit(b, YIHU_ENTRY_CLOSE, &close, now - 50);
	fixture_must(s.code, &s.err);
	fixture_must(yihu_box_export(b, &err), &err);
	c->log = log_of(c->f, b);
	yihu_box_close(b);
}

static char *closed_new(struct closed *c)
{
	uint64_t now = (uint64_t)time(NULL);
	c->f = fixture_new(&(struct fixture_options){.households = BALLOTS,
						     .n = HOLDERS,
						     .t = HOLDERS,
						     .opens = now - 100000,
						     .closes = now - 100});
	char *dir = boxdir_new(c->f);
	fill_box(c, dir, now);
	c->files = fixture_public_new(c->f);
	fixture_public_log(c->files, c->log);
	fixture_public_box(c->files, c->log, FIXTURE_ALL_HOLDERS);
	for (uint32_t i = 1; i <= HOLDERS; i++)
		fixture_public_mix(c->files, c->log, i);
	for (uint32_t i = 1; i <= HOLDERS; i++)
		fixture_public_open(c->files, c->log, i);
	audit_into(c);
	return dir;
}

static void closed_free(struct closed *c, char *dir)
{
	yihu_public_free(c->files);
	fixture_log_free(c->log);
	fixture_free(c->f);
	boxdir_free(dir);
}

static struct yihu_buf request_for(const struct closed *c, const char *name)
{
	const struct yihu_buf *file = yihu_public_get(c->files, name);
	struct yihu_buf request = {0}, who = {0};
	public_authority_make(&who, yihu_public_name(name).kind, file->data, file->len,
			      yihu_public_get(c->files, "results"));
	yihu_buf_fmt(&request,
		     "POST /api/public/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		     "Content-Length: %zu\r\n",
		     name, file->len);
	if (who.len > 0)
		yihu_buf_fmt(&request, PUBLIC_AUTHORITY_HEADER ": %.*s\r\n", (int)who.len,
			     (const char *)who.data);
	yihu_buf_str(&request, "\r\n");
	yihu_buf_put(&request, file->data, file->len);
	yihu_buf_free(&who);
	return request;
}

/* Seconds until it was taken; −1: it was not. */
static double bring(const struct closed *c, const char *name, int port)
{
	struct yihu_buf request = request_for(c, name);
	double from = measure_us(CLOCK_MONOTONIC);
	int status = 0;
	for (unsigned i = 0; i < TRIES && status != 201 && status != 200; i++) {
		if (i > 0)
			sleep(1);
		struct reply r = http_raw(port, request.data, request.len);
		status = r.status;
		reply_free(&r);
	}
	yihu_buf_free(&request);
	return status == 201 || status == 200 ? (measure_us(CLOCK_MONOTONIC) - from) / 1e6 : -1;
}

static bool print_row(const struct attack *a)
{
	struct closed c;
	char *dir = closed_new(&c);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	struct attackers *x = a->connections > 0 ? attackers_start(a, port) : NULL;
	bool taken = true;
	printf("%-27s %5u", a->name, a->connections);
	for (size_t i = 0; i < N_BROUGHT; i++) {
		double s = bring(&c, brought[i], port);
		taken = taken && s >= 0;
		printf(" %12.2f", s);
		fflush(stdout);
	}
	printf("\n");
	if (x)
		attackers_stop(x);
	program_end(&p, SIGTERM);
	closed_free(&c, dir);
	return taken;
}

bool uploads_print(void)
{
#define POST(name, len)                                                                            \
	"POST /api/public/" name " HTTP/1.1\r\nHost: x\r\nContent-Length: " len "\r\n"
	static const struct attack slow[] = {
		{.name = "nobody attacks"},
		{"results.pb, byte by byte", 4, .every_s = 1, .again = "x",
		 .first = POST("results.pb", "67000000") "\r\nx"},
		{"the box, byte by byte", 64, .every_s = 1, .again = "x",
		 .first = POST("box", "300") "\r\nx"},
	};
	static const char *const floods[][2] = {
		{"the box, of a byte", POST("box", "1") "\r\nx"},
		{"results.pb, of a byte", POST("results.pb", "1") "\r\nx"},
		{"a mix by a false signature",
		 POST("mix/1", "100") PUBLIC_AUTHORITY_HEADER ": 1 00 00\r\n\r\n"},
	};
#undef POST
	bool taken = true;
	printf("\nseconds until each file is taken, and audited with %u ballots (−1: not in %d s), "
	       "while:\n%-27s %5s",
	       BALLOTS, TRIES, "attack", "conns");
	for (size_t i = 0; i < N_BROUGHT; i++)
		printf(" %12s", brought[i]);
	printf("\n");
	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++)
		taken = print_row(&slow[i]) && taken;
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		struct yihu_buf request = {0};
		yihu_buf_str(&request, floods[i][1]);
		taken = print_row(&(struct attack){.name = floods[i][0],
						   .connections = 64,
						   .requests = &request,
						   .n = 1}) &&
			taken;
		yihu_buf_free(&request);
	}
	return taken;
}
