/* SPDX-License-Identifier: Apache-2.0
 *
 * Replace, add, void.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

static struct committee *begin(void)
{
	committee_clock(COMMITTEE_OPENS + 100);
	return committee_copy(committee_base);
}

static int change(struct committee *c, uint32_t old_serial, const char *household, bool fresh)
{
	uint32_t serial = 0;
	const struct issue_change x = {
		.old_serial = old_serial, .household = household, .fresh = fresh};
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
	};
	return cmocka_run_group_tests_name("issue change", tests, committee_begin_poll,
					   committee_end);
}
