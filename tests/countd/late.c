/* SPDX-License-Identifier: Apache-2.0
 *
 * A ballot that was received before the poll's end counts, however long it waited,
 * and the end is signed when it is written; half a minute later nothing does.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "countd/daemon.h"
#include "test.h"

#define STEP_US 20000

/* A ballot that somebody sends, and its answer. */
struct sent {
	struct daemon *w;
	struct yihu_buf body;
	pthread_t thread;
	int status;
	char slug[64];
};

static void *send_it(void *sent)
{
	struct sent *s = sent;
	s->status = reply_outcome(http_post(s->w, "/api/ballot", &s->body), s->slug);
	return NULL;
}

/* Until it is the daemon's. */
static void begin(struct sent *s, struct daemon *w, uint32_t serial)
{
	unsigned before = atomic_load(&w->d->under_way);
	*s = (struct sent){.w = w, .body = boxdir_ballot(w->f, serial, serial)};
	assert_int_equal(pthread_create(&s->thread, NULL, send_it, s), 0);
	while (atomic_load(&w->d->under_way) == before)
		usleep(STEP_US);
}

/* And through the verifiers: who still waits for one is sent away when the clock goes. */
static void begin_verified(struct sent *s, struct daemon *w, uint32_t serial)
{
	const atomic_ullong *verified = &w->d->metrics.verify_us.count;
	unsigned long long before = atomic_load(verified);
	begin(s, w, serial);
	while (atomic_load(verified) == before)
		usleep(STEP_US);
}

static void expect_answer(struct sent *s, int status, const char *slug)
{
	pthread_join(s->thread, NULL);
	yihu_buf_free(&s->body);
	if (s->status != status || strcmp(s->slug, slug) != 0)
		fail_msg("%d “%s”, not %d “%s”", s->status, s->slug, status, slug);
}

/* Nothing reaches the writer, and it does nothing. */
static void hold_writer(struct daemon *w)
{
	pthread_mutex_lock(&w->d->write.lock);
}

static void let_writer_go(struct daemon *w)
{
	pthread_mutex_unlock(&w->d->write.lock);
}

/* The size that the end was signed for. */
static long size_at_close(struct daemon *w)
{
	struct reply r = http_get(w, "/log/at-close");
	while (r.status != 200) {
		reply_free(&r);
		usleep(STEP_US);
		r = http_get(w, "/log/at-close");
	}
	const char *line = strchr((const char *)r.body.data, '\n');
	long size = line ? strtol(line + 1, NULL, 10) : -1;
	reply_free(&r);
	return size;
}

static void what_waited_counts(void **state)
{
	struct daemon *w = *state;
	struct sent early, late;
	clock_go(FIXTURE_CLOSES - 50);
	hold_writer(w);
	begin_verified(&early, w, 1);
	clock_go(FIXTURE_CLOSES + 5);
	begin(&late, w, 2);
	let_writer_go(w);
	expect_answer(&early, 201, "");
	expect_answer(&late, 403, "over");
	assert_int_equal(size_at_close(w), 2);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 3, 3), 403, "over");
}

static void half_a_minute_later_nothing_does(void **state)
{
	struct daemon *w = *state;
	struct sent early;
	clock_go(FIXTURE_CLOSES - 50);
	hold_writer(w);
	begin_verified(&early, w, 1);
	clock_go(FIXTURE_CLOSES + YIHU_RECEPTION_S);
	let_writer_go(w);
	expect_answer(&early, 403, "over");
	assert_int_equal(size_at_close(w), 1);
}

/* One that never ends its way through: as if there were none, then. */
static void the_end_waits_half_a_minute_and_no_more(void **state)
{
	struct daemon *w = *state;
	char slug[64];
	atomic_fetch_add(&w->d->early, 1);
	clock_go(FIXTURE_CLOSES + 5);
	/* The writer has looked twice. */
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 1, 1), 403, "over");
	assert_int_equal(reply_outcome(http_get(w, "/log/at-close"), slug), 404);
	clock_go(FIXTURE_CLOSES + YIHU_RECEPTION_S);
	assert_int_equal(size_at_close(w), 1);
	atomic_fetch_sub(&w->d->early, 1);
}

/* Whoever keeps on sending does not put the end off. */
static void what_comes_later_is_not_waited_for(void **state)
{
	struct daemon *w = *state;
	struct sent late;
	clock_go(FIXTURE_CLOSES + 1);
	hold_writer(w);
	begin(&late, w, 1);
	assert_int_equal(atomic_load(&w->d->early), 0);
	let_writer_go(w);
	expect_answer(&late, 403, "over");
	assert_int_equal(size_at_close(w), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(what_waited_counts),
		CASE(half_a_minute_later_nothing_does),
		CASE(the_end_waits_half_a_minute_and_no_more),
		CASE(what_comes_later_is_not_waited_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
