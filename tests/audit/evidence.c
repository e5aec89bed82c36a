/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipts and saved checkpoints against a folder. Two logs of one election,
 * both under the log's key, are the crime that receipts prove.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *ours, *theirs;       /* the same O, then they part */
static struct yihu_public *closed, *open_early; /* ours, whole; ours after two entries */

static struct fixture_log *log_of(uint32_t first, uint32_t last)
{
	struct fixture_log *log = fixture_log_new(f);
	for (uint32_t s = first; s != last; s += first < last ? 1 : -1u)
		fixture_log_ballot(log, s, (const uint32_t[]){1, 0, 1, 0});
	return log;
}

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6});
	ours = log_of(1, 5);
	theirs = log_of(6, 1);
	open_early = fixture_public_new(f);
	put_forged_log(open_early, f, ours->entries, 2);
	fixture_log_close(ours);
	closed = fixture_public_new(f);
	fixture_public_log(closed, ours);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(closed);
	yihu_public_free(open_early);
	fixture_log_free(ours);
	fixture_log_free(theirs);
	fixture_free(f);
	return 0;
}

enum evidence_kind { RECEIPT, CHECKPOINT, AT_CLOSE };

static struct yihu_audit *audit_with(const struct yihu_public *p, enum evidence_kind kind,
				     const struct yihu_buf *bytes)
{
	struct yihu_audit_options o = audit_options(f);
	char name[] = "given";
	struct yihu_evidence e = {.name = name, .bytes = *bytes};
	if (kind == RECEIPT) {
		o.receipts = &e;
		o.n_receipts = 1;
	} else if (kind == CHECKPOINT) {
		o.checkpoints = &e;
		o.n_checkpoints = 1;
	} else {
		o.at_close = &e;
	}
	return yihu_audit_run(p, &o);
}

/* code 0: passes. */
static void assert_given(const struct yihu_public *p, enum evidence_kind kind,
			 const struct yihu_buf *bytes, int code)
{
	struct yihu_audit *a = audit_with(p, kind, bytes);
	if (code == YIHU_OK)
		assert_passes(a);
	else
		assert_first_fault(a, YIHU_CHECK_EVIDENCE, code, "given");
	assert_int_equal(a->n_faults, code == YIHU_OK ? 0 : 1);
	assert_true(a->steps[YIHU_CHECK_EVIDENCE].ran);
	assert_int_equal(a->steps[YIHU_CHECK_EVIDENCE].count, code == YIHU_EVERSION ? 0 : 1);
	yihu_audit_free(a);
}

static void assert_receipt(const struct yihu_public *p, const struct fixture_log *log,
			   uint64_t index, uint64_t size, int code)
{
	struct yihu_buf b = {0};
	fixture_log_receipt(log, index, size, &b);
	assert_given(p, RECEIPT, &b, code);
	yihu_buf_free(&b);
}

TEST(every_receipt_of_this_log_passes)
{
	for (uint64_t size = 1; size <= ours->n; size++)
		for (uint64_t index = 0; index < size; index++)
			assert_receipt(closed, ours, index, size, YIHU_OK);
}

/* The first entry, O, is the same in both: its receipt at size 1 proves nothing. */
TEST(a_receipt_of_another_history_proves_it)
{
	assert_receipt(closed, theirs, 0, 1, YIHU_OK);
	for (uint64_t size = 2; size <= theirs->n; size++)
		for (uint64_t index = 0; index < size; index++)
			assert_receipt(closed, theirs, index, size, YIHU_EHISTORY);
}

TEST(a_receipt_newer_than_an_open_folder_is_no_fault)
{
	struct yihu_buf b = {0};
	fixture_log_receipt(ours, 3, 5, &b);
	struct yihu_audit *a = audit_with(open_early, RECEIPT, &b);
	assert_passes(a);
	assert_non_null(strstr(a->steps[YIHU_CHECK_EVIDENCE].text, "older"));
	yihu_audit_free(a);
	yihu_buf_free(&b);
}

/* The folder is too old for its root, but it has another entry 1. */
TEST(a_newer_receipt_of_another_entry_proves_two_histories)
{
	assert_receipt(open_early, theirs, 1, 4, YIHU_EHISTORY);
	assert_receipt(open_early, theirs, 0, 4, YIHU_OK);
	assert_receipt(open_early, theirs, 2, 4, YIHU_OK);
}

