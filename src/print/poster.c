/* SPDX-License-Identifier: Apache-2.0
 *
 * The poster before the vote: what, when, how, who holds the keys, and the id
 * that every letter must have.
 */
#include "print/poster_what.h"

#include <stdlib.h>
#include <string.h>

#include "print/rule_text.h"
#include "publish/rule.h"

#define LEFT POSTER_LEFT
#define RIGHT POSTER_RIGHT
#define INNER POSTER_INNER
#define CODE 34.0
#define ID_TOP 241.0
#define FURTHER_TOP 33.0
#define BOTTOM 278.0 /* of a further sheet's projects */
#define MANY_PROJECTS 21
#define HEADING 15 /* points */

struct poster {
	struct page page;
	const struct paper *paper;
	double larger; /* than usual: the type of a poster with few projects */
	struct poster_projects projects;
	size_t sheets;
};

static const char *words_of(const struct poster *o, enum word w)
{
	return word(o->paper->language, w);
}

static double head(struct poster *o)
{
	enum language l = o->paper->language;
	const struct yihu_definition *d = o->paper->definition;
	const struct text_style kicker = {
		.points = 16, .bold = true, .width = INNER, .lines = 1, .align = PAGE_CENTER};
	const struct text_style title = {.points = 23,
					 .bold = true,
					 .width = INNER,
					 .lines = 3,
					 .align = PAGE_CENTER,
					 .tag = "H1"};
	char *community = translated_community(l, d);
	char *line = words_say(l, W_PAPER_HEADING, say_text("first", community),
			       say_text("second", words_of(o, W_PAPER_POSTER)));
	double y = 13 + page_text(&o->page, LEFT, 13, kicker, line) + 1;
	y += page_text(&o->page, LEFT, y, title, translated_meta(l, d, "description")) + 2;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.6);
	free(community);
	free(line);
	return y + 2.5;
}

/* ---- when, how, keys: measured first, since the projects get the rest ---- */

static double paragraph(struct poster *o, double y, double points, bool bold, bool draw,
			const char *text)
{
	const struct text_style style = {.points = points * o->larger,
					 .bold = bold,
					 .width = INNER,
					 .tag = bold && points == HEADING ? "H2" : "P"};
	return y + (draw ? page_text(&o->page, LEFT, y, style, text)
			 : page_text_height(&o->page, style, text));
}

static double when(struct poster *o, double y, bool draw)
{
	char *closes = print_date(o->paper->language, o->paper->charter->closes);
	char *opens = print_zoned(o->paper->language, o->paper->charter->opens);
	char *until = words_say(o->paper->language, W_PAPER_UNTIL, say_taken("when", closes));
	char *from = words_say(o->paper->language, W_PAPER_FROM, say_taken("when", opens));
	y = paragraph(o, y, HEADING, true, draw, words_of(o, W_PAPER_POSTER_WHEN));
	y = paragraph(o, y, 17, true, draw, until);
	y = paragraph(o, y, 13, false, draw, from);
	free(until);
	free(from);
	return y + 2.5;
}

static double how(struct poster *o, double y, bool draw)
{
	const char *where = o->paper->desk ? o->paper->desk : words_of(o, W_PAPER_DESK_UNKNOWN);
	char *desk = words_say(o->paper->language, W_PAPER_POSTER_DESK, say_text("where", where));
	y = paragraph(o, y, HEADING, true, draw, words_of(o, W_PAPER_POSTER_HOW));
	y = paragraph(o, y, 13, false, draw, words_of(o, W_PAPER_POSTER_LETTER));
	if (o->paper->url)
		y = paragraph(o, y, 13, false, draw, words_of(o, W_PAPER_POSTER_PHONE));
	y = paragraph(o, y, 13, false, draw, desk);
	free(desk);
	return y + 2.5;
}

static double rule(struct poster *o, double y, bool draw)
{
	char *text = rule_text(o->paper);
	y = paragraph(o, y, HEADING, true, draw, words_of(o, W_TERM_RULE));
	y = paragraph(o, y, 12, false, draw, text);
	free(text);
	return y + 2.5;
}

static double keys(struct poster *o, double y, bool draw)
{
	const struct yihu_charter *c = o->paper->charter;
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < c->n; i++)
		yihu_buf_fmt(&names, "%s%s", i != 0 ? "   " : "", c->holders[i].key.name);
	char *text = rule_who_comes(o->paper->language, c->n, c->t, c->q);
	y = paragraph(o, y, HEADING, true, draw, words_of(o, W_TERM_KEY_HOLDERS));
	y = paragraph(o, y, 14, true, draw, (const char *)names.data);
	y = paragraph(o, y, 11.5, false, draw, text);
	yihu_buf_free(&names);
	free(text);
	return y + 2.5;
}

