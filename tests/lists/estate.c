/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of an estate, by chance (estate.h).
 */
#include "estate_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "test.h"

static uint64_t seed = 1;

void estate_seed(uint64_t s)
{
	seed = s ? s : 1;
}

bool one_in(uint32_t n)
{
	return chance(&seed, n) == 0;
}

/* ---- what is meant ---- */

struct meant flats[FLATS_MAX];
size_t n_flats;

static void spell(char out[static 80], const struct meant m)
{
	snprintf(out, 80, "%s%s%s%s%s", m.building, m.building[0] ? "-" : "", m.unit,
		 m.unit[0] ? "-" : "", m.room);
}

static void label_flat(struct meant *m)
{
	spell(m->label, *m);
	spell(m->spelt, *m);
}

static struct meant *add_flat(void)
{
	struct meant *m = &flats[n_flats++];
	*m = (struct meant){.in = true, .twin = -1};
	return m;
}

static void make_estate(void)
{
	uint32_t units = chance(&seed, 3);
	static const char *const names[] = {"王芳", "李强", "欧阳娜娜", "（未登记）", "O'Neil", ""};
	n_flats = 0;
	for (uint32_t b = 1; b <= 3; b++)
		for (uint32_t u = 1; u <= (units ? units : 1); u++)
			for (uint32_t k = 0; k < 8; k++) {
				struct meant *m = add_flat();
				snprintf(m->building, sizeof m->building, "%u栋", b);
				if (units)
					snprintf(m->unit, sizeof m->unit, "%u单元", u);
				snprintf(m->room, sizeof m->room, "%u",
					 (k / 2 + 1) * 100 + k % 2 + 1);
				snprintf(m->name, sizeof m->name, "%s", names[chance(&seed, 6)]);
				label_flat(m);
			}
}

/* ---- how it is written ---- */

static const char *const heads[N_C][4] = {
	{"序号", "编号", "No.", "序号"},        {"楼栋", "楼号", "幢", "楼棟"},
	{"单元", "单元号", "單元", "单元"},     {"房号", "门牌号", "室", "房间号（室）"},
	{"户主", "业主姓名", "姓名", "產權人"}, {"备注", "说明", "房屋状态", "备注"},
	{"参加", "是否参加", "參加", "参加"},   {"联系电话", "手机号码", "电话", "面积（㎡）"}};

struct written w;

static void choose_columns(bool part, bool units)
{
	size_t n = 0;
	if (one_in(2))
		w.columns[n++] = C_NUMBER;
	w.columns[n++] = C_BUILDING;
	if (units)
		w.columns[n++] = C_UNIT;
	w.columns[n++] = C_ROOM;
	w.columns[n++] = C_NAME;
	if (one_in(2))
		w.columns[n++] = C_PHONE;
	if (part)
		w.columns[n++] = C_PART;
	w.columns[n++] = C_NOTE;
	if (one_in(4)) { /* the room before the building */
		size_t a = w.columns[n - 1];
		w.columns[n - 1] = w.columns[0];
		w.columns[0] = a;
	}
	w.n_columns = n;
}

static void put(uint32_t line, size_t column, const char *text)
{
	char *cell = w.cell[line][column];
	size_t len = strlen(text);
	assert_true(len < sizeof w.cell[line][column]);
	memmove(cell, text, len + 1);
}

static const char *text_of(const struct meant *m, size_t i, size_t c, char room[static 24])
{
	switch (c) {
	case C_NUMBER:
		snprintf(room, 24, "%zu", i + 1);
		return room;
	case C_BUILDING:
		return m->building;
	case C_UNIT:
		return m->unit;
	case C_ROOM:
		return m->room;
	case C_NAME:
		return m->name;
	case C_NOTE:
		return m->note;
	case C_PART:
		return m->part;
	default:
		snprintf(room, 24, "100%08zu", i * 977);
		return room;
	}
}

