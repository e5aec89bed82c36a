/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that vanish under a running daemon: it stops taking ballots at once,
 * says so, and saves what it can still read.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "daemon.h"
#include "test.h"

#define WAIT_MS 60000
#define STEP_MS 20

static void vote(const struct daemon *w, uint32_t serial, int status)
{
	struct yihu_buf ballot = boxdir_ballot(w->f, serial, serial);
	struct reply r = http_post(w, "/api/ballot", &ballot);
	assert_int_equal(r.status, status);
	reply_free(&r);
	yihu_buf_free(&ballot);
}

static void drop(const char *dir, const char *name)
{
	char *path = yihu_path(dir, name);
	unlink(path);
	free(path);
}

/* At once, while the daemon may be writing into it. */
static char *move_away(const char *folder)
{
	char *away = yihu_printf("%s.away", folder);
	assert_int_equal(rename(folder, away), 0);
	return away;
}

/* Nobody sends anything; it finds out by itself. */
static void await_unhealthy(const struct daemon *w)
{
	char slug[64];
	int status = 200;
	for (int ms = 0; ms < WAIT_MS && status == 200; ms += STEP_MS) {
		status = reply_outcome(http_get(w, "/healthz"), slug);
		usleep(STEP_MS * 1000);
	}
	assert_int_equal(status, 503);
	assert_true(countd_failed(w->d));
}

static uint64_t exported(const struct daemon *w)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c;
	struct yihu_error err;
	char *path = yihu_path(w->dir, "public/log/checkpoint");
	fixture_must(yihu_file_read(path, 1 << 16, &note, &err), &err);
	fixture_must(
		yihu_checkpoint_parse(&c, note.data, note.len, &w->f->election->charter->log, &err),
		&err);
	yihu_buf_free(&note);
	free(path);
	return c.size;
}

TEST(the_database_is_gone)
{
	struct daemon w;
	struct yihu_error err;
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, NULL);
	vote(&w, 1, 201);
	vote(&w, 2, 201);
	drop(w.dir, "box.db");
	drop(w.dir, "box.db-wal");
	await_unhealthy(&w);
	vote(&w, 3, 503);
	assert_int_equal(countd_stop(w.d, &err), YIHU_EUNKNOWN);
	w.d = NULL;
	assert_int_equal(exported(&w), 3);
	daemon_tear_down(&w);
}

TEST(the_mirror_is_gone)
{
	struct daemon w;
	struct yihu_error err;
	daemon_set_up(&w, NULL, DURING);
	char *mirror = yihu_path(w.dir, "mirror");
	daemon_start(&w, &(struct countd_options){.mirror = mirror, .quiet = true});
	vote(&w, 1, 201);
	char *away = move_away(mirror);
	await_unhealthy(&w);
	vote(&w, 2, 503);
	assert_int_equal(countd_stop(w.d, &err), YIHU_EUNKNOWN);
	w.d = NULL;
	free(mirror);
	free(away);
	daemon_tear_down(&w);
}

/* Nothing is made where the folder was: a disk that is not mounted stays empty. */
TEST(the_whole_folder_is_gone)
{
	struct daemon w;
	struct yihu_error err;
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, NULL);
	vote(&w, 1, 201);
	char *away = move_away(w.dir);
	await_unhealthy(&w);
	assert_int_equal(countd_stop(w.d, &err), YIHU_EUNKNOWN);
	w.d = NULL;
	assert_false(yihu_file_exists(w.dir));
	assert_int_equal(rename(away, w.dir), 0);
	free(away);
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_database_is_gone),
		cmocka_unit_test(the_mirror_is_gone),
		cmocka_unit_test(the_whole_folder_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
