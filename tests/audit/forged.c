/* SPDX-License-Identifier: Apache-2.0
 *
 * Folders in which every file is well signed and something is wrong all the
 * same: by too few, by the wrong ones, too early, out of order.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *election_log;
static struct yihu_public *opened;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6, .min_box = 3});
	election_log = fixture_log_whole(f, 4);
	opened = fixture_public_opened(election_log);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(opened);
	fixture_log_free(election_log);
	fixture_free(f);
	return 0;
}

/* The folder with its log alone, closed. */
static struct yihu_public *closed_folder(void)
{
	struct yihu_public *p = fixture_public_new(f);
	fixture_public_log(p, election_log);
	return p;
}

static struct yihu_public *boxed_folder(void)
{
	struct yihu_public *p = closed_folder();
	fixture_public_box(p, election_log, FIXTURE_ALL_HOLDERS);
	return p;
}

/* A folder without fault passes at every stage on its way. */
TEST(every_stage_passes_and_is_named)
{
	struct yihu_public *p = yihu_public_new();
	struct fixture_log *open_log = fixture_log_new(f);
	yihu_public_put(p, "election.pb", f->definition.data, f->definition.len);
	yihu_public_put(p, "charter", f->charter.data, f->charter.len);
	assert_passes_at(p, f, YIHU_STAGE_CHARTERED);
	yihu_public_put(p, "register", f->reg.data, f->reg.len);
	assert_passes_at(p, f, YIHU_STAGE_ISSUED);
	fixture_public_log(p, open_log);
	assert_passes_at(p, f, YIHU_STAGE_OPEN);
	fixture_public_log(p, election_log);
	assert_passes_at(p, f, YIHU_STAGE_CLOSED);
	fixture_public_box(p, election_log, FIXTURE_ALL_HOLDERS);
	assert_passes_at(p, f, YIHU_STAGE_BOXED);
	fixture_public_mix(p, election_log, 3);
	assert_passes_at(p, f, YIHU_STAGE_MIXED);
	fixture_public_mix(p, election_log, 1);
	fixture_public_open(p, election_log, 2);
	assert_passes_at(p, f, YIHU_STAGE_MIXED);
	fixture_public_open(p, election_log, 3);
	assert_passes_at(p, f, YIHU_STAGE_OPENED);
	fixture_public_open(p, election_log, 1);
	assert_passes_at(p, f, YIHU_STAGE_OPENED);
	publish(p, f, 5);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	fixture_log_free(open_log);
	yihu_public_free(p);
}

TEST(the_lot_is_the_same_whoever_opens)
{
	struct yihu_public *p = boxed_folder();
	uint8_t seeds[3][32];
	fixture_public_mix(p, election_log, 1);
	fixture_public_mix(p, election_log, 2);
	for (uint32_t absent = 1; absent <= 3; absent++) {
		struct yihu_public *q = public_copy(p);
		for (uint32_t j = 1; j <= 3; j++)
			if (j != absent)
				fixture_public_open(q, election_log, j);
		struct yihu_audit *a = audit_under(q, f);
		assert_passes(a);
		memcpy(seeds[absent - 1], a->tally.lot_seed, 32);
		yihu_audit_free(a);
		yihu_public_free(q);
	}
	assert_memory_equal(seeds[0], seeds[1], 32);
	assert_memory_equal(seeds[0], seeds[2], 32);
	yihu_public_free(p);
}

TEST(a_box_with_too_few_signatures_is_refused)
{
	/* q is 3 of 3 here. */
	static const uint32_t signers[] = {1, 2, 3, 5, 6};
	assert_int_equal(f->election->charter->q, 3);
	for (size_t i = 0; i < sizeof signers / sizeof *signers; i++) {
		struct yihu_public *p = closed_folder();
		fixture_public_box(p, election_log, signers[i]);
		assert_refused(p, f, YIHU_CHECK_BOX, YIHU_ESIGNERS, "box");
		yihu_public_free(p);
	}
}

/* Another log of the same election, closed as well. */
static struct fixture_log *other_log(uint32_t ballots)
{
	struct fixture_log *log = fixture_log_new(f);
	uint32_t digits[4] = {1, 1, 1, 1};
	for (uint32_t s = 1; s <= ballots; s++)
		fixture_log_ballot(log, 7 - s, digits);
	fixture_log_close(log);
	return log;
}

