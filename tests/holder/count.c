/* SPDX-License-Identifier: Apache-2.0
 *
 * Box, shuffle, open, sign, retire: what a key holder's program refuses.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

/* One election at each state; tests act on copies. */
static struct committee *at[YIHU_N_STAGES];

AROUND(make_states)
{
	static const enum yihu_stage wanted[] = {YIHU_STAGE_ENDED,  YIHU_STAGE_CLOSED,
						 YIHU_STAGE_BOXED,  YIHU_STAGE_MIXED,
						 YIHU_STAGE_OPENED, YIHU_STAGE_PUBLISHED};
	struct committee *c = committee_new(NULL);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		committee_to(c, wanted[i]);
		at[wanted[i]] = committee_copy(c);
	}
	committee_free(c);
	return 0;
}

AROUND(free_states)
{
	for (int s = 0; s < YIHU_N_STAGES; s++)
		committee_free(at[s]);
	return 0;
}

static bool same_file(struct committee *a, struct committee *b, const char *name)
{
	struct yihu_buf x = committee_read(a, name), y = committee_read(b, name);
	bool same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	yihu_buf_free(&x);
	yihu_buf_free(&y);
	return same;
}

TEST(acts_wait_for_their_turn)
{
	static const struct {
		enum yihu_stage at;
		committee_count_act *act;
		int code;
		const char *says;
	} rows[] = {
		{YIHU_STAGE_ENDED, holder_box, YIHU_ESTATE, "not closed yet"},
		{YIHU_STAGE_ENDED, holder_shuffle, YIHU_ESTATE, "not closed yet"},
		{YIHU_STAGE_ENDED, holder_open, YIHU_ESTATE, "0 of at least 2 shuffles"},
		{YIHU_STAGE_ENDED, holder_sign, YIHU_ESTATE, "not open yet"},
		{YIHU_STAGE_CLOSED, holder_shuffle, YIHU_ESTATE, "not signed yet"},
		{YIHU_STAGE_CLOSED, holder_open, YIHU_ESTATE, "0 of at least 2 shuffles"},
		{YIHU_STAGE_BOXED, holder_open, YIHU_ESTATE, "0 of at least 2 shuffles"},
		{YIHU_STAGE_BOXED, holder_sign, YIHU_ESTATE, "not open yet"},
		{YIHU_STAGE_MIXED, holder_shuffle, YIHU_EMARK, "shuffled already"},
		{YIHU_STAGE_MIXED, holder_sign, YIHU_ESTATE, "not open yet"},
		{YIHU_STAGE_MIXED, committee_retire, YIHU_ESTATE, "not complete"},
		{YIHU_STAGE_OPENED, holder_shuffle, YIHU_ESTATE, "first opening"},
		{YIHU_STAGE_OPENED, holder_open, YIHU_EEXIST, "opened already"},
		{YIHU_STAGE_OPENED, committee_retire, YIHU_ESTATE, "not complete"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = committee_copy(at[rows[i].at]);
		assert_int_equal(committee_count(c, 1, rows[i].act), rows[i].code);
		assert_non_null(strstr(c->err.text, rows[i].says));
		assert_int_equal(committee_state(c), rows[i].at);
		committee_free(c);
	}
}

TEST(one_shuffle_is_not_enough_to_open)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_BOXED]);
	assert_int_equal(committee_count(c, 2, holder_shuffle), 0);
	assert_int_equal(committee_count(c, 1, holder_open), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "1 of at least 2"));
	assert_false(committee_has(c, "box/public/open/1"));
	committee_free(c);
}

TEST(nobody_shuffles_after_the_first_opening)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_MIXED]);
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	assert_int_equal(committee_count(c, 3, holder_shuffle), YIHU_ESTATE);
	assert_false(committee_has(c, "box/public/mix/3"));
	committee_free(c);
}

TEST(a_third_holder_may_shuffle_and_open_too)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_MIXED]);
	assert_int_equal(committee_count(c, 3, holder_shuffle), 0);
	assert_int_equal(committee_count(c, 3, holder_open), 0);
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	assert_int_equal(committee_count(c, 2, holder_open), 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_OPENED);
	committee_free(c);
}

