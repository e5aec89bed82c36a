/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule before the vote, from the definition's own keys (PROTOCOL §2.2).
 */
#include "publish/rule.h"

#include <stdlib.h>

#include "publish/terms.h"

/* Takes the line; NULL: there is none. */
static void put(struct rule_lines *r, char *line)
{
	if (line)
		r->at[r->n++] = line;
}

/* "over half", "at least 2/3" */
static char *share(enum language l, const struct yihu_fraction *f)
{
	bool half = f->num == 1 && f->den == 2;
	char *what = half ? word_copy(l, W_TERM_RULE_HALF)
			  : words_say(l, W_TERM_RULE_SHARE, say_count("over", f->num),
				      say_count("of", f->den));
	return words_say(l, f->strict ? W_TERM_RULE_MORE_THAN : W_TERM_RULE_AT_LEAST,
			 say_taken("share", what));
}

static char *passing(enum language l, const struct yihu_definition *d)
{
	static const enum word words[N_RESULT_RULES] = {
		[RULE_GREEDY] = W_TERM_RULE_GREEDY,
		[RULE_NO_SKIP] = W_TERM_RULE_NO_SKIP,
		[RULE_EXCLUSIVE] = W_TERM_RULE_GREEDY,
		[RULE_MAJORITY] = W_TERM_RULE_MAJORITY,
		[RULE_SHARES] = W_TERM_RULE_SHARES,
		[RULE_ADD1] = W_TERM_RULE_SHARES,
		[RULE_ADD1U] = W_TERM_RULE_SHARES_THEN_VOTES,
		[RULE_ADD1E] = W_TERM_RULE_SHARES,
		[RULE_ADD1EU] = W_TERM_RULE_SHARES_THEN_VOTES,
		[RULE_PHRAGMEN] = W_TERM_RULE_PHRAGMEN,
	};
	enum result_rule rule = term_rule(d->rule);
	if (rule == N_RESULT_RULES)
		return NULL;
	if (d->has_threshold)
		return words_say(l,
				 rule == RULE_NO_SKIP ? W_TERM_RULE_NO_SKIP_THRESHOLD
						      : W_TERM_RULE_THRESHOLD,
				 say_count("n", d->threshold));
	return word_copy(l, words[rule]);
}

static char *support(enum language l, const struct yihu_definition *d)
{
	static const enum word words[] = {
		[YIHU_OF_CAST] = W_TERM_RULE_SUPPORT_CAST,
		[YIHU_OF_DECIDED] = W_TERM_RULE_SUPPORT_DECIDED,
		[YIHU_OF_ENTITLED] = W_TERM_RULE_SUPPORT_ENTITLED,
	};
	if (d->support.den == 0)
		return NULL;
	return words_say(l, words[d->support_of], say_taken("share", share(l, &d->support)));
}

/* Where support is of those who cast a ballot, or of all, it counts against. */
static char *abstaining(enum language l, const struct yihu_definition *d)
{
	bool neutral = d->support.den == 0 || d->support_of == YIHU_OF_DECIDED;
	if (d->kind != YIHU_CONSENT)
		return NULL;
	return word_copy(l, neutral ? W_TERM_RULE_ABSTAIN_NEUTRAL : W_TERM_RULE_ABSTAIN_AGAINST);
}

static char *budget(enum language l, const struct yihu_definition *d)
{
	if (!d->has_budget)
		return NULL;
	char *sum = words_money(l, d->budget, yihu_definition_meta(d, "currency"));
	return words_say(l, W_TERM_RULE_BUDGET, say_taken("sum", sum));
}

/* Where each project is decided by itself, none comes before another. */
static char *ties(enum language l, const struct yihu_definition *d)
{
	enum result_rule rule = term_rule(d->rule);
	if (rule == N_RESULT_RULES || (rule == RULE_MAJORITY && !d->has_budget))
		return NULL;
	bool rounds = result_rule_shares(rule) || rule == RULE_PHRAGMEN;
	return word_copy(l, rounds ? W_TERM_RULE_TIES_SHARES : W_TERM_RULE_TIES_VOTES);
}

/* ---- parts, and what excludes what ---- */

/* "Roads 100 yuan, Green 50 yuan"; the sums NULL: the names alone. */
static char *part_list(enum language l, const struct yihu_definition *d,
		       const struct yihu_division *p, const uint64_t *sums)
{
	struct yihu_buf out = {0};
	const char *currency = yihu_definition_meta(d, "currency");
	for (size_t i = 0; i < p->n; i++) {
		char *one = sums ? words_say(l, W_TERM_RULE_PART, say_text("name", p->names[i]),
					     say_taken("sum", words_money(l, sums[i], currency)))
				 : yihu_strdup(p->names[i]);
		yihu_buf_fmt(&out, "%s%s", i ? word(l, W_FORM_LIST) : "", one);
		free(one);
	}
	return (char *)out.data;
}

