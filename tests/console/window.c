/* SPDX-License-Identifier: Apache-2.0
 *
 * The window's server, asked as a page does, and as others do; and programs that it runs:
 * here small scripts under the programs' names.
 */

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <yihu/file.h>

#include "console/console.h"
#include "daemon.h"
#include "test.h"

#define ISSUE                                                                                      \
	"#!/bin/sh\n"                                                                              \
	"case \"$1\" in\n"                                                                         \
	"status) echo '{\"stage\":\"drafted\"}' ;;\n"                                              \
	"read) shift; for w; do echo \"[$w]\"; done; echo \"lang $LANGUAGE\"; cat <&3; exit 3 "    \
	";;\n"                                                                                     \
	"long) echo begun; while [ ! -e \"$2\" ]; do sleep 0.02; done; echo ended ;;\n"            \
	"esac\n"

struct window {
	char *home, *programs, *shelf;
	const char *shelves[1];
	struct console *c;
	pthread_t waits;
	int stop;
	int port;
	char token[80];
};

static void *wait_for_stop(void *window)
{
	struct window *w = window;
	console_wait(w->c, w->stop);
	return NULL;
}

static void put_program(const struct window *w, const char *name, const char *script)
{
	struct yihu_error err;
	char *path = yihu_path(w->programs, name);
	fixture_must(yihu_file_write(path, script, strlen(script), 0700, &err), &err);
	free(path);
}

static void make_folders(struct window *w)
{
	struct yihu_error err;
	w->home = boxdir_temp();
	w->programs = yihu_path(w->home, "programs");
	w->shelf = yihu_path(w->home, "yihu");
	char *ceremony = yihu_printf("%s/park 1/ceremony", w->shelf);
	char *plan = yihu_path(ceremony, "plan");
	fixture_must(yihu_dir_make(w->programs, 0700, &err), &err);
	fixture_must(yihu_dir_make(ceremony, 0700, &err), &err);
	fixture_must(yihu_file_write(plan, "x", 1, 0600, &err), &err);
	put_program(w, "yihu-issue", ISSUE);
	setenv("XDG_RUNTIME_DIR", w->home, 1);
	free(plan);
	free(ceremony);
}

static struct reply ask(const struct window *w, const char *request)
{
	return http_raw(w->port, request, strlen(request));
}

/* As a page of ours: GET, or POST where there is a body. */
static struct reply ask_as_page(const struct window *w, const char *path, const char *body)
{
	char *request = yihu_printf("%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
				    "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n"
				    "Content-Type: application/json\r\nAuthorization: Bearer %s\r\n"
				    "Content-Length: %zu\r\n\r\n%s",
				    body ? "POST" : "GET", path, w->port, w->port, w->token,
				    body ? strlen(body) : 0, body ? body : "");
	struct reply r = ask(w, request);
	free(request);
	return r;
}

static void enter(struct window *w)
{
	char *body = yihu_printf("{\"said\":\"%s\"}", console_code(w->c));
	struct reply r = ask_as_page(w, "/api/enter", body);
	json_t *j = reply_json(&r);
	assert_int_equal(r.status, 200);
	snprintf(w->token, sizeof w->token, "%s", json_text(j, "token"));
	json_decref(j);
	reply_free(&r);
	free(body);
}

static int window_open(void **state)
{
	struct window *w = yihu_calloc(1, sizeof *w);
	struct yihu_error err;
	make_folders(w);
	w->shelves[0] = w->shelf;
	w->stop = eventfd(0, EFD_CLOEXEC);
	/* As the program does, which waits for them in one place. */
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	fixture_must(console_start(&w->c,
				   &(struct console_options){.programs = w->programs,
							     .shelves = w->shelves,
							     .n_shelves = 1},
				   &err),
		     &err);
	w->port = atoi(strrchr(console_url(w->c), ':') + 1);
	assert_int_equal(pthread_create(&w->waits, NULL, wait_for_stop, w), 0);
	enter(w);
	*state = w;
	return 0;
}

static int window_close(void **state)
{
	struct window *w = *state;
	uint64_t one = 1;
	assert_int_equal(write(w->stop, &one, sizeof one), sizeof one);
	pthread_join(w->waits, NULL);
	console_stop(w->c);
	close(w->stop);
	boxdir_free(w->home);
	free(w->programs);
	free(w->shelf);
	free(w);
	return 0;
}

static int status_of(struct reply r)
{
	int status = r.status;
	reply_free(&r);
	return status;
}

