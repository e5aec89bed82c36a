/* SPDX-License-Identifier: Apache-2.0
 *
 * What was decided comes first. The bar's figures stand in the list below it,
 * so that it is hidden from screen readers.
 */
#include "publish/html_winners.h"

#include <stdlib.h>

#include "publish/winners.h"

#define NAMES_IN_SENTENCE 8

/* One part a winner, as wide as its share of the budget, with its number. */
static void put_budget_bar(struct html *g, const struct winner_part *parts)
{
	yihu_buf_fmt(g->out,
		     "<svg class=\"parts\" viewBox=\"0 0 1000 70\" aria-hidden=\"true\">"
		     "<rect width=\"1000\" height=\"70\" fill=\"#%06x\"/>\n",
		     WINNER_REST_SHADE);
	for (size_t i = 0; i < g->r->funded.n; i++) {
		const struct winner_part *w = &parts[i];
		yihu_buf_fmt(g->out,
			     "<rect x=\"%u\" width=\"%u\" height=\"70\" fill=\"#%06x\" "
			     "stroke=\"#fff\" stroke-width=\"4\"/>",
			     w->from, w->width, WINNER_SHADE);
		if (w->width >= WINNER_NUMBER_ROOM)
			yihu_buf_fmt(g->out, "<text x=\"%u\" y=\"49\">%zu</text>\n",
				     w->from + w->width / 2, w->project + 1);
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
	struct winner_part *parts = yihu_winner_parts(r);
	if (r->has_budget)
		put_budget_bar(g, parts);
	html_markup(g, "<ul class=\"winners\">\n");
	for (size_t i = 0; i < r->funded.n; i++)
		put_winner(g, parts[i].project, r->has_budget ? &parts[i].sum : NULL);
	html_markup(g, "</ul>\n");
	free(parts);
}

/* A paragraph of what there is to say, if there is; frees text. */
static void put_said(struct html *g, char *text)
{
	if (text)
		html_owned(g, "p", text);
}

void html_winners(struct html *g)
{
	const struct published *r = g->r;
	bool sentence = r->funded.n <= NAMES_IN_SENTENCE;
	html_owned(g, "p class=\"result\"",
		   sentence ? yihu_result_sentence(r, g->l)
			    : words_say(g->l, W_RESULT_FUNDED_LIST, say_count("n", r->funded.n)));
	if (r->funded.n > 0) {
		put_list(g);
		put_said(g, yihu_money_end(r, g->l));
	}
	put_said(g, yihu_closest_sentence(r, g->l));
}
