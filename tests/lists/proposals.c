/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of projects as people have them: what is read of each, what is asked, and
 * the election file that comes of it.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>

#include "files.h"
#include "lists/vote_words.h"
#include "proposed.h"
#include "test.h"

/* ---- tables ---- */

/* Reads text with a budget of 300000. answers has a letter for each question in
 * their order; NULL where they are to stay open. */
static const struct list {
	const char *text;
	const char *asks; /* what is asked, NULL: nothing */
	const char *answers;
	const char *projects; /* what comes of it */
	const char *refused;  /* instead: an error */
	const char *notes;    /* a part of what is said */
} lists[] = {
	/* columns */
	{"项目名称,金额\n甲,2000\n乙,3000\n", NULL, NULL, "甲=200000, 乙=300000", NULL, NULL},
	{"name;cost\nlamps;100\nbenches;200.50\n", NULL, NULL, "lamps=10000, benches=20050", NULL,
	 NULL},
	{"征集表,,\n序号,项目,预算（万元）\n1,甲,8.6\n2,乙,12\n", NULL, NULL,
	 "甲=8600000, 乙=12000000", NULL, "multiplied by 10000"},
	{"征集表,\n单位：万元,\n项目,费用\n甲,8.6\n乙,5000元\n", NULL, NULL,
	 "甲=8600000, 乙=500000", NULL, "2 rows above"},
	{"单位：元,\n项目,费用（万元）\n甲,8.6\n", "unit line 2, column 2 (2) ", "A", "甲=8600000",
	 NULL, NULL},
	{",预算（万元）,\n项目,总额,来源\n甲,8.6,物业\n", NULL, NULL, NULL, "no row names", NULL},
	{",预算（万元）,\n项目,金额,来源\n甲,8.6,物业\n", NULL, NULL, "甲=8600000", NULL, "来源"},
	{"项目,金额万元\n甲,8.6\n", NULL, NULL, "甲=8600000", NULL, NULL},
	{"项目,预算,金额\n甲,1,1\n", NULL, NULL, NULL, "says what an earlier column says", NULL},
	{"甲,2000\n", NULL, NULL, NULL, "no row names the columns", NULL},
	{"项目,说明\n甲,x\n", NULL, NULL, NULL, "no row names the columns", NULL},
	{"", NULL, NULL, NULL, "the table is empty", NULL},
	{"项目,金额\n", NULL, NULL, NULL, "the table has no project", NULL},
	/* units that nobody says */
	{"项目,金额\n甲,8.6\n乙,12\n", "unit line 1, column 2 (2) ", "B", "甲=8600000, 乙=12000000",
	 NULL, NULL},
	{"项目,金额\n甲,860\n乙,120\n", "unit line 1, column 2 (2) ", "A", "甲=86000, 乙=12000",
	 NULL, NULL},
	{"项目,金额\n甲,8.6\n乙,20万\n", "cost line 2, column 2 (2) ", "B",
	 "甲=8600000, 乙=20000000", NULL, NULL},
	{"项目,金额（元）\n甲,8.6\n乙,12\n", NULL, NULL, "甲=860, 乙=1200", NULL, NULL},
	{"项目,金额（万元）\n甲,86000\n乙,12\n",
	 "cost line 2, column 2 (2) dear line 2, column 2 (1) ", NULL, NULL, NULL, NULL},
	/* amounts */
	{"项目,金额（元）,户数,说明\n甲,128,000,x\n乙,120,340,y\n丙,120,34,z\n",
	 "split line 2, column 2 (1) split line 3, column 2 (1) ", "AA",
	 "甲=12800, 乙=12000, 丙=12000", NULL, NULL},
	{"项目,金额\n甲,约20万\n乙,2000\n", "cost line 2, column 2 (1) ", "A",
	 "甲=20000000, 乙=200000", NULL, NULL},
	{"项目,金额\n甲,128.000\n乙,2000\n", "cost line 2, column 2 (3) ", "B",
	 "甲=12800000, 乙=200000", NULL, NULL},
	{"项目,金额\n甲,1.28E+05\n乙,33333.333\n",
	 "cost line 2, column 2 (1) cost line 3, column 2 (2) ", "AA", "甲=12800000, 乙=3333333",
	 NULL, NULL},
	{"项目,金额\n甲,0\n乙,-500\n丙,20-30万\n丁,待定\n戊,99999999999999999\n",
	 "cost line 2, column 2 (0) cost line 3, column 2 (0) cost line 4, column 2 (0) cost line "
	 "5, column 2 (0) cost line 6, column 2 (0) ",
	 NULL, NULL, NULL, NULL},
	{"项目,金额\n甲,400000\n", "dear line 2, column 2 (1) ", "A", "甲=40000000", NULL, NULL},
	/* rows */
	{"项目,金额\n甲,2000\n项目,金额\n乙,3000\n合 计,5000\n注：以上为估算,\n,\n", NULL, NULL,
	 "甲=200000, 乙=300000", NULL, "passed over: line 5, “合 计”"},
	{"项目,金额\n甲,待定\n乙,3000\n合计,5000\n", "cost line 2, column 2 (0) ", NULL, NULL, NULL,
	 NULL},
	{"项目,金额,备注\n甲,3000,\n乙,5000,已撤回\n合计,,\n",
	 "part line 3, column 3 (2) total line 3, column 2 (1) ", "BA", "甲=300000", NULL, NULL},
	{"项目,金额,参加\n甲,2000,否\n", NULL, NULL, NULL, "the table has no project", NULL},
	{"项目,金额\n甲,3000\n乙,5000\n合计,\n", "total line 3, column 2 (1) ", "A",
	 "甲=300000, 乙=500000", NULL, NULL},
	{"项目,金额\n甲,2000\n乙,3000\n合计,6000\n", "total line 4, column 2 (1) ", "A",
	 "甲=200000, 乙=300000", NULL, NULL},
	{"序号,项目,金额\n1,甲,2000\n,小计,2000\n2,乙,3000\n3,丙,4000\n,小计,7000\n,总计,9000\n",
	 NULL, NULL, "甲=200000, 乙=300000, 丙=400000", NULL, NULL},
	{"项目,金额\n甲,2000\n小计,2000\n乙,3000\n小计,5000\n", "total line 5, column 2 (1) ", NULL,
	 NULL, NULL, NULL},
	{"项目,金额\n甲,2000\n乙,3000\n全部项目合计,5000\n", "sum line 4 (2) ", "A",
	 "甲=200000, 乙=300000", NULL, NULL},
	{"项目,金额\n甲,2000\n乙,3000\n丙,5000\n", "total line 4, column 2 (1) ", "A",
	 "甲=200000, 乙=300000, 丙=500000", NULL, NULL},
	{"项目,金额\n甲,2000\n乙,\n", "row line 3, column 2 (1) ", "A", "甲=200000", NULL, NULL},
	{"项目,金额\n甲,2000\n,3000\n", "row line 3, column 1 (1) ", NULL, NULL, NULL, NULL},
	{"项目,金额,说明\n甲,2000,x\n,,还有照明\n", "row line 3, column 1 (1) ", NULL, NULL, NULL,
	 NULL},
	{"项目,金额\n甲,2000,x\n", "beyond line 2, column 3 (1) ", "A", "甲=200000", NULL, NULL},
	{"项目,金额,参加,备注\n甲,2000,是,\n乙,3000,否,\n丙,4000,也许,\n丁,5000,,\n戊,6000,是,"
	 "撤回\n",
	 "part line 4, column 3 (2) part line 5, column 3 (2) ", "BA",
	 "甲=200000, 丁=500000, 戊=600000", NULL, "2 rows are left out"},
	{"项目,金额,备注\n甲,2000,已撤回\n乙,3000,与物业沟通\n", "part line 2, column 3 (2) ", "B",
	 "乙=300000", NULL, NULL},
	/* names */
	{"项目,金额\n甲,2000\n甲 ,2000\n", "same line 3, column 1 (1) ", "A", "甲=200000", NULL,
	 NULL},
	{"项目,金额\n甲,2000\n甲,3000\n", "same line 3, column 1 (0) ", NULL, NULL, NULL, NULL},
	{"项目,金额,参加\n甲,2000,否\n乙,2000,是\n甲,3000,是\n", "alike line 4, column 1 (2) ", "B",
	 "乙=200000", NULL, NULL},
	{"项目,金额\n楼道照明,2000\n楼道、照明。,3000\n", "alike line 3, column 1 (2) ", "A",
	 "楼道照明=200000, 楼道、照明。=300000", NULL, NULL},
	{"项目,金额\n楼道照明,2000\n楼道、照明。,3000\n", "alike line 3, column 1 (2) ", "B",
	 "楼道照明=200000", NULL, NULL},
	{"项目,金额\n3500,2000\n五万,3000\n",
	 "name line 2, column 1 (1) name line 3, column 1 (1) ", NULL, NULL, NULL, NULL},
	{"项目,金额\n甲\xef\xbf\xbd,2000\n??乙,3000\n\xe2\x80\xad丙\xe2\x80\xac,2000\n",
	 "lost line 2, column 1 (0) marks line 3, column 1 (1) lost line 4, column 1 (0) ", NULL,
	 NULL, NULL, NULL},
	{"项目,金额,参加\n甲\xef\xbf\xbd,2000,否\n乙,3000,是\n", "lost line 2, column 1 (0) ", NULL,
	 NULL, NULL, NULL},
	{"序号,项目,金额\n1,甲,2000\n3,乙,3000\n", NULL, NULL, "甲=200000, 乙=300000", NULL,
	 "numbered anew"},
};

