/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule, the table of projects, and the rounds of a rule that has some.
 */
#include "publish/html_projects.h"

#include <stdlib.h>
#include <string.h>

#include "publish/winners.h"

static uint64_t most_votes(const struct published *r)
{
	uint64_t most = 0;
	for (size_t i = 0; i < r->n_projects; i++)
		if (r->projects[i].votes > most)
			most = r->projects[i].votes;
	return most;
}

static void put_project_bar(struct html *g, const struct result_project *p)
{
	uint64_t whole = yihu_by_ballots(g->r) ? g->r->valid : most_votes(g->r);
	unsigned dark = yihu_thousandths(p->votes, whole);
	unsigned outlined = yihu_thousandths(p->against, g->r->valid);
	html_bar(g, dark, dark + outlined > 1000 ? 1000 - dark : outlined, 0);
}

/* Its id is what results.pb calls it. */
static void put_cost(struct html *g, const struct result_project *p)
{
	struct said id = say_text("id", p->id);
	struct said cost = yihu_say_money("cost", g->r, g->l, p->cost);
	html_owned(g, "div class=\"small\"",
		   p->place ? words_say(g->l, W_RESULT_RANK_COST, say_count("place", p->place),
					cost, id)
			    : words_say(g->l, W_RESULT_COST_LINE, cost, id));
}

static void put_project(struct html *g, const struct result_project *p)
{
	yihu_buf_fmt(g->out, "<tr role=\"row\"%s><th role=\"rowheader\" scope=\"row\">",
		     yihu_is_funded(p) ? " class=\"won\"" : "");
	html_number(g, (size_t)(p - g->r->projects));
	html_text(g, yihu_project_name(p, g->l));
	put_cost(g, p);
	html_markup(g, "</th><td role=\"cell\" class=\"votes\">");
	if (g->r->opened) {
		html_owned(g, "div", yihu_votes_text(g->r, p, g->l));
		put_project_bar(g, p);
	}
	html_markup(g, "</td><td role=\"cell\">");
	html_word(g, "strong", yihu_is_funded(p) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED);
	html_owned(g, "div", yihu_why_sentence(g->r, p, g->l));
	html_markup(g, "</td></tr>\n");
}

/* What comes first of equals; nothing where each project stands by itself. */
static void put_equals(struct html *g)
{
	const struct published *r = g->r;
	if (result_rule_shares(r->rule))
		html_word(g, "p", W_RESULT_EQUAL_SHARES);
	else if (r->rule == RULE_PHRAGMEN)
		html_word(g, "p", W_RESULT_EQUAL_MOMENT);
	else if (r->has_budget)
		html_word(g, "p", W_RESULT_EQUAL_VOTES);
}

static void put_steps(struct html *g)
{
	char *steps = yihu_steps_text(g->r, g->l), *rest = steps;
	if (*steps)
		html_word(g, "h2", W_RESULT_STEPS);
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
		html_owned(g, "p", yihu_strdup(line));
	free(steps);
}

void html_projects(struct html *g)
{
	static const enum word heads[] = {W_RESULT_PROJECT, W_RESULT_VOTES, W_RESULT_OUTCOME};
	html_word(g, "h2", W_RESULT_RULE);
	html_owned(g, "p", yihu_rule_sentence(g->r, g->l));
	if (!yihu_by_ballots(g->r))
		html_word(g, "p",
			  g->r->kind == YIHU_ORDINAL ? W_RESULT_VOTES_BORDA
						     : W_RESULT_VOTES_POINTS);
	put_equals(g);
	html_word(g, "h2", W_RESULT_PROJECTS);
	html_markup(g, "<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		html_word(g, "th role=\"columnheader\" scope=\"col\"", heads[i]);
	html_markup(g, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
	size_t *order = yihu_shown_order(g->r);
	for (size_t i = 0; i < g->r->n_projects; i++)
		put_project(g, &g->r->projects[order[i]]);
	free(order);
	html_markup(g, "</tbody>\n</table>\n");
	put_steps(g);
}
