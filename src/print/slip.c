/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot slip: number, code and the projects, and nothing that says whose
 * it is. Below a tear line on its first sheet, a stub that the household keeps
 * for the ballot code that the count desk tells it.
 */
#include "print/slip.h"

#include <stdio.h>
#include <stdlib.h>

#include "print/letter_page.h"
#include "print/rule_text.h"

#define FIRST_BOTTOM 254.0
#define BOTTOM 279.0
#define TEAR 262.5
#define STUB_TOP (TEAR + 8.5)
#define FOOT 4.0 /* below the rows */
#define CONTINUED_TOP 30.0
#define RIGHT (A4_WIDTH - PAGE_MARGIN)

static double head_text(struct page *p, const struct paper *e, double width, bool draw)
{
	const struct text_style slip = {
		.points = 26, .bold = true, .lines = 1, .width = 70, .tag = "H1"};
	const struct text_style small = {.points = 11.5, .width = width, .lines = 1};
	const struct text_style title = {
		.points = 13, .bold = true, .width = width, .lines = 3, .tag = "H2"};
	const char *what = translated_meta(e->language, e->definition, "description");
	char *community = translated_community(e->language, e->definition);
	double y = 26;
	if (draw) {
		page_text(p, PAGE_MARGIN, 11, slip, word(e->language, W_PAPER_SLIP));
		page_text(p, PAGE_MARGIN, y, small, community);
	}
	y += page_text_height(p, small, community);
	if (draw)
		page_text(p, PAGE_MARGIN, y, title, what);
	y += page_text_height(p, title, what);
	free(community);
	return y;
}

static double put_text(struct page *p, double y, struct text_style s, const char *text, bool draw)
{
	return draw ? page_text(p, PAGE_MARGIN, y, s, text) : page_text_height(p, s, text);
}

static double how_text(struct page *p, const struct paper *e, double y, bool draw)
{
	const struct text_style style = {.points = 14, .bold = true, .width = PAGE_INNER};
	const struct text_style plain = {.points = 12, .width = PAGE_INNER};
	const struct text_style small = {.points = 11, .width = PAGE_INNER};
	char *rule = slip_rule(e), *passing = rule_text_passing(e);
	y += put_text(p, y, style, rule, draw) + 0.5;
	y += put_text(p, y, plain, word(e->language, W_PAPER_SLIP_HOW), draw) + 0.5;
	y += put_text(p, y, small, passing, draw);
	free(rule);
	free(passing);
	return y + 3;
}

/* Where the rows of the first sheet begin. */
static double first_head(struct page *p, const struct paper *e, double code_mm, bool draw)
{
	double y = head_text(p, e, PAGE_INNER - code_mm - 4, draw);
	double below_code = 11 + code_mm + 2;
	return how_text(p, e, y + 2 > below_code ? y + 2 : below_code, draw);
}

static double bottom_of(size_t sheet)
{
	return sheet == 0 ? FIRST_BOTTOM : BOTTOM;
}

static void measure(struct slip *s, struct page *p, const struct slip_type *t)
{
	s->type = *t;
	for (size_t i = 0; i < s->paper->definition->n_projects; i++)
		s->heights[i] = slip_row_height(p, s->paper, t, i);
}

static double row_of(const struct slip *s, size_t project)
{
	return s->heights[project] + 2 * s->padding;
}

/* Returns how many sheets there are. */
static size_t plan_sheets(struct slip *s, double first_top, double padding)
{
	size_t project = 0, all = s->paper->definition->n_projects;
	s->padding = padding;
	s->n = 0;
	while (project < all) {
		double y = s->n == 0 ? first_top : CONTINUED_TOP, bottom = bottom_of(s->n);
		s->first[s->n++] = project;
		do
			y += row_of(s, project++);
		while (project < all && y + row_of(s, project) <= bottom);
	}
	s->first[s->n] = project;
	return s->n;
}

/* From the one that is wished for to the one that saves paper: the whole
 * description is worth more than larger type. */
static const struct slip_type types[] = {
	{16, 14, 0},     {15.5, 13.5, 0}, {15, 13, 0},   {14.5, 12.5, 0},
	{14.5, 11.5, 0}, {16, 14, 3},     {15, 13, 3},   {14.5, 12.5, 2},
	{14.5, 11.5, 2}, {14.5, 11.5, 1}, {13, 10.5, 1},
};
static const double paddings[] = {0.8, 1.2, 1.6, 2, 2.4, 3, 4};
#define N_TYPES (sizeof types / sizeof *types)
#define N_PADDINGS (sizeof paddings / sizeof *paddings)
/* From here on a slip is many sheets, and saves paper by smaller rows; and from
 * here on nothing else is tried. */
#define MANY_PROJECTS 21
#define TOO_MANY_PROJECTS 500

void slip_plan(struct slip *s, struct page *p, const struct paper *e, double code_mm)
{
	size_t n = e->definition->n_projects, last = n < MANY_PROJECTS ? N_TYPES - 2 : N_TYPES - 1;
	double top = first_head(p, e, code_mm, false), best = paddings[0];
	*s = (struct slip){.paper = e, .code_mm = code_mm};
	s->first = yihu_calloc(n + 1, sizeof *s->first);
	s->heights = yihu_calloc(n, sizeof *s->heights);
	measure(s, p, &types[last]);
	size_t least = plan_sheets(s, top, best);
	for (size_t i = n < TOO_MANY_PROJECTS ? 0 : last; i <= last; i++) {
		measure(s, p, &types[i]);
		if (plan_sheets(s, top, best) == least)
			break;
	}
	for (size_t i = 1; i < N_PADDINGS; i++)
		best = plan_sheets(s, top, paddings[i]) == least ? paddings[i] : best;
	plan_sheets(s, top, best);
}

