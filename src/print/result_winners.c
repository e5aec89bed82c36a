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

/* "1: 7.3 %, 4: 12.0 %", for who does not see it. */
static char *bar_in_words(const struct sheet *s, const struct winner_part *parts)
{
	enum language l = s->paper->language;
	struct yihu_buf shares = {0};
	for (size_t i = 0; i < s->paper->results->funded.n; i++)
		yihu_buf_fmt(&shares, "%s%zu: %u.%u %%", i != 0 ? word(l, W_FORM_LIST) : "",
			     parts[i].project + 1, parts[i].width / 10, parts[i].width % 10);
	char *text = words_say(l, W_PAPER_ALT_BAR, say_text("shares", (const char *)shares.data));
	yihu_buf_free(&shares);
	return text;
}

static void budget_bar(struct sheet *s, const struct winner_part *parts)
{
	struct page *p = &s->page;
	if (!s->draw || p->failed != 0)
		return;
	char *alt = bar_in_words(s, parts);
	page_figure(p, alt);
	free(alt);
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
	page_end(p, "Figure");
}

/* In type that goes with the rows', larger. */
static double list_points(const struct sheet *s)
{
	double points = s->points < 10 ? s->points + 0.5 : s->points + 1.5;
	return points > 16 ? 16 : points;
}

static double winner(struct sheet *s, size_t project, double y, bool draw)
{
	const struct title_box at = {LEFT, RIGHT, y, false};
	result_begin(&s->page, "LI", draw);
	double height = result_title(&s->page, s->paper, &s->paper->results->projects[project], at,
				     list_points(s), draw);
	result_end(&s->page, "LI", draw);
	return height + 1;
}

/* Frees text. */
static void put_line(struct sheet *s, struct text_style style, char *text)
{
	style.width = INNER;
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
	result_begin(&s->page, "L", s->draw && s->listed);
	for (size_t i = 0; s->listed && i < r->funded.n; i++)
		s->y += winner(s, parts[i].project, s->y, s->draw);
	result_end(&s->page, "L", s->draw && s->listed);
	if (result_budget_above(r))
		put_line(s, (struct text_style){.points = s->points < 10 ? 10 : 11, .bold = true},
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
	large = large > 18 ? 18 : large < 15 ? 15 : large;
	put_line(s, (struct text_style){.points = large, .bold = true, .tag = "H2"}, lead(s));
	if (r->funded.n > 0)
		put_funded(s);
	put_line(s, (struct text_style){.points = list_points(s)},
		 yihu_closest_sentence(r, s->paper->language));
	if (s->draw && s->page.failed == 0)
		page_box(&s->page, RESULT_LEFT, top, RESULT_INNER, s->y + 1 - top, 0.6);
	s->y += 1 + 2.5;
}
