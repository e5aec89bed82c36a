/* SPDX-License-Identifier: Apache-2.0
 *
 * Who brings a public file waits for nobody else who does, or does as if; and what
 * is refused costs neither an audit each time, nor a line in the log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <yihu/clock.h>

#include "closing.h"
#include "countd/audit_child.h"
#include "countd/line_rate.h"
#include "countd/refused.h"
#include "countd/uploads.h"
#include "crypto/shuffle_common.h"
#include "test.h"

/* A connection whose headers are in and whose body does not come. */
static int hold(struct closing *x, const char *name, const char *by, size_t len)
{
	char *authority = closing_authority(x, by);
	char *head = yihu_printf("POST /api/public/%s HTTP/1.1\r\nHost: x\r\n%s"
				 "Expect: 100-continue\r\nContent-Length: %zu\r\n\r\n",
				 name, authority ? authority : "", len);
	int fd = connect_to(daemon_port(&x->w));
	assert_int_equal(send(fd, head, strlen(head), MSG_NOSIGNAL), strlen(head));
	free(head);
	free(authority);
	return fd;
}

/* The status of what comes first. */
static int first_status(int fd)
{
	char text[512] = "";
	int status = 0;
	assert_true(recv(fd, text, sizeof text - 1, 0) > 0);
	sscanf(text, "HTTP/1.1 %d", &status);
	return status;
}

static void bring_to_openings(struct closing *x)
{
	closing_send(x);
	closing_post_file(x, "box", 201, "");
	closing_post_file(x, "mix/1", 201, "");
	closing_post_file(x, "mix/2", 201, "");
	closing_open(x);
}

static void a_held_upload_holds_nobody_else(void **state)
{
	struct closing *x = *state;
	char got[64];
	bring_to_openings(x);
	const struct yihu_buf *one = yihu_public_get(x->files, "open/1");
	int fd = hold(x, "open/1", "open/1", one->len);
	assert_int_equal(first_status(fd), 100); /* its body may come: it has its place */
	closing_post_file(x, "open/1", 503, "busy");
	closing_post_file(x, "open/3", 201, "");
	close(fd);
	/* The place is given back when the daemon sees that the other side has gone. */
	char *authority = closing_authority(x, "open/1");
	int status;
	do {
		status = reply_outcome(http_call_with(&x->w, "POST", "/api/public/open/1",
						      authority, one->data, one->len),
				       got);
	} while (status == 503 && strcmp(got, "busy") == 0);
	assert_int_equal(status, 201);
	free(authority);
}

/* More than sockets hold back, so that when as much again has gone its first bytes are
 * with the daemon. */
#define LUMP (20u << 20)

static void send_lump(int fd, const char *lump)
{
	for (size_t sent = 0; sent < LUMP;) {
		ssize_t n = send(fd, lump + sent, LUMP - sent, MSG_NOSIGNAL);
		assert_true(n > 0);
		sent += (size_t)n;
	}
}

static void both_clocks_go_on(unsigned seconds)
{
	clock_go(yihu_clock() + seconds);
}

/* A file may take longer than the time in which a part of it has to come. */
static void a_file_that_comes_at_its_rate_is_not_cut_off(void **state)
{
	struct closing *x = *state;
	char *lump = yihu_calloc(1, LUMP), byte;
	bring_to_openings(x);
	closing_post_file(x, "open/1", 201, "");
	closing_post_file(x, "open/3", 201, "");
	closing_results(x);
	int idle = connect_to(daemon_port(&x->w));
	int fd = hold(x, "results.json", "results.json", 3 * (size_t)LUMP);
	assert_int_equal(first_status(fd), 100);
	send_lump(fd, lump);
	both_clocks_go_on(8);
	send_lump(fd, lump);
	both_clocks_go_on(8);
	while (recv(idle, &byte, 1, 0) > 0) /* those whose time is up have ended */
		;
	send_lump(fd, lump);
	assert_int_equal(first_status(fd), 400); /* other bytes than were signed */
	close(idle);
	close(fd);
	free(lump);
}

