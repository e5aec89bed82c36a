/* SPDX-License-Identifier: Apache-2.0
 *
 * Every call of the API, its good answers and its refusals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "daemon.h"

static int start_at(void **state, uint64_t now)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	daemon_set_up(w, NULL, now);
	daemon_start(w, NULL);
	*state = w;
	return 0;
}

static int start(void **state)
{
	return start_at(state, DURING);
}

static int start_before(void **state)
{
	return start_at(state, BEFORE);
}

static int stop(void **state)
{
	daemon_tear_down(*state);
	free(*state);
	return 0;
}

static void restart(struct daemon *w)
{
	daemon_stop(w);
	daemon_start(w, NULL);
}

/* Frees the body; wants this status and slug, gives the answer. */
static json_t *post(struct daemon *w, const char *path, struct yihu_buf body, int status,
		    const char *slug)
{
	struct reply r = http_post(w, path, &body);
	yihu_buf_free(&body);
	if (r.status == 0)
		fail_msg("POST %s: no answer", path);
	json_t *j = reply_json(&r);
	if (r.status != status || strcmp(json_text(j, "error"), slug) != 0)
		fail_msg("POST %s: %d %s instead of %d %s: %s", path, r.status,
			 json_text(j, "error"), status, slug, json_text(j, "message"));
	if (status == 503)
		assert_non_null(strstr(r.head, "\r\nRetry-After: "));
	reply_free(&r);
	return j;
}

static void post_only(struct daemon *w, const char *path, struct yihu_buf body, int status,
		      const char *slug)
{
	json_decref(post(w, path, body, status, slug));
}

static json_t *get(struct daemon *w, const char *path, int status)
{
	struct reply r = http_get(w, path);
	if (r.status != status)
		fail_msg("GET %s: %d instead of %d", path, r.status, status);
	json_t *j = reply_json(&r);
	reply_free(&r);
	return j;
}

static struct yihu_buf entry(char type, struct yihu_buf body)
{
	struct yihu_buf out = {0};
	yihu_buf_u8(&out, (uint8_t)type);
	yihu_buf_put(&out, body.data, body.len);
	yihu_buf_free(&body);
	return out;
}

static struct yihu_buf close_entry(struct daemon *w)
{
	struct yihu_checkpoint c;
	struct yihu_buf body = {0};
	struct reply r = http_get(w, "/log/checkpoint");
	assert_int_equal(yihu_checkpoint_parse(&c, r.body.data, r.body.len,
					       &w->f->election->charter->log, NULL),
			 0);
	yihu_close_body(&body, w->f->election->charter->eid, c.size, c.root.bytes, &w->f->issuer);
	reply_free(&r);
	return entry('C', body);
}

/* The receipt in the answer proves that these bytes are in the log. */
static void check_receipt(struct daemon *w, const json_t *j, const struct yihu_buf *ballot)
{
	const char *text = json_text(j, "receipt");
	struct yihu_receipt r;
	struct yihu_error err;
	fixture_must(
		yihu_receipt_parse(&r, text, strlen(text), &w->f->election->charter->log, &err),
		&err);
	assert_int_equal(r.index, json_number(j, "index"));
	assert_int_equal(r.entry_len, YIHU_ENTRY_HEAD_BYTES + ballot->len);
	assert_memory_equal(r.entry + YIHU_ENTRY_HEAD_BYTES, ballot->data, ballot->len);
	yihu_receipt_free(&r);
}

static struct yihu_buf copy(const struct yihu_buf *b)
{
	struct yihu_buf out = {0};
	yihu_buf_put(&out, b->data, b->len);
	return out;
}

static void test_ballot_is_recorded_with_its_receipt(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 3, 1);
	char code[YIHU_CODE_BYTES];
	yihu_ballot_code(code, w->f->election->charter->eid, ballot.data, ballot.len);
	json_t *j = post(w, "/api/ballot", copy(&ballot), 201, "");
	assert_string_equal(json_text(j, "status"), "recorded");
	assert_int_equal(json_number(j, "index"), 1);
	assert_string_equal(json_text(j, "code"), code);
	assert_string_equal(json_text(j, "time"), "2025-12-01T01:00:00Z");
	check_receipt(w, j, &ballot);
	json_decref(j);
	yihu_buf_free(&ballot);
}

