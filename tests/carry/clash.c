/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stick may not bring, and what it is told.
 */
#include "sticks.h"

#include <stdlib.h>
#include <string.h>

static void assert_collects(struct committee *c, uint32_t holder, int code, const char *says)
{
	assert_int_equal(collect(c, holder, NULL), code);
	assert_says(c, says);
}

static void assert_hands_out(struct committee *c, uint32_t holder, int code, const char *says)
{
	assert_int_equal(hand_out(c, holder), code);
	assert_says(c, says);
}

/* The key of `holder` announces as `index` on the stick of `holder`. */
static int announce_as(struct committee *c, uint32_t holder, uint32_t index)
{
	struct committee at = stick_of(c, holder);
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = holder_announce(key, &at.folder, index, &c->err);
	yihu_keyfile_close(key);
	stick_finish(&at);
	return r;
}

TEST(two_holders_of_one_number_are_both_named)
{
	struct committee *c = sticks_new();
	must_hand_out(c, 1);
	must_hand_out(c, 2);
	assert_int_equal(announce_as(c, 1, 1), 0);
	assert_int_equal(announce_as(c, 2, 1), 0);
	must_collect(c, 1);
	struct yihu_buf before = committee_read(c, "ceremony/announce-1");
	assert_collects(c, 2, YIHU_EEXIST,
			"“holder-2” has announced as holder 1, which “holder-1”");
	assert_hands_out(c, 2, YIHU_EEXIST, "yihu-issue collect");
	struct yihu_buf after = committee_read(c, "ceremony/announce-1");
	assert_memory_equal(before.data, after.data, before.len);
	/* The way out that was named. */
	committee_shell(c, "rm '棒 2/ceremony/announce-1'");
	assert_int_equal(announce_as(c, 2, 2), 0);
	must_collect(c, 2);
	must_hand_out(c, 2);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(a_stick_used_twice_is_not_two_holders)
{
	struct committee *c = sticks_new();
	must_hand_out(c, 1);
	must_hand_out(c, 2);
	assert_int_equal(announce_as(c, 1, 1), 0);
	committee_shell(c, "cp keys/1.key keys/2.key");
	assert_int_equal(announce_as(c, 2, 2), 0);
	must_collect(c, 1);
	assert_collects(c, 2, YIHU_EEXIST, "this key has announced as holder 1, “holder-1”");
	assert_false(committee_has(c, "ceremony/announce-2"));
	committee_free(c);
}

TEST(two_holders_of_one_name_are_refused)
{
	struct committee *c = sticks_new();
	struct yihu_keyfile *key;
	char *path = committee_key_path(c, 2);
	must_hand_out(c, 1);
	must_hand_out(c, 2);
	assert_int_equal(announce_as(c, 1, 1), 0);
	assert_int_equal(
		yihu_keyfile_create(&key, path, YIHU_ROLE_TRUSTEE, "holder-1", NULL, &c->err), 0);
	yihu_keyfile_close(key);
	assert_int_equal(announce_as(c, 2, 2), 0);
	must_collect(c, 1);
	assert_collects(c, 2, YIHU_EKEYS, "has the name “holder-1” already");
	assert_false(committee_has(c, "ceremony/announce-2"));
	free(path);
	committee_free(c);
}

TEST(another_elections_stick_is_refused)
{
	struct committee *c = sticks_new(), *other = sticks_new();
	must_hand_out(other, 1);
	char *command = yihu_printf("cp -r '%s/棒 1' .", other->temp);
	committee_shell(c, command);
	assert_collects(c, 1, YIHU_EELECTION, "ceremony/plan is not this election's");
	assert_hands_out(c, 1, YIHU_EELECTION, "ceremony/plan is not this election's");
	committee_shell(c, "rm '棒 1/ceremony/plan'");
	assert_collects(c, 1, YIHU_ENOENT, "yihu-issue hand-out");
	free(command);
	committee_free(c);
	committee_free(other);
}

TEST(what_is_not_whole_or_not_its_holders_is_refused)
{
	struct committee *c = sticks_new();
	announce_all(c);
	for (uint32_t i = 1; i <= 2; i++) {
		must_hand_out(c, i);
		struct committee at = stick_of(c, i);
		assert_int_equal(committee_deal(&at, i), 0);
		stick_finish(&at);
	}
	committee_shell(c, "cp '棒 1/ceremony/deal-1' '棒 2/ceremony/deal-3'");
	assert_int_not_equal(collect(c, 2, NULL), 0);
	assert_says(c, "棒 2/ceremony/deal-3");
	assert_true(committee_has(c, "ceremony/deal-2"));
	assert_false(committee_has(c, "ceremony/deal-3"));
	committee_shell(c, "truncate -s -1 '棒 1/ceremony/deal-1'");
	assert_int_not_equal(collect(c, 1, NULL), 0);
	assert_false(committee_has(c, "ceremony/deal-1"));
	committee_free(c);
}

TEST(what_comes_too_early_waits)
{
	struct committee *c = sticks_new();
	announce_all(c);
	must_hand_out(c, 1);
	struct committee at = stick_of(c, 1);
	assert_int_equal(committee_deal(&at, 1), 0);
	stick_finish(&at);
	committee_shell(c, "mv election/ceremony/announce-4 kept; rm '棒 1/ceremony/announce-4'");
	assert_collects(c, 1, YIHU_ESTATE, "deal-1: it is not its turn");
	committee_shell(c, "mv kept election/ceremony/announce-4");
	must_collect(c, 1);
	committee_shell(c, "echo x >'棒 1/ceremony/charter-1'");
	assert_collects(c, 1, YIHU_ESTATE, "charter-1: it is not its turn");
	committee_shell(c, "mv '棒 1/ceremony/charter-1' '棒 1/ceremony/box-1'");
	assert_collects(c, 1, YIHU_ESTATE, "box-1: it is not its turn");
	committee_free(c);
}

TEST(a_second_deal_does_not_replace_the_first)
{
	struct committee *c = sticks_new();
	announce_all(c);
	must_hand_out(c, 1);
	struct committee at = stick_of(c, 1);
	assert_int_equal(committee_deal(&at, 1), 0);
	must_collect(c, 1);
	committee_shell(c, "rm '棒 1/ceremony/deal-1'");
	assert_int_equal(committee_deal(&at, 1), 0);
	assert_collects(c, 1, YIHU_EEXIST, "“holder-1” has dealt twice");
	stick_finish(&at);
	committee_free(c);
}

TEST(strangers_files_are_left_alone)
{
	struct committee *c = sticks_new();
	struct yihu_buf report = {0};
	must_hand_out(c, 1);
	committee_shell(c, "cd '棒 1/ceremony' && touch .Trash notes.txt announce-05 announce-9");
	assert_int_equal(collect(c, 1, &report), 0);
	const char *said = (const char *)report.data;
	assert_non_null(strstr(said, "ceremony/notes.txt"));
	assert_non_null(strstr(said, "announce-05"));
	assert_non_null(strstr(said, "announce-9"));
	assert_null(strstr(said, ".Trash"));
	yihu_buf_free(&report);
	committee_free(c);
}

/* ---- the count ---- */

static int on_stick(struct committee *c, uint32_t holder, committee_count_act *act)
{
	struct committee at = stick_of(c, holder);
	int r = committee_count(&at, holder, act);
	stick_finish(&at);
	return r;
}

static void to_boxed(struct committee *c)
{
	to_closed(c);
	for (uint32_t i = 1; i <= 3; i++) {
		must_hand_out(c, i);
		assert_int_equal(on_stick(c, i, holder_box), 0);
		must_collect(c, i);
	}
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
}

TEST(two_who_shuffle_at_once_are_both_named)
{
	struct committee *c = sticks_new();
	to_boxed(c);
	must_hand_out(c, 1);
	must_hand_out(c, 2);
	assert_int_equal(on_stick(c, 1, holder_shuffle), 0);
	assert_int_equal(on_stick(c, 2, holder_shuffle), 0);
	must_collect(c, 1);
	struct yihu_buf before = committee_read(c, "box/public/mix/1");
	assert_collects(c, 2, YIHU_EEXIST, "“holder-2” has shuffled what “holder-1” has shuffled");
	assert_hands_out(c, 2, YIHU_EEXIST, "mix/1 is not here, or differs");
	struct yihu_buf after = committee_read(c, "box/public/mix/1");
	assert_memory_equal(before.data, after.data, before.len);
	/* The way out that was named. */
	committee_shell(c, "rm '棒 2/box/public/mix/1'");
	must_hand_out(c, 2);
	assert_int_equal(on_stick(c, 2, holder_shuffle_again), 0);
	must_collect(c, 2);
	assert_int_equal(committee_state(c), YIHU_STAGE_MIXED);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(what_does_not_pass_the_audit_is_not_put)
{
	struct committee *c = sticks_new();
	to_boxed(c);
	must_hand_out(c, 1);
	assert_int_equal(on_stick(c, 1, holder_shuffle), 0);
	committee_shell(c, "printf x | dd of='棒 1/box/public/mix/1' bs=1 seek=300 conv=notrunc "
			   "status=none");
	assert_int_not_equal(collect(c, 1, NULL), 0);
	assert_says(c, "棒 1/box/public/mix/1");
	assert_false(committee_has(c, "box/public/mix/1"));
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
	committee_free(c);
}

TEST(a_line_over_another_box_is_refused)
{
	struct committee *c = sticks_new();
	to_closed(c);
	must_hand_out(c, 1);
	assert_int_equal(on_stick(c, 1, holder_box), 0);
	committee_shell(c, "cp '棒 1/ceremony/charter-1' '棒 1/ceremony/box-1'");
	assert_int_not_equal(collect(c, 1, NULL), 0);
	assert_says(c, "棒 1/ceremony/box-1");
	assert_false(committee_has(c, "ceremony/box-1"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_holders_of_one_number_are_both_named),
		cmocka_unit_test(a_stick_used_twice_is_not_two_holders),
		cmocka_unit_test(two_holders_of_one_name_are_refused),
		cmocka_unit_test(another_elections_stick_is_refused),
		cmocka_unit_test(what_is_not_whole_or_not_its_holders_is_refused),
		cmocka_unit_test(what_comes_too_early_waits),
		cmocka_unit_test(a_second_deal_does_not_replace_the_first),
		cmocka_unit_test(strangers_files_are_left_alone),
		cmocka_unit_test(two_who_shuffle_at_once_are_both_named),
		cmocka_unit_test(what_does_not_pass_the_audit_is_not_put),
		cmocka_unit_test(a_line_over_another_box_is_refused),
	};
	return cmocka_run_group_tests_name("what a stick may not bring", tests, NULL, NULL);
}
