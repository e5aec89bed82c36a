/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon over HTTP, one open and one closed, on loopback: raw bytes, and
 * bodies and names under the calls that there are. Slower than the other
 * targets, and what was accepted stays in the box: a run is not one input.
 */
#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <daemon.h>

#include "fuzz.h"

#define RAW_EVERY 4 /* one choice of so many sends raw bytes */
#define PATIENCE_MS 3

static struct daemon daemons[2];

static void stop(void)
{
	daemon_tear_down(&daemons[0]);
	daemon_tear_down(&daemons[1]);
}

/* The fixture of fuzz_world, so that its files are those of the daemon's log. */
static void set_up(struct daemon *w)
{
	fuzz_random_again();
	daemon_set_up(w, NULL, DURING);
	assert(memcmp(w->f->election->charter->eid, fuzz_world()->charter->eid, YIHU_EID_BYTES) ==
	       0);
}

/* The world's log, entry by entry at its own time. */
static void fill(const struct daemon *w)
{
	const struct fixture_log *log = fuzz_world()->log;
	struct yihu_error err;
	struct yihu_box *b = boxdir_open(w->dir, yihu_load_be64(log->entries[0].data + 1));
	for (size_t i = 1; i < log->n; i++) {
		const struct yihu_buf *e = &log->entries[i];
		uint64_t time = yihu_load_be64(e->data + 1);
		struct yihu_submission s = {.type = e->data[0],
					    .body = e->data + YIHU_ENTRY_HEAD_BYTES,
					    .body_len = e->len - YIHU_ENTRY_HEAD_BYTES};
		if (s.type == YIHU_ENTRY_CLOSE)
			fixture_must(yihu_box_end_poll(b, time, &err), &err);
		fixture_must(yihu_box_commit(b, &s, 1, time, &err), &err);
		fixture_must(s.code, &s.err);
	}
	assert(memcmp(yihu_tree_root(yihu_ledger_tree(yihu_box_ledger(b)), log->n - 1).bytes,
		      fuzz_world()->box.root.bytes, YIHU_NODE_BYTES) == 0);
	yihu_box_close(b);
}

static void start(void)
{
	const struct countd_options options = {.accept_site = true};
	if (daemons[0].d)
		return;
	fuzz_world();
	set_up(&daemons[0]);
	set_up(&daemons[1]);
	fill(&daemons[1]);
	daemon_start(&daemons[0], &options);
	daemon_start(&daemons[1], &options);
	atexit(stop);
}

/* An answer there is, and JSON that says it is JSON is. */
static void check_reply(struct reply *r)
{
	assert(r->status >= 200 && r->status < 600);
	if (r->body.len && reply_has(r, "Content-Type: application/json"))
		json_decref(reply_json(r));
	reply_free(r);
}

static const struct {
	const char *method, *path;
} calls[] = {
	{"POST", "/api/ballot"},
	{"POST", "/api/entry"},
	{"POST", "/api/public/box"},
	{"POST", "/api/public/mix/1"},
	{"POST", "/api/public/mix/2"},
	{"POST", "/api/public/open/1"},
	{"POST", "/api/public/open/2"},
	{"POST", "/api/public/results.pb"},
	{"POST", "/api/public/results.json"},
	{"POST", "/api/public/results"},
	{"POST", "/api/public/site/results.html"},
	{"POST", "/api/public/site/a.txt"},
	{"GET", "/"},
	{"GET", "/api/"},
	{"GET", "/api/credential/"},
	{"GET", "/api/serial/"},
	{"GET", "/api/ballot/"},
	{"GET", "/log/"},
	{"GET", "/log/tile/"},
	{"GET", "/mix/"},
	{"GET", "/site/"},
	{"HEAD", "/"},
	{"POST", "/api/public/"},
};

/* Up to what would end the request line; a POST's name ends at its first LF. */
static size_t name_len(const uint8_t *data, size_t size)
{
	size_t n = 0;
	while (n < size && n < 2000 && data[n] > ' ')
		n++;
	return n;
}

static void call(const struct daemon *w, uint8_t which, const uint8_t *data, size_t size)
{
	size_t i = which % (sizeof calls / sizeof *calls);
	size_t len = calls[i].path[strlen(calls[i].path) - 1] == '/' ? name_len(data, size) : 0;
	char *path = yihu_printf("%s%.*s", calls[i].path, (int)len, (const char *)data);
	bool post = strcmp(calls[i].method, "POST") == 0;
	struct reply r = http_call(w, calls[i].method, path, post ? data + len : NULL,
				   post ? size - len : 0);
	check_reply(&r);
	free(path);
}

/* Goes away soon, whatever the daemon still waits for or has to say. */
static void send_raw(const struct daemon *w, const uint8_t *data, size_t size)
{
	char answer[4096];
	struct pollfd p = {.fd = connect_to(daemon_port(w)), .events = POLLIN};
	assert(p.fd >= 0);
	send(p.fd, data, size, MSG_NOSIGNAL);
	while (poll(&p, 1, PATIENCE_MS) > 0 && recv(p.fd, answer, sizeof answer, 0) > 0)
		;
	close(p.fd);
}

static void check_alive(const struct daemon *w)
{
	static unsigned n;
	if (n++ % 32 != 0)
		return;
	struct reply r = http_get(w, "/healthz");
	assert(r.status == 200 && !countd_failed(w->d));
	reply_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start();
	uint8_t choice = fuzz_take(&data, &size), which = fuzz_take(&data, &size);
	const struct daemon *w = &daemons[choice % 2];
	if (choice / 2 % RAW_EVERY == RAW_EVERY - 1)
		send_raw(w, data, size);
	else
		call(w, which, data, size);
	check_alive(w);
	return 0;
}