static void test_same_bytes_a_hundred_times(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 3, 1);
	json_decref(post(w, "/api/ballot", copy(&ballot), 201, ""));
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 201, "");
	for (int i = 0; i < 100; i++) {
		if (i == 30)
			restart(w);
		if (i == 50)
			clock_go(AFTER);
		if (i == 70)
			post_only(w, "/api/entry", close_entry(w), 201, "");
		json_t *j = post(w, "/api/ballot", copy(&ballot), 200, "");
		assert_int_equal(json_number(j, "index"), 1);
		check_receipt(w, j, &ballot);
		json_decref(j);
	}
	json_t *j = get(w, "/api/state", 200);
	assert_int_equal(json_number(j, "cast"), 2);
	assert_int_equal(json_number(j, "size"), 4);
	json_decref(j);
	yihu_buf_free(&ballot);
}

static void test_second_ballot_gets_the_first_ones_time(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 3, 1), 201, "");
	clock_go(DURING + 100);
	json_t *j = post(w, "/api/ballot", boxdir_ballot(w->f, 3, 2), 409, "already-voted");
	assert_int_equal(json_number(j, "index"), 1);
	assert_string_equal(json_text(j, "time"), "2025-12-01T01:00:00Z");
	json_decref(j);
}

static struct yihu_buf changed(struct yihu_buf b, size_t at, uint8_t bits)
{
	b.data[at] ^= bits;
	return b;
}

static struct yihu_buf cut(struct yihu_buf b, size_t len)
{
	b.len = len;
	return b;
}

static void test_malformed_ballots(void **state)
{
	struct daemon *w = *state;
	size_t len = YIHU_BALLOT_BYTES(w->f->election->definition->width);
	struct yihu_buf other_serial = boxdir_ballot(w->f, 7, 7);
	yihu_store_be32(other_serial.data + 1, 8);
	struct yihu_buf high_point = boxdir_ballot(w->f, 5, 5);
	memset(high_point.data + 102, 0xff, 32);
	const struct {
		struct yihu_buf body;
		int status;
		const char *slug;
	} rows[] = {
		{{0}, 400, "format"},
		{cut(boxdir_ballot(w->f, 5, 5), 1), 400, "format"},
		{cut(boxdir_ballot(w->f, 5, 5), len - 1), 400, "format"},
		{changed(boxdir_ballot(w->f, 5, 5), 0, 3), 400, "version"},
		{changed(boxdir_ballot(w->f, 5, 5), 101, 7), 400, "width"},
		{changed(boxdir_ballot(w->f, 5, 5), len - 1, 1), 400, "vote-signature"},
		{changed(boxdir_ballot(w->f, 5, 5), 40, 1), 400, ""},
		{high_point, 400, "point"},
		{other_serial, 400, "credential"},
		{boxdir_ballot(w->f, 13, 5), 400, "credential"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_buf body = rows[i].body;
		char slug[64];
		int status = reply_outcome(http_post(w, "/api/ballot", &body), slug);
		if (status != rows[i].status || (*rows[i].slug && strcmp(slug, rows[i].slug) != 0))
			fail_msg("row %zu: %d %s", i, status, slug);
		yihu_buf_free(&body);
	}
	json_t *j = get(w, "/api/state", 200);
	assert_int_equal(json_number(j, "cast"), 0);
	json_decref(j);
}

static void test_poll_not_open_and_over(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "not-open");
	clock_go(FIXTURE_CLOSES);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 0, 13)), 403, "over");
	/* Whatever the clock says from then on. */
	clock_go(DURING);
	restart(w);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
}

