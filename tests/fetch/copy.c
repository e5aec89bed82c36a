/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy that stays: what goes on from it is taken, what contradicts it is not.
 * The logs here are of any entries: the audit, which would look at them, is
 * not asked.
 */
#include "fetch/copy.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "fetch/fetch.h"
#include "host.h"
#include "support.h"

#define ENTRIES 700
#define HOUSEHOLDS 800

static struct fixture *f;
static struct yihu_buf entries[ENTRIES], others[ENTRIES];
static struct yihu_public *served;
static struct host *h;
static char dir[64];

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = HOUSEHOLDS});
	for (size_t i = 0; i < ENTRIES; i++) {
		yihu_buf_fmt(&entries[i], "entry %zu", i);
		yihu_buf_fmt(&others[i], i == 10 ? "another %zu" : "entry %zu", i);
	}
	return 0;
}

AROUND(group_tear_down)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		yihu_buf_free(&entries[i]);
		yihu_buf_free(&others[i]);
	}
	fixture_free(f);
	return 0;
}

AROUND(set_up)
{
	strcpy(dir, "/tmp/yihu-copy-XXXXXX");
	served = fixture_public_new(f);
	h = host_new(served);
	return mkdtemp(dir) == NULL;
}

AROUND(tear_down)
{
	host_free(h);
	yihu_public_free(served);
	return yihu_dir_remove(dir, NULL);
}

static void serve(const struct yihu_buf *log, size_t n)
{
	for (size_t i = served->n; i-- > 0;)
		if (strncmp(served->files[i].name, "log/", 4) == 0)
			yihu_public_remove(served, served->files[i].name);
	put_forged_log(served, f, log, n);
}

/* Fetches, compares and writes, as yihu-audit does around an audit that passes. */
static int keep(struct yihu_error *err)
{
	struct copy *c = NULL;
	struct http_client *client;
	struct yihu_public *p = NULL;
	host_forget(h);
	fixture_must(http_client_new_folder(&client, host_url(h), err), err);
	int r = copy_open(&c, dir, err);
	const struct fetch_options o = {.copy = c};
	if (r == 0)
		r = fetch_public(client, &o, &p, err);
	if (r == 0)
		r = copy_compare(c, p, host_url(h), err);
	if (r == 0)
		r = copy_write(c, p, err);
	if (r == YIHU_EHISTORY)
		assert_non_null(copy_conflict(c));
	yihu_public_free(p);
	http_client_free(client);
	copy_close(c);
	return r;
}

static void assert_kept(void)
{
	struct yihu_error err = {0};
	struct yihu_public *p;
	fixture_must(keep(&err), &err);
	fixture_must(yihu_public_read(&p, dir, &err), &err);
	assert_int_equal(p->n, served->n);
	for (size_t i = 0; i < p->n; i++) {
		const struct yihu_buf *b = yihu_public_get(served, p->files[i].name);
		assert_non_null(b);
		assert_int_equal(b->len, p->files[i].bytes.len);
		assert_memory_equal(b->data, p->files[i].bytes.data, b->len);
	}
	assert_int_equal(p->n_notices, 0);
	yihu_public_free(p);
}

/* The copy is as it was, and what was shown is beside it. */
static void assert_contradicts(const char *says)
{
	struct yihu_error err = {0};
	struct yihu_public *before, *after;
	fixture_must(yihu_public_read(&before, dir, &err), &err);
	int r = keep(&err);
	if (r != YIHU_EHISTORY || strstr(err.text, says) == NULL)
		fail_msg("%s: %s", yihu_code_slug(r), err.text);
	fixture_must(yihu_public_read(&after, dir, &err), &err);
	assert_int_equal(before->n, after->n);
	for (size_t i = 0; i < before->n; i++) {
		assert_string_equal(before->files[i].name, after->files[i].name);
		assert_memory_equal(before->files[i].bytes.data, after->files[i].bytes.data,
				    before->files[i].bytes.len);
	}
	bool conflict = false;
	for (size_t i = 0; i < after->n_notices; i++) {
		if (strncmp(after->notices[i], ".conflict-", 10) != 0)
			continue;
		char *path = yihu_printf("%s/%s/log/checkpoint", dir, after->notices[i]);
		conflict = conflict || yihu_file_exists(path);
		free(path);
	}
	assert_true(conflict || yihu_public_get(served, "log/checkpoint") == NULL);
	yihu_public_free(before);
	yihu_public_free(after);
}

