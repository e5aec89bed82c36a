/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of the results poster.
 */
#include "print/result_figures.h"

#include <stdlib.h>
#include <time.h>

#include <yihu/text.h>

#include "print/result_row.h"

#define LABEL 30.0 /* width of the figures' labels */
#define BAR 90.0

/* Frees text. bar NULL: none. */
static void put_figure(struct sheet *s, enum word label, char *text, const struct result_bar *bar)
{
	double points = s->points < 14 ? 11 : 13;
	const struct text_style bold = {.points = points, .bold = true, .width = LABEL - 2};
	const struct text_style style = {.points = points, .width = RESULT_INNER - LABEL};
	double name = result_text(&s->page, RESULT_LEFT, s->y, bold,
				  yihu_word(s->paper->language, label), s->draw);
	double height = result_text(&s->page, RESULT_LEFT + LABEL, s->y, style, text, s->draw);
	s->y += !bar && name > height ? name : height;
	if (bar) {
		if (s->draw)
			result_bar(&s->page, RESULT_LEFT + LABEL, s->y + 0.8, BAR, *bar);
		s->y += 4.4;
	}
	free(text);
}

static char *say_counts(const struct sheet *s, enum word w, uint64_t a, uint64_t b)
{
	char *first = yihu_count_text(a), *second = yihu_count_text(b);
	char *text = yihu_say(s->paper->language, w, first, second);
	free(first);
	free(second);
	return text;
}

static void put_turnout(struct sheet *s)
{
	const struct published *r = s->paper->results;
	const struct result_bar bar = {.part = (double)r->cast,
				       .whole = (double)r->entitled,
				       .mark = (double)yihu_share_thousandths(&r->quorum) / 1000};
	put_figure(s, W_TURNOUT, say_counts(s, W_TURNOUT_LINE, r->entitled, r->cast), &bar);
	put_figure(s, W_QUORUM, yihu_quorum_sentence(r, s->paper->language), NULL);
	if (r->opened)
		put_figure(s, W_BALLOTS, say_counts(s, W_BALLOTS_LINE, r->valid, r->void_ballots),
			   NULL);
}

static void put_budget(struct sheet *s)
{
	const struct published *r = s->paper->results;
	enum language l = s->paper->language;
	const struct result_bar bar = {.part = (double)r->spent, .whole = (double)r->budget};
	if (!r->has_budget)
		return;
	char *all = yihu_money_text(r, l, r->budget), *spent = yihu_money_text(r, l, r->spent);
	char *left = yihu_money_text(r, l, r->budget > r->spent ? r->budget - r->spent : 0);
	put_figure(s, W_BUDGET, yihu_say(l, W_BUDGET_LINE, all, spent, left), &bar);
	free(all);
	free(spent);
	free(left);
}

static void local_text(char out[static 20], const struct tm *tm)
{
	strftime(out, 20, "%Y-%m-%d %H:%M", tm);
}

/* By the neighbours' clock, and which that is. */
static char *poll_text(const struct sheet *s)
{
	const struct published *r = s->paper->results;
	char from[20], to[20], zone[16] = "UTC";
	uint64_t opens, closes;
	struct tm a, b;
	if (!yihu_time_parse(&opens, yihu_span(r->opens)) ||
	    !yihu_time_parse(&closes, yihu_span(r->closes)))
		return yihu_say(s->paper->language, W_POLL_LINE, r->opens, r->closes);
	const time_t when[] = {(time_t)opens, (time_t)closes};
	localtime_r(&when[0], &a);
	localtime_r(&when[1], &b);
	if (a.tm_gmtoff != b.tm_gmtoff) { /* the clocks were changed between: UTC for both */
		gmtime_r(&when[0], &a);
		gmtime_r(&when[1], &b);
	}
	local_text(from, &a);
	local_text(to, &b);
	strftime(zone, sizeof zone, b.tm_gmtoff != 0 ? "UTC%z" : "UTC", &b);
	return yihu_say(s->paper->language, W_POSTER_TIME, from, to, zone);
}

void result_figures(struct sheet *s)
{
	const struct result_paper *p = s->paper;
	put_turnout(s);
	put_budget(s);
	put_figure(s, W_COMPLAINTS, yihu_complaints_sentence(p->complaints, p->language), NULL);
	put_figure(s, W_POLL, poll_text(s), NULL);
	put_figure(s, W_RULE, yihu_rule_sentence(p->results, p->language), NULL);
	s->y += 2.5;
}
