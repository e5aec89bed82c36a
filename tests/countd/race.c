/* SPDX-License-Identifier: Apache-2.0
 *
 * Many at once: one household's token in 64 hands, a neighbourhood in one
 * minute, a queue that is full.
 */

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon.h"
#include "test.h"

#define THREADS 64

struct sender {
	const struct daemon *w;
	pthread_t thread;
	pthread_barrier_t *start;
	struct yihu_buf ballot;
	int status;
	json_t *answer;
};

static void *send_one(void *context)
{
	struct sender *s = context;
	pthread_barrier_wait(s->start);
	struct reply r = http_post(s->w, "/api/ballot", &s->ballot);
	s->status = r.status;
	s->answer = r.status ? reply_json(&r) : NULL;
	reply_free(&r);
	return NULL;
}

static void send_all(struct sender *s, size_t n, const struct daemon *w)
{
	pthread_barrier_t start;
	pthread_barrier_init(&start, NULL, (unsigned)n);
	for (size_t i = 0; i < n; i++) {
		s[i].w = w;
		s[i].start = &start;
		assert_int_equal(pthread_create(&s[i].thread, NULL, send_one, &s[i]), 0);
	}
	for (size_t i = 0; i < n; i++)
		pthread_join(s[i].thread, NULL);
	pthread_barrier_destroy(&start);
}

static void finish(struct sender *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		yihu_buf_free(&s[i].ballot);
		json_decref(s[i].answer);
	}
}

/* Two signed ballots of a letter are under way at a time; the others come again. */
static void send_busy_again(struct sender *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		while (s[i].status == 503) {
			assert_string_equal(json_text(s[i].answer, "error"), "busy");
			json_decref(s[i].answer);
			struct reply r = http_post(s[i].w, "/api/ballot", &s[i].ballot);
			s[i].status = r.status;
			s[i].answer = reply_json(&r);
			reply_free(&r);
		}
}

TEST(one_token_in_64_hands)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, NULL);
	for (uint64_t i = 0; i < THREADS; i++)
		s[i].ballot = boxdir_ballot(w.f, 3, i);
	send_all(s, THREADS, &w);
	send_busy_again(s, THREADS);
	int created = 0, conflicts = 0;
	const char *time = NULL;
	for (int i = 0; i < THREADS; i++)
		if (s[i].status == 201) {
			created++;
			time = json_text(s[i].answer, "time");
		}
	assert_int_equal(created, 1);
	for (int i = 0; i < THREADS; i++)
		if (s[i].status == 409) {
			conflicts++;
			assert_string_equal(json_text(s[i].answer, "error"), "already-voted");
			assert_string_equal(json_text(s[i].answer, "time"), time);
			assert_int_equal(json_number(s[i].answer, "index"), 1);
		}
	assert_int_equal(conflicts, THREADS - 1);
	finish(s, THREADS);
	daemon_tear_down(&w);
}

TEST(the_same_ballot_from_64_phones)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	int created = 0;
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, NULL);
	struct yihu_buf one = boxdir_ballot(w.f, 3, 1);
	for (int i = 0; i < THREADS; i++)
		yihu_buf_put(&s[i].ballot, one.data, one.len);
	send_all(s, THREADS, &w);
	send_busy_again(s, THREADS);
	for (int i = 0; i < THREADS; i++) {
		created += s[i].status == 201;
		assert_true(s[i].status == 201 || s[i].status == 200);
		assert_int_equal(json_number(s[i].answer, "index"), 1);
	}
	assert_int_equal(created, 1);
	yihu_buf_free(&one);
	finish(s, THREADS);
	daemon_tear_down(&w);
}

static void check_receipt(const struct daemon *w, const struct sender *s, bool *seen)
{
	const char *text = json_text(s->answer, "receipt");
	struct yihu_receipt r;
	struct yihu_error err;
	fixture_must(
		yihu_receipt_parse(&r, text, strlen(text), &w->f->election->charter->log, &err),
		&err);
	assert_memory_equal(r.entry + YIHU_ENTRY_HEAD_BYTES, s->ballot.data, s->ballot.len);
	assert_false(seen[r.index]);
	seen[r.index] = true;
	yihu_receipt_free(&r);
}

TEST(each_of_64_households_at_once_is_recorded)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	bool seen[THREADS + 1] = {false};
	daemon_set_up(&w, &(struct fixture_options){.households = THREADS}, DURING);
	daemon_start(&w, NULL);
	for (uint32_t i = 0; i < THREADS; i++)
		s[i].ballot = boxdir_ballot(w.f, i + 1, i);
	send_all(s, THREADS, &w);
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(s[i].status, 201);
		check_receipt(&w, &s[i], seen);
	}
	finish(s, THREADS);
	daemon_tear_down(&w);
}

