/* SPDX-License-Identifier: Apache-2.0
 *
 * The ledger on honest logs: what passes, what it then knows, and taking it
 * back.
 */

#include <stdlib.h>
#include <string.h>

#include "forge.h"
#include "test.h"

static void must_pass(struct fixture_log *log, const struct yihu_buf *entry)
{
	struct yihu_error err;
	if (fixture_log_put(log, entry->data, entry->len, &err) != YIHU_OK)
		fail_msg("%s", err.text);
}

TEST(honest_entries_pass)
{
	static const struct {
		enum stage stage;
		bad_entry *make;
	} good[] = {
		{EMPTY, open_now},   {OPENED, void_of_free}, {OPENED, free_ballot_at_opens},
		{OPENED, close_now}, {POLL, free_ballot},    {POLL, void_of_free},
		{POLL, close_now},   {SEALED, close_now},
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct world w = world_at(good[i].stage);
		struct yihu_buf entry = {0};
		uint64_t size = yihu_ledger_size(w.log->ledger);
		good[i].make(&w, &entry);
		assert_int_equal(yihu_ledger_check(w.log->ledger, entry.data, entry.len,
						   YIHU_VERIFY_NOW, NULL, NULL),
				 YIHU_OK);
		assert_int_equal(yihu_ledger_size(w.log->ledger), size);
		must_pass(w.log, &entry);
		assert_int_equal(yihu_ledger_size(w.log->ledger), size + 1);
		yihu_buf_free(&entry);
		fixture_log_free(w.log);
	}
}

TEST(the_last_second_counts_and_times_may_repeat)
{
	struct world w = world_at(POLL);
	for (uint32_t serial = FREE; serial < FREE + 3; serial++) {
		struct yihu_buf entry = {0};
		ballot_at(&w, serial, w.f->options.closes - 1, &entry);
		must_pass(w.log, &entry);
		yihu_buf_free(&entry);
	}
	assert_int_equal(yihu_ledger_last_time(w.log->ledger), w.f->options.closes - 1);
	fixture_log_free(w.log);
}

TEST(those_with_a_new_letter_vote_with_it)
{
	struct world w = world_at(POLL);
	for (uint32_t serial = NEW; serial <= LAST; serial++) {
		struct yihu_buf entry = {0};
		ballot_at(&w, serial, w.now, &entry);
		must_pass(w.log, &entry);
		yihu_buf_free(&entry);
	}
	assert_int_equal(yihu_ledger_counts(w.log->ledger).ballots, 3);
	fixture_log_free(w.log);
}

TEST(a_replacement_can_be_replaced_and_an_addition_voided)
{
	struct world w = world_at(OPENED);
	struct yihu_credential_state s;
	assert_int_equal(fixture_log_change(w.log, REPLACED, true), NEW);
	assert_int_equal(fixture_log_change(w.log, NEW, true), NEW + 1);
	assert_int_equal(fixture_log_change(w.log, 0, true), NEW + 2);
	assert_int_equal(fixture_log_change(w.log, NEW + 2, false), 0);
	assert_int_equal(yihu_ledger_serial(w.log->ledger, NEW, &s, NULL), YIHU_OK);
	assert_true(s.voided);
	assert_int_equal(s.replaces, REPLACED);
	assert_int_equal(s.replaced_by, NEW + 1);
	assert_int_equal(s.changed_index, 2);
	assert_int_equal(yihu_ledger_serial(w.log->ledger, NEW + 2, &s, NULL), YIHU_OK);
	assert_true(s.voided);
	assert_int_equal(s.replaced_by, 0);
	assert_int_equal(s.changed_index, 4);
	fixture_log_free(w.log);
}

