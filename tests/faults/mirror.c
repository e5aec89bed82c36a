/* SPDX-License-Identifier: Apache-2.0
 *
 * A box on two disks: either disk alone has all that was acknowledged, and the
 * log key never signs two histories.
 */

#include <boxdir.h>
#include <faulty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)

static struct fixture *f, *other_election;

/* Two folders: the first filled by the issuer, the second not there yet. */
struct pair {
	char *root, *first, *second;
};

static struct pair pair_new(void)
{
	struct pair p = {.root = boxdir_temp()};
	p.first = yihu_path(p.root, "first");
	p.second = yihu_path(p.root, "second");
	boxdir_make(f, p.first);
	return p;
}

static void pair_free(struct pair *p)
{
	free(p->first);
	free(p->second);
	boxdir_free(p->root);
}

static struct yihu_box *open_both(const char *dir, const char *mirror, uint64_t now)
{
	struct yihu_error err;
	struct yihu_box *b;
	fixture_must(yihu_box_open_mirrored(&b, dir, mirror, now, &err), &err);
	return b;
}

/* What comes of it, when it is no box. */
static int open_code(const char *dir, const char *mirror)
{
	struct yihu_error err;
	struct yihu_box *b;
	int rc = yihu_box_open_mirrored(&b, dir, mirror, DURING, &err);
	if (!rc)
		yihu_box_close(b);
	return rc;
}

static struct yihu_box *open_alone(const char *dir)
{
	struct yihu_error err;
	fixture_must(yihu_box_stand_alone(dir, &err), &err);
	assert_int_equal(yihu_box_check_whole(dir, &err), 0);
	return boxdir_open(dir, DURING);
}

static struct yihu_checkpoint state_of(const struct yihu_box *b)
{
	const struct yihu_tree *tree = yihu_ledger_tree(yihu_box_ledger(b));
	struct yihu_checkpoint c = {.size = yihu_tree_size(tree)};
	c.root = yihu_tree_root(tree, c.size);
	return c;
}

static void assert_begins_with(const struct yihu_box *b, const struct yihu_checkpoint *c)
{
	struct yihu_node root;
	assert_true(yihu_ledger_size(yihu_box_ledger(b)) >= c->size);
	root = yihu_tree_root(yihu_ledger_tree(yihu_box_ledger(b)), c->size);
	assert_memory_equal(&root, &c->root, sizeof root);
}

static void remove_dir(const char *dir)
{
	struct yihu_error err;
	fixture_must(yihu_dir_remove(dir, &err), &err);
}

TEST(either_half_goes_on_with_everything)
{
	for (int lost = 0; lost < 2; lost++) {
		struct pair p = pair_new();
		struct yihu_buf body = boxdir_change(f, 9, 13);
		struct yihu_box *b = open_both(p.first, p.second, BEFORE);
		boxdir_vote(b, f, 1, 3, DURING);
		assert_int_equal(boxdir_commit(b, YIHU_ENTRY_CHANGE, &body, DURING).code, 0);
		boxdir_vote(b, f, 4, 2, DURING);
		struct yihu_checkpoint shown = state_of(b);
		yihu_box_close(b);
		remove_dir(lost ? p.second : p.first);
		b = open_alone(lost ? p.first : p.second);
		assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), shown.size);
		assert_begins_with(b, &shown);
		boxdir_vote(b, f, 6, 1, DURING);
		yihu_box_close(b);
		yihu_buf_free(&body);
		pair_free(&p);
	}
}

TEST(a_half_is_not_written_alone)
{
	struct pair p = pair_new();
	struct yihu_error err;
	struct yihu_box *b = open_both(p.first, p.second, BEFORE);
	yihu_box_close(b);
	const char *dirs[] = {p.first, p.second};
	struct yihu_buf ballot = boxdir_ballot(f, 1, 1);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(yihu_box_check_whole(dirs[i], &err), YIHU_ESTATE);
		b = boxdir_open(dirs[i], DURING);
		assert_int_equal(boxdir_commit(b, YIHU_ENTRY_BALLOT, &ballot, DURING).code,
				 YIHU_ESTATE);
		assert_int_equal(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), YIHU_ESTATE);
		assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 1);
		yihu_box_close(b);
	}
	yihu_buf_free(&ballot);
	pair_free(&p);
}

