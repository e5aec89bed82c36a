/* SPDX-License-Identifier: Apache-2.0
 *
 * Sheets one after the other.
 */
#include "print/result_sheet.h"

#include <stdlib.h>

#include "print/result_foot.h"
#include "print/result_row.h"

#define TOP 11.0
#define BOTTOM (A4_HEIGHT - 8.0)

static void number_sheet(struct sheet *s)
{
	const struct text_style style = {.points = 10, .align = PAGE_RIGHT};
	char *text = words_say(s->paper->language, W_PAPER_SHEET, say_count("sheet", s->number),
			       say_count("of", s->of));
	if (s->draw && s->of > 1)
		page_text(&s->page, RESULT_RIGHT, TOP - 6, style, text);
	free(text);
}

void sheet_begin(struct sheet *s)
{
	s->number++;
	s->y = TOP;
	s->bottom = BOTTOM;
	if (s->number == 1)
		s->bottom -= result_foot(&s->page, s->paper, 0, false) + 2;
	number_sheet(s);
}

void sheet_end(struct sheet *s)
{
	if (s->draw && s->number == 1)
		result_foot(&s->page, s->paper, s->bottom + 2, true);
	if (s->draw && s->page.failed == 0)
		s->page.failed = pdf_end_page(s->to, s->page.err);
}

void sheet_continue_table(struct sheet *s)
{
	const struct text_style style = {
		.points = 11, .bold = true, .width = 140, .lines = 1, .tag = "H1"};
	sheet_end(s);
	sheet_begin(s);
	s->y += result_text(&s->page, RESULT_LEFT, s->y, style, s->paper->title, s->draw) + 2;
	s->y += result_heads(&s->page, s->paper, s->points, s->y, s->draw);
}

void sheet_put(struct sheet *s, struct text_style style, const char *text)
{
	s->y += result_text(&s->page, RESULT_LEFT, s->y, style, text, s->draw);
}
