/* SPDX-License-Identifier: Apache-2.0
 *
 * What need not be sent again, what is sent in parts, and what may be kept; and that
 * a file which cannot be read is not said to be missing.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "countd/conditional.h"
#include "countd/pages.h"
#include "countd/poll_stage.h"
#include "test.h"

static struct reply ask(const struct daemon *w, const char *method, const char *path,
			const char *header)
{
	return http_call_with(w, method, path, header, NULL, 0);
}

/* The value of a header of the answer, "" where it is not there. */
static const char *value_of(const struct reply *r, const char *name, char out[static 128])
{
	char *wanted = yihu_printf("\r\n%s: ", name);
	const char *at = strcasestr(r->head, wanted);
	out[0] = '\0';
	if (at)
		snprintf(out, 128, "%.*s", (int)strcspn(at + strlen(wanted), "\r"),
			 at + strlen(wanted));
	free(wanted);
	return out;
}

/* Asks again, naming what it has; of the same it gets only the head. */
static void expect_not_again(const struct daemon *w, const char *path, const char *accepts)
{
	char tag[128], cache[128], length[128], later[128];
	struct reply r = ask(w, "GET", path, accepts);
	assert_int_equal(r.status, 200);
	if (value_of(&r, "ETag", tag)[0] != '"')
		fail_msg("%s: %s", path, r.head);
	value_of(&r, "Cache-Control", cache);
	value_of(&r, "Content-Length", length);
	reply_free(&r);
	for (int head = 0; head < 2; head++) {
		char *header = yihu_printf("%sIf-None-Match: \"other\", W/%s\r\n",
					   accepts ? accepts : "", tag);
		r = ask(w, head ? "HEAD" : "GET", path, header);
		assert_int_equal(r.status, 304);
		assert_int_equal(r.body.len, 0);
		assert_string_equal(value_of(&r, "Cache-Control", later), cache);
		assert_string_equal(value_of(&r, "ETag", later), tag);
		/* If it says a length, then that of what was not sent. */
		if (value_of(&r, "Content-Length", later)[0])
			assert_string_equal(later, length);
		reply_free(&r);
		free(header);
	}
	r = ask(w, "GET", path, "If-None-Match: \"other\"\r\n");
	assert_int_equal(r.status, 200);
	reply_free(&r);
}

static void put(const struct daemon *w, const char *name, const char *text)
{
	struct yihu_error err;
	char *path = yihu_path(w->dir, name);
	fixture_must(yihu_file_write(path, text, strlen(text), 0644, &err), &err);
	free(path);
}

static void what_one_has_is_not_sent_again(void **state)
{
	struct daemon *w = *state;
	put(w, "public/results", "a note\n");
	static const char *const paths[] = {"/charter", "/election.pb", "/register", "/results",
					    "/log/tile/0/000.p/1"};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		expect_not_again(w, paths[i], NULL);
	for (size_t i = 0; i < n_pages; i++) {
		expect_not_again(w, pages[i].path,
				 "Accept-Encoding: gzip\r\nAccept: text/html\r\n");
		expect_not_again(w, pages[i].path, "Accept: text/html\r\n");
	}
}

/* Of as many bytes. */
static void what_has_changed_is(void **state)
{
	struct daemon *w = *state;
	char tag[128], other[128];
	put(w, "public/box", "a note of the box\n");
	struct reply r = ask(w, "GET", "/box", NULL);
	value_of(&r, "ETag", tag);
	reply_free(&r);
	put(w, "public/box", "b note of the box\n");
	char *header = yihu_printf("If-None-Match: %s\r\n", tag);
	r = ask(w, "GET", "/box", header);
	assert_int_equal(r.status, 200);
	assert_string_not_equal(value_of(&r, "ETag", other), tag);
	reply_free(&r);
	free(header);
}

/* As etag_of_bytes says it of them. */
static void pages_have_the_tag_of_their_bytes(void **state)
{
	struct daemon *w = *state;
	char tag[128];
	for (size_t i = 0; i < n_pages; i++) {
		struct reply r = ask(w, "GET", pages[i].path, "Accept: text/html\r\n");
		struct etag is = etag_of_bytes(r.body.data, r.body.len);
		assert_string_equal(value_of(&r, "ETag", tag), is.text);
		reply_free(&r);
		struct etag zipped = etag_compressed(&is);
		r = ask(w, "GET", pages[i].path, "Accept: text/html\r\nAccept-Encoding: gzip\r\n");
		if (reply_has(&r, "Content-Encoding: gzip"))
			assert_string_equal(value_of(&r, "ETag", tag), zipped.text);
		assert_true(reply_has(&r, "Vary: Accept-Encoding"));
		reply_free(&r);
	}
}

