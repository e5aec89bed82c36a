/* SPDX-License-Identifier: Apache-2.0
 *
 * Disks that fail, and power that goes: an entry that was acknowledged is
 * there on reopening, a group is there whole or not at all, and whatever
 * happened the box opens again.
 */

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "faulty.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)

static struct fixture *f;

AROUND(group_set_up)
{
	f = fixture_new(NULL);
	faulty_install();
	return 0;
}

AROUND(group_tear_down)
{
	faulty_remove();
	fixture_free(f);
	return 0;
}

static uint64_t ballots(struct yihu_box *b)
{
	return yihu_ledger_counts(yihu_box_ledger(b)).ballots;
}

#define GROUP 3

static int vote_group(struct yihu_box *b, const struct yihu_buf *bodies,
		      struct yihu_submission *subs)
{
	for (int i = 0; i < GROUP; i++)
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = bodies[i].data,
						   .body_len = bodies[i].len};
	return yihu_box_commit(b, subs, GROUP, DURING, NULL);
}

/* After a failure: nothing of the group is acknowledged, and the handle says
 * truly whether it can go on. */
static void check_failed(struct yihu_box *b, int rc, const struct yihu_buf *bodies,
			 struct yihu_submission *subs)
{
	for (int i = 0; i < GROUP; i++)
		assert_int_equal(subs[i].code, rc);
	assert_int_equal(ballots(b), 1);
	struct yihu_buf entry = {0};
	assert_int_equal(yihu_box_entry(b, 1, &entry, NULL), 0);
	assert_int_equal(yihu_box_entry(b, 2, &entry, NULL), YIHU_ENOENT);
	yihu_buf_free(&entry);
	int again = vote_group(b, bodies, subs);
	if (rc == YIHU_EUNKNOWN)
		assert_int_equal(again, YIHU_EUNKNOWN);
	else
		assert_int_equal(again, 0);
}

/* A group of three beside one ballot that was there; false: no fault struck. */
static bool try_fault(enum fault what, int position)
{
	char *dir = boxdir_new(f);
	struct yihu_buf bodies[GROUP];
	struct yihu_submission subs[GROUP];
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	boxdir_vote(b, f, 9, 1, DURING);
	for (uint32_t i = 0; i < GROUP; i++)
		bodies[i] = boxdir_ballot(f, i + 1, i);
	faulty_arm(what, position);
	int rc = vote_group(b, bodies, subs);
	bool struck = faulty_struck();
	faulty_arm(FAULT_NONE, 0);
	assert_true(struck || rc == 0);
	if (rc)
		check_failed(b, rc, bodies, subs);
	yihu_box_close(b);

	b = boxdir_open(dir, DURING);
	uint64_t n = ballots(b);
	if (rc == 0)
		assert_int_equal(n, 1 + GROUP);
	else
		assert_true(n == 1 || n == 1 + GROUP);
	/* The same bytes again: there once, whatever became of them. */
	assert_int_equal(vote_group(b, bodies, subs), 0);
	for (int i = 0; i < GROUP; i++)
		assert_true(subs[i].code == (n == 1 ? YIHU_OK : YIHU_ESAME));
	assert_int_equal(ballots(b), 1 + GROUP);
	yihu_box_close(b);
	for (int i = 0; i < GROUP; i++)
		yihu_buf_free(&bodies[i]);
	boxdir_free(dir);
	return struck;
}

TEST(every_write_fails_once)
{
	int position = 0;
	while (try_fault(FAULT_WRITE, position))
		position++;
	assert_true(position > 4);
}

TEST(every_sync_fails_once)
{
	int position = 0;
	while (try_fault(FAULT_SYNC, position))
		position++;
	assert_true(position > 0);
}

/* The making of a box fails: what is left opens, as new or as made. */
TEST(every_fault_while_a_box_is_made)
{
	static const enum fault kinds[] = {FAULT_WRITE, FAULT_SYNC};
	for (int k = 0; k < 2; k++) {
		bool struck = true;
		for (int position = 0; struck; position++) {
			char *dir = boxdir_new(f);
			struct yihu_box *b;
			faulty_arm(kinds[k], position);
			int rc = yihu_box_open(&b, dir, BEFORE, NULL);
			struck = faulty_struck();
			faulty_arm(FAULT_NONE, 0);
			if (rc == 0)
				yihu_box_close(b);
			else
				assert_true(struck);
			b = boxdir_open(dir, BEFORE + 5);
			assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 1);
			yihu_box_close(b);
			boxdir_free(dir);
		}
	}
}

/* The end of the poll fails: afterwards it is ended or it is not, and can be. */
TEST(every_fault_at_the_end_of_the_poll)
{
	static const enum fault kinds[] = {FAULT_WRITE, FAULT_SYNC};
	for (int k = 0; k < 2; k++) {
		bool struck = true;
		for (int position = 0; struck; position++) {
			char *dir = boxdir_new(f);
			struct yihu_buf note = {0};
			struct yihu_box *b = boxdir_open(dir, BEFORE);
			faulty_arm(kinds[k], position);
			int rc = yihu_box_end_poll(b, FIXTURE_CLOSES, NULL);
			struck = faulty_struck();
			faulty_arm(FAULT_NONE, 0);
			assert_int_equal(yihu_box_at_close(b, &note), rc == 0);
			yihu_box_close(b);
			b = boxdir_open(dir, BEFORE);
			if (rc == 0)
				assert_true(yihu_box_at_close(b, &note));
			assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, NULL), 0);
			assert_true(yihu_ledger_sealed(yihu_box_ledger(b)));
			yihu_box_close(b);
			yihu_buf_free(&note);
			boxdir_free(dir);
		}
	}
}

