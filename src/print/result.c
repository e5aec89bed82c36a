/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster. Everything is laid out twice: measured, to learn the
 * type size and how many sheets there are, and then drawn.
 */
#include "print/result.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yihu/text.h>

#define TOP 12.0
#define BOTTOM (A4_HEIGHT - 9.0)
#define LABEL 30.0      /* width of the figures' labels */
#define ANSWER_LINES 12 /* of one answer; the page has all of it */
#define BAR 90.0
#define SMALLEST_POINTS 8.9  /* of rows on the paper; A3 has room for more of them */
#define LARGEST_OF_MANY 12.5 /* when one sheet does not hold them anyway */
#define SENTENCE_MM 52.0     /* at most, for who won */

struct sheet {
	struct page page;
	struct pdf *to;
	const struct result_paper *paper;
	double points; /* of the rows */
	double y, bottom;
	unsigned number, of;
	bool draw;
};

static const char *word(const struct sheet *s, enum word w)
{
	return yihu_word(s->paper->language, w);
}

/* ---- sheets ---- */

static void number_sheet(struct sheet *s)
{
	const struct text_style style = {.points = 10, .align = PAGE_RIGHT};
	char *number = yihu_count_text(s->number), *of = yihu_count_text(s->of);
	char *text = yihu_say(s->paper->language, W_POSTER_SHEET, number, of);
	if (s->draw && s->of > 1)
		page_text(&s->page, RESULT_RIGHT, TOP - 6, style, text);
	free(number);
	free(of);
	free(text);
}

/* The first sheet has the foot, so that it says all but the last rows. */
static void begin_sheet(struct sheet *s)
{
	s->number++;
	s->y = TOP;
	s->bottom = BOTTOM;
	if (s->number == 1)
		s->bottom -= result_foot(&s->page, s->paper, 0, false) + 2;
	number_sheet(s);
}

static void end_sheet(struct sheet *s)
{
	if (s->draw && s->number == 1)
		result_foot(&s->page, s->paper, s->bottom + 2, true);
	if (s->draw && s->page.failed == 0)
		s->page.failed = pdf_end_page(s->to, s->page.err);
}

/* The heads of the table on a further sheet. */
static void continue_table(struct sheet *s)
{
	const struct text_style style = {.points = 11, .bold = true, .width = 140, .lines = 1};
	end_sheet(s);
	begin_sheet(s);
	s->y += result_text(&s->page, RESULT_LEFT, s->y, style, s->paper->title, s->draw) + 2;
	s->y += result_heads(&s->page, s->paper, s->points, s->y, s->draw);
}

/* ---- head ---- */

static void put(struct sheet *s, struct text_style style, const char *text)
{
	s->y += result_text(&s->page, RESULT_LEFT, s->y, style, text, s->draw);
}

static void put_head(struct sheet *s)
{
	const struct text_style kicker = {.points = 16,
					  .bold = true,
					  .width = RESULT_INNER,
					  .lines = 2,
					  .align = PAGE_CENTER};
	struct text_style title = kicker;
	title.points = 22;
	title.lines = 3;
	char *line = yihu_printf("%s  %s", s->paper->community, word(s, W_POSTER));
	put(s, kicker, line);
	s->y += 1;
	put(s, title, s->paper->title);
	s->y += 2;
	free(line);
}

/* Names of winners as large as they fit; the table has them in any case. */
static void put_sentence(struct sheet *s)
{
	static const double sizes[] = {20, 18, 16, 14, 12.5, 11};
	struct text_style style = {.bold = true, .width = RESULT_INNER - 8};
	const struct published *r = s->paper->results;
	char *text = yihu_result_sentence(r, s->paper->language);
	double height = SENTENCE_MM + 1, wanted = s->points < 11 ? SENTENCE_MM / 3 : SENTENCE_MM;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes && height > wanted; i++) {
		style.points = sizes[i];
		height = page_text_height(&s->page, style, text);
	}
	if (height > SENTENCE_MM) {
		char *n = yihu_count_text(r->funded.n);
		free(text);
		text = yihu_say(s->paper->language, W_POSTER_LIST, n);
		style.points = sizes[0];
		height = page_text_height(&s->page, style, text);
		free(n);
	}
	if (s->draw && s->page.failed == 0)
		page_box(&s->page, RESULT_LEFT, s->y, RESULT_INNER, height + 4, 0.6);
	result_text(&s->page, RESULT_LEFT + 4, s->y + 2, style, text, s->draw);
	s->y += height + 4 + 2.5;
	free(text);
}

