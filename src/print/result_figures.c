/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of the results poster.
 */
#include "print/result_figures.h"

#include <stdlib.h>

#include "print/result_row.h"
#include "print/result_winners.h"

#define LABEL 30.0 /* width of the figures' labels */
#define BAR 60.0

/* On the line of its words where there is room, else below; returns how much more
 * room it takes. */
static double bar_beside(struct sheet *s, struct text_style style, const char *text,
			 const struct result_bar *bar)
{
	bool below = LABEL + page_text_width(&s->page, style, text) + 4 > RESULT_INNER - BAR;
	double line = page_text_height(&s->page, style, text);
	double y = below ? s->y + line + 0.8 : s->y + (line - 2.6) / 2;
	if (s->draw)
		result_bar(&s->page, below ? RESULT_LEFT + LABEL : RESULT_RIGHT - BAR, y, BAR,
			   *bar);
	return below ? 4.4 : 0;
}

/* Frees text. bar NULL: none. */
static void put_figure(struct sheet *s, enum word label, char *text, const struct result_bar *bar)
{
	double points = s->points < 10 ? 10 : s->points < 14 ? 11 : 13;
	const struct text_style bold = {
		.points = points, .bold = true, .width = LABEL - 2, .tag = "Lbl"};
	const struct text_style style = {
		.points = points, .width = RESULT_INNER - LABEL, .tag = "LBody"};
	result_begin(&s->page, "LI", s->draw);
	double name = result_text(&s->page, RESULT_LEFT, s->y, bold,
				  word(s->paper->language, label), s->draw);
	double height = result_text(&s->page, RESULT_LEFT + LABEL, s->y, style, text, s->draw);
	result_end(&s->page, "LI", s->draw);
	height += bar ? bar_beside(s, style, text, bar) : 0;
	s->y += name > height ? name : height;
	free(text);
}

static void put_turnout(struct sheet *s)
{
	const struct published *r = s->paper->results;
	const struct result_bar bar = {.part = (double)r->cast,
				       .whole = (double)r->entitled,
				       .mark = (double)yihu_share_thousandths(&r->quorum) / 1000};
	put_figure(s, W_TERM_TURNOUT, yihu_turnout_sentence(r, s->paper->language), &bar);
	char *changes = yihu_changes_sentence(r, s->paper->language);
	if (changes)
		put_figure(s, W_RESULT_CHANGES, changes, NULL);
	if (s->paper->added)
		put_figure(s, W_RESULT_ADDED, yihu_strdup(s->paper->added), NULL);
	put_figure(s, W_RESULT_QUORUM, yihu_quorum_sentence(r, s->paper->language), NULL);
	if (r->opened)
		put_figure(s, W_TERM_BALLOTS, yihu_ballots_sentence(r, s->paper->language), NULL);
}

static void put_budget(struct sheet *s)
{
	const struct published *r = s->paper->results;
	enum language l = s->paper->language;
	if (r->has_budget && !result_budget_above(r))
		put_figure(s, W_RESULT_BUDGET, yihu_budget_sentence(r, l), NULL);
}

void result_figures(struct sheet *s)
{
	const struct result_paper *p = s->paper;
	result_begin(&s->page, "L", s->draw);
	char *standing = yihu_standing_sentence(p->standing, p->language);
	if (standing)
		put_figure(s, W_RESULT_STANDING, standing, NULL);
	put_turnout(s);
	put_budget(s);
	put_figure(s, W_RESULT_COMPLAINTS, yihu_complaints_sentence(p->complaints, p->language),
		   NULL);
	put_figure(s, W_RESULT_POLL, yihu_poll_sentence(p->results, p->language), NULL);
	put_figure(s, W_RESULT_RULE, yihu_rule_sentence(p->results, p->language), NULL);
	result_end(&s->page, "L", s->draw);
	s->y += 2.5;
}
