/* SPDX-License-Identifier: Apache-2.0
 *
 * A box that somebody touched does not open, and says what disagrees.
 */

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/keyfile.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define AFTER (FIXTURE_CLOSES + 3600)

static struct fixture *f;
static char *dir;

static void add(struct yihu_box *b, enum yihu_entry_type type, struct yihu_buf body, uint64_t now)
{
	struct yihu_submission s = boxdir_commit(b, type, &body, now);
	fixture_must(s.code, &s.err);
	yihu_buf_free(&body);
}

/* O, two changes, three ballots, at-close, C: a row in every table. */
AROUND(set_up)
{
	dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	add(b, YIHU_ENTRY_CHANGE, boxdir_change(f, 4, 13), BEFORE);
	add(b, YIHU_ENTRY_CHANGE, boxdir_change(f, 0, 14), BEFORE);
	boxdir_vote(b, f, 1, 3, DURING);
	add(b, YIHU_ENTRY_CLOSE, boxdir_close(f, b), AFTER);
	yihu_box_close(b);
	return 0;
}

AROUND(tear_down)
{
	boxdir_free(dir);
	return 0;
}

static void run_sql(const char *sql)
{
	sqlite3 *db;
	char *path = yihu_path(dir, "box.db"), *why = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
	free(path);
}

static void expect_refusal(int code, const char *says)
{
	struct yihu_error err = {0};
	struct yihu_box *b = NULL;
	int rc = yihu_box_open(&b, dir, AFTER, &err);
	if (rc == 0)
		yihu_box_close(b);
	if (rc != code || !strstr(err.text, says))
		fail_msg("%s, not %s with “%s”: %s", yihu_code_slug(rc), yihu_code_slug(code), says,
			 err.text);
}

TEST(untouched_box_opens)
{
	yihu_box_close(boxdir_open(dir, AFTER));
}

/* Each touch alone, on a box of its own. any: whatever the code. */
#define ANY (-1)
static const struct {
	const char *sql;
	int code;
	const char *says;
} touches[] = {
	{"UPDATE meta SET schema = 3", YIHU_EVERSION, "schema 3"},
	{"UPDATE meta SET schema = 1", YIHU_EDATABASE, "its tables are not"},
	{"UPDATE meta SET eid = zeroblob(32)", YIHU_EDATABASE, "two different elections"},
	{"UPDATE meta SET log_key = 'x' || log_key", YIHU_EDATABASE, "log keys"},
	{"DELETE FROM meta", YIHU_EDATABASE, "meta is empty"},

	{"DELETE FROM entry WHERE idx = 6", YIHU_EDATABASE, "covers 7 entries, the log has 6"},
	{"DELETE FROM entry WHERE idx = 4", YIHU_EDATABASE, "entry 4 of the log is missing"},
	/* No scalar of a signature ends so: one in sixteen ends with x'00'. */
	{"UPDATE entry SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'ff' AS BLOB) "
	 "WHERE idx = 3",
	 YIHU_EVOTESIG, "entry 3"},
	{"UPDATE entry SET bytes = CAST(substr(bytes, 1, 8) || x'00' || substr(bytes, 10) AS BLOB) "
	 "WHERE idx = 3",
	 ANY, ""},
	{"UPDATE entry SET bytes = x'' WHERE idx = 2", YIHU_EENTRY, "entry 2"},
	{"UPDATE entry SET bytes = zeroblob(100000) WHERE idx = 2", YIHU_EENTRY, "entry 2"},
	{"UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE idx = 4) WHERE idx = 3",
	 YIHU_ESAME, "entry 4"},
	{"INSERT INTO entry SELECT 7, bytes FROM entry WHERE idx = 6", YIHU_ECLOSED, "entry 7"},
	{"INSERT INTO entry VALUES (900, x'00')", YIHU_EDATABASE, "entry 7 of the log is missing"},

	{"UPDATE credential SET pk = zeroblob(32) WHERE serial = 5", YIHU_EDATABASE, "credential"},
	{"UPDATE credential SET idx = 2 WHERE serial = 5", YIHU_EDATABASE, "credential"},
	{"UPDATE credential SET idx = NULL WHERE serial = 13", YIHU_EDATABASE, "credential"},
	{"DELETE FROM credential WHERE serial = 13", YIHU_EDATABASE, "credential"},
	{"INSERT INTO credential VALUES (15, zeroblob(32), NULL)", YIHU_EDATABASE, "credential"},
	{"DELETE FROM voided", YIHU_EDATABASE, "voided"},
	{"UPDATE voided SET serial = 5", YIHU_EDATABASE, "voided"},
	{"INSERT INTO voided VALUES (6, 2)", YIHU_EDATABASE, "voided"},
	{"UPDATE ballot SET serial = 9 WHERE serial = 2", YIHU_EDATABASE, "ballot"},
	{"UPDATE ballot SET pk = zeroblob(32) WHERE serial = 2", YIHU_EDATABASE, "ballot"},
	{"UPDATE ballot SET code = 'AAAA-AAAA-AAAA-AAAA' WHERE serial = 2", YIHU_EDATABASE,
	 "ballot"},
	{"DELETE FROM ballot WHERE serial = 2", YIHU_EDATABASE, "ballot"},
	{"INSERT INTO ballot VALUES (9, zeroblob(32), 'x', 6)", YIHU_EDATABASE, "ballot"},
	{"DELETE FROM point WHERE idx = 4", YIHU_EDATABASE, "point"},
	{"UPDATE point SET a = zeroblob(32) WHERE idx = 4", YIHU_EDATABASE, "point"},
	{"UPDATE point SET idx = 3 WHERE idx = 4", YIHU_EDATABASE, "point"},
	{"INSERT INTO point VALUES (zeroblob(32), 4)", YIHU_EDATABASE, "point"},

	{"DELETE FROM checkpoint WHERE kind = 'latest'", ANY, "latest"},
	{"UPDATE checkpoint SET bytes = (SELECT bytes FROM checkpoint WHERE kind = 'at-close') "
	 "WHERE kind = 'latest'",
	 YIHU_EDATABASE, "covers 6 entries, the log has 7"},
	{"UPDATE checkpoint SET bytes = CAST(substr(bytes, 1, length(bytes) - 5) || '//8=' || "
	 "x'0a' "
	 "AS BLOB) WHERE kind = 'latest'",
	 ANY, "latest"},
	{"DELETE FROM checkpoint WHERE kind = 'at-close'", YIHU_EDATABASE, "at-close is missing"},
	{"UPDATE checkpoint SET bytes = (SELECT bytes FROM checkpoint WHERE kind = 'latest') "
	 "WHERE kind = 'at-close'",
	 YIHU_EDATABASE, "at-close is not of these entries"},

	{"DELETE FROM home", YIHU_EDATABASE, "home is empty"},
	{"UPDATE home SET machine = 'x'", YIHU_ESTATE, "another computer"},
	{"UPDATE home SET path = '/srv/box'", YIHU_ESTATE, "another folder, /srv/box"},
	{"UPDATE home SET folder = folder + 1", YIHU_ESTATE, "put here again"},
	{"UPDATE home SET leaving = 1", YIHU_ESTATE, "was handed over"},

	{"DROP TABLE point", YIHU_EDATABASE, "its tables are not"},
	{"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM point; END", YIHU_EDATABASE,
	 "its tables are not"},
	{"DROP INDEX ballot_code", YIHU_EDATABASE, "its tables are not"},
	{"CREATE TABLE more (x)", YIHU_EDATABASE, "its tables are not"},
};