/* ---- figures ---- */

/* Frees text. bar NULL: none. */
static void put_figure(struct sheet *s, enum word label, char *text, const struct result_bar *bar)
{
	double points = s->points < 14 ? 11 : 13;
	const struct text_style bold = {.points = points, .bold = true, .width = LABEL - 2};
	const struct text_style style = {.points = points, .width = RESULT_INNER - LABEL};
	double name = result_text(&s->page, RESULT_LEFT, s->y, bold, word(s, label), s->draw);
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

static void put_figures(struct sheet *s)
{
	const struct result_paper *p = s->paper;
	put_turnout(s);
	put_budget(s);
	put_figure(s, W_COMPLAINTS, yihu_complaints_sentence(p->complaints, p->language), NULL);
	put_figure(s, W_POLL, poll_text(s), NULL);
	put_figure(s, W_RULE, yihu_rule_sentence(p->results, p->language), NULL);
	s->y += 2.5;
}

/* ---- projects, answers ---- */

static void put_projects(struct sheet *s)
{
	const struct published *r = s->paper->results;
	size_t *order = yihu_shown_order(r);
	s->y += result_heads(&s->page, s->paper, s->points, s->y, s->draw);
	for (size_t i = 0; i < r->n_projects; i++) {
		const struct result_project *p = &r->projects[order[i]];
		double height = result_row(&s->page, s->paper, p, s->points, s->y, false);
		if (s->y + height > s->bottom)
			continue_table(s);
		result_row(&s->page, s->paper, p, s->points, s->y, s->draw);
		s->y += height;
	}
	free(order);
}

static void put_answers(struct sheet *s)
{
	const struct yihu_complaints *c = s->paper->complaints;
	const struct text_style head = {
		.points = s->points, .bold = true, .width = RESULT_INNER, .lines = 1};
	const struct text_style style = {
		.points = s->points * 0.95, .width = RESULT_INNER, .lines = ANSWER_LINES};
	for (size_t i = 0; c && i < c->n_answers; i++) {
		char *text = yihu_printf("%zu. %s", i + 1, c->answers[i]);
		for (char *lf = text; (lf = strchr(lf, '\n')) != NULL;)
			*lf = ' ';
		double height = page_text_height(&s->page, style, text);
		height += i == 0 ? page_text_height(&s->page, head, word(s, W_ANSWERS)) : 0;
		if (s->y + height > s->bottom) {
			end_sheet(s);
			begin_sheet(s);
		}
		if (i == 0)
			put(s, head, word(s, W_ANSWERS));
		put(s, style, text);
		s->y += 1;
		free(text);
	}
}

/* Returns the sheets it takes. */
static unsigned lay_out(struct sheet *s, double points, unsigned of)
{
	s->points = points;
	s->number = 0;
	s->of = of;
	s->draw = of > 0;
	begin_sheet(s);
	put_head(s);
	put_sentence(s);
	put_figures(s);
	put_projects(s);
	put_answers(s);
	end_sheet(s);
	return s->number;
}

/* The largest type on the fewest sheets. */
static void draw(struct sheet *s)
{
	static const double sizes[] = {18, 16, 14, 12.5, 11.5, 10.5, 9.5, 9, 8.2, 7.5, 6.8};
	unsigned fewest = UINT_MAX;
	double points = 0;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes && fewest > 1; i++) {
		if (sizes[i] * s->page.scale < SMALLEST_POINTS)
			break;
		unsigned sheets = lay_out(s, sizes[i], 0);
		if (sheets > 1 && sizes[i] > LARGEST_OF_MANY)
			continue;
		points = sheets < fewest ? sizes[i] : points;
		fewest = sheets < fewest ? sheets : fewest;
	}
	lay_out(s, points, fewest);
}

int result_print(struct pdf *to, const struct result_paper *paper, double scale,
		 struct yihu_error *err)
{
	struct typeface type;
	struct sheet s = {.page = {.type = &type, .cr = to->cr, .scale = scale, .err = err},
			  .to = to,
			  .paper = paper};
	int r = typeface_open(&type, paper->language == ZH, err);
	if (r == 0) {
		draw(&s);
		r = s.page.failed;
	}
	typeface_close(&type);
	return r;
}
