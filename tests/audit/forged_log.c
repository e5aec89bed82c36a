/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs that the log key signed and that break a rule all the same, and a
 * checkpoint that says something else than the files.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define BUNDLE "log/tile/entries/000.p/"

static struct fixture *f;
static struct fixture_log *election_log; /* O, 4 B, void of 6, C */

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6});
	election_log = fixture_log_new(f);
	fixture_log_ballots(election_log, 4);
	fixture_log_change(election_log, 6, false);
	fixture_log_close(election_log);
	return 0;
}

AROUND(tear_down)
{
	fixture_log_free(election_log);
	fixture_free(f);
	return 0;
}

/* Audits a log of these entries, and expects one fault at the entries. */
static void assert_log_refused(const struct yihu_buf *entries, size_t n, int code, uint64_t index)
{
	struct yihu_public *p = fixture_public_new(f);
	char *bundle = yihu_printf(BUNDLE "%zu", n);
	char *where = yihu_printf("entry %llu", (unsigned long long)index);
	put_forged_log(p, f, entries, n);
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_ENTRIES, code, bundle);
	assert_int_equal(a->n_faults, 1);
	assert_non_null(strstr(a->faults[0].text, where));
	assert_null(a->ledger);
	yihu_audit_free(a);
	yihu_public_free(p);
	free(bundle);
	free(where);
}

TEST(the_honest_entries_pass)
{
	struct yihu_public *p = fixture_public_new(f);
	put_forged_log(p, f, election_log->entries, election_log->n);
	assert_passes_at(p, f, YIHU_STAGE_CLOSED);
	yihu_public_free(p);
}

TEST(a_log_without_its_opening_is_refused)
{
	assert_log_refused(election_log->entries + 1, election_log->n - 1, YIHU_EOPENENTRY, 0);
}

TEST(a_log_without_entries_is_refused)
{
	struct yihu_public *p = fixture_public_new(f);
	put_forged_log(p, f, NULL, 0);
	assert_refused(p, f, YIHU_CHECK_ENTRIES, YIHU_EOPENENTRY, "log/checkpoint");
	yihu_public_free(p);
}

/* The same ballot twice, at index 5. */
TEST(a_ballot_twice_is_refused)
{
	struct yihu_buf entries[6];
	memcpy(entries, election_log->entries, 5 * sizeof *entries);
	entries[5] = entries[4];
	assert_log_refused(entries, 6, YIHU_ESAME, 5);
}

TEST(another_ballot_of_a_household_is_refused)
{
	struct yihu_buf entries[6], ballot = {0}, entry = {0};
	memcpy(entries, election_log->entries, 5 * sizeof *entries);
	fixture_ballot(f, 2, (const uint32_t[]){0, 0, 0, 0}, &ballot);
	yihu_entry_put(&entry, YIHU_ENTRY_BALLOT, FIXTURE_OPENS + 60, ballot.data, ballot.len);
	entries[5] = entry;
	assert_log_refused(entries, 6, YIHU_EVOTED, 5);
	yihu_buf_free(&ballot);
	yihu_buf_free(&entry);
}

TEST(a_ballot_of_a_voided_household_is_refused)
{
	struct yihu_buf entries[7], ballot = {0}, entry = {0};
	memcpy(entries, election_log->entries, 6 * sizeof *entries);
	fixture_ballot(f, 6, (const uint32_t[]){0, 0, 0, 0}, &ballot);
	yihu_entry_put(&entry, YIHU_ENTRY_BALLOT, FIXTURE_OPENS + 60, ballot.data, ballot.len);
	entries[6] = entry;
	assert_log_refused(entries, 7, YIHU_EVOIDED, 6);
	yihu_buf_free(&ballot);
	yihu_buf_free(&entry);
}

/* The vote signature's last bit. */
TEST(a_ballot_with_a_broken_signature_is_refused)
{
	struct yihu_buf entries[5], entry = {0};
	memcpy(entries, election_log->entries, sizeof entries);
	yihu_buf_put(&entry, entries[3].data, entries[3].len);
	entry.data[entry.len - 40] ^= 1;
	entries[3] = entry;
	assert_log_refused(entries, 5, YIHU_EVOTESIG, 3);
	yihu_buf_free(&entry);
}

TEST(anything_after_the_close_is_refused)
{
	const size_t n = election_log->n;
	struct yihu_buf entries[8];
	assert_true(n + 1 <= 8);
	memcpy(entries, election_log->entries, n * sizeof *entries);
	entries[n] = entries[n - 1];
	assert_log_refused(entries, n + 1, YIHU_ECLOSED, n);
}

TEST(a_close_of_another_size_is_refused)
{
	struct yihu_buf entries[6];
	memcpy(entries, election_log->entries, 5 * sizeof *entries);
	entries[5] = election_log->entries[election_log->n - 1];
	assert_log_refused(entries, 6, YIHU_EROOT, 5);
}