/* The same entry but for a byte more or less at its end. */
TEST(a_newer_receipt_of_a_longer_entry_proves_two_histories)
{
	const struct yihu_buf *entry = &ours->entries[1];
	for (size_t change = 0; change < 3; change++) {
		struct yihu_tree *tree = yihu_tree_new();
		struct yihu_public *scratch = yihu_public_new();
		struct yihu_buf other = {0}, receipt = {0};
		yihu_buf_put(&other, entry->data, entry->len);
		yihu_buf_u8(&other, 0);
		other.len = entry->len + 1 - change;
		yihu_tree_append(tree, yihu_leaf_hash(ours->entries[0].data, ours->entries[0].len));
		yihu_tree_append(tree, yihu_leaf_hash(other.data, other.len));
		yihu_tree_append(tree, yihu_leaf_hash("", 0));
		put_checkpoint(scratch, "c", f, 3, yihu_tree_root(tree, 3));
		const struct yihu_buf *c = yihu_public_get(scratch, "c");
		yihu_receipt_make(&receipt, other.data, other.len, 1, tree, 3, c->data, c->len);
		assert_given(open_early, RECEIPT, &receipt,
			     other.len == entry->len ? YIHU_OK : YIHU_EHISTORY);
		yihu_tree_free(tree);
		yihu_public_free(scratch);
		yihu_buf_free(&other);
		yihu_buf_free(&receipt);
	}
}

TEST(a_checkpoint_beyond_a_closed_log_proves_two_histories)
{
	for (uint64_t more = 0; more <= 2; more++) {
		struct yihu_public *scratch = yihu_public_new();
		struct yihu_node root = yihu_tree_root(yihu_ledger_tree(ours->ledger), ours->n);
		put_checkpoint(scratch, "c", f, ours->n + more, root);
		const struct yihu_buf *b = yihu_public_get(scratch, "c");
		assert_given(closed, CHECKPOINT, b, more == 0 ? YIHU_OK : YIHU_EHISTORY);
		assert_given(open_early, CHECKPOINT, b, YIHU_OK);
		yihu_public_free(scratch);
	}
}

TEST(checkpoints_are_held_against_the_tree)
{
	for (uint64_t size = 0; size <= 5; size++) {
		struct yihu_buf mine = {0}, other = {0};
		fixture_log_checkpoint(ours, size, &mine);
		fixture_log_checkpoint(theirs, size, &other);
		assert_given(closed, CHECKPOINT, &mine, YIHU_OK);
		assert_given(closed, CHECKPOINT, &other, size < 2 ? YIHU_OK : YIHU_EHISTORY);
		yihu_buf_free(&mine);
		yihu_buf_free(&other);
	}
}

TEST(a_saved_at_close_bars_later_ballots)
{
	for (uint64_t size = 1; size <= ours->n; size++) {
		struct yihu_buf b = {0};
		fixture_log_checkpoint(ours, size, &b);
		assert_given(closed, AT_CLOSE, &b, size < ours->n - 1 ? YIHU_EATCLOSE : YIHU_OK);
		yihu_buf_free(&b);
	}
}

/* It cannot be told yet what comes after it. */
TEST(a_saved_at_close_newer_than_the_folder_is_no_fault)
{
	struct yihu_buf b = {0};
	fixture_log_checkpoint(ours, 5, &b);
	assert_given(open_early, AT_CLOSE, &b, YIHU_OK);
	yihu_buf_free(&b);
}

TEST(a_saved_at_close_of_another_history_proves_it)
{
	for (uint64_t size = 2; size <= theirs->n; size++) {
		struct yihu_buf b = {0};
		fixture_log_checkpoint(theirs, size, &b);
		assert_given(closed, AT_CLOSE, &b, YIHU_EHISTORY);
		yihu_buf_free(&b);
	}
}

TEST(every_flipped_byte_of_a_receipt_is_seen)
{
	struct yihu_buf b = {0};
	fixture_log_receipt(ours, 2, 4, &b);
	for (size_t at = 0; at < b.len; at += 5) {
		b.data[at] ^= (uint8_t)(1u << at % 8);
		struct yihu_audit *a = audit_with(closed, RECEIPT, &b);
		if (a->n_faults != 1)
			fail_msg("a flip at %zu passes", at);
		assert_int_equal(a->faults[0].check, YIHU_CHECK_EVIDENCE);
		yihu_audit_free(a);
		b.data[at] ^= (uint8_t)(1u << at % 8);
	}
	yihu_buf_free(&b);
}

