/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side by itself, with the test as its box side: while the box is not open
 * yet, while it answers, and when it has gone.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "countd/channel.h"
#include "countd/front.h"
#include "countd/front_side.h"
#include "countd/service.h"
#include "far_end.h"
#include "test.h"

struct alone {
	struct daemon w;
	struct front *f;
	int box; /* the test's end */
};

static int start_alone(void **state)
{
	struct alone *x = yihu_calloc(1, sizeof *x);
	struct yihu_error err;
	int ends[2];
	daemon_set_up(&x->w, NULL, DURING);
	const struct countd_options o = {.box_dir = x->w.dir,
					 .listen = "127.0.0.1:0",
					 .quiet = true,
					 .connections = FAR_CONNECTIONS,
					 .connections_per_ip = FAR_CONNECTIONS,
					 .request_ms = 10000};
	fixture_must(channel_pair(ends, &err), &err);
	fixture_must(front_new(&x->f, &o, &(struct service_sockets){-1, -1}, &err), &err);
	fixture_must(front_start(x->f, ends[1], &err), &err);
	x->box = ends[0];
	far_hear_kind(x->box, MESSAGE_TO_BOX, MESSAGE_FRONT);
	*state = x;
	return 0;
}

static void end_box(struct alone *x)
{
	if (x->box >= 0)
		close(x->box);
	x->box = -1;
}

static int stop_alone(void **state)
{
	struct alone *x = *state;
	end_box(x);
	front_stop(x->f);
	front_free(x->f);
	daemon_tear_down(&x->w);
	free(x);
	return 0;
}

/* A request that is sent, and whose answer is not read yet. */
static int begin(const struct alone *x, const char *method, const char *path, size_t body)
{
	struct yihu_buf all = {0};
	uint8_t *zeros = yihu_calloc(1, body + 1);
	yihu_buf_fmt(&all,
		     "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		     "Content-Length: %zu\r\n\r\n",
		     method, path, body);
	yihu_buf_put(&all, zeros, body);
	int fd = connect_to(atoi(strrchr(x->f->url, ':') + 1));
	assert_int_equal(send(fd, all.data, all.len, MSG_NOSIGNAL), all.len);
	yihu_buf_free(&all);
	free(zeros);
	return fd;
}

static struct reply end(int fd)
{
	struct reply r = {0};
	struct yihu_buf all = {0};
	char chunk[4096];
	for (ssize_t n; (n = recv(fd, chunk, sizeof chunk, 0)) > 0;)
		yihu_buf_put(&all, chunk, (size_t)n);
	close(fd);
	reply_split(&r, &all);
	yihu_buf_free(&all);
	return r;
}

static void wants(struct reply r, int status, const char *slug)
{
	char got[64];
	int is = reply_outcome(r, got);
	if (is != status || strcmp(got, slug) != 0)
		fail_msg("%d %s instead of %d %s", is, got, status, slug);
}

static void it_answers_while_the_box_is_verified(void **state)
{
	struct alone *x = *state;
	struct yihu_buf progress = {0};
	wants(end(begin(x, "GET", "/charter", 0)), 200, "");
	wants(end(begin(x, "GET", "/api/state", 0)), 503, "starting");
	wants(end(begin(x, "GET", "/healthz", 0)), 503, "starting");
	wants(end(begin(x, "GET", "/files", 0)), 503, "starting");
	wants(end(begin(x, "POST", "/api/ballot", 100)), 503, "starting");
	wants(end(begin(x, "POST", "/api/public/box", 100)), 503, "starting");
	yihu_buf_be64(&progress, 3);
	yihu_buf_be64(&progress, 9);
	far_say_buf(x->box, MESSAGE_PROGRESS, 0, progress);
	for (long long verified = 0; verified != 3;) {
		struct reply r = end(begin(x, "GET", "/api/state", 0));
		json_t *j = reply_json(&r);
		assert_true(reply_has(&r, "Retry-After: 3"));
		verified = json_number(j, "verified");
		assert_int_equal(json_number(j, "entries"), verified ? 9 : 0);
		json_decref(j);
		reply_free(&r);
	}
}

