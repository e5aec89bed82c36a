/* SPDX-License-Identifier: Apache-2.0
 *
 * The window's calls themselves, without the server in front of them: how many runs it
 * takes, and what it waits for. Programs are small scripts here, and sticks a folder.
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "console/console.h"
#include "console/internal.h"
#include "console/window_calls.h"
#include "daemon.h"
#include "test.h"

#define ISSUE                                                                                      \
	"#!/bin/sh\n"                                                                              \
	"case \"$1\" in\n"                                                                         \
	"quick) ;;\n"                                                                              \
	"say) shift; for w; do echo \"[$w]\"; done ;;\n"                                           \
	"long) echo begun; while [ ! -e \"$2\" ]; do sleep 0.02; done; echo ended ;;\n"            \
	"esac\n"

const char *__wrap_stick_root(void);

/* A machine without sticks; asked for while the gate is held, it hangs. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_uint looks;

const char *__wrap_stick_root(void)
{
	looks++;
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	return "/nowhere";
}

struct window {
	char *home, *shelf;
	const char *shelves[1];
	struct console *c;
};

static int window_open(void **state)
{
	struct window *w = yihu_calloc(1, sizeof *w);
	struct yihu_error err;
	w->home = boxdir_temp();
	w->shelf = yihu_path(w->home, "yihu");
	w->shelves[0] = w->shelf;
	char *program = yihu_path(w->home, "yihu-issue");
	fixture_must(yihu_file_write(program, ISSUE, strlen(ISSUE), 0700, &err), &err);
	setenv("XDG_RUNTIME_DIR", w->home, 1);
	fixture_must(console_start(&w->c,
				   &(struct console_options){.programs = w->home,
							     .shelves = w->shelves,
							     .n_shelves = 1},
				   &err),
		     &err);
	free(program);
	*state = w;
	return 0;
}

static int window_close(void **state)
{
	struct window *w = *state;
	struct yihu_error err;
	char *end = yihu_path(w->home, "end"); /* what a test that failed has left at work */
	fixture_must(yihu_file_write(end, "", 0, 0600, &err), &err);
	free(end);
	console_stop(w->c);
	boxdir_free(w->home);
	free(w->shelf);
	free(w);
	return 0;
}

/* The status; *j the answer. */
static unsigned ask(const struct window *w, const char *name, const char *sent, const char *number,
		    json_t **j)
{
	struct yihu_buf body = {0}, out = {0};
	yihu_buf_str(&body, sent ? sent : "");
	const struct asked_call call = {
		.name = name, .post = sent != NULL, .body = &body, .number = number};
	unsigned status = calls_answer(w->c, &call, &out);
	*j = json_loadb(yihu_buf_bytes(&out), out.len, 0, NULL);
	assert_non_null(*j);
	yihu_buf_free(&body);
	yihu_buf_free(&out);
	return status;
}

/* ---- runs ---- */

static long long begin(const struct window *w, const char *verb, const char *word)
{
	json_t *j;
	char *body =
		yihu_printf("{\"program\":\"yihu-issue\",\"words\":[\"%s\",\"%s\"]}", verb, word);
	assert_int_equal(ask(w, "run", body, NULL, &j), 200);
	long long number = json_number(j, "run");
	json_decref(j);
	free(body);
	return number;
}

/* What a run said, once it has ended; NULL: it is not known. The caller frees. */
static char *outcome(const struct window *w, long long number)
{
	char *text = yihu_printf("%lld", number), *said = NULL;
	for (bool ended = false; !ended;) {
		json_t *j;
		unsigned status = ask(w, "run", NULL, text, &j);
		ended = status != 200 || json_is_true(json_object_get(j, "ended"));
		if (status == 200 && ended)
			said = yihu_strdup(json_text(j, "said"));
		json_decref(j);
		if (!ended)
			poll(NULL, 0, 2);
	}
	free(text);
	return said;
}

static void assert_outcome(const struct window *w, long long number, const char *wanted)
{
	char *said = outcome(w, number);
	if (wanted)
		assert_string_equal(said, wanted);
	else
		assert_null(said);
	free(said);
}