static void check_list(const struct list *l, const struct list_answers *answers, bool answered)
{
	struct proposals p = {0};
	struct yihu_error err = {0};
	int code = proposals_read(&p, l->text, strlen(l->text), 30000000,
				  &(struct list_look){.answers = answers}, &err);
	if (l->refused) {
		if (code == 0 || !strstr(err.text, l->refused))
			fail_msg("“%s”: “%s”", l->text, code ? err.text : "taken");
		return;
	}
	if (code != 0)
		fail_msg("“%s”: %s", l->text, err.text);
	char *asks = proposed_asks(&p.asks), *projects = proposed(&p);
	const char *wanted = answered || !l->asks ? "" : l->asks;
	if (strcmp(asks, wanted) != 0)
		fail_msg("“%s” asks “%s”", l->text, asks);
	if (answered || !l->asks) {
		if (strcmp(projects, l->projects) != 0)
			fail_msg("“%s” is “%s”", l->text, projects);
		assert_true(!l->notes || strstr(yihu_buf_bytes(&p.notes), l->notes));
	} else {
		assert_int_equal(p.n, 0);
		if (l->answers) {
			struct list_answers all = proposed_answers(&p.asks, l->answers);
			check_list(l, &all, true);
			list_answers_finish(&all);
		}
	}
	free(asks);
	free(projects);
	proposals_finish(&p);
}