static struct yihu_buf mark_of(const char *dir)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *path = yihu_path(dir, "mark");
	fixture_must(yihu_file_read(path, 1 << 16, &bytes, &err), &err);
	free(path);
	return bytes;
}

/* The WAL cut anywhere, with the mark of the time before: groups of 3 are whole
 * or absent. */
TEST(truncated_wal)
{
	char *dir = boxdir_new(f), *wal = yihu_path(dir, "box.db-wal");
	struct stat st;
	struct yihu_error err;
	bool seen[4] = {false};
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	yihu_box_close(b); /* its O entry is in box.db now */
	b = boxdir_open(dir, BEFORE);
	struct yihu_buf mark = mark_of(dir);
	for (uint32_t g = 0; g < 3; g++)
		boxdir_vote(b, f, 3 * g + 1, 3, DURING + g);
	assert_int_equal(stat(wal, &st), 0);
	for (off_t cut = 0; cut <= st.st_size; cut += 1531) {
		char *other = boxdir_new(f), *old = yihu_path(other, "mark");
		boxdir_copy(dir, other, "box.db", SIZE_MAX);
		boxdir_copy(dir, other, "box.db-wal", (size_t)cut);
		fixture_must(yihu_file_write(old, mark.data, mark.len, 0600, &err), &err);
		struct yihu_box *c = boxdir_open_moved(other, DURING);
		uint64_t n = ballots(c);
		assert_true(n % 3 == 0 && n <= 9);
		seen[n / 3] = true;
		yihu_box_close(c);
		free(old);
		boxdir_free(other);
	}
	yihu_buf_free(&mark);
	assert_true(seen[0] && seen[1] && seen[2]);
	yihu_box_close(b);
	free(wal);
	boxdir_free(dir);
}

/* A disk of its own that is nearly full: refused before anything is begun,
 * and taken as soon as there is room. Needs root for the mount. */
TEST(full_disk_is_a_plain_refusal)
{
	char *dir = boxdir_temp(), *filler = yihu_path(dir, "filler");
	struct yihu_error err;
	if (mount("tmpfs", dir, "tmpfs", 0, "size=64m") != 0) {
		boxdir_free(dir);
		free(filler);
		skip();
	}
	boxdir_make(f, dir);
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	struct yihu_buf ballot = boxdir_ballot(f, 2, 2), again = boxdir_ballot(f, 1, 1), junk = {0};
	struct yihu_submission s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &again, DURING);
	assert_int_equal(s.code, 0);
	for (int i = 0; i < 40 << 10; i++)
		yihu_buf_put(&junk, (const char[1024]){0}, 1024);
	fixture_must(yihu_file_write(filler, junk.data, junk.len, 0600, &err), &err);
	s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &ballot, DURING);
	assert_int_equal(s.code, YIHU_EIO);
	assert_int_equal(ballots(b), 1);
	/* What is there already can be asked for all the same. */
	s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &again, DURING);
	assert_int_equal(s.code, YIHU_ESAME);
	unlink(filler);
	s = boxdir_commit(b, YIHU_ENTRY_BALLOT, &ballot, DURING);
	assert_int_equal(s.code, 0);
	yihu_box_close(b);
	assert_int_equal(umount(dir), 0);
	yihu_buf_free(&ballot);
	yihu_buf_free(&again);
	yihu_buf_free(&junk);
	free(filler);
	boxdir_free(dir);
}

/* One read fails while what was believed is verified again: that is no word on the log,
 * and what vouches for it stays. */
TEST(every_read_fails_once_while_it_is_verified_again)
{
	static const atomic_bool never = false;
	char *dir = boxdir_new(f), *vouches = yihu_path(dir, "verified");
	struct yihu_box *b = boxdir_open(dir, DURING);
	unsigned failed = 0, i = 0;
	bool found, struck = true;
	boxdir_vote(b, f, 1, 4, DURING);
	yihu_box_close(b);
	b = boxdir_open(dir, DURING);
	assert_int_equal(yihu_box_believed(b), 5);
	for (; struck; i++) {
		struct yihu_error err = {0};
		faulty_arm(FAULT_READ, (int)i);
		int rc = yihu_box_verify_again(b, &never, &found, &err);
		struck = faulty_struck();
		failed += rc != 0;
		if (found)
			fail_msg("read %u: %s", i, err.text);
		assert_true(yihu_file_exists(vouches));
	}
	faulty_arm(FAULT_NONE, 0);
	assert_true(failed > 5);
	yihu_box_close(b);
	free(vouches);
	boxdir_free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_write_fails_once),
		cmocka_unit_test(every_sync_fails_once),
		cmocka_unit_test(every_fault_while_a_box_is_made),
		cmocka_unit_test(every_fault_at_the_end_of_the_poll),
		cmocka_unit_test(every_read_fails_once_while_it_is_verified_again),
		cmocka_unit_test(truncated_wal),
		cmocka_unit_test(full_disk_is_a_plain_refusal),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
