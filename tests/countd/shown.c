/* SPDX-License-Identifier: Apache-2.0
 *
 * During the poll the public folder shows what fills a tile.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "test.h"

static uint64_t size_shown(const struct daemon *w)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c;
	struct yihu_error err;
	char *path = yihu_path(w->dir, "public/log/checkpoint");
	fixture_must(yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &note, &err), &err);
	fixture_must(
		yihu_checkpoint_parse(&c, note.data, note.len, &w->f->election->charter->log, &err),
		&err);
	yihu_buf_free(&note);
	free(path);
	return c.size;
}

static void wait_shown(const struct daemon *w)
{
	clock_pass(11);
	while (size_shown(w) == 1)
		usleep(20000);
}

TEST(full_tiles_are_exported_as_they_fill)
{
	struct daemon w;
	daemon_set_up(&w, &(struct fixture_options){.households = 300}, DURING);
	struct yihu_box *b = boxdir_open(w.dir, DURING);
	boxdir_vote(b, w.f, 1, 254, DURING);
	yihu_box_close(b);
	daemon_start(&w, NULL);
	assert_int_equal(size_shown(&w), 1);
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 255, 1), 201, "");
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 256, 1), 201, "");
	wait_shown(&w);
	assert_true(size_shown(&w) >= 256);
	daemon_tear_down(&w);
}

static void expect_tile(const struct daemon *w, const char *path, int status, size_t least)
{
	struct reply r = http_get(w, path);
	if (r.status != status || (status == 200 && r.body.len < least))
		fail_msg("%s: %d, %zu bytes", path, r.status, r.body.len);
	if (status == 503)
		assert_non_null(strstr(r.head, "\r\nRetry-After: "));
	reply_free(&r);
}

#define BUNDLE "/log/tile/entries/000"

/* What would be too much in memory is refused; from the folder it is none. */
TEST(a_full_tile_comes_from_the_folder)
{
	struct daemon w;
	struct yihu_error err;
	daemon_set_up(&w, &(struct fixture_options){.households = 300}, DURING);
	struct yihu_box *b = boxdir_open(w.dir, DURING);
	boxdir_vote(b, w.f, 1, 254, DURING);
	yihu_box_close(b);
	daemon_start(&w, &(struct countd_options){.held_bytes = 20000});
	expect_tile(&w, BUNDLE ".p/200", 503, 0);
	expect_tile(&w, "/log/tile/0/000.p/200", 200, 6400);
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 255, 1), 201, "");
	post_only(&w, "/api/ballot", boxdir_ballot(w.f, 256, 1), 201, "");
	wait_shown(&w);
	expect_tile(&w, BUNDLE, 200, 20000);
	struct reply r = http_get(&w, BUNDLE);
	assert_true(reply_has(&r, "Cache-Control: public, max-age=31536000, immutable") &&
		    reply_has(&r, "Content-Type: application/octet-stream") &&
		    reply_has(&r, "Access-Control-Allow-Origin: *"));
	reply_free(&r);
	char *path = yihu_path(w.dir, "public" BUNDLE);
	fixture_must(yihu_file_write(path, "of the folder", 13, 0644, &err), &err);
	r = http_get(&w, BUNDLE);
	assert_int_equal(r.body.len, 13);
	reply_free(&r);
	free(path);
	daemon_tear_down(&w);
}

/* Room for one. */
TEST(what_was_taken_is_held_no_longer)
{
	struct daemon w;
	daemon_set_up(&w, &(struct fixture_options){.households = 300}, DURING);
	struct yihu_box *b = boxdir_open(w.dir, DURING);
	boxdir_vote(b, w.f, 1, 254, DURING);
	yihu_box_close(b);
	daemon_start(&w, &(struct countd_options){.held_bytes = 100000});
	for (int i = 0; i < 4; i++)
		expect_tile(&w, BUNDLE ".p/200", 200, 50001);
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_tiles_are_exported_as_they_fill),
		cmocka_unit_test(a_full_tile_comes_from_the_folder),
		cmocka_unit_test(what_was_taken_is_held_no_longer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