static void strangers_get_nothing(void **state)
{
	const struct window *w = *state;
	char *good = yihu_printf("Host: 127.0.0.1:%d\r\nConnection: close\r\n", w->port);
	static const struct {
		const char *first, *more;
		int status;
	} rows[] = {
		{"GET /api/books", "", 401},
		{"GET /api/books", "Authorization: Bearer 00\r\n", 401},
		{"GET /api/books", "Origin: http://evil.example\r\n", 403},
		{"GET /api/run", "", 401}, /* asks after a run; begins none */
		{"PUT /api/run", "", 405},
		{"DELETE /", "", 405},
		{"POST /", "", 405},
		{"POST /api/enter", "Content-Length: 0\r\n", 403},
		{"GET /nothing", "", 404},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *request =
			yihu_printf("%s HTTP/1.1\r\n%s%s\r\n", rows[i].first, good, rows[i].more);
		int status = status_of(ask(w, request));
		if (status != rows[i].status)
			fail_msg("%s: %d instead of %d", rows[i].first, status, rows[i].status);
		free(request);
	}
	assert_int_equal(status_of(ask(w, "GET / HTTP/1.1\r\nHost: evil.example\r\n"
					  "Connection: close\r\n\r\n")),
			 421);
	free(good);
}

static void nothing_is_kept_by_a_browser(void **state)
{
	const struct window *w = *state;
	struct reply r = ask_as_page(w, "/api/books", NULL);
	assert_int_equal(r.status, 200);
	assert_true(reply_has(&r, "Cache-Control: no-store"));
	assert_true(reply_has(&r, "X-Content-Type-Options: nosniff"));
	assert_null(strcasestr(r.head, "Set-Cookie"));
	assert_null(strcasestr(r.head, "Access-Control"));
	reply_free(&r);
}

/* The id of the one election there is. */
static void book_id(const struct window *w, char id[static 64])
{
	struct reply r = ask_as_page(w, "/api/books", NULL);
	json_t *j = reply_json(&r), *list = json_object_get(j, "books");
	assert_int_equal(json_array_size(list), 1);
	assert_string_equal(json_text(json_array_get(list, 0), "name"), "park 1");
	snprintf(id, 64, "%s", json_text(json_array_get(list, 0), "id"));
	json_decref(j);
	reply_free(&r);
}

/* The outcome of a run: -1 while it is at work. */
static int outcome(const struct window *w, long long number, char *said, size_t size)
{
	char *path = yihu_printf("/api/run?run=%lld", number);
	struct reply r = ask_as_page(w, path, NULL);
	json_t *j = reply_json(&r);
	assert_int_equal(r.status, 200);
	snprintf(said, size, "%s", json_text(j, "said"));
	int status = json_is_true(json_object_get(j, "ended")) ? (int)json_number(j, "status") : -1;
	json_decref(j);
	reply_free(&r);
	free(path);
	return status;
}

static long long begin(const struct window *w, const char *body)
{
	struct reply r = ask_as_page(w, "/api/run", body);
	if (r.status != 200)
		fail_msg("%d %.*s", r.status, (int)r.body.len, (const char *)r.body.data);
	json_t *j = reply_json(&r);
	long long number = json_number(j, "run");
	json_decref(j);
	reply_free(&r);
	return number;
}

static int ended(const struct window *w, long long number, char *said, size_t size)
{
	int status;
	while ((status = outcome(w, number, said, size)) < 0)
		poll(NULL, 0, 10);
	return status;
}

static void a_program_gets_its_words_and_passphrases(void **state)
{
	const struct window *w = *state;
	char id[64], said[1024], wanted[1024];
	book_id(w, id);
	char *body = yihu_printf(
		"{\"program\":\"yihu-issue\",\"book\":\"%s\",\"language\":\"zh\",\"words\":"
		"[\"read\",\"{dir}\",\"a b; rm $x\"],\"options\":{\"key\":[\"1\",\"{public}/2\"],"
		"\"seen\":true,\"not\":false},\"passphrases\":[\"one two\",\"three\"]}",
		id);
	assert_int_equal(ended(w, begin(w, body), said, sizeof said), 3);
	snprintf(wanted, sizeof wanted,
		 "[%s/park 1]\n[a b; rm $x]\n[--key=1]\n[--key=%s/park 1/box/public/2]\n[--seen]\n"
		 "[--passphrase-fd=3]\nlang zh_CN\none two\nthree\n",
		 w->shelf, w->shelf);
	assert_string_equal(said, wanted);
	free(body);
}

/* Else nobody could end it. */
static void a_program_hears_every_signal(void **state)
{
	const struct window *w = *state;
	char said[1024], *grep = yihu_path(w->programs, "yihu-tally");
	assert_int_equal(symlink("/bin/grep", grep), 0); /* a shell would unblock them itself */
	free(grep);
	long long number = begin(w, "{\"program\":\"yihu-tally\",\"words\":[\"SigBlk\","
				    "\"/proc/self/status\"]}");
	assert_int_equal(ended(w, number, said, sizeof said), 0);
	assert_string_equal(said, "SigBlk:\t0000000000000000\n");
}

