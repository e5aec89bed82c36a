/* SPDX-License-Identifier: Apache-2.0
 *
 * Refusals that go out a second late while many requests are under way: by themselves,
 * and of a daemon with a crowd before it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <yihu/clock.h>

#include "countd/connections.h"
#include "countd/exchange.h"
#include "countd/slow_answers.h"
#include "daemon.h"
#include "test.h"

/* ---- by themselves */

#define N 4
#define BEGINS 1000

static struct connection connections[N];
static struct exchange exchanges[N];
static bool woken[N];

/* Of the daemon's own code too, which is in libraries: the linker puts it there. */
void __real_exchange_wake(struct exchange *x);
void __wrap_exchange_wake(struct exchange *x);
void __wrap_exchange_wake(struct exchange *x)
{
	if (x >= exchanges && x < exchanges + N)
		woken[x - exchanges] = true;
	else
		__real_exchange_wake(x);
}

static void put(struct slow_answers *s, int i, uint64_t now_ms)
{
	exchanges[i] = (struct exchange){.conn = &connections[i]};
	woken[i] = false;
	connections[i] = (struct connection){0};
	slow_answers_put(s, &exchanges[i], now_ms);
	assert_int_equal(atomic_load(&connections[i].phase), PHASE_HELD);
}

static void expect_woken(int first, int second, int third, int fourth)
{
	const bool want[N] = {first, second, third, fourth};
	assert_memory_equal(woken, want, sizeof want);
}

TEST(each_is_given_when_it_is_due)
{
	struct slow_answers s;
	slow_answers_init(&s);
	assert_false(slow_answers_give(&s, BEGINS, false));
	for (int i = 0; i < N - 1; i++)
		put(&s, i, BEGINS + (uint64_t)i);
	woken[N - 1] = false;
	assert_true(slow_answers_give(&s, BEGINS + SLOW_MS - 1, false));
	expect_woken(0, 0, 0, 0);
	assert_true(slow_answers_give(&s, BEGINS + SLOW_MS + 1, false));
	expect_woken(1, 1, 0, 0);
	put(&s, 3, BEGINS + 9);
	assert_false(slow_answers_give(&s, BEGINS + SLOW_MS + 9, false));
	expect_woken(1, 1, 1, 1);
	slow_answers_finish(&s);
}

/* The socket is shut, and its place is free once it is woken. */
TEST(who_makes_room_is_woken_at_once)
{
	struct slow_answers s;
	slow_answers_init(&s);
	for (int i = 0; i < 3; i++)
		put(&s, i, BEGINS);
	woken[3] = false;
	atomic_store(&connections[1].phase, PHASE_ENDED);
	atomic_store(&connections[2].phase, PHASE_ENDED);
	assert_true(slow_answers_give(&s, BEGINS, false));
	expect_woken(0, 1, 1, 0);
	put(&s, 3, BEGINS);
	assert_false(slow_answers_give(&s, BEGINS, true));
	expect_woken(1, 1, 1, 1);
	slow_answers_finish(&s);
}

/* ---- of a daemon */

static struct daemon w;

/* A ballot of which the body does not come, under way as soon as more is asked for. */
static int send_half(void)
{
	static const char head[] = "POST /api/ballot HTTP/1.1\r\nHost: x\r\n"
				   "Content-Length: 290\r\nExpect: 100-continue\r\n\r\n";
	char answer[512];
	int fd = connect_to(daemon_port(&w));
	assert_int_equal(send(fd, head, sizeof head - 1, MSG_NOSIGNAL), sizeof head - 1);
	assert_true(recv(fd, answer, sizeof answer, 0) > 0);
	assert_memory_equal(answer, "HTTP/1.1 100", 12);
	return fd;
}

/* How long its answer took. */
static uint64_t send_ballot(uint32_t serial, bool good, int status)
{
	struct yihu_buf b = boxdir_ballot(w.f, serial, 1);
	b.data[b.len - 1] ^= !good;
	uint64_t from = yihu_clock_monotonic_ms();
	struct reply r = http_post(&w, "/api/ballot", &b);
	uint64_t took = yihu_clock_monotonic_ms() - from;
	assert_int_equal(r.status, status);
	reply_free(&r);
	yihu_buf_free(&b);
	return took;
}

static unsigned long long slowed(void)
{
	static const char name[] = "\nyihu_refusals_slowed_total ";
	struct reply r = metrics_get(&w);
	assert_int_equal(r.status, 200);
	const char *at = strstr((const char *)r.body.data, name);
	assert_non_null(at);
	unsigned long long n = strtoull(at + strlen(name), NULL, 10);
	reply_free(&r);
	return n;
}

TEST(in_a_crowd_refusals_wait_and_voters_do_not)
{
	int crowd[SLOW_FROM];
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, &(struct countd_options){.request_ms = 120000, .metrics = "127.0.0.1:0"});
	for (int i = 0; i < SLOW_FROM - 2; i++)
		crowd[i] = send_half();
	send_ballot(1, false, 400);
	assert_int_equal(slowed(), 0);
	for (int i = SLOW_FROM - 2; i < SLOW_FROM; i++)
		crowd[i] = send_half();
	assert_true(send_ballot(2, false, 400) >= SLOW_MS);
	send_ballot(1, true, 201);
	assert_int_equal(slowed(), 1);
	assert_true(send_ballot(1, false, 409) >= SLOW_MS);
	assert_int_equal(slowed(), 2);
	for (int i = 0; i < SLOW_FROM; i++)
		close(crowd[i]);
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_given_when_it_is_due),
		cmocka_unit_test(who_makes_room_is_woken_at_once),
		cmocka_unit_test(in_a_crowd_refusals_wait_and_voters_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
