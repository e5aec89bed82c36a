/* SPDX-License-Identifier: Apache-2.0
 *
 * Never a second history: a box that is shorter than, or other than, what its
 * log key has signed is refused, and so is a copy of it in another place.
 */

#include <boxdir.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define SLOT 4096

static struct fixture *f;
static char *dir, *aside; /* the box, and where files of it are put aside */

AROUND(set_up)
{
	dir = boxdir_new(f);
	aside = boxdir_temp();
	return 0;
}

AROUND(tear_down)
{
	boxdir_free(dir);
	boxdir_free(aside);
	return 0;
}

static int open_as(const struct yihu_box_opening *how, struct yihu_error *err)
{
	struct yihu_box *b;
	*err = (struct yihu_error){0};
	int rc = yihu_box_open_as(&b, dir, how, DURING, err);
	if (!rc)
		yihu_box_close(b);
	return rc;
}

static void expect_refusal(int code, const char *says)
{
	struct yihu_error err;
	int rc = open_as(&(struct yihu_box_opening){0}, &err);
	if (rc != code || !strstr(err.text, says))
		fail_msg("%s, not %s with “%s”: %s", yihu_code_slug(rc), yihu_code_slug(code), says,
			 err.text);
}

static void put_aside(const char *name)
{
	boxdir_copy(dir, aside, name, SIZE_MAX);
}

static void put_back(const char *name)
{
	boxdir_copy(aside, dir, name, SIZE_MAX);
}

static void drop(const char *name)
{
	char *path = yihu_path(dir, name);
	unlink(path);
	free(path);
}

/* An O entry and n ballots; then n more. */
static void vote_some(uint32_t first, uint32_t n)
{
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, first, n, DURING);
	yihu_box_close(b);
}

TEST(an_older_database)
{
	vote_some(1, 2);
	put_aside("box.db");
	vote_some(3, 2);
	put_back("box.db");
	expect_refusal(YIHU_EHISTORY, "signed with 5 entries");
	expect_refusal(YIHU_EHISTORY, "has only 3");
}

/* A daemon that was killed: the newest entries are in the WAL alone. */
TEST(a_missing_or_cut_wal)
{
	struct stat st;
	vote_some(1, 2);
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 3, 2, DURING);
	put_aside("box.db");
	put_aside("box.db-wal");
	yihu_box_close(b);
	char *wal = yihu_path(aside, "box.db-wal");
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size > 0);
	put_back("box.db");
	drop("box.db-wal");
	expect_refusal(YIHU_EHISTORY, "has only 3");
	put_back("box.db");
	boxdir_copy(aside, dir, "box.db-wal", (size_t)st.st_size / 2);
	expect_refusal(YIHU_EHISTORY, "has only 3");
	put_back("box.db");
	put_back("box.db-wal");
	yihu_box_close(boxdir_open(dir, DURING));
	free(wal);
}

TEST(a_database_without_the_end_of_the_poll)
{
	struct yihu_error err;
	vote_some(1, 2);
	put_aside("box.db");
	struct yihu_box *b = boxdir_open(dir, DURING);
	fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
	yihu_box_close(b);
	put_back("box.db");
	expect_refusal(YIHU_EHISTORY, "the end of the poll was signed");
}

/* The same length, other entries: what a copy that was served would hold. */
TEST(another_history)
{
	vote_some(1, 2);
	vote_some(3, 1);
	put_aside("mark");
	boxdir_free(dir);
	dir = boxdir_new(f);
	vote_some(1, 2);
	vote_some(4, 1);
	put_back("mark");
	expect_refusal(YIHU_EHISTORY, "two histories");
}

TEST(no_mark_in_a_box_that_has_had_one)
{
	vote_some(1, 2);
	put_aside("mark");
	drop("mark");
	expect_refusal(YIHU_EHISTORY, "box.db has 3 entries");
	put_back("mark");
	vote_some(3, 1);
}

TEST(a_mark_without_its_database)
{
	struct yihu_error err;
	vote_some(1, 2);
	drop("box.db");
	char *log = yihu_path(dir, "public/log");
	fixture_must(yihu_dir_remove(log, &err), &err);
	expect_refusal(YIHU_EDATABASE, "box.db is empty or gone");
	free(log);
}

static void turn_byte(size_t at)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *path = yihu_path(dir, "mark");
	fixture_must(yihu_file_read(path, 1 << 16, &bytes, &err), &err);
	assert_int_equal(bytes.len, 2 * SLOT);
	bytes.data[at] ^= 1;
	fixture_must(yihu_file_write(path, bytes.data, bytes.len, 0600, &err), &err);
	yihu_buf_free(&bytes);
	free(path);
}

static void truncate_mark(off_t size)
{
	char *path = yihu_path(dir, "mark");
	assert_int_equal(truncate(path, size), 0);
	free(path);
}

