/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read back before it is signed, and what is doubted in it.
 */
#include <stdlib.h>
#include <string.h>

#include "publish/doubts.h"
#include "publish/readback.h"
#include "test.h"

#define OPENS UINT64_C(1780272000) /* 2026-06-01 Mon 08:00 in Beijing */
#define CLOSES UINT64_C(1780358400)
#define DATES "date_begin;2026\ndate_end;2026\n"
#define APPROVAL "vote_type;approval\nballot;approval\nrule;greedy\n"

/* Three projects of 1, 2 and 5 yuan, in two categories, under these lines of META. */
static struct yihu_definition *define(const char *keys)
{
	struct yihu_buf text = {0};
	struct yihu_definition *d = NULL;
	struct yihu_error err = {0};
	bool points = strstr(keys, "vote_type;cumulative") != NULL;
	yihu_buf_fmt(&text,
		     "META\nkey;value\ndescription;Park\ncountry;c\nunit;Chengdu\ninstance;i\n"
		     "num_projects;3\nnum_votes;0\n%s"
		     "PROJECTS\nproject_id;cost;name;category\n1;1;Lamps;a\n2;2;Trees;a\n"
		     "3;5;Lift;b\nVOTES\nvoter_id;vote%s\n",
		     keys, points ? ";points" : "");
	if (yihu_definition_parse(&d, text.data, text.len, &err) != 0)
		fail_msg("%s: %s", keys, err.text);
	yihu_buf_free(&text);
	return d;
}

static struct yihu_charter *charter(void)
{
	static char origin[] = "desk.invalid/park-2026-00000000";
	struct yihu_charter *c = yihu_calloc(1, sizeof *c);
	c->origin = origin;
	c->opens = OPENS;
	c->closes = CLOSES;
	c->households = 40;
	c->max_additions = 5;
	c->max_replacements = 10;
	c->min_box = 7;
	c->n = 4;
	c->t = 2;
	c->q = 3;
	return c;
}

/* ---- doubts ---- */

static const struct {
	const char *keys, *says; /* NULL: there is no doubt */
} rows[] = {
	{DATES "budget;5\nmax_length;2\n" APPROVAL, NULL},
	{DATES
	 "budget;5\nnote;n\nnote_en;n\ndescription_zh;d\nlanguage;zh\ncurrency;CNY\nedition;1\n"
	 "subunit;s\ndistrict;d\n" APPROVAL,
	 NULL},
	/* keys that nothing reads */
	{DATES "budget;5\n最多选;3\n" APPROVAL, "“最多选;3”"},
	{DATES "budget;5\nmaxlength;3\n" APPROVAL, "maxlength"},
	{DATES "budget;5\nnotes;3\n" APPROVAL, "notes"},
	{DATES "budget;5\nrule_of_thumb;3\n" APPROVAL, "rule_of_thumb"},
	/* money */
	{DATES "budget;4.99\n" APPROVAL, "“Lift”, costs 5 yuan, and there is only 4.99 yuan"},
	{DATES "budget;0.5\n" APPROVAL, "none can be funded"},
	{DATES "budget;9\ncategories;a,b\nbudget_per_category;4,4\n" APPROVAL,
	 "there is only 4 yuan"},
	{DATES "budget;5\nthreshold;45\n" APPROVAL, NULL},
	{DATES "budget;5\nthreshold;46\n" APPROVAL, "needs 46 votes"},
	/* dates */
	{"date_begin;2026-06-01\ndate_end;02.06.2026\nbudget;5\n" APPROVAL, NULL},
	{"date_begin;2026年6月1日\ndate_end;2026/6/2\nbudget;5\n" APPROVAL, NULL},
	{"date_begin;2026年5月31日\ndate_end;2026\nbudget;5\n" APPROVAL,
	 "“2026年5月31日” as date_begin, and the poll opens Mon 2026-06-01"},
	{"date_begin;2026\ndate_end;2026-06-03\nbudget;5\n" APPROVAL, "as date_end"},
	{"date_begin;2027\ndate_end;2026\nbudget;5\n" APPROVAL, "“2027” as date_begin"},
	{"date_begin;June\ndate_end;2026\nbudget;5\n" APPROVAL, "“June” as date_begin"},
	{"date_begin;2026-13-01\ndate_end;2026\nbudget;5\n" APPROVAL, "as date_begin"},
	/* ballots */
	{DATES "budget;5\nmax_sum_cost;1\n" APPROVAL, NULL},
	{DATES "budget;5\nmax_sum_cost;0.99\n" APPROVAL, "only a blank ballot is possible: 1 of"},
	{DATES "budget;5\nmin_length;2\nmax_sum_cost;2.5\n" APPROVAL,
	 "2 of them cost at least 3 yuan"},
	{DATES "budget;5\ncategories;a,b\nmax_sum_cost_per_category;1,1\n" APPROVAL, NULL},
	{DATES "budget;5\ncategories;a,b\nmax_sum_cost_per_category;0.5,1\n" APPROVAL,
	 "only a blank ballot is possible: each costs more"},
	{DATES "budget;5\nmax_length;2\nmin_sum_cost;7\n" APPROVAL, NULL},
	{DATES "budget;5\nmax_length;2\nmin_sum_cost;7.01\n" APPROVAL, "void: 2 projects"},
	{DATES "budget;5\ncategories;a,b\nmin_length_per_category;2\n" APPROVAL,
	 "of “b” at least 2"},
	{DATES "budget;5\nmax_length;1\ncategories;a,b\nmin_length_per_category;1\n" APPROVAL,
	 "ask for 2 projects together, and 1"},
	{DATES "budget;5\nmax_length;1\nmax_points;3\nmax_sum_points;9\nmin_sum_points;3\n"
	       "vote_type;cumulative\nballot;cumulative\nrule;greedy\n",
	 NULL},
	{DATES "budget;5\nmax_length;1\nmax_points;3\nmax_sum_points;9\nmin_sum_points;4\n"
	       "vote_type;cumulative\nballot;cumulative\nrule;greedy\n",
	 "can give 3 points at most, and must give 4"},
};

