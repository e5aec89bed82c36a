/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot slip: number, code and the projects, and nothing that says whose
 * it is.
 */
#include "print/sheets.h"

#include <stdio.h>
#include <stdlib.h>

#define BOTTOM 279.0
#define CONTINUED_TOP 30.0
#define RIGHT (A4_WIDTH - MARGIN)

static double head_text(struct page *p, const struct paper *e, double width, bool draw)
{
	const struct text_style slip = {.points = 26, .bold = true, .lines = 1, .width = 70};
	const struct text_style small = {.points = 11.5, .width = width, .lines = 1};
	const struct text_style title = {.points = 13, .bold = true, .width = width, .lines = 3};
	const char *what = print_meta(e->words, e->definition, "description");
	char *community = print_community(e->words, e->definition);
	double y = 26;
	if (draw) {
		page_text(p, MARGIN, 11, slip, e->words->text[P_SLIP]);
		page_text(p, MARGIN, y, small, community);
	}
	y += page_text_height(p, small, community);
	if (draw)
		page_text(p, MARGIN, y, title, what);
	y += page_text_height(p, title, what);
	free(community);
	return y;
}

static double rule_text(struct page *p, const struct paper *e, double y, bool draw)
{
	const struct text_style style = {.points = 14, .bold = true, .width = INNER};
	const struct text_style plain = {.points = 12, .width = INNER};
	char *rule = slip_rule(e);
	double h = draw ? page_text(p, MARGIN, y, style, rule) : page_text_height(p, style, rule);
	y += h + 0.5;
	h = draw ? page_text(p, MARGIN, y, plain, e->words->text[P_SLIP_HOW])
		 : page_text_height(p, plain, e->words->text[P_SLIP_HOW]);
	free(rule);
	return y + h + 3;
}

/* Where the rows of the first sheet begin. */
static double first_head(struct page *p, const struct paper *e, double code_mm, bool draw)
{
	double y = head_text(p, e, INNER - code_mm - 4, draw);
	double below_code = 11 + code_mm + 2;
	return rule_text(p, e, y + 2 > below_code ? y + 2 : below_code, draw);
}

static double top_of(struct page *p, const struct paper *e, double code_mm, size_t sheet)
{
	return sheet == 0 ? first_head(p, e, code_mm, false) : CONTINUED_TOP;
}

void slip_plan(struct page *p, const struct paper *e, double code_mm, size_t *first, size_t *n)
{
	size_t project = 0;
	*n = 0;
	while (p->failed == 0 && project < e->definition->n_projects) {
		double y = top_of(p, e, code_mm, *n);
		first[(*n)++] = project;
		do
			y += slip_row(p, e, project++, y, false);
		while (project < e->definition->n_projects &&
		       y + slip_row(p, e, project, y, false) <= BOTTOM);
	}
	first[*n] = project;
}

static void foot(struct page *p, const struct paper *e, size_t sheet, size_t n)
{
	const struct text_style small = {.points = 11};
	const struct text_style next = {.points = 12, .bold = true, .align = PAGE_RIGHT};
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, e->charter->eid);
	char *count = print_say(e->words, P_SHEET, (unsigned)sheet + 1, (unsigned)n);
	page_text(p, MARGIN, 283, small, print);
	page_text(p, A4_WIDTH / 2, 283, (struct text_style){.points = 11, .align = PAGE_CENTER},
		  count);
	if (sheet + 1 < n)
		page_text(p, RIGHT, 283, next, e->words->text[P_NEXT_SHEET]);
	free(count);
}

static double continued_head(struct page *p, const struct paper *e)
{
	const struct text_style slip = {.points = 18, .bold = true, .lines = 1, .width = 70};
	page_text(p, MARGIN, 13, slip, e->words->text[P_SLIP]);
	return CONTINUED_TOP;
}

void slip_same(struct page *p, const struct paper *e, double code_mm, const size_t *first, size_t n,
	       size_t sheet)
{
	const struct text_style label = {.points = 12, .align = PAGE_RIGHT};
	double y = sheet == 0 ? first_head(p, e, code_mm, true) : continued_head(p, e);
	double number_right = sheet == 0 ? RIGHT - code_mm - 4 : RIGHT;
	page_text(p, number_right - 38, sheet == 0 ? 14.5 : 15, label, e->words->text[P_NUMBER]);
	page_line(p, MARGIN, y, RIGHT, y, 0.3);
	for (size_t i = first[sheet]; i < first[sheet + 1]; i++)
		y += slip_row(p, e, i, y, true);
	foot(p, e, sheet, n);
}

void slip_own(struct page *p, const struct letter *l, double code_mm, size_t sheet)
{
	char number[16];
	const struct text_style large = {.points = 26, .bold = true, .align = PAGE_RIGHT};
	const struct text_style small = {.points = 20, .bold = true, .align = PAGE_RIGHT};
	snprintf(number, sizeof number, "%04u", l->token->serial);
	if (sheet == 0)
		page_text(p, RIGHT - code_mm - 4, 11, large, number);
	else
		page_text(p, RIGHT, 12, small, number);
}

void slip_code(struct page *p, const struct page_code *c, double code_mm)
{
	page_code(p, RIGHT - code_mm, 11, code_mm, c);
}