static void test_at_close_appears_by_itself(void **state)
{
	struct daemon *w = *state;
	struct yihu_checkpoint c;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	json_decref(get(w, "/log/at-close", 404));
	clock_go(FIXTURE_CLOSES);
	struct reply r = http_get(w, "/log/at-close");
	for (int i = 0; i < 100 && r.status == 404; i++) {
		usleep(50000);
		reply_free(&r);
		r = http_get(w, "/log/at-close");
	}
	assert_int_equal(r.status, 200);
	assert_int_equal(yihu_checkpoint_parse(&c, r.body.data, r.body.len,
					       &w->f->election->charter->log, NULL),
			 0);
	assert_int_equal(c.size, 2);
	char *path = yihu_path(w->dir, "public/log/at-close");
	for (int i = 0; i < 100 && !yihu_file_exists(path); i++)
		usleep(50000);
	assert_true(yihu_file_exists(path));
	free(path);
	reply_free(&r);
}

static void test_changes_and_credentials(void **state)
{
	struct daemon *w = *state;
	json_t *j = post(w, "/api/entry", entry('R', boxdir_change(w->f, 4, 13)), 201, "");
	assert_int_equal(json_number(j, "index"), 1);
	json_decref(j);
	j = post(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 409, "voided");
	assert_int_equal(json_number(j, "index"), 1);
	assert_string_equal(json_text(j, "time"), "2025-12-01T01:00:00Z");
	json_decref(j);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 13, 1), 201, "");

	j = get(w, "/api/credential/4", 200);
	assert_true(json_is_true(json_object_get(j, "voided")));
	assert_int_equal(json_number(j, "replaced_by"), 13);
	assert_int_equal(json_number(json_object_get(j, "change"), "index"), 1);
	json_decref(j);
	j = get(w, "/api/credential/13", 200);
	struct yihu_credential c = fixture_credential(w->f, 13);
	struct yihu_buf pk = {0};
	yihu_base64(&pk, c.pk, sizeof c.pk);
	assert_string_equal(json_text(j, "pk"), (const char *)pk.data);
	assert_int_equal(json_number(j, "replaces"), 4);
	assert_false(json_is_true(json_object_get(j, "voided")));
	json_decref(j);
	yihu_buf_free(&pk);
	j = get(w, "/api/credential/1", 200);
	assert_true(json_is_null(json_object_get(j, "change")));
	json_decref(j);
}

static void test_refused_entries(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	struct yihu_buf forged = entry('R', boxdir_change(w->f, 2, 13));
	forged.data[forged.len - 1] ^= 1;
	struct yihu_buf stale = close_entry(w);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 3, 1), 201, "");
	post_only(w, "/api/entry", forged, 400, "signature");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 1, 13)), 409, "already-voted");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 2, 14)), 409, "change");
	post_only(w, "/api/entry", close_entry(w), 403, "not-over");
	post_only(w, "/api/entry", entry('B', boxdir_ballot(w->f, 2, 1)), 413, "too-big");
	post_only(w, "/api/entry", entry('O', (struct yihu_buf){0}), 400, "entry");
	post_only(w, "/api/entry", (struct yihu_buf){0}, 400, "entry");
	post_only(w, "/api/entry", entry('R', (struct yihu_buf){0}), 400, "entry");
	clock_go(AFTER);
	post_only(w, "/api/entry", stale, 409, "root-moved");
	post_only(w, "/api/entry", changed(close_entry(w), 30, 1), 400, "close");
	post_only(w, "/api/entry", close_entry(w), 201, "");
	post_only(w, "/api/entry", close_entry(w), 403, "closed");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 403, "closed");
}

static void test_ballot_by_code_and_serial(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 3, 1);
	char code[YIHU_CODE_BYTES], *path, *lower;
	yihu_ballot_code(code, w->f->election->charter->eid, ballot.data, ballot.len);
	path = yihu_printf("/api/ballot/%s", code);
	json_decref(get(w, path, 404));
	json_t *j = get(w, "/api/serial/3", 200);
	assert_string_equal(json_text(j, "status"), "not-recorded");
	json_decref(j);

	post_only(w, "/api/ballot", copy(&ballot), 201, "");
	lower = yihu_strdup(path);
	for (char *p = lower + strlen("/api/ballot/"); *p; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
	const char *const paths[] = {path, lower, "/api/serial/3"};
	for (size_t i = 0; i < 3; i++) {
		j = get(w, paths[i], 200);
		assert_string_equal(json_text(j, "status"), "recorded");
		assert_string_equal(json_text(j, "code"), code);
		check_receipt(w, j, &ballot);
		json_decref(j);
	}
	free(path);
	free(lower);
	yihu_buf_free(&ballot);
}

