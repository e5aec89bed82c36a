/* SPDX-License-Identifier: Apache-2.0
 *
 * What admission is made of, by itself: lanes and their shares, overload, work.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "countd/asked_work.h"
#include "countd/lanes.h"
#include "countd/queue.h"
#include "countd/request.h"
#include "daemon.h"
#include "test.h"

#define MAX 64 /* of each lane */

static struct request all[1024];
static size_t used;

static uint64_t now(void)
{
	return yihu_clock_monotonic_ms();
}

static void let_them_wait(void)
{
	clock_pass(1 + LANES_WAIT_MS / 1000);
}

static void begin(struct lanes *l, uint32_t width)
{
	clock_go(DURING);
	memset(all, 0, sizeof all);
	used = 0;
	lanes_init(l, 2 * MAX);
	lanes_set_width(l, width);
}

static enum lanes_push push(struct lanes *l, enum lane lane)
{
	return lanes_push(l, lane, &all[used++], now());
}

static void fill(struct lanes *l, enum lane lane, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_int_equal(push(l, lane), LANES_TAKEN);
}

static void take(struct lanes *l, size_t n, unsigned taken[N_LANES])
{
	enum lane lane;
	bool late;
	memset(taken, 0, N_LANES * sizeof *taken);
	while (n-- > 0) {
		assert_non_null(lanes_take(l, &lane, &late));
		assert_false(late);
		taken[lane]++;
	}
}

static void end(struct lanes *l)
{
	enum lane lane;
	bool late;
	lanes_close(l);
	while (lanes_take(l, &lane, &late))
		;
	lanes_finish(l);
}

TEST(each_lane_has_its_share)
{
	struct lanes l;
	unsigned taken[N_LANES];
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, MAX);
	fill(&l, LANE_ISSUER, MAX / 4);
	fill(&l, LANE_CROWDED, MAX / 4);
	take(&l, 28, taken);
	assert_int_equal(taken[LANE_UNSIGNED], 16);
	assert_int_equal(taken[LANE_ISSUER], 8);
	assert_int_equal(taken[LANE_CROWDED], 4);
	end(&l);
}

TEST(who_is_alone_has_all)
{
	struct lanes l;
	unsigned taken[N_LANES];
	begin(&l, 1);
	fill(&l, LANE_CROWDED, 8);
	take(&l, 8, taken);
	assert_int_equal(taken[LANE_CROWDED], 8);
	end(&l);
}

/* It neither saves up while it is empty, nor pays for what it had alone. */
TEST(who_comes_late_begins_where_the_others_are)
{
	struct lanes l;
	unsigned taken[N_LANES];
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, MAX);
	take(&l, 40, taken);
	fill(&l, LANE_ISSUER, 16);
	take(&l, 12, taken);
	assert_in_range(taken[LANE_UNSIGNED], 7, 9);
	assert_in_range(taken[LANE_ISSUER], 3, 5);
	end(&l);
}

TEST(first_in_first_out)
{
	struct lanes l;
	enum lane lane;
	bool late;
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, 3);
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(lanes_take(&l, &lane, &late), &all[i]);
	end(&l);
}

TEST(a_proof_is_due_at_once_when_nobody_has_a_better_right)
{
	struct lanes l;
	unsigned taken[N_LANES];
	struct request one = {0}, two = {0};
	begin(&l, 100);
	fill(&l, LANE_UNSIGNED, 3);
	take(&l, 1, taken);
	assert_true(lanes_go_on(&l, &one, now()));
	/* It has had a hundred signatures' time: two signatures come first. */
	assert_false(lanes_go_on(&l, &two, now()));
	take(&l, 2, taken);
	assert_int_equal(taken[LANE_UNSIGNED], 2);
	take(&l, 1, taken);
	assert_int_equal(taken[LANE_SIGNED], 1);
	end(&l);
}

TEST(signatures_wait_while_proofs_have_no_room)
{
	struct lanes l;
	unsigned taken[N_LANES];
	begin(&l, 255);
	fill(&l, LANE_UNSIGNED, 1);
	take(&l, 1, taken);
	fill(&l, LANE_UNSIGNED, 20);
	fill(&l, LANE_ISSUER, 1);
	assert_true(lanes_go_on(&l, &all[used++], now()));
	while (lanes_figures(&l, LANE_SIGNED, now()).n < l.of[LANE_SIGNED].max)
		assert_false(lanes_go_on(&l, &all[used++], now()));
	/* No signature of a ballot, though those had no turn yet; the issuer's are taken. */
	take(&l, 2, taken);
	assert_int_equal(taken[LANE_UNSIGNED], 0);
	assert_int_equal(taken[LANE_ISSUER], 1);
	assert_int_equal(taken[LANE_SIGNED], 1);
	take(&l, 1, taken);
	assert_int_equal(taken[LANE_UNSIGNED], 1);
	end(&l);
}