static void strangers_are_refused_before_their_bytes(void **state)
{
	struct closing *x = *state;
	static const struct {
		const char *name, *by;
		int status;
	} held[] = {
		{"results.pb", "none", 409},
		{"results.json", "none", 409},
		{"mix/1", "none", 400},
		{"mix/1", "box", 400},
		{"mix/15", "none", 400},
		{"open/1", "mix/1", 409},
		{"site/results.html", "none", 403},
	};
	closing_send(x);
	closing_post_file(x, "box", 201, "");
	for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
		int fd = hold(x, held[i].name, held[i].by, 500);
		int status = first_status(fd);
		if (status != held[i].status)
			fail_msg("%s by %s: %d", held[i].name, held[i].by, status);
		close(fd);
	}
}

static unsigned audits(struct closing *x)
{
	struct reply r = metrics_get(&x->w);
	const char *at = strstr((const char *)r.body.data, "\nyihu_audits_total ");
	unsigned n = 0;
	assert_non_null(at);
	assert_int_equal(sscanf(at, "\nyihu_audits_total %u", &n), 1);
	reply_free(&r);
	return n;
}

static void sign_mix(struct yihu_buf *file, const struct fixture *f, uint32_t j)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_buf message = {0};
	size_t body = file->len - YIHU_SIGNATURE_BYTES;
	crypto_hash_sha512(hash, file->data, body);
	yihu_mix_message(&message, f->election->charter->eid, hash);
	yihu_sign(file->data + body, &f->holders[j - 1], message.data, message.len);
	yihu_buf_free(&message);
}

/* A proof that does not hold under a holder's own signature is for the audit, once. */
static void cheap_refusals_cost_no_audit(void **state)
{
	struct closing *x = *state;
	const struct yihu_buf *one = yihu_public_get(x->files, "mix/1");
	struct yihu_buf bad = {0};
	closing_send(x);
	closing_post_file(x, "box", 201, "");
	unsigned before = audits(x);
	closing_post_by(x, "mix/1", "mix/2", yihu_public_get(x->files, "mix/2"), 400, "mix");
	closing_post_by(x, "mix/1", "mix/2", one, 400, "signature");
	assert_int_equal(audits(x), before);
	/* Holder 2's own mix, and its proof does not hold. */
	yihu_buf_put(&bad, one->data, one->len);
	bad.data[one->len - YIHU_SIGNATURE_BYTES - 40] ^= 1;
	sign_mix(&bad, x->w.f, 2);
	yihu_public_put(x->files, "mix/1", bad.data, bad.len);
	closing_post_file(x, "mix/1", 400, "mix-proof");
	assert_int_equal(audits(x), before + 1);
	closing_post_file(x, "mix/1", 400, "mix-proof");
	assert_int_equal(audits(x), before + 1);
	yihu_buf_free(&bad);
}

static void a_place_is_one_kind_and_holder(void **state)
{
	struct uploads u;
	(void)state;
	uploads_init(&u);
	unsigned first = uploads_take(&u, YIHU_PUBLIC_MIX, 1);
	assert_true(first > 0);
	assert_int_equal(uploads_take(&u, YIHU_PUBLIC_MIX, 1), 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_MIX, 2) > 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_OPENING, 1) > 0);
	assert_int_equal(uploads_count(&u), 3);
	uploads_give_back(&u, first);
	uploads_give_back(&u, 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_MIX, 1) > 0);
	uploads_finish(&u);
}

#define STRANGERS 8
struct strangers {
	struct uploads u;
	struct connection conns[STRANGERS]; /* of nobody's sockets */
	unsigned places[STRANGERS];
};

static unsigned stranger_comes(struct strangers *s, size_t i, const char *from)
{
	struct address a;
	assert_true(address_forwarded(&a, from));
	s->conns[i].fd = -1;
	s->places[i] = uploads_take_unsigned(&s->u, YIHU_PUBLIC_SITE, &s->conns[i], &a, true);
	return s->places[i];
}