TEST(the_box_counts_with_q_signatures)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
	assert_int_equal(committee_box(c, 1), 0);
	assert_int_equal(committee_box(c, 2), 0);
	assert_false(committee_has(c, "box/public/box"));
	assert_int_equal(committee_box(c, 2), 0); /* again: harmless, and no third signature */
	assert_false(committee_has(c, "box/public/box"));
	assert_int_equal(committee_box(c, 3), 0);
	assert_true(committee_has(c, "box/public/box"));
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
	committee_free(c);
}

TEST(signing_the_box_again_changes_nothing)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_BOXED]);
	assert_int_equal(committee_box(c, 1), 0);
	assert_true(same_file(c, at[YIHU_STAGE_BOXED], "box/public/box"));
	assert_true(same_file(c, at[YIHU_STAGE_BOXED], "ceremony/box-1"));
	assert_true(same_file(c, at[YIHU_STAGE_BOXED], "../keys/1.key"));
	committee_free(c);
}

TEST(a_key_signs_one_box_ever)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
	struct yihu_keyfile *key = committee_holder(c, 1);
	key->has_box = true;
	yihu_buf_str(&key->box, "yihu-box-v1\nof another history\n");
	assert_int_equal(yihu_keyfile_save(key, &c->err), 0);
	yihu_keyfile_close(key);
	assert_int_equal(committee_box(c, 1), YIHU_EMARK);
	assert_false(committee_has(c, "ceremony/box-1"));
	committee_free(c);
}

TEST(under_another_box_a_key_neither_shuffles_nor_opens)
{
	static const enum yihu_stage states[] = {YIHU_STAGE_BOXED, YIHU_STAGE_MIXED};
	static committee_count_act *const acts[] = {holder_shuffle, holder_open};
	for (size_t i = 0; i < 2; i++) {
		struct committee *c = committee_copy(at[states[i]]);
		struct yihu_keyfile *key = committee_holder(c, 3);
		key->box.data[key->box.len - 3] ^= 1;
		assert_int_equal(yihu_keyfile_save(key, &c->err), 0);
		yihu_keyfile_close(key);
		assert_int_equal(committee_count(c, 3, acts[i]), YIHU_EMARK);
		assert_false(committee_has(c, "box/public/mix/3"));
		assert_false(committee_has(c, "box/public/open/3"));
		committee_free(c);
	}
}

/* The key file of before the box, in a folder that is further. */
static struct committee *with_old_key(enum yihu_stage state)
{
	struct committee *c = committee_copy(at[state]);
	char *copy = yihu_printf("cp '%s/keys/1.key' keys/1.key", at[YIHU_STAGE_CLOSED]->temp);
	committee_shell(c, copy);
	free(copy);
	return c;
}

TEST(an_old_copy_of_a_key_does_nothing)
{
	static committee_count_act *const acts[] = {holder_box, holder_shuffle, holder_open,
						    holder_sign, committee_retire};
	static const enum yihu_stage states[] = {YIHU_STAGE_BOXED, YIHU_STAGE_MIXED,
						 YIHU_STAGE_OPENED, YIHU_STAGE_PUBLISHED};
	for (size_t s = 0; s < 4; s++) {
		struct committee *c = with_old_key(states[s]);
		for (size_t i = 0; i < 5; i++) {
			assert_int_equal(committee_count(c, 1, acts[i]), YIHU_EMARK);
			assert_non_null(strstr(c->err.text, "old copy"));
		}
		assert_int_equal(committee_state(c), states[s]);
		committee_free(c);
	}
}

TEST(an_old_copy_sees_its_line_in_the_ceremony)
{
	struct committee *c = with_old_key(YIHU_STAGE_CLOSED);
	assert_int_equal(committee_box(c, 1), 0);
	struct yihu_buf line = committee_read(c, "ceremony/box-1");
	char *copy = yihu_printf("cp '%s/keys/1.key' keys/1.key", at[YIHU_STAGE_CLOSED]->temp);
	committee_shell(c, copy);
	assert_int_equal(committee_box(c, 1), YIHU_EMARK);
	struct yihu_keyfile *key = committee_holder(c, 1);
	assert_false(key->has_box);
	yihu_keyfile_close(key);
	yihu_buf_free(&line);
	free(copy);
	committee_free(c);
}