static char *part_sums(enum language l, const struct yihu_definition *d,
		       const struct yihu_division *p, const uint64_t *sums, enum word text)
{
	return sums ? words_say(l, text, say_taken("list", part_list(l, d, p, sums))) : NULL;
}

static char *part_lengths(enum language l, const struct yihu_definition *d,
			  const struct yihu_division *p)
{
	bool least = p->min_length > 0, most = p->max_length < d->n_projects;
	if (!p->has_lengths || (!least && !most))
		return NULL;
	const struct said list = say_taken("list", part_list(l, d, p, NULL));
	if (!most)
		return words_say(l, W_TERM_RULE_PART_LEAST, list,
				 say_count("least", p->min_length));
	if (!least)
		return words_say(l, W_TERM_RULE_PART_MOST, list, say_count("most", p->max_length));
	return words_say(l, W_TERM_RULE_PART_BETWEEN, list, say_count("least", p->min_length),
			 say_count("most", p->max_length));
}

static void put_parts(struct rule_lines *r, enum language l, const struct yihu_definition *d)
{
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		const struct yihu_division *p = &d->divisions[by];
		put(r, part_sums(l, d, p, p->budget, W_TERM_RULE_PART_BUDGET));
		put(r, part_lengths(l, d, p));
		put(r, part_sums(l, d, p, p->max_cost, W_TERM_RULE_PART_COST_MOST));
		put(r, part_sums(l, d, p, p->min_cost, W_TERM_RULE_PART_COST_LEAST));
	}
}

/* By the numbers that the projects have on paper. */
static char *exclusions(enum language l, const struct yihu_definition *d)
{
	struct yihu_buf pairs = {0};
	if (d->n_exclusive == 0)
		return NULL;
	for (size_t i = 0; i < d->n_exclusive; i++) {
		char *pair = words_say(l, W_TERM_RULE_PAIR, say_count("a", d->exclusive[i][0] + 1),
				       say_count("b", d->exclusive[i][1] + 1));
		yihu_buf_fmt(&pairs, "%s%s", i ? word(l, W_FORM_LIST) : "", pair);
		free(pair);
	}
	char *text = words_say(l, W_TERM_RULE_EXCLUDE, say_taken("pairs", (char *)pairs.data));
	return d->exclusive_marks ? words_join(l, text, word_copy(l, W_TERM_RULE_EXCLUDE_MARK))
				  : text;
}

/* What a ballot must use at least. */
static char *least(enum language l, const struct yihu_definition *d)
{
	const char *currency = yihu_definition_meta(d, "currency");
	if (d->min_sum_points)
		return words_say(l, W_TERM_RULE_POINTS_LEAST, say_count("n", d->min_sum_points));
	if (d->min_sum_cost == 0)
		return NULL;
	return words_say(l, W_TERM_RULE_COST_LEAST,
			 say_taken("sum", words_money(l, d->min_sum_cost, currency)));
}

static char *quorum(enum language l, const struct yihu_definition *d)
{
	if (d->quorum.den == 0)
		return NULL;
	return words_say(l, W_TERM_RULE_QUORUM, say_taken("share", share(l, &d->quorum)));
}

void rule_lines_make(struct rule_lines *r, enum language l, const struct yihu_definition *d)
{
	*r = (struct rule_lines){0};
	put(r, passing(l, d));
	put(r, support(l, d));
	put(r, abstaining(l, d));
	put(r, budget(l, d));
	put(r, least(l, d));
	put_parts(r, l, d);
	put(r, exclusions(l, d));
	put(r, ties(l, d));
	put(r, quorum(l, d));
}

void rule_lines_finish(struct rule_lines *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->at[i]);
	*r = (struct rule_lines){0};
}

char *rule_who_comes(enum language l, uint32_t n, uint32_t t, uint32_t q)
{
	if (n == 1)
		return word_copy(l, W_TERM_KEYS_ONE);
	const struct said all = say_count("n", n), open = say_count("t", t);
	if (q == n)
		return words_say(l, W_TERM_KEYS_ALL, all, open);
	return words_say(l, W_TERM_KEYS_SOME, all, open, say_count("q", q),
			 say_count("missing", n - q));
}