static void write_heads(void)
{
	for (uint32_t i = chance(&seed, 3); i > 0; i--) {
		put(w.n, 0, i == 1 ? "填表单位：业委会" : "锦绣花园住户登记表");
		w.n++;
	}
	size_t two = one_in(4) ? chance(&seed, 2) + 1 : 0;
	for (size_t c = 0; c < w.n_columns; c++) {
		const char *head = heads[w.columns[c]][chance(&seed, 4)];
		bool own = w.columns[c] >= C_BUILDING && w.columns[c] <= C_NAME;
		put(w.n + (two && own), c, head);
		if (two == 1 && w.columns[c] == C_BUILDING)
			put(w.n, c, "门牌");
	}
	w.n += two ? 2 : 1;
	w.first = w.n;
}

static void write_flats(void)
{
	for (size_t i = 0; i < n_flats; i++) {
		char room[24];
		for (size_t c = 0; c < w.n_columns; c++)
			put(w.n, c, text_of(&flats[i], i, w.columns[c], room));
		flats[i].line = ++w.n;
	}
}

size_t column_of(size_t meaning)
{
	for (size_t c = 0; c < w.n_columns; c++)
		if (w.columns[c] == meaning)
			return c;
	return SIZE_MAX;
}

/* A value stands once, over those that it is for. */
static void merge(size_t meaning)
{
	size_t c = column_of(meaning), building = column_of(C_BUILDING);
	char last[64] = "", last_building[64] = "";
	if (c == SIZE_MAX)
		return;
	for (uint32_t l = (uint32_t)w.first; l < w.n; l++) {
		char *cell = w.cell[l][c], *b = w.cell[l][building];
		bool same = strcmp(cell, last) == 0 &&
			    (meaning == C_BUILDING || !b[0] || strcmp(b, last_building) == 0);
		if (cell[0])
			strcpy(last, cell);
		if (b[0])
			strcpy(last_building, b);
		if (same)
			cell[0] = '\0';
	}
}

const struct meant *flat_on(uint32_t line)
{
	for (size_t i = 0; i < n_flats; i++)
		if (flats[i].line == line)
			return &flats[i];
	return NULL;
}

/* ---- spelling and spoiling ---- */

/* Before it is written: what is meant stays. */
static void twin(bool strict)
{
	static const char *const loose[] = {"一", "二", "三"};
	size_t of = chance(&seed, (uint32_t)n_flats);
	const struct meant first = flats[of];
	struct meant *m = add_flat();
	*m = first;
	m->twin = (int)of;
	m->in = false;
	if (strict && one_in(2))
		snprintf(m->room, sizeof m->room, "%.3s%.9s",
			 "１２３４" + 3 * (first.room[0] - '1'), first.room + 1);
	else if (!strict && one_in(2))
		snprintf(m->room, sizeof m->room, "%.9s室", first.room);
	else if (!strict)
		snprintf(m->building, sizeof m->building, "%s幢", loose[first.building[0] - '1']);
	spell(m->spelt, *m);
}

static void add_shops(void)
{
	for (uint32_t i = 1; i < 4; i++) {
		struct meant *m = add_flat();
		snprintf(m->room, sizeof m->room, "商铺%u", i);
		if (one_in(2))
			snprintf(m->note, sizeof m->note, "商铺");
		m->in = one_in(2);
		label_flat(m);
	}
}

static void note_some(void)
{
	static const char *const notes[] = {"空置", "出租", "车位", "行动不便；请上门"};
	for (size_t i = 0; i < n_flats; i++) {
		uint32_t k = chance(&seed, 40);
		if (k < 4 && !flats[i].note[0]) {
			snprintf(flats[i].note, sizeof flats[i].note, "%s", notes[k]);
			flats[i].in &= k != 2;
		}
	}
}

static void say_parts(void)
{
	for (size_t i = 0; i < n_flats; i++) {
		flats[i].in &= one_in(8) ? 0 : 1;
		snprintf(flats[i].part, sizeof flats[i].part, "%s", flats[i].in ? "是" : "否");
	}
}

