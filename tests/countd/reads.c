/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that read, their refusals, and what every answer bears.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "test.h"

static void state_through_the_poll(void **state)
{
	struct daemon *w = *state;
	static const struct {
		uint64_t now;
		const char *name;
	} rows[] = {
		{BEFORE, "issued"},
		{FIXTURE_OPENS, "open"},
		{FIXTURE_CLOSES - 1, "open"},
		{FIXTURE_CLOSES, "ended"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		clock_go(rows[i].now);
		json_t *j = get(w, "/api/state", 200);
		assert_string_equal(json_text(j, "state"), rows[i].name);
		assert_string_equal(json_text(j, "opens"), "2025-12-01T00:00:00Z");
		assert_string_equal(json_text(j, "closes"), "2025-12-08T00:00:00Z");
		assert_int_equal(json_number(j, "entitled"), 12);
		assert_int_equal(json_number(j, "queue"), 0);
		json_decref(j);
	}
	clock_go(AFTER);
	post_only(w, "/api/entry", close_entry(w), 201, "");
	json_t *j = get(w, "/api/state", 200);
	assert_string_equal(json_text(j, "state"), "closed");
	json_decref(j);
}

static void turnout_by_the_hour(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
	clock_go(DURING + 2 * 3600);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 3, 1), 201, "");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 0, 13)), 201, "");
	for (int i = 0; i < 2; i++) {
		json_t *j = get(w, "/api/turnout", 200);
		json_t *hours = json_object_get(j, "hours");
		assert_int_equal(json_number(j, "cast"), 3);
		assert_int_equal(json_number(j, "entitled"), 13);
		assert_int_equal(json_number(json_object_get(j, "changes"), "additions"), 1);
		assert_int_equal(json_array_size(hours), 2);
		assert_int_equal(json_number(json_array_get(hours, 0), "ballots"), 2);
		assert_string_equal(json_text(json_array_get(hours, 1), "start"),
				    "2025-12-01T03:00:00Z");
		json_decref(j);
		restart(w);
	}
}

static void refused_reads(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *path;
		int status;
	} rows[] = {
		{"/api/serial/0", 404},
		{"/api/serial/13", 404},
		{"/api/serial/03", 400},
		{"/api/serial/-1", 400},
		{"/api/serial/99999999999999999999", 400},
		{"/api/serial/", 404},
		{"/api/credential/0", 404},
		{"/api/credential/x", 400},
		{"/api/ballot/XXXX", 400},
		{"/api/ballot/UUUU-UUUU-UUUU-UUUU", 400},
		{"/api/ballot/0000-0000-0000-0000", 404},
		{"/api/ballot/", 404},
		{"/api", 404},
		{"/nothing", 404},
		{"/box", 404},
		{"/box.db", 404},
		{"/log.key", 404},
		{"/.lock", 404},
		{"/address", 404},
		{"/mix/1", 404},
		{"/mix/0", 404},
		{"/mix/16", 404},
		{"/mix/01", 404},
		{"/mix/../charter", 404},
		{"/../log.key", 404},
		{"/charter/", 404},
		{"//charter", 404},
		{"/site/../../log.key", 404},
		{"/site/%2e%2e/log.key", 404},
		{"/site/.hidden.html", 404},
		{"/%63harter", 404},
		{"/log/", 404},
		{"/log/tile/0/000", 404},
		{"/log/tile/0/000.p/2", 404},
		{"/log/tile/0/000.p/0", 404},
		{"/log/tile/0/000.p/256", 404},
		{"/log/tile/0/000.p/01", 404},
		{"/log/tile/64/000", 404},
		{"/log/tile/entries/001", 404},
		{"/log/tile/../../charter", 404},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char slug[64];
		int status = reply_outcome(http_get(w, rows[i].path), slug);
		if (status != rows[i].status || !*slug)
			fail_msg("GET %s: %d %s", rows[i].path, status, slug);
	}
}

static void files_are_given_byte_for_byte(void **state)
{
	struct daemon *w = *state;
	const struct {
		const char *path;
		const struct yihu_buf *bytes;
	} rows[] = {
		{"/charter", &w->f->charter},
		{"/election.pb", &w->f->definition},
		{"/register", &w->f->reg},
		{"/charter?x=1", &w->f->charter},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = http_get(w, rows[i].path);
		assert_int_equal(r.status, 200);
		assert_int_equal(r.body.len, rows[i].bytes->len);
		assert_memory_equal(r.body.data, rows[i].bytes->data, r.body.len);
		reply_free(&r);
	}
}

