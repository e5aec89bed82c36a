/* SPDX-License-Identifier: Apache-2.0
 *
 * The box side under an HTTP side that strangers have taken over, played by the test:
 * nothing is appended that the rules refuse, and it can be stopped.
 */
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls.h"
#include "countd/asked.h"
#include "countd/channel.h"
#include "countd/daemon.h"
#include "far_end.h"
#include "test.h"

struct captured {
	struct daemon w;
	int front; /* the test's end */
};

static void serve_captured(struct captured *x)
{
	struct yihu_buf fine = {0};
	struct yihu_error err;
	int ends[2];
	fixture_must(channel_pair(ends, &err), &err);
	x->front = ends[1];
	/* So that answers that nobody reads are soon more than the socket holds. */
	setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &(int){4096}, sizeof(int));
	message_put_error(&fine, 0, NULL);
	far_say(x->front, MESSAGE_FRONT, 0, 0, fine.data, fine.len);
	far_say(x->front, MESSAGE_FRONT, 0, 0, fine.data, fine.len);
	yihu_buf_free(&fine);
	daemon_start(&x->w,
		     &(struct countd_options){.front_fd = ends[0], .connections = FAR_CONNECTIONS});
}

static int start_captured(void **state)
{
	struct captured *x = yihu_calloc(1, sizeof *x);
	daemon_set_up(&x->w, NULL, DURING);
	serve_captured(x);
	*state = x;
	return 0;
}

static void leave(struct captured *x)
{
	if (x->front >= 0)
		close(x->front);
	x->front = -1;
}

static int stop_captured(void **state)
{
	struct captured *x = *state;
	struct yihu_error err;
	if (x->w.d)
		countd_stop(x->w.d, &err);
	x->w.d = NULL;
	leave(x);
	daemon_tear_down(&x->w);
	free(x);
	return 0;
}

static uint64_t size_of(const struct captured *x)
{
	return committed_figures(x->w.d->committed).size;
}

static struct yihu_buf of_nobody(const struct captured *x)
{
	struct yihu_buf change = {0};
	yihu_change_body(&change, x->w.f->election->charter->eid, 5, 0, NULL, &x->w.f->holders[0]);
	return entry('R', change);
}

static void nothing_is_appended_that_the_rules_refuse(void **state)
{
	struct captured *x = *state;
	char slug[64];
	uint64_t before = size_of(x);
	struct yihu_buf forged = boxdir_ballot(x->w.f, 3, 3);
	forged.data[forged.len - 1] ^= 1;
	far_ask(x->front, CALL_BALLOT, 0, "", forged);
	assert_int_equal(far_answer(x->front, 0, slug), 400);
	assert_string_equal(slug, "vote-signature");
	far_ask(x->front, CALL_ENTRY, 1, "", of_nobody(x));
	assert_int_equal(far_answer(x->front, 1, slug), 400);
	far_ask(x->front, CALL_EXPORT, 2, "", (struct yihu_buf){0});
	assert_int_equal(far_answer(x->front, 2, slug), 409);
	far_ask(x->front, CALL_TILE, 3, "../log.key", (struct yihu_buf){0});
	assert_int_equal(far_answer(x->front, 3, slug), 404);
	assert_int_equal(size_of(x), before);
	/* A voter's own is taken, whoever hands it on, and no older than half a minute. */
	far_ask_at(x->front, CALL_BALLOT, 0, 0, "", boxdir_ballot(x->w.f, 3, 3));
	assert_int_equal(far_answer(x->front, 0, slug), 201);
	assert_int_equal(size_of(x), before + 1);
	struct known_letter l;
	assert_int_equal(letters_find(x->w.d->letters, 3, &l, NULL), 0);
	assert_true(l.known.voted_time >= DURING - YIHU_RECEPTION_S);
	/* Nor is what is said to be still to come. */
	uint64_t now = yihu_clock();
	far_ask_at(x->front, CALL_BALLOT, 0, yihu_clock_monotonic_ms() + 10000000, "",
		   boxdir_ballot(x->w.f, 4, 4));
	assert_int_equal(far_answer(x->front, 0, slug), 201);
	assert_int_equal(letters_find(x->w.d->letters, 4, &l, NULL), 0);
	assert_true(l.known.voted_time >= now && l.known.voted_time <= yihu_clock());
}

