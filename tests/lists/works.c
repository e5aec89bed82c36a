/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of projects, by chance (works.h).
 */
#include "works_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "test.h"

static uint64_t seed = 1;
struct work works[WORKS_MAX];
size_t n_works;
bool works_in_wan;

struct works_cells t;

void works_seed(uint64_t s)
{
	seed = s ? s : 1;
}

bool works_one_in(uint32_t n)
{
	return chance(&seed, n) == 0;
}

static const char *one_of(const char *const *words, uint32_t n)
{
	return words[chance(&seed, n)];
}
#define ONE_OF(words) one_of(words, sizeof(words) / sizeof *(words))

/* ---- what is meant ---- */

static void plain(char out[static 96], uint64_t fen)
{
	if (fen % 100 == 0)
		snprintf(out, 96, "%llu", (unsigned long long)fen / 100);
	else
		snprintf(out, 96, "%llu.%02llu", (unsigned long long)fen / 100,
			 (unsigned long long)fen % 100);
}

static void make_works(void)
{
	static const char *const where[] = {"东门", "西门", "中庭", "1栋", "地下车库", "活动室"};
	static const char *const what[] = {"照明",   "门禁（含对讲）", "长椅、遮阳棚",
					   "充电棚", "坡道",           "LED 灯 40 个"};
	static const char *const texts[] = {"", "更换旧的", "共40个；含消防", "A, B 两处",
					    "“新”的"};
	static const char *const kinds[] = {"", "安全", "绿化"};
	n_works = 4 + chance(&seed, 6);
	works_in_wan = works_one_in(4);
	for (size_t i = 0; i < n_works; i++) {
		struct work *w = &works[i];
		*w = (struct work){.in = true, .twin = -1};
		snprintf(w->cell[W_NAME], 96, "%s%s%zu期", where[i % 6], ONE_OF(what), i / 6 + 1);
		snprintf(w->cell[W_NUMBER], 96, "%zu", i + 1);
		snprintf(w->cell[W_TEXT], 96, "%s", ONE_OF(texts));
		snprintf(w->cell[W_KIND], 96, "%s", ONE_OF(kinds));
		snprintf(w->cell[W_PLACE], 96, "%s", works_one_in(2) ? ONE_OF(where) : "");
		snprintf(w->cell[W_PHONE], 96, "100%08zu", i * 7);
		w->fen = (uint64_t)(12 + chance(&seed, 280)) * 100000;
		if (works_one_in(4))
			w->fen += 1000 * chance(&seed, 100) + (works_one_in(3) ? 50 : 0);
		plain(w->cell[W_COST], w->fen);
	}
	if (works_one_in(8))
		works[chance(&seed, (uint32_t)n_works)].fen += WORKS_BUDGET;
	for (size_t i = 0; i < n_works; i++)
		plain(works[i].cell[W_COST], works[i].fen);
}

/* ---- how it is written ---- */

static const char *const heads[N_W][4] = {
	{"序号", "编号", "No.", "序号"},          {"项目名称", "项目", "名称", "提案名称"},
	{"金额", "预算金额", "费用", "所需资金"}, {"说明", "内容", "项目简介", "建设内容"},
	{"地点", "位置", "实施地点", "地点"},     {"类别", "分类", "项目类型", "類別"},
	{"备注", "状态", "备注", "備註"},         {"联系电话", "电话", "联系方式", "数量"}};

static void put(uint32_t line, size_t column, const char *text)
{
	assert_true(line < LINES && column < WIDE);
	snprintf(t.cell[line][column], sizeof t.cell[line][column], "%s", text);
}

/* As somebody writes it; true: a number, which a spreadsheet has as one. */
static bool spell_cost(char out[static 160], const struct work *w)
{
	if (works_in_wan && !works_one_in(5)) {
		works_as_wan(out, w->fen, "");
		return works_one_in(2);
	}
	switch (chance(&seed, works_in_wan ? 4 : 8)) {
	case 0:
		works_as_wan(out, w->fen, works_one_in(2) ? "万" : "万元");
		return false;
	case 1:
		snprintf(out, 160, "%s元", w->cell[W_COST]);
		return false;
	case 2:
		strcpy(out, works_one_in(2) ? "¥" : "");
		works_grouped(out + strlen(out), w->fen);
		strcat(out, "元");
		return false;
	case 3:
		snprintf(out, 160, "人民币 %s 元整", w->cell[W_COST]);
		return false;
	case 4:
		works_grouped(out, w->fen);
		return false;
	case 5:
		works_wide_digits(out, w->cell[W_COST]);
		return false;
	default:
		snprintf(out, 160, "%s", w->cell[W_COST]);
		return works_one_in(2);
	}
}