TEST(what_is_too_large_is_not_read)
{
	static const size_t most[] = {
		[RECEIPT] = YIHU_RECEIPT_BYTES_MAX,
		[CHECKPOINT] = YIHU_CHECKPOINT_BYTES_MAX,
		[AT_CLOSE] = YIHU_CHECKPOINT_BYTES_MAX,
	};
	for (enum evidence_kind kind = RECEIPT; kind <= AT_CLOSE; kind++)
		for (size_t more = 0; more < 2; more++) {
			struct yihu_buf b = {.data = yihu_calloc(1, most[kind] + more),
					     .len = most[kind] + more};
			struct yihu_audit *a = audit_with(closed, kind, &b);
			assert_int_equal(a->n_faults, 1);
			assert_int_equal(a->faults[0].check, YIHU_CHECK_EVIDENCE);
			assert_int_equal(a->faults[0].code == YIHU_ETOOBIG, more == 1);
			assert_true(a->steps[YIHU_CHECK_EVIDENCE].ran);
			assert_int_equal(a->steps[YIHU_CHECK_EVIDENCE].count, 0);
			yihu_audit_free(a);
			free(b.data);
		}
}

/* Several at once: each is looked at, each kind of fault told once. */
TEST(all_receipts_are_looked_at)
{
	struct yihu_evidence e[3] = {{0}};
	static char names[3][8] = {"first", "second", "third"};
	struct yihu_audit_options o = audit_options(f);
	fixture_log_receipt(ours, 1, 3, &e[0].bytes);
	fixture_log_receipt(theirs, 1, 3, &e[1].bytes);
	fixture_log_receipt(theirs, 2, 3, &e[2].bytes);
	for (size_t i = 0; i < 3; i++)
		e[i].name = names[i];
	o.receipts = e;
	o.n_receipts = 3;
	struct yihu_audit *a = yihu_audit_run(closed, &o);
	assert_first_fault(a, YIHU_CHECK_EVIDENCE, YIHU_EHISTORY, "second");
	assert_int_equal(a->n_faults, 1);
	assert_int_equal(a->steps[YIHU_CHECK_EVIDENCE].count, 3);
	assert_null(strstr(a->steps[YIHU_CHECK_EVIDENCE].text, "older"));
	yihu_audit_free(a);
	for (size_t i = 0; i < 3; i++)
		yihu_buf_free(&e[i].bytes);
}

/* Against a log that is not the one the log key signed, a receipt proves nothing. */
TEST(evidence_is_not_held_against_a_faulty_log)
{
	struct yihu_public *p = public_copy(closed);
	struct yihu_buf b = {0};
	yihu_public_put(p, "log/checkpoint", "nothing", 7);
	fixture_log_receipt(theirs, 2, 3, &b);
	struct yihu_audit *a = audit_with(p, RECEIPT, &b);
	assert_int_equal(a->n_faults, 1);
	assert_int_equal(a->faults[0].check, YIHU_CHECK_CHECKPOINT);
	assert_false(a->steps[YIHU_CHECK_EVIDENCE].ran);
	yihu_audit_free(a);
	yihu_buf_free(&b);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_receipt_of_this_log_passes),
		cmocka_unit_test(a_receipt_of_another_history_proves_it),
		cmocka_unit_test(a_receipt_newer_than_an_open_folder_is_no_fault),
		cmocka_unit_test(a_newer_receipt_of_another_entry_proves_two_histories),
		cmocka_unit_test(a_newer_receipt_of_a_longer_entry_proves_two_histories),
		cmocka_unit_test(a_checkpoint_beyond_a_closed_log_proves_two_histories),
		cmocka_unit_test(checkpoints_are_held_against_the_tree),
		cmocka_unit_test(a_saved_at_close_bars_later_ballots),
		cmocka_unit_test(a_saved_at_close_newer_than_the_folder_is_no_fault),
		cmocka_unit_test(a_saved_at_close_of_another_history_proves_it),
		cmocka_unit_test(every_flipped_byte_of_a_receipt_is_seen),
		cmocka_unit_test(what_is_too_large_is_not_read),
		cmocka_unit_test(all_receipts_are_looked_at),
		cmocka_unit_test(evidence_is_not_held_against_a_faulty_log),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
