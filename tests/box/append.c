/* SPDX-License-Identifier: Apache-2.0
 *
 * A box takes entries, keeps them, and gives them back after it is reopened.
 */

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

struct world {
	struct fixture *f;
	char *dir;
	struct yihu_box *b;
};

static int set_up(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	w->f = fixture_new(NULL);
	w->dir = boxdir_new(w->f);
	w->b = boxdir_open(w->dir, BEFORE);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	yihu_box_close(w->b);
	boxdir_free(w->dir);
	fixture_free(w->f);
	free(w);
	return 0;
}

static void reopen(struct world *w, uint64_t now)
{
	yihu_box_close(w->b);
	w->b = boxdir_open(w->dir, now);
}

static uint64_t size_of(const struct world *w)
{
	return yihu_ledger_size(yihu_box_ledger(w->b));
}

static struct yihu_checkpoint checkpoint_of(const struct world *w)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c;
	struct yihu_error err;
	yihu_box_checkpoint(w->b, &note);
	fixture_must(
		yihu_checkpoint_parse(&c, note.data, note.len, &w->f->election->charter->log, &err),
		&err);
	yihu_buf_free(&note);
	return c;
}

/* Commits one and wants this code. */
static struct yihu_submission expect(struct world *w, enum yihu_entry_type type,
				     struct yihu_buf body, uint64_t now, int code)
{
	struct yihu_submission s = boxdir_commit(w->b, type, &body, now);
	if (s.code != code)
		print_error("%s instead of %s: %s\n", yihu_code_slug(s.code), yihu_code_slug(code),
			    s.err.text);
	assert_int_equal(s.code, code);
	yihu_buf_free(&body);
	return s;
}

static void new_box_holds_the_open_entry(void **state)
{
	struct world *w = *state;
	struct yihu_buf entry = {0}, wanted = {0};
	yihu_entry_open(&wanted, BEFORE, w->f->election);
	assert_int_equal(yihu_box_entry(w->b, 0, &entry, NULL), 0);
	assert_int_equal(entry.len, wanted.len);
	assert_memory_equal(entry.data, wanted.data, wanted.len);
	assert_int_equal(checkpoint_of(w).size, 1);
	yihu_buf_free(&entry);
	yihu_buf_free(&wanted);
}

static void new_box_is_exported_at_once(void **state)
{
	struct world *w = *state;
	char *path = yihu_path(w->dir, "public/log/checkpoint");
	assert_true(yihu_file_exists(path));
	free(path);
}

static void ballots_outlive_the_handle(void **state)
{
	struct world *w = *state;
	boxdir_vote(w->b, w->f, 1, 5, DURING);
	struct yihu_checkpoint before = checkpoint_of(w);
	reopen(w, DURING);
	struct yihu_checkpoint after = checkpoint_of(w);
	assert_int_equal(after.size, 6);
	assert_memory_equal(&before.root, &after.root, sizeof after.root);
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 3, 99), DURING, YIHU_EVOTED);
}

static void receipt_verifies(void **state)
{
	struct world *w = *state;
	struct yihu_buf entry = {0};
	struct yihu_receipt r;
	struct yihu_error err;
	boxdir_vote(w->b, w->f, 1, 5, DURING);
	struct yihu_buf bytes = boxdir_receipt(w->b, 3);
	assert_int_equal(yihu_box_entry(w->b, 3, &entry, NULL), 0);
	fixture_must(
		yihu_receipt_parse(&r, bytes.data, bytes.len, &w->f->election->charter->log, &err),
		&err);
	assert_int_equal(r.index, 3);
	assert_int_equal(r.checkpoint.size, 6);
	assert_int_equal(r.entry_len, entry.len);
	assert_memory_equal(r.entry, entry.data, entry.len);
	yihu_receipt_free(&r);
	yihu_buf_free(&bytes);
	yihu_buf_free(&entry);
}

