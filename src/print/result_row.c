/* SPDX-License-Identifier: Apache-2.0
 *
 * A project on the results poster: what it is and costs, its votes as words
 * and as a bar, and how it came out.
 */
#include "print/result_row.h"

#include <stdlib.h>
#include <string.h>

#define VOTES_LEFT (RESULT_LEFT + 66)
#define OUTCOME_LEFT (RESULT_LEFT + 106)
#define NAME_WIDTH 63.0
#define VOTES_WIDTH 37.0
#define OUTCOME_WIDTH (RESULT_RIGHT - OUTCOME_LEFT)
#define BAR_HEIGHT 2.6
#define ROW_GAP 1.6
#define NAME_LINES 6 /* of a title; the rest is left out with "…" */

double result_text(struct page *p, double x, double y, struct text_style s, const char *text,
		   bool draw)
{
	return draw ? page_text(p, x, y, s, text) : page_text_height(p, s, text);
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

static double name_part(struct page *p, const struct result_paper *paper,
			const struct result_project *project, double points, double y, bool draw)
{
	enum language l = paper->language;
	const struct text_style name = {
		.points = points, .bold = true, .width = NAME_WIDTH, .lines = NAME_LINES};
	const struct text_style small = {.points = points, .width = NAME_WIDTH, .lines = 2};
	char *money = words_money(l, project->cost, paper->results->currency);
	char *cost = words_say(l, W_RESULT_COST_OF, say_taken("cost", money));
	char *place = project->place != 0 ? words_count(l, project->place) : NULL;
	char *title = yihu_printf("%s%s%s", place ? place : "", place ? ". " : "",
				  yihu_project_name(project, l));
	double height = result_text(p, RESULT_LEFT, y, name, title, draw);
	height += result_text(p, RESULT_LEFT, y + height, small, cost, draw);
	free(cost);
	free(place);
	free(title);
	return height;
}

static double votes_part(struct page *p, const struct result_paper *paper,
			 const struct result_project *project, double points, double y, bool draw)
{
	const struct text_style style = {.points = points, .width = VOTES_WIDTH};
	if (!paper->results->opened)
		return 0;
	char *votes = yihu_votes_text(paper->results, project, paper->language);
	double height = result_text(p, VOTES_LEFT, y, style, votes, draw) + 1;
	if (draw)
		result_bar(p, VOTES_LEFT, y + height, VOTES_WIDTH, bar_of(paper->results, project));
	free(votes);
	return height + BAR_HEIGHT + 1;
}

static double outcome_part(struct page *p, const struct result_paper *paper,
			   const struct result_project *project, double points, double y, bool draw)
{
	enum language l = paper->language;
	const struct text_style mark = {.points = points, .bold = true, .width = OUTCOME_WIDTH};
	const struct text_style style = {.points = points, .width = OUTCOME_WIDTH};
	char *why = yihu_why_sentence(paper->results, project, l);
	enum word outcome = yihu_is_funded(project) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED;
	double height = result_text(p, OUTCOME_LEFT, y, mark, word(l, outcome), draw);
	height += result_text(p, OUTCOME_LEFT, y + height, style, why, draw);
	free(why);
	return height;
}

double result_row(struct page *p, const struct result_paper *paper,
		  const struct result_project *project, double points, double y, bool draw)
{
	double height = name_part(p, paper, project, points, y, draw);
	double votes = votes_part(p, paper, project, points, y, draw);
	double outcome = outcome_part(p, paper, project, points, y, draw);
	height = votes > height ? votes : height;
	height = (outcome > height ? outcome : height) + ROW_GAP;
	if (draw && p->failed == 0)
		page_line(p, RESULT_LEFT, y + height - ROW_GAP / 2, RESULT_RIGHT,
			  y + height - ROW_GAP / 2, 0.2);
	return height;
}

double result_heads(struct page *p, const struct result_paper *paper, double points, double y,
		    bool draw)
{
	static const struct {
		enum word word;
		double left;
	} heads[] = {{W_RESULT_PROJECT, RESULT_LEFT},
		     {W_RESULT_VOTES, VOTES_LEFT},
		     {W_RESULT_OUTCOME, OUTCOME_LEFT}};
	const struct text_style style = {.points = points * 0.9, .grey = 0.3};
	double height = 0;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		height = result_text(p, heads[i].left, y, style,
				     word(paper->language, heads[i].word), draw);
	if (draw && p->failed == 0)
		page_line(p, RESULT_LEFT, y + height + 0.4, RESULT_RIGHT, y + height + 0.4, 0.5);
	return height + 1.6;
}
