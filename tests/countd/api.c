/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that write: their good answers and their refusals.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "test.h"

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

static void ballot_is_recorded_with_its_receipt(void **state)
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

static void same_bytes_a_hundred_times(void **state)
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

static void second_ballot_gets_the_first_ones_time(void **state)
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

static void malformed_ballots(void **state)
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
		/* Who cannot sign for the letter learns nothing of the rest. */
		{copy(&high_point), 400, "vote-signature"},
		{resigned(w, 5, high_point), 400, "point"},
		{resigned(w, 5, changed(boxdir_ballot(w->f, 5, 5), len - 70, 1)), 400,
		 "ballot-proof"},
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

static void poll_not_open_and_over(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "not-open");
	clock_go(FIXTURE_CLOSES);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 0, 13)), 403, "over");
	/* Whatever the clock says once the end is signed. */
	clock_go(AFTER);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
	clock_go(DURING);
	restart(w);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
}

static void at_close_appears_by_itself(void **state)
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

static void changes_and_credentials(void **state)
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

static void refused_entries(void **state)
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
	post_only(w, "/api/entry", entry('B', boxdir_ballot(w->f, 2, 1)), 400, "entry");
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

static void assert_called_off(struct daemon *w, const char *reason)
{
	json_t *j = get(w, "/api/state", 200);
	json_t *off = json_object_get(j, "cancelled");
	assert_string_equal(json_text(j, "state"), "cancelled");
	assert_string_equal(json_text(off, "reason"), reason);
	assert_non_null(json_text(off, "time"));
	json_decref(j);
}

static void an_election_is_called_off(void **state)
{
	struct daemon *w = *state;
	json_t *j = get(w, "/api/state", 200);
	assert_true(json_is_null(json_object_get(j, "cancelled")));
	json_decref(j);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	post_only(w, "/api/entry", changed(cancel_entry(w, "a price is wrong"), 30, 1), 400,
		  "cancel");
	post_only(w, "/api/entry", cancel_entry(w, "a price\nis wrong"), 400, "reason");
	post_only(w, "/api/entry", cancel_entry(w, "价格印错了"), 201, "");
	assert_called_off(w, "价格印错了");
	j = post(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 403, "cancelled");
	assert_non_null(strstr(json_text(j, "message"), "价格印错了"));
	json_decref(j);
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 4, 13)), 403, "cancelled");
	post_only(w, "/api/entry", cancel_entry(w, "again"), 403, "cancelled");
	clock_go(AFTER);
	post_only(w, "/api/entry", close_entry(w), 403, "cancelled");
	json_decref(get(w, "/log/at-close", 404));
	assert_called_off(w, "价格印错了");
}

static struct yihu_buf withdraw_entry(struct daemon *w, uint32_t project, uint32_t holders)
{
	struct yihu_buf note = {0};
	fixture_withdrawal(w->f, project, "价格印错了", holders, &note);
	return entry('W', note);
}

/* The note in the state proves it; ballots go on. */
static void a_project_is_withdrawn(void **state)
{
	struct daemon *w = *state;
	post_only(w, "/api/entry", withdraw_entry(w, 2, 3), 400, "signers");
	post_only(w, "/api/entry", withdraw_entry(w, 99, 7), 400, "withdrawal");
	post_only(w, "/api/entry", changed(withdraw_entry(w, 2, 7), 97, 1), 400, "signature");
	post_only(w, "/api/entry", withdraw_entry(w, 2, 7), 201, "");
	/* The same is there already; another one of that project is none. */
	json_t *again = post(w, "/api/entry", withdraw_entry(w, 2, 7), 200, "");
	assert_int_equal(json_number(again, "index"), 1);
	json_decref(again);
	restart(w);
	post_only(w, "/api/entry", withdraw_entry(w, 2, 7), 200, "");
	struct yihu_buf note = {0};
	fixture_withdrawal(w->f, 2, "again", 7, &note);
	post_only(w, "/api/entry", entry('W', note), 400, "withdrawal");
	post_only(w, "/api/entry", withdraw_entry(w, 1, 7), 409, "change-limit");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
	json_t *j = get(w, "/api/state", 200);
	const json_t *one = json_array_get(json_object_get(j, "withdrawn"), 0);
	assert_int_equal(json_array_size(json_object_get(j, "withdrawn")), 1);
	assert_int_equal(json_integer_value(json_object_get(one, "project")), 3);
	assert_string_equal(json_text(one, "reason"), "价格印错了");
	assert_int_equal(receipt_withdraws(w, one), 2);
	json_decref(j);
}

static void ballot_by_code_and_serial(void **state)
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

static void clock_that_jumps_stops_writing(void **state)
{
	struct daemon *w = *state;
	char slug[64];
	clock_jump(55); /* whole seconds, read one after the other */
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	clock_jump(14);
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

static void stopping_exports_the_log(void **state)
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
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(ballot_is_recorded_with_its_receipt),
		CASE(same_bytes_a_hundred_times),
		CASE(second_ballot_gets_the_first_ones_time),
		CASE(malformed_ballots),
		cmocka_unit_test_setup_teardown(poll_not_open_and_over, calls_start_before,
						calls_stop),
		CASE(at_close_appears_by_itself),
		CASE(changes_and_credentials),
		CASE(refused_entries),
		CASE(an_election_is_called_off),
		CASE(a_project_is_withdrawn),
		CASE(ballot_by_code_and_serial),
		CASE(clock_that_jumps_stops_writing),
		CASE(stopping_exports_the_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