static void ballot_is_found_by_its_code(void **state)
{
	struct world *w = *state;
	struct yihu_buf body = boxdir_ballot(w->f, 4, 7);
	char code[YIHU_CODE_BYTES];
	uint64_t index = 0;
	yihu_ballot_code(code, w->f->election->charter->eid, body.data, body.len);
	struct yihu_box_view *v;
	struct yihu_error err;
	fixture_must(yihu_box_view_open(&v, w->b, &err), &err);
	assert_int_equal(yihu_box_view_find_code(v, code, &index, NULL), YIHU_ENOENT);
	boxdir_vote(w->b, w->f, 1, 2, DURING);
	expect(w, YIHU_ENTRY_BALLOT, body, DURING, 0);
	/* It is committed, and not shown yet. */
	assert_int_equal(yihu_box_view_find_code(v, code, &index, NULL), YIHU_ENOENT);
	yihu_box_view_update(v, w->b);
	assert_int_equal(yihu_box_view_find_code(v, code, &index, NULL), 0);
	assert_int_equal(index, 3);
	yihu_box_view_close(v);
}

static void same_bytes_name_the_first_entry_for_ever(void **state)
{
	struct world *w = *state;
	struct yihu_buf body = boxdir_ballot(w->f, 4, 7);
	struct yihu_submission s = boxdir_commit(w->b, YIHU_ENTRY_BALLOT, &body, DURING);
	assert_int_equal(s.code, 0);
	boxdir_vote(w->b, w->f, 1, 1, DURING + 60);
	const uint64_t later[] = {DURING + 61, AFTER, AFTER + 100000};
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		s = boxdir_commit(w->b, YIHU_ENTRY_BALLOT, &body, later[i]);
		assert_int_equal(s.code, YIHU_ESAME);
		assert_int_equal(s.index, 1);
		assert_int_equal(s.time, DURING);
	}
	assert_int_equal(size_of(w), 3);
	yihu_buf_free(&body);
}

static void second_ballot_is_told_the_first_ones_time(void **state)
{
	struct world *w = *state;
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 4, 7), DURING, 0);
	struct yihu_submission s =
		expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 4, 8), DURING + 60, YIHU_EVOTED);
	assert_int_equal(s.index, 1);
	assert_int_equal(s.time, DURING);
}

static void voided_credential_is_told_the_changes_time(void **state)
{
	struct world *w = *state;
	expect(w, YIHU_ENTRY_CHANGE, boxdir_change(w->f, 4, 13), BEFORE, 0);
	struct yihu_submission s =
		expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 4, 8), DURING, YIHU_EVOIDED);
	assert_int_equal(s.index, 1);
	assert_int_equal(s.time, BEFORE);
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 13, 8), DURING, 0);
	reopen(w, DURING);
	assert_int_equal(size_of(w), 3);
}

static void refusals_leave_no_trace(void **state)
{
	struct world *w = *state;
	struct yihu_buf copied = boxdir_ballot(w->f, 5, 5), forged = boxdir_ballot(w->f, 6, 6);
	struct yihu_buf stranger = boxdir_ballot(w->f, 7, 7);
	forged.data[forged.len - 1] ^= 1;
	yihu_store_be32(stranger.data + 1, 8);
	boxdir_vote(w->b, w->f, 1, 1, DURING);
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 2, 2), BEFORE, 0); /* its time is DURING */
	const struct {
		struct yihu_buf body;
		enum yihu_entry_type type;
		uint64_t now;
		int code;
	} rows[] = {
		{forged, YIHU_ENTRY_BALLOT, DURING, YIHU_EVOTESIG},
		{stranger, YIHU_ENTRY_BALLOT, DURING, YIHU_ECREDENTIAL},
		{boxdir_ballot(w->f, 13, 1), YIHU_ENTRY_BALLOT, DURING, YIHU_ECREDENTIAL},
		{boxdir_change(w->f, 1, 13), YIHU_ENTRY_CHANGE, DURING, YIHU_EVOTED},
		{boxdir_change(w->f, 0, 14), YIHU_ENTRY_CHANGE, DURING, YIHU_ECHANGE},
		{boxdir_close(w->f, w->b), YIHU_ENTRY_CLOSE, DURING, YIHU_ENOTOVER},
		{copied, YIHU_ENTRY_BALLOT, AFTER, YIHU_EOVER},
	};
	uint64_t size = size_of(w);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		expect(w, rows[i].type, rows[i].body, rows[i].now, rows[i].code);
		assert_int_equal(size_of(w), size);
	}
	reopen(w, AFTER);
	assert_int_equal(size_of(w), size);
}