static void after_the_end_no_time_of_reception_helps(void **state)
{
	struct captured *x = *state;
	char slug[64] = "";
	clock_go(AFTER);
	for (unsigned status = 404; status != 200; status = far_answer(x->front, 0, slug))
		far_ask(x->front, CALL_AT_CLOSE, 0, "", (struct yihu_buf){0});
	uint64_t before = size_of(x);
	far_ask_at(x->front, CALL_BALLOT, 0, 0, "", boxdir_ballot(x->w.f, 3, 3));
	assert_int_equal(far_answer(x->front, 0, slug), 403);
	assert_string_equal(slug, "over");
	assert_int_equal(size_of(x), before);
}

/* Its last byte came a thousandth of a second before the end, and its message after. */
static void the_polls_last_second_counts(void **state)
{
	struct captured *x = *state;
	struct yihu_buf call = {0}, all = {0}, ballot = boxdir_ballot(x->w.f, 3, 3);
	struct known_letter l;
	char slug[64] = "";
	message_put_tail(&call, "");
	yihu_buf_put(&call, ballot.data, ballot.len);
	message_head(&all, &(struct message){.kind = (enum message_kind)CALL_BALLOT,
					     .at_ms = FIXTURE_CLOSES * 1000 - 1,
					     .second = (uint8_t)(FIXTURE_CLOSES - 1),
					     .len = call.len});
	yihu_buf_put(&all, call.data, call.len);
	atomic_fetch_add(&x->w.d->early, 1); /* the end waits, however slow we are */
	clock_go(FIXTURE_CLOSES);
	assert_int_equal(send(x->front, all.data, all.len, MSG_NOSIGNAL), all.len);
	assert_int_equal(far_answer(x->front, 0, slug), 201);
	atomic_fetch_sub(&x->w.d->early, 1);
	assert_int_equal(letters_find(x->w.d->letters, 3, &l, NULL), 0);
	assert_int_equal(l.known.voted_time, FIXTURE_CLOSES - 1);
	yihu_buf_free(&ballot);
	yihu_buf_free(&call);
	yihu_buf_free(&all);
}

/* However long that takes, up to half a minute. */
static void the_end_waits_for_what_is_on_its_way(void **state)
{
	struct captured *x = *state;
	struct yihu_buf bytes = {0};
	char slug[64] = "";
	clock_go(FIXTURE_CLOSES + 2);
	while (far_hear(x->front, MESSAGE_TO_FRONT, &bytes).kind != MESSAGE_MARK)
		;
	/* The writer has looked once more. */
	far_ask(x->front, CALL_BALLOT, 0, "", boxdir_ballot(x->w.f, 4, 4));
	assert_int_equal(far_answer(x->front, 0, slug), 403);
	far_ask(x->front, CALL_AT_CLOSE, 0, "", (struct yihu_buf){0});
	assert_int_equal(far_answer(x->front, 0, slug), 404);
	far_ask_at(x->front, CALL_BALLOT, 0, yihu_clock_monotonic_ms() - 5000, "",
		   boxdir_ballot(x->w.f, 3, 3));
	assert_int_equal(far_answer(x->front, 0, slug), 201);
	far_say(x->front, MESSAGE_MARKED, 0, 0, NULL, 0);
	for (unsigned status = 404; status != 200; status = far_answer(x->front, 0, slug))
		far_ask(x->front, CALL_AT_CLOSE, 0, "", (struct yihu_buf){0});
	assert_true(yihu_clock() < FIXTURE_CLOSES + YIHU_RECEPTION_S);
	yihu_buf_free(&bytes);
	/* Unasked it is out of place. */
	far_say(x->front, MESSAGE_MARKED, 0, 0, NULL, 0);
	while (!countd_failed(x->w.d))
		usleep(1000);
}