static void serve_alone(struct alone *x)
{
	far_say_buf(x->box, MESSAGE_SERVES, 0, (struct yihu_buf){0});
	far_hear_kind(x->box, MESSAGE_TO_BOX, MESSAGE_FRONT);
}

/* Behind what it has received. */
static void it_sends_the_mark_back(void **state)
{
	struct alone *x = *state;
	struct yihu_buf call = {0};
	serve_alone(x);
	int a = begin(x, "POST", "/api/ballot",
		      YIHU_BALLOT_BYTES(x->w.f->election->definition->width));
	assert_int_equal(far_hear(x->box, MESSAGE_TO_BOX, &call).kind, CALL_BALLOT);
	far_say_buf(x->box, MESSAGE_MARK, 0, (struct yihu_buf){0});
	far_hear_kind(x->box, MESSAGE_TO_BOX, MESSAGE_MARKED);
	end_box(x);
	wants(end(a), 503, "not-known");
	yihu_buf_free(&call);
}

static void answers_find_who_asked(void **state)
{
	struct alone *x = *state;
	struct yihu_buf one = {0}, two = {0}, text = {0};
	serve_alone(x);
	int a = begin(x, "GET", "/api/serial/1", 0);
	struct message first = far_hear(x->box, MESSAGE_TO_BOX, &one);
	int b = begin(x, "GET", "/api/turnout", 0);
	struct message second = far_hear(x->box, MESSAGE_TO_BOX, &two);
	assert_int_equal(first.kind, CALL_SERIAL);
	assert_int_equal(second.kind, CALL_TURNOUT);
	struct answer answer = ANSWER_NONE;
	answer_text(&answer, 200, "text/plain; charset=utf-8", "second");
	message_put_answer(&text, &answer);
	yihu_buf_put(&text, answer.body.data, answer.body.len);
	far_say(x->box, MESSAGE_ANSWER, second.id, 0, text.data, text.len);
	struct reply r = end(b);
	assert_string_equal((const char *)r.body.data, "second");
	reply_free(&r);
	/* Its client has gone, and nobody needs the first one's. */
	close(a);
	struct message gone = far_hear(x->box, MESSAGE_TO_BOX, &two);
	assert_int_equal(gone.kind, MESSAGE_GONE);
	assert_int_equal(gone.id, first.id);
	yihu_buf_free(&answer.body);
	yihu_buf_free(&one);
	yihu_buf_free(&two);
	yihu_buf_free(&text);
}

static void what_was_under_way_is_not_known(void **state)
{
	struct alone *x = *state;
	struct yihu_buf bytes = {0};
	serve_alone(x);
	int ballot = begin(x, "POST", "/api/ballot", 100);
	assert_int_equal(far_hear(x->box, MESSAGE_TO_BOX, &bytes).kind, CALL_BALLOT);
	int read = begin(x, "GET", "/api/turnout", 0);
	assert_int_equal(far_hear(x->box, MESSAGE_TO_BOX, &bytes).kind, CALL_TURNOUT);
	end_box(x);
	wants(end(ballot), 503, "not-known");
	wants(end(read), 503, "busy");
	assert_false(front_wait(x->f)); /* it had not said that it would go */
	yihu_buf_free(&bytes);
}

/* Asked to end while it verifies its box, it does not first wait until that is done. */
TEST(it_can_be_ended_while_the_box_is_verified)
{
	struct daemon w;
	int status;
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, NULL);
	daemon_stop(&w); /* so that there is something to verify */
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		sigset_t term;
		sigemptyset(&term);
		sigaddset(&term, SIGTERM);
		sigprocmask(SIG_BLOCK, &term, NULL);
		raise(SIGTERM);
		daemon_start(&w, NULL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start_alone, stop_alone)
		CASE(it_answers_while_the_box_is_verified),
		CASE(it_sends_the_mark_back),
		CASE(answers_find_who_asked),
		CASE(what_was_under_way_is_not_known),
		cmocka_unit_test(it_can_be_ended_while_the_box_is_verified),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