static void expect_ended(struct strangers *s, const char *which)
{
	for (size_t i = 0; i < STRANGERS; i++)
		if ((atomic_load(&s->conns[i].phase) == PHASE_ENDED) !=
		    (strchr(which, '0' + (int)i) != NULL))
			fail_msg("%zu, of those that ended: %s", i, which);
}

static void a_stranger_makes_room_for_the_next(void **state)
{
	struct strangers s = {.u = {.turns = 0}};
	(void)state;
	uploads_init(&s.u);
	assert_true(stranger_comes(&s, 0, "192.0.2.1") > 0); /* the issuer, say */
	for (size_t i = 1; i < UPLOADS_UNSIGNED_MAX; i++)
		assert_true(stranger_comes(&s, i, "2001:db8::1") > 0);
	expect_ended(&s, "");
	uploads_whole(&s.u, s.places[1]);
	assert_true(stranger_comes(&s, 4, "2001:db8::2") > 0);
	expect_ended(&s, "2"); /* the oldest of that household which still comes in */
	assert_true(stranger_comes(&s, 5, "2001:db8::2") > 0);
	expect_ended(&s, "23");
	for (size_t i = 0; i < 6; i++)
		uploads_whole(&s.u, s.places[i]);
	assert_int_equal(stranger_comes(&s, 6, "192.0.2.3"), 0);
	/* One that was ended gives its own place back, and nobody else's. */
	uploads_give_back(&s.u, s.places[2]);
	assert_int_equal(stranger_comes(&s, 6, "192.0.2.3"), 0);
	uploads_give_back(&s.u, s.places[0]);
	assert_true(stranger_comes(&s, 6, "192.0.2.3") > 0);
	uploads_finish(&s.u);
}

static void publish(struct closing *x)
{
	bring_to_openings(x);
	closing_post_file(x, "open/1", 201, "");
	closing_post_file(x, "open/3", 201, "");
	closing_results(x);
	closing_post_file(x, "results.pb", 201, "");
	closing_post_file(x, "results.json", 201, "");
	closing_post_file(x, "results", 201, "");
}

static void strangers_do_not_keep_the_page_of_results_out(void **state)
{
	struct closing *x = *state;
	struct yihu_buf page = {0};
	int fds[UPLOADS_UNSIGNED_MAX];
	publish(x);
	for (size_t i = 0; i < UPLOADS_UNSIGNED_MAX; i++) {
		fds[i] = hold(x, "site/results.html", "none", 500);
		assert_int_equal(first_status(fds[i]), 100);
	}
	yihu_buf_str(&page, "another page");
	closing_post(x, "site/results.html", &page, 400, "results"); /* it was looked at */
	assert_int_equal(first_status(fds[0]), 408);
	for (size_t i = 0; i < UPLOADS_UNSIGNED_MAX; i++)
		close(fds[i]);
	yihu_buf_free(&page);
}

static void a_refusal_is_remembered(void **state)
{
	struct refused x = {0};
	struct yihu_error err = {0}, got = {0};
	struct yihu_buf bytes = {0};
	(void)state;
	yihu_buf_str(&bytes, "abc");
	yihu_fail(&err, YIHU_EMIXPROOF, "as it was");
	assert_int_equal(refused_before(&x, "mix/1", &bytes, &got), 0);
	refused_keep(&x, "mix/1", &bytes, &err);
	assert_int_equal(refused_before(&x, "mix/1", &bytes, &got), YIHU_EMIXPROOF);
	assert_string_equal(got.text, "as it was");
	assert_int_equal(refused_before(&x, "mix/2", &bytes, &got), 0);
	for (size_t i = 0; i < REFUSED_MAX; i++) {
		struct yihu_buf other = {0};
		yihu_buf_be64(&other, i);
		assert_int_equal(refused_before(&x, "mix/1", &other, &got), 0);
		refused_keep(&x, "mix/1", &other, &err);
		yihu_buf_free(&other);
	}
	assert_int_equal(refused_before(&x, "mix/1", &bytes, &got), 0);
	refused_forget(&x);
	yihu_buf_free(&bytes);
}

