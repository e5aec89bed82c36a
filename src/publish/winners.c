/* SPDX-License-Identifier: Apache-2.0
 *
 * The winners' parts of the budget, and what is said below them.
 */
#include "publish/winners.h"

#include <stdlib.h>

unsigned yihu_thousandths(uint64_t part, uint64_t whole)
{
	if (whole == 0)
		return 0;
	if (part >= whole)
		return 1000;
	return (unsigned)(part * 1000 / whole);
}

struct winner_part *yihu_winner_parts(const struct published *r)
{
	struct winner_part *parts = yihu_calloc(r->funded.n, sizeof *parts);
	uint64_t sum = 0;
	for (size_t i = 0; i < r->funded.n; i++) {
		size_t project = r->funded.at[i];
		unsigned from = yihu_thousandths(sum, r->budget);
		sum += r->projects[project].cost;
		parts[i] = (struct winner_part){project, from,
						yihu_thousandths(sum, r->budget) - from, sum};
	}
	return parts;
}

char *yihu_money_end(const struct published *r, enum language l)
{
	if (!r->has_budget || r->budget < r->spent)
		return NULL;
	return words_say(l, W_RESULT_MONEY_END, yihu_say_money("left", r, l, r->budget - r->spent));
}

/* Of those that could be funded; NULL: there is none. */
static const struct result_project *first_in_order(const struct published *r)
{
	const struct result_project *first = NULL;
	size_t *order = yihu_shown_order(r);
	for (size_t i = 0; i < r->n_projects && !first; i++)
		if (r->projects[order[i]].verdict != YIHU_WITHDRAWN)
			first = &r->projects[order[i]];
	free(order);
	return first;
}

char *yihu_closest_sentence(const struct published *r, enum language l)
{
	const struct result_project *p = r->funded.n == 0 && r->opened ? first_in_order(r) : NULL;
	if (!p)
		return NULL;
	return words_say(l, W_RESULT_CLOSEST, say_text("name", yihu_project_name(p, l)),
			 say_taken("why", yihu_why_sentence(r, p, l)));
}