TEST(it_knows_every_serial)
{
	struct world w = world_at(POLL);
	for (uint32_t serial = 1; serial <= LAST; serial++) {
		struct yihu_credential_state s;
		struct yihu_credential want = fixture_credential(w.f, serial);
		assert_int_equal(yihu_ledger_serial(w.log->ledger, serial, &s, NULL), YIHU_OK);
		assert_memory_equal(&s.credential, &want, sizeof want);
		assert_int_equal(s.voided, serial == REPLACED || serial == VOIDED);
		assert_int_equal(s.replaced_by, serial == REPLACED ? NEW : 0);
		assert_int_equal(s.replaces, serial == NEW ? REPLACED : 0);
		assert_int_equal(s.voted, serial == VOTED);
		assert_int_equal(s.voted_index, serial == VOTED ? VOTED_AT : 0);
		assert_int_equal(s.voted_time, serial == VOTED ? w.f->options.opens + 10 : 0);
	}
	struct yihu_credential_state none;
	struct yihu_error err;
	assert_int_equal(yihu_ledger_serial(w.log->ledger, 0, &none, &err), YIHU_ECREDENTIAL);
	assert_int_equal(yihu_ledger_serial(w.log->ledger, LAST + 1, &none, &err),
			 YIHU_ECREDENTIAL);
	assert_int_equal(yihu_ledger_last_serial(w.log->ledger), LAST);
	fixture_log_free(w.log);
}

TEST(it_counts)
{
	struct world w = world_at(POLL);
	struct yihu_ledger_counts c = yihu_ledger_counts(w.log->ledger);
	assert_int_equal(c.ballots, 1);
	assert_int_equal(c.households, 12);
	assert_int_equal(c.additions, 1);
	assert_int_equal(c.replacements, 1);
	assert_int_equal(c.voids, 1);
	assert_int_equal(c.entitled, 13);
	fixture_log_free(w.log);
}

TEST(it_counts_replacements_and_voids_apart)
{
	struct world w = world_at(OPENED);
	assert_int_equal(fixture_log_change(w.log, REPLACED, true), NEW);
	assert_int_equal(fixture_log_change(w.log, NEW, true), NEW + 1);
	assert_int_equal(fixture_log_change(w.log, VOIDED, false), 0);
	struct yihu_ledger_counts c = yihu_ledger_counts(w.log->ledger);
	assert_int_equal(c.additions, 0);
	assert_int_equal(c.replacements, 2);
	assert_int_equal(c.voids, 1);
	fixture_log_free(w.log);
}

TEST(it_tells_which_letter_counts_instead)
{
	static const struct {
		uint32_t serial;
		const char *says;
	} rows[] = {{REPLACED, "letter 0013 has replaced it"}, {VOIDED, "is void"}};
	struct world w = world_at(POLL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_buf entry = {0};
		struct yihu_error err;
		ballot_at(&w, rows[i].serial, w.now, &entry);
		assert_int_equal(fixture_log_put(w.log, entry.data, entry.len, &err), YIHU_EVOIDED);
		assert_non_null(strstr(err.text, rows[i].says));
		yihu_buf_free(&entry);
	}
	fixture_log_free(w.log);
}

TEST(its_tree_is_that_of_the_entries)
{
	struct world w = world_at(CLOSED);
	struct yihu_tree *plain = yihu_tree_new();
	for (size_t i = 0; i < w.log->n; i++)
		yihu_tree_append(plain,
				 yihu_leaf_hash(w.log->entries[i].data, w.log->entries[i].len));
	assert_memory_equal(root_of(&w).bytes, yihu_tree_root(plain, w.log->n).bytes, 32);
	yihu_tree_free(plain);
	fixture_log_free(w.log);
}

TEST(closed_and_sealed_are_told)
{
	struct world empty = world_at(EMPTY), poll = world_at(POLL);
	struct world closed = world_at(CLOSED), sealed = world_at(SEALED);
	assert_int_equal(yihu_ledger_last_time(empty.log->ledger), 0);
	assert_false(yihu_ledger_closed(empty.log->ledger));
	assert_false(yihu_ledger_closed(poll.log->ledger));
	assert_true(yihu_ledger_closed(closed.log->ledger));
	assert_false(yihu_ledger_closed(sealed.log->ledger));
	assert_false(yihu_ledger_sealed(poll.log->ledger));
	assert_true(yihu_ledger_sealed(sealed.log->ledger));
	fixture_log_free(empty.log);
	fixture_log_free(poll.log);
	fixture_log_free(closed.log);
	fixture_log_free(sealed.log);
}

TEST(changes_can_be_forbidden_by_the_charter)
{
	struct fixture *f = fixture_new(&(struct fixture_options){
		.max_additions = FIXTURE_NONE, .max_replacements = FIXTURE_NONE});
	struct fixture_log *log = fixture_log_new(f);
	struct world w = {.f = f, .log = log, .now = f->options.opens};
	static const uint32_t changes[][2] = {{0, 13}, {1, 13}, {1, 0}};
	for (size_t i = 0; i < 3; i++) {
		struct yihu_buf entry = {0};
		change(&w, changes[i][0], changes[i][1], &entry);
		assert_int_equal(fixture_log_put(log, entry.data, entry.len, NULL), YIHU_ELIMIT);
		yihu_buf_free(&entry);
	}
	fixture_log_free(log);
	fixture_free(f);
}