/* ---- ids ---- */

static void labelled_code(struct poster *o, double x, const char *text, const char *label)
{
	const struct text_style style = {
		.points = 10.5, .width = CODE + 4, .lines = 1, .align = PAGE_CENTER};
	struct page_code code = {0};
	if (o->page.failed == 0)
		o->page.failed = page_code_text(&code, text, o->page.err);
	char *alt = words_say(o->paper->language, W_PAPER_ALT_CODE, say_text("what", label));
	page_figure(&o->page, alt);
	page_code(&o->page, x, ID_TOP + 6, CODE, &code);
	page_end(&o->page, "Figure");
	page_code_finish(&code);
	free(alt);
	page_text(&o->page, x - 2, ID_TOP + 6 + CODE, style, label);
}

static void ids(struct poster *o)
{
	const struct paper *e = o->paper;
	const struct text_style label = {.points = 12, .width = INNER, .lines = 1};
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	char half[YIHU_EID_BYTES + 1] = {0};
	double right = e->url ? RIGHT - 2 * CODE - 5 : RIGHT - CODE - 3;
	struct text_style big = {.points = 13.5, .bold = true};
	struct text_style small = {.points = 10};
	yihu_short_print(print, e->charter->eid);
	yihu_hex_into(hex, e->charter->eid, YIHU_EID_BYTES);
	while (page_text_width(&o->page, big, print) < right - LEFT && big.points < 26)
		big.points += 0.5;
	big.points -= 0.5;
	page_line(&o->page, LEFT, ID_TOP - 2, RIGHT, ID_TOP - 2, 0.6);
	page_text(&o->page, LEFT, ID_TOP, label, words_of(o, W_PAPER_POSTER_CHECK));
	double y = ID_TOP + 9 + page_text(&o->page, LEFT, ID_TOP + 9, big, print) + 2;
	y += page_text(&o->page, LEFT, y, small, words_of(o, W_TERM_EID));
	y += page_text(&o->page, LEFT, y, small, memcpy(half, hex, YIHU_EID_BYTES));
	y += page_text(&o->page, LEFT, y, small, hex + YIHU_EID_BYTES);
	if (e->url) {
		page_text(&o->page, LEFT, y + 1, (struct text_style){.points = 11}, e->url);
		labelled_code(o, RIGHT - 2 * CODE - 3, e->url, words_of(o, W_PAPER_POSTER_SITE));
	}
	labelled_code(o, RIGHT - CODE, hex, words_of(o, W_TERM_EID));
}

/* ---- sheets ---- */

static double below_what(struct poster *o, bool draw, double y)
{
	const struct text_style type = {.points = 12 * o->larger, .width = INNER};
	y = keys(o, rule(o, how(o, when(o, y, draw), draw), draw), draw);
	return y +
	       sender_put(&o->page, o->paper->language, &o->paper->sender, RIGHT, y, type, draw);
}

/* Room for projects on the first sheet, from y on. */
static double room_from(struct poster *o, double y)
{
	return ID_TOP - 5 - below_what(o, false, 0) - y;
}

static double heading_height(struct poster *o)
{
	return paragraph(o, 0, HEADING, true, false, words_of(o, W_PAPER_POSTER_WHAT)) + 1;
}

static bool all_fit(struct poster *o, double y, double larger, double points, size_t columns)
{
	poster_projects_finish(&o->projects);
	o->larger = larger;
	poster_projects_measure(&o->projects, &o->page, o->paper, columns, points);
	return poster_projects_end(&o->projects, 0, room_from(o, y + heading_height(o))) ==
	       o->paper->definition->n_projects;
}

/* The largest type that holds all projects on the first sheet; else what can
 * be read from a step away, on as many sheets as it takes. */
static void choose_type(struct poster *o, double y)
{
	static const struct {
		double larger, points;
		size_t columns;
	} choices[] = {{1.5, 21, 1},  {1.35, 19, 1}, {1.2, 17, 1}, {1.1, 15.5, 1},
		       {1, 14, 1},    {1, 12.5, 1},  {1, 11.5, 1}, {0.9, 10.5, 1},
		       {0.85, 10, 1}, {1, 12.5, 2},  {1, 11.5, 2}, {1, 10.5, 2}};
	size_t i = 0, n = sizeof choices / sizeof *choices;
	while (i < n && !all_fit(o, y, choices[i].larger, choices[i].points, choices[i].columns))
		i++;
	if (i == n)
		all_fit(o, y, 0.9, 12, o->paper->definition->n_projects < MANY_PROJECTS ? 1 : 2);
}

