/* SPDX-License-Identifier: Apache-2.0
 *
 * A box made again from what is left of it: whole, or read-only for ever.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define SIZE 6 /* O, three ballots that were exported, two that were not */

/* A box with SIZE entries that is closed, and the receipts of the last two. */
struct world {
	struct fixture *f;
	char *dir, *receipts[2];
	struct yihu_buf older_mark; /* as it was before the last two … */
	char *older_db;             /* … and a copy of the database */
	struct yihu_node root;
};

static char *keep_receipt(struct yihu_box *b, uint64_t index)
{
	struct yihu_buf receipt = boxdir_receipt(b, index);
	char *path =
		yihu_printf("/tmp/yihu-receipt-%d-%llu", (int)getpid(), (unsigned long long)index);
	assert_int_equal(yihu_file_write(path, receipt.data, receipt.len, 0600, NULL), 0);
	yihu_buf_free(&receipt);
	return path;
}

static int set_up(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	w->f = fixture_new(NULL);
	w->dir = boxdir_new(w->f);
	struct yihu_box *b = boxdir_open(w->dir, BEFORE);
	boxdir_vote(b, w->f, 1, 3, DURING);
	assert_int_equal(yihu_box_export(b, NULL), 0);
	char *mark = yihu_path(w->dir, "mark");
	assert_int_equal(yihu_file_read(mark, 8192, &w->older_mark, NULL), 0);
	free(mark);
	w->older_db = yihu_printf("/tmp/yihu-older-%d", (int)getpid());
	assert_int_equal(yihu_box_backup(b, w->older_db, NULL), 0);
	for (uint32_t i = 0; i < 2; i++) {
		boxdir_vote(b, w->f, 4 + i, 1, DURING + i);
		w->receipts[i] = keep_receipt(b, 4 + i);
	}
	w->root = yihu_tree_root(yihu_ledger_tree(yihu_box_ledger(b)), SIZE);
	yihu_box_close(b);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	for (int i = 0; i < 2; i++) {
		unlink(w->receipts[i]);
		free(w->receipts[i]);
	}
	yihu_buf_free(&w->older_mark);
	unlink(w->older_db);
	free(w->older_db);
	boxdir_free(w->dir);
	fixture_free(w->f);
	free(w);
	return 0;
}

static void lose(const struct world *w, const char *name)
{
	char *path = yihu_path(w->dir, name);
	assert_int_equal(unlink(path), 0);
	free(path);
}

static bool has(const struct world *w, const char *name)
{
	char *path = yihu_path(w->dir, name);
	bool there = yihu_file_exists(path);
	free(path);
	return there;
}

static unsigned long long exported_size(const struct world *w)
{
	struct yihu_buf note = {0};
	char *path = yihu_path(w->dir, "public/log/checkpoint");
	unsigned long long size = 0;
	assert_int_equal(yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &note, NULL), 0);
	yihu_buf_u8(&note, 0);
	assert_int_equal(sscanf((const char *)note.data, "%*s %llu", &size), 1);
	yihu_buf_free(&note);
	free(path);
	return size;
}

/* At home, or after a person's word. */
static struct yihu_box *open_here(const struct world *w)
{
	const struct yihu_box_opening moved = {.move = YIHU_BOX_MOVED};
	struct yihu_error err = {0};
	struct yihu_box *b;
	int rc = yihu_box_open(&b, w->dir, DURING, &err);
	if (rc == YIHU_ESTATE)
		rc = yihu_box_open_as(&b, w->dir, &moved, DURING, &err);
	fixture_must(rc, &err);
	return b;
}

/* What was told; caller frees. */
static char *rebuild(const struct world *w, const char *const *from, size_t n, uint64_t size,
		     bool whole)
{
	struct yihu_rebuilt r;
	struct yihu_error err = {0};
	fixture_must(yihu_box_rebuild(w->dir, from, n, &r, &err), &err);
	assert_int_equal(r.size, size);
	assert_int_equal(r.whole, whole);
	assert_int_equal(has(w, "rebuilt"), !whole);
	if (!whole)
		assert_int_equal(err.code, YIHU_EREADONLY);
	yihu_buf_str(&r.told, "");
	char *told = yihu_strndup(r.told.data ? (const char *)r.told.data : "", r.told.len);
	yihu_buf_free(&r.told);
	return told;
}