/* One slot may be torn by a power cut; the other one counts. */
TEST(a_torn_slot)
{
	vote_some(1, 2);
	put_aside("mark");
	for (size_t at = 0; at < 2 * SLOT; at += 311) {
		put_back("mark");
		turn_byte(at);
		yihu_box_close(boxdir_open(dir, DURING));
	}
	put_back("mark");
	turn_byte(7);
	turn_byte(SLOT + 7);
	expect_refusal(YIHU_EDATABASE, "mark is damaged");
	put_back("mark");
	truncate_mark(SLOT);
	expect_refusal(YIHU_EDATABASE, "mark is damaged");
}

/* Behind is where a crash between commit and mark leaves it. */
TEST(a_mark_behind_its_box)
{
	vote_some(1, 2);
	put_aside("mark");
	vote_some(3, 2);
	put_aside("box.db");
	put_back("mark");
	yihu_box_close(boxdir_open(dir, DURING));
	/* What was opened counts as signed from then on. */
	vote_some(5, 1);
	put_back("box.db");
	expect_refusal(YIHU_EHISTORY, "signed with 6 entries");
}

TEST(a_mark_of_another_election)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	char *theirs = boxdir_new(other);
	vote_some(1, 1);
	yihu_box_close(boxdir_open(theirs, BEFORE));
	boxdir_copy(theirs, dir, "mark", SIZE_MAX);
	struct yihu_error err;
	assert_int_not_equal(open_as(&(struct yihu_box_opening){0}, &err), 0);
	assert_non_null(strstr(err.text, "mark: "));
	boxdir_free(theirs);
	fixture_free(other);
}

/* A whole folder that is older agrees with itself; a receipt shows it. */
TEST(what_a_person_has)
{
	static const char *const files[] = {"box.db", "mark"};
	struct yihu_error err;
	struct yihu_buf note = {0};
	char *r = yihu_path(aside, "receipt"), *c = yihu_path(aside, "note");
	const char *known[] = {r, c};
	const struct yihu_box_opening how = {.not_before = known, .n_not_before = 2};
	vote_some(1, 2);
	put_aside(files[0]);
	put_aside(files[1]);
	struct yihu_box *b = boxdir_open(dir, DURING);
	yihu_box_checkpoint(b, &note);
	boxdir_vote(b, f, 3, 2, DURING);
	struct yihu_buf receipt = boxdir_receipt(b, 3);
	yihu_box_close(b);
	fixture_must(yihu_file_write(r, receipt.data, receipt.len, 0600, &err), &err);
	fixture_must(yihu_file_write(c, note.data, note.len, 0600, &err), &err);
	assert_int_equal(open_as(&how, &err), 0);
	put_back(files[0]);
	put_back(files[1]);
	assert_int_equal(open_as(&how, &err), YIHU_EHISTORY);
	assert_non_null(strstr(err.text, "had 5 entries already"));
	assert_non_null(strstr(err.text, "has only 3"));
	/* From here on, another history. */
	vote_some(5, 3);
	assert_int_equal(open_as(&how, &err), YIHU_EHISTORY);
	assert_non_null(strstr(err.text, "two histories"));
	fixture_must(yihu_file_write(r, "hello\n", 6, 0600, &err), &err);
	assert_int_equal(open_as(&how, &err), YIHU_EFORMAT);
	unlink(r);
	assert_int_equal(open_as(&how, &err), YIHU_ENOENT);
	yihu_buf_free(&receipt);
	yihu_buf_free(&note);
	free(r);
	free(c);
}

/* Every file of it, as cp -r makes it. */
static void copy_folder(const char *to)
{
	static const char *const files[] = {
		"log.key",        "mark", "box.db", "public/charter", "public/election.pb",
		"public/register"};
	struct yihu_error err;
	char *pub = yihu_path(to, "public");
	fixture_must(yihu_dir_make(pub, 0755, &err), &err);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		boxdir_copy(dir, to, files[i], SIZE_MAX);
	free(pub);
}

TEST(a_copy_in_another_place)
{
	struct yihu_error err;
	struct yihu_box *b;
	const struct yihu_box_opening moved = {.move = YIHU_BOX_MOVED};
	vote_some(1, 2);
	copy_folder(aside);
	assert_int_equal(yihu_box_open(&b, aside, DURING, &err), YIHU_ESTATE);
	assert_non_null(strstr(err.text, dir));
	assert_non_null(strstr(err.text, "--moved"));
	/* At home nothing is to be said, and it is not for a unit file. */
	assert_int_equal(open_as(&moved, &err), YIHU_EARG);
	b = boxdir_open_moved(aside, DURING);
	boxdir_vote(b, f, 3, 1, DURING);
	yihu_box_close(b);
	yihu_box_close(boxdir_open(aside, DURING));
	assert_int_equal(yihu_box_open_as(&b, aside, &moved, DURING, &err), YIHU_EARG);
}

/* The path is right, the folder is not: copied, removed, renamed. */
TEST(a_copy_under_the_same_name)
{
	vote_some(1, 2);
	copy_folder(aside);
	char *was = yihu_printf("%s.was", dir);
	assert_int_equal(rename(dir, was), 0);
	assert_int_equal(rename(aside, dir), 0);
	expect_refusal(YIHU_ESTATE, "put here again");
	assert_int_equal(rename(dir, aside), 0);
	assert_int_equal(rename(was, dir), 0);
	yihu_box_close(boxdir_open(dir, DURING));
	free(was);
}

