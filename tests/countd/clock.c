/* SPDX-License-Identifier: Apache-2.0
 *
 * The end of the poll and the clock: what ends it, what waits, what recovers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/clock.h>
#include <yihu/file.h>

#include "calls.h"
#include "countd/clock_guard.h"
#include "daemon.h"
#include "test.h"

#define DAY 86400

/* A box whose log began when the letters were made, and no daemon yet. */
static int set_up(void **state)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	daemon_set_up(w, NULL, BEFORE);
	yihu_box_close(boxdir_open(w->dir, BEFORE));
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct daemon *w = *state;
	clock_synchronise(false);
	daemon_tear_down(w);
	free(w);
	return 0;
}

static int status_of(const struct daemon *w, const char *path)
{
	struct reply r = http_get(w, path);
	int status = r.status;
	reply_free(&r);
	return status;
}

/* The writer looks five times a second; here until it has looked once more. */
static void await_at_close(const struct daemon *w)
{
	while (status_of(w, "/log/at-close") != 200)
		usleep(20000);
}

/* It had time to end the poll: two groups of the writer are done. */
static void expect_waiting(struct daemon *w, uint32_t serial)
{
	post_only(w, "/api/ballot", boxdir_ballot(w->f, serial, 1), 503, "clock");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, serial, 1), 503, "clock");
	assert_int_equal(status_of(w, "/log/at-close"), 404);
	assert_int_equal(status_of(w, "/healthz"), 503);
}

static bool state_says(const struct daemon *w, const char *member)
{
	struct reply r = http_get(w, "/api/state");
	json_t *j = reply_json(&r);
	bool is = json_is_true(json_object_get(j, member));
	json_decref(j);
	reply_free(&r);
	return is;
}

static void same_boot_that_kept_pace_ends_the_poll(void **state)
{
	struct daemon *w = *state;
	daemon_start(w, NULL);
	clock_go(FIXTURE_CLOSES - 2);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	await_at_close(w);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 403, "over");
}

static void clock_that_is_years_ahead_at_the_start_ends_nothing(void **state)
{
	struct daemon *w = *state;
	clock_jump(3650LL * DAY);
	daemon_start(w, NULL);
	expect_waiting(w, 1);
	daemon_stop(w);
	clock_go(DURING);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	assert_int_equal(status_of(w, "/healthz"), 200);
}

static void other_boot_takes_ballots_and_lets_the_end_wait(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(DURING);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	assert_int_equal(status_of(w, "/healthz"), 200);
	clock_go(FIXTURE_CLOSES + 1);
	expect_waiting(w, 2);
	assert_true(state_says(w, "end_waits"));
	assert_false(state_says(w, "clock_ok"));
	/* A person types the time that another clock shows. */
	assert_int_equal(yihu_clock_vouch(w->dir, NULL), 0);
	await_at_close(w);
	assert_int_equal(status_of(w, "/healthz"), 200);
}

static void being_synchronised_ends_the_wait(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(FIXTURE_CLOSES + 1);
	daemon_start(w, NULL);
	expect_waiting(w, 1);
	clock_synchronise(true);
	await_at_close(w);
}

/* It was right once since the computer was started: that is remembered when the
 * network is gone. */
static void clock_that_was_synchronised_once_ends_the_poll(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(DURING);
	clock_synchronise(true);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	daemon_stop(w);
	clock_synchronise(false);
	clock_go(FIXTURE_CLOSES + 1);
	daemon_start(w, NULL);
	await_at_close(w);
}

static void late_synchronisation_recovers_by_itself(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(DURING);
	clock_jump(-1800);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	clock_jump(1800);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
	clock_synchronise(true);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
	assert_int_equal(status_of(w, "/healthz"), 200);
}

/* A hardware clock in local time: eight hours ahead until it is synchronised.
 * Entries bear the time of the last one. */
static void synchronisation_backwards_recovers_too(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(DURING);
	clock_jump(8 * 3600);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	clock_jump(-8 * 3600);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
	clock_synchronise(true);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
}

static void unsure_clock_a_day_ahead_of_the_log_writes_nothing(void **state)
{
	struct daemon *w = *state;
	clock_boot_anew();
	clock_go(BEFORE + DAY - 5);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	daemon_stop(w);
	clock_boot_anew();
	clock_go(BEFORE + 2 * DAY + 60);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
	assert_int_equal(status_of(w, "/healthz"), 503);
	assert_int_equal(yihu_clock_vouch(w->dir, NULL), 0);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
}

static void unsure_clock_behind_the_log_writes_nothing(void **state)
{
	struct daemon *w = *state;
	clock_go(DURING);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	daemon_stop(w);
	clock_boot_anew();
	clock_go(DURING - 61);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
}

/* A vote that was written a minute before the end, by a clock that was right. */
static void vote_last(struct daemon *w)
{
	clock_go(FIXTURE_CLOSES - 60);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	daemon_stop(w);
}

/* Nothing speaks against the clock; that is not enough to end the poll. */
static void end_waits_where_nothing_speaks_against_the_clock(void **state)
{
	struct daemon *w = *state;
	uint64_t now;
	vote_last(w);
	clock_boot_anew();
	clock_go(FIXTURE_CLOSES + 1);
	daemon_start(w, NULL);
	expect_waiting(w, 2);
	assert_true(state_says(w, "end_waits"));
	daemon_stop(w);
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	assert_int_equal(yihu_box_clock(b, &now, NULL), YIHU_ECLOCK);
	yihu_box_close(b);
}