static void what_is_no_order_is_refused(void **state)
{
	const struct window *w = *state;
	static const char *const bodies[] = {
		"",
		"[]",
		"{\"program\":\"sh\",\"words\":[\"x\"]}",
		"{\"program\":\"../yihu-issue\",\"words\":[\"x\"]}",
		"{\"program\":\"yihu-issue\",\"words\":[]}",
		"{\"program\":\"yihu-issue\",\"words\":[\"--verbs\"]}",
		"{\"program\":\"yihu-issue\",\"words\":[1]}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"options\":{\"passphrase-fd\":"
		"\"0\"}}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"options\":{\"a=b\":\"0\"}}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"passphrases\":[\"a\\nb\"]}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"book\":\"none\"}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"new\":\"../x\"}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"new\":\".x\"}",
		"{\"program\":\"yihu-issue\",\"words\":[\"x\"],\"new\":\"-x\"}",
	};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		int status = status_of(ask_as_page(w, "/api/run", bodies[i]));
		if (status != 400)
			fail_msg("%s: %d", bodies[i], status);
	}
}

/* The newest of what was begun: what it is, and whether it has ended. */
static bool newest_ended(const struct window *w, const char *id, const char *what)
{
	char *path = yihu_printf("/api/works?book=%s", id);
	struct reply r = ask_as_page(w, path, NULL);
	json_t *j = reply_json(&r), *first = json_array_get(json_object_get(j, "works"), 0);
	assert_int_equal(r.status, 200);
	assert_string_equal(json_text(first, "what"), what);
	bool ended = json_is_true(json_object_get(first, "ended"));
	json_decref(j);
	reply_free(&r);
	free(path);
	return ended;
}

/* One step of an election at a time; what was begun is still known to another window. */
static void one_step_at_a_time(void **state)
{
	const struct window *w = *state;
	char id[64], said[1024];
	struct yihu_error err;
	book_id(w, id);
	char *end = yihu_path(w->home, "end");
	char *body = yihu_printf("{\"program\":\"yihu-issue\",\"book\":\"%s\",\"words\":"
				 "[\"long\",\"%s\"]}",
				 id, end);
	long long number = begin(w, body);
	assert_int_equal(status_of(ask_as_page(w, "/api/run", body)), 409);
	assert_false(newest_ended(w, id, "yihu-issue long"));
	fixture_must(yihu_file_write(end, "", 0, 0600, &err), &err);
	assert_int_equal(ended(w, number, said, sizeof said), 0);
	assert_string_equal(said, "begun\nended\n");
	assert_true(newest_ended(w, id, "yihu-issue long"));
	assert_int_equal(ended(w, begin(w, body), said, sizeof said), 0);
	free(body);
	free(end);
}

static void a_second_window_is_refused(void **state)
{
	const struct window *w = *state;
	struct console *other = NULL;
	struct yihu_error err;
	assert_int_equal(console_start(&other,
				       &(struct console_options){.programs = w->programs,
								 .shelves = w->shelves,
								 .n_shelves = 1},
				       &err),
			 YIHU_ELOCKED);
	assert_null(other);
}

static void what_was_dropped_is_gone_at_the_end(void **state)
{
	struct window *w = *state;
	struct reply r = ask_as_page(w, "/api/drop", "{\"name\":\"a.csv\",\"base64\":\"YWI=\"}");
	json_t *j = reply_json(&r);
	char *path = yihu_strdup(json_text(j, "path"));
	assert_true(yihu_file_exists(path));
	json_decref(j);
	reply_free(&r);
	assert_int_equal(
		status_of(ask_as_page(w, "/api/drop", "{\"name\":\"../a\",\"base64\":\"YWI=\"}")),
		400);
	assert_int_equal(
		status_of(ask_as_page(w, "/api/drop", "{\"name\":\"b\",\"base64\":\"?\"}")), 400);
	void *again = w;
	char *home = w->home;
	w->home = boxdir_temp(); /* removed by the closing; ours is looked at first */
	window_close(&again);
	assert_false(yihu_file_exists(path));
	boxdir_free(home);
	free(path);
	*state = NULL;
}

static int closed_already(void **state)
{
	return *state ? window_close(state) : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(strangers_get_nothing, window_open, window_close),
		cmocka_unit_test_setup_teardown(nothing_is_kept_by_a_browser, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(a_program_gets_its_words_and_passphrases,
						window_open, window_close),
		cmocka_unit_test_setup_teardown(a_program_hears_every_signal, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(what_is_no_order_is_refused, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(one_step_at_a_time, window_open, window_close),
		cmocka_unit_test_setup_teardown(a_second_window_is_refused, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(what_was_dropped_is_gone_at_the_end, window_open,
						closed_already),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