/* One half went on alone; joined again, whichever is named first. */
TEST(the_shorter_half_is_given_what_it_lacks)
{
	for (int k = 0; k < 8; k++) {
		struct pair p = pair_new();
		struct yihu_error err;
		struct yihu_box *b = open_both(p.first, p.second, BEFORE);
		boxdir_vote(b, f, 1, 2, DURING);
		yihu_box_close(b);
		b = open_alone(k & 1 ? p.first : p.second);
		boxdir_vote(b, f, 3, 3, DURING);
		if (k & 4)
			fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
		struct yihu_checkpoint longer = state_of(b);
		yihu_box_close(b);
		b = k & 2 ? open_both(p.first, p.second, DURING)
			  : open_both(p.second, p.first, DURING);
		assert_begins_with(b, &longer);
		assert_int_equal(yihu_ledger_sealed(yihu_box_ledger(b)), (k & 4) != 0);
		yihu_box_close(b);
		assert_int_equal(yihu_box_check_whole(p.first, &err), YIHU_ESTATE);
		assert_int_equal(yihu_box_check_whole(p.second, &err), YIHU_ESTATE);
		b = open_alone(k & 1 ? p.second : p.first);
		assert_begins_with(b, &longer);
		assert_int_equal(yihu_ledger_sealed(yihu_box_ledger(b)), (k & 4) != 0);
		yihu_box_close(b);
		pair_free(&p);
	}
}

/* DIR's database, settled, as a file. */
static struct yihu_buf database_of(const char *dir)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *path = yihu_path(dir, "box.db");
	fixture_must(yihu_file_read(path, 64 << 20, &bytes, &err), &err);
	free(path);
	return bytes;
}

static void put_database_back(const char *dir, struct yihu_buf *bytes)
{
	static const char *const others[] = {"box.db-wal", "box.db-shm"};
	struct yihu_error err;
	char *path = yihu_path(dir, "box.db");
	for (int i = 0; i < 2; i++) {
		char *other = yihu_path(dir, others[i]);
		unlink(other);
		free(other);
	}
	fixture_must(yihu_file_write(path, bytes->data, bytes->len, 0600, &err), &err);
	yihu_buf_free(bytes);
	free(path);
}

/* An older box.db in one half, or in both; its mark knows better, and so does
 * its exported log. */
static void try_older(bool first, bool second, bool ended)
{
	struct pair p = pair_new();
	struct yihu_error err;
	struct yihu_box *b = open_both(p.first, p.second, BEFORE);
	boxdir_vote(b, f, 1, 2, DURING);
	yihu_box_close(b);
	struct yihu_buf old[] = {database_of(p.first), database_of(p.second)};
	b = open_both(p.first, p.second, DURING);
	boxdir_vote(b, f, 3, 2, DURING);
	fixture_must(yihu_box_export(b, &err), &err);
	if (ended)
		fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
	struct yihu_checkpoint shown = state_of(b);
	yihu_box_close(b);
	if (first)
		put_database_back(p.first, &old[0]);
	if (second)
		put_database_back(p.second, &old[1]);
	yihu_buf_free(&old[0]);
	yihu_buf_free(&old[1]);
	if (first && second) {
		assert_int_equal(open_code(p.first, p.second), YIHU_EHISTORY);
		assert_int_equal(open_code(p.second, p.first), YIHU_EHISTORY);
	} else {
		b = open_both(p.first, p.second, DURING);
		assert_begins_with(b, &shown);
		assert_int_equal(yihu_ledger_sealed(yihu_box_ledger(b)), ended);
		yihu_box_close(b);
		b = open_alone(first ? p.first : p.second);
		assert_begins_with(b, &shown);
		assert_int_equal(yihu_ledger_sealed(yihu_box_ledger(b)), ended);
		yihu_box_close(b);
	}
	pair_free(&p);
}

/* Where the other half has all that was signed it is given back; never less. */
TEST(older_database_in_a_half_is_caught_up)
{
	for (int k = 0; k < 2; k++) {
		try_older(true, false, k);
		try_older(false, true, k);
		try_older(true, true, k);
	}
}

/* The longer half is shorter than what the other one's mark knows. */
TEST(mark_of_the_shorter_half_is_asked_too)
{
	struct pair p = pair_new();
	struct yihu_box *b = open_both(p.first, p.second, BEFORE);
	boxdir_vote(b, f, 1, 1, DURING);
	yihu_box_close(b);
	struct yihu_buf old = database_of(p.first);
	b = open_alone(p.first);
	boxdir_vote(b, f, 2, 3, DURING);
	yihu_box_close(b);
	put_database_back(p.first, &old);
	b = open_alone(p.second);
	boxdir_vote(b, f, 2, 1, DURING);
	yihu_box_close(b);
	assert_int_equal(open_code(p.first, p.second), YIHU_EHISTORY);
	assert_int_equal(open_code(p.second, p.first), YIHU_EHISTORY);
	b = boxdir_open(p.second, DURING);
	assert_int_equal(state_of(b).size, 3);
	yihu_box_close(b);
	pair_free(&p);
}

