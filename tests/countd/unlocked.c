/* SPDX-License-Identifier: Apache-2.0
 *
 * While the box is busy, for ever as far as these tests can tell, all who only ask are
 * answered, and all who send what nobody could have sent are refused: neither waits
 * for the writer, nor does the writer see it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls.h"
#include "countd/daemon.h"
#include "test.h"

/* A letter has voted, one is void, and then the box is in other hands. */
static void make_busy(struct daemon *w, struct yihu_buf *ballot, char code[static YIHU_CODE_BYTES])
{
	struct yihu_buf change = {0};
	const uint8_t *eid = w->f->election->charter->eid;
	*ballot = boxdir_ballot(w->f, 3, 3);
	yihu_ballot_code(code, eid, ballot->data, ballot->len);
	post_only(w, "/api/ballot", copy(ballot), 201, "");
	yihu_change_body(&change, eid, 4, 0, NULL, &w->f->issuer);
	post_only(w, "/api/entry", entry('R', change), 201, "");
	pthread_mutex_lock(&w->d->box_lock);
}

static void let_go(struct daemon *w)
{
	pthread_mutex_unlock(&w->d->box_lock);
}

static void readers_do_not_wait(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot;
	char code[YIHU_CODE_BYTES], slug[64];
	make_busy(w, &ballot, code);
	char *by_code = yihu_printf("/api/ballot/%s", code);
	const char *const paths[] = {
		by_code,
		"/api/serial/3",
		"/api/serial/1",
		"/api/credential/4",
		"/log/checkpoint",
		"/log/tile/0/000.p/3",
		"/log/tile/entries/000.p/3",
		"/api/state",
		"/api/turnout",
		"/files",
		"/healthz",
	};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (reply_outcome(http_get(w, paths[i]), slug) != 200)
			fail_msg("GET %s: %s", paths[i], slug);
	let_go(w);
	free(by_code);
	yihu_buf_free(&ballot);
}

static struct yihu_buf changed(struct yihu_buf b, size_t at)
{
	b.data[at] ^= 1;
	return b;
}

static void strangers_do_not_reach_the_writer(void **state)
{
	struct daemon *w = *state;
	const uint8_t *eid = w->f->election->charter->eid;
	struct yihu_buf ballot, genuine = {0}, of_another = {0}, unsigned_change = {0}, close = {0};
	struct yihu_checkpoint longer = {.size = 99};
	char code[YIHU_CODE_BYTES];
	make_busy(w, &ballot, code);
	size_t last = ballot.len - 1;
	yihu_change_body(&of_another, eid, 5, 0, NULL, &w->f->holders[0]);
	yihu_change_body(&unsigned_change, eid, 5, 0, NULL, &w->f->issuer);
	yihu_close_body(&close, eid, longer.size, longer.root.bytes, &w->f->issuer);
	json_t *j = post(w, "/api/ballot", copy(&ballot), 200, "");
	assert_string_equal(json_text(j, "code"), code);
	json_decref(j);
	/* What the issuer signed is public, and sent again is told where it is. */
	yihu_change_body(&genuine, eid, 4, 0, NULL, &w->f->issuer);
	j = post(w, "/api/entry", entry('R', genuine), 200, "");
	assert_int_equal(json_number(j, "index"), 2);
	json_decref(j);
	j = post(w, "/api/ballot", boxdir_ballot(w->f, 3, 9), 409, "already-voted");
	assert_int_equal(json_number(j, "index"), 1);
	json_decref(j);
	/* A changed copy of what /board shows is a second ballot of that letter. */
	post_only(w, "/api/ballot", changed(copy(&ballot), last), 409, "already-voted");
	j = post(w, "/api/ballot", boxdir_ballot(w->f, 4, 9), 409, "voided");
	assert_int_equal(json_number(j, "index"), 2);
	json_decref(j);
	post_only(w, "/api/ballot", changed(boxdir_ballot(w->f, 6, 6), 40), 400, "credential");
	post_only(w, "/api/ballot", changed(boxdir_ballot(w->f, 6, 6), last), 400,
		  "vote-signature");
	post_only(w, "/api/ballot", changed(boxdir_ballot(w->f, 6, 6), 120), 400, "vote-signature");
	post_only(w, "/api/entry", entry('R', of_another), 400, "signature");
	post_only(w, "/api/entry", changed(entry('R', unsigned_change), 9), 400, "signature");
	post_only(w, "/api/entry", entry('C', close), 409, "root-moved");
	let_go(w);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 6, 6), 201, "");
	yihu_buf_free(&ballot);
}

/* Its request was begun before, so that its body is still taken. */
static void who_waits_when_it_stops_is_told(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 7, 7);
	char answer[4096] = "", *head;
	int fd = connect_to(daemon_port(w));
	head = yihu_printf("POST /api/ballot HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
			   "Content-Length: %zu\r\n\r\n",
			   ballot.len);
	assert_true(send(fd, head, strlen(head), MSG_NOSIGNAL) > 0);
	assert_true(recv(fd, answer, sizeof answer - 1, 0) > 0);
	assert_memory_equal(answer, "HTTP/1.1 100", 12);
	atomic_store(&w->d->stopping, true);
	assert_int_equal(send(fd, ballot.data, ballot.len, MSG_NOSIGNAL), ballot.len);
	assert_true(recv(fd, answer, sizeof answer - 1, 0) > 0);
	assert_memory_equal(answer, "HTTP/1.1 503", 12);
	close(fd);
	free(head);
	restart(w);
	post_only(w, "/api/ballot", ballot, 201, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(readers_do_not_wait),
		CASE(who_waits_when_it_stops_is_told),
		CASE(strangers_do_not_reach_the_writer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
