/* SPDX-License-Identifier: Apache-2.0
 *
 * It stops whatever is under way: ballots that wait, an audit, entries that are
 * verified again. What it has acknowledged is there. And it stops by itself, for good,
 * when what it believed turns out to be false.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <yihu/audit.h>

#include "calls.h"
#include "closing.h"
#include "countd/daemon.h"
#include "test.h"

#define STEP_US 20000
#define SENT 6

/* What audits in processes of their own see, too. */
static struct shared {
	atomic_bool audits_last; /* for ever */
	atomic_uint audits;
	atomic_uint verified; /* by the background */
} * shared;
static const atomic_bool *_Atomic verifying_lasts_until; /* NULL: it does not last */

/* What these stand for is linked under __real_. */
struct yihu_audit *__real_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o);
struct yihu_audit *__wrap_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o);
struct yihu_audit *__wrap_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o)
{
	atomic_fetch_add(&shared->audits, 1);
	while (atomic_load(&shared->audits_last))
		usleep(STEP_US);
	return __real_yihu_audit_run(p, o);
}
int __real_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err);
int __wrap_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err);
int __wrap_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err)
{
	const atomic_bool *until;
	atomic_fetch_add(&shared->verified, 1);
	while ((until = atomic_load(&verifying_lasts_until)) != NULL && !atomic_load(until))
		usleep(STEP_US);
	return __real_yihu_ballot_verify(b, bytes, len, eid, err);
}

/* A call from a thread of its own, and its answer. */
struct sent {
	const struct daemon *w;
	const char *path;
	char *header;
	struct yihu_buf body;
	pthread_t thread;
	int status;
	char slug[64];
};

static void *send_it(void *sent)
{
	struct sent *s = sent;
	s->status = reply_outcome(
		http_call_with(s->w, "POST", s->path, s->header, s->body.data, s->body.len),
		s->slug);
	return NULL;
}

static void begin(struct sent *s)
{
	assert_int_equal(pthread_create(&s->thread, NULL, send_it, s), 0);
}

static void end(struct sent *s)
{
	pthread_join(s->thread, NULL);
	yihu_buf_free(&s->body);
	free(s->header);
}

/* ---- ballots that wait ---- */

static atomic_bool held;

/* Nothing reaches the writer until it is to stop. */
static void *hold_writer(void *countd)
{
	struct countd *d = countd;
	pthread_mutex_lock(&d->write.lock);
	atomic_store(&held, true);
	while (!atomic_load(&d->stopping))
		usleep(STEP_US);
	pthread_mutex_unlock(&d->write.lock);
	return NULL;
}

static void ballots_that_wait(void **state)
{
	struct daemon *w = *state;
	struct sent sent[SENT];
	pthread_t holder;
	uint64_t taken = 0;
	atomic_store(&held, false);
	assert_int_equal(pthread_create(&holder, NULL, hold_writer, w->d), 0);
	while (!atomic_load(&held))
		usleep(STEP_US);
	for (uint32_t i = 0; i < SENT; i++) {
		sent[i] = (struct sent){
			.w = w, .path = "/api/ballot", .body = boxdir_ballot(w->f, i + 1, 1)};
		begin(&sent[i]);
	}
	while (atomic_load(&w->d->under_way) < SENT)
		usleep(STEP_US);
	daemon_stop(w);
	pthread_join(holder, NULL);
	for (size_t i = 0; i < SENT; i++) {
		end(&sent[i]);
		assert_true(sent[i].status == 201 || sent[i].status == 503);
		taken += sent[i].status == 201;
	}
	daemon_start(w, NULL);
	json_t *j = get(w, "/api/state", 200);
	assert_int_equal(json_number(j, "cast"), taken);
	json_decref(j);
}

/* ---- an audit ---- */

static void an_audit_that_runs(void **state)
{
	struct closing *x = *state;
	struct sent s = {.w = &x->w, .path = "/api/public/box"};
	const struct yihu_buf *box = yihu_public_get(x->files, "box");
	closing_send(x);
	yihu_buf_put(&s.body, box->data, box->len);
	s.header = closing_authority(x, "box");
	unsigned before = atomic_load(&shared->audits);
	atomic_store(&shared->audits_last, true);
	begin(&s);
	while (atomic_load(&shared->audits) == before)
		usleep(STEP_US);
	daemon_stop(&x->w);
	atomic_store(&shared->audits_last, false);
	end(&s);
	assert_int_equal(s.status, 503);
}

/* ---- what is verified again ---- */

/* A box of n ballots that was closed in order, the false one (by serial) not found. */
static void fill(struct daemon *w, uint32_t n, uint32_t false_one)
{
	struct yihu_box *b = boxdir_open(w->dir, DURING);
	struct yihu_error err;
	for (uint32_t serial = 1; serial <= n; serial++) {
		struct yihu_buf body = boxdir_ballot(w->f, serial, 1);
		body.data[body.len - 64] ^= serial == false_one;
		struct yihu_submission s = {.type = YIHU_ENTRY_BALLOT,
					    .body = body.data,
					    .body_len = body.len,
					    .verified = YIHU_VERIFIED_BEFORE};
		fixture_must(yihu_box_commit(b, &s, 1, DURING, &err), &err);
		fixture_must(s.code, &s.err);
		yihu_buf_free(&body);
	}
	yihu_box_close(b);
}

/* An entry is finished by each of the threads (a piece has sixteen), and no more. */
static void entries_that_are_verified_again(void **state)
{
	static const atomic_bool never;
	struct daemon w;
	(void)state;
	daemon_set_up(&w, &(struct fixture_options){.households = 90}, DURING);
	fill(&w, 90, 0);
	atomic_store(&shared->verified, 0);
	atomic_store(&verifying_lasts_until, &never);
	daemon_start(&w, NULL);
	while (atomic_load(&shared->verified) == 0)
		usleep(STEP_US);
	atomic_store(&verifying_lasts_until, &w.d->stopping);
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 1, 1), 409, "already-voted");
	daemon_tear_down(&w);
	atomic_store(&verifying_lasts_until, NULL);
	assert_true(atomic_load(&shared->verified) <= 90 / 16 + 1);
}

static void a_fault_that_is_found_ends_it(void **state)
{
	struct daemon w;
	struct yihu_error err = {0};
	(void)state;
	daemon_set_up(&w, NULL, DURING);
	fill(&w, 4, 3);
	daemon_start(&w, NULL);
	while (!countd_failed(w.d))
		usleep(STEP_US);
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 5, 1), 503, "not-known");
	assert_int_equal(countd_stop(w.d, &err), YIHU_EUNKNOWN);
	assert_non_null(strstr(err.text, "entry 3"));
	const struct countd_options o = {.box_dir = w.dir, .listen = "127.0.0.1:0", .quiet = true};
	assert_int_equal(countd_start(&w.d, &o, &err), YIHU_EVOTESIG);
	w.d = NULL;
	daemon_tear_down(&w);
}

AROUND(group_set_up)
{
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	return shared == MAP_FAILED;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ballots_that_wait, calls_start, calls_stop),
		cmocka_unit_test_setup_teardown(an_audit_that_runs, closing_start, closing_stop),
		cmocka_unit_test(entries_that_are_verified_again),
		cmocka_unit_test(a_fault_that_is_found_ends_it),
	};
	return cmocka_run_group_tests(tests, group_set_up, NULL);
}