TEST(a_box_of_another_log_is_refused)
{
	for (uint32_t ballots = 3; ballots <= 5; ballots++) {
		struct fixture_log *other = other_log(ballots);
		struct yihu_public *p = closed_folder();
		fixture_public_box(p, other, FIXTURE_ALL_HOLDERS);
		assert_refused(p, f, YIHU_CHECK_BOX, YIHU_EBOX, "box");
		yihu_public_free(p);
		fixture_log_free(other);
	}
}

/* The right root under another size, signed by all. */
TEST(a_box_of_another_size_is_refused)
{
	struct yihu_public *p = closed_folder();
	struct yihu_buf text = {0}, note = {0};
	struct yihu_checkpoint c = fixture_log_box(election_log);
	c.size++;
	yihu_box_note_text(&text, f->election->charter->eid, &c);
	struct yihu_span span = {(const char *)text.data, text.len};
	yihu_note_sign(&note, span, &f->election->charter->holders[0].key, &f->holders[0]);
	for (size_t i = 1; i < 3; i++)
		yihu_note_sign_line(&note, span, &f->election->charter->holders[i].key,
				    &f->holders[i]);
	yihu_public_put(p, "box", note.data, note.len);
	assert_refused(p, f, YIHU_CHECK_BOX, YIHU_EBOX, "box");
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	yihu_public_free(p);
}

TEST(a_box_before_the_close_is_refused)
{
	struct fixture_log *open_log = fixture_log_new(f);
	struct yihu_public *p = public_copy(opened);
	fixture_log_ballots(open_log, 4);
	fixture_public_log(p, open_log);
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_BOX, YIHU_EBOX, "box");
	assert_true(has_fault(a, YIHU_CHECK_MIXES, YIHU_EMIX));
	assert_false(a->tally.opened);
	yihu_audit_free(a);
	yihu_public_free(p);
	fixture_log_free(open_log);
}

TEST(a_second_mix_by_the_same_holder_is_refused)
{
	struct yihu_public *p = boxed_folder();
	fixture_public_mix(p, election_log, 2);
	fixture_public_mix(p, election_log, 2);
	assert_refused(p, f, YIHU_CHECK_MIXES, YIHU_EMIX, "mix/2");
	yihu_public_free(p);
}

/* Bytes 12 to 15 of a mix name its holder. */
TEST(a_mix_by_nobody_is_refused)
{
	static const uint32_t holders[] = {0, 4, 15, 16, 33, UINT32_MAX};
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++) {
		struct yihu_public *p = boxed_folder();
		struct yihu_buf b = {0};
		const struct yihu_buf *mix = yihu_public_get(opened, "mix/1");
		yihu_buf_put(&b, mix->data, mix->len);
		yihu_store_be32(b.data + 12, holders[i]);
		yihu_public_put(p, "mix/1", b.data, b.len);
		struct yihu_audit *a = audit_under(p, f);
		assert_first_fault(a, YIHU_CHECK_MIXES, YIHU_EMIX, "mix/1");
		assert_non_null(strstr(a->faults[0].text, "no key holder"));
		yihu_audit_free(a);
		yihu_buf_free(&b);
		yihu_public_free(p);
	}
}

/* Good proofs over the wrong list: the mixes of another log, or a mix/2 that
 * was made on L_0. */
TEST(a_mix_of_another_list_is_refused)
{
	struct fixture_log *other = other_log(4);
	struct yihu_public *p = boxed_folder(), *q = boxed_folder();
	fixture_public_mix(p, other, 1);
	assert_refused(p, f, YIHU_CHECK_MIXES, YIHU_EMIXPROOF, "mix/1");
	fixture_public_mix(q, other, 1);
	fixture_public_mix(q, election_log, 2);
	yihu_public_remove(q, "mix/1");
	fixture_public_mix(q, election_log, 1);
	assert_int_equal(yihu_public_get(q, "mix/1") == NULL, 0);
	assert_refused(q, f, YIHU_CHECK_MIXES, YIHU_EMIXPROOF, "mix/2");
	yihu_public_free(p);
	yihu_public_free(q);
	fixture_log_free(other);
}

