/* SPDX-License-Identifier: Apache-2.0
 *
 * What a ballot may hold, in a sentence, and how a project passes, in some.
 */
#include "publish/paragraph.h"

#include "publish/rule.h"
#include "publish/translated.h"

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

char *paragraph_cost(enum language l, const struct yihu_definition *d)
{
	if (d->kind != YIHU_APPROVAL || !d->has_max_sum_cost)
		return yihu_strdup("");
	return words_say(l, W_PAPER_COST_MOST,
			 say_taken("sum", translated_money(l, d, d->max_sum_cost)));
}

char *paragraph_choice(enum language l, const struct yihu_definition *d)
{
	return words_join(l, choose(l, d), paragraph_cost(l, d));
}

char *paragraph_passing(enum language l, const struct yihu_definition *d, uint32_t min_box)
{
	struct rule_lines lines;
	char *text = yihu_strdup("");
	rule_lines_make(&lines, l, d);
	for (size_t i = 0; i < lines.n; i++)
		text = words_join(l, text, yihu_strdup(lines.at[i]));
	rule_lines_finish(&lines);
	return words_join(l, text, words_say(l, W_TERM_MIN_BOX, say_count("n", min_box)));
}