static void link_in_public_is_not_followed(void **state)
{
	struct daemon *w = *state;
	struct yihu_error err;
	char slug[64],
		*box = yihu_path(w->dir, "public/box"), *mix = yihu_path(w->dir, "public/mix"),
		*elsewhere = yihu_path(w->dir, "elsewhere"), *one = yihu_path(elsewhere, "1");
	fixture_must(yihu_dir_make(elsewhere, 0755, &err), &err);
	fixture_must(yihu_file_write(one, "x", 1, 0644, &err), &err);
	assert_int_equal(symlink("../log.key", box), 0);
	assert_int_equal(symlink("../elsewhere", mix), 0);
	assert_int_equal(reply_outcome(http_get(w, "/box"), slug), 404);
	assert_int_equal(reply_outcome(http_get(w, "/mix/1"), slug), 404);
	/* The folder itself would be served. */
	unlink(mix);
	assert_int_equal(rename(elsewhere, mix), 0);
	assert_int_equal(reply_outcome(http_get(w, "/mix/1"), slug), 200);
	unlink(box);
	free(box);
	free(mix);
	free(elsewhere);
	free(one);
}

static void tiles_are_those_of_the_log(void **state)
{
	struct daemon *w = *state;
	for (uint32_t i = 1; i <= 4; i++)
		post_only(w, "/api/ballot", boxdir_ballot(w->f, i, i), 201, "");
	for (unsigned width = 1; width <= 5; width++) {
		char path[64];
		snprintf(path, sizeof path, "/log/tile/0/000.p/%u", width);
		struct reply hashes = http_get(w, path);
		snprintf(path, sizeof path, "/log/tile/entries/000.p/%u", width);
		struct reply bundle = http_get(w, path);
		assert_int_equal(hashes.status, 200);
		assert_int_equal(bundle.status, 200);
		assert_int_equal(hashes.body.len, 32 * width);
		struct yihu_reader in = yihu_reader(bundle.body.data, bundle.body.len);
		const uint8_t *bytes;
		size_t len;
		for (unsigned i = 0; i < width; i++) {
			assert_true(yihu_bundle_next(&in, &bytes, &len));
			struct yihu_node leaf = yihu_leaf_hash(bytes, len);
			assert_memory_equal(&leaf, hashes.body.data + 32 * i, 32);
		}
		assert_true(yihu_reader_end(&in));
		reply_free(&hashes);
		reply_free(&bundle);
	}
}

static void assert_same_answer(struct daemon *w, const char *path, const char *as)
{
	struct reply r = http_get(w, path), must = http_get(w, as);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.body.len, must.body.len);
	assert_memory_equal(r.body.data, must.body.data, must.body.len);
	reply_free(&r);
	reply_free(&must);
}

/* The origin is the log's address, as C2SP tlog-tiles asks. */
static void the_log_is_below_its_origin_too(void **state)
{
	struct daemon *w = *state;
	static const char *const none[] = {"/fixture",
					   "/fixture/",
					   "/fixture/at-close",
					   "/fixture/charter",
					   "/fixture/tile/",
					   "/fixture/tile/0/001",
					   "/fixturecheckpoint",
					   "/fixtur/checkpoint",
					   "/fixture//checkpoint",
					   "/fixture/log/checkpoint"};
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	assert_same_answer(w, "/fixture/checkpoint", "/log/checkpoint");
	assert_same_answer(w, "/fixture/tile/0/000.p/2", "/log/tile/0/000.p/2");
	assert_same_answer(w, "/fixture/tile/entries/000.p/1", "/log/tile/entries/000.p/1");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct reply r = http_get(w, none[i]);
		if (r.status != 404)
			fail_msg("GET %s: %d", none[i], r.status);
		reply_free(&r);
	}
}

static void what_is_listed_is_there(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	struct reply r = http_get(w, "/files");
	assert_int_equal(r.status, 200);
	yihu_buf_u8(&r.body, 0);
	assert_string_equal((const char *)r.body.data,
			    "election.pb\ncharter\nregister\nlog/checkpoint\n"
			    "log/tile/entries/000.p/2\nlog/tile/0/000.p/2\n");
	for (char *name = strtok((char *)r.body.data, "\n"); name; name = strtok(NULL, "\n")) {
		char *path = yihu_printf("/%s", name);
		struct reply one = http_get(w, path);
		assert_int_equal(one.status, 200);
		reply_free(&one);
		free(path);
	}
	reply_free(&r);
}