TEST(a_table_is_read_as_it_is_and_what_is_not_certain_is_asked)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		check_list(&lists[i], NULL, false);
}

static int read_without_budget(struct proposals *p, const char *text, struct yihu_error *err)
{
	*p = (struct proposals){0};
	return proposals_read(p, text, strlen(text), UINT64_MAX, &(struct list_look){0}, err);
}

/* 2^53 fen can be counted exactly together, less one. */
TEST(amounts_are_so_large_at_most_together)
{
	struct proposals p;
	struct yihu_error err = {0};
	assert_int_equal(
		read_without_budget(&p, "项目,金额（元）\n甲,90071992547408.91\n乙,1.00\n", &err),
		0);
	assert_int_equal(p.n, 2);
	proposals_finish(&p);
	assert_int_equal(
		read_without_budget(&p, "项目,金额（元）\n甲,90071992547408.91\n乙,1.01\n", &err),
		YIHU_ETOOBIG);
	assert_non_null(strstr(err.text, "the amounts together are too large"));
}

/* Of what stands twice it is said how: a row that is left out asks for nothing else. */
TEST(what_is_said_of_a_name_that_stands_twice)
{
	static const char *const tables[][2] = {
		{"项目,金额,参加\n甲,2000,否\n乙,2000,是\n甲,3000,是\n",
		 "a project of this name stands in line 2, and is left out there"},
		{"项目,金额\n甲,2000\n甲,3000\n",
		 "a project of this name stands in line 2; give one of them another name"},
		{"项目,金额\n楼道照明,2000\n楼道、照明。,3000\n",
		 "a project of nearly this name stands in line 2"}};
	for (size_t i = 0; i < 3; i++) {
		struct proposals p;
		struct yihu_error err = {0};
		assert_int_equal(read_without_budget(&p, tables[i][0], &err), 0);
		assert_int_equal(p.asks.n, 1);
		if (!strstr(p.asks.at[0].says, tables[i][1]))
			fail_msg("“%s” says “%s”", tables[i][0], p.asks.at[0].says);
		proposals_finish(&p);
	}
}