/* After: rows that are no flats, anywhere. */
static void insert_row(const char *first, const char *last)
{
	uint32_t at = (uint32_t)w.first + 1 + chance(&seed, w.n - (uint32_t)w.first);
	memmove(w.cell[at + 1], w.cell[at], (w.n - at) * sizeof *w.cell);
	memset(w.cell[at], 0, sizeof *w.cell);
	put(at, 0, first);
	put(at, w.n_columns - 1, last);
	for (size_t i = 0; i < n_flats; i++)
		flats[i].line += flats[i].line > at;
	w.n++;
}

static void repeat_heads(void)
{
	insert_row("", "");
	for (uint32_t l = (uint32_t)w.first; l < w.n; l++) {
		bool empty = true;
		for (size_t c = 0; c < w.n_columns; c++)
			empty &= w.cell[l][c][0] == '\0';
		if (empty)
			memcpy(w.cell[l], w.cell[w.first - 1], sizeof *w.cell);
	}
}

/* A cell of a random flat gets other text, or none. */
static void spoil(size_t meaning, const char *text)
{
	size_t c = column_of(meaning);
	uint32_t line = flats[chance(&seed, (uint32_t)n_flats)].line - 1;
	if (c != SIZE_MAX)
		put(line, c, text);
}

static void spoil_once(void)
{
	static const struct {
		size_t meaning;
		const char *text;
	} ways[] = {{C_ROOM, ""},
		    {C_ROOM, "1月2日"},
		    {C_ROOM, "2-Jan"},
		    {C_ROOM, "王芳"},
		    {C_ROOM, "10080001237"},
		    {C_ROOM, "1.01E+02"},
		    {C_ROOM, "???"},
		    {C_ROOM, "1\xef\xbf\xbd"},
		    {C_BUILDING, ""},
		    {C_BUILDING, "??1?"},
		    {C_UNIT, ""},
		    {C_UNIT, "\xef\xbf\xbd"},
		    {C_BUILDING, "黄丽"}};
	size_t i = chance(&seed, sizeof ways / sizeof *ways);
	spoil(ways[i].meaning, ways[i].text);
}

/* The first cell of a merged block is lost: all below it would be another's. */
static void lose_a_block(void)
{
	size_t c = column_of(C_BUILDING);
	for (uint32_t l = (uint32_t)w.first + 1; l < w.n; l++)
		if (w.cell[l][c][0] && strchr(w.cell[l][c], "23"[chance(&seed, 2)])) {
			w.cell[l][c][0] = '\0';
			return;
		}
}

/* ---- one list ---- */

bool is_one_lost(void)
{
	for (size_t i = 0; i < n_flats; i++)
		if (w.cell[flats[i].line - 1][column_of(C_ROOM)][0] == '\0')
			return true;
	return false;
}

struct yihu_buf write_list(bool *whole)
{
	memset(&w, 0, sizeof w);
	make_estate();
	bool units = flats[0].unit[0] != '\0', part = one_in(4), shops = one_in(3);
	*whole = true;
	if (one_in(4))
		note_some();
	if (one_in(4))
		twin(one_in(2));
	if (shops)
		add_shops();
	if (part)
		say_parts();
	for (size_t i = 0; i < n_flats; i++)
		if (flats[i].twin >= 0)
			memcpy(flats[i].part, flats[flats[i].twin].part, sizeof flats[i].part);
	choose_columns(part, units);
	write_heads();
	write_flats();
	w.merged_building = one_in(2) && !one_in(5);
	w.merged_unit = w.merged_building && one_in(2);
	if (w.merged_unit)
		merge(C_UNIT);
	if (w.merged_building)
		merge(C_BUILDING);
	bool merges = one_in(2);
	if (one_in(3))
		insert_row("合计", "75户");
	if (one_in(3))
		insert_row("说明：商铺待定。", "");
	if (one_in(5))
		repeat_heads();
	if (w.merged_building && one_in(5)) {
		lose_a_block();
		*whole = merges = false;
	} else if (one_in(4)) {
		spoil_once();
		*whole = false;
	}
	return bytes_of(chance(&seed, 6), merges);
}
