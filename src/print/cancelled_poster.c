/* SPDX-License-Identifier: Apache-2.0
 *
 * The poster of an election that was called off: that it is, why, what its
 * letters are worth now, and what comes next. It hangs where the first poster
 * hung, so it looks like it and says another thing in large type.
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
	const struct paper_called_off *off;
};

static const char *words_of(const struct notice *o, enum word w)
{
	return word(o->paper->language, w);
}

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
	char *unit = translated_community(l, d);
	double y = 16 + page_text(&o->page, LEFT, 16, community, unit) + 2;
	y += page_text(&o->page, LEFT, y, title, translated_meta(l, d, "description")) + 5;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.8);
	y += 5 + page_text(&o->page, LEFT, y + 5, off, words_of(o, W_PAPER_CANCELLED)) + 4;
	page_line(&o->page, LEFT, y, RIGHT, y, 0.8);
	free(unit);
	return y + 6;
}

/* As large as the words allow. */
static void reason(struct notice *o, double y)
{
	struct text_style style = {.points = 26, .width = INNER};
	const struct text_style label = {.points = 15, .bold = true, .width = INNER, .tag = "H2"};
	const struct text_style when = {.points = 13, .align = PAGE_RIGHT};
	page_text(&o->page, LEFT, y, label, words_of(o, W_PAPER_CANCELLED_WHY));
	if (o->off->time != 0) {
		char *date = print_zoned(o->paper->language, o->off->time);
		page_text(&o->page, RIGHT, y + 0.5, when, date);
		free(date);
	}
	y += page_text_height(&o->page, label, words_of(o, W_PAPER_CANCELLED_WHY)) + 2;
	while (style.points > 11 &&
	       y + page_text_height(&o->page, style, o->off->reason) > REASON_BOTTOM)
		style.points -= 0.5;
	page_text(&o->page, LEFT, y, style, o->off->reason);
}

static double paragraph(struct notice *o, double y, double points, bool bold, const char *text)
{
	const struct text_style style = {.points = points, .bold = bold, .width = INNER};
	return y + page_text(&o->page, LEFT, y, style, text) + 2;
}

static void next(struct notice *o, const char *print)
{
	char *letters =
		words_say(o->paper->language, W_PAPER_CANCELLED_LETTERS, say_text("print", print));
	double y = NEXT_TOP;
	page_line(&o->page, LEFT, y - 5, RIGHT, y - 5, 0.4);
	y = paragraph(o, y, 18, true, letters) + 2;
	y = paragraph(o, y, 15, false, words_of(o, W_PAPER_CANCELLED_VOTES));
	paragraph(o, y, 15, false, words_of(o, W_PAPER_CANCELLED_NEXT));
	free(letters);
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

int cancelled_print(struct pdf *to, const struct paper *paper, const struct paper_called_off *off,
		    double scale, struct yihu_error *err)
{
	struct typeface type;
	char print[YIHU_SHORT_PRINT_BYTES];
	struct notice o = {.page = {.type = &type, .to = to, .scale = scale, .err = err},
			   .paper = paper,
			   .off = off};
	int r = typeface_open(&type, paper->language, err);
	yihu_short_print(print, paper->charter->eid);
	if (r == 0) {
		reason(&o, head(&o));
		next(&o, print);
		foot(&o, print);
		r = o.page.failed != 0 ? o.page.failed : pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}