static void choose_columns(void)
{
	static const size_t may[] = {W_TEXT, W_PLACE, W_KIND, W_NOTE, W_PHONE};
	size_t n = 0;
	if (works_one_in(2))
		t.columns[n++] = W_NUMBER;
	t.columns[n++] = W_NAME;
	if (works_one_in(3))
		t.columns[n++] = W_TEXT;
	t.columns[n++] = W_COST;
	for (size_t i = 0; i < 5; i++) {
		bool has = false;
		for (size_t k = 0; k < n; k++)
			has |= t.columns[k] == may[i];
		if (!has && (may[i] == W_NOTE || works_one_in(2)))
			t.columns[n++] = may[i];
	}
	t.n_columns = n;
}

static size_t column_of(size_t meaning)
{
	for (size_t c = 0; c < t.n_columns; c++)
		if (t.columns[c] == meaning)
			return c;
	return SIZE_MAX;
}

/* The unit stands in the column's name, above the table, or nowhere. */
static void write_heads(void)
{
	uint32_t where = chance(&seed, 5);
	if (works_one_in(2))
		put(t.n++, 0, "2027年公共收益项目征集表");
	t.unit_said = where < 4;
	if (where == 3)
		put(t.n++, t.n_columns - 1, works_in_wan ? "单位：万元" : "单位：元");
	for (size_t c = 0; c < t.n_columns; c++) {
		char head[160];
		snprintf(head, sizeof head, "%s%s", heads[t.columns[c]][chance(&seed, 4)],
			 t.columns[c] != W_COST || where >= 3 ? ""
			 : where == 0 ? (works_in_wan ? "（万元）" : "（元）")
			 : where == 1 ? (works_in_wan ? "(万元)*" : "(元)*")
				      : (works_in_wan ? "/万元" : "/元"));
		put(t.n, c, head);
	}
	t.first = ++t.n;
}

static void write_work(struct work *w)
{
	for (size_t c = 0; c < t.n_columns; c++) {
		size_t meaning = t.columns[c];
		char cost[160];
		if (meaning == W_COST)
			t.number[t.n][c] = spell_cost(cost, w);
		if (meaning == W_COST)
			strcpy(w->written, cost);
		put(t.n, c, meaning == W_COST ? cost : w->cell[meaning]);
	}
	t.is[t.n] = LINE_WORK;
	w->line = ++t.n;
}

static uint64_t sum_of(size_t begin, size_t end)
{
	uint64_t sum = 0;
	for (size_t i = begin; i < end; i++)
		sum += works[i].fen;
	return sum;
}

static void write_sum(const char *name, uint64_t fen)
{
	char text[160];
	put(t.n, works_one_in(2) ? 0 : column_of(W_NAME), name);
	if (works_in_wan)
		works_as_wan(text, fen, t.unit_said ? "" : "万");
	else
		works_grouped(text, fen);
	put(t.n, column_of(W_COST), works_one_in(5) ? "" : text);
	t.is[t.n++] = LINE_SUM;
}

/* ---- spoiling ---- */

static struct work *any_work(void)
{
	return &works[chance(&seed, (uint32_t)n_works)];
}

static void spoil(size_t meaning, const char *text)
{
	uint32_t line = any_work()->line - 1;
	size_t c = column_of(meaning);
	put(line, c, text);
	t.number[line][c] = false;
}

/* Cells from one on move to the left, and what stood there is gone. */
static void shift_left(void)
{
	uint32_t line = any_work()->line - 1;
	for (size_t c = column_of(works_one_in(2) ? W_NAME : W_COST); c + 1 < WIDE; c++) {
		memcpy(t.cell[line][c], t.cell[line][c + 1], sizeof *t.cell[line]);
		t.number[line][c] = t.number[line][c + 1];
	}
}

/* A cell was put in, and all behind it moved; or a comma within an amount parted it. */
static void shift_right(void)
{
	uint32_t line = any_work()->line - 1;
	size_t at = column_of(W_COST);
	char *cost = t.cell[line][at];
	char *comma = strchr(cost, ',');
	for (size_t c = WIDE - 1; c > at; c--) {
		memcpy(t.cell[line][c], t.cell[line][c - 1], sizeof *t.cell[line]);
		t.number[line][c] = t.number[line][c - 1];
	}
	if (comma) {
		memmove(t.cell[line][at + 1], t.cell[line][at] + (comma - cost) + 1, strlen(comma));
		*comma = '\0';
	} else {
		cost[0] = '\0';
	}
}

