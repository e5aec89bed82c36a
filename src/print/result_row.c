/* SPDX-License-Identifier: Apache-2.0
 *
 * A project on the results poster: what it is and costs across the sheet, and
 * below that its votes as words and as a bar, and how it came out.
 */
#include "print/result_row.h"

#include <stdlib.h>
#include <string.h>

#define VOTES_MOST_MM 74.0 /* of words; longer ones go over two lines */
#define BAR_MM 28.0
#define BAR_HEIGHT 2.6
#define ROW_GAP 1.5
#define NAME_LINES 6 /* of a title; the rest is left out with "…" */
#define MM_PER_POINT (25.4 / 72)

double result_text(struct page *p, double x, double y, struct text_style s, const char *text,
		   bool draw)
{
	return draw ? page_text(p, x, y, s, text) : page_text_height(p, s, text);
}

void result_begin(struct page *p, const char *tag, bool draw)
{
	if (draw)
		page_begin(p, tag);
}

void result_end(struct page *p, const char *tag, bool draw)
{
	if (draw)
		page_end(p, tag);
}

static double within(double part, double whole)
{
	if (whole <= 0 || part <= 0)
		return 0;
	return part < whole ? part / whole : 1;
}

void result_bar(struct page *p, double x, double y, double width, struct result_bar b)
{
	double dark = within(b.part, b.whole) * width;
	double light = within(b.part + b.after, b.whole) * width - dark;
	if (p->failed != 0)
		return;
	page_fill(p, x, y, width, BAR_HEIGHT, 0.88);
	page_fill(p, x, y, dark, BAR_HEIGHT, 0.25);
	if (light > 0) {
		page_fill(p, x + dark, y, light, BAR_HEIGHT, 1);
		page_box(p, x + dark, y, light, BAR_HEIGHT, 0.2);
	}
	if (b.mark > 0) {
		page_fill(p, x + b.mark * width - 0.7, y - 0.6, 1.4, BAR_HEIGHT + 1.2, 1);
		page_fill(p, x + b.mark * width - 0.35, y - 0.6, 0.7, BAR_HEIGHT + 1.2, 0);
	}
}

static double most_votes(const struct published *r)
{
	uint64_t most = 0;
	for (size_t i = 0; i < r->n_projects; i++)
		if (r->projects[i].votes > most)
			most = r->projects[i].votes;
	return (double)most;
}

/* What the project had to reach is the mark: the support that was declared, or
 * the threshold of votes. */
static struct result_bar bar_of(const struct published *r, const struct result_project *p)
{
	if (p->support.there && r->support.there)
		return (struct result_bar){.part = (double)p->support.have,
					   .whole = (double)p->support.of,
					   .mark = (double)yihu_share_thousandths(&r->support) /
						   1000};
	struct result_bar b = {.part = (double)p->votes, .after = (double)p->against};
	b.whole = yihu_by_ballots(r) ? (double)r->valid : most_votes(r);
	b.mark = r->rule == RULE_THRESHOLD ? within((double)r->threshold, b.whole) : 0;
	return b;
}

/* ---- number, name and cost ---- */

/* The room that the number takes. */
static double number_mm(double points)
{
	return points * MM_PER_POINT * 2.1 + 1.5;
}

/* Its number on the paper, dark when it is funded, as in the bar. */
static void number_box(struct page *p, const struct title_box *at, double points,
		       const char *number, bool won)
{
	const struct text_style style = {.points = points,
					 .bold = true,
					 .align = PAGE_CENTER,
					 .grey = won ? 1 : 0,
					 .tag = at->table ? "TH" : "Lbl"};
	double x = at->left, y = at->y;
	double w = number_mm(points) - 1.5, h = page_text_height(p, style, number);
	if (p->failed != 0)
		return;
	if (won)
		page_fill(p, x, y, w, h, 0.25);
	else
		page_box(p, x + 0.15, y + 0.15, w - 0.3, h - 0.3, 0.3);
	page_text(p, x + w / 2, y, style, number);
}

/* Up to a point smaller when that saves a line. */
static double name_points(struct page *p, double points, double width, const char *name)
{
	struct text_style style = {.points = points - 1, .bold = true};
	if (page_text_width(p, style, name) > width)
		return points;
	for (style.points = points; page_text_width(p, style, name) > width;)
		style.points -= 0.25;
	return style.points;
}