TEST(a_log_that_goes_on_is_followed)
{
	static const size_t sizes[] = {1, 2, 255, 256, 257, 511, 512, 700};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		serve(entries, sizes[i]);
		assert_kept();
		assert_kept(); /* the same again */
	}
}

TEST(full_tiles_are_fetched_once)
{
	serve(entries, 600);
	assert_kept();
	assert_int_equal(host_asked(h, "/log/tile/entries/"), 3);
	serve(entries, 700);
	assert_kept();
	assert_int_equal(host_asked(h, "/log/tile/entries/"), 1);
	assert_int_equal(host_asked(h, "/log/tile/0/"), 1);
}

static void break_off(struct yihu_public *p, const char *path)
{
	if (strcmp(path, "/log/tile/0/001") == 0)
		yihu_public_remove(p, "log/tile/0/001");
}

/* With a tile missing on the way nothing is written; what came is not asked for again. */
TEST(a_fetch_that_was_cut_off_goes_on)
{
	struct yihu_error err = {0};
	serve(entries, 700);
	host_behave(h, (struct host_manners){.on_request = break_off});
	struct copy *c;
	struct http_client *client;
	struct yihu_public *p;
	fixture_must(http_client_new_folder(&client, host_url(h), &err), &err);
	fixture_must(copy_open(&c, dir, &err), &err);
	const struct fetch_options o = {.copy = c};
	fixture_must(fetch_public(client, &o, &p, &err), &err);
	yihu_public_free(p);
	http_client_free(client);
	copy_close(c);
	host_behave(h, (struct host_manners){0});
	serve(entries, 700);
	assert_kept();
	assert_int_equal(host_asked(h, "/log/tile/entries/"), 1);
	assert_int_equal(host_asked(h, "/log/tile/0/000"), 0);
	assert_int_equal(host_asked(h, "/log/tile/0/"), 2);
}

TEST(a_tile_that_was_damaged_here_is_fetched_anew)
{
	struct yihu_error err;
	serve(entries, 300);
	assert_kept();
	char *path = yihu_path(dir, "log/tile/entries/000");
	fixture_must(yihu_file_write(path, "rot", 3, 0644, &err), &err);
	serve(entries, 400);
	assert_kept();
	free(path);
}

TEST(an_older_log_is_told)
{
	serve(entries, 300);
	assert_kept();
	serve(entries, 299);
	assert_contradicts("went back to an older log");
	yihu_public_remove(served, "log/checkpoint");
	assert_contradicts("went back to an older log");
	serve(entries, 301);
	struct yihu_error err;
	fixture_must(keep(&err), &err);
}

TEST(another_history_is_told)
{
	serve(entries, 300);
	assert_kept();
	static const size_t sizes[] = {300, 301, 700};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		serve(others, sizes[i]);
		assert_contradicts("another history");
	}
	serve(others, 10);
	assert_contradicts("older log");
}

/* They part at entry 10. */
TEST(logs_with_one_beginning_are_one_so_far)
{
	serve(entries, 10);
	assert_kept();
	serve(others, 300);
	assert_kept();
}

