/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose letter is meant, what became of it, and the letters of a building.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

#include "folder/rolls.h"
#include "issue/buildings.h"
#include "issue/find.h"

static const char *const both[] = {"王芳", "李强"};
static struct yihu_view v;

/* Households 2-101, 3-201, 1-301, 2-401, 3-501, 1-601, of Mr "1" to "6". */
static struct committee *begin(void)
{
	committee_clock(COMMITTEE_OPENS + 100);
	return committee_copy(committee_base);
}

static void look(struct committee *c)
{
	v = (struct yihu_view){.folder = &c->folder};
	assert_int_equal(yihu_folder_eid(v.eid, &c->folder, &c->err), 0);
	assert_int_equal(yihu_reach_open(&v.reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(&v, &c->err), 0);
}

static struct issue_found find(struct committee *c, const char *words)
{
	struct issue_found found;
	look(c);
	assert_int_equal(issue_find(&found, &v, words, &c->err), 0);
	yihu_view_finish(&v);
	return found;
}

static uint32_t serial_of(struct committee *c, const char *household)
{
	struct yihu_buf rolls = {0};
	struct roll_line line;
	uint32_t serial = 0;
	assert_int_equal(rolls_read(&rolls, &c->folder, &c->err), 0);
	struct yihu_lines lines = yihu_lines(rolls.data, rolls.len);
	while (serial == 0 && roll_next(&lines, &line))
		if (yihu_span_is(line.label, household))
			serial = line.serial;
	yihu_buf_free(&rolls);
	return serial;
}

static int change(struct committee *c, uint32_t old, const char *household, bool fresh,
		  const char *why)
{
	uint32_t serial = 0;
	const struct given_reason divided = {.why = ADDED_DIVIDED};
	const struct issue_change x = {.old_serial = old,
				       .household = household,
				       .reason = &divided,
				       .why = why,
				       .by = both,
				       .n_by = 2,
				       .fresh = fresh};
	return committee_change(c, &x, &serial);
}

static void assert_first(struct committee *c, const char *words, enum issue_found_how how, size_t n,
			 const char *household)
{
	struct issue_found found = find(c, words);
	if (found.n != n || (n > 0 && found.at[0].how != how) ||
	    (n > 0 && strcmp(found.at[0].household, household) != 0))
		fail_msg("%s: %zu found, the first %s, %s", words, found.n,
			 n > 0 && found.n > 0 ? found.at[0].household : "none",
			 found.n > 0 ? issue_found_how_name(found.at[0].how) : "");
	issue_found_finish(&found);
}

TEST(a_household_is_found_in_any_spelling)
{
	struct committee *c = begin();
	char number[16];
	assert_first(c, "2-401", ISSUE_FOUND_SAME, 1, "2-401");
	assert_first(c, "２－４０１", ISSUE_FOUND_SAME, 1, "2-401");
	assert_first(c, "二栋401室", ISSUE_FOUND_ALIKE, 1, "2-401");
	assert_first(c, "401", ISSUE_FOUND_END, 1, "2-401");
	assert_first(c, "Mr \"6", ISSUE_FOUND_NAME, 1, "1-601");
	assert_first(c, "Mr", ISSUE_FOUND_NAME, 6, "2-101"); /* in the list's order */
	assert_first(c, "3-", ISSUE_FOUND_PART, 2, "3-201");
	assert_first(c, "9-901", ISSUE_FOUND_PART, 0, NULL);
	snprintf(number, sizeof number, "%04u", serial_of(c, "3-501"));
	assert_first(c, number, ISSUE_FOUND_NUMBER, 1, "3-501");
	committee_free(c);
}

TEST(what_became_of_a_letter_is_said)
{
	struct committee *c = begin();
	struct issue_found found = find(c, NULL);
	assert_int_equal(found.n, 0);
	issue_found_finish(&found);
	assert_int_equal(change(c, 5, NULL, true, "lost"), 0);
	assert_int_equal(change(c, 6, NULL, false, "moved to Beijing"), 0);
	assert_int_equal(change(c, 0, "9-901", true, NULL), 0);
	found = find(c, NULL);
	assert_int_equal(found.n, 4); /* 5, 7 in its place, 6, and 8 */
	for (size_t i = 0; i < found.n; i++) {
		const struct issue_found_letter *l = &found.at[i];
		assert_int_equal(l->voided, l->serial < 7);
		assert_int_equal(l->added, l->serial == 8);
		assert_int_equal(l->replaced_by, l->serial == 5 ? 7 : 0);
		assert_int_equal(l->replaces, l->serial == 7 ? 5 : 0);
		assert_int_equal(l->ended != NULL, l->serial < 7);
		assert_int_equal(l->made != NULL, l->serial == 8);
		if (l->ended)
			assert_int_equal(l->ended->reason.why,
					 l->serial == 5 ? CHANGED_LOST : CHANGED_OTHER);
		if (l->ended || l->made)
			assert_int_equal((l->ended ? l->ended : l->made)->n_by, 2);
	}
	issue_found_finish(&found);
	found = find(c, "1");
	assert_true(found.n > 0 && found.at[0].how == ISSUE_FOUND_NUMBER && found.at[0].voted);
	issue_found_finish(&found);
	committee_free(c);
}

TEST(a_change_that_is_refused_leaves_no_reason)
{
	struct committee *c = begin();
	assert_int_equal(change(c, 1, NULL, true, "lost"), YIHU_EVOTED);
	assert_int_equal(change(c, 1, NULL, false, "lost"), YIHU_EVOTED);
	assert_false(committee_has(c, "paper/changes"));
	committee_free(c);
}

/* ---- a building at a time ---- */

static const struct issue_building *building(const struct issue_buildings *b, const char *name)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->at[i].name, name) == 0)
			return &b->at[i];
	fail_msg("no building %s", name);
	return NULL;
}