/* A computer that is started a month later, without a network, to count. */
static void sealed_log_asks_nothing_of_the_clock(void **state)
{
	struct daemon *w = *state;
	clock_go(FIXTURE_CLOSES + 1);
	daemon_start(w, NULL);
	await_at_close(w);
	daemon_stop(w);
	clock_boot_anew();
	clock_go(FIXTURE_CLOSES + 30 * DAY);
	daemon_start(w, NULL);
	assert_int_equal(status_of(w, "/healthz"), 200);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 403, "over");
}

/* How far time had come is remembered also where no entry tells it. */
static void day_is_counted_from_the_last_moment_that_is_kept(void **state)
{
	struct daemon *w = *state;
	clock_go(DURING);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	daemon_stop(w);
	clock_go(DURING + 2 * DAY);
	assert_int_equal(yihu_clock_vouch(w->dir, NULL), 0);
	clock_boot_anew();
	clock_go(DURING + 2 * DAY + 3600);
	daemon_start(w, NULL);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 201, "");
}

/* The log began an hour behind; being synchronised has told. */
static void older_moment_does_not_replace_a_better_one(void **state)
{
	struct daemon *w = *state;
	daemon_start(w, NULL);
	clock_go(BEFORE + 100);
	clock_jump(3600);
	clock_synchronise(true);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 201, "");
	clock_synchronise(false);
	clock_jump(-3600);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 2, 1), 503, "clock");
}

/* Forty seconds an hour are less than a jump; two hours of it are one. */
static void hours_tolerance_never_adds_up(void **state)
{
	struct daemon *w = *state;
	struct clock_guard g;
	const struct yihu_clock_log log = {.last = BEFORE};
	clock_synchronise(true);
	clock_guard_init(&g, w->dir);
	clock_guard_log(&g, FIXTURE_CLOSES, &log);
	assert_int_equal(clock_guard_read(&g).verdict, YIHU_CLOCK_BELIEVED);
	clock_synchronise(false);
	for (unsigned hour = 1; hour <= 2; hour++) {
		clock_go(BEFORE + hour * 3600);
		clock_jump(40 * hour);
		assert_int_equal(clock_guard_read(&g).verdict,
				 hour == 1 ? YIHU_CLOCK_BELIEVED : YIHU_CLOCK_JUMPED);
		assert_int_equal(clock_guard_keep(&g, NULL), 0);
	}
	clock_guard_finish(&g);
}

static void moment_that_is_yet_to_come_vouches_for_nothing(void **state)
{
	struct daemon *w = *state;
	struct yihu_clock_watch moment;
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	uint64_t now;
	clock_go(FIXTURE_CLOSES);
	yihu_clock_watch(&moment);
	moment.vouched = true;
	moment.boot.up_s += 10;
	assert_int_equal(yihu_clock_keep(&moment, w->dir, NULL), 0);
	assert_int_equal(yihu_box_clock(b, &now, NULL), YIHU_ECLOCK);
	yihu_box_close(b);
}

/* The committee's own programs, on a box that no daemon has. */
static void box_tells_its_owner_the_same(void **state)
{
	struct daemon *w = *state;
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	struct yihu_error err = {0};
	uint64_t now;
	clock_go(FIXTURE_CLOSES);
	assert_int_equal(yihu_box_clock(b, &now, &err), 0);
	assert_int_equal(now, FIXTURE_CLOSES);
	clock_boot_anew();
	assert_int_equal(yihu_box_clock(b, &now, &err), YIHU_ECLOCK);
	clock_go(DURING);
	assert_int_equal(yihu_box_clock(b, &now, &err), 0);
	yihu_box_close(b);
}

/* Whatever BOX/clock holds, the worst is that the end waits. */
static void damaged_memory_vouches_for_nothing(void **state)
{
	static const char *const texts[] = {
		"",
		"yihu-clock-v2\nboot 00000000\nup 1\ntime 2026-06-01T00:00:00Z\nvouched yes\n",
		"yihu-clock-v1\nboot 00000000\nup x\ntime 2026-06-01T00:00:00Z\nvouched yes\n",
		"yihu-clock-v1\nboot 00000000\nup 1\ntime 2026-06-41T00:00:00Z\nvouched yes\n",
		"yihu-clock-v1\nboot 00000000\nup 1\ntime 2026-06-01T00:00:00Z\nvouched yes\nx\n",
	};
	struct daemon *w = *state;
	char *path = yihu_path(w->dir, "clock");
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	uint64_t now;
	clock_go(FIXTURE_CLOSES);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(yihu_file_write(path, texts[i], strlen(texts[i]), 0600, NULL), 0);
		assert_int_equal(yihu_box_clock(b, &now, NULL), YIHU_ECLOCK);
	}
	yihu_box_close(b);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(same_boot_that_kept_pace_ends_the_poll),
		CASE(clock_that_is_years_ahead_at_the_start_ends_nothing),
		CASE(other_boot_takes_ballots_and_lets_the_end_wait),
		CASE(being_synchronised_ends_the_wait),
		CASE(clock_that_was_synchronised_once_ends_the_poll),
		CASE(late_synchronisation_recovers_by_itself),
		CASE(synchronisation_backwards_recovers_too),
		CASE(unsure_clock_a_day_ahead_of_the_log_writes_nothing),
		CASE(unsure_clock_behind_the_log_writes_nothing),
		CASE(end_waits_where_nothing_speaks_against_the_clock),
		CASE(sealed_log_asks_nothing_of_the_clock),
		CASE(day_is_counted_from_the_last_moment_that_is_kept),
		CASE(older_moment_does_not_replace_a_better_one),
		CASE(hours_tolerance_never_adds_up),
		CASE(moment_that_is_yet_to_come_vouches_for_nothing),
		CASE(box_tells_its_owner_the_same),
		CASE(damaged_memory_vouches_for_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