TEST(what_was_shown_stays_and_stays_the_same)
{
	serve(entries, 3);
	yihu_public_put(served, "box", "box", 3);
	yihu_public_put(served, "mix/1", "mix", 3);
	yihu_public_put(served, "open/2", "open", 4);
	put_checkpoint(served, "log/at-close", f, 2, (struct yihu_node){{1}});
	assert_kept();
	static const char *const names[] = {"mix/1", "open/2", "register", "log/at-close"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct yihu_buf was = {0};
		const struct yihu_buf *b = yihu_public_get(served, names[i]);
		yihu_buf_put(&was, b->data, b->len);
		yihu_public_remove(served, names[i]);
		assert_contradicts("any more");
		yihu_public_put(served, names[i], "other", 5);
		assert_contradicts("shows another");
		yihu_public_put(served, names[i], was.data, was.len);
		yihu_buf_free(&was);
	}
	yihu_public_put(served, "box", "box, signed again", 17);
	assert_int_equal(keep(&(struct yihu_error){0}), 0);
	yihu_public_remove(served, "box");
	assert_contradicts("any more");
}

TEST(lines_of_others_contradict_nothing)
{
	static const char *const blocks[] = {"cl", "l", "mlc"};
	serve(entries, 5);
	put_checkpoint(served, "log/at-close", f, 2, (struct yihu_node){{1}});
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		static const char *const names[] = {"log/checkpoint", "log/at-close"};
		for (size_t k = 0; k < 2; k++) {
			struct yihu_buf b = {0};
			const struct yihu_buf *was = yihu_public_get(served, names[k]);
			yihu_buf_put(&b, was->data, was->len);
			fixture_sign_block(&b, f, blocks[i]);
			yihu_public_put(served, names[k], b.data, b.len);
			yihu_buf_free(&b);
		}
		assert_kept();
	}
}

TEST(another_election_does_not_go_into_it)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	struct yihu_error err = {0};
	serve(entries, 3);
	assert_kept();
	yihu_public_put(served, "charter", other->charter.data, other->charter.len);
	yihu_public_put(served, "election.pb", other->definition.data, other->definition.len);
	yihu_public_put(served, "register", other->reg.data, other->reg.len);
	for (size_t i = served->n; i-- > 0;)
		if (strncmp(served->files[i].name, "log/", 4) == 0)
			yihu_public_remove(served, served->files[i].name);
	assert_int_equal(keep(&err), YIHU_EELECTION);
	fixture_free(other);
}

TEST(a_folder_of_something_else_is_left_alone)
{
	struct yihu_error err = {0};
	char *path = yihu_path(dir, "diary.txt");
	fixture_must(yihu_file_write(path, "x", 1, 0644, &err), &err);
	assert_int_equal(keep(&err), YIHU_EEXIST);
	free(path);
}

TEST(two_do_not_write_one_copy)
{
	struct copy *first, *second = NULL;
	struct yihu_error err = {0};
	fixture_must(copy_open(&first, dir, &err), &err);
	assert_int_equal(copy_open(&second, dir, &err), YIHU_ELOCKED);
	copy_close(first);
	fixture_must(copy_open(&second, dir, &err), &err);
	copy_close(second);
}

/* A server that changes its mind each hour does not fill the disk. */
TEST(conflicts_are_kept_up_to_a_number)
{
	serve(entries, 300);
	assert_kept();
	for (size_t i = 1; i < 20; i++) {
		serve(entries, i);
		struct yihu_error err = {0};
		struct copy *c;
		fixture_must(copy_open(&c, dir, &err), &err);
		assert_int_equal(copy_compare(c, served, "here", &err), YIHU_EHISTORY);
		assert_int_equal(copy_conflict(c) != NULL, i <= 8);
		copy_close(c);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_log_that_goes_on_is_followed),
		CASE(full_tiles_are_fetched_once),
		CASE(a_fetch_that_was_cut_off_goes_on),
		CASE(a_tile_that_was_damaged_here_is_fetched_anew),
		CASE(an_older_log_is_told),
		CASE(another_history_is_told),
		CASE(logs_with_one_beginning_are_one_so_far),
		CASE(what_was_shown_stays_and_stays_the_same),
		CASE(lines_of_others_contradict_nothing),
		CASE(another_election_does_not_go_into_it),
		CASE(a_folder_of_something_else_is_left_alone),
		CASE(two_do_not_write_one_copy),
		CASE(conflicts_are_kept_up_to_a_number),
	};
	return cmocka_run_group_tests_name("copy", tests, group_set_up, group_tear_down);
}