static void drop(const char *name)
{
	char *path = yihu_path(dir, name);
	assert_int_equal(unlink(path), 0);
	free(path);
}

/* With the recovery mark, and without. */
static void touched_table(void **state)
{
	for (size_t k = 0; k < 2 * (sizeof touches / sizeof *touches); k++) {
		struct yihu_error err = {0};
		struct yihu_box *b = NULL;
		size_t i = k / 2;
		set_up(state);
		run_sql(touches[i].sql);
		if (k % 2)
			drop("verified");
		int rc = yihu_box_open(&b, dir, AFTER, &err);
		if (rc == 0)
			yihu_box_close(b);
		bool fits = touches[i].code == ANY ? rc != 0 : rc == touches[i].code;
		if (!fits || !strstr(err.text, touches[i].says))
			fail_msg("after %s: %s: %s", touches[i].sql, yihu_code_slug(rc), err.text);
		tear_down(state);
	}
}

/* A byte anywhere in an entry: tree, ledger or rows see it. */
static void flipped_byte_of_any_entry(void **state)
{
	for (int idx = 0; idx < 7; idx++) {
		struct yihu_error err = {0};
		struct yihu_box *b = NULL;
		set_up(state);
		char *sql = yihu_printf("UPDATE entry SET bytes = CAST(substr(bytes, 1, 20) || "
					"CASE hex(substr(bytes, 21, 1)) WHEN '00' THEN x'01' ELSE "
					"x'00' END || substr(bytes, 22) AS BLOB) WHERE idx = %d",
					idx);
		run_sql(sql);
		if (yihu_box_open(&b, dir, AFTER, &err) == 0)
			fail_msg("entry %d was changed and the box opened", idx);
		free(sql);
		tear_down(state);
	}
}

/* All fits but the root: a later time of the last ballot of an open poll. */
TEST(another_log_under_the_same_checkpoint)
{
	char *closed = dir;
	dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	boxdir_vote(b, f, 1, 3, DURING);
	yihu_box_close(b);
	run_sql("UPDATE entry SET bytes = CAST(substr(bytes, 1, 8) || x'ff' || substr(bytes, 10) "
		"AS BLOB) WHERE idx = 3");
	expect_refusal(YIHU_EDATABASE, "root is not that of the entries");
	boxdir_free(dir);
	dir = closed;
}