/* Everything a ledger tells, as bytes. */
static void describe(const struct yihu_ledger *l, struct yihu_buf *out)
{
	struct yihu_ledger_counts c = yihu_ledger_counts(l);
	yihu_buf_fmt(out, "size %llu time %llu closed %d\n",
		     (unsigned long long)yihu_ledger_size(l),
		     (unsigned long long)yihu_ledger_last_time(l), yihu_ledger_closed(l));
	yihu_buf_fmt(out, "%llu %u %u %u %u %u\n", (unsigned long long)c.ballots, c.households,
		     c.additions, c.replacements, c.voids, c.entitled);
	for (uint32_t s = 1; s <= yihu_ledger_last_serial(l); s++) {
		struct yihu_credential_state k;
		assert_int_equal(yihu_ledger_serial(l, s, &k, NULL), YIHU_OK);
		yihu_buf_fmt(out, "%u %d %u %u %llu %d %llu %llu ", s, k.voided, k.replaced_by,
			     k.replaces, (unsigned long long)k.changed_index, k.voted,
			     (unsigned long long)k.voted_index, (unsigned long long)k.voted_time);
		yihu_buf_put(out, &k.credential, sizeof k.credential);
		yihu_buf_str(out, "\n");
	}
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), yihu_ledger_size(l));
	yihu_buf_put(out, root.bytes, sizeof root.bytes);
}

static void assert_described(const struct yihu_ledger *l, const struct yihu_buf *want)
{
	struct yihu_buf is = {0};
	describe(l, &is);
	assert_int_equal(is.len, want->len);
	assert_memory_equal(is.data, want->data, is.len);
	yihu_buf_free(&is);
}

static struct fixture_log *eventful_log(const struct fixture *f)
{
	struct fixture_log *log = fixture_log_new(f);
	uint32_t digits[64];
	fixture_digits(f, 3, digits);
	fixture_log_change(log, REPLACED, true);
	fixture_log_change(log, 0, true);
	fixture_log_change(log, NEW, true);
	fixture_log_ballots(log, 4);
	fixture_log_change(log, NEW + 1, false);
	fixture_log_ballot(log, NEW + 2, digits);
	fixture_log_change(log, 0, true);
	fixture_log_ballot(log, NEW + 3, digits);
	fixture_log_close(log);
	return log;
}

/* From every size back to every smaller one and forth again. */
TEST(truncation_takes_back_exactly)
{
	struct world w = world_at(OPENED);
	struct fixture_log *log = eventful_log(w.f);
	struct yihu_ledger *l = yihu_ledger_new(w.f->election);
	struct yihu_buf *at = yihu_calloc(log->n + 1, sizeof *at);
	describe(l, &at[0]);
	for (size_t i = 0; i < log->n; i++) {
		const struct yihu_buf *e = &log->entries[i];
		assert_int_equal(
			yihu_ledger_append(l, e->data, e->len, YIHU_VERIFIED_BEFORE, NULL, NULL),
			YIHU_OK);
		describe(l, &at[i + 1]);
	}
	for (size_t from = 1; from <= log->n; from++)
		for (size_t to = 0; to <= from; to++) {
			yihu_ledger_truncate(l, from);
			yihu_ledger_truncate(l, to);
			assert_described(l, &at[to]);
			for (size_t i = to; i < log->n; i++) {
				const struct yihu_buf *e = &log->entries[i];
				assert_int_equal(yihu_ledger_append(l, e->data, e->len,
								    YIHU_VERIFIED_BEFORE, NULL,
								    NULL),
						 YIHU_OK);
			}
			assert_described(l, &at[log->n]);
		}
	for (size_t i = 0; i <= log->n; i++)
		yihu_buf_free(&at[i]);
	free(at);
	yihu_ledger_free(l);
	fixture_log_free(log);
	fixture_log_free(w.log);
}

/* What was taken back bars nothing: another ballot of that household, its A,
 * the new number's key. */