/* More runs than are kept: what is at work stays, and what nobody was told of the end. */
static void a_window_is_used_without_end(void **state)
{
	const struct window *w = *state;
	struct yihu_error err;
	char *end = yihu_path(w->home, "end");
	long long at_work = begin(w, "long", end), untold = begin(w, "quick", ""), last = 0;
	for (int i = 2; i <= CONSOLE_RUNS_MAX; i++) {
		last = begin(w, "quick", "");
		assert_outcome(w, last, "");
	}
	assert_outcome(w, untold + 1, NULL); /* the oldest of those whose end was told */
	assert_outcome(w, untold + 2, "");
	assert_outcome(w, last, "");
	assert_outcome(w, untold, "");
	fixture_must(yihu_file_write(end, "", 0, 0600, &err), &err);
	assert_outcome(w, at_work, "begun\nended\n");
	free(end);
}

static void only_a_path_that_begins_at_the_folder_is_put_in_place(void **state)
{
	const struct window *w = *state;
	json_t *j;
	assert_int_equal(
		ask(w, "run",
		    "{\"program\":\"yihu-issue\",\"new\":\"x\",\"words\":[\"say\",\"{dir}\","
		    "\"{public}/y\",\"see {dir}\",\"{dir}.\",\"{public}s\"]}",
		    NULL, &j),
		200);
	char *wanted =
		yihu_printf("[%s/x]\n[%s/x/box/public/y]\n[see {dir}]\n[{dir}.]\n[{public}s]\n",
			    w->shelf, w->shelf);
	assert_outcome(w, json_number(j, "run"), wanted);
	json_decref(j);
	free(wanted);
}

/* ---- what is there ---- */

static void a_name_that_is_no_text_is_refused(void **state)
{
	const struct window *w = *state;
	struct yihu_error err;
	json_t *j;
	char *folder = yihu_path(w->home, "caf\xe9"), *link = yihu_path(w->home, "link");
	fixture_must(yihu_dir_make(folder, 0700, &err), &err);
	assert_int_equal(symlink(folder, link), 0);
	char *body = yihu_printf("{\"at\":\"%s\"}", link);
	assert_int_equal(ask(w, "look", body, NULL, &j), 409);
	assert_non_null(strstr(json_text(j, "message"), "UTF-8"));
	json_decref(j);
	free(body);
	free(link);
	free(folder);
}

/* The id of the one election on the shelf. */
static char *put_election(const struct window *w)
{
	struct yihu_error err;
	json_t *j;
	char *ceremony = yihu_printf("%s/park/ceremony", w->shelf);
	char *plan = yihu_path(ceremony, "plan");
	fixture_must(yihu_dir_make(ceremony, 0700, &err), &err);
	fixture_must(yihu_file_write(plan, "x", 1, 0600, &err), &err);
	assert_int_equal(ask(w, "books", NULL, NULL, &j), 200);
	char *id = yihu_strdup(json_text(json_array_get(json_object_get(j, "books"), 0), "id"));
	json_decref(j);
	free(plan);
	free(ceremony);
	return id;
}

static bool sticks_hang(const struct window *w)
{
	json_t *j;
	assert_int_equal(ask(w, "sticks", NULL, NULL, &j), 200);
	bool hang = json_is_true(json_object_get(j, "hangs"));
	json_decref(j);
	return hang;
}

static void a_stick_that_hangs_takes_no_call_with_it(void **state)
{
	const struct window *w = *state;
	json_t *j;
	char *id = put_election(w), *body = yihu_printf("{\"book\":\"%s\"}", id);
	assert_false(sticks_hang(w));
	pthread_mutex_lock(&gate);
	looks = 0;
	assert_int_equal(ask(w, "papers", body, NULL, &j), 200);
	json_decref(j);
	assert_int_equal(looks, 0);
	assert_true(sticks_hang(w));
	assert_true(sticks_hang(w));
	assert_int_equal(looks, 1);
	pthread_mutex_unlock(&gate);
	while (sticks_hang(w))
		poll(NULL, 0, 2);
	free(body);
	free(id);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_window_is_used_without_end, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(
			only_a_path_that_begins_at_the_folder_is_put_in_place, window_open,
			window_close),
		cmocka_unit_test_setup_teardown(a_name_that_is_no_text_is_refused, window_open,
						window_close),
		cmocka_unit_test_setup_teardown(a_stick_that_hangs_takes_no_call_with_it,
						window_open, window_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