static void expect_original(struct world *w)
{
	struct yihu_box *b = open_here(w);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(yihu_box_ledger(b)), SIZE);
	assert_memory_equal(&root, &w->root, sizeof root);
	boxdir_vote(b, w->f, 6, 1, DURING + 9);
	yihu_box_close(b);
}

static void export_and_receipts_give_the_original(void **state)
{
	struct world *w = *state;
	lose(w, "box.db");
	free(rebuild(w, (const char *const *)w->receipts, 2, SIZE, true));
	assert_int_equal(exported_size(w), SIZE);
	expect_original(w);
}

/* Where the database is gone nothing says whether this is the box or a copy of
 * its folder, also after it was made again twice. */
static void without_its_database_it_waits_for_a_word(void **state)
{
	struct world *w = *state;
	struct yihu_error err = {0};
	struct yihu_box *b;
	lose(w, "box.db");
	for (int i = 0; i < 2; i++) {
		free(rebuild(w, (const char *const *)w->receipts, 2, SIZE, true));
		assert_int_equal(yihu_box_open(&b, w->dir, DURING, &err), YIHU_ESTATE);
		assert_non_null(strstr(err.text, "--moved"));
	}
	expect_original(w);
}

static void with_its_database_it_is_at_home(void **state)
{
	struct world *w = *state;
	free(rebuild(w, NULL, 0, SIZE, true));
	yihu_box_close(boxdir_open(w->dir, DURING));
}

static void what_is_missing_is_named_and_nothing_is_signed(void **state)
{
	struct world *w = *state;
	struct yihu_box *b;
	struct yihu_buf ballot = boxdir_ballot(w->f, 6, 6);
	lose(w, "box.db");
	char *told = rebuild(w, (const char *const *)&w->receipts[1], 1, 4, false);
	assert_non_null(strstr(told, "entries 4 to 4, of which nothing is known"));
	assert_non_null(strstr(told, "entry 5, the ballot of letter 0005"));
	free(told);
	assert_int_equal(yihu_box_open(&b, w->dir, DURING, NULL), YIHU_EREADONLY);
	assert_int_equal(yihu_box_open_rebuilt(&b, w->dir, NULL), 0);
	assert_int_equal(boxdir_commit(b, YIHU_ENTRY_BALLOT, &ballot, DURING).code, YIHU_EREADONLY);
	assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, NULL), YIHU_EREADONLY);
	yihu_box_close(b);
	yihu_buf_free(&ballot);
	/* The household that has it brings it. */
	free(rebuild(w, (const char *const *)w->receipts, 2, SIZE, true));
	expect_original(w);
}

/* Nobody knows how far it was signed. */
static void without_its_mark_it_never_signs_again(void **state)
{
	struct world *w = *state;
	struct yihu_box *b;
	lose(w, "mark");
	free(rebuild(w, (const char *const *)w->receipts, 2, SIZE, false));
	assert_int_equal(yihu_box_open(&b, w->dir, DURING, NULL), YIHU_EREADONLY);
}

static void put_older_mark(const struct world *w)
{
	char *mark = yihu_path(w->dir, "mark");
	assert_int_equal(yihu_file_write(mark, w->older_mark.data, w->older_mark.len, 0600, NULL),
			 0);
	free(mark);
}

/* Even where all that is left agrees. */
static void receipt_of_more_keeps_it_read_only(void **state)
{
	struct world *w = *state;
	lose(w, "box.db");
	put_older_mark(w);
	free(rebuild(w, (const char *const *)&w->receipts[1], 1, 4, false));
}

static void damaged_database_is_kept_aside(void **state)
{
	struct world *w = *state;
	char *path = yihu_path(w->dir, "box.db");
	assert_int_equal(truncate(path, 10000), 0);
	char *told = rebuild(w, (const char *const *)w->receipts, 2, SIZE, true);
	assert_non_null(strstr(told, "before-rebuild-1"));
	assert_true(has(w, "before-rebuild-1/box.db"));
	expect_original(w);
	free(told);
	free(path);
}