TEST(a_key_of_another_election_does_nothing)
{
	struct committee *other = committee_new(NULL);
	committee_to(other, YIHU_STAGE_CHARTERED);
	struct committee *c = committee_copy(at[YIHU_STAGE_MIXED]);
	committee_clock(COMMITTEE_CLOSES + 10);
	char *copy = yihu_printf("cp '%s/keys/1.key' keys/3.key", other->temp);
	committee_shell(c, copy);
	static committee_count_act *const acts[] = {holder_box, holder_shuffle, holder_open,
						    holder_sign, committee_retire};
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(committee_count(c, 3, acts[i]), YIHU_EELECTION);
	free(copy);
	committee_free(other);
	committee_free(c);
}

TEST(another_eid_fails_the_audit)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
	struct yihu_view v = {.folder = &c->folder};
	assert_int_equal(yihu_folder_eid(v.eid, &c->folder, &c->err), 0);
	v.eid[31] ^= 1;
	assert_int_equal(yihu_reach_open_public(&v.reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(&v, &c->err), YIHU_EELECTION);
	yihu_view_finish(&v);
	committee_free(c);
}

TEST(nobody_acts_on_a_folder_that_fails_the_audit)
{
	static const char *const damage[] = {
		"sed -i 's/lamps/lamqs/' election/box/public/election.pb",
		"truncate -s -1 election/box/public/register",
		"cp election/box/public/charter election/box/public/stray",
		"printf x >> election/box/public/log/tile/entries/000.p/6",
		"rm -r election/box/public/log",
		"ln -sf /dev/null election/box/public/results",
	};
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
		committee_shell(c, damage[i]);
		assert_int_not_equal(committee_box(c, 1), 0);
		assert_false(committee_has(c, "ceremony/box-1"));
		assert_true(same_file(c, at[YIHU_STAGE_CLOSED], "../keys/1.key"));
		committee_free(c);
	}
}

TEST(a_forged_mix_stops_the_next_mixer)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_BOXED]);
	assert_int_equal(committee_count(c, 1, holder_shuffle), 0);
	struct yihu_buf mix = committee_read(c, "box/public/mix/1");
	mix.data[200] ^= 1;
	committee_write(c, "box/public/mix/1", mix.data, mix.len);
	assert_int_not_equal(committee_count(c, 2, holder_shuffle), 0);
	assert_non_null(strstr(c->err.text, "mix/1"));
	assert_false(committee_has(c, "box/public/mix/2"));
	yihu_buf_free(&mix);
	committee_free(c);
}

TEST(a_retired_key_has_no_share)
{
	static const struct yihu_scalar zero;
	struct committee *c = committee_copy(at[YIHU_STAGE_PUBLISHED]);
	assert_int_equal(committee_count(c, 1, committee_retire), 0);
	struct yihu_keyfile *key = committee_holder(c, 1);
	assert_true(key->retired);
	assert_false(key->has_share || key->has_polynomial);
	assert_memory_equal(&key->share, &zero, sizeof zero);
	yihu_keyfile_close(key);
	assert_int_equal(committee_count(c, 1, committee_retire), 0); /* again */
	assert_int_equal(committee_box(c, 1), YIHU_EMARK);
	assert_int_not_equal(committee_count(c, 1, holder_open), 0);
	assert_int_equal(committee_announce(c, 1), YIHU_EMARK);
	assert_int_equal(committee_deal(c, 1), YIHU_EMARK);
	assert_int_equal(committee_accept(c, 1), YIHU_EMARK);
	committee_to(c, YIHU_STAGE_RETIRED);
	committee_free(c);
}

static struct committee *clerk_of;

static int another_result(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_keyfile *issuer = committee_issuer(clerk_of);
	yihu_view_show_text(v, YIHU_TEXT_RESULTS);
	v->audit->results_json.data[0] ^= 1;
	assert_int_equal(issue_sign(issuer, v, 0, err), YIHU_ERESULTS);
	yihu_keyfile_close(issuer);
	return holder_sign(key, v, err);
}

TEST(another_result_than_was_shown_is_not_signed)
{
	struct committee *c = clerk_of = committee_copy(at[YIHU_STAGE_OPENED]);
	committee_shell(c, "rm -f election/ceremony/results-*");
	assert_int_equal(committee_count(c, 1, another_result), YIHU_ERESULTS);
	assert_false(committee_has(c, "ceremony/results-1") ||
		     committee_has(c, "ceremony/results-issuer"));
	committee_free(c);
}

