/* SPDX-License-Identifier: Apache-2.0
 *
 * The poster before the vote: what, when, how, who holds the keys, and the id
 * that every letter must have.
 */
#include "print/page.h"
#include "print/paper.h"

#include <stdlib.h>

#define LEFT 18.0
#define RIGHT (A4_WIDTH - LEFT)
#define INNER (RIGHT - LEFT)
#define CODE 34.0
#define ID_TOP 241.0

struct poster {
	struct page page;
	const struct paper *paper;
};

static const char *word(const struct poster *o, enum print_word w)
{
	return o->paper->words->text[w];
}

static double head(struct poster *o)
{
	const struct print_words *w = o->paper->words;
	const struct yihu_definition *d = o->paper->definition;
	const struct text_style kicker = {
		.points = 16, .bold = true, .width = INNER, .lines = 1, .align = PAGE_CENTER};
	const struct text_style title = {
		.points = 23, .bold = true, .width = INNER, .lines = 3, .align = PAGE_CENTER};
	char *community = print_community(w, d);
	char *line = yihu_printf("%s  %s", community, word(o, P_POSTER));
	double y = 13 + page_text(&o->page, LEFT, 13, kicker, line) + 1;
	y += page_text(&o->page, LEFT, y, title, print_meta(w, d, "description")) + 2;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.6);
	free(community);
	free(line);
	return y + 2.5;
}

static double section(struct poster *o, double y, enum print_word w)
{
	const struct text_style style = {.points = 15, .bold = true, .width = INNER, .lines = 1};
	return y + page_text(&o->page, LEFT, y, style, word(o, w));
}

/* ---- what ---- */

struct columns {
	size_t n, rows;
	double points, row_mm;
	int lines; /* of a name */
	bool cost;
};

/* The largest type that holds all projects between y and bottom. */
static struct columns choose_columns(size_t n, double room)
{
	static const struct {
		size_t columns;
		double points;
	} choices[] = {{1, 14}, {1, 12}, {2, 11.5}, {2, 10}, {3, 9}, {3, 8}, {4, 7}};
	struct columns c = {0};
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
		c = (struct columns){.n = choices[i].columns,
				     .points = choices[i].points,
				     .row_mm = choices[i].points * 0.56,
				     .lines = 1,
				     .cost = choices[i].columns < 3};
		c.rows = (n + c.n - 1) / c.n;
		if ((double)c.rows * c.row_mm <= room)
			break;
	}
	if (c.n == 1 && (double)c.rows * c.row_mm * 2 <= room) {
		c.lines = 2;
		c.row_mm *= 2;
	}
	size_t most = (size_t)(room / c.row_mm);
	c.rows = c.rows > most ? most : c.rows;
	return c;
}

static void project(struct poster *o, const struct columns *c, size_t i, double x, double y)
{
	const struct yihu_definition *d = o->paper->definition;
	double width = INNER / (double)c->n - 3, cost_width = 0;
	const char *name = print_project(o->paper->words, d, i, "name");
	char *money = print_money(o->paper->words, d, d->projects[i].cost);
	char *line = yihu_printf("%zu  %s", i + 1, *name != '\0' ? name : d->projects[i].id);
	struct text_style style = {.points = c->points, .align = PAGE_RIGHT};
	if (c->cost) {
		page_text(&o->page, x + width, y, style, money);
		cost_width = page_text_width(&o->page, style, money) + 2;
	}
	style = (struct text_style){
		.points = c->points, .width = width - cost_width, .lines = c->lines};
	page_text(&o->page, x, y, style, line);
	free(line);
	free(money);
}

static double what(struct poster *o, double y, double bottom)
{
	const struct yihu_definition *d = o->paper->definition;
	const struct text_style right = {.points = 13, .bold = true, .align = PAGE_RIGHT};
	char *money = print_money(o->paper->words, d, d->budget);
	char *budget = print_say(o->paper->words, P_BUDGET, money);
	if (d->has_budget)
		page_text(&o->page, RIGHT, y + 0.5, right, budget);
	y = section(o, y, P_POSTER_WHAT) + 1;
	struct columns c = choose_columns(d->n_projects, bottom - y);
	for (size_t i = 0; i < d->n_projects && i < c.n * c.rows; i++) {
		size_t column = i / c.rows, row = i % c.rows;
		project(o, &c, i, LEFT + (double)column * (INNER / (double)c.n),
			y + (double)row * c.row_mm);
	}
	free(money);
	free(budget);
	return y + (double)c.rows * c.row_mm + 3;
}