static void ballot_before_the_poll_opens_is_refused(void **state)
{
	struct world *w = *state;
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 1, 1), FIXTURE_OPENS - 1, YIHU_ENOTOPEN);
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 1, 1), FIXTURE_OPENS, 0);
}

static void times_never_decrease(void **state)
{
	struct world *w = *state;
	expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 1, 1), DURING, 0);
	struct yihu_submission s =
		expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 2, 1), DURING - 600, 0);
	assert_int_equal(s.time, DURING);
}

static void group_takes_the_good_and_leaves_the_bad(void **state)
{
	struct world *w = *state;
	struct yihu_buf one = boxdir_ballot(w->f, 1, 1), other = boxdir_ballot(w->f, 1, 2),
			two = boxdir_ballot(w->f, 2, 2), bad = boxdir_ballot(w->f, 3, 3);
	struct yihu_error err;
	bad.data[bad.len - 70] ^= 1;
	struct yihu_submission subs[] = {
		{.type = YIHU_ENTRY_BALLOT, .body = one.data, .body_len = one.len},
		{.type = YIHU_ENTRY_BALLOT, .body = other.data, .body_len = other.len},
		{.type = YIHU_ENTRY_BALLOT, .body = bad.data, .body_len = bad.len},
		{.type = YIHU_ENTRY_BALLOT, .body = one.data, .body_len = one.len},
		{.type = YIHU_ENTRY_BALLOT, .body = two.data, .body_len = two.len},
	};
	fixture_must(yihu_box_commit(w->b, subs, 5, DURING, &err), &err);
	assert_int_equal(subs[0].code, 0);
	assert_int_equal(subs[1].code, YIHU_EVOTED);
	assert_int_equal(subs[1].index, 1);
	assert_int_equal(subs[1].time, DURING);
	assert_int_not_equal(subs[2].code, 0);
	assert_int_equal(subs[3].code, YIHU_ESAME);
	assert_int_equal(subs[3].index, 1);
	assert_int_equal(subs[4].code, 0);
	assert_int_equal(subs[4].index, 2);
	assert_int_equal(checkpoint_of(w).size, 3);
	yihu_buf_free(&one);
	yihu_buf_free(&other);
	yihu_buf_free(&two);
	yihu_buf_free(&bad);
}

static void end_of_the_poll_waits_for_its_time(void **state)
{
	struct world *w = *state;
	struct yihu_buf note = {0};
	assert_int_equal(yihu_box_end_poll(w->b, FIXTURE_CLOSES - 1, NULL), YIHU_ENOTOVER);
	assert_false(yihu_box_at_close(w->b, &note));
	assert_int_equal(yihu_box_end_poll(w->b, FIXTURE_CLOSES, NULL), 0);
	assert_true(yihu_box_at_close(w->b, &note));
	yihu_buf_free(&note);
}

static void at_close_bars_ballots_even_when_the_clock_goes_back(void **state)
{
	struct world *w = *state;
	boxdir_vote(w->b, w->f, 1, 2, DURING);
	assert_int_equal(yihu_box_end_poll(w->b, AFTER, NULL), 0);
	for (int i = 0; i < 2; i++) {
		expect(w, YIHU_ENTRY_BALLOT, boxdir_ballot(w->f, 3, 1), DURING, YIHU_EOVER);
		expect(w, YIHU_ENTRY_CHANGE, boxdir_change(w->f, 0, 13), DURING, YIHU_EOVER);
		reopen(w, DURING);
	}
}

