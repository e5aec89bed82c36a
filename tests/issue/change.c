/* SPDX-License-Identifier: Apache-2.0
 *
 * Replace, add, void.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/box.h>
#include <yihu/file.h>

#include "committee.h"

#include "folder/pending.h"

static struct committee *begin(void)
{
	committee_clock(COMMITTEE_OPENS + 100);
	return committee_copy(committee_base);
}

static int change(struct committee *c, uint32_t old_serial, const char *household, bool fresh)
{
	uint32_t serial = 0;
	const struct given_reason divided = {.why = ADDED_DIVIDED};
	const struct issue_change x = {.old_serial = old_serial,
				       .household = household,
				       .reason = &divided,
				       .fresh = fresh};
	return committee_change(c, &x, &serial);
}

static int replace(struct committee *c, uint32_t serial)
{
	return change(c, serial, NULL, true);
}

static int make_void(struct committee *c, uint32_t serial)
{
	return change(c, serial, NULL, false);
}

static int add(struct committee *c, const char *household)
{
	return change(c, 0, household, true);
}

TEST(a_replaced_letter_votes_and_the_old_one_does_not)
{
	struct committee *c = begin();
	assert_int_equal(replace(c, 6), 0);
	assert_true(committee_has(c, "letters/qr/0007.svg"));
	assert_true(committee_has(c, "letters/qr/0007.png"));
	assert_false(committee_has(c, "secret/pending"));
	assert_int_equal(committee_ballot(c, 6), YIHU_EVOIDED);
	assert_int_equal(committee_ballot(c, 7), 0);
	committee_free(c);
}

/* The household's cell of its line in a list, up to the next comma. */
static char *household_in(struct committee *c, const char *list, const char *serial)
{
	struct yihu_buf text = committee_read(c, list);
	char *at = strstr((char *)text.data, serial);
	assert_non_null(at);
	at += strlen(serial);
	at += strspn(at, "\"\t");
	char *cell = yihu_strndup(at, strcspn(at, "\",\t"));
	yihu_buf_free(&text);
	return cell;
}

TEST(a_replacement_is_of_the_same_household)
{
	struct committee *c = begin();
	assert_int_equal(replace(c, 5), 0);
	assert_int_equal(replace(c, 7), 0); /* and that one got lost as well */
	char *was = household_in(c, "letters/list.csv", "\n\"\t0005\",");
	char *is = household_in(c, "letters/changed.csv", "\n\"\t0008\",");
	char *roll = household_in(c, "secret/roll-changes", "8\t");
	assert_string_equal(was, is);
	assert_non_null(strstr(was, roll));
	free(was);
	free(is);
	free(roll);
	committee_free(c);
}

TEST(an_added_household_votes)
{
	struct committee *c = begin();
	assert_int_equal(add(c, "9-901"), 0);
	assert_int_equal(committee_ballot(c, 7), 0);
	assert_int_equal(add(c, "9-902"), 0);
	assert_true(committee_has(c, "letters/qr/0008.svg"));
	committee_free(c);
}

TEST(a_household_with_a_letter_is_not_added)
{
	struct committee *c = begin();
	static const char *const spellings[] = {"1-301", " 1-301 ", "１－３０１"};
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(add(c, spellings[i]), YIHU_EHOUSEHOLD);
		assert_non_null(strstr(c->err.text, "has letter"));
	}
	assert_int_equal(add(c, "9-901"), 0);
	assert_int_equal(add(c, "9-901"), YIHU_EHOUSEHOLD);
	assert_non_null(strstr(c->err.text, "letter 0007"));
	assert_false(committee_has(c, "letters/qr/0008.svg"));
	committee_free(c);
}

TEST(a_voided_household_may_be_added_again)
{
	struct committee *c = begin();
	assert_int_equal(add(c, "9-901"), 0);
	assert_int_equal(make_void(c, 7), 0);
	assert_int_equal(add(c, "9-901"), 0);
	committee_free(c);
}

TEST(what_is_no_name_is_not_added)
{
	static const char *const names[] = {"", "  ", "a\tb", "a\nb", "\xff\xfe"};
	struct committee *c = begin();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(add(c, names[i]), YIHU_EHOUSEHOLD);
	assert_int_equal(add(c, "the \"yellow, old\" house"), 0);
	assert_int_equal(committee_ballot(c, 7), 0);
	committee_free(c);
}