TEST(what_can_hardly_be_meant_is_doubted)
{
	struct yihu_charter *c = charter();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_definition *d = define(rows[i].keys);
		struct doubts x;
		bool said = rows[i].says == NULL;
		doubts_find(&x, LANGUAGE_EN, d, c);
		if (rows[i].says == NULL && x.n > 0)
			fail_msg("%s: %s", rows[i].keys, x.at[0]);
		for (size_t k = 0; k < x.n && !said; k++)
			said = strstr(x.at[k], rows[i].says) != NULL;
		if (!said)
			fail_msg("%s: not “%s” but %zu others: %s", rows[i].keys, rows[i].says, x.n,
				 x.n > 0 ? x.at[0] : "");
		doubts_finish(&x);
		yihu_definition_free(d);
	}
	free(c);
}

/* ---- all of it ---- */

static void assert_tells(const struct yihu_buf *text, const char *const *says, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr((const char *)text->data, says[i]) == NULL)
			fail_msg("“%s” is not in: %s", says[i], (const char *)text->data);
}

TEST(all_that_is_fixed_is_told)
{
	static const char *const says[] = {
		"Park\n",
		"  1. 1 yuan  Lamps\n",
		"  3. 5 yuan  Lift\n",
		"Projects: 3; together they cost 8 yuan; the budget is 5 yuan.",
		"Each household may choose up to 2 projects.",
		"The project with most votes comes first",
		"more than half of all households take part",
		"only if at least 7 households vote",
		"From Mon 2026-06-01, 08:00 to Tue 2026-06-02, 08:00, Beijing time.",
		"At the count desk only",
		"The list has 40, with one vote each.",
		"Households added later: at most 5. Letters replaced or made void: at most 10.",
		"3 of these 4 must come",
	};
	struct yihu_definition *d = define(DATES "budget;5\nmax_length;2\nquorum;>1/2\n" APPROVAL);
	struct yihu_charter *c = charter();
	struct yihu_buf text = {0};
	readback_text(&text, LANGUAGE_EN, d, c);
	assert_tells(&text, says, sizeof says / sizeof *says);
	assert_null(strstr((const char *)text.data, "!!"));
	assert_null(strstr((const char *)text.data, "Short print"));
	yihu_buf_free(&text);
	yihu_definition_free(d);
	free(c);
}

TEST(of_a_charter_names_and_id_are_told_too)
{
	static char origin[] = "vote.example.org/park-2026-00000000";
	static const char *const says[] = {"王芳, 李强.", "On the page at vote.example.org",
					   "Short print", "!!! This is hardly meant",
					   " !! The election file has “odd;1”"};
	struct yihu_definition *d = define(DATES "budget;5\nodd;1\n" APPROVAL);
	struct yihu_charter *c = charter();
	struct yihu_buf text = {0};
	c->n = c->t = c->q = 2;
	c->origin = origin;
	c->eid[0] = 1;
	strcpy(c->holders[0].key.name, "王芳");
	strcpy(c->holders[1].key.name, "李强");
	readback_text(&text, LANGUAGE_EN, d, c);
	assert_tells(&text, says, sizeof says / sizeof *says);
	yihu_buf_free(&text);
	yihu_definition_free(d);
	free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_hardly_be_meant_is_doubted),
		cmocka_unit_test(all_that_is_fixed_is_told),
		cmocka_unit_test(of_a_charter_names_and_id_are_told_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
