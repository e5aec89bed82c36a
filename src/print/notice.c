/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices beside or instead of the first poster: of an election that was called
 * off, of a project that was withdrawn. What it is in large type, why, and what it
 * means for who reads it. They hang where that poster hung, so they look like it.
 */
#include "print/poster_what.h"

#include <stdlib.h>

#define LEFT POSTER_LEFT
#define RIGHT POSTER_RIGHT
#define INNER POSTER_INNER
#define FOOT 255.0
#define REASON_BOTTOM 166.0 /* the reason's type shrinks until it ends above */
#define NEXT_TOP 181.0

struct notice {
	struct page page;
	const struct paper *paper;
	const char *head;     /* in the largest type */
	const char *what;     /* below it, of one project; or NULL */
	const char *why;      /* over the reason */
	const char *reason;   /* as the issuer signed it */
	uint64_t time;        /* of that; 0: not known */
	const char *means[3]; /* the first in bold */
};

static double head(struct notice *o)
{
	enum language l = o->paper->language;
	const struct yihu_definition *d = o->paper->definition;
	const struct text_style community = {
		.points = 16, .bold = true, .width = INNER, .lines = 1, .align = PAGE_CENTER};
	const struct text_style title = {.points = 22,
					 .bold = true,
					 .width = INNER,
					 .lines = 3,
					 .align = PAGE_CENTER,
					 .tag = "H1"};
	const struct text_style off = {.points = 38,
				       .bold = true,
				       .width = INNER,
				       .lines = 1,
				       .align = PAGE_CENTER,
				       .tag = "H2"};
	const struct text_style what = {
		.points = 24, .bold = true, .width = INNER, .lines = 3, .align = PAGE_CENTER};
	char *unit = translated_community(l, d);
	double y = 16 + page_text(&o->page, LEFT, 16, community, unit) + 2;
	y += page_text(&o->page, LEFT, y, title, translated_meta(l, d, "description")) + 5;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.8);
	y += 5 + page_text(&o->page, LEFT, y + 5, off, o->head) + 4;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.8);
	free(unit);
	return o->what ? y + 4 + page_text(&o->page, LEFT, y + 4, what, o->what) + 4 : y + 6;
}

/* As large as the words allow. */
static void reason(struct notice *o, double y)
{
	struct text_style style = {.points = 26, .width = INNER};
	const struct text_style label = {.points = 15, .bold = true, .width = INNER, .tag = "H2"};
	const struct text_style when = {.points = 13, .align = PAGE_RIGHT};
	page_text(&o->page, LEFT, y, label, o->why);
	if (o->time != 0) {
		char *date = print_zoned(o->paper->language, o->time);
		page_text(&o->page, RIGHT, y + 0.5, when, date);
		free(date);
	}
	y += page_text_height(&o->page, label, o->why) + 2;
	while (style.points > 11 &&
	       y + page_text_height(&o->page, style, o->reason) > REASON_BOTTOM)
		style.points -= 0.5;
	page_text(&o->page, LEFT, y, style, o->reason);
}

static double paragraph(struct notice *o, double y, double points, bool bold, const char *text)
{
	const struct text_style style = {.points = points, .bold = bold, .width = INNER};
	return y + page_text(&o->page, LEFT, y, style, text) + 2;
}

static void means(struct notice *o)
{
	double y = NEXT_TOP;
	page_line(&o->page, LEFT, y - 5, RIGHT, y - 5, 0.4);
	y = paragraph(o, y, 18, true, o->means[0]) + 2;
	y = paragraph(o, y, 15, false, o->means[1]);
	paragraph(o, y, 15, false, o->means[2]);
}

static void foot(struct notice *o, const char *print)
{
	const struct text_style small = {.points = 11};
	const struct text_style code = {.points = 14, .bold = true};
	const struct text_style seal = {.points = 12, .width = 80};
	page_line(&o->page, LEFT, FOOT - 3, RIGHT, FOOT - 3, 0.6);
	page_text(&o->page, LEFT, FOOT, code, print);
	if (o->paper->url)
		page_text(&o->page, LEFT, FOOT + 8.5, small, o->paper->url);
	sender_fit(&o->page, o->paper->language, &o->paper->sender, RIGHT, FOOT, seal,
		   A4_HEIGHT - 10 - FOOT);
}

static int print(struct notice *o, struct pdf *to, double scale, struct yihu_error *err)
{
	struct typeface type;
	char print[YIHU_SHORT_PRINT_BYTES];
	o->page = (struct page){.type = &type, .to = to, .scale = scale, .err = err};
	int r = typeface_open(&type, o->paper->language, err);
	yihu_short_print(print, o->paper->charter->eid);
	if (r == 0) {
		reason(o, head(o));
		means(o);
		foot(o, print);
		r = o->page.failed != 0 ? o->page.failed : pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}

int cancelled_print(struct pdf *to, const struct paper *paper, const struct paper_called_off *off,
		    double scale, struct yihu_error *err)
{
	enum language l = paper->language;
	char short_print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(short_print, paper->charter->eid);
	char *letters = words_say(l, W_PAPER_CANCELLED_LETTERS, say_text("print", short_print));
	struct notice o = {.paper = paper,
			   .head = word(l, W_PAPER_CANCELLED),
			   .why = word(l, W_PAPER_CANCELLED_WHY),
			   .reason = off->reason,
			   .time = off->time,
			   .means = {letters, word(l, W_PAPER_CANCELLED_VOTES),
				     word(l, W_PAPER_CANCELLED_NEXT)}};
	int r = print(&o, to, scale, err);
	free(letters);
	return r;
}

int withdrawn_print(struct pdf *to, const struct paper *paper, const struct yihu_withdrawn *w,
		    double scale, struct yihu_error *err)
{
	enum language l = paper->language;
	const struct yihu_definition *d = paper->definition;
	char *what = words_say(l, W_PAPER_WITHDRAWN_WHAT, say_count("n", w->project + 1),
			       say_text("name", translated_project(l, d, w->project, "name")));
	struct notice o = {.paper = paper,
			   .head = word(l, W_PAPER_WITHDRAWN),
			   .what = what,
			   .why = word(l, W_PAPER_WITHDRAWN_WHY),
			   .reason = w->reason,
			   .time = w->time,
			   .means = {word(l, W_PAPER_WITHDRAWN_MARK),
				     word(l, W_PAPER_WITHDRAWN_VOTED),
				     word(l, W_PAPER_WITHDRAWN_SIGNED)}};
	int r = print(&o, to, scale, err);
	free(what);
	return r;
}
