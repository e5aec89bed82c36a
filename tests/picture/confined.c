/* SPDX-License-Identifier: Apache-2.0
 *
 * The child that reads pictures: each thing that it must not do, tried there.
 */
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "picture/confined.h"
#include "test.h"

#define MIB ((uint64_t)1 << 20)

static const struct confined_limits usual = {.cpu_s = 20, .memory = 1024 * MIB, .answer = 4096};

/* The answer ends with "came through" where the child got so far. */
#define THROUGH "came through"
static void say(int to, const char *text)
{
	confined_write(to, text, strlen(text));
}

static struct confined_end run(struct yihu_buf *answer, confined_work *work)
{
	struct confined_end end;
	struct yihu_error err = {0};
	assert_int_equal(confined_run(answer, &end, &usual, work, "seed", 4, &err), 0);
	return end;
}

static bool has(const struct yihu_buf *answer, const char *text)
{
	return answer->len > 0 && memmem(answer->data, answer->len, text, strlen(text)) != NULL;
}

static void echo(int to, const void *bytes, size_t len)
{
	confined_write(to, bytes, len);
	say(to, THROUGH);
}

TEST(what_it_says_arrives)
{
	struct yihu_buf answer = {0};
	yihu_buf_str(&answer, "before ");
	struct confined_end end = run(&answer, echo);
	assert_int_equal(end.signal, 0);
	assert_int_equal(answer.len, strlen("before seed" THROUGH));
	assert_memory_equal(answer.data, "before seed" THROUGH, answer.len);
	yihu_buf_free(&answer);
}

static void compute(int to, const void *bytes, size_t len)
{
	uint8_t *much = calloc(64, MIB);
	(void)bytes;
	(void)len;
	if (much)
		memset(much, 1, 64 * MIB);
	say(to, much && much[77] == 1 ? THROUGH : "no memory");
	free(much);
}

TEST(it_can_compute)
{
	struct yihu_buf answer = {0};
	struct confined_end end = run(&answer, compute);
	assert_int_equal(end.signal, 0);
	assert_true(has(&answer, THROUGH));
	yihu_buf_free(&answer);
}

/* ---- what the filter keeps from it ---- */

static void connect_out(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	socket(AF_INET, SOCK_STREAM, 0);
	say(to, THROUGH);
}

static void start_another(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	if (fork() == 0)
		_exit(0);
	say(to, THROUGH);
}

static void run_a_program(int to, const void *bytes, size_t len)
{
	char *const argv[] = {NULL};
	(void)bytes;
	(void)len;
	execv("/bin/true", argv);
	say(to, THROUGH);
}

static void harm_its_parent(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	kill(getppid(), 0);
	say(to, THROUGH);
}

static void write_elsewhere(int to, const void *bytes, size_t len)
{
	(void)len;
	if (write(STDERR_FILENO, bytes, 1) >= 0)
		say(to, "wrote ");
	say(to, THROUGH);
}

static void remove_a_file(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	unlink("/tmp/no-such-file-of-yihu");
	say(to, THROUGH);
}

TEST(it_is_ended_when_it_does_more)
{
	static confined_work *const tries[] = {connect_out,     start_another,   run_a_program,
					       harm_its_parent, write_elsewhere, remove_a_file};
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		struct yihu_buf answer = {0};
		struct confined_end end = run(&answer, tries[i]);
		if (!end.sealed)
			skip(); /* this kernel has no such filter */
		assert_int_equal(end.signal, SIGSYS);
		assert_int_equal(answer.len, 0);
		yihu_buf_free(&answer);
	}
}

static void open_a_file(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	say(to, open("/etc/passwd", O_RDONLY) < 0 ? THROUGH : "opened");
}

TEST(it_opens_no_file)
{
	struct yihu_buf answer = {0};
	struct confined_end end = run(&answer, open_a_file);
	assert_int_equal(end.signal, 0);
	assert_true(has(&answer, THROUGH));
	yihu_buf_free(&answer);
}

/* ---- what the limits keep from it ---- */

#ifndef __SANITIZE_ADDRESS__ /* whose own memory is larger than the limit, so none is set */
static void take_all_memory(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	say(to, calloc(2048, MIB) ? "got it" : THROUGH);
}

TEST(it_gets_no_more_memory)
{
	struct yihu_buf answer = {0};
	struct confined_end end = run(&answer, take_all_memory);
	assert_int_equal(end.signal, 0);
	assert_true(has(&answer, THROUGH));
	yihu_buf_free(&answer);
}
#endif

static void never_end(int to, const void *bytes, size_t len)
{
	volatile unsigned n = 0;
	(void)to;
	(void)bytes;
	(void)len;
	for (;;)
		n++;
}

TEST(it_gets_no_more_time)
{
	struct confined_limits limits = usual;
	struct confined_end end;
	struct yihu_buf answer = {0};
	struct yihu_error err = {0};
	limits.cpu_s = 1;
	assert_int_equal(confined_run(&answer, &end, &limits, never_end, "", 0, &err), 0);
	assert_true(end.signal == SIGXCPU || end.signal == SIGKILL);
	yihu_buf_free(&answer);
}

static void talk_on(int to, const void *bytes, size_t len)
{
	char text[1024];
	(void)bytes;
	(void)len;
	memset(text, 'x', sizeof text);
	for (;;)
		confined_write(to, text, sizeof text);
}

TEST(it_says_no_more_than_it_may)
{
	struct yihu_buf answer = {0};
	struct confined_end end = run(&answer, talk_on);
	assert_int_equal(end.signal, SIGPIPE);
	assert_int_equal(answer.len, usual.answer);
	yihu_buf_free(&answer);
}

static void crash(int to, const void *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	say(to, "half ");
	raise(SIGSEGV);
	abort();
}

TEST(when_it_breaks_its_parent_knows)
{
	struct yihu_buf answer = {0};
	struct confined_end end = run(&answer, crash);
	assert_int_not_equal(end.signal, 0);
	assert_true(has(&answer, "half "));
	yihu_buf_free(&answer);
}

/* ---- where there is no filter ---- */

/* As in a kernel without it: both ways to ask for one are refused. */
static bool refuse_filters(void)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
	return c && seccomp_rule_add(c, SCMP_ACT_ERRNO(22), SCMP_SYS(seccomp), 0) == 0 &&
	       seccomp_rule_add(c, SCMP_ACT_ERRNO(22), SCMP_SYS(prctl), 1,
				SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0 &&
	       seccomp_load(c) == 0;
}

static int run_without_filter(void)
{
	struct yihu_buf answer = {0};
	struct confined_end end;
	struct yihu_error err;
	if (!refuse_filters())
		return 77;
	int r = confined_run(&answer, &end, &usual, echo, "seed", 4, &err);
	return r == 0 && !end.sealed && end.signal == 0 && has(&answer, "seed" THROUGH) ? 0 : 1;
}

TEST(without_a_filter_it_works_and_says_so)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0)
		_exit(run_without_filter());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_says_arrives),
		cmocka_unit_test(it_can_compute),
		cmocka_unit_test(it_is_ended_when_it_does_more),
		cmocka_unit_test(it_opens_no_file),
#ifndef __SANITIZE_ADDRESS__
		cmocka_unit_test(it_gets_no_more_memory),
#endif
		cmocka_unit_test(it_gets_no_more_time),
		cmocka_unit_test(it_says_no_more_than_it_may),
		cmocka_unit_test(when_it_breaks_its_parent_knows),
		cmocka_unit_test(without_a_filter_it_works_and_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