/* The helper too, for as long as it waits: what the kernel says of each of our children. */
static void expect_confined_helper(void)
{
	char line[256];
	unsigned n = 0, confined = 0;
	int pid;
	FILE *children = fopen("/proc/thread-self/children", "r");
	assert_non_null(children);
	for (; fscanf(children, "%d", &pid) == 1; n++) {
		char *path = yihu_printf("/proc/%d/status", pid);
		FILE *status = fopen(path, "r");
		assert_non_null(status);
		while (fgets(line, sizeof line, status))
			confined += strcmp(line, "Seccomp:\t2\n") == 0;
		fclose(status);
		free(path);
	}
	fclose(children);
	assert_int_equal(n, 1);
	assert_int_equal(confined, 1);
}

static void an_audit_can_be_stopped(void **state)
{
	struct closing *x = *state;
	struct audit_child *c = NULL;
	struct audit_found found;
	struct yihu_error err;
	char *public_dir = yihu_printf("%s/public", x->w.dir);
	struct audit_job job = {.cpu_s = 600};
	memcpy(job.eid, x->w.f->election->charter->eid, sizeof job.eid);
	daemon_stop(&x->w);                      /* the helper is made where there are no threads */
	(void)setpriority(PRIO_PROCESS, 0, -10); /* root may let the daemon go first */
	fixture_must(audit_child_start(&c, public_dir, &err), &err);
	fixture_must(audit_child_run(c, &job, &found, &err), &err);
	assert_false(found.has_result);
	expect_confined_helper();
	job.eid[0] ^= 1;
	assert_int_equal(audit_child_run(c, &job, &found, &err), YIHU_EELECTION);
	audit_child_stop(c);
	assert_int_equal(audit_child_run(c, &job, &found, &err), YIHU_EBUSY);
	audit_child_free(c);
	free(public_dir);
}

static void a_kind_of_line_comes_five_times_a_second(void **state)
{
	struct line_rate l;
	static const char one[] = "one", two[] = "two";
	const char *format;
	unsigned more, taken = 0;
	(void)state;
	line_rate_init(&l);
	for (int i = 0; i < 1000; i++)
		taken += line_rate_take(&l, one, 7, &more);
	assert_int_equal(taken, LINES_A_SECOND);
	assert_true(line_rate_take(&l, two, 7, &more));
	assert_int_equal(more, 0);
	assert_true(line_rate_take(&l, one, 8, &more));
	assert_int_equal(more, 1000 - LINES_A_SECOND);
	assert_true(line_rate_take(&l, one, 9, &more));
	assert_int_equal(more, 0);
	for (int i = 0; i < 10; i++)
		line_rate_take(&l, two, 9, &more);
	assert_int_equal(line_rate_rest(&l, 9, false, &format), 0);
	assert_int_equal(line_rate_rest(&l, 10, false, &format), 10 - LINES_A_SECOND);
	assert_ptr_equal(format, two);
	assert_int_equal(line_rate_rest(&l, 10, true, &format), 0);
	line_rate_finish(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, closing_start, closing_stop)
		CASE(a_held_upload_holds_nobody_else),
		CASE(a_file_that_comes_at_its_rate_is_not_cut_off),
		CASE(strangers_are_refused_before_their_bytes),
		CASE(cheap_refusals_cost_no_audit),
		CASE(an_audit_can_be_stopped),
		CASE(strangers_do_not_keep_the_page_of_results_out),
		cmocka_unit_test(a_stranger_makes_room_for_the_next),
		cmocka_unit_test(a_place_is_one_kind_and_holder),
		cmocka_unit_test(a_refusal_is_remembered),
		cmocka_unit_test(a_kind_of_line_comes_five_times_a_second),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