double result_title(struct page *p, const struct result_paper *paper,
		    const struct result_project *project, struct title_box at, double points,
		    bool draw)
{
	const struct text_style right = {
		.points = points, .align = PAGE_RIGHT, .tag = at.table ? "TD" : "P"};
	const char *title = yihu_project_name(project, paper->language);
	char *number = yihu_printf("%zu", (size_t)(project - paper->results->projects) + 1);
	char *cost = words_money(paper->language, project->cost, paper->results->currency);
	double left = at.left + number_mm(points);
	struct text_style name = {.bold = true, .lines = NAME_LINES};
	name.width = at.right - page_text_width(p, right, cost) - 3 - left;
	name.points = name_points(p, points, name.width, title);
	const char *body = at.table ? "TH" : "LBody";
	if (draw)
		number_box(p, &at, points, number, yihu_is_funded(project));
	result_begin(p, body, draw);
	double height = result_text(p, left, at.y, name, title, draw);
	if (at.table)
		result_end(p, body, draw);
	if (draw)
		page_text(p, at.right, at.y, right, cost);
	if (!at.table)
		result_end(p, body, draw);
	free(number);
	free(cost);
	return height;
}

/* ---- votes and outcome ---- */

static double votes_part(struct page *p, const struct result_paper *paper,
			 const struct result_project *project, const struct result_type *t,
			 double y, bool draw)
{
	const struct text_style style = {
		.points = t->points, .width = t->votes_mm - 2, .tag = "TD"};
	if (!paper->results->opened)
		return 0;
	char *votes = yihu_votes_text(paper->results, project, paper->language);
	double height = result_text(p, t->left, y, style, votes, draw);
	double middle = (t->points * MM_PER_POINT * 1.45 - BAR_HEIGHT) / 2;
	if (draw)
		result_bar(p, t->left + t->votes_mm, y + middle, BAR_MM,
			   bar_of(paper->results, project));
	free(votes);
	return height;
}

static double outcome_part(struct page *p, const struct result_paper *paper,
			   const struct result_project *project, const struct result_type *t,
			   double y, bool draw)
{
	enum language l = paper->language;
	const struct text_style mark = {.points = t->points, .bold = true};
	struct text_style style = {.points = t->points};
	double below = 0;
	enum word outcome = yihu_is_funded(project) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED;
	char *why = yihu_why_brief(paper->results, project, l);
	double x = paper->results->opened ? t->left + t->votes_mm + BAR_MM + 3 : t->left;
	result_begin(p, "TD", draw);
	double height = result_text(p, x, y, mark, word(l, outcome), draw);
	x += page_text_width(p, mark, word(l, outcome)) + 2.5;
	if (page_text_width(p, style, why) > RESULT_RIGHT - x) {
		x = t->left; /* below, across the row, where it does not fit beside */
		y += height;
		below = height;
	}
	style.width = RESULT_RIGHT - x;
	double beside = *why != '\0' ? below + result_text(p, x, y, style, why, draw) : 0;
	result_end(p, "TD", draw);
	free(why);
	return beside > height ? beside : height;
}

void result_type_fit(struct result_type *t, struct page *p, const struct result_paper *paper,
		     double points)
{
	const struct text_style style = {.points = points};
	*t = (struct result_type){.points = points, .left = RESULT_LEFT + number_mm(points)};
	for (size_t i = 0; i < paper->results->n_projects && paper->results->opened; i++) {
		char *votes = yihu_votes_text(paper->results, &paper->results->projects[i],
					      paper->language);
		double width = page_text_width(p, style, votes) + 4;
		t->votes_mm = width > t->votes_mm ? width : t->votes_mm;
		free(votes);
	}
	if (t->votes_mm > VOTES_MOST_MM)
		t->votes_mm = VOTES_MOST_MM;
}

double result_row(struct page *p, const struct result_paper *paper,
		  const struct result_project *project, const struct result_type *t, double y,
		  bool draw)
{
	result_begin(p, "TR", draw);
	double title = result_title(p, paper, project,
				    (struct title_box){RESULT_LEFT, RESULT_RIGHT, y, true},
				    t->points, draw);
	double votes = votes_part(p, paper, project, t, y + title, draw);
	double outcome = outcome_part(p, paper, project, t, y + title, draw);
	result_end(p, "TR", draw);
	double height = title + (outcome > votes ? outcome : votes) + ROW_GAP;
	if (draw && p->failed == 0)
		page_line(p, RESULT_LEFT, y + height - ROW_GAP / 2, RESULT_RIGHT,
			  y + height - ROW_GAP / 2, 0.2);
	return height;
}

double result_heads(struct page *p, const struct result_paper *paper, double points, double y,
		    bool draw)
{
	const struct text_style style = {.points = points, .bold = true, .tag = "H2"};
	double height = result_text(p, RESULT_LEFT, y, style,
				    word(paper->language, W_RESULT_PROJECTS), draw);
	if (draw && p->failed == 0)
		page_line(p, RESULT_LEFT, y + height + 0.4, RESULT_RIGHT, y + height + 0.4, 0.5);
	return height + 1.6;
}
