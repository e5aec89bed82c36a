/* SPDX-License-Identifier: Apache-2.0
 *
 * The projects on the poster: number, name and cost of each, in columns that
 * are filled one after the other.
 */
#include "print/poster_what.h"

#include <stdlib.h>

#define GUTTER 7.0
#define NAME_LINES 5
#define GAP_PER_POINT 0.05 /* mm between rows */

static double column_width(const struct poster_projects *s)
{
	return (POSTER_INNER - GUTTER * (double)(s->columns - 1)) / (double)s->columns;
}

/* Draws one, or only measures; returns its height. */
static double project(const struct poster_projects *s, size_t i, double x, double y, bool draw)
{
	const struct yihu_definition *d = s->paper->definition;
	const struct text_style right = {.points = s->points, .align = PAGE_RIGHT};
	const char *name = translated_project(s->paper->language, d, i, "name");
	char *money = translated_money(s->paper->language, d, d->projects[i].cost);
	char *number = yihu_printf("%zu", i + 1);
	double cost_mm = page_text_width(s->page, right, money);
	const struct text_style style = {.points = s->points,
					 .width = column_width(s) - s->number_mm - cost_mm - 3,
					 .lines = NAME_LINES};
	if (*name == '\0')
		name = d->projects[i].id;
	if (draw) {
		page_begin(s->page, "LI");
		page_text(s->page, x, y, (struct text_style){.points = s->points, .tag = "Lbl"},
			  number);
		page_begin(s->page, "LBody");
		page_text(s->page, x + s->number_mm, y, style, name);
		page_text(s->page, x + column_width(s), y, right, money);
		page_end(s->page, "LBody");
		page_end(s->page, "LI");
	}
	free(money);
	free(number);
	return page_text_height(s->page, style, name) + s->points * GAP_PER_POINT;
}

void poster_projects_measure(struct poster_projects *s, struct page *p, const struct paper *e,
			     size_t columns, double points)
{
	size_t n = e->definition->n_projects;
	const struct text_style style = {.points = points};
	*s = (struct poster_projects){.page = p, .paper = e, .columns = columns, .points = points};
	s->number_mm = page_text_width(p, style, n >= 100 ? "100" : n >= 10 ? "10" : "1") + 2.5;
	s->heights = yihu_calloc(n, sizeof *s->heights);
	for (size_t i = 0; i < n; i++)
		s->heights[i] = project(s, i, 0, 0, false);
}

void poster_projects_finish(struct poster_projects *s)
{
	free(s->heights);
	*s = (struct poster_projects){0};
}

static size_t column_end(const struct poster_projects *s, size_t first, double room)
{
	size_t i = first;
	for (double h = 0; i < s->paper->definition->n_projects && h + s->heights[i] <= room; i++)
		h += s->heights[i];
	return i;
}

size_t poster_projects_end(const struct poster_projects *s, size_t first, double room)
{
	for (size_t c = 0; c < s->columns; c++)
		first = column_end(s, first, room);
	return first;
}

double poster_projects_draw(const struct poster_projects *s, size_t first, size_t end, double y,
			    double room)
{
	double height = 0;
	while (height < room && poster_projects_end(s, first, height) < end)
		height += 1;
	page_begin(s->page, "L");
	for (size_t c = 0, i = first; c < s->columns; c++) {
		double at = y, x = POSTER_LEFT + (double)c * (column_width(s) + GUTTER);
		for (size_t last = column_end(s, i, height); i < last && i < end; i++)
			at += project(s, i, x, at, true);
	}
	page_end(s->page, "L");
	return y + height;
}
