/* SPDX-License-Identifier: Apache-2.0
 *
 * The day of the poll, as far as the computer has a part in it: it does not sleep while
 * the daemon runs, and opens the window with the desktop where somebody wants it. The
 * login manager's program is one of the test's own.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "boxdir.h"
#include "console/autostart.h"
#include "console/awake.h"
#include "fixture.h"
#include "test.h"

/* Notes how it was called, and runs what stands behind its options. */
#define INHIBIT                                                                                    \
	"#!/bin/sh\n"                                                                              \
	"echo \"$*\" >>\"$YIHU_NOTED\"\n"                                                          \
	"case \" $* \" in *\"$YIHU_REFUSES\"*) exit 1 ;; esac\n"                                   \
	"while [ \"${1#--}\" != \"$1\" ]; do shift; done\n"                                        \
	"\"$@\"\n"
#define DAEMON                                                                                     \
	"#!/bin/sh\n"                                                                              \
	"echo \"$*\"\necho $$ >\"$YIHU_NOTED.pid\"\n"                                              \
	"while [ ! -e \"$YIHU_NOTED.end\" ]; do sleep 0.02; done\nexit 5\n"

#define TRIES 6000 /* a minute, on a computer that is not busy */

struct computer {
	char *dir, *bin, *noted;
};

static void put_program(const struct computer *m, const char *name, const char *script)
{
	struct yihu_error err;
	char *path = yihu_path(m->bin, name);
	fixture_must(yihu_file_write(path, script, strlen(script), 0700, &err), &err);
	free(path);
}

static int computer_new(void **state)
{
	struct computer *m = yihu_calloc(1, sizeof *m);
	struct yihu_error err;
	m->dir = boxdir_temp();
	m->bin = yihu_path(m->dir, "bin");
	m->noted = yihu_path(m->dir, "noted");
	char *path = yihu_printf("%s:/usr/bin:/bin", m->bin);
	fixture_must(yihu_dir_make(m->bin, 0700, &err), &err);
	put_program(m, "yihu-countd", DAEMON);
	setenv("PATH", path, 1);
	setenv("HOME", m->dir, 1);
	setenv("YIHU_NOTED", m->noted, 1);
	setenv("YIHU_REFUSES", "nothing of it", 1);
	unsetenv("XDG_CONFIG_HOME");
	free(path);
	*state = m;
	return 0;
}

static int computer_free(void **state)
{
	struct computer *m = *state;
	boxdir_free(m->dir);
	free(m->bin);
	free(m->noted);
	free(m);
	return 0;
}

static char *text_of(const char *path)
{
	struct yihu_buf text = {0};
	struct yihu_error err;
	fixture_must(yihu_file_read(path, 10000, &text, &err), &err);
	yihu_buf_put(&text, "", 1);
	return (char *)text.data;
}

static void order_made(struct order *o, const struct computer *m)
{
	order_daemon(o, m->bin, "/a/park 1", "127.0.0.1:0", "/b/mirror");
	awake_keep(o);
}

/* The process of the daemon, once it has said it. */
static pid_t pid_of(const struct computer *m)
{
	char *path = yihu_printf("%s.pid", m->noted), *text = NULL;
	pid_t pid = 0;
	for (int i = 0; pid == 0; i++) {
		if (i == TRIES)
			fail_msg("the daemon was never run");
		if (yihu_file_exists(path))
			text = text_of(path);
		pid = text ? atoi(text) : 0;
		free(text);
		text = NULL;
		poll(NULL, 0, 10);
	}
	free(path);
	return pid;
}

/* Runs the order to its end: what it said (freed by the caller), and whether it was kept
 * awake meanwhile. */
static char *run_order(const struct computer *m, const struct order *o, bool *awake)
{
	const struct run_order order = order_run(o);
	struct running *run;
	struct yihu_buf said = {0};
	struct yihu_error err;
	int status;
	char *end = yihu_printf("%s.end", m->noted);
	fixture_must(run_start(&run, &order, &err), &err);
	*awake = awake_keeps(pid_of(m));
	fixture_must(yihu_file_write(end, "", 0, 0600, &err), &err);
	while (!run_ended(run, &status, NULL, NULL))
		poll(NULL, 0, 10);
	run_ended(run, &status, &said, NULL);
	assert_int_equal(status, 5); /* the daemon's own */
	run_free(run);
	free(end);
	yihu_buf_put(&said, "", 1);
	return (char *)said.data;
}

static void check_run(const struct computer *m, bool wanted)
{
	struct order o;
	bool awake;
	order_made(&o, m);
	char *said = run_order(m, &o, &awake);
	assert_string_equal(said, "/a/park 1/box --listen=127.0.0.1:0 --mirror=/b/mirror\n");
	assert_int_equal(awake, wanted);
	order_finish(&o);
	free(said);
}

static void the_computer_is_kept_awake(void **state)
{
	const struct computer *m = *state;
	put_program(m, "systemd-inhibit", INHIBIT);
	check_run(m, true);
	char *noted = text_of(m->noted), *last = strchr(noted, '\n') + 1;
	assert_ptr_equal(strstr(last, "--what=sleep:idle:handle-lid-switch --who=Yihu --why="),
			 last);
	assert_non_null(strstr(last, " --mode=block "));
	free(noted);
}

static void as_far_as_this_user_may(void **state)
{
	const struct computer *m = *state;
	put_program(m, "systemd-inhibit", INHIBIT);
	setenv("YIHU_REFUSES", "lid", 1);
	check_run(m, true);
	char *noted = text_of(m->noted);
	assert_non_null(strstr(noted, "\n--what=sleep:idle --who=Yihu"));
	free(noted);
}

static void where_that_is_refused_the_daemon_runs_without(void **state)
{
	const struct computer *m = *state;
	put_program(m, "systemd-inhibit", INHIBIT);
	setenv("YIHU_REFUSES", "sleep", 1);
	check_run(m, false);
}

static void and_where_there_is_no_such_program(void **state)
{
	const struct computer *m = *state;
	setenv("PATH", "/nowhere::.", 1);
	put_program(m, "yihu-countd", "#!/bin/sh\nPATH=/bin\n" DAEMON);
	check_run(m, false);
}

static void the_window_opens_with_the_desktop(void **state)
{
	const struct computer *m = *state;
	struct yihu_error err;
	const char *const shelves[] = {"/a/$b", "/c\"d\\e%f"};
	const struct console_options o = {
		.programs = "/opt/y i", .shelves = shelves, .n_shelves = 2};
	char *path = yihu_path(m->dir, ".config/autostart/yihu.desktop");
	assert_false(autostart_is());
	assert_int_equal(autostart_remove(&err), 0);
	assert_int_equal(autostart_write(&o, &err), 0);
	assert_true(autostart_is());
	char *text = text_of(path);
	assert_non_null(strstr(text, "\nExec=\"/opt/y i/yihu\" --go-on --in \"/a/\\\\$b\""
				     " --in \"/c\\\\\"d\\\\\\\\e%%f\"\n"));
	assert_int_equal(autostart_remove(&err), 0);
	assert_false(autostart_is());
	setenv("HOME", "", 1);
	assert_int_equal(autostart_write(&o, &err), YIHU_ENOENT);
	free(text);
	free(path);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, computer_new, computer_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(the_computer_is_kept_awake),
		HERE(as_far_as_this_user_may),
		HERE(where_that_is_refused_the_daemon_runs_without),
		HERE(and_where_there_is_no_such_program),
		HERE(the_window_opens_with_the_desktop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