TEST(openings_after_too_few_mixes_are_refused)
{
	struct yihu_public *p = boxed_folder();
	fixture_public_mix(p, election_log, 1);
	fixture_public_open(p, election_log, 1);
	fixture_public_open(p, election_log, 2);
	assert_refused(p, f, YIHU_CHECK_OPENINGS, YIHU_EMISSING, "mix/2");
	yihu_public_remove(p, "mix/1");
	assert_refused(p, f, YIHU_CHECK_FILES, YIHU_EMISSING, "mix/1");
	yihu_public_free(p);
}

TEST(a_mix_after_the_openings_is_refused)
{
	struct yihu_public *p = public_copy(opened);
	fixture_public_mix(p, election_log, 3);
	assert_refused(p, f, YIHU_CHECK_OPENINGS, YIHU_EOPENINGPROOF, "open/1");
	yihu_public_free(p);
}

/* The t lowest would do without it. */
TEST(a_bad_opening_beyond_the_lowest_is_refused)
{
	struct yihu_public *p = public_copy(opened);
	struct yihu_buf b = {0};
	fixture_public_open(p, election_log, 3);
	assert_passes_at(p, f, YIHU_STAGE_OPENED);
	const struct yihu_buf *file = yihu_public_get(p, "open/3");
	yihu_buf_put(&b, file->data, file->len);
	b.data[b.len - 1] ^= 1;
	yihu_public_put(p, "open/3", b.data, b.len);
	struct yihu_audit *a = audit_under(p, f);
	assert_int_equal(a->n_faults, 1);
	assert_string_equal(a->faults[0].file, "open/3");
	assert_int_equal(a->faults[0].check, YIHU_CHECK_OPENINGS);
	yihu_audit_free(a);
	yihu_buf_free(&b);
	yihu_public_free(p);
}

TEST(results_with_too_few_signatures_are_refused)
{
	for (uint32_t signers = 0; signers < 8; signers++) {
		struct yihu_public *p = public_copy(opened);
		publish(p, f, signers);
		if (__builtin_popcount(signers) >= 2)
			assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
		else
			assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_ESIGNERS, "results");
		yihu_public_free(p);
	}
}

TEST(other_results_are_refused_though_all_sign_them)
{
	struct yihu_audit *a = audit_under(opened, f);
	struct yihu_public *p = public_copy(opened);
	struct yihu_buf json = {0};
	yihu_buf_put(&json, a->results_json.data, a->results_json.len);
	uint8_t *cast = memmem(json.data, json.len, "\"cast\":4", 8);
	assert_non_null(cast);
	cast[7] = '5';
	fixture_public_results(p, f, &a->results_pb, &json, FIXTURE_ALL_HOLDERS);
	struct yihu_audit *b = audit_under(p, f);
	assert_first_fault(b, YIHU_CHECK_RESULTS, YIHU_ERESULTS, "results.json");
	yihu_audit_free(b);
	yihu_audit_free(a);
	yihu_buf_free(&json);
	yihu_public_free(p);
}

TEST(a_results_note_over_other_files_is_refused)
{
	struct yihu_audit *a = audit_under(opened, f);
	struct yihu_public *p = public_copy(opened);
	/* pb and json exchanged in the note, right on the disk */
	fixture_public_results(p, f, &a->results_json, &a->results_pb, FIXTURE_ALL_HOLDERS);
	yihu_public_put(p, "results.pb", a->results_pb.data, a->results_pb.len);
	yihu_public_put(p, "results.json", a->results_json.data, a->results_json.len);
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_ERESULTS, "results");
	yihu_audit_free(a);
	yihu_public_free(p);
}

/* The right lines and one more; and what is no note. */
TEST(a_results_note_of_another_form_is_refused)
{
	const struct yihu_charter *c = f->election->charter;
	struct yihu_audit *a = audit_under(opened, f);
	struct yihu_public *p = public_copy(opened);
	struct yihu_buf text = {0}, note = {0};
	publish(p, f, FIXTURE_ALL_HOLDERS);
	yihu_results_note_text(&text, c->eid, yihu_public_get(p, "box"), &a->results_pb,
			       &a->results_json);
	yihu_buf_str(&text, "provisional\n");
	const struct yihu_span span = {(const char *)text.data, text.len};
	yihu_note_sign(&note, span, &c->issuer, &f->issuer);
	for (uint32_t i = 0; i < c->n; i++)
		yihu_note_sign_line(&note, span, &c->holders[i].key, &f->holders[i]);
	yihu_public_put(p, "results", note.data, note.len);
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_ERESULTS, "results");
	yihu_public_put(p, "results", "nothing\n", 8);
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_EFORMAT, "results");
	yihu_audit_free(a);
	yihu_public_free(p);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
}

