/* SPDX-License-Identifier: Apache-2.0
 *
 * What a household may choose, and how a project passes.
 */
#include "print/rule_text.h"

#include "publish/rule.h"

static char *choose_some(enum language l, const struct yihu_definition *d)
{
	unsigned least = d->min_length, most = d->max_length;
	if (least == most)
		return words_say(l, W_PAPER_CHOOSE_EXACTLY, say_count("n", most));
	if (least > 0)
		return words_say(l, W_PAPER_CHOOSE_BETWEEN, say_count("least", least),
				 say_count("most", most));
	if (most < d->n_projects)
		return words_say(l, W_PAPER_CHOOSE_MOST, say_count("most", most));
	return word_copy(l, W_PAPER_CHOOSE_ANY);
}

static char *choose(enum language l, const struct yihu_definition *d)
{
	switch (d->kind) {
	case YIHU_CONSENT:
		return word_copy(l, W_PAPER_CHOOSE_CONSENT);
	case YIHU_SCORING:
		return words_say(l, W_PAPER_CHOOSE_SCORING, say_count("most", d->radix - 1));
	case YIHU_CUMULATIVE:
		return words_say(l, W_PAPER_CHOOSE_CUMULATIVE, say_count("all", d->max_sum_points),
				 say_count("each", d->radix - 1));
	case YIHU_ORDINAL:
		return words_say(l, W_PAPER_CHOOSE_ORDINAL, say_count("most", d->max_length));
	default:
		return choose_some(l, d);
	}
}

char *rule_text_cost(const struct paper *e)
{
	const struct yihu_definition *d = e->definition;
	if (d->kind != YIHU_APPROVAL || !d->has_max_sum_cost)
		return yihu_strdup("");
	char *money = print_money(e->language, d, d->max_sum_cost);
	return words_say(e->language, W_PAPER_COST_MOST, say_taken("sum", money));
}

char *rule_text_passing(const struct paper *e)
{
	struct rule_lines lines;
	char *text = yihu_strdup("");
	rule_lines_make(&lines, e->language, e->definition);
	for (size_t i = 0; i < lines.n; i++)
		text = words_join(e->language, text, yihu_strdup(lines.at[i]));
	rule_lines_finish(&lines);
	return words_join(
		e->language, text,
		words_say(e->language, W_TERM_MIN_BOX, say_count("n", e->charter->min_box)));
}

char *rule_text(const struct paper *e)
{
	char *own = words_join(e->language, choose(e->language, e->definition), rule_text_cost(e));
	return words_join(e->language, own, rule_text_passing(e));
}