static void methods(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *method, *path, *allow;
	} rows[] = {
		{"GET", "/api/ballot", "Allow: POST"},
		{"PUT", "/api/ballot", "Allow: POST"},
		{"DELETE", "/api/entry", "Allow: POST"},
		{"GET", "/api/public/box", "Allow: POST"},
		{"POST", "/charter", "Allow: GET, HEAD"},
		{"POST", "/api/state", "Allow: GET, HEAD"},
		{"OPTIONS", "/log/checkpoint", "Allow: GET, HEAD"},
		{"PATCH", "/healthz", "Allow: GET, HEAD"},
		{"get", "/healthz", "Allow: GET, HEAD"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = http_call(w, rows[i].method, rows[i].path, NULL, 0);
		if (r.status != 405 || !reply_has(&r, rows[i].allow))
			fail_msg("%s %s: %d %s", rows[i].method, rows[i].path, r.status, r.head);
		reply_free(&r);
	}
}

static void head_is_get_without_the_body(void **state)
{
	struct daemon *w = *state;
	static const char *const paths[] = {"/charter", "/api/state", "/log/checkpoint",
					    "/healthz"};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct reply r = http_call(w, "HEAD", paths[i], NULL, 0);
		assert_int_equal(r.status, 200);
		assert_int_equal(r.body.len, 0);
		assert_non_null(strstr(r.head, "\r\nContent-Length: "));
		reply_free(&r);
	}
}

static void every_answer_bears_the_security_headers(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *method, *path;
	} rows[] = {
		{"GET", "/charter"},        {"GET", "/api/state"}, {"GET", "/nothing"},
		{"PUT", "/charter"},        {"GET", "/healthz"},   {"POST", "/api/ballot"},
		{"GET", "/log/checkpoint"}, {"GET", "/metrics"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = http_call(w, rows[i].method, rows[i].path, NULL, 0);
		assert_true(reply_has(&r, "X-Content-Type-Options: nosniff"));
		assert_true(reply_has(&r, "Referrer-Policy: no-referrer"));
		assert_true(reply_has(&r, "Content-Security-Policy: default-src 'none'; "
					  "frame-ancestors 'none'"));
		if (strstr(rows[i].path, "/api/"))
			assert_true(reply_has(&r, "Cache-Control: no-store"));
		reply_free(&r);
	}
}

static void metrics_count(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 1, 1);
	post_only(w, "/api/ballot", copy(&ballot), 201, "");
	post_only(w, "/api/ballot", ballot, 200, "");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 2), 409, "already-voted");
	struct reply r = metrics_get(w);
	static const char *const lines[] = {
		"\nyihu_ballots_accepted_total 1\n",
		"\nyihu_ballots_repeated_total 1\n",
		"\nyihu_refused_total{reason=\"already-voted\"} 1\n",
		"\nyihu_queue_length 0\n",
		"\nyihu_commit_entries_count 1\n",
		"\nyihu_commit_seconds_bucket{le=\"+Inf\"} 1\n",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!strstr((const char *)r.body.data, lines[i]))
			fail_msg("no%sin\n%s", lines[i], (const char *)r.body.data);
	reply_free(&r);
}

static void address_is_there_while_it_runs(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf text = {0};
	struct yihu_error err;
	char *path = yihu_path(w->dir, "address");
	fixture_must(yihu_file_read(path, 100, &text, &err), &err);
	yihu_buf_u8(&text, 0);
	assert_memory_equal(text.data, countd_url(w->d), strlen(countd_url(w->d)));
	assert_string_equal((char *)text.data + strlen(countd_url(w->d)), "\n");
	daemon_stop(w);
	assert_false(yihu_file_exists(path));
	daemon_start(w, NULL);
	yihu_buf_free(&text);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(state_through_the_poll),
		CASE(turnout_by_the_hour),
		CASE(refused_reads),
		CASE(files_are_given_byte_for_byte),
		CASE(link_in_public_is_not_followed),
		CASE(tiles_are_those_of_the_log),
		CASE(the_log_is_below_its_origin_too),
		CASE(what_is_listed_is_there),
		CASE(methods),
		CASE(head_is_get_without_the_body),
		CASE(every_answer_bears_the_security_headers),
		CASE(metrics_count),
		CASE(address_is_there_while_it_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