/* ---- when, how, keys: measured first, since the projects get the rest ---- */

static double paragraph(struct poster *o, double y, double points, bool bold, bool draw,
			const char *text)
{
	const struct text_style style = {.points = points, .bold = bold, .width = INNER};
	return y + (draw ? page_text(&o->page, LEFT, y, style, text)
			 : page_text_height(&o->page, style, text));
}

static double when(struct poster *o, double y, bool draw)
{
	char *closes = print_date(o->paper->words, o->paper->charter->closes);
	char *opens = print_date(o->paper->words, o->paper->charter->opens);
	char *until = print_say(o->paper->words, P_UNTIL, closes);
	char *from = print_say(o->paper->words, P_FROM, opens);
	y = paragraph(o, y, 15, true, draw, word(o, P_POSTER_WHEN));
	y = paragraph(o, y, 17, true, draw, until);
	y = paragraph(o, y, 13, false, draw, from);
	free(closes);
	free(opens);
	free(until);
	free(from);
	return y + 2.5;
}

static double how(struct poster *o, double y, bool draw)
{
	const char *where = o->paper->desk != NULL ? o->paper->desk : word(o, P_DESK_UNKNOWN);
	char *desk = print_say(o->paper->words, P_POSTER_DESK, where);
	y = paragraph(o, y, 15, true, draw, word(o, P_POSTER_HOW));
	y = paragraph(o, y, 13, false, draw, word(o, P_POSTER_LETTER));
	if (o->paper->url != NULL)
		y = paragraph(o, y, 13, false, draw, word(o, P_POSTER_PHONE));
	y = paragraph(o, y, 13, false, draw, desk);
	free(desk);
	return y + 2.5;
}

static double keys(struct poster *o, double y, bool draw)
{
	const struct yihu_charter *c = o->paper->charter;
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < c->n; i++)
		yihu_buf_fmt(&names, "%s%s", i != 0 ? "   " : "", c->holders[i].key.name);
	char *text = print_say(o->paper->words, P_POSTER_KEYS_HOW, c->t, c->n);
	y = paragraph(o, y, 15, true, draw, word(o, P_POSTER_KEYS));
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
	page_code(&o->page, x, ID_TOP + 6, CODE, &code);
	page_code_finish(&code);
	page_text(&o->page, x - 2, ID_TOP + 6 + CODE, style, label);
}

static void ids(struct poster *o)
{
	const struct paper *e = o->paper;
	const struct text_style label = {.points = 12, .width = INNER, .lines = 1};
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	double right = e->url != NULL ? RIGHT - 2 * CODE - 5 : RIGHT - CODE - 3;
	struct text_style big = {.points = 13.5, .bold = true};
	struct text_style small = {.points = 9, .width = right - LEFT};
	yihu_short_print(print, e->charter->eid);
	yihu_hex_into(hex, e->charter->eid, YIHU_EID_BYTES);
	while (page_text_width(&o->page, big, print) < right - LEFT && big.points < 26)
		big.points += 0.5;
	big.points -= 0.5;
	page_line(&o->page, LEFT, ID_TOP - 2, RIGHT, ID_TOP - 2, 0.6);
	page_text(&o->page, LEFT, ID_TOP, label, word(o, P_POSTER_CHECK));
	double y = ID_TOP + 9 + page_text(&o->page, LEFT, ID_TOP + 9, big, print) + 2;
	y += page_text(&o->page, LEFT, y, small, word(o, P_EID));
	y += page_text(&o->page, LEFT, y, small, hex);
	if (e->url != NULL) {
		page_text(&o->page, LEFT, y + 1, (struct text_style){.points = 11}, e->url);
		labelled_code(o, RIGHT - 2 * CODE - 3, e->url, word(o, P_POSTER_SITE));
	}
	labelled_code(o, RIGHT - CODE, hex, word(o, P_EID));
}

static void draw(struct poster *o)
{
	double below = keys(o, how(o, when(o, 0, false), false), false);
	double y = head(o);
	y = what(o, y, ID_TOP - 2 - below - 3);
	keys(o, how(o, when(o, y, true), true), true);
	ids(o);
}

int poster_print(struct pdf *to, const struct paper *paper, double scale, struct yihu_error *err)
{
	struct typeface type;
	struct poster o = {.page = {.type = &type, .cr = to->cr, .scale = scale, .err = err},
			   .paper = paper};
	int r = typeface_open(&type, paper->words->chinese, err);
	if (r == 0) {
		draw(&o);
		r = o.page.failed != 0 ? o.page.failed : pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}