TEST(what_was_taken_back_may_come_again)
{
	struct world w = world_at(POLL);
	struct yihu_token t = fixture_token(w.f, FREE);
	struct yihu_scalar r[2] = {known_r(2), known_r(1)}; /* the A's of VOTED */
	struct yihu_buf copy = {0}, other = {0}, addition = {0};
	ballot_with(&w, &t, r, &copy);
	ballot_at(&w, VOTED, w.now, &other);
	addition_of_key(&w, fixture_credential(w.f, LAST).pk, &addition);
	assert_int_equal(fixture_log_put(w.log, copy.data, copy.len, NULL), YIHU_ECOPIED);
	assert_int_equal(fixture_log_put(w.log, other.data, other.len, NULL), YIHU_EVOTED);
	assert_int_equal(fixture_log_put(w.log, addition.data, addition.len, NULL), YIHU_EKEYS);
	yihu_ledger_truncate(w.log->ledger, VOTED_AT);
	must_pass(w.log, &copy);
	must_pass(w.log, &other);
	yihu_ledger_truncate(w.log->ledger, VOTED_AT - 1);
	yihu_buf_reset(&addition);
	addition_of_key(&w, fixture_credential(w.f, LAST).pk, &addition);
	must_pass(w.log, &addition);
	yihu_buf_free(&copy);
	yihu_buf_free(&other);
	yihu_buf_free(&addition);
	fixture_log_free(w.log);
}

TEST(a_seal_outlives_truncation)
{
	struct world w = world_at(SEALED);
	struct yihu_buf entry = {0};
	yihu_ledger_truncate(w.log->ledger, VOTED_AT);
	ballot_at(&w, FREE, w.now, &entry);
	assert_int_equal(fixture_log_put(w.log, entry.data, entry.len, NULL), YIHU_EOVER);
	yihu_buf_free(&entry);
	fixture_log_free(w.log);
}

/* Whatever bit of a log is flipped, the log does not replay to its root. */
TEST(no_bit_of_an_entry_can_be_flipped_unseen)
{
	struct world w = world_at(CLOSED);
	struct yihu_node root = root_of(&w);
	for (size_t i = 0; i < w.log->n; i++) {
		struct yihu_buf *e = &w.log->entries[i];
		for (size_t bit = i; bit < 8 * e->len; bit += 97) {
			struct yihu_ledger *l = yihu_ledger_new(w.f->election);
			int rc = YIHU_OK;
			e->data[bit / 8] ^= (uint8_t)(1u << bit % 8);
			for (size_t k = 0; k < w.log->n && rc == YIHU_OK; k++)
				rc = yihu_ledger_append(l, w.log->entries[k].data,
							w.log->entries[k].len, YIHU_VERIFY_NOW,
							NULL, NULL);
			/* A time alone may still be a valid log, but the C entry after
			 * it signs another root. */
			bool own_close = i == w.log->n - 1 && rc == YIHU_OK;
			assert_true(rc != YIHU_OK || own_close);
			struct yihu_node now =
				yihu_tree_root(yihu_ledger_tree(l), yihu_ledger_size(l));
			assert_memory_not_equal(now.bytes, root.bytes, sizeof root.bytes);
			e->data[bit / 8] ^= (uint8_t)(1u << bit % 8);
			yihu_ledger_free(l);
		}
	}
	fixture_log_free(w.log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_entries_pass),
		cmocka_unit_test(the_last_second_counts_and_times_may_repeat),
		cmocka_unit_test(those_with_a_new_letter_vote_with_it),
		cmocka_unit_test(a_replacement_can_be_replaced_and_an_addition_voided),
		cmocka_unit_test(it_knows_every_serial),
		cmocka_unit_test(it_counts),
		cmocka_unit_test(it_counts_replacements_and_voids_apart),
		cmocka_unit_test(it_tells_which_letter_counts_instead),
		cmocka_unit_test(its_tree_is_that_of_the_entries),
		cmocka_unit_test(closed_and_sealed_are_told),
		cmocka_unit_test(changes_can_be_forbidden_by_the_charter),
		cmocka_unit_test(truncation_takes_back_exactly),
		cmocka_unit_test(what_was_taken_back_may_come_again),
		cmocka_unit_test(a_seal_outlives_truncation),
		cmocka_unit_test(no_bit_of_an_entry_can_be_flipped_unseen),
	};
	return cmocka_run_group_tests_name("ledger", tests, forge_set_up, forge_tear_down);
}