/* ---- the committee's own table ---- */

static const char wanted_pb[] =
	"META\nkey;value\ndescription;表决\ncountry;中国\nunit;锦绣花园\ninstance;2026\n"
	"num_projects;8\nnum_votes;0\nbudget;300000\ndate_begin;2026-06-01\ndate_end;2026-06-07\n"
	"language;zh\ncurrency;CNY\nvote_type;approval\nballot;approval\nmax_length;3\nrule;"
	"greedy\n"
	"PROJECTS\nproject_id;cost;name;description;proposer\n"
	"1;128000;加装单元门禁及可视对讲系统;全小区6个单元更换门禁，含可视对讲；旧设备拆除;物业\n"
	"2;86000;中庭儿童游乐设施更新（滑梯、沙池、软垫）;更换老化的滑梯，新做软质地面;"
	"李秀英等12户\n"
	"3;52000;老年人健身角与遮阳棚;八件低强度器材，遮阳棚两处;王建国\n"
	"4;150000;非机动车充电棚（消防喷淋、集中充电桩40个）;集中充电40个桩位；含消防喷淋和监控;"
	"物业\n"
	"5;36800;楼道照明改LED感应灯;全部楼道共144盏;张桂兰\n"
	"6;200000;1栋、2栋、3栋屋面防水维修;漏水户较多；以实际报价为准;3栋业主\n"
	"7;45000.5;垃圾分类投放点改造;加雨棚、洗手池、照明;社区\n"
	"8;29500;邻里议事厅及老年食堂桌椅;桌椅20套；空调2台;罗玉梅\n"
	"VOTES\nvoter_id;vote\n";

TEST(a_committees_table_is_an_election_file_after_one_answer)
{
	static const char *const names[] = {"projects.csv", "projects.xlsx"};
	const struct vote_words words = {.title = "表决",
					 .community = "锦绣花园",
					 .budget = "30万",
					 .choose_up_to = {true, 3},
					 .winners = "most-votes"};
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf file = data_file(names[i]), text = {0}, adopted = {0};
		struct proposals p = {0};
		assert_int_equal(proposals_read(&p, file.data, file.len, 30000000, NULL, NULL), 0);
		assert_int_equal(p.asks.n_open, 1);
		struct list_answers all = proposed_answers(&p.asks, "A");
		proposals_finish(&p);
		assert_int_equal(proposals_read(&p, file.data, file.len, 30000000,
						&(struct list_look){.answers = &all}, NULL),
				 0);
		vote_words_write(&text, &words, &p, "2026-06-01", "2026-06-07");
		assert_string_equal(yihu_buf_bytes(&text), wanted_pb);
		assert_int_equal(yihu_definition_adopt(&adopted, NULL, text.data, text.len, NULL),
				 0);
		assert_string_equal(yihu_buf_bytes(&adopted), wanted_pb);
		list_answers_finish(&all);
		proposals_finish(&p);
		yihu_buf_free(&file);
		yihu_buf_free(&text);
		yihu_buf_free(&adopted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_read_as_it_is_and_what_is_not_certain_is_asked),
		cmocka_unit_test(amounts_are_so_large_at_most_together),
		cmocka_unit_test(what_is_said_of_a_name_that_stands_twice),
		cmocka_unit_test(a_committees_table_is_an_election_file_after_one_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
