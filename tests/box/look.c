/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking at a box makes nothing and changes nothing.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)

struct world {
	struct fixture *f;
	char *dir;
};

static int set_up(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	w->f = fixture_new(NULL);
	w->dir = boxdir_new(w->f);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	boxdir_free(w->dir);
	fixture_free(w->f);
	free(w);
	return 0;
}

/* Names, times, sizes and bytes of all that is in the folder. */
static char *snapshot(const char *dir)
{
	char *command = yihu_printf("cd %s && find . -printf '%%p %%T@ %%s %%m\\n' | sort && "
				    "find . -type f | sort | xargs sha256sum",
				    dir);
	struct yihu_buf text = {0};
	char chunk[4096];
	FILE *p = popen(command, "r");
	assert_non_null(p);
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, p)) > 0;)
		yihu_buf_put(&text, chunk, n);
	assert_int_equal(pclose(p), 0);
	free(command);
	return (char *)text.data;
}

/* Looks; wants this code and, on 0, so many entries; and nothing else than
 * before afterwards. */
static void look(const char *dir, int code, uint64_t size)
{
	struct yihu_error err = {0};
	struct yihu_box *b = NULL;
	char *before = snapshot(dir);
	assert_int_equal(yihu_box_look(&b, dir, &err), code);
	if (code == 0)
		assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), size);
	yihu_box_close(b);
	char *after = snapshot(dir);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void folder_without_a_box_stays_without(void **state)
{
	struct world *w = *state;
	look(w->dir, YIHU_ENOENT, 0);
}

static void box_at_rest_stays_as_it_is(void **state)
{
	struct world *w = *state;
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 3, DURING);
	look(w->dir, YIHU_ELOCKED, 0);
	yihu_box_close(b);
	look(w->dir, 0, 4);
}

/* As after kill -9: the newest entries are in the WAL alone, and stay there. */
static void wal_is_read_and_not_moved(void **state)
{
	struct world *w = *state;
	char *copy = boxdir_temp();
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 3, DURING);
	char *command = yihu_printf("cp -a %s/. %s && test -s %s/box.db-wal && rm %s/box.db-shm",
				    w->dir, copy, copy, copy);
	assert_int_equal(system(command), 0);
	yihu_box_close(b);
	look(copy, 0, 4);
	free(command);
	boxdir_free(copy);
}

static void missing_mark_and_missing_wal_are_seen(void **state)
{
	struct world *w = *state;
	char *mark = yihu_path(w->dir, "mark");
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 3, DURING);
	yihu_box_close(b);
	unlink(mark);
	look(w->dir, YIHU_EHISTORY, 0);
	free(mark);
}

/* As an older program made it: no home in the database, and no mark. */
static void make_older(const char *dir)
{
	sqlite3 *db;
	char *path = yihu_path(dir, "box.db"), *mark = yihu_path(dir, "mark");
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "DROP TABLE home; UPDATE meta SET schema = 1", NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	free(path);
	free(mark);
}

static void box_of_the_older_schema_is_not_migrated(void **state)
{
	struct world *w = *state;
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 3, DURING);
	yihu_box_close(b);
	make_older(w->dir);
	look(w->dir, 0, 4);
}

static void what_is_looked_at_cannot_be_written(void **state)
{
	struct world *w = *state;
	struct yihu_box *b;
	struct yihu_buf ballot = boxdir_ballot(w->f, 1, 1);
	yihu_box_close(boxdir_open(w->dir, BEFORE));
	assert_int_equal(yihu_box_look(&b, w->dir, NULL), 0);
	struct yihu_submission s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &ballot, DURING);
	assert_int_equal(s.code, YIHU_EREADONLY);
	assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, NULL), YIHU_EREADONLY);
	yihu_box_close(b);
	yihu_buf_free(&ballot);
}

static void copy_is_taken_without_a_trace(void **state)
{
	struct world *w = *state;
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	char *folder = boxdir_temp(), *path = yihu_path(folder, "copy");
	boxdir_vote(b, w->f, 1, 3, DURING);
	yihu_box_close(b);
	char *before = snapshot(w->dir);
	assert_int_equal(yihu_box_look(&b, w->dir, NULL), 0);
	assert_int_equal(yihu_box_backup(b, path, NULL), 0);
	yihu_box_close(b);
	char *after = snapshot(w->dir);
	assert_string_equal(before, after);
	assert_true(yihu_file_exists(path));
	free(before);
	free(after);
	free(path);
	boxdir_free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(folder_without_a_box_stays_without),
		CASE(box_at_rest_stays_as_it_is),
		CASE(wal_is_read_and_not_moved),
		CASE(missing_mark_and_missing_wal_are_seen),
		CASE(box_of_the_older_schema_is_not_migrated),
		CASE(what_is_looked_at_cannot_be_written),
		CASE(copy_is_taken_without_a_trace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