/* Below the recovery mark, in an open poll: neither proof nor a close would tell. */
TEST(an_entry_that_was_verified_before)
{
	char *closed = dir;
	dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	boxdir_vote(b, f, 1, 3, DURING);
	yihu_box_close(b);
	run_sql("UPDATE entry SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'ff' AS "
		"BLOB) WHERE idx = 2");
	expect_refusal(YIHU_EVOTESIG, "entry 2");
	boxdir_free(dir);
	dir = closed;
}

static void put(const char *name, const void *bytes, size_t len)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_file_write(path, bytes, len, 0644, &err), &err);
	free(path);
}

TEST(another_log_key)
{
	struct yihu_keyfile *kf;
	struct yihu_error err;
	char *path = yihu_path(dir, "log.key");
	drop("log.key");
	fixture_must(yihu_keyfile_create(&kf, path, YIHU_ROLE_LOG, f->election->charter->log.name,
					 NULL, &err),
		     &err);
	yihu_keyfile_close(kf);
	expect_refusal(YIHU_EDATABASE, "another than the charter's");
	free(path);
}

TEST(key_of_another_role)
{
	struct yihu_keyfile *kf;
	struct yihu_error err;
	char *path = yihu_path(dir, "log.key");
	drop("log.key");
	fixture_must(yihu_keyfile_create(&kf, path, YIHU_ROLE_ISSUER, "x", NULL, &err), &err);
	yihu_keyfile_close(kf);
	expect_refusal(YIHU_EDATABASE, "is not a log key");
	free(path);
}

TEST(no_log_key)
{
	drop("log.key");
	expect_refusal(YIHU_ENOENT, "log.key");
}

/* The public files of another election beside this database. */
TEST(charter_of_another_election)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	put("public/charter", other->charter.data, other->charter.len);
	put("public/election.pb", other->definition.data, other->definition.len);
	put("public/register", other->reg.data, other->reg.len);
	expect_refusal(YIHU_EDATABASE, "another than the charter's");
	fixture_free(other);
}

TEST(lost_database_is_not_made_anew)
{
	struct yihu_box *b;
	drop("box.db");
	assert_int_equal(yihu_box_open(&b, dir, BEFORE, NULL), YIHU_EDATABASE);
	put("box.db", "", 0);
	assert_int_equal(yihu_box_open(&b, dir, BEFORE, NULL), YIHU_EDATABASE);
}

TEST(wal_without_its_database)
{
	drop("box.db");
	drop("public/log/checkpoint");
	put("box.db-wal", "x", 1);
	struct yihu_box *b;
	assert_int_equal(yihu_box_open(&b, dir, BEFORE, NULL), YIHU_EDATABASE);
}

TEST(database_that_is_none)
{
	struct yihu_buf junk = {0};
	for (int i = 0; i < 1000; i++)
		yihu_buf_str(&junk, "no database at all ");
	put("box.db", junk.data, junk.len);
	expect_refusal(YIHU_EDATABASE, "box.db");
	yihu_buf_free(&junk);
}

TEST(database_that_is_a_link)
{
	char *from = yihu_path(dir, "box.db"), *to = yihu_path(dir, "elsewhere.db");
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(symlink("elsewhere.db", from), 0);
	expect_refusal(YIHU_ESYMLINK, "symbolic link");
	free(from);
	free(to);
}

/* An old copy of box.db beside the log that was shown since. */
TEST(older_copy_of_the_database)
{
	struct yihu_buf old = {0};
	struct yihu_error err;
	char *path = yihu_path(dir, "box.db");
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	yihu_box_close(b);
	fixture_must(yihu_file_read(path, 1 << 20, &old, &err), &err);
	b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 3, DURING);
	fixture_must(yihu_box_export(b, &err), &err);
	yihu_box_close(b);
	put("box.db", old.data, old.len);
	expect_refusal(YIHU_EHISTORY, "public/log/checkpoint (4 entries)");
	yihu_buf_free(&old);
	free(path);
}

AROUND(bare_set_up)
{
	dir = boxdir_new(f);
	return 0;
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
		CASE(untouched_box_opens),
		cmocka_unit_test(touched_table),
		cmocka_unit_test(flipped_byte_of_any_entry),
		CASE(another_log_under_the_same_checkpoint),
		CASE(an_entry_that_was_verified_before),
		CASE(another_log_key),
		CASE(key_of_another_role),
		CASE(no_log_key),
		CASE(charter_of_another_election),
		CASE(lost_database_is_not_made_anew),
		CASE(wal_without_its_database),
		CASE(database_that_is_none),
		CASE(database_that_is_a_link),
		cmocka_unit_test_setup_teardown(older_copy_of_the_database, bare_set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