/* The amounts below one that was taken out move up. */
static void shift_up(void)
{
	size_t c = column_of(W_COST);
	for (uint32_t l = works[chance(&seed, (uint32_t)n_works - 1)].line - 1; l + 1 < t.n; l++) {
		memcpy(t.cell[l][c], t.cell[l + 1][c], sizeof *t.cell[l]);
		t.number[l][c] = t.number[l + 1][c];
	}
	t.cell[t.n - 1][c][0] = '\0';
}

static void spoil_once(void)
{
	static const char *const costs[] = {"",      "待定",   "20-30万", "-",       "#####",
					    "0",     "-5000",  "1.5E+05", "1月2日",  "3万5",
					    "12,80", "五百二", "见附件",  "500元/户"};
	static const char *const names[] = {"", "???", "灯\xef\xbf\xbd", "10080001237",
					    "2026-01-02"};
	switch (chance(&seed, 6)) {
	case 0:
	case 1:
		spoil(W_COST, ONE_OF(costs));
		break;
	case 2:
		spoil(W_NAME, ONE_OF(names));
		break;
	case 3:
		shift_left();
		break;
	case 4:
		shift_right();
		break;
	default:
		shift_up();
	}
}

/* ---- before it is written ---- */

/* The same project once more, spelt as it is or a little otherwise. */
static void add_twin(void)
{
	size_t of = chance(&seed, (uint32_t)n_works);
	struct work *w = &works[n_works];
	*w = works[of];
	w->twin = (int)of;
	w->in = false;
	if (works_one_in(2))
		strcat(w->cell[W_NAME], works_one_in(2) ? "。" : " ");
	n_works++;
}

static void withdraw_one(void)
{
	static const char *const notes[] = {"已撤回", "作废", "未通过审核", "与3号合并"};
	struct work *w = any_work();
	if (w->twin >= 0)
		return;
	w->in = works_one_in(3);
	snprintf(w->cell[W_NOTE], sizeof w->cell[W_NOTE], "%s", ONE_OF(notes));
}

/* One kind over several projects, in a spreadsheet. */
static void merge_kinds(void)
{
	size_t c = column_of(W_KIND);
	if (c == SIZE_MAX || !works[0].cell[W_KIND][0] || works[1].line != works[0].line + 1)
		return;
	snprintf(works[1].cell[W_KIND], sizeof works[1].cell[W_KIND], "%s", works[0].cell[W_KIND]);
	t.cell[works[1].line - 1][c][0] = '\0';
	snprintf(t.merged, sizeof t.merged, "<mergeCell ref='%c%u:%c%u'/>", (char)('A' + c),
		 works[0].line, (char)('A' + c), works[1].line);
}

enum line_is works_line(uint32_t line, const struct work **work)
{
	for (size_t i = 0; i < n_works; i++)
		if (works[i].line == line)
			*work = &works[i];
	return line > 0 && line <= t.n ? t.is[line - 1] : LINE_OTHER;
}

static void write_rows(bool sums)
{
	size_t half = works_one_in(4) ? n_works / 2 : 0;
	for (size_t i = 0; i < n_works; i++) {
		write_work(&works[i]);
		if (sums && half && i + 1 == half)
			write_sum("小计", sum_of(0, half));
		if (works_one_in(20)) {
			memcpy(t.cell[t.n], t.cell[t.first - 1], sizeof *t.cell);
			t.n++;
		}
	}
	if (sums && half)
		write_sum("小计", sum_of(half, n_works));
	if (sums)
		write_sum(works_one_in(2)   ? "合计"
			  : works_one_in(2) ? "合 计"
					    : "全部项目合计",
			  sum_of(0, n_works));
	if (works_one_in(3))
		put(t.n++, 0, "注：以上为物业估算。");
}

struct yihu_buf works_table(bool *whole)
{
	memset(&t, 0, sizeof t);
	*whole = true;
	make_works();
	bool twin = works_one_in(4), sums = works_one_in(2) && !twin, sheet = works_one_in(3);
	if (twin)
		add_twin();
	if (works_one_in(4))
		withdraw_one();
	for (size_t i = 0; i < n_works; i++)
		*whole &= works[i].in || works[i].twin >= 0 || !sums;
	choose_columns();
	write_heads();
	write_rows(sums);
	if (sheet && works_one_in(3))
		merge_kinds();
	if (sheet && works_one_in(6))
		t.hidden[any_work()->line - 1] = true;
	if (works_one_in(3)) {
		spoil_once();
		*whole = false;
	}
	if (sheet)
		return works_xlsx();
	return works_one_in(3)   ? works_text(",", "GB18030", "")
	       : works_one_in(3) ? works_text("\t", "UTF-16LE", "\xff\xfe")
	       : works_one_in(3) ? works_text(";", "UTF-8", "\xef\xbb\xbf")
				 : works_text(",", "UTF-8", "");
}
