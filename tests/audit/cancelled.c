/* SPDX-License-Identifier: Apache-2.0
 *
 * What the report says of an election that was called off, and of what only
 * looks like it.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/cancel.h>

#include "support.h"

#define NOTE "cancelled"
#define WHY "一项报价写错了 (the price of the lamps)"

static struct fixture *f;
static struct fixture_log *polling; /* three ballots, and no end */

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6});
	polling = fixture_log_new(f);
	fixture_log_ballots(polling, 3);
	return 0;
}

AROUND(tear_down)
{
	fixture_log_free(polling);
	fixture_free(f);
	return 0;
}

static struct yihu_public *polling_folder(void)
{
	struct yihu_public *p = fixture_public_new(f);
	fixture_public_log(p, polling);
	return p;
}

/* Of the folder's log as it is. */
static struct yihu_cancelled_note note_of_log(void)
{
	uint64_t size = yihu_ledger_size(polling->ledger);
	return (struct yihu_cancelled_note){
		.has_log = true,
		.log = {.size = size,
			.root = yihu_tree_root(yihu_ledger_tree(polling->ledger), size)},
		.reason = yihu_span(WHY),
	};
}

static void put_note(struct yihu_public *p, const struct yihu_cancelled_note *n)
{
	struct yihu_buf b = {0};
	const struct yihu_charter *c = f->election->charter;
	yihu_cancelled_note_sign(&b, c->eid, n, &c->issuer, &f->issuer);
	yihu_public_put(p, NOTE, b.data, b.len);
	yihu_buf_free(&b);
}

static const struct yihu_step *step(const struct yihu_audit *a)
{
	return &a->steps[YIHU_CHECK_CANCELLED];
}

TEST(the_entry_is_told_with_time_and_reason)
{
	struct fixture_log *log = fixture_log_new(f);
	fixture_log_ballots(log, 2);
	fixture_log_cancel(log, FIXTURE_OPENS + 3600, WHY);
	struct yihu_public *p = fixture_public_new(f);
	fixture_public_log(p, log);
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_true(a->called_off);
	assert_int_equal(a->called_off_at, FIXTURE_OPENS + 3600);
	assert_string_equal(a->reason, WHY);
	assert_true(step(a)->ran);
	assert_int_equal(step(a)->count, 1);
	char *when = yihu_time_local(FIXTURE_OPENS + 3600);
	char *says = yihu_printf("called off on %s, signed by the issuer: " WHY, when);
	assert_string_equal(step(a)->text, says);
	free(says);
	free(when);
	yihu_audit_free(a);
	yihu_public_free(p);
	fixture_log_free(log);
}

TEST(without_either_nothing_was_called_off)
{
	struct yihu_public *p = polling_folder();
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_false(a->called_off);
	assert_false(step(a)->ran);
	assert_string_equal(step(a)->text, "it was not called off");
	yihu_audit_free(a);
	yihu_public_free(p);
}

TEST(the_note_is_told_with_its_reason)
{
	struct yihu_public *p = polling_folder();
	struct yihu_cancelled_note n = note_of_log();
	put_note(p, &n);
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_true(a->called_off);
	assert_int_equal(a->called_off_at, 0);
	assert_string_equal(a->reason, WHY);
	assert_int_equal(step(a)->count, 1);
	assert_string_equal(step(a)->text, "called off, signed by the issuer: " WHY);
	assert_int_equal(a->stage, YIHU_STAGE_CANCELLED);
	yihu_audit_free(a);
	yihu_public_free(p);
}

TEST(a_note_of_another_size_or_root_is_refused)
{
	struct yihu_public *p = polling_folder();
	struct yihu_cancelled_note n = note_of_log();
	n.log.size++;
	put_note(p, &n);
	assert_refused(p, f, YIHU_CHECK_CANCELLED, YIHU_ECANCEL, NOTE);
	n.log.size--;
	n.log.root.bytes[31] ^= 1;
	put_note(p, &n);
	assert_refused(p, f, YIHU_CHECK_CANCELLED, YIHU_ECANCEL, NOTE);
	yihu_public_free(p);
}

/* The checkpoint is the fault; of another log nothing is known. */
TEST(a_note_is_not_held_against_a_false_checkpoint)
{
	struct yihu_public *p = polling_folder();
	struct yihu_cancelled_note n = note_of_log();
	struct yihu_node root = n.log.root;
	put_note(p, &n);
	root.bytes[0] ^= 1;
	put_checkpoint(p, "log/checkpoint", f, n.log.size, root);
	struct yihu_audit *a = audit_under(p, f);
	assert_int_not_equal(a->n_faults, 0);
	for (size_t i = 0; i < a->n_faults; i++)
		assert_int_not_equal(a->faults[i].check, YIHU_CHECK_CANCELLED);
	assert_true(a->called_off);
	yihu_audit_free(a);
	yihu_public_free(p);
}

/* What calls nothing off does not make the poll's end a fault. */
TEST(an_invalid_note_calls_nothing_off)
{
	struct fixture_log *log = fixture_log_whole(f, 3);
	struct yihu_public *p = fixture_public_new(f);
	fixture_public_log(p, log);
	assert_non_null(yihu_public_get(p, "log/at-close"));
	yihu_public_put(p, NOTE, "gone\n", 5);
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_CANCELLED, YIHU_EFORMAT, NOTE);
	assert_int_equal(a->n_faults, 1);
	assert_false(a->called_off);
	assert_string_equal(a->reason, "");
	assert_int_equal(step(a)->count, 1);
	assert_string_equal(step(a)->text, "not a valid cancellation");
	yihu_audit_free(a);
	yihu_public_free(p);
	fixture_log_free(log);
}

TEST(without_a_charter_it_is_not_checked)
{
	struct yihu_public *p = polling_folder();
	struct yihu_cancelled_note n = note_of_log();
	put_note(p, &n);
	yihu_public_remove(p, "charter");
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_FILES, YIHU_EMISSING, "charter");
	assert_false(step(a)->ran);
	assert_non_null(strstr(step(a)->text, "not checked"));
	assert_false(a->called_off);
	yihu_audit_free(a);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_entry_is_told_with_time_and_reason),
		cmocka_unit_test(without_either_nothing_was_called_off),
		cmocka_unit_test(the_note_is_told_with_its_reason),
		cmocka_unit_test(a_note_of_another_size_or_root_is_refused),
		cmocka_unit_test(a_note_is_not_held_against_a_false_checkpoint),
		cmocka_unit_test(an_invalid_note_calls_nothing_off),
		cmocka_unit_test(without_a_charter_it_is_not_checked),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
