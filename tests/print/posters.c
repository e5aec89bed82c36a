/* SPDX-License-Identifier: Apache-2.0
 *
 * Posters of made-up results, to be looked at and read back: NAME-a4.pdf and
 * NAME-a3.pdf into a folder, for all rows below or those that are named.
 * usage: posters DIR [NAME]...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "../publish/sample.h"
#include "print/paper.h"
#include "print/result.h"
#include "test.h"

static const char *const zh_names[] = {"口袋公园长椅", "楼道照明更换", "树木补种", "非机动车停车棚",
				       "社区食堂无障碍坡道与扶手"};
static const char *const en_names[] = {"Benches for the pocket park", "New stairwell lamps",
				       "Replanted trees", "Bicycle shed",
				       "Ramp and handrails for the canteen"};
static const char long_zh[] =
	"小区东门至社区活动室之间人行道路面翻新、路缘石降低、盲道修复与夜间照明改造，"
	"并在沿线增设三处带靠背和扶手的休息座椅（含两年养护）";
static const char long_en[] = "Resurfacing of the footpath between the east gate and the community "
			      "hall, lowered kerbs, tactile paving and lighting at night, with "
			      "three resting places along the way, kept up for two years";

/* Forty characters, as projects of a district's list are called. */
static const char *const forty_zh[] = {
	"一至六号楼楼道声控照明灯具及线路更换（含应急照明和疏散指示标志）并清理楼道杂物工程",
	"中心花园东侧儿童活动场地塑胶地面翻新与四组健身器材更换并加装遮阳棚及休息座椅工程",
	"地下车库出入口道闸与车牌识别系统更新并增设电动自行车集中充电棚及消防喷淋设施项目",
	"北门至社区卫生服务站人行道无障碍坡道改造、盲道修复及雨水口清淤疏通和井盖更换工程"};
static const char *const forty_en[] = {"Stairwell lamps and wiring of buildings 1–6",
				       "Rubber ground and four machines for the playground",
				       "Gate, number plate reader and bicycle chargers",
				       "Step-free footpath from the north gate to the clinic"};

/* Who is funded: the first third, all, or none; forty: all names are of 40 signs. */
enum winners { THIRD, ALL, NONE };
struct row {
	const char *name;
	size_t n;
	enum language language;
	bool opened, long_names, desk_only, consent, answered, long_answer, forty, changed;
	enum winners winners;
};
static const struct row rows[] = {
	{"1-zh", 1, LANGUAGE_ZH_CN, .opened = true, .changed = true},
	{"1-en", 1, LANGUAGE_EN, .opened = true},
	{"8-zh", 8, LANGUAGE_ZH_CN, .opened = true},
	{"8-en", 8, LANGUAGE_EN, .opened = true},
	{"8-long-zh", 8, LANGUAGE_ZH_CN, .opened = true, .long_names = true},
	{"8-long-en", 8, LANGUAGE_EN, .opened = true, .long_names = true},
	{"8-forty-zh", 8, LANGUAGE_ZH_CN, .opened = true, .forty = true, .answered = true},
	{"8-forty-en", 8, LANGUAGE_EN, .opened = true, .forty = true, .answered = true},
	{"8-all-zh", 8, LANGUAGE_ZH_CN, .opened = true, .forty = true, .winners = ALL},
	{"8-all-en", 8, LANGUAGE_EN, .opened = true, .forty = true, .winners = ALL},
	{"8-none-zh", 8, LANGUAGE_ZH_CN, .opened = true, .forty = true, .winners = NONE},
	{"8-none-en", 8, LANGUAGE_EN, .opened = true, .forty = true, .winners = NONE},
	{"30-zh", 30, LANGUAGE_ZH_CN, .opened = true},
	{"30-en", 30, LANGUAGE_EN, .opened = true},
	{"100-zh", 100, LANGUAGE_ZH_CN, .opened = true},
	{"100-en", 100, LANGUAGE_EN, .opened = true},
	{"100-long-zh", 100, LANGUAGE_ZH_CN, .opened = true, .long_names = true},
	{"shut-zh", 8, LANGUAGE_ZH_CN, .opened = false},
	{"consent-zh", 8, LANGUAGE_ZH_CN, .opened = true, .consent = true, .answered = true},
	{"consent-en", 8, LANGUAGE_EN, .opened = true, .consent = true, .answered = true},
	{"answer-zh", 1, LANGUAGE_ZH_CN, .opened = true, .answered = true, .long_answer = true},
	{"desk-zh", 8, LANGUAGE_ZH_CN, .opened = true, .desk_only = true},
	{"desk-en", 8, LANGUAGE_EN, .opened = true, .desk_only = true},
};