static holder_look_result *looks;

static int says_no(void *context, struct yihu_view *v, struct yihu_error *err)
{
	(void)context;
	assert_non_null(v->audit->outcome);
	return yihu_fail(err, YIHU_EUNSEEN, "nobody looks");
}

static int table(struct committee *c, uint32_t n)
{
	struct yihu_keyfile *keys[3] = {0};
	struct yihu_view v = {.folder = &c->folder};
	for (uint32_t j = 1; j <= n; j++)
		keys[j - 1] = committee_holder(c, j);
	memcpy(v.eid, keys[0]->eid, sizeof v.eid);
	int r = yihu_reach_open_public(&v.reach, &c->folder, NULL, &c->err);
	if (r == 0 && (r = yihu_view_look(&v, &c->err)) == 0)
		r = holder_table_count(keys, n, &v, looks, NULL, &c->err);
	yihu_view_finish(&v);
	for (uint32_t j = 1; j <= n; j++)
		yihu_keyfile_close(keys[j - 1]);
	return r;
}

TEST(the_table_counts_from_anywhere)
{
	static const enum yihu_stage from[] = {YIHU_STAGE_CLOSED, YIHU_STAGE_BOXED,
					       YIHU_STAGE_MIXED, YIHU_STAGE_OPENED};
	for (size_t i = 0; i < 4; i++) {
		struct committee *c = committee_copy(at[from[i]]);
		assert_int_equal(table(c, 3), 0);
		assert_int_equal(committee_state(c), YIHU_STAGE_OPENED);
		assert_true(committee_has(c, "ceremony/results-3"));
		assert_false(committee_has(c, "box/public/mix/3"));
		assert_int_equal(table(c, 3), 0);
		committee_free(c);
	}
}

TEST(a_table_signs_no_result_unseen)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
	looks = says_no;
	assert_int_equal(table(c, 3), YIHU_EUNSEEN);
	looks = NULL;
	assert_int_equal(committee_state(c), YIHU_STAGE_OPENED);
	assert_false(committee_has(c, "ceremony/results-1"));
	committee_free(c);
}

TEST(a_table_of_too_few_says_so)
{
	struct committee *c = committee_copy(at[YIHU_STAGE_CLOSED]);
	assert_int_equal(table(c, 2), YIHU_ESIGNERS);
	assert_false(committee_has(c, "box/public/box"));
	committee_free(c);
	c = committee_copy(at[YIHU_STAGE_BOXED]);
	assert_int_equal(table(c, 1), YIHU_ESTATE); /* its shuffle is there, a second lacks */
	assert_false(committee_has(c, "box/public/open/1"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acts_wait_for_their_turn),
		cmocka_unit_test(one_shuffle_is_not_enough_to_open),
		cmocka_unit_test(nobody_shuffles_after_the_first_opening),
		cmocka_unit_test(a_third_holder_may_shuffle_and_open_too),
		cmocka_unit_test(the_box_counts_with_q_signatures),
		cmocka_unit_test(signing_the_box_again_changes_nothing),
		cmocka_unit_test(a_key_signs_one_box_ever),
		cmocka_unit_test(under_another_box_a_key_neither_shuffles_nor_opens),
		cmocka_unit_test(an_old_copy_of_a_key_does_nothing),
		cmocka_unit_test(an_old_copy_sees_its_line_in_the_ceremony),
		cmocka_unit_test(a_key_of_another_election_does_nothing),
		cmocka_unit_test(another_eid_fails_the_audit),
		cmocka_unit_test(nobody_acts_on_a_folder_that_fails_the_audit),
		cmocka_unit_test(a_forged_mix_stops_the_next_mixer),
		cmocka_unit_test(a_retired_key_has_no_share),
		cmocka_unit_test(the_table_counts_from_anywhere),
		cmocka_unit_test(another_result_than_was_shown_is_not_signed),
		cmocka_unit_test(a_table_signs_no_result_unseen),
		cmocka_unit_test(a_table_of_too_few_says_so),
	};
	return cmocka_run_group_tests_name("holder count", tests, make_states, free_states);
}