TEST(a_full_lane_takes_none_and_the_others_do)
{
	struct lanes l;
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, MAX);
	assert_int_equal(push(&l, LANE_UNSIGNED), LANES_FULL);
	fill(&l, LANE_ISSUER, MAX);
	assert_int_equal(push(&l, LANE_ISSUER), LANES_FULL);
	fill(&l, LANE_CROWDED, MAX);
	assert_int_equal(push(&l, LANE_CROWDED), LANES_FULL);
	assert_true(lanes_overloaded(&l, LANE_UNSIGNED, now()));
	lanes_close(&l);
	assert_int_equal(push(&l, LANE_UNSIGNED), LANES_CLOSED);
	end(&l);
}

TEST(who_waits_too_long_is_late_and_the_next_is_not_let_in)
{
	struct lanes l;
	enum lane lane;
	bool late;
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, 1);
	fill(&l, LANE_ISSUER, 1);
	let_them_wait();
	assert_int_equal(push(&l, LANE_UNSIGNED), LANES_FULL);
	for (int i = 0; i < 2; i++) {
		assert_ptr_equal(lanes_take(&l, &lane, &late), &all[i]);
		assert_true(late);
	}
	assert_int_equal(push(&l, LANE_UNSIGNED), LANES_TAKEN);
	end(&l);
}

TEST(a_signed_ballot_is_never_late)
{
	struct lanes l;
	enum lane lane;
	bool late;
	struct request signed_one = {0};
	begin(&l, 1);
	fill(&l, LANE_UNSIGNED, 1);
	while (lanes_go_on(&l, &signed_one, now()))
		;
	let_them_wait();
	assert_non_null(lanes_take(&l, &lane, &late));
	assert_int_equal(lane, LANE_UNSIGNED);
	assert_true(late);
	assert_ptr_equal(lanes_take(&l, &lane, &late), &signed_one);
	assert_false(late);
	end(&l);
}

static void *take_one(void *lanes)
{
	enum lane lane;
	bool late;
	return lanes_take(lanes, &lane, &late);
}

TEST(whoever_waits_wakes_up)
{
	struct lanes l;
	pthread_t two[2];
	void *got[2];
	begin(&l, 1);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&two[i], NULL, take_one, &l), 0);
	fill(&l, LANE_ISSUER, 1);
	lanes_close(&l);
	for (int i = 0; i < 2; i++)
		pthread_join(two[i], &got[i]);
	assert_true((got[0] == NULL) != (got[1] == NULL));
	end(&l);
}

TEST(overload_begins_with_a_long_wait_and_ends_after_a_while_of_short_ones)
{
	struct overload o = {0};
	overload_waited(&o, OVERLOAD_FROM_MS - 1, 1000);
	assert_false(overload_is(&o, 1000));
	overload_waited(&o, OVERLOAD_FROM_MS, 1000);
	assert_true(overload_is(&o, 1000 + OVERLOAD_LASTS_MS - 1));
	overload_waited(&o, OVERLOAD_KEEPS_MS, 5000);
	overload_waited(&o, OVERLOAD_KEEPS_MS - 1, 6000);
	assert_true(overload_is(&o, 5000 + OVERLOAD_LASTS_MS - 1));
	assert_false(overload_is(&o, 5000 + OVERLOAD_LASTS_MS));
	overload_waited(&o, OVERLOAD_KEEPS_MS, 20000);
	assert_false(overload_is(&o, 20000));
	overload_full(&o, 20000);
	assert_true(overload_is(&o, 20000));
}

/* The header's value for work that was asked for at that time. */
static const char *work_header(const struct asked_work *a, uint64_t at_ms, const char *ballot)
{
	static struct yihu_buf text;
	struct work_ask ask = asked_work_now(a, at_ms);
	yihu_buf_reset(&text);
	work_write(&text, &ask, work_do(&ask, ballot, strlen(ballot)));
	return (const char *)text.data;
}