static const char *title(size_t i, const struct row *row, bool english)
{
	size_t n = sizeof zh_names / sizeof *zh_names;
	if (row->forty)
		return english ? forty_en[i % 4] : forty_zh[i % 4];
	if (row->long_names && i % 3 == 1)
		return english ? long_en : long_zh;
	return english ? en_names[i % n] : zh_names[i % n];
}

static size_t n_funded(const struct row *row)
{
	return row->winners == NONE ? 0 : row->winners == ALL ? row->n : (row->n + 2) / 3;
}

/* Project i of n, in order of votes; the first of them are funded. */
static json_t *project(const json_t *like, size_t i, const struct row *row)
{
	json_t *p = json_deep_copy(like);
	bool funded = i < n_funded(row);
	char *id = yihu_printf("p%zu", i + 1);
	char *zh = row->forty ? yihu_strdup(title(i, row, false))
			      : yihu_printf("%s 第%zu号", title(i, row, false), i + 1);
	char *en = row->forty ? yihu_strdup(title(i, row, true))
			      : yihu_printf("%s no. %zu", title(i, row, true), i + 1);
	json_int_t votes = 231 - (json_int_t)(i * 200 / row->n);
	json_int_t cost = 1250000 + (json_int_t)i * 75050;
	if (row->forty)
		cost = 3680000 + (json_int_t)(i * i) * 75050;
	json_object_set_new(p, "id", json_string(id));
	json_object_set_new(p, "name", json_string(zh));
	json_object_set_new(p, "name_en", json_string(en));
	json_object_set_new(p, "cost", json_integer(cost));
	if (row->opened) {
		json_object_set_new(p, "votes", json_integer(votes));
		json_object_set_new(p, "agree", json_integer(votes));
		json_object_set_new(p, "against", json_integer(row->consent ? 240 - votes : 0));
		json_object_set_new(p, "abstain", json_integer(row->consent ? 0 : 240 - votes));
		json_object_set_new(p, "place", json_integer((json_int_t)i + 1));
		json_object_set_new(p, "ordered_by", i == 3 ? json_string("lot") : json_null());
		json_object_set_new(p, "left_before", json_integer(funded ? 9000000 : 412300));
		json_object_set_new(p, "verdict", json_string(funded ? "funded" : "too-dear"));
	}
	if (row->opened && row->consent) {
		json_object_set_new(
			p, "support",
			json_pack("{s:I,s:i,s:b}", "have", votes, "of", 262, "met", funded));
		if (!funded)
			json_object_set_new(p, "verdict", json_string("below-support"));
	}
	free(id);
	free(zh);
	free(en);
	return p;
}

static void set_figures(json_t *root, const struct row *row)
{
	json_object_set_new(root, "title", json_string("积善社区 2025 年保障资金项目"));
	json_object_set_new(root, "entitled", json_integer(300));
	json_object_set_new(root, "cast", json_integer(262));
	json_object_set_new(root, "additions", json_integer(row->changed ? 2 : 0));
	json_object_set_new(root, "replacements", json_integer(row->changed ? 5 : 0));
	json_object_set_new(root, "voids", json_integer(row->changed ? 1 : 0));
	json_object_set_new(root, "budget", json_integer(50000000));
	json_object_set_new(root, "spent", json_integer(row->opened ? 37625000 : 0));
	json_object_set_new(root, "quorum",
			    json_pack("{s:s,s:i,s:i,s:b}", "rule", ">=2/3", "have", 262, "of", 300,
				      "met", true));
	if (row->opened) {
		json_object_set_new(root, "valid", json_integer(260));
		json_object_set_new(root, "void", json_integer(2));
	}
	if (row->consent) {
		json_object_set_new(root, "ballot", json_string("consent"));
		json_object_set_new(root, "rule", json_string("majority"));
		json_object_set_new(root, "support",
				    json_pack("{s:s,s:s}", "rule", ">1/2", "of", "cast"));
	}
}

