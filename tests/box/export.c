/* SPDX-License-Identifier: Apache-2.0
 *
 * What a box writes out: exactly the files that its entries make, and copies
 * of its database that open again.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define AFTER (FIXTURE_CLOSES + 3600)
#define HOUSEHOLDS 300 /* more than a tile */

static struct fixture *f;

/* The public folder that these entries make, by another way than the box. */
static struct yihu_public *recomputed(struct yihu_box *b)
{
	struct fixture_log *log = fixture_log_new(f);
	struct yihu_public *p = fixture_public_new(f);
	struct yihu_buf entry = {0};
	struct yihu_error err;
	/* Its own O entry has another time. */
	yihu_ledger_truncate(log->ledger, 0);
	yihu_buf_free(&log->entries[0]);
	log->n = 0;
	for (uint64_t i = 0; i < yihu_ledger_size(yihu_box_ledger(b)); i++) {
		yihu_buf_reset(&entry);
		fixture_must(yihu_box_entry(b, i, &entry, &err), &err);
		fixture_must(fixture_log_put(log, entry.data, entry.len, &err), &err);
	}
	fixture_public_log(p, log);
	fixture_log_free(log);
	yihu_buf_free(&entry);
	return p;
}

static void expect_exported(const char *dir, struct yihu_box *b)
{
	struct yihu_error err;
	struct yihu_public *wanted = recomputed(b), *got = NULL;
	char *pub = yihu_path(dir, "public");
	fixture_must(yihu_box_export(b, &err), &err);
	fixture_must(yihu_public_read(&got, pub, &err), &err);
	for (size_t i = 0; i < got->n && i < wanted->n; i++) {
		assert_string_equal(got->files[i].name, wanted->files[i].name);
		assert_int_equal(got->files[i].bytes.len, wanted->files[i].bytes.len);
		assert_memory_equal(got->files[i].bytes.data, wanted->files[i].bytes.data,
				    got->files[i].bytes.len);
	}
	assert_int_equal(got->n, wanted->n);
	yihu_public_free(wanted);
	yihu_public_free(got);
	free(pub);
}

TEST(export_is_what_the_entries_make)
{
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	expect_exported(dir, b);
	boxdir_vote(b, f, 1, 5, DURING);
	expect_exported(dir, b);
	boxdir_vote(b, f, 6, 250, DURING); /* 256: the partial tiles become full ones */
	expect_exported(dir, b);
	boxdir_vote(b, f, 256, 30, DURING);
	expect_exported(dir, b);
	struct yihu_buf body = boxdir_close(f, b);
	assert_int_equal(boxdir_commit(b, YIHU_ENTRY_CLOSE, &body, AFTER).code, 0);
	expect_exported(dir, b);
	yihu_buf_free(&body);
	yihu_box_close(b);
	boxdir_free(dir);
}

/* In place of the C library's: how often the disk is waited for. */
static unsigned syncs;

int fsync(int fd)
{
	(void)fd;
	syncs++;
	return 0;
}

int syncfs(int fd)
{
	(void)fd;
	syncs++;
	return 0;
}

static unsigned syncs_of_export(struct yihu_box *b)
{
	struct yihu_error err;
	syncs = 0;
	fixture_must(yihu_box_export(b, &err), &err);
	return syncs;
}

/* However much there is: the tiles all at once, the folders that are new, and the
 * checkpoint, which is written aside, renamed, and its folder synced. */
TEST(export_waits_for_the_disk_a_few_times)
{
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 280, DURING);
	assert_int_equal(yihu_box_to_export(b), 256);
	assert_int_equal(syncs_of_export(b), 1 + 4 + 2);
	assert_int_equal(yihu_box_to_export(b), 0);
	assert_int_equal(syncs_of_export(b), 0);
	yihu_box_close(b);
	boxdir_free(dir);
}

static ino_t inode_of(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

/* By a new program, too; and one that is gone or empty comes back. */
TEST(full_tiles_are_written_once)
{
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, DURING);
	char *tile = yihu_path(dir, "public/log/tile/0/000");
	char *left = yihu_path(dir, "public/log/tile/0/.000.new");
	struct yihu_error err;
	boxdir_vote(b, f, 1, 260, DURING);
	fixture_must(yihu_box_export(b, &err), &err);
	ino_t first = inode_of(tile);
	boxdir_vote(b, f, 261, 9, DURING);
	expect_exported(dir, b);
	yihu_box_close(b);
	fixture_must(yihu_file_stage(left, "x", 1, 0644, &err), &err);
	b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 270, 9, DURING);
	expect_exported(dir, b);
	assert_int_equal(inode_of(tile), first);
	assert_false(yihu_file_exists(left));
	assert_int_equal(truncate(tile, 0), 0);
	expect_exported(dir, b);
	assert_int_equal(unlink(tile), 0);
	expect_exported(dir, b);
	yihu_box_close(b);
	free(tile);
	free(left);
	boxdir_free(dir);
}

