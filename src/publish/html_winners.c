/* SPDX-License-Identifier: Apache-2.0
 *
 * What was decided comes first. The bar's figures stand in the list below it,
 * so that it is hidden from screen readers.
 */
#include "publish/html_winners.h"

#include <stdlib.h>

#define NAMES_IN_SENTENCE 8
/* Of a thousand: narrower than this a number has no room in its part. */
#define NUMBER_ROOM 60

/* One part a winner, as wide as its share of the budget, with its number. */
static void put_budget_bar(struct html *g)
{
	const struct published *r = g->r;
	uint64_t before = 0;
	html_markup(g, "<svg class=\"parts\" viewBox=\"0 0 1000 70\" aria-hidden=\"true\">"
		       "<rect width=\"1000\" height=\"70\" fill=\"#e4e4e4\"/>\n");
	for (size_t i = 0; i < r->funded.n; i++) {
		size_t project = r->funded.at[i];
		unsigned from = html_thousandths(before, r->budget);
		before += r->projects[project].cost;
		unsigned width = html_thousandths(before, r->budget) - from;
		yihu_buf_fmt(g->out,
			     "<rect x=\"%u\" width=\"%u\" height=\"70\" fill=\"#0d5c54\" "
			     "stroke=\"#fff\" stroke-width=\"4\"/>",
			     from, width);
		if (width >= NUMBER_ROOM)
			yihu_buf_fmt(g->out, "<text x=\"%u\" y=\"49\">%zu</text>\n",
				     from + width / 2, project + 1);
	}
	html_markup(g, "</svg>\n");
}

/* sum: of all costs so far, this one's too; NULL where there is no budget. */
static void put_winner(struct html *g, size_t project, const uint64_t *sum)
{
	const struct result_project *p = &g->r->projects[project];
	html_markup(g, "<li>");
	html_number(g, project);
	char *line =
		words_say(g->l, W_RESULT_WINNER_LINE, say_text("name", yihu_project_name(p, g->l)),
			  yihu_say_money("cost", g->r, g->l, p->cost));
	html_text(g, line);
	free(line);
	if (sum)
		html_owned(g, "div class=\"small\"",
			   words_say(g->l, W_RESULT_WINNER_SUM,
				     yihu_say_money("sum", g->r, g->l, *sum)));
	html_markup(g, "</li>\n");
}

static void put_list(struct html *g)
{
	const struct published *r = g->r;
	uint64_t sum = 0;
	if (r->has_budget)
		put_budget_bar(g);
	html_markup(g, "<ul class=\"winners\">\n");
	for (size_t i = 0; i < r->funded.n; i++) {
		sum += r->projects[r->funded.at[i]].cost;
		put_winner(g, r->funded.at[i], r->has_budget ? &sum : NULL);
	}
	html_markup(g, "</ul>\n");
	if (r->has_budget && r->budget >= r->spent)
		html_owned(g, "p",
			   words_say(g->l, W_RESULT_MONEY_END,
				     yihu_say_money("left", r, g->l, r->budget - r->spent)));
}

/* Nothing was funded though the box was opened: which came closest, and why not. */
static void put_closest(struct html *g)
{
	size_t *order = yihu_shown_order(g->r);
	const struct result_project *p = &g->r->projects[order[0]];
	free(order);
	html_owned(g, "p",
		   words_say(g->l, W_RESULT_CLOSEST, say_text("name", yihu_project_name(p, g->l)),
			     say_taken("why", yihu_why_sentence(g->r, p, g->l))));
}

void html_winners(struct html *g)
{
	const struct published *r = g->r;
	bool sentence = r->funded.n <= NAMES_IN_SENTENCE;
	html_owned(g, "p class=\"result\"",
		   sentence ? yihu_result_sentence(r, g->l)
			    : words_say(g->l, W_RESULT_FUNDED_LIST, say_count("n", r->funded.n)));
	if (r->funded.n > 0)
		put_list(g);
	else if (r->opened && r->n_projects > 0)
		put_closest(g);
}