static void parts_come_alone(void **state)
{
	struct daemon *w = *state;
	char tag[128];
	struct reply all = ask(w, "GET", "/charter", NULL), r;
	value_of(&all, "ETag", tag);
	assert_true(reply_has(&all, "Accept-Ranges: bytes"));
	size_t n = all.body.len;
	char *range = yihu_printf("Content-Range: bytes 5-%zu/%zu", n - 1, n);
	char *if_same = yihu_printf("Range: bytes=5-\r\nIf-Range: %s\r\n", tag);
	r = ask(w, "GET", "/charter", if_same);
	assert_int_equal(r.status, 206);
	assert_true(reply_has(&r, range));
	assert_int_equal(r.body.len, n - 5);
	assert_memory_equal(r.body.data, all.body.data + 5, n - 5);
	reply_free(&r);
	/* Changed since, more than one, by HEAD: the whole. */
	static const char *const whole[] = {"Range: bytes=5-\r\nIf-Range: \"other\"\r\n",
					    "Range: bytes=0-1,5-6\r\n", "Range: bytes=x\r\n"};
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		r = ask(w, "GET", "/charter", whole[i]);
		assert_int_equal(r.status, 200);
		assert_int_equal(r.body.len, n);
		reply_free(&r);
	}
	r = ask(w, "HEAD", "/charter", "Range: bytes=5-\r\n");
	assert_int_equal(r.status, 200);
	reply_free(&r);
	free(range);
	free(if_same);
	reply_free(&all);
}

static void expect_part(const struct daemon *w, const char *path)
{
	struct reply all = ask(w, "GET", path, "Accept: text/html\r\n");
	assert_int_equal(all.status, 200);
	struct reply r = ask(w, "GET", path, "Accept: text/html\r\nRange: bytes=2-7\r\n");
	assert_int_equal(r.status, 206);
	assert_int_equal(r.body.len, 6);
	assert_memory_equal(r.body.data, all.body.data + 2, 6);
	reply_free(&r);
	reply_free(&all);
}

static void parts_of_all_that_has_a_tag(void **state)
{
	struct daemon *w = *state;
	expect_part(w, "/log/tile/0/000.p/1");
	for (size_t i = 0; i < n_pages; i++)
		expect_part(w, pages[i].path);
	if (n_pages == 0)
		return;
	struct reply r =
		ask(w, "GET", "/assets/style.css", "Range: bytes=2-7\r\nAccept-Encoding: gzip\r\n");
	assert_int_equal(r.status, 200);
	assert_false(reply_has(&r, "Accept-Ranges: bytes"));
	reply_free(&r);
}

static void there_is_no_part_beyond_the_end(void **state)
{
	struct daemon *w = *state;
	struct reply all = ask(w, "GET", "/charter", NULL);
	char *range = yihu_printf("Content-Range: bytes */%zu", all.body.len);
	struct reply r = ask(w, "GET", "/charter", "Range: bytes=1000000-\r\n");
	assert_int_equal(r.status, 416);
	assert_true(reply_has(&r, range));
	assert_true(reply_has(&r, "Cache-Control: no-store"));
	reply_free(&r);
	reply_free(&all);
	free(range);
}

static void what_may_be_kept(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *path, *cache;
	} rows[] = {
		{"/charter", "public, max-age=60"},
		{"/election.pb", "public, max-age=60"},
		{"/register", "public, max-age=60"},
		{"/box", "no-cache"},
		{"/site/a.txt", "no-cache"},
		{"/log/checkpoint", "no-store"},
		{"/log/tile/0/000.p/1", "no-cache"},
		{"/log/tile/entries/000.p/1", "no-cache"},
		{"/log/tile/0/000.p/7", "no-store"}, /* not there */
		{"/mix/1", "no-store"},
		{"/api/state", "no-store"},
		{"/files", "no-store"},
	};
	char *site = yihu_path(w->dir, "public/site"), cache[128];
	yihu_dir_make(site, 0755, NULL);
	free(site);
	put(w, "public/site/a.txt", "a\n");
	put(w, "public/box", "a note of the box\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = ask(w, "GET", rows[i].path, NULL);
		if (strcmp(value_of(&r, "Cache-Control", cache), rows[i].cache) != 0)
			fail_msg("%s: %s", rows[i].path, cache);
		reply_free(&r);
	}
}