TEST(an_entry_of_no_known_type_is_refused)
{
	struct yihu_buf entries[2], entry = {0};
	entries[0] = election_log->entries[0];
	yihu_buf_str(&entry, "X12345678");
	entries[1] = entry;
	struct yihu_public *p = fixture_public_new(f);
	put_forged_log(p, f, entries, 2);
	struct yihu_audit *a = audit_under(p, f);
	assert_int_equal(a->n_faults, 1);
	assert_int_equal(a->faults[0].check, YIHU_CHECK_ENTRIES);
	assert_string_equal(a->faults[0].file, BUNDLE "2");
	yihu_audit_free(a);
	yihu_public_free(p);
	yihu_buf_free(&entry);
}

TEST(an_empty_entry_is_refused)
{
	struct yihu_buf entries[2] = {election_log->entries[0], {0}};
	struct yihu_public *p = fixture_public_new(f);
	put_forged_log(p, f, entries, 2);
	struct yihu_audit *a = audit_under(p, f);
	assert_int_equal(a->n_faults, 1);
	assert_int_equal(a->faults[0].check, YIHU_CHECK_ENTRIES);
	yihu_audit_free(a);
	yihu_public_free(p);
}

/* Signed by the log key, over another root or size. */
TEST(a_checkpoint_of_other_entries_is_refused)
{
	static const struct {
		int size; /* against the true one */
		bool other_root;
		enum yihu_check check;
		int code;
		const char *file;
	} rows[] = {
		{0, true, YIHU_CHECK_CHECKPOINT, YIHU_ECHECKPOINT, "log/checkpoint"},
		{-1, false, YIHU_CHECK_TILES, YIHU_ESTRAY, "log/tile/0/000.p/7"},
		{+1, false, YIHU_CHECK_TILES, YIHU_ESTRAY, "log/tile/0/000.p/7"},
		{+100000000, false, YIHU_CHECK_TILES, YIHU_EMISSING, "log/checkpoint"},
	};
	const struct yihu_tree *tree = yihu_ledger_tree(election_log->ledger);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = fixture_public_new(f);
		uint64_t size = (uint64_t)((int64_t)election_log->n + rows[i].size);
		struct yihu_node root = yihu_tree_root(tree, election_log->n);
		root.bytes[5] ^= rows[i].other_root;
		put_forged_log(p, f, election_log->entries, election_log->n);
		put_checkpoint(p, "log/checkpoint", f, size, root);
		assert_refused(p, f, rows[i].check, rows[i].code, rows[i].file);
		yihu_public_free(p);
	}
}

/* at-close of every size: only C may come after it. */
TEST(at_close_stands_before_the_close_alone)
{
	const struct yihu_tree *tree = yihu_ledger_tree(election_log->ledger);
	for (uint64_t size = 0; size <= election_log->n; size++) {
		struct yihu_public *p = fixture_public_new(f);
		put_forged_log(p, f, election_log->entries, election_log->n);
		put_checkpoint(p, "log/at-close", f, size, yihu_tree_root(tree, size));
		if (size >= election_log->n - 1)
			assert_passes_at(p, f, YIHU_STAGE_CLOSED);
		else
			assert_refused(p, f, YIHU_CHECK_CHECKPOINT, YIHU_EATCLOSE, "log/at-close");
		yihu_public_free(p);
	}
}

TEST(at_close_of_another_root_or_too_long_is_refused)
{
	const struct yihu_tree *tree = yihu_ledger_tree(election_log->ledger);
	for (uint64_t more = 0; more < 2; more++) {
		struct yihu_public *p = fixture_public_new(f);
		struct yihu_node root = yihu_tree_root(tree, election_log->n);
		root.bytes[0] ^= more == 0;
		put_forged_log(p, f, election_log->entries, election_log->n);
		put_checkpoint(p, "log/at-close", f, election_log->n + more, root);
		assert_refused(p, f, YIHU_CHECK_CHECKPOINT, YIHU_EATCLOSE, "log/at-close");
		yihu_public_free(p);
	}
}

/* The poll is over, at-close is served, C is not in yet. */
TEST(at_close_before_the_close_entry_passes)
{
	struct fixture_log *open_log = fixture_log_new(f);
	struct yihu_public *p = fixture_public_new(f);
	fixture_log_ballots(open_log, 2);
	fixture_public_log(p, open_log);
	put_checkpoint(p, "log/at-close", f, open_log->n,
		       yihu_tree_root(yihu_ledger_tree(open_log->ledger), open_log->n));
	assert_passes_at(p, f, YIHU_STAGE_OPEN);
	yihu_public_free(p);
	fixture_log_free(open_log);
}