TEST(results_before_the_openings_are_refused)
{
	struct yihu_public *p = public_copy(opened);
	publish(p, f, FIXTURE_ALL_HOLDERS);
	yihu_public_remove(p, "open/1");
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_EMISSING, "results");
	yihu_public_remove(p, "open/2");
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_EMISSING, "results");
	yihu_public_remove(p, "mix/1");
	yihu_public_remove(p, "mix/2");
	yihu_public_remove(p, "box");
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_EMISSING, "results");
	yihu_public_free(p);
}

/* Fewer ballots than min-box. */

static struct fixture_log *small_log(void)
{
	struct fixture_log *log = fixture_log_whole(f, 2);
	return log;
}

static struct yihu_public *shut_folder(const struct fixture_log *log)
{
	struct yihu_public *p = fixture_public_new(f);
	fixture_public_log(p, log);
	return p;
}

TEST(a_small_election_stays_shut_and_passes)
{
	struct fixture_log *log = small_log();
	struct yihu_public *p = shut_folder(log);
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_int_equal(a->stage, YIHU_STAGE_CLOSED);
	assert_true(a->not_opened);
	assert_false(a->tally.opened);
	assert_int_equal(a->tally.cast, 2);
	assert_memory_equal(a->results_pb.data, f->definition.data, f->definition.len);
	yihu_audit_free(a);
	publish(p, f, 0);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
	fixture_log_free(log);
}

TEST(an_election_without_ballots_stays_shut_and_passes)
{
	struct fixture_log *log = fixture_log_new(f);
	fixture_log_close(log);
	struct yihu_public *p = shut_folder(log);
	publish(p, f, 0);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
	fixture_log_free(log);
}

/* "the issuer alone" */
TEST(shut_results_signed_by_a_holder_are_refused)
{
	struct fixture_log *log = small_log();
	struct yihu_public *p = shut_folder(log);
	publish(p, f, 1);
	assert_refused(p, f, YIHU_CHECK_RESULTS, YIHU_ESIGNERS, "results");
	yihu_public_free(p);
	fixture_log_free(log);
}

TEST(a_small_election_may_not_be_opened)
{
	struct fixture_log *log = small_log();
	struct yihu_public *p = shut_folder(log);
	fixture_public_box(p, log, FIXTURE_ALL_HOLDERS);
	assert_refused(p, f, YIHU_CHECK_BOX, YIHU_EMINBOX, "box");
	fixture_public_mix(p, log, 1);
	fixture_public_mix(p, log, 2);
	fixture_public_open(p, log, 1);
	fixture_public_open(p, log, 2);
	struct yihu_audit *a = audit_under(p, f);
	assert_true(has_fault(a, YIHU_CHECK_BOX, YIHU_EMINBOX));
	assert_true(has_fault(a, YIHU_CHECK_MIXES, YIHU_EMINBOX));
	assert_true(has_fault(a, YIHU_CHECK_OPENINGS, YIHU_EMINBOX));
	assert_false(a->tally.opened);
	assert_null(a->outcome);
	yihu_audit_free(a);
	yihu_public_free(p);
	fixture_log_free(log);
}

TEST(exactly_min_box_ballots_are_opened)
{
	struct fixture_log *log = fixture_log_whole(f, 3);
	struct yihu_public *p = fixture_public_opened(log);
	publish(p, f, 3);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
	fixture_log_free(log);
}

/* Ballots that no table or rule knows are void, published as such, and the
 * rest is counted. */
TEST(void_ballots_are_set_apart)
{
	static const uint32_t words[] = {16, 40000, 15};
	struct fixture_log *log = fixture_log_new(f);
	struct yihu_buf ballot = {0}, entry = {0};
	for (uint32_t i = 0; i < 3; i++) {
		yihu_buf_reset(&ballot);
		yihu_buf_reset(&entry);
		fixture_ballot_words(f, i + 1, &words[i], &ballot);
		yihu_entry_put(&entry, YIHU_ENTRY_BALLOT, FIXTURE_OPENS, ballot.data, ballot.len);
		assert_int_equal(fixture_log_put(log, entry.data, entry.len, NULL), YIHU_OK);
	}
	fixture_log_close(log);
	struct yihu_public *p = fixture_public_opened(log);
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_int_equal(a->tally.n_void, 2);
	assert_int_equal(a->tally.n_valid, 1);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(a->tally.digits[i], 1);
	yihu_audit_free(a);
	yihu_public_free(p);
	yihu_buf_free(&ballot);
	yihu_buf_free(&entry);
	fixture_log_free(log);
}