static double what_head(struct poster *o, double y)
{
	const struct yihu_definition *d = o->paper->definition;
	const struct text_style right = {
		.points = 13 * o->larger, .bold = true, .align = PAGE_RIGHT};
	char *money = translated_money(o->paper->language, d, d->budget);
	char *budget = words_say(o->paper->language, W_PAPER_BUDGET, say_taken("sum", money));
	if (d->has_budget)
		page_text(&o->page, RIGHT, y + 0.5, right, budget);
	free(budget);
	return paragraph(o, y, HEADING, true, true, words_of(o, W_PAPER_POSTER_WHAT)) + 1;
}

static void sheet_of(struct poster *o, double y, size_t sheet)
{
	const struct text_style small = {.points = 11};
	const struct text_style next = {.points = 12, .bold = true, .align = PAGE_RIGHT};
	char *count = words_say(o->paper->language, W_PAPER_SHEET, say_count("sheet", sheet + 1),
				say_count("of", o->sheets));
	page_text(&o->page, LEFT, y, small, count);
	if (sheet + 1 < o->sheets)
		page_text(&o->page, RIGHT, y, next, words_of(o, W_PAPER_NEXT_SHEET));
	free(count);
}

#define SHEET_LINE 7.0

static size_t first_sheet(struct poster *o)
{
	double y = head(o);
	size_t all = o->paper->definition->n_projects;
	choose_type(o, y);
	y = what_head(o, y);
	double room = room_from(o, y);
	size_t end = poster_projects_end(&o->projects, 0, room);
	if (end < all) {
		room -= SHEET_LINE;
		end = poster_projects_end(&o->projects, 0, room);
		o->sheets = 1;
		for (size_t i = end; i < all; o->sheets++)
			i = poster_projects_end(&o->projects, i, BOTTOM - FURTHER_TOP);
	}
	y = poster_projects_draw(&o->projects, 0, end, y, room);
	if (end < all)
		sheet_of(o, y + 1, 0);
	below_what(o, true, y + 3 + (end < all ? SHEET_LINE - 2 : 0));
	ids(o);
	return end;
}

/* Each sheet says of which election it is: they may hang apart. */
static size_t further_sheet(struct poster *o, size_t first, size_t sheet)
{
	const struct text_style title = {
		.points = 15, .bold = true, .width = INNER, .lines = 1, .tag = "H1"};
	const struct text_style print = {.points = 11, .bold = true, .align = PAGE_RIGHT};
	enum language l = o->paper->language;
	char text[YIHU_SHORT_PRINT_BYTES];
	double room = BOTTOM - FURTHER_TOP;
	size_t end = poster_projects_end(&o->projects, first, room);
	yihu_short_print(text, o->paper->charter->eid);
	page_text(&o->page, LEFT, 13, title,
		  translated_meta(l, o->paper->definition, "description"));
	page_text(&o->page, LEFT, 22,
		  (struct text_style){.points = HEADING, .bold = true, .tag = "H2"},
		  words_of(o, W_PAPER_POSTER_WHAT));
	page_text(&o->page, RIGHT, 23.5, print, text);
	page_line(&o->page, LEFT, FURTHER_TOP - 2, RIGHT, FURTHER_TOP - 2, 0.6);
	poster_projects_draw(&o->projects, first, end, FURTHER_TOP, room);
	sheet_of(o, BOTTOM + 3, sheet);
	return end;
}

static int end_sheet(struct poster *o, struct pdf *to, struct yihu_error *err)
{
	return o->page.failed != 0 ? o->page.failed : pdf_end_page(to, err);
}

int poster_print(struct pdf *to, const struct paper *paper, double scale, struct yihu_error *err)
{
	struct typeface type;
	struct poster o = {.page = {.type = &type, .to = to, .scale = scale, .err = err},
			   .paper = paper,
			   .sheets = 1};
	int r = typeface_open(&type, paper->language, err);
	size_t done = 0;
	if (r == 0) {
		done = first_sheet(&o);
		r = end_sheet(&o, to, err);
	}
	for (size_t sheet = 1; r == 0 && sheet < o.sheets; sheet++) {
		done = further_sheet(&o, done, sheet);
		r = end_sheet(&o, to, err);
	}
	poster_projects_finish(&o.projects);
	typeface_close(&type);
	return r;
}