/* It gives up, says so, and the box is as it was. */
static void ends_by(void **state, const char *what)
{
	struct captured *x = *state;
	struct yihu_error err = {0};
	struct pollfd p = {.fd = x->front, .events = POLLIN};
	char bytes[4096];
	while (!countd_failed(x->w.d))
		poll(&p, 1, 10);
	while (recv(x->front, bytes, sizeof bytes, 0) > 0)
		;
	uint64_t size = size_of(x);
	int r = countd_stop(x->w.d, &err);
	x->w.d = NULL;
	leave(x);
	if (r != YIHU_EIO)
		fail_msg("%s: %d %s", what, r, err.text);
	serve_captured(x);
	assert_true(size_of(x) >= size);
}

static void what_is_no_message_ends_it(void **state)
{
	struct captured *x = *state;
	uint64_t before = size_of(x);
	static const char garbage[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
	static const uint8_t zeros[3 + MESSAGE_TAIL_MAX];
	uint8_t longer[] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, CALL_BALLOT, 0,
			    0,    0,    0,    0,    0, 0, 0, 0, 0,           0};
	send(x->front, garbage, sizeof garbage, MSG_NOSIGNAL);
	ends_by(state, "garbage");
	send(x->front, longer, sizeof longer, MSG_NOSIGNAL);
	ends_by(state, "a length");
	far_ask(x->front, CALL_STATE, CALLS_AT_ONCE(FAR_CONNECTIONS), "", (struct yihu_buf){0});
	ends_by(state, "an id");
	far_say(x->front, MESSAGE_SERVES, 0, 0, NULL, 0);
	ends_by(state, "the other way");
	far_say(x->front, MESSAGE_FRONT, 0, 0, zeros, 2);
	ends_by(state, "out of place");
	far_say(x->front, (enum message_kind)CALL_STATE, 0, 0, zeros, 3);
	ends_by(state, "a body where none belongs");
	far_say(x->front, (enum message_kind)CALL_STATE, 0, 0, zeros, 1);
	ends_by(state, "a tail that is cut");
	far_say(x->front, MESSAGE_GONE, 5, 0, NULL, 0); /* it may have been answered */
	far_ask(x->front, CALL_HEALTH, 5, "", (struct yihu_buf){0});
	char slug[64];
	assert_int_equal(far_answer(x->front, 5, slug), 200);
	assert_int_equal(size_of(x), before);
}

static void no_number_is_used_twice_at_once(void **state)
{
	struct captured *x = *state;
	pthread_mutex_lock(&x->w.d->box_lock);
	far_ask(x->front, CALL_BALLOT, 7, "", boxdir_ballot(x->w.f, 3, 3));
	far_ask(x->front, CALL_BALLOT, 7, "", boxdir_ballot(x->w.f, 4, 4));
	while (!countd_failed(x->w.d))
		usleep(1000);
	pthread_mutex_unlock(&x->w.d->box_lock);
	ends_by(state, "a number");
	assert_true(size_of(x) <= 2); /* the first of the two was a ballot */
}

/* More is kept for it than may be, so that whoever has a large answer waits. */
static void fill_room(struct captured *x)
{
	for (unsigned i = 0; i < (10u << 20) / MESSAGE_HEAD_BYTES; i++)
		asked_progress(x->w.d->asked, 1, 1);
}

static void ask_for_tile(struct captured *x, uint32_t id)
{
	far_ask(x->front, CALL_TILE, id, "log/tile/entries/000.p/1", (struct yihu_buf){0});
}

/* Its answers are read by nobody, and it goes on asking. */
static void who_does_not_read_stops_nobody(void **state)
{
	struct captured *x = *state;
	char slug[64];
	fill_room(x);
	ask_for_tile(x, CALLS_AT_ONCE(FAR_CONNECTIONS) - 1);
	for (uint32_t id = 0; id < CALLS_AT_ONCE(FAR_CONNECTIONS) - 1; id++)
		far_ask(x->front, CALL_METRICS, id, "", (struct yihu_buf){0});
	struct yihu_error err;
	uint64_t size = size_of(x);
	fixture_must(countd_stop(x->w.d, &err), &err); /* it ends */
	x->w.d = NULL;
	leave(x);
	serve_captured(x);
	assert_int_equal(size_of(x), size);
	far_ask(x->front, CALL_STATE, 0, "", (struct yihu_buf){0});
	assert_int_equal(far_answer(x->front, 0, slug), 200);
}