/* What whoever has captured the HTTP side may put into public/log. */
static char *put_link(const char *dir, const char *name, const char *to)
{
	char *path = yihu_path(dir, name), *aside = yihu_path(dir, "aside");
	(void)rename(path, aside);
	assert_int_equal(symlink(to, path), 0);
	free(aside);
	return path;
}

static void take_link_away(const char *dir, char *path)
{
	char *aside = yihu_path(dir, "aside");
	assert_int_equal(unlink(path), 0);
	(void)rename(aside, path);
	free(aside);
	free(path);
}

static void expect_there(const char *dir)
{
	static const char *const names[] = {"box.db",  "box.db-wal",     "mark",
					    "log.key", "public/charter", "copy/000"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = yihu_path(dir, names[i]);
		if (!yihu_file_exists(path))
			fail_msg("%s is gone", path);
		free(path);
	}
}

static void expect_no_way_through(struct yihu_box *b, const char *dir, const char *name,
				  const char *to)
{
	struct yihu_error err = {0};
	char *path = put_link(dir, name, to);
	assert_int_equal(yihu_box_export(b, &err), YIHU_EFORMAT);
	assert_non_null(strstr(err.text, path));
	expect_there(dir);
	take_link_away(dir, path);
	fixture_must(yihu_box_export(b, &err), &err);
	expect_there(dir);
}

/* At the first export of a program, which looks at all that is there, and at a later
 * one, which removes its own right edge. */
TEST(no_link_leads_an_export_elsewhere)
{
	static const struct {
		const char *name, *to;
	} links[] = {
		{"public/log", ".."},
		{"public/log/tile", "../.."},
		{"public/log/tile/0", "../../../copy"},
		{"public/log/tile/entries/000.p", "../../../../copy"},
	};
	struct yihu_error err;
	char *dir = boxdir_new(f), *copy = yihu_path(dir, "copy/000"),
	     *folder = yihu_path(dir, "copy");
	struct yihu_box *b = boxdir_open(dir, DURING);
	fixture_must(yihu_dir_make(folder, 0755, &err), &err);
	fixture_must(yihu_file_stage(copy, "x", 1, 0644, &err), &err);
	for (uint32_t i = 0; i < sizeof links / sizeof *links; i++) {
		boxdir_vote(b, f, 2 * i + 1, 1, DURING);
		expect_no_way_through(b, dir, links[i].name, links[i].to);
		yihu_box_close(b);
		b = boxdir_open(dir, DURING);
		boxdir_vote(b, f, 2 * i + 2, 1, DURING);
		expect_no_way_through(b, dir, links[i].name, links[i].to);
		expect_exported(dir, b);
	}
	yihu_box_close(b);
	free(copy);
	free(folder);
	boxdir_free(dir);
}

/* They go, and what they lead to stays. */
TEST(links_that_stand_for_nothing_are_removed_themselves)
{
	static const char *const names[] = {"public/log/tile/9", "public/log/tile/0/.000.new",
					    "public/log/tile/0/000.p/200"};
	char *dir = boxdir_new(f), *folder = yihu_path(dir, "copy"),
	     *copy = yihu_path(folder, "000");
	struct yihu_error err;
	yihu_box_close(boxdir_open(dir, DURING));
	fixture_must(yihu_dir_make(folder, 0755, &err), &err);
	fixture_must(yihu_file_stage(copy, "x", 1, 0644, &err), &err);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		free(put_link(dir, names[i], folder));
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 3, DURING);
	expect_exported(dir, b);
	expect_there(dir);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = yihu_path(dir, names[i]);
		assert_false(yihu_file_exists(path));
		free(path);
	}
	yihu_box_close(b);
	free(folder);
	free(copy);
	boxdir_free(dir);
}

TEST(export_can_be_read_by_a_web_server)
{
	static const struct {
		const char *name;
		mode_t mode;
	} rows[] = {
		{"public/log", 0755},
		{"public/log/tile/0", 0755},
		{"public/log/checkpoint", 0644},
		{"public/log/tile/entries/000.p/1", 0644},
	};
	mode_t mask = umask(077);
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	umask(mask);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct stat st;
		char *path = yihu_path(dir, rows[i].name);
		assert_int_equal(stat(path, &st), 0);
		if ((st.st_mode & 0777) != rows[i].mode)
			fail_msg("%s: %o", path, st.st_mode);
		free(path);
	}
	yihu_box_close(b);
	boxdir_free(dir);
}

