/* SPDX-License-Identifier: Apache-2.0
 *
 * A box that was made again and is not whole is served, and takes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "calls.h"
#include "test.h"

/* Two ballots are in and exported, a third one in the lost database alone. */
static int set_up(void **state)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	struct yihu_rebuilt r;
	struct yihu_error err = {0};
	daemon_set_up(w, NULL, DURING);
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 2, DURING);
	fixture_must(yihu_box_export(b, &err), &err);
	boxdir_vote(b, w->f, 3, 1, DURING);
	yihu_box_close(b);
	char *path = yihu_path(w->dir, "box.db");
	assert_int_equal(unlink(path), 0);
	fixture_must(yihu_box_rebuild(w->dir, NULL, 0, &r, &err), &err);
	assert_false(r.whole);
	yihu_buf_free(&r.told);
	daemon_start(w, NULL);
	free(path);
	*state = w;
	return 0;
}

static void public_files_are_served(void **state)
{
	struct daemon *w = *state;
	struct reply r = http_get(w, "/log/checkpoint");
	assert_int_equal(r.status, 200);
	assert_non_null(strstr((const char *)r.body.data, "\n3\n"));
	reply_free(&r);
	json_t *j = get(w, "/api/serial/2", 200);
	assert_string_equal(json_text(j, "status"), "recorded");
	json_decref(j);
}

static void ballots_and_changes_are_refused_with_the_reason(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 4, 1);
	struct reply r = http_post(w, "/api/ballot", &ballot);
	json_t *j = reply_json(&r);
	assert_int_equal(r.status, 503);
	assert_string_equal(json_text(j, "error"), "read-only");
	/* Whoever votes reads it: what to do, and no path. */
	assert_non_null(strstr(json_text(j, "message"), "Ask the committee"));
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 5, 0)), 503, "read-only");
	json_decref(j);
	reply_free(&r);
	yihu_buf_free(&ballot);
}

/* Not even what it remembers of the clock. */
static void nothing_is_written_beside_it(void **state)
{
	struct daemon *w = *state;
	char *clock = yihu_path(w->dir, "clock");
	daemon_stop(w);
	assert_int_equal(unlink(clock), 0);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 503, "read-only");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 503, "read-only");
	assert_false(yihu_file_exists(clock));
	free(clock);
}

static void health_says_it(void **state)
{
	struct daemon *w = *state;
	struct reply r = http_get(w, "/healthz");
	assert_int_equal(r.status, 503);
	assert_non_null(strstr((const char *)r.body.data, "3 of the 4 entries"));
	reply_free(&r);
}

/* Whoever would vote is told before choosing. */
static void state_says_it(void **state)
{
	json_t *j = get(*state, "/api/state", 200);
	assert_string_equal(json_text(j, "state"), "open");
	assert_true(json_is_true(json_object_get(j, "read_only")));
	json_decref(j);
}

/* The note of the issuer is all that can still come to it. */
static void note_that_calls_it_off_is_seen(void **state)
{
	struct daemon *w = *state;
	const struct yihu_charter *c = w->f->election->charter;
	struct yihu_cancelled_note n = {.has_log = true, .reason = yihu_span("The box is lost.")};
	struct yihu_buf note = {0};
	struct reply r = http_get(w, "/log/checkpoint");
	assert_int_equal(yihu_checkpoint_parse(&n.log, r.body.data, r.body.len, &c->log, NULL), 0);
	yihu_cancelled_note_sign(&note, c->eid, &n, &c->issuer, &w->f->issuer);
	char *path = yihu_path(w->dir, "public/cancelled");
	assert_int_equal(yihu_file_write(path, note.data, note.len, 0644, NULL), 0);
	json_t *off = NULL, *j = NULL;
	while (!json_is_object(off)) { /* the writer looks five times a second */
		json_decref(j);
		j = get(w, "/api/state", 200);
		off = json_object_get(j, "cancelled");
	}
	assert_string_equal(json_text(off, "reason"), "The box is lost.");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 503, "read-only");
	json_decref(j);
	yihu_buf_free(&note);
	reply_free(&r);
	free(path);
}

static void its_poll_is_never_ended(void **state)
{
	struct daemon *w = *state;
	clock_go(FIXTURE_CLOSES + 1);
	clock_synchronise(true);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 503, "read-only");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 4, 1), 503, "read-only");
	json_decref(get(w, "/log/at-close", 404));
	daemon_stop(w);
	char *end = yihu_path(w->dir, "public/log/at-close");
	assert_false(yihu_file_exists(end));
	free(end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, calls_stop)
		CASE(public_files_are_served),
		CASE(ballots_and_changes_are_refused_with_the_reason),
		CASE(nothing_is_written_beside_it),
		CASE(health_says_it),
		CASE(state_says_it),
		CASE(note_that_calls_it_off_is_seen),
		CASE(its_poll_is_never_ended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
