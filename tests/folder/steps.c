/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps as a table: which are due, and when they are done with.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"
#include "folder/step_cards.h"
#include "folder/step_command.h"
#include "folder/step_table.h"

#include <yihu/file.h>

static uint64_t now_of(enum yihu_stage s)
{
	if (s < YIHU_STAGE_OPEN)
		return COMMITTEE_OPENS - 1;
	return s == YIHU_STAGE_OPEN ? COMMITTEE_OPENS + 10 : COMMITTEE_CLOSES + 10;
}

static void read_facts(struct folder_facts *x, struct committee *c, uint64_t now)
{
	assert_int_equal(folder_facts_read(x, &c->folder, now, &c->err), 0);
}

/* The ids of all steps in that state, each with a blank behind it; caller frees. */
static char *steps_in(const struct folder_facts *x, enum step_state state)
{
	struct yihu_buf ids = {0};
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	yihu_buf_fmt(&ids, "%s", "");
	for (size_t i = 0; i < n; i++)
		if (folder_step_state(&steps[i], x) == state)
			yihu_buf_fmt(&ids, "%s ", steps[i].id);
	return (char *)ids.data;
}

static void assert_in(struct committee *c, uint64_t now, enum step_state state, const char *want)
{
	struct folder_facts x;
	read_facts(&x, c, now);
	char *got = steps_in(&x, state);
	assert_string_equal(got, want);
	free(got);
	folder_facts_finish(&x);
}

static enum step_state state_of(const struct folder_facts *x, const char *id)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(steps[i].id, id) == 0)
			return folder_step_state(&steps[i], x);
	fail_msg("no step %s", id);
	return STEP_DUE;
}

static void assert_state(struct committee *c, uint64_t now, const char *id, enum step_state want)
{
	struct folder_facts x;
	read_facts(&x, c, now);
	if (state_of(&x, id) != want)
		fail_msg("%s: %s", id, step_state_name(state_of(&x, id)));
	folder_facts_finish(&x);
}

TEST(every_stage_has_its_steps)
{
	static const char *const due[] = {
		[YIHU_STAGE_DRAFTED] = "proof rehearse envelopes announce ",
		[YIHU_STAGE_ANNOUNCED] = "proof rehearse envelopes charter deal ",
		[YIHU_STAGE_DEALT] = "rehearse envelopes accept ",
		[YIHU_STAGE_CHARTERED] = "rehearse poster letters ",
		[YIHU_STAGE_ISSUED] =
			"poster shred-letters backup walklist deliver reconcile daemon ",
		[YIHU_STAGE_OPEN] = "poster shred-letters backup walklist reconcile daemon ",
		[YIHU_STAGE_ENDED] = "shred-letters backup reconcile close ",
		[YIHU_STAGE_CLOSED] = "shred-letters backup box ",
		[YIHU_STAGE_BOXED] = "shred-letters backup shuffle ",
		[YIHU_STAGE_MIXED] = "shred-letters backup open ",
		[YIHU_STAGE_OPENED] = "shred-letters backup sign sign-clerk ",
		[YIHU_STAGE_PUBLISHED] = "shred-letters results-poster audit retire ",
		[YIHU_STAGE_RETIRED] = "shred-letters audit archive ",
	};
	struct committee *c = committee_new(NULL);
	for (int s = YIHU_STAGE_DRAFTED; s <= YIHU_STAGE_RETIRED; s++) {
		committee_to(c, (enum yihu_stage)s);
		assert_in(c, now_of((enum yihu_stage)s), STEP_DUE, due[s]);
	}
	assert_in(c, now_of(YIHU_STAGE_RETIRED), STEP_WAITING, "");
	committee_free(c);
}

TEST(each_step_has_its_card)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	for (size_t i = 0; i < n; i++) {
		const struct step_card *c = step_card(steps[i].id);
		if (!c || !c->who || !c->hand || !c->time || !c->final || !c->act)
			fail_msg("%s has no card, or a part of it is missing", steps[i].id);
	}
}

/* What moved the election on stays done; what was only beside it does not come back. */
TEST(a_stage_that_is_past_is_done)
{
	struct committee *c = committee_new(NULL);
	uint64_t now = COMMITTEE_CLOSES + 10;
	committee_to(c, YIHU_STAGE_PUBLISHED);
	assert_in(c, now, STEP_DONE,
		  "setup announce charter deal accept letters deliver daemon vote close box "
		  "shuffle open sign sign-clerk publish ");
	assert_state(c, now, "walklist", STEP_NOT_NEEDED);
	assert_state(c, now, "replace", STEP_NOT_NEEDED);
	committee_free(c);
}