static void at_close_is_signed_once(void **state)
{
	struct world *w = *state;
	struct yihu_buf first = {0}, second = {0};
	struct yihu_checkpoint c;
	boxdir_vote(w->b, w->f, 1, 2, DURING);
	/* The commit itself ends the poll before it looks at the close. */
	expect(w, YIHU_ENTRY_CLOSE, boxdir_close(w->f, w->b), AFTER, 0);
	assert_true(yihu_box_at_close(w->b, &first));
	assert_int_equal(yihu_checkpoint_parse(&c, first.data, first.len,
					       &w->f->election->charter->log, NULL),
			 0);
	assert_int_equal(c.size, 3);
	assert_int_equal(yihu_box_end_poll(w->b, AFTER + 9, NULL), 0);
	reopen(w, AFTER + 9);
	assert_true(yihu_box_at_close(w->b, &second));
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	assert_true(yihu_ledger_closed(yihu_box_ledger(w->b)));
	expect(w, YIHU_ENTRY_CLOSE, boxdir_close(w->f, w->b), AFTER + 9, YIHU_ECLOSED);
	yihu_buf_free(&first);
	yihu_buf_free(&second);
}

static void close_of_another_root_is_refused(void **state)
{
	struct world *w = *state;
	struct yihu_buf early = boxdir_close(w->f, w->b);
	boxdir_vote(w->b, w->f, 1, 1, DURING);
	expect(w, YIHU_ENTRY_CLOSE, early, AFTER, YIHU_EROOT);
}

static void second_handle_finds_it_locked(void **state)
{
	struct world *w = *state;
	struct yihu_box *other;
	assert_int_equal(yihu_box_open(&other, w->dir, DURING, NULL), YIHU_ELOCKED);
}

static void poll_that_is_over_opens_no_new_box(void **state)
{
	struct world *w = *state;
	char *dir = boxdir_new(w->f), *db = yihu_path(dir, "box.db");
	struct yihu_box *b;
	assert_int_equal(yihu_box_open(&b, dir, FIXTURE_CLOSES, NULL), YIHU_EOVER);
	assert_false(yihu_file_exists(db));
	yihu_box_close(boxdir_open(dir, FIXTURE_CLOSES - 1));
	free(db);
	boxdir_free(dir);
}

static void no_register_no_box(void **state)
{
	struct world *w = *state;
	char *dir = boxdir_new(w->f), *reg = yihu_path(dir, "public/register");
	struct yihu_box *b;
	unlink(reg);
	assert_int_equal(yihu_box_open(&b, dir, BEFORE, NULL), YIHU_EMISSING);
	free(reg);
	boxdir_free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(new_box_holds_the_open_entry),
		CASE(new_box_is_exported_at_once),
		CASE(ballots_outlive_the_handle),
		CASE(receipt_verifies),
		CASE(ballot_is_found_by_its_code),
		CASE(same_bytes_name_the_first_entry_for_ever),
		CASE(second_ballot_is_told_the_first_ones_time),
		CASE(voided_credential_is_told_the_changes_time),
		CASE(refusals_leave_no_trace),
		CASE(ballot_before_the_poll_opens_is_refused),
		CASE(times_never_decrease),
		CASE(group_takes_the_good_and_leaves_the_bad),
		CASE(end_of_the_poll_waits_for_its_time),
		CASE(at_close_bars_ballots_even_when_the_clock_goes_back),
		CASE(at_close_is_signed_once),
		CASE(close_of_another_root_is_refused),
		CASE(second_handle_finds_it_locked),
		CASE(poll_that_is_over_opens_no_new_box),
		CASE(no_register_no_box),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