static void test_state_through_the_poll(void **state)
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
	post_only(w, "/api/entry", close_entry(w), 201, "");
	json_t *j = get(w, "/api/state", 200);
	assert_string_equal(json_text(j, "state"), "closed");
	json_decref(j);
}

static void test_turnout_by_the_hour(void **state)
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

static void test_refused_reads(void **state)
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
		{"/", 404},
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

static void test_files_are_given_byte_for_byte(void **state)
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

static void test_link_in_public_is_not_followed(void **state)
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

static void test_tiles_are_those_of_the_log(void **state)
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

static void test_methods(void **state)
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

static void test_head_is_get_without_the_body(void **state)
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

static void test_every_answer_bears_the_security_headers(void **state)
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

static void test_clock_that_jumps_stops_writing(void **state)
{
	struct daemon *w = *state;
	char slug[64];
	clock_jump(59);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	clock_jump(10);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
	assert_int_equal(reply_outcome(http_get(w, "/healthz"), slug), 503);
	clock_jump(-140);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
	/* A leap beyond the end must not end the poll. */
	clock_jump(30 * 86400);
	usleep(500000);
	json_decref(get(w, "/log/at-close", 404));
	clock_go(DURING + 120);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
	assert_int_equal(reply_outcome(http_get(w, "/healthz"), slug), 200);
}

static void test_metrics_count(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 1, 1);
	post_only(w, "/api/ballot", copy(&ballot), 201, "");
	post_only(w, "/api/ballot", ballot, 200, "");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 2), 409, "already-voted");
	struct reply r = http_get(w, "/metrics");
	static const char *const lines[] = {
		"\nyihu_ballots_accepted_total 1\n",
		"\nyihu_ballots_repeated_total 1\n",
		"\nyihu_refused_total{reason=\"already-voted\"} 1\n",
		"\nyihu_queue_length 0\n",
		"\nyihu_commit_group_size_count 1\n",
		"\nyihu_commit_seconds_bucket{le=\"+Inf\"} 1\n",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!strstr((const char *)r.body.data, lines[i]))
			fail_msg("no%sin\n%s", lines[i], (const char *)r.body.data);
	reply_free(&r);
}

static void test_address_is_there_while_it_runs(void **state)
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

static void test_stopping_exports_the_log(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	struct reply live = http_get(w, "/log/checkpoint");
	daemon_stop(w);
	struct yihu_buf file = {0};
	struct yihu_error err;
	char *path = yihu_path(w->dir, "public/log/checkpoint");
	fixture_must(yihu_file_read(path, 1 << 16, &file, &err), &err);
	assert_int_equal(file.len, live.body.len);
	assert_memory_equal(file.data, live.body.data, file.len);
	daemon_start(w, NULL);
	yihu_buf_free(&file);
	reply_free(&live);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(test_##name, start, stop)
		CASE(ballot_is_recorded_with_its_receipt),
		CASE(same_bytes_a_hundred_times),
		CASE(second_ballot_gets_the_first_ones_time),
		CASE(malformed_ballots),
		cmocka_unit_test_setup_teardown(test_poll_not_open_and_over, start_before, stop),
		CASE(at_close_appears_by_itself),
		CASE(changes_and_credentials),
		CASE(refused_entries),
		CASE(ballot_by_code_and_serial),
		CASE(state_through_the_poll),
		CASE(turnout_by_the_hour),
		CASE(refused_reads),
		CASE(files_are_given_byte_for_byte),
		CASE(link_in_public_is_not_followed),
		CASE(tiles_are_those_of_the_log),
		CASE(methods),
		CASE(head_is_get_without_the_body),
		CASE(every_answer_bears_the_security_headers),
		CASE(clock_that_jumps_stops_writing),
		CASE(metrics_count),
		CASE(address_is_there_while_it_runs),
		CASE(stopping_exports_the_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