static void copy_of_the_database_is_a_source(void **state)
{
	struct world *w = *state;
	struct yihu_box *b;
	char *copy = yihu_printf("/tmp/yihu-copy-%d", (int)getpid());
	assert_int_equal(yihu_box_look(&b, w->dir, NULL), 0);
	assert_int_equal(yihu_box_backup(b, copy, NULL), 0);
	yihu_box_close(b);
	lose(w, "box.db");
	free(rebuild(w, (const char *const[]){copy}, 1, SIZE, true));
	expect_original(w);
	unlink(copy);
	free(copy);
}

static void end_of_the_poll_comes_back(void **state)
{
	struct world *w = *state;
	struct yihu_buf first = {0}, again = {0};
	struct yihu_box *b = boxdir_open(w->dir, DURING);
	assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, NULL), 0);
	assert_int_equal(yihu_box_export(b, NULL), 0);
	assert_true(yihu_box_at_close(b, &first));
	yihu_box_close(b);
	lose(w, "box.db");
	free(rebuild(w, NULL, 0, SIZE, true));
	b = open_here(w);
	assert_true(yihu_box_at_close(b, &again));
	assert_int_equal(first.len, again.len);
	assert_memory_equal(first.data, again.data, first.len);
	yihu_box_close(b);
	yihu_buf_free(&first);
	yihu_buf_free(&again);
}

static void expect_two_histories(const struct world *w, const char *const *from, size_t n)
{
	struct yihu_rebuilt r;
	assert_int_equal(yihu_box_rebuild(w->dir, from, n, &r, NULL), YIHU_EHISTORY);
	yihu_buf_free(&r.told);
	assert_false(has(w, "rebuilt"));
}

/* Two ballots more, and the second one's receipt. */
static char *go_on(const struct world *w, const char *dir, enum yihu_box_move move, uint32_t first)
{
	struct yihu_box *b;
	const struct yihu_box_opening how = {.move = move};
	assert_int_equal(yihu_box_open_as(&b, dir, &how, DURING, NULL), 0);
	boxdir_vote(b, w->f, first, 2, DURING + 9);
	char *receipt = keep_receipt(b, SIZE + 1), *own = yihu_printf("%s-%u", receipt, first);
	assert_int_equal(rename(receipt, own), 0);
	free(receipt);
	yihu_box_close(b);
	return own;
}

/* A copy that went on by itself: what both have signed shows it, by two receipts
 * alone too. */
static void two_histories_are_not_joined(void **state)
{
	struct world *w = *state;
	char *fork = boxdir_temp();
	char *command = yihu_printf("cp -a %s/. %s", w->dir, fork);
	assert_int_equal(system(command), 0);
	char *there = go_on(w, fork, YIHU_BOX_MOVED, 7);
	char *here = go_on(w, w->dir, YIHU_BOX_STAYS, 9);
	expect_two_histories(w, (const char *const[]){fork}, 1);
	lose(w, "box.db");
	expect_two_histories(w, (const char *const[]){there, here}, 2);
	unlink(there);
	unlink(here);
	free(there);
	free(here);
	free(command);
	boxdir_free(fork);
}

static void copy_elsewhere_is_not_rebuilt_into_a_box_of_its_own(void **state)
{
	struct world *w = *state;
	struct yihu_rebuilt r;
	struct yihu_box *b;
	char *copy = boxdir_temp();
	char *command = yihu_printf("cp -a %s/. %s", w->dir, copy);
	assert_int_equal(system(command), 0);
	assert_int_equal(yihu_box_rebuild(copy, NULL, 0, &r, NULL), 0);
	assert_true(r.whole);
	assert_false(r.at_home);
	assert_int_equal(yihu_box_open(&b, copy, DURING, NULL), YIHU_ESTATE);
	yihu_buf_free(&r.told);
	free(command);
	boxdir_free(copy);
}