static struct issue_buildings buildings(struct committee *c)
{
	struct issue_buildings b;
	look(c);
	assert_int_equal(issue_buildings_read(&b, &v, &c->err), 0);
	yihu_view_finish(&v);
	return b;
}

TEST(letters_are_counted_a_building_at_a_time)
{
	struct committee *c = begin();
	assert_int_equal(change(c, 0, "9-901", true, NULL), 0);
	uint32_t free_letter = 5; /* 1 to 4 have voted */
	assert_int_equal(change(c, free_letter, NULL, true, "lost"), 0);
	struct issue_buildings b = buildings(c);
	assert_int_equal(b.n, 4);
	assert_string_equal(b.at[0].name, "2"); /* as the list has them */
	assert_string_equal(b.at[3].name, ISSUE_NO_BUILDING);
	uint32_t printed = 0, ended = 0;
	for (size_t i = 0; i < b.n; i++) {
		printed += b.at[i].printed;
		ended += b.at[i].ended;
		assert_false(b.at[i].counted);
	}
	assert_int_equal(printed, 8);
	assert_int_equal(ended, 1);
	assert_int_equal(issue_building_count(&b, &c->folder, "2=1/0", &c->err), 0);
	assert_int_equal(issue_building_count(&b, &c->folder, "-=0/1", &c->err), 0);
	assert_int_equal(issue_building_difference(building(&b, "-")), 0);
	issue_buildings_finish(&b);
	b = buildings(c);
	const struct issue_building *two = building(&b, "2");
	assert_true(two->counted && two->delivered == 1 && two->returned == 0);
	assert_int_equal(issue_building_difference(two), (int)two->printed - (int)two->ended - 1);
	assert_false(building(&b, "3")->counted);
	issue_buildings_finish(&b);
	committee_free(c);
}

TEST(what_is_no_count_of_a_building_is_refused)
{
	static const char *const bad[] = {"2",    "2=",    "2=1",  "2=1/",
					  "2=/1", "2=x/1", "=1/1", "8=1/1"};
	struct committee *c = begin();
	struct issue_buildings b = buildings(c);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (issue_building_count(&b, &c->folder, bad[i], &c->err) != YIHU_EARG)
			fail_msg("“%s” is taken", bad[i]);
	assert_false(committee_has(c, "paper/record"));
	issue_buildings_finish(&b);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_household_is_found_in_any_spelling),
		cmocka_unit_test(what_became_of_a_letter_is_said),
		cmocka_unit_test(a_change_that_is_refused_leaves_no_reason),
		cmocka_unit_test(letters_are_counted_a_building_at_a_time),
		cmocka_unit_test(what_is_no_count_of_a_building_is_refused),
	};
	return cmocka_run_group_tests_name("issue find", tests, committee_begin_poll,
					   committee_end);
}