TEST(tiles_of_every_width)
{
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	boxdir_vote(b, f, 1, 6, DURING);
	for (unsigned width = 1; width <= 9; width++) {
		struct yihu_buf hashes = {0}, bundle = {0};
		int wanted = width <= 7 ? YIHU_OK : YIHU_ENOENT;
		const struct yihu_tile h = {.level = 0, .width = width},
				       e = {.level = -1, .width = width};
		assert_int_equal(yihu_box_tile(b, &h, &hashes, NULL), wanted);
		assert_int_equal(yihu_box_tile(b, &e, &bundle, NULL), wanted);
		assert_int_equal(hashes.len, wanted ? 0 : 32 * width);
		struct yihu_reader r = yihu_reader(bundle.data, bundle.len);
		const uint8_t *entry;
		size_t len;
		for (unsigned i = 0; !wanted && i < width; i++) {
			assert_true(yihu_bundle_next(&r, &entry, &len));
			struct yihu_node leaf = yihu_leaf_hash(entry, len);
			assert_memory_equal(&leaf, hashes.data + 32 * i, 32);
		}
		assert_true(wanted || yihu_reader_end(&r));
		yihu_buf_free(&hashes);
		yihu_buf_free(&bundle);
	}
	yihu_box_close(b);
	boxdir_free(dir);
}

/* The copy in a folder of its own opens, and holds the same log. */
static void expect_copy(const char *from, const char *copy, struct yihu_box *b)
{
	struct yihu_buf ours = {0}, theirs = {0};
	char *dir = boxdir_new(f), *db = yihu_path(dir, "box.db");
	assert_int_equal(rename(copy, db), 0);
	boxdir_copy(from, dir, "mark", SIZE_MAX);
	struct yihu_box *other = boxdir_open_moved(dir, DURING);
	yihu_box_checkpoint(b, &ours);
	yihu_box_checkpoint(other, &theirs);
	assert_int_equal(ours.len, theirs.len);
	assert_memory_equal(ours.data, theirs.data, ours.len);
	yihu_box_close(other);
	boxdir_free(dir);
	free(db);
	yihu_buf_free(&ours);
	yihu_buf_free(&theirs);
}

TEST(backup_opens_again)
{
	struct yihu_error err;
	char *dir = boxdir_new(f), *copy = yihu_path(dir, "copy.db");
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	boxdir_vote(b, f, 1, 9, DURING);
	fixture_must(yihu_box_backup(b, copy, &err), &err);
	assert_int_equal(yihu_box_backup(b, copy, &err), YIHU_EEXIST);
	expect_copy(dir, copy, b);
	/* Beside its owner, and between two of its commits. */
	fixture_must(yihu_box_backup_live(dir, copy, &err), &err);
	assert_int_equal(yihu_box_backup_live(dir, copy, &err), YIHU_EEXIST);
	expect_copy(dir, copy, b);
	boxdir_vote(b, f, 10, 1, DURING);
	yihu_box_close(b);
	yihu_box_close(boxdir_open(dir, DURING));
	free(copy);
	boxdir_free(dir);
}

TEST(backup_to_nowhere_fails)
{
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	assert_int_not_equal(yihu_box_backup(b, "/nonexistent/copy.db", NULL), 0);
	assert_int_not_equal(yihu_box_backup_live(dir, "/nonexistent/copy.db", NULL), 0);
	boxdir_vote(b, f, 1, 1, DURING);
	yihu_box_close(b);
	boxdir_free(dir);
}

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.households = HOUSEHOLDS, .projects = 2});
	return 0;
}

AROUND(group_tear_down)
{
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(export_is_what_the_entries_make),
		cmocka_unit_test(export_waits_for_the_disk_a_few_times),
		cmocka_unit_test(full_tiles_are_written_once),
		cmocka_unit_test(no_link_leads_an_export_elsewhere),
		cmocka_unit_test(links_that_stand_for_nothing_are_removed_themselves),
		cmocka_unit_test(export_can_be_read_by_a_web_server),
		cmocka_unit_test(tiles_of_every_width),
		cmocka_unit_test(backup_opens_again),
		cmocka_unit_test(backup_to_nowhere_fails),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
