/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole election by key holders who never meet, and what travels when.
 */
#include "sticks.h"

#include <stdlib.h>
#include <string.h>

/* The names of a stick's files, as `find` has them. */
static void assert_holds(struct committee *c, uint32_t holder, const char *below, const char *want)
{
	char *command =
		yihu_printf("(cd '棒 %u' && find %s -type f | LC_ALL=C sort | tr '\\n' ' ') "
			    ">found",
			    holder, below);
	committee_shell(c, command);
	struct yihu_buf found = committee_read(c, "../found");
	assert_string_equal((const char *)found.data, want);
	yihu_buf_free(&found);
	free(command);
}

TEST(the_ceremony_needs_ceremony_alone)
{
	struct committee *c = sticks_new();
	must_hand_out(c, 1);
	assert_holds(c, 1, ".", "./ceremony/election.pb ./ceremony/plan ");
	announce_all(c);
	must_hand_out(c, 1);
	assert_holds(c, 1, ".",
		     "./ceremony/announce-1 ./ceremony/announce-2 ./ceremony/announce-3 "
		     "./ceremony/announce-4 ./ceremony/election.pb ./ceremony/plan ");
	by_all(c, committee_deal);
	assert_int_equal(committee_charter(c), 0);
	by_all(c, committee_accept);
	assert_int_equal(committee_state(c), YIHU_STAGE_CHARTERED);
	assert_holds(c, 2, "ceremony -name 'deal-*' -o -name 'charter*'",
		     "ceremony/charter ceremony/charter-2 ceremony/deal-1 ceremony/deal-2 "
		     "ceremony/deal-3 ceremony/deal-4 ");
	committee_free(c);
}

static int sign_box(struct committee *at, uint32_t holder)
{
	return committee_count(at, holder, holder_box);
}

static int sign_results(struct committee *at, uint32_t holder)
{
	return committee_count(at, holder, holder_sign);
}

static int retire(struct committee *at, uint32_t holder)
{
	return committee_count(at, holder, committee_retire);
}

static void alone(struct committee *c, uint32_t holder, committee_count_act *act)
{
	must_hand_out(c, holder);
	struct committee at = stick_of(c, holder);
	if (committee_count(&at, holder, act) != 0)
		fail_msg("holder %u: %s", holder, at.err.text);
	stick_finish(&at);
	must_collect(c, holder);
}

TEST(a_whole_election_travels_on_sticks)
{
	struct committee *c = sticks_new();
	to_closed(c);
	by_all(c, sign_box);
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
	alone(c, 4, holder_shuffle);
	alone(c, 2, holder_shuffle);
	assert_int_equal(committee_state(c), YIHU_STAGE_MIXED);
	alone(c, 1, holder_open);
	alone(c, 3, holder_open);
	assert_int_equal(committee_state(c), YIHU_STAGE_OPENED);
	by_all(c, sign_results);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_publish(c, NULL), 0);
	by_all(c, retire);
	assert_int_equal(committee_state(c), YIHU_STAGE_RETIRED);
	committee_free(c);
}

/* One holder of the four is away: the count needs three, then two. */
TEST(who_stays_away_is_not_missed)
{
	struct committee *c = sticks_new();
	to_closed(c);
	for (uint32_t i = 2; i <= HOLDERS; i++)
		alone(c, i, holder_box);
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
	for (uint32_t i = 2; i <= 3; i++)
		alone(c, i, holder_shuffle);
	for (uint32_t i = 3; i <= HOLDERS; i++)
		alone(c, i, holder_open);
	assert_int_equal(committee_state(c), YIHU_STAGE_OPENED);
	committee_free(c);
}

TEST(collecting_again_takes_nothing)
{
	struct committee *c = sticks_new();
	struct yihu_buf report = {0};
	must_hand_out(c, 1);
	struct committee at = stick_of(c, 1);
	assert_int_equal(committee_announce(&at, 1), 0);
	assert_int_equal(collect(c, 1, &report), 0);
	assert_non_null(
		strstr((const char *)report.data, "taken: ceremony/announce-1, by “holder-1”"));
	yihu_buf_reset(&report);
	assert_int_equal(collect(c, 1, &report), 0);
	assert_int_equal(report.len, 0);
	must_hand_out(c, 1);
	must_hand_out(c, 1);
	yihu_buf_free(&report);
	stick_finish(&at);
	committee_free(c);
}

/* Cut off at any change of the disk, both calls are made again and end well. */
static int hand_out_first(void *c)
{
	return hand_out(c, 1);
}

static int collect_first(void *c)
{
	return collect(c, 1, NULL);
}

TEST(a_cut_is_made_good_by_the_next_run)
{
	int code = 0;
	bool cut = true;
	for (unsigned k = 1; cut; k = committee_next_cut(k)) {
		struct committee *c = sticks_new();
		cut = committee_cut(k, hand_out_first, c, &code);
		must_hand_out(c, 1);
		struct committee at = stick_of(c, 1);
		assert_int_equal(committee_announce(&at, 1), 0);
		cut = committee_cut(k, collect_first, c, &code) || cut;
		must_collect(c, 1);
		assert_true(committee_has(c, "ceremony/announce-1"));
		stick_finish(&at);
		committee_free(c);
	}
	assert_int_equal(code, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ceremony_needs_ceremony_alone),
		cmocka_unit_test(a_whole_election_travels_on_sticks),
		cmocka_unit_test(who_stays_away_is_not_missed),
		cmocka_unit_test(collecting_again_takes_nothing),
		cmocka_unit_test(a_cut_is_made_good_by_the_next_run),
	};
	return cmocka_run_group_tests_name("rounds on sticks", tests, NULL, NULL);
}