void slip_finish(struct slip *s)
{
	free(s->first);
	free(s->heights);
	*s = (struct slip){0};
}

static void foot(struct page *p, const struct paper *e, size_t sheet, size_t n)
{
	const struct text_style small = {.points = 11};
	const struct text_style next = {.points = 12, .bold = true, .align = PAGE_RIGHT};
	double y = bottom_of(sheet) + (sheet == 0 ? 1.5 : FOOT);
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, e->charter->eid);
	char *count = words_say(e->language, W_PAPER_SHEET, say_count("sheet", sheet + 1),
				say_count("of", n));
	page_text(p, PAGE_MARGIN, y, small, print);
	page_text(p, A4_WIDTH / 2, y, (struct text_style){.points = 11, .align = PAGE_CENTER},
		  count);
	if (sheet + 1 < n)
		page_text(p, RIGHT, y, next, word(e->language, W_PAPER_NEXT_SHEET));
	free(count);
}

#define CODE_GROUPS 4 /* of a ballot code, four characters each */
#define GROUP_WIDTH 19.0

static void stub(struct page *p, const struct paper *e)
{
	const struct text_style keep = {.points = 11.5, .width = PAGE_INNER, .lines = 1};
	const struct text_style small = {.points = 11};
	const double first = RIGHT - CODE_GROUPS * GROUP_WIDTH - (CODE_GROUPS - 1) * 4;
	page_tear_line(p, 0, A4_WIDTH, TEAR);
	page_text(p, PAGE_MARGIN, TEAR + 2, keep, word(e->language, W_PAPER_STUB));
	page_text(p, PAGE_MARGIN, STUB_TOP, small, word(e->language, W_TERM_LETTER_NO));
	page_own(p, SLIP_STUB);
	page_text(p, first, STUB_TOP, small, word(e->language, W_PAPER_STUB_CODE));
	for (int i = 0; i < CODE_GROUPS; i++) {
		double x = first + i * (GROUP_WIDTH + 4);
		page_box(p, x, STUB_TOP + 6.5, GROUP_WIDTH, 8, 0.3);
		if (i + 1 < CODE_GROUPS)
			page_line(p, x + GROUP_WIDTH + 1, STUB_TOP + 10.5, x + GROUP_WIDTH + 3,
				  STUB_TOP + 10.5, 0.4);
	}
}

static double continued_head(struct page *p, const struct paper *e)
{
	const struct text_style slip = {
		.points = 18, .bold = true, .lines = 1, .width = 70, .tag = "H1"};
	page_text(p, PAGE_MARGIN, 13, slip, word(e->language, W_PAPER_SLIP));
	return CONTINUED_TOP;
}

void slip_same(struct page *p, const struct slip *s, size_t sheet)
{
	const struct text_style label = {.points = 12, .align = PAGE_RIGHT};
	const struct paper *e = s->paper;
	double y = sheet == 0 ? first_head(p, e, s->code_mm, true) : continued_head(p, e);
	double number_right = sheet == 0 ? RIGHT - s->code_mm - 4 : RIGHT;
	page_text(p, number_right - 38, sheet == 0 ? 14.5 : 15, label,
		  word(e->language, W_TERM_LETTER_NO));
	page_own(p, sheet == 0 ? SLIP_NUMBER : SLIP_FURTHER);
	if (sheet == 0)
		page_own(p, SLIP_CODE);
	page_line(p, PAGE_MARGIN, y, RIGHT, y, 0.3);
	page_begin(p, "L");
	for (size_t i = s->first[sheet]; i < s->first[sheet + 1]; y += row_of(s, i++))
		slip_row(p, e, &s->type, i, y, row_of(s, i));
	page_end(p, "L");
	foot(p, e, sheet, s->n);
	if (sheet == 0)
		stub(p, e);
	page_fold_marks(p);
}

void slip_own(struct page *p, const struct letter *l, double code_mm, enum slip_part part)
{
	char number[16];
	const struct text_style large = {.points = 26, .bold = true, .align = PAGE_RIGHT};
	const struct text_style small = {.points = 20, .bold = true, .align = PAGE_RIGHT};
	const struct text_style stub_number = {.points = 20, .bold = true};
	snprintf(number, sizeof number, "%04u", l->token->serial);
	if (part == SLIP_NUMBER)
		page_text(p, RIGHT - code_mm - 4, 11, large, number);
	else if (part == SLIP_STUB)
		page_text(p, PAGE_MARGIN, STUB_TOP + 5, stub_number, number);
	else
		page_text(p, RIGHT, 12, small, number);
}

void slip_code(struct page *p, const struct paper *e, const struct page_code *c, double code_mm)
{
	page_figure(p, letter_code_text(e));
	page_code(p, RIGHT - code_mm, 11, code_mm, c);
	page_end(p, "Figure");
}