/* Words within their bounds that the ballot's own rule forbids. */
TEST(ballots_that_break_the_rule_are_void)
{
	struct fixture *g = fixture_new(&(struct fixture_options){
		.name = "short", .projects = 4, .meta = "max_length;2\n"});
	struct fixture_log *log = fixture_log_new(g);
	for (uint32_t s = 1; s <= 4; s++) {
		uint32_t digits[4] = {s >= 1, s >= 2, s >= 3, s >= 4};
		fixture_log_ballot(log, s, digits);
	}
	fixture_log_close(log);
	struct yihu_public *p = fixture_public_opened(log);
	struct yihu_audit *a = audit_under(p, g);
	assert_passes(a);
	assert_int_equal(a->tally.n_valid, 2);
	assert_int_equal(a->tally.n_void, 2);
	yihu_audit_free(a);
	yihu_public_free(p);
	fixture_log_free(log);
	fixture_free(g);
}

/* The definition's form takes more rules than a program may count; here, every
 * rule of approval ballots, and none of points under phragmen. */
TEST(a_rule_that_is_not_counted_is_refused_at_once)
{
	static const char *const rules[] = {"greedy-no-skip", "equalshares", "equalshares/add1",
					    "equalshares/add1u", "phragmen"};
	for (size_t i = 0; i <= sizeof rules / sizeof *rules; i++) {
		bool points = i == sizeof rules / sizeof *rules;
		struct fixture *g = fixture_new(
			&(struct fixture_options){.kind = points ? YIHU_SCORING : YIHU_APPROVAL,
						  .rule = points ? "phragmen" : rules[i],
						  .projects = 4});
		struct yihu_public *p = fixture_public_new(g);
		if (points)
			assert_refused(p, g, YIHU_CHECK_DEFINITION, YIHU_ERULE, "election.pb");
		else
			assert_passes_at(p, g, YIHU_STAGE_ISSUED);
		yihu_public_free(p);
		fixture_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_stage_passes_and_is_named),
		cmocka_unit_test(the_lot_is_the_same_whoever_opens),
		cmocka_unit_test(a_box_with_too_few_signatures_is_refused),
		cmocka_unit_test(a_box_of_another_log_is_refused),
		cmocka_unit_test(a_box_of_another_size_is_refused),
		cmocka_unit_test(a_box_before_the_close_is_refused),
		cmocka_unit_test(a_second_mix_by_the_same_holder_is_refused),
		cmocka_unit_test(a_mix_by_nobody_is_refused),
		cmocka_unit_test(a_mix_of_another_list_is_refused),
		cmocka_unit_test(openings_after_too_few_mixes_are_refused),
		cmocka_unit_test(a_mix_after_the_openings_is_refused),
		cmocka_unit_test(a_bad_opening_beyond_the_lowest_is_refused),
		cmocka_unit_test(results_with_too_few_signatures_are_refused),
		cmocka_unit_test(other_results_are_refused_though_all_sign_them),
		cmocka_unit_test(a_results_note_over_other_files_is_refused),
		cmocka_unit_test(a_results_note_of_another_form_is_refused),
		cmocka_unit_test(results_before_the_openings_are_refused),
		cmocka_unit_test(a_small_election_stays_shut_and_passes),
		cmocka_unit_test(an_election_without_ballots_stays_shut_and_passes),
		cmocka_unit_test(shut_results_signed_by_a_holder_are_refused),
		cmocka_unit_test(a_small_election_may_not_be_opened),
		cmocka_unit_test(exactly_min_box_ballots_are_opened),
		cmocka_unit_test(void_ballots_are_set_apart),
		cmocka_unit_test(ballots_that_break_the_rule_are_void),
		cmocka_unit_test(a_rule_that_is_not_counted_is_refused_at_once),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