/* The tiles' reader waits for room. Whoever asks for anything else does not wait behind
 * it, nor for what nobody waits for. */
static void tiles_do_not_hold_up_voters(void **state)
{
	struct captured *x = *state;
	char slug[64];
	fill_room(x);
	for (uint32_t id = 0; id < 4; id++)
		ask_for_tile(x, id);
	far_say(x->front, MESSAGE_GONE, 3, 0, NULL, 0);
	/* When the second is taken the first is answered. */
	far_ask(x->front, CALL_STATE, 4, "", (struct yihu_buf){0});
	far_ask(x->front, CALL_STATE, 5, "", (struct yihu_buf){0});
	while (queue_waiting(&x->w.d->read_log) != 3 || queue_waiting(&x->w.d->read) != 0)
		usleep(1000);
	assert_int_equal(far_answer(x->front, 4, slug), 200);
	bool second = false;
	for (uint32_t id = 0; id < 4;) {
		struct yihu_buf bytes = {0};
		struct message m = far_hear(x->front, MESSAGE_TO_FRONT, &bytes);
		second = second || m.id == 5;
		if (m.kind == MESSAGE_ANSWER && m.id != 5)
			assert_int_equal(m.id, id++);
		yihu_buf_free(&bytes);
	}
	assert_int_equal(atomic_load(&x->w.d->metrics.dropped), 1);
	if (!second)
		assert_int_equal(far_answer(x->front, 5, slug), 200);
}

static void too_many_tiles_are_told_to_come_again(void **state)
{
	struct captured *x = *state;
	unsigned busy = 0;
	fill_room(x);
	ask_for_tile(x, 0);
	while (queue_waiting(&x->w.d->read_log) != 0)
		usleep(1000);
	for (uint32_t id = 1; id <= COUNTD_TILES_MAX + 1; id++)
		ask_for_tile(x, id);
	while (atomic_load(&x->w.d->metrics.tiles_shed) == 0)
		usleep(1000);
	for (uint32_t heard = 0; heard <= COUNTD_TILES_MAX + 1;) {
		struct yihu_buf bytes = {0};
		struct answer a = ANSWER_NONE;
		struct message m = far_hear(x->front, MESSAGE_TO_FRONT, &bytes);
		if (m.kind == MESSAGE_ANSWER) {
			heard++;
			assert_true(message_answer_read(&a, &m));
			busy += a.status == 503 && a.retry_after_s > 0;
			yihu_buf_free(&a.body);
		}
		yihu_buf_free(&bytes);
	}
	assert_int_equal(busy, 1);
}

/* What it is sent and does not take is kept for it, and not without end. */
TEST(what_is_kept_has_a_bound)
{
	const struct channel_user user = {.way = MESSAGE_TO_BOX, .n_ids = 1};
	struct yihu_error err;
	int ends[2];
	struct yihu_buf large = {0};
	uint8_t *zeros = yihu_calloc(1, 1 << 20);
	fixture_must(channel_pair(ends, &err), &err);
	struct channel *c = channel_new(ends[0], &user);
	yihu_buf_put(&large, zeros, 1 << 20);
	for (int i = 0; i < 128; i++)
		channel_send(c, &(struct message){.kind = MESSAGE_ANSWER}, &large, 1);
	ssize_t n;
	while ((n = recv(ends[1], zeros, 1 << 20, MSG_DONTWAIT)) > 0)
		;
	assert_int_equal(n, 0); /* it was broken off */
	channel_wait_room(c);   /* nobody waits where nothing goes any more */
	channel_free(c);
	close(ends[1]);
	yihu_buf_free(&large);
	free(zeros);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start_captured, stop_captured)
		CASE(nothing_is_appended_that_the_rules_refuse),
		CASE(after_the_end_no_time_of_reception_helps),
		CASE(the_polls_last_second_counts),
		CASE(the_end_waits_for_what_is_on_its_way),
		CASE(what_is_no_message_ends_it),
		CASE(no_number_is_used_twice_at_once),
		CASE(who_does_not_read_stops_nobody),
		CASE(tiles_do_not_hold_up_voters),
		CASE(too_many_tiles_are_told_to_come_again),
		cmocka_unit_test(what_is_kept_has_a_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