TEST(who_has_voted_keeps_the_letter)
{
	struct committee *c = begin();
	assert_int_equal(replace(c, 1), YIHU_EVOTED);
	assert_non_null(strstr(c->err.text, "voted"));
	assert_int_equal(make_void(c, 2), YIHU_EVOTED);
	assert_false(committee_has(c, "letters/changed.csv"));
	assert_int_equal(replace(c, 5), 0); /* what was refused stands in nobody's way */
	assert_true(committee_has(c, "letters/qr/0007.svg"));
	committee_free(c);
}

TEST(a_void_letter_is_void_for_good)
{
	struct committee *c = begin();
	assert_int_equal(make_void(c, 6), 0);
	assert_int_equal(committee_ballot(c, 6), YIHU_EVOIDED);
	assert_int_equal(make_void(c, 6), YIHU_EVOIDED);
	assert_int_equal(replace(c, 6), YIHU_EVOIDED);
	assert_int_equal(make_void(c, 99), YIHU_ECREDENTIAL);
	assert_int_equal(replace(c, 99), YIHU_EROLL);
	committee_free(c);
}

TEST(changes_stay_within_the_charter)
{
	struct committee *c = begin();
	assert_int_equal(add(c, "9-901"), 0);
	assert_int_equal(add(c, "9-902"), 0);
	assert_int_equal(add(c, "9-903"), YIHU_ELIMIT);
	assert_int_equal(replace(c, 5), 0);
	assert_int_equal(make_void(c, 6), 0);
	assert_int_equal(replace(c, 7), YIHU_ELIMIT);
	assert_int_equal(make_void(c, 7), YIHU_ELIMIT);
	assert_false(committee_has(c, "letters/qr/0010.svg"));
	committee_free(c);
}

TEST(changes_end_with_the_poll)
{
	struct committee *c = begin();
	committee_clock(COMMITTEE_CLOSES);
	assert_int_equal(replace(c, 5), YIHU_EOVER);
	assert_int_equal(add(c, "9-901"), YIHU_EOVER);
	assert_int_equal(make_void(c, 5), YIHU_EOVER);
	committee_free(c);
}

TEST(another_key_changes_nothing)
{
	struct committee *other = committee_new(NULL), *c = begin();
	char *copy = yihu_printf("cp '%s/secret/issuer.key' election/secret/", other->folder.root);
	committee_shell(c, copy);
	assert_int_equal(replace(c, 5), YIHU_EKEYS);
	assert_false(committee_has(c, "secret/pending"));
	free(copy);
	committee_free(other);
	committee_free(c);
}

TEST(a_letter_that_could_not_be_written_is_written_later)
{
	struct committee *c = begin();
	committee_shell(c, "mv election/letters election/kept && touch election/letters");
	assert_int_not_equal(replace(c, 5), 0); /* in the log, but no letter */
	assert_true(committee_has(c, "secret/pending"));
	committee_shell(c, "rm election/letters && mv election/kept election/letters");
	assert_int_equal(replace(c, 6), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "letter 0007 is written now"));
	assert_int_equal(committee_ballot(c, 7), 0);
	assert_int_equal(replace(c, 6), 0);
	assert_true(committee_has(c, "letters/qr/0008.svg"));
	committee_free(c);
}

TEST(a_pending_token_that_is_not_in_the_log_is_forgotten)
{
	struct committee *c = begin();
	committee_shell(c, "head -c 100 /dev/zero > election/secret/pending");
	assert_int_equal(make_void(c, 6), 0);
	assert_false(committee_has(c, "secret/pending"));
	committee_shell(c, "head -c 50 /dev/zero > election/secret/pending");
	assert_int_equal(make_void(c, 5), YIHU_EFORMAT);
	committee_free(c);
}

/* ---- why a household is added ---- */