static void what_was_handed_over_is_not_taken_back(void **state)
{
	struct world *w = *state;
	const struct yihu_box_opening leaves = {.move = YIHU_BOX_LEAVES};
	struct yihu_rebuilt r;
	struct yihu_box *b;
	assert_int_equal(yihu_box_open_as(&b, w->dir, &leaves, DURING, NULL), 0);
	yihu_box_close(b);
	assert_int_equal(yihu_box_rebuild(w->dir, NULL, 0, &r, NULL), YIHU_ESTATE);
	yihu_buf_free(&r.told);
}

/* Entries in the tiles that its checkpoint does not sign are left out. */
static void exported_log_is_verified(void **state)
{
	struct world *w = *state;
	char *command =
		yihu_printf("f=%s/public/log/tile/entries/000.p/4; s=$(stat -c %%s $f); "
			    "printf x | dd of=$f bs=1 seek=$((s - 9)) conv=notrunc status=none",
			    w->dir);
	assert_int_equal(system(command), 0);
	char *told = rebuild(w, NULL, 0, SIZE, true); /* box.db has all */
	assert_non_null(strstr(told, "are not those of its checkpoint"));
	free(told);
	free(command);
}

static void export_all(const struct world *w, bool ended)
{
	struct yihu_box *b = boxdir_open(w->dir, DURING);
	if (ended)
		assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, NULL), 0);
	assert_int_equal(yihu_box_export(b, NULL), 0);
	yihu_box_close(b);
}

static void damage_tiles(const struct world *w)
{
	char *command = yihu_printf("rm -r %s/public/log/tile", w->dir);
	assert_int_equal(system(command), 0);
	free(command);
}

/* Tiles that were damaged are written again. */
static void public_log_is_that_of_the_new_box(void **state)
{
	struct world *w = *state;
	damage_tiles(w);
	free(rebuild(w, NULL, 0, SIZE, true));
	assert_int_equal(exported_size(w), SIZE);
	assert_true(has(w, "public/log/tile/entries/000.p/6"));
}

/* A checkpoint that was shown over entries that are lost is kept, and still says
 * how far the log was signed. */
static void public_log_of_more_is_kept_aside(void **state)
{
	struct world *w = *state;
	export_all(w, false);
	damage_tiles(w);
	lose(w, "box.db");
	put_older_mark(w);
	char *told = rebuild(w, (const char *const[]){w->older_db}, 1, 4, false);
	assert_non_null(strstr(told, "The old exported log is kept in"));
	assert_true(has(w, "before-rebuild-1/log/checkpoint"));
	assert_int_equal(exported_size(w), 4);
	free(told);
	free(rebuild(w, NULL, 0, 4, false));
	free(rebuild(w, (const char *const *)w->receipts, 2, SIZE, true));
	assert_int_equal(exported_size(w), SIZE);
	expect_original(w);
}

/* Nobody may call off what has ended by having lost its end. */
static void end_that_was_shown_stays_shown(void **state)
{
	struct world *w = *state;
	export_all(w, true);
	damage_tiles(w);
	lose(w, "box.db");
	free(rebuild(w, (const char *const[]){w->older_db}, 1, 4, false));
	assert_int_equal(exported_size(w), SIZE);
	assert_true(has(w, "public/log/at-close"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(export_and_receipts_give_the_original),
		CASE(without_its_database_it_waits_for_a_word),
		CASE(with_its_database_it_is_at_home),
		CASE(what_is_missing_is_named_and_nothing_is_signed),
		CASE(without_its_mark_it_never_signs_again),
		CASE(receipt_of_more_keeps_it_read_only),
		CASE(damaged_database_is_kept_aside),
		CASE(copy_of_the_database_is_a_source),
		CASE(end_of_the_poll_comes_back),
		CASE(two_histories_are_not_joined),
		CASE(copy_elsewhere_is_not_rebuilt_into_a_box_of_its_own),
		CASE(what_was_handed_over_is_not_taken_back),
		CASE(exported_log_is_verified),
		CASE(public_log_is_that_of_the_new_box),
		CASE(public_log_of_more_is_kept_aside),
		CASE(end_that_was_shown_stays_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