/* A log of more than one tile: 300 voids and additions are quick to make. */
static struct fixture *long_fixture;
TEST(a_bundle_that_is_cut_or_goes_on_is_refused)
{
	struct yihu_public *p = fixture_public_new(f);
	struct yihu_buf b = {0};
	put_forged_log(p, f, election_log->entries, election_log->n);
	const struct yihu_buf *whole = yihu_public_get(p, BUNDLE "7");
	yihu_buf_put(&b, whole->data, whole->len);
	yihu_buf_u8(&b, 0);
	yihu_public_put(p, BUNDLE "7", b.data, b.len);
	assert_refused(p, f, YIHU_CHECK_TILES, YIHU_ETRAILING, BUNDLE "7");
	yihu_public_put(p, BUNDLE "7", b.data, b.len - 2);
	assert_refused(p, f, YIHU_CHECK_TILES, YIHU_EFORMAT, BUNDLE "7");
	yihu_public_free(p);
	yihu_buf_free(&b);
}

/* Only bundles count, and no name that asks for more than there is. */
TEST(without_its_checkpoint_a_log_is_as_long_as_its_bundles_say)
{
	static const char *const names[] = {"log/tile/1/000.p/9", "log/tile/entries/x999/x999/999",
					    ".ke/tile/entries/000.p/9"};
	struct yihu_public *p = fixture_public_new(f);
	put_forged_log(p, f, election_log->entries, election_log->n);
	yihu_public_remove(p, "log/checkpoint");
	for (size_t i = 0; i <= sizeof names / sizeof *names; i++) {
		struct yihu_audit *a = audit_under(p, f);
		assert_non_null(strstr(a->steps[YIHU_CHECK_TILES].text, "entries: 7;"));
		assert_int_equal(has_fault(a, YIHU_CHECK_TILES, YIHU_ESTRAY), i > 0);
		yihu_audit_free(a);
		if (i < sizeof names / sizeof *names)
			yihu_public_put(p, names[i], "", 0);
	}
	yihu_public_free(p);
}

static struct fixture_log *long_log(void)
{
	long_fixture = fixture_new(&(struct fixture_options){
		.name = "long", .projects = 4, .households = 4, .max_additions = 600});
	struct fixture_log *log = fixture_log_new(long_fixture);
	for (int i = 0; i < 520; i++)
		fixture_log_change(log, 0, true);
	return log;
}

TEST(many_tiles_are_each_recomputed)
{
	static const char *const tiles[] = {
		"log/tile/0/000",           "log/tile/0/001",       "log/tile/0/002.p/9",
		"log/tile/1/000.p/2",       "log/tile/entries/000", "log/tile/entries/001",
		"log/tile/entries/002.p/9",
	};
	struct fixture_log *log = long_log();
	struct yihu_public *p = fixture_public_new(long_fixture);
	fixture_public_log(p, log);
	assert_int_equal(log->n, 521);
	assert_passes_at(p, long_fixture, YIHU_STAGE_OPEN);
	for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++) {
		struct yihu_public *q = public_copy(p);
		struct yihu_buf b = {0};
		const struct yihu_buf *file = yihu_public_get(p, tiles[i]);
		bool bundle = strstr(tiles[i], "entries") != NULL;
		yihu_buf_put(&b, file->data, file->len);
		b.data[b.len - 7] ^= 4;
		yihu_public_put(q, tiles[i], b.data, b.len);
		struct yihu_audit *a = audit_under(q, long_fixture);
		assert_first_fault(a, YIHU_CHECK_TILES, bundle ? YIHU_EENTRY : YIHU_ETREE,
				   tiles[i]);
		assert_int_equal(a->n_faults, 1);
		yihu_audit_free(a);
		yihu_public_remove(q, tiles[i]);
		assert_refused(q, long_fixture, YIHU_CHECK_TILES, YIHU_EMISSING, tiles[i]);
		yihu_buf_free(&b);
		yihu_public_free(q);
	}
	yihu_public_free(p);
	fixture_log_free(log);
	fixture_free(long_fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_honest_entries_pass),
		cmocka_unit_test(a_log_without_its_opening_is_refused),
		cmocka_unit_test(a_log_without_entries_is_refused),
		cmocka_unit_test(a_ballot_twice_is_refused),
		cmocka_unit_test(another_ballot_of_a_household_is_refused),
		cmocka_unit_test(a_ballot_of_a_voided_household_is_refused),
		cmocka_unit_test(a_ballot_with_a_broken_signature_is_refused),
		cmocka_unit_test(anything_after_the_close_is_refused),
		cmocka_unit_test(a_close_of_another_size_is_refused),
		cmocka_unit_test(an_entry_of_no_known_type_is_refused),
		cmocka_unit_test(an_empty_entry_is_refused),
		cmocka_unit_test(a_checkpoint_of_other_entries_is_refused),
		cmocka_unit_test(at_close_stands_before_the_close_alone),
		cmocka_unit_test(at_close_of_another_root_or_too_long_is_refused),
		cmocka_unit_test(at_close_before_the_close_entry_passes),
		cmocka_unit_test(a_bundle_that_is_cut_or_goes_on_is_refused),
		cmocka_unit_test(without_its_checkpoint_a_log_is_as_long_as_its_bundles_say),
		cmocka_unit_test(many_tiles_are_each_recomputed),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