static void assert_reasons(struct committee *c, const char *wanted)
{
	struct yihu_buf text = {0};
	assert_int_equal(folder_read_if_there(&c->folder, F_ADDITIONS, &text, &c->err), 0);
	assert_int_equal(text.len, strlen(wanted));
	if (text.len > 0)
		assert_memory_equal(text.data, wanted, text.len);
	yihu_buf_free(&text);
}

/* Of the log's additions, as the poster has them. */
static void assert_counted(struct committee *c, const char *wanted)
{
	struct yihu_box *box;
	char *said = NULL;
	assert_int_equal(yihu_box_open(&box, c->folder.box, COMMITTEE_OPENS + 200, &c->err), 0);
	const struct yihu_ledger *l = yihu_box_ledger(box);
	assert_int_equal(additions_sentence(&said, &c->folder, l, 6, LANGUAGE_EN, &c->err), 0);
	yihu_box_close(box);
	if (wanted)
		assert_string_equal(said, wanted);
	else
		assert_null(said);
	free(said);
}

TEST(an_addition_has_its_reason_and_a_replacement_none)
{
	struct committee *c = begin();
	assert_int_equal(replace(c, 6), 0);
	assert_reasons(c, "");
	assert_int_equal(add(c, "9-901"), 0);
	assert_reasons(c, "8\tdivided\n");
	assert_int_equal(add(c, "1-301"), YIHU_EHOUSEHOLD); /* has a letter */
	assert_int_equal(make_void(c, 8), 0);
	assert_reasons(c, "8\tdivided\n");
	assert_counted(c, "one household became two: 1");
	committee_free(c);
}

TEST(reasons_are_counted_for_the_log_s_additions_alone)
{
	struct committee *c = begin();
	assert_counted(c, NULL);
	assert_int_equal(add(c, "9-901"), 0);
	assert_int_equal(replace(c, 6), 0);
	assert_int_equal(add(c, "9-902"), 0);
	assert_counted(c, "one household became two: 2");
	committee_shell(c, "printf '8\\tvacant\\n9\\tother\\tof 3-2-501\\n10\\tvacant\\n' "
			   ">election/paper/additions");
	assert_counted(c, "another reason: 1, no reason noted: 1");
	committee_shell(c, "rm election/paper/additions");
	assert_counted(c, NULL);
	committee_free(c);
}

TEST(a_reason_goes_with_a_change_that_is_not_in_the_log)
{
	struct committee *c = begin();
	const struct given_reason forgotten = {.why = ADDED_FORGOTTEN};
	struct pending p = {.token = committee_token(c, 1), .household = yihu_strdup("9-901")};
	p.token.serial = 7;
	assert_int_equal(pending_save(&p, &c->folder, &c->err), 0);
	assert_int_equal(additions_put(&c->folder, 7, &forgotten, &c->err), 0);
	assert_int_equal(pending_serial(&c->folder), 7);
	assert_int_equal(make_void(c, 6), 0);
	assert_reasons(c, "");
	assert_int_equal(pending_serial(&c->folder), 0);
	pending_finish(&p);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_replaced_letter_votes_and_the_old_one_does_not),
		cmocka_unit_test(a_replacement_is_of_the_same_household),
		cmocka_unit_test(an_added_household_votes),
		cmocka_unit_test(a_household_with_a_letter_is_not_added),
		cmocka_unit_test(a_voided_household_may_be_added_again),
		cmocka_unit_test(what_is_no_name_is_not_added),
		cmocka_unit_test(who_has_voted_keeps_the_letter),
		cmocka_unit_test(a_void_letter_is_void_for_good),
		cmocka_unit_test(changes_stay_within_the_charter),
		cmocka_unit_test(changes_end_with_the_poll),
		cmocka_unit_test(another_key_changes_nothing),
		cmocka_unit_test(a_letter_that_could_not_be_written_is_written_later),
		cmocka_unit_test(a_pending_token_that_is_not_in_the_log_is_forgotten),
		cmocka_unit_test(an_addition_has_its_reason_and_a_replacement_none),
		cmocka_unit_test(reasons_are_counted_for_the_log_s_additions_alone),
		cmocka_unit_test(a_reason_goes_with_a_change_that_is_not_in_the_log),
	};
	return cmocka_run_group_tests_name("issue change", tests, committee_begin_poll,
					   committee_end);
}
