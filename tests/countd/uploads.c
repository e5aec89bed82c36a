/* SPDX-License-Identifier: Apache-2.0
 *
 * Who brings a public file waits for nobody else who does, or does as if; and what
 * is refused costs neither an audit each time, nor a line in the log.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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
	struct reply r = http_get(&x->w, "/metrics");
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
	unsigned site[UPLOADS_UNSIGNED_MAX];
	(void)state;
	uploads_init(&u);
	unsigned first = uploads_take(&u, YIHU_PUBLIC_MIX, 1);
	assert_true(first > 0);
	assert_int_equal(uploads_take(&u, YIHU_PUBLIC_MIX, 1), 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_MIX, 2) > 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_OPENING, 1) > 0);
	for (size_t i = 0; i < UPLOADS_UNSIGNED_MAX; i++)
		assert_true((site[i] = uploads_take(&u, YIHU_PUBLIC_SITE, 0)) > 0);
	assert_int_equal(uploads_take(&u, YIHU_PUBLIC_SITE, 0), 0);
	assert_int_equal(uploads_count(&u), 3 + UPLOADS_UNSIGNED_MAX);
	uploads_give_back(&u, first);
	uploads_give_back(&u, site[1]);
	uploads_give_back(&u, 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_MIX, 1) > 0);
	assert_true(uploads_take(&u, YIHU_PUBLIC_SITE, 0) > 0);
	uploads_finish(&u);
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

static void an_audit_can_be_stopped(void **state)
{
	struct closing *x = *state;
	struct audit_child *c = NULL;
	struct audit_found found;
	struct yihu_error err;
	char *public_dir = yihu_printf("%s/public", x->w.dir);
	struct audit_job job = {.cpu_s = 600};
	const struct yihu_charter *charter = x->w.f->election->charter;
	memcpy(job.eid, charter->eid, sizeof job.eid);
	daemon_stop(&x->w); /* the helper is made where there are no threads */
	fixture_must(audit_child_start(&c, public_dir, &err), &err);
	fixture_must(audit_child_run(c, &job, &found, &err), &err);
	assert_false(found.has_result);
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
		CASE(strangers_are_refused_before_their_bytes),
		CASE(cheap_refusals_cost_no_audit),
		CASE(an_audit_can_be_stopped),
		cmocka_unit_test(a_place_is_one_kind_and_holder),
		cmocka_unit_test(a_refusal_is_remembered),
		cmocka_unit_test(a_kind_of_line_comes_five_times_a_second),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
