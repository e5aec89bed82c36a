/* SPDX-License-Identifier: Apache-2.0
 *
 * Work that a daemon asks for which believes that it is overloaded: who has to bring it,
 * and what passes for it.
 */
#include <stdlib.h>

#include "calls.h"
#include "countd/daemon.h"
#include "test.h"

static int start_asking(void **state)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	daemon_set_up(w, NULL, DURING);
	daemon_start(w, &(struct countd_options){.always_ask_work = true});
	*state = w;
	return 0;
}

/* The answer's ask. */
static struct work_ask asked(struct daemon *w, const struct yihu_buf *ballot, const char *header)
{
	struct work_ask ask = {0};
	struct reply r =
		http_call_with(w, "POST", "/api/ballot", header, ballot->data, ballot->len);
	json_t *j = reply_json(&r);
	const json_t *work = json_object_get(j, "work");
	assert_int_equal(r.status, 503);
	assert_string_equal(json_text(j, "error"), "work");
	assert_true(reply_has(&r, "Retry-After: 1"));
	assert_true(yihu_unhex(ask.nonce, sizeof ask.nonce, yihu_span(json_text(work, "nonce"))));
	ask.bits = (unsigned)json_number(work, "bits");
	assert_int_equal(ask.bits, ASKED_WORK_BITS);
	json_decref(j);
	reply_free(&r);
	return ask;
}

static char *header_of(const struct work_ask *ask, uint64_t c)
{
	struct yihu_buf text = {0};
	yihu_buf_str(&text, WORK_HEADER ": ");
	work_write(&text, ask, c);
	yihu_buf_str(&text, "\r\n");
	return (char *)text.data;
}

static char *work_for(const struct work_ask *ask, const struct yihu_buf *ballot)
{
	return header_of(ask, work_do(ask, ballot->data, ballot->len));
}

static int post_with(struct daemon *w, const struct yihu_buf *ballot, const char *header)
{
	char slug[64];
	return reply_outcome(
		http_call_with(w, "POST", "/api/ballot", header, ballot->data, ballot->len), slug);
}

static void in_overload_a_ballot_brings_work(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf one = boxdir_ballot(w->f, 1, 1), other = boxdir_ballot(w->f, 2, 1);
	struct work_ask ask = asked(w, &one, NULL);
	char *header = work_for(&ask, &one);
	asked(w, &other, header);
	asked(w, &one, WORK_HEADER ": 1\r\n");
	asked(w, &one, WORK_HEADER ":\r\n");
	uint64_t c = work_do(&ask, one.data, one.len) + 1;
	while (work_done(&ask, one.data, one.len, c))
		c++;
	char *wrong = header_of(&ask, c);
	asked(w, &one, wrong);
	assert_int_equal(post_with(w, &one, header), 201);
	assert_int_equal(atomic_load(&w->d->metrics.work_asked), 5);
	assert_int_equal(atomic_load(&w->d->metrics.work_done), 1);
	free(header);
	ask = asked(w, &other, NULL);
	header = work_for(&ask, &other);
	clock_pass(ASKED_WORK_MINUTES * 60);
	asked(w, &other, header);
	free(header);
	free(wrong);
	yihu_buf_free(&one);
	yihu_buf_free(&other);
}

static void known_ballots_and_entries_bring_none(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf one = boxdir_ballot(w->f, 1, 1);
	struct work_ask ask = asked(w, &one, NULL);
	char *header = work_for(&ask, &one);
	assert_int_equal(post_with(w, &one, header), 201);
	assert_int_equal(post_with(w, &one, NULL), 200);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 2), 409, "already-voted");
	struct yihu_buf foreign = boxdir_ballot(w->f, 2, 1);
	foreign.data[20] ^= 1;
	post_only(w, "/api/ballot", foreign, 400, "credential");
	post_only(w, "/api/entry", entry('R', boxdir_change(w->f, 5, 13)), 201, "");
	free(header);
	yihu_buf_free(&one);
}

/* Whoever floods the daemon does it for each: what was found false has been paid for once. */
static void work_for_garbage_is_good_once(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf garbage = boxdir_ballot(w->f, 1, 1);
	garbage.data[garbage.len - 1] ^= 1;
	struct work_ask ask = asked(w, &garbage, NULL);
	char *header = work_for(&ask, &garbage);
	for (int i = 0; i < 3; i++)
		assert_int_equal(post_with(w, &garbage, header), 400);
	assert_int_equal(atomic_load(&w->d->metrics.work_done), 1);
	assert_int_equal(atomic_load(&w->d->metrics.verify_us.count), 1);
	assert_int_equal(atomic_load(&w->d->metrics.refused[YIHU_EVOTESIG]), 3);
	free(header);
	yihu_buf_free(&garbage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start_asking, calls_stop)
		CASE(in_overload_a_ballot_brings_work),
		CASE(known_ballots_and_entries_bring_none),
		CASE(work_for_garbage_is_good_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