TEST(work_is_good_for_four_minutes_and_one_ballot)
{
	struct asked_work a, other;
	const uint64_t asked = 10 * 60000 + 59999, ends = 14 * 60000;
	asked_work_init(&a);
	asked_work_init(&other);
	char *header = yihu_strdup(work_header(&a, asked, "a ballot"));
	assert_true(asked_work_done(&a, asked, header, "a ballot", 8));
	assert_true(asked_work_done(&a, ends - 1, header, "a ballot", 8));
	assert_false(asked_work_done(&a, ends, header, "a ballot", 8));
	assert_false(asked_work_done(&a, asked - 60000, header, "a ballot", 8));
	assert_false(asked_work_done(&a, asked, header, "b ballot", 8));
	assert_false(asked_work_done(&other, asked, header, "a ballot", 8));
	assert_false(asked_work_done(&a, asked, NULL, "a ballot", 8));
	assert_false(asked_work_done(&a, asked, "", "a ballot", 8));
	assert_false(asked_work_done(&a, asked, header + 1, "a ballot", 8));
	assert_int_equal(asked_work_now(&a, asked).bits, ASKED_WORK_BITS);
	free(header);
	asked_work_finish(&a);
	asked_work_finish(&other);
}

TEST(too_little_work_is_none)
{
	struct asked_work a;
	struct yihu_buf text = {0};
	char ballot = 'a';
	uint64_t enough, less;
	asked_work_init(&a);
	struct work_ask ask = asked_work_now(&a, 0);
	do {
		ballot++;
		ask.bits = ASKED_WORK_BITS;
		enough = work_do(&ask, &ballot, 1);
		ask.bits = ASKED_WORK_BITS - 5;
		less = work_do(&ask, &ballot, 1);
	} while (less == enough); /* one in 32 has more zeros than it needs */
	work_write(&text, &ask, less);
	assert_false(asked_work_done(&a, 0, (const char *)text.data, &ballot, 1));
	yihu_buf_reset(&text);
	work_write(&text, &ask, enough);
	assert_true(asked_work_done(&a, 0, (const char *)text.data, &ballot, 1));
	yihu_buf_free(&text);
	asked_work_finish(&a);
}

/* ---- the writer's queue */

static void *gather_three(void *queue)
{
	return (void *)(uintptr_t)queue_wait(queue, 3, -1);
}

static size_t awaited(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	size_t n = q->awaited;
	pthread_mutex_unlock(&q->lock);
	return n;
}

TEST(who_gathers_wakes_up_when_enough_are_there)
{
	struct request *got[4];
	struct queue q;
	pthread_t thread;
	void *there;
	queue_init(&q);
	assert_int_equal(queue_wait(&q, 1, 0), 0);
	assert_int_equal(pthread_create(&thread, NULL, gather_three, &q), 0);
	while (awaited(&q) != 3)
		usleep(1000);
	for (size_t i = 0; i < 3; i++)
		assert_true(queue_push(&q, &all[i]));
	pthread_join(thread, &there);
	assert_int_equal((uintptr_t)there, 3);
	assert_int_equal(awaited(&q), 0);
	assert_int_equal(queue_wait(&q, 9, 0), 3);
	assert_int_equal(queue_take(&q, got, 4, -1), 3);
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(got[i], &all[i]);
	queue_finish(&q);
}

TEST(who_gathers_wakes_up_when_no_more_come)
{
	struct queue q;
	pthread_t thread;
	void *there;
	queue_init(&q);
	assert_int_equal(pthread_create(&thread, NULL, gather_three, &q), 0);
	while (awaited(&q) != 3)
		usleep(1000);
	queue_close(&q);
	pthread_join(thread, &there);
	assert_int_equal((uintptr_t)there, 0);
	queue_finish(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lane_has_its_share),
		cmocka_unit_test(who_is_alone_has_all),
		cmocka_unit_test(who_comes_late_begins_where_the_others_are),
		cmocka_unit_test(first_in_first_out),
		cmocka_unit_test(a_proof_is_due_at_once_when_nobody_has_a_better_right),
		cmocka_unit_test(signatures_wait_while_proofs_have_no_room),
		cmocka_unit_test(a_full_lane_takes_none_and_the_others_do),
		cmocka_unit_test(who_waits_too_long_is_late_and_the_next_is_not_let_in),
		cmocka_unit_test(a_signed_ballot_is_never_late),
		cmocka_unit_test(whoever_waits_wakes_up),
		cmocka_unit_test(
			overload_begins_with_a_long_wait_and_ends_after_a_while_of_short_ones),
		cmocka_unit_test(work_is_good_for_four_minutes_and_one_ballot),
		cmocka_unit_test(too_little_work_is_none),
		cmocka_unit_test(who_gathers_wakes_up_when_enough_are_there),
		cmocka_unit_test(who_gathers_wakes_up_when_no_more_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