/* Handover needs no claim: it left the one place, and arrives at another, once. */
TEST(a_box_that_was_handed_over)
{
	struct yihu_error err;
	struct yihu_box *b;
	const struct yihu_box_opening leaves = {.move = YIHU_BOX_LEAVES};
	vote_some(1, 2);
	assert_int_equal(open_as(&leaves, &err), 0);
	expect_refusal(YIHU_ESTATE, "was handed over");
	assert_int_equal(open_as(&leaves, &err), 0); /* once more, after it was cut off */
	copy_folder(aside);
	b = boxdir_open(aside, DURING);
	boxdir_vote(b, f, 3, 1, DURING);
	yihu_box_close(b);
	yihu_box_close(boxdir_open(aside, DURING));
	/* From there on it is at home there, as any other box. */
	char *there = dir;
	dir = aside;
	expect_refusal(YIHU_OK, "");
	dir = there;
	b = boxdir_open_moved(dir, DURING); /* the archive was never used, says somebody */
	yihu_box_close(b);
	yihu_box_close(boxdir_open(dir, DURING));
}

static void run_sql(const char *sql)
{
	sqlite3 *db;
	char *path = yihu_path(dir, "box.db");
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	free(path);
}

/* As the program before made it: no mark, no home. */
TEST(a_box_of_the_older_schema)
{
	vote_some(1, 2);
	run_sql("DROP TABLE home; UPDATE meta SET schema = 1");
	drop("mark");
	vote_some(3, 1);
	put_aside("box.db");
	vote_some(4, 1);
	put_back("box.db");
	expect_refusal(YIHU_EHISTORY, "signed with 5 entries");
	drop("mark");
	expect_refusal(YIHU_EHISTORY, "mark is missing");
}

static void expect_gone(const char *name, bool replaced)
{
	struct yihu_box *b = boxdir_open(dir, DURING);
	struct yihu_buf one = boxdir_ballot(f, 1, 1);
	struct yihu_error err;
	put_aside(name);
	drop(name);
	if (replaced)
		put_back(name);
	struct yihu_submission s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &one, DURING);
	assert_int_equal(s.code, YIHU_EUNKNOWN);
	assert_non_null(strstr(s.err.text, name));
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 1);
	/* It stays so, whatever is put back. */
	put_back(name);
	assert_int_equal(yihu_box_check_names(b, &err), YIHU_EUNKNOWN);
	assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), YIHU_EUNKNOWN);
	assert_int_equal(yihu_box_in_place(b), strcmp(name, ".lock") != 0);
	yihu_buf_free(&one);
	yihu_box_close(b);
}

static void files_that_vanish(void **state)
{
	static const char *const names[] = {"box.db", "box.db-wal", "box.db-shm", "mark", ".lock"};
	for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
		yihu_box_close(boxdir_open(dir, BEFORE));
		expect_gone(names[i / 2], i % 2);
		tear_down(state);
		set_up(state);
	}
}

TEST(a_mirror_that_vanishes)
{
	struct yihu_error err;
	struct yihu_box *b;
	struct yihu_buf one = boxdir_ballot(f, 1, 1);
	char *mirror = yihu_path(aside, "mirror");
	fixture_must(yihu_box_open_mirrored(&b, dir, mirror, DURING, &err), &err);
	fixture_must(yihu_dir_remove(mirror, &err), &err);
	assert_int_equal(boxdir_commit(b, YIHU_ENTRY_BALLOT, &one, DURING).code, YIHU_EUNKNOWN);
	yihu_box_close(b);
	yihu_buf_free(&one);
	free(mirror);
}

/* After a quiet moment box.db alone has everything, while the box is in use. */
TEST(a_quiet_moment)
{
	struct yihu_error err;
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 3, DURING);
	fixture_must(yihu_box_rest(b, &err), &err);
	copy_folder(aside);
	struct yihu_box *copy = boxdir_open_moved(aside, DURING);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(copy)), 4);
	yihu_box_close(copy);
	boxdir_vote(b, f, 4, 1, DURING);
	yihu_box_close(b);
	yihu_box_close(boxdir_open(dir, DURING));
}

AROUND(group_set_up)
{
	f = fixture_new(NULL);
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
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(an_older_database),
		CASE(a_missing_or_cut_wal),
		CASE(a_database_without_the_end_of_the_poll),
		CASE(another_history),
		CASE(no_mark_in_a_box_that_has_had_one),
		CASE(a_mark_without_its_database),
		CASE(a_torn_slot),
		CASE(a_mark_behind_its_box),
		CASE(a_mark_of_another_election),
		CASE(what_a_person_has),
		CASE(a_copy_in_another_place),
		CASE(a_copy_under_the_same_name),
		CASE(a_box_that_was_handed_over),
		CASE(a_box_of_the_older_schema),
		CASE(files_that_vanish),
		CASE(a_mirror_that_vanishes),
		CASE(a_quiet_moment),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
