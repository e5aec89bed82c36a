/* SPDX-License-Identifier: Apache-2.0
 *
 * The winners on the results poster: the page's bar in ink, and a numbered list.
 */
#include "print/result_winners.h"

#include <stdlib.h>

#include "print/result_row.h"
#include "publish/winners.h"

#define LEFT (RESULT_LEFT + 4)
#define RIGHT (RESULT_RIGHT - 4)
#define INNER (RIGHT - LEFT)
#define BAR_MM 8.5
#define EDGE_MM 0.35 /* half of the white between two winners */

/* A colour of the page, as a printer without colours has it. */
static double grey_of(unsigned shade)
{
	return (0.299 * (shade >> 16) + 0.587 * (shade >> 8 & 0xff) + 0.114 * (shade & 0xff)) / 255;
}

static void number_in(struct page *p, double x, double y, size_t project)
{
	const struct text_style style = {
		.points = 14, .bold = true, .align = PAGE_CENTER, .grey = 1};
	char *number = yihu_printf("%zu", project + 1);
	page_text(p, x, y + (BAR_MM - page_text_height(p, style, number)) / 2, style, number);
	free(number);
}

static void budget_bar(struct sheet *s, const struct winner_part *parts)
{
	struct page *p = &s->page;
	if (!s->draw || p->failed != 0)
		return;
	page_fill(p, LEFT, s->y, INNER, BAR_MM, grey_of(WINNER_REST_SHADE));
	for (size_t i = 0; i < s->paper->results->funded.n; i++) {
		double x = LEFT + parts[i].from * INNER / 1000, w = parts[i].width * INNER / 1000;
		page_fill(p, x, s->y, w, BAR_MM, 1);
		if (w > 2 * EDGE_MM)
			page_fill(p, x + EDGE_MM, s->y + EDGE_MM, w - 2 * EDGE_MM,
				  BAR_MM - 2 * EDGE_MM, grey_of(WINNER_SHADE));
		if (parts[i].width >= WINNER_NUMBER_ROOM)
			number_in(p, x + w / 2, s->y, parts[i].project);
	}
}

/* In type that goes with the rows', larger. */
static double list_points(const struct sheet *s)
{
	double points = s->points < 10 ? s->points + 0.5 : s->points + 1.5;
	return points > 16 ? 16 : points;
}

static double winner(struct sheet *s, size_t project, double y, bool draw)
{
	const struct published *r = s->paper->results;
	const struct result_project *p = &r->projects[project];
	return result_title(&s->page, s->paper, p, (struct title_box){LEFT, RIGHT, y},
			    list_points(s), draw) +
	       1;
}

static void put_line(struct sheet *s, double points, bool bold, char *text)
{
	const struct text_style style = {.points = points, .bold = bold, .width = INNER};
	if (text)
		s->y += result_text(&s->page, LEFT, s->y, style, text, s->draw) + 1;
	free(text);
}

static char *lead(const struct sheet *s)
{
	const struct published *r = s->paper->results;
	enum language l = s->paper->language;
	if (r->funded.n == 0)
		return yihu_result_sentence(r, l);
	if (r->funded.n == 1)
		return word_copy(l, W_RESULT_POSTER_ONE);
	return words_say(l, s->listed ? W_RESULT_FUNDED_LIST : W_RESULT_POSTER_LIST,
			 say_count("n", r->funded.n));
}

static void put_funded(struct sheet *s)
{
	const struct published *r = s->paper->results;
	struct winner_part *parts = yihu_winner_parts(r);
	if (r->has_budget) {
		budget_bar(s, parts);
		s->y += BAR_MM + 1.5;
	}
	for (size_t i = 0; s->listed && i < r->funded.n; i++)
		s->y += winner(s, parts[i].project, s->y, s->draw);
	if (result_budget_above(r))
		put_line(s, s->points < 10 ? 10 : 11, true,
			 words_say(
				 s->paper->language, W_RESULT_POSTER_MONEY,
				 say_taken("budget", yihu_budget_sentence(r, s->paper->language))));
	free(parts);
}

bool result_budget_above(const struct published *r)
{
	return r->funded.n > 0 && r->has_budget && r->budget >= r->spent;
}

void result_winners(struct sheet *s)
{
	const struct published *r = s->paper->results;
	double top = s->y, large = list_points(s) + 4;
	s->y += 2;
	put_line(s, large > 18 ? 18 : large < 15 ? 15 : large, true, lead(s));
	if (r->funded.n > 0)
		put_funded(s);
	put_line(s, list_points(s), false, yihu_closest_sentence(r, s->paper->language));
	if (s->draw && s->page.failed == 0)
		page_box(&s->page, RESULT_LEFT, top, RESULT_INNER, s->y + 1 - top, 0.6);
	s->y += 1 + 2.5;
}