TEST(each_condition_waits_for_what_it_stands_on)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_OPEN);
	assert_in(c, COMMITTEE_OPENS + 10, STEP_WAITING,
		  "vote close box shuffle open sign sign-clerk publish results-poster audit "
		  "retire archive ");
	committee_to(c, YIHU_STAGE_OPENED);
	uint64_t now = COMMITTEE_CLOSES + 10;
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_state(c, now, "sign-clerk", STEP_DONE);
	assert_state(c, now, "sign", STEP_DUE);
	assert_state(c, now, "publish", STEP_WAITING);
	assert_int_equal(committee_count(c, 2, holder_sign), 0);
	assert_state(c, now, "sign", STEP_DONE);
	assert_state(c, now, "publish", STEP_DUE);
	committee_free(c);
}

TEST(what_lies_there_ends_a_step_beside)
{
	struct committee *c = committee_new(NULL);
	uint64_t now = COMMITTEE_OPENS - 1;
	struct issue_counts counts = {.delivered = 5};
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_int_equal(issue_reconcile(&c->folder, &counts, &c->err), 0);
	assert_state(c, now, "reconcile", STEP_DUE);
	counts.returned = 1;
	assert_int_equal(issue_reconcile(&c->folder, &counts, &c->err), 0);
	assert_state(c, now, "reconcile", STEP_DONE);
	assert_int_equal(issue_shred(&c->folder, 6, NULL, &c->err), 0);
	assert_state(c, now, "shred-letters", STEP_DONE);
	assert_state(c, now, "reconcile", STEP_DONE);
	counts.delivered = 4;
	assert_int_equal(issue_reconcile(&c->folder, &counts, &c->err), 0);
	assert_state(c, now, "reconcile", STEP_DUE);
	committee_free(c);
}

TEST(with_too_few_ballots_the_clerk_signs_alone)
{
	struct committee *c = committee_new(&(struct committee_options){.min_box = 5});
	uint64_t now = COMMITTEE_CLOSES + 10;
	committee_to(c, YIHU_STAGE_CLOSED);
	assert_in(c, now, STEP_DUE, "shred-letters backup sign-clerk ");
	assert_state(c, now, "box", STEP_NOT_NEEDED);
	assert_state(c, now, "sign", STEP_NOT_NEEDED);
	assert_int_equal(committee_sign(c), 0);
	assert_in(c, now, STEP_DUE, "shred-letters backup publish ");
	committee_free(c);
}

TEST(a_box_that_is_gone_comes_before_all_that_needs_it)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_OPEN);
	committee_shell(c, "mv election/box/box.db aside");
	assert_state(c, COMMITTEE_OPENS + 10, "rebuild", STEP_DUE);
	assert_state(c, COMMITTEE_OPENS + 10, "daemon", STEP_WAITING);
	assert_state(c, COMMITTEE_CLOSES, "close", STEP_WAITING);
	committee_shell(c, "mv aside election/box/box.db");
	assert_state(c, COMMITTEE_OPENS + 10, "rebuild", STEP_NOT_NEEDED);
	assert_state(c, COMMITTEE_CLOSES, "close", STEP_DUE);
	committee_free(c);
}

TEST(a_box_at_its_server_needs_no_daemon_here)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_int_equal(issue_handover(&c->folder, "https://vote.example.org", &c->err), 0);
	assert_state(c, COMMITTEE_OPENS, "handover", STEP_DONE);
	assert_state(c, COMMITTEE_OPENS, "daemon", STEP_DONE);
	assert_state(c, COMMITTEE_OPENS, "rebuild", STEP_NOT_NEEDED);
	assert_state(c, COMMITTEE_OPENS, "vote", STEP_DUE);
	committee_free(c);
}

/* Every command names the folder, and nothing is left to be filled in by braces. */
TEST(commands_are_filled_in)
{
	struct committee *c = committee_new(NULL);
	struct folder_facts x;
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	read_facts(&x, c, COMMITTEE_OPENS - 1);
	for (size_t i = 0; i < n; i++) {
		char *text = folder_step_command(steps[i].command ? steps[i].command : "", &x);
		assert_null(strchr(text, '{'));
		if (steps[i].command && steps[i].actor != STEP_HOUSEHOLD)
			assert_non_null(strstr(text, c->folder.root));
		free(text);
	}
	folder_facts_finish(&x);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_stage_has_its_steps),
		cmocka_unit_test(each_step_has_its_card),
		cmocka_unit_test(a_stage_that_is_past_is_done),
		cmocka_unit_test(each_condition_waits_for_what_it_stands_on),
		cmocka_unit_test(what_lies_there_ends_a_step_beside),
		cmocka_unit_test(with_too_few_ballots_the_clerk_signs_alone),
		cmocka_unit_test(a_box_that_is_gone_comes_before_all_that_needs_it),
		cmocka_unit_test(a_box_at_its_server_needs_no_daemon_here),
		cmocka_unit_test(commands_are_filled_in),
	};
	return cmocka_run_group_tests_name("folder steps", tests, NULL, NULL);
}