/* 256 entries, and one of them more. */
TEST(full_tiles_are_kept_for_good)
{
	struct daemon many, *w = &many;
	char cache[128];
	daemon_set_up(w, &(struct fixture_options){.households = 256}, DURING);
	struct yihu_box *b = boxdir_open(w->dir, DURING);
	boxdir_vote(b, w->f, 1, 256, DURING);
	yihu_box_close(b);
	daemon_start(w, NULL);
	static const struct {
		const char *path, *cache;
	} rows[] = {
		{"/log/tile/0/000", "public, max-age=31536000, immutable"},
		{"/log/tile/entries/000", "public, max-age=31536000, immutable"},
		{"/log/tile/0/001.p/1", "no-cache"},
		{"/log/tile/1/000.p/1", "no-cache"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = ask(w, "GET", rows[i].path, NULL);
		assert_string_equal(value_of(&r, "Cache-Control", cache), rows[i].cache);
		reply_free(&r);
	}
	daemon_tear_down(w);
}

/* ---- missing, and unreadable */

static int asks_kept(int fd, const char *path)
{
	char answer[8192], *get = yihu_printf("HEAD %s HTTP/1.1\r\nHost: x\r\n\r\n", path);
	int status = 0;
	assert_int_equal(send(fd, get, strlen(get), MSG_NOSIGNAL), strlen(get));
	ssize_t n = recv(fd, answer, sizeof answer - 1, 0);
	answer[n > 0 ? n : 0] = '\0';
	sscanf(answer, "HTTP/1.1 %d", &status);
	free(get);
	return status;
}

/* So many are left, for the time of this; LEFT_ALL: as before. */
#define LEFT_ALL (-1)
static void leave_descriptors(int left)
{
	static struct rlimit before;
	struct rlimit few;
	int next = dup(0);
	close(next);
	if (left == LEFT_ALL) {
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
		return;
	}
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = (rlim_t)(next + left);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
}

static void what_cannot_be_read_is_not_missing(void **state)
{
	struct daemon *w = *state;
	static const char *const paths[] = {"/charter", "/mix/1", "/files"};
	const struct figures closed = {.closed = true};
	struct yihu_error err = {0};
	enum yihu_stage stage = YIHU_STAGE_OPEN;
	char *dir = yihu_path(w->dir, "public");
	int fd = connect_to(daemon_port(w)), got[3];
	assert_int_equal(asks_kept(fd, "/charter"), 200);
	leave_descriptors(0);
	for (int i = 0; i < 3; i++)
		got[i] = asks_kept(fd, paths[i]);
	int staged = countd_stage(&stage, dir, w->f->election->charter, &closed, DURING, &err);
	leave_descriptors(LEFT_ALL);
	for (int i = 0; i < 3; i++)
		assert_int_equal(got[i], 503);
	leave_descriptors(1); /* one for the folder, none for the file */
	got[0] = asks_kept(fd, paths[0]);
	leave_descriptors(LEFT_ALL);
	assert_int_equal(got[0], 503);
	assert_int_equal(staged, YIHU_EIO);
	assert_int_equal(stage, YIHU_STAGE_OPEN);
	assert_int_equal(asks_kept(fd, "/charter"), 200);
	assert_int_equal(asks_kept(fd, "/mix/1"), 404);
	close(fd);
	free(dir);
}

static void links_folders_and_pipes_are_missing(void **state)
{
	struct daemon *w = *state;
	char *dir = yihu_path(w->dir, "public");
	char *link = yihu_path(dir, "box"), *folder = yihu_path(dir, "results");
	char *pipe = yihu_path(dir, "final"), *file = yihu_path(dir, "mix");
	assert_int_equal(symlink("charter", link), 0);
	assert_int_equal(mkdir(folder, 0755), 0);
	assert_int_equal(mkfifo(pipe, 0644), 0);
	assert_int_equal(symlink("charter", file), 0);
	static const char *const paths[] = {"/box", "/results", "/final", "/mix/1"};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct reply r = ask(w, "GET", paths[i], NULL);
		if (r.status != 404)
			fail_msg("%s: %d", paths[i], r.status);
		reply_free(&r);
	}
	free(dir);
	free(link);
	free(folder);
	free(pipe);
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(what_one_has_is_not_sent_again),
		CASE(what_has_changed_is),
		CASE(pages_have_the_tag_of_their_bytes),
		CASE(parts_come_alone),
		CASE(parts_of_all_that_has_a_tag),
		CASE(there_is_no_part_beyond_the_end),
		CASE(what_may_be_kept),
		cmocka_unit_test(full_tiles_are_kept_for_good),
		CASE(what_cannot_be_read_is_not_missing),
		CASE(links_folders_and_pipes_are_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