static json_t *results(const struct row *row)
{
	json_t *root = row->opened ? sample_opened() : sample_not_opened();
	json_t *like = json_deep_copy(sample_project(root, 0));
	json_t *projects = json_array(), *funded = json_array(), *order = json_array();
	for (size_t i = 0; i < row->n; i++) {
		json_t *p = project(like, i, row), *id = json_object_get(p, "id");
		json_array_append_new(projects, p);
		if (row->opened)
			json_array_append(order, id);
		if (row->opened && i < n_funded(row))
			json_array_append(funded, id);
	}
	json_object_set_new(root, "projects", projects);
	json_object_set_new(root, "funded", funded);
	json_object_set_new(root, "order", order);
	json_object_set_new(root, "ties", json_array());
	set_figures(root, row);
	json_decref(like);
	return root;
}

static const char answers[] =
	"0231 号住户反映信件已被使用。经查，该户于 6 月 3 日在投票台由家人投票，住户已确认。\n\n"
	"The desk was closed for an hour on Monday.\nIt was open an hour longer on Tuesday.\n\n"
	"0017 号信件寄错楼栋，已作废并补发。\n";

/* Three answers; the first longer than a sheet when that is asked for. */
static void take_answers(struct yihu_complaints *c, const struct row *row)
{
	struct yihu_buf text = {0};
	struct yihu_error err;
	for (size_t i = 0; row->long_answer && i < 300; i++)
		yihu_buf_str(&text, "逐户核实，");
	yihu_buf_str(&text, answers);
	if (yihu_complaints_take_answers(c, text.data, text.len, &err) != 0)
		fail_msg("%s", err.text);
	yihu_buf_free(&text);
}

static void print(const char *dir, const struct row *row, double scale, const char *size)
{
	struct yihu_error err = {0};
	struct published r;
	struct pdf to;
	json_t *root = results(row);
	char *json = json_dumps(root, JSON_COMPACT);
	char *path = yihu_printf("%s/%s-%s.pdf", dir, row->name, size);
	struct yihu_complaints complaints = {.made = row->answered, .filed = 4};
	bool zh = row->language == LANGUAGE_ZH_CN;
	if (yihu_published_read(&r, json, strlen(json), &err) != 0)
		fail_msg("%s", err.text);
	if (row->answered)
		take_answers(&complaints, row);
	const struct result_paper paper = {
		.results = &r,
		.complaints = &complaints,
		.language = row->language,
		.title = zh ? r.title : "Community fund 2025 of Jishan",
		.community = zh ? "成都市龙泉驿区积善社区" : "Jishan",
		.url = row->desk_only ? NULL : "https://vote.example.org/site/results.html",
		.sender = row->answered
				  ? (struct sender){"积善社区居委会", "028-84840000", "积善路 1 号"}
				  : (struct sender){0},
		.added = row->changed ? "名单漏登 1 户、其他原因 1 户" : NULL,
		.holders = row->opened ? "王芳、李强、张敏" : ""};
	int code = pdf_open(&to, path, 210 * scale, 297 * scale, "test", 1800000000, &err);
	to.says = (struct pdf_says){.language = words_tag(row->language)};
	if (code == 0)
		code = result_print(&to, &paper, scale, &err);
	if (code == 0)
		code = pdf_end(&to, &err);
	if (code != 0)
		fail_msg("%s: %s", path, err.text);
	pdf_finish(&to);
	yihu_complaints_free(&complaints);
	yihu_published_free(&r);
	free(path);
	free(json);
	json_decref(root);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool wanted = argc == 2;
		for (int k = 2; k < argc; k++)
			wanted = wanted || strcmp(argv[k], rows[i].name) == 0;
		if (wanted) {
			print(argv[1], &rows[i], 1, "a4");
			print(argv[1], &rows[i], POSTER_A3_SCALE, "a3");
		}
	}
	return 0;
}