TEST(halves_written_apart_are_refused)
{
	for (int k = 0; k < 3; k++) {
		struct pair p = pair_new();
		struct yihu_checkpoint held[2];
		const char *dirs[] = {p.first, p.second};
		struct yihu_error err;
		struct yihu_box *b = open_both(p.first, p.second, BEFORE);
		boxdir_vote(b, f, 1, 2, DURING);
		yihu_box_close(b);
		for (uint32_t i = 0; i < 2; i++) {
			b = open_alone(dirs[i]);
			/* k 0: one entry each; 1: one is longer; 2: one was ended before. */
			if (k == 2 && i == 0)
				fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
			else
				boxdir_vote(b, f, 3 + i, 1 + (k == 1 && i == 0), DURING);
			held[i] = state_of(b);
			yihu_box_close(b);
		}
		assert_int_equal(open_code(p.first, p.second), YIHU_EHISTORY);
		assert_int_equal(open_code(p.second, p.first), YIHU_EHISTORY);
		for (int i = 0; i < 2; i++) {
			b = boxdir_open(dirs[i], DURING);
			assert_int_equal(state_of(b).size, held[i].size);
			assert_begins_with(b, &held[i]);
			yihu_box_close(b);
		}
		pair_free(&p);
	}
}

TEST(what_cannot_be_joined_is_refused)
{
	struct pair p = pair_new();
	char *third = yihu_path(p.root, "third");
	char *db = yihu_path(p.second, "box.db");
	boxdir_make(other_election, third);
	assert_int_equal(open_code(p.first, third), YIHU_EELECTION);
	yihu_box_close(boxdir_open(third, BEFORE));
	assert_int_equal(open_code(p.first, third), YIHU_EELECTION);
	assert_int_equal(open_code(p.first, p.first), YIHU_ELOCKED);
	yihu_box_close(open_both(p.first, p.second, BEFORE));
	/* The mirror's disk is not mounted, then lost; what is left of it begins
	 * no log of its own. */
	unlink(db);
	struct yihu_box *b;
	assert_int_equal(open_code(p.first, p.second), YIHU_ESTATE);
	assert_int_equal(yihu_box_open(&b, p.second, BEFORE, NULL), YIHU_EDATABASE);
	yihu_box_close(open_alone(p.first));
	assert_int_equal(open_code(p.first, p.second), 0);
	/* The first disk was replaced by an empty one, or its database is gone. */
	free(db);
	db = yihu_path(p.first, "box.db");
	unlink(db);
	assert_int_equal(open_code(p.first, p.second), YIHU_EDATABASE);
	assert_int_equal(yihu_box_open(&b, p.first, BEFORE, NULL), YIHU_EDATABASE);
	yihu_box_close(open_alone(p.second));
	yihu_box_close(open_both(p.second, p.first, BEFORE));
	free(db);
	free(third);
	pair_free(&p);
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

/* After the fault: `how` 0 both disks are there; 1 the first is lost; 2 the
 * second is. What was acknowledged is there, the rest can be sent again. */
static void go_on(const struct pair *p, int how, bool acknowledged,
		  const struct yihu_checkpoint *shown, const struct yihu_buf *bodies)
{
	struct yihu_submission subs[GROUP];
	if (how)
		remove_dir(how == 1 ? p->first : p->second);
	struct yihu_box *b = how ? open_alone(how == 1 ? p->second : p->first)
				 : open_both(p->first, p->second, DURING);
	uint64_t n = yihu_ledger_counts(yihu_box_ledger(b)).ballots;
	assert_begins_with(b, shown);
	assert_true(n == 1 + GROUP || (n == 1 && !acknowledged));
	assert_int_equal(vote_group(b, bodies, subs), 0);
	for (int i = 0; i < GROUP; i++)
		assert_int_equal(subs[i].code, n == 1 ? YIHU_OK : YIHU_ESAME);
	assert_int_equal(yihu_ledger_counts(yihu_box_ledger(b)).ballots, 1 + GROUP);
	yihu_box_close(b);
}

static bool try_fault(enum fault what, int position, int how)
{
	struct pair p = pair_new();
	struct yihu_buf bodies[GROUP];
	struct yihu_submission subs[GROUP];
	struct yihu_box *b = open_both(p.first, p.second, BEFORE);
	boxdir_vote(b, f, 9, 1, DURING);
	for (uint32_t i = 0; i < GROUP; i++)
		bodies[i] = boxdir_ballot(f, i + 1, i);
	faulty_arm(what, position);
	int rc = vote_group(b, bodies, subs);
	bool struck = faulty_struck();
	faulty_arm(FAULT_NONE, 0);
	assert_true(struck || rc == 0);
	/* After a COMMIT that failed, of either half, neither is written. */
	if (rc == YIHU_EUNKNOWN)
		assert_int_equal(vote_group(b, bodies, subs), YIHU_EUNKNOWN);
	struct yihu_checkpoint shown = state_of(b);
	assert_int_equal(shown.size, rc ? 2 : 2 + GROUP);
	yihu_box_close(b);
	go_on(&p, how, rc == 0, &shown, bodies);
	for (int i = 0; i < GROUP; i++)
		yihu_buf_free(&bodies[i]);
	pair_free(&p);
	return struck;
}

TEST(every_fault_of_either_disk)
{
	static const enum fault kinds[] = {FAULT_WRITE, FAULT_SYNC};
	int positions = 0;
	for (int k = 0; k < 2; k++)
		for (int how = 0; how < 3; how++)
			for (int position = 0; try_fault(kinds[k], position, how); position++)
				positions++;
	print_message("# %d faults\n", positions);
	assert_true(positions > 30);
}

/* The mirror's first making is cut: it is made whole at the next start. */
TEST(every_fault_while_a_mirror_is_made)
{
	static const enum fault kinds[] = {FAULT_WRITE, FAULT_SYNC};
	for (int k = 0; k < 2; k++) {
		bool struck = true;
		for (int position = 0; struck; position++) {
			struct pair p = pair_new();
			struct yihu_box *b = boxdir_open(p.first, BEFORE);
			boxdir_vote(b, f, 1, 3, DURING);
			struct yihu_checkpoint shown = state_of(b);
			yihu_box_close(b);
			faulty_arm(kinds[k], position);
			int rc = open_code(p.first, p.second);
			struck = faulty_struck();
			faulty_arm(FAULT_NONE, 0);
			assert_true(rc == 0 || struck);
			/* A second part of a mirror is nothing to begin a log from. */
			assert_int_not_equal(yihu_box_check_whole(p.second, NULL), 0);
			yihu_box_close(open_both(p.first, p.second, DURING));
			b = open_alone(p.second);
			assert_begins_with(b, &shown);
			yihu_box_close(b);
			pair_free(&p);
		}
	}
}

/* The mirror has every checkpoint before this box has it: with the first
 * disk's sync failing, the mirror holds the group. */
TEST(the_mirror_is_written_first)
{
	struct pair p = pair_new();
	struct yihu_buf bodies[GROUP];
	struct yihu_submission subs[GROUP];
	struct yihu_box *b = open_both(p.first, p.second, BEFORE);
	boxdir_vote(b, f, 9, 1, DURING);
	for (uint32_t i = 0; i < GROUP; i++)
		bodies[i] = boxdir_ballot(f, i + 1, i);
	faulty_arm(FAULT_SYNC, 1); /* 0: the mirror's */
	assert_int_equal(vote_group(b, bodies, subs), YIHU_EUNKNOWN);
	faulty_arm(FAULT_NONE, 0);
	yihu_box_close(b);
	b = boxdir_open(p.second, DURING);
	assert_int_equal(yihu_ledger_counts(yihu_box_ledger(b)).ballots, 1 + GROUP);
	yihu_box_close(b);
	for (int i = 0; i < GROUP; i++)
		yihu_buf_free(&bodies[i]);
	pair_free(&p);
}

AROUND(group_set_up)
{
	f = fixture_new(NULL);
	other_election = fixture_new(&(struct fixture_options){.name = "other"});
	faulty_install();
	return 0;
}

AROUND(group_tear_down)
{
	faulty_remove();
	fixture_free(f);
	fixture_free(other_election);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(either_half_goes_on_with_everything),
		cmocka_unit_test(a_half_is_not_written_alone),
		cmocka_unit_test(the_shorter_half_is_given_what_it_lacks),
		cmocka_unit_test(older_database_in_a_half_is_caught_up),
		cmocka_unit_test(mark_of_the_shorter_half_is_asked_too),
		cmocka_unit_test(halves_written_apart_are_refused),
		cmocka_unit_test(what_cannot_be_joined_is_refused),
		cmocka_unit_test(every_fault_of_either_disk),
		cmocka_unit_test(every_fault_while_a_mirror_is_made),
		cmocka_unit_test(the_mirror_is_written_first),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