/* Room for one: whoever finds none is told so, and comes in later. */
TEST(full_queue_says_try_again)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	int refused = 0;
	daemon_set_up(&w, &(struct fixture_options){.households = THREADS}, DURING);
	daemon_start(&w, &(struct countd_options){.queue = 1});
	for (uint32_t i = 0; i < THREADS; i++)
		s[i].ballot = boxdir_ballot(w.f, i + 1, i);
	send_all(s, THREADS, &w);
	for (int i = 0; i < THREADS; i++) {
		assert_true(s[i].status == 201 || s[i].status == 503);
		if (s[i].status == 201)
			continue;
		refused++;
		assert_string_equal(json_text(s[i].answer, "error"), "busy");
		struct reply r = http_post(&w, "/api/ballot", &s[i].ballot);
		assert_int_equal(r.status, 201);
		reply_free(&r);
	}
	assert_true(refused > 0);
	finish(s, THREADS);
	daemon_tear_down(&w);
}

static atomic_bool reading;

static void *read_on(void *context)
{
	static const char *const paths[] = {
		"/api/state",          "/api/turnout",      "/api/serial/3", "/log/checkpoint",
		"/log/tile/0/000.p/1", "/api/credential/2", "/healthz",      "/charter"};
	const struct daemon *w = context;
	for (size_t i = 0; atomic_load(&reading); i++) {
		struct reply r = http_get(w, paths[i % (sizeof paths / sizeof *paths)]);
		if (r.status != 200) {
			print_error("%s: %d %s\n", paths[i % 8], r.status, (char *)r.body.data);
			abort();
		}
		reply_free(&r);
	}
	return NULL;
}

/* Readers while the writer writes: for the thread sanitizer most of all. */
TEST(readers_beside_the_writer)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	pthread_t readers[4];
	daemon_set_up(&w, &(struct fixture_options){.households = THREADS}, DURING);
	daemon_start(&w, NULL);
	atomic_store(&reading, true);
	for (int i = 0; i < 4; i++)
		pthread_create(&readers[i], NULL, read_on, &w);
	for (uint32_t i = 0; i < THREADS; i++)
		s[i].ballot = boxdir_ballot(w.f, i + 1, i);
	send_all(s, THREADS, &w);
	clock_go(AFTER);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(s[i].status, 201);
	atomic_store(&reading, false);
	for (int i = 0; i < 4; i++)
		pthread_join(readers[i], NULL);
	finish(s, THREADS);
	daemon_tear_down(&w);
}

/* Stopped amid the rush: whoever got a 201 is in the log, and nobody waits
 * for ever. */
static void *stop_soon(void *context)
{
	daemon_stop(context);
	return NULL;
}

TEST(stopping_amid_the_rush)
{
	struct daemon w;
	struct sender s[THREADS] = {0};
	pthread_t stopper;
	pthread_barrier_t start;
	daemon_set_up(&w, &(struct fixture_options){.households = THREADS}, DURING);
	daemon_start(&w, NULL);
	struct daemon shown = w; /* the stopper takes w.d away */
	pthread_barrier_init(&start, NULL, THREADS);
	for (uint32_t i = 0; i < THREADS; i++) {
		s[i].ballot = boxdir_ballot(w.f, i + 1, i);
		s[i].w = &shown;
		s[i].start = &start;
	}
	for (size_t i = 1; i < THREADS; i++)
		pthread_create(&s[i].thread, NULL, send_one, &s[i]);
	s[0].w = &shown;
	pthread_create(&s[0].thread, NULL, send_one, &s[0]);
	pthread_create(&stopper, NULL, stop_soon, &w);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(s[i].thread, NULL);
	pthread_join(stopper, NULL);
	pthread_barrier_destroy(&start);
	struct yihu_box *b = boxdir_open(w.dir, DURING);
	for (uint32_t i = 0; i < THREADS; i++) {
		struct yihu_credential_state known;
		assert_int_equal(yihu_ledger_serial(yihu_box_ledger(b), i + 1, &known, NULL), 0);
		if (s[i].status == 201)
			assert_true(known.voted);
		if (s[i].status == 503)
			assert_false(known.voted);
	}
	yihu_box_close(b);
	finish(s, THREADS);
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_token_in_64_hands),
		cmocka_unit_test(the_same_ballot_from_64_phones),
		cmocka_unit_test(each_of_64_households_at_once_is_recorded),
		cmocka_unit_test(full_queue_says_try_again),
		cmocka_unit_test(readers_beside_the_writer),
		cmocka_unit_test(stopping_amid_the_rush),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
