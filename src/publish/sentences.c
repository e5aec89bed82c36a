/* SPDX-License-Identifier: Apache-2.0
 *
 * What page and table both say.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "words.h"

static char *funded_sentence(const struct published *r, enum language l)
{
	struct yihu_buf names = {0};
	for (size_t i = 0; i < r->funded.n; i++) {
		const struct result_project *p = &r->projects[r->funded.at[i]];
		char *name = yihu_say(l, W_NAME, yihu_project_name(p, l));
		yihu_buf_fmt(&names, "%s%s", i ? yihu_word(l, W_COMMA) : "", name);
		free(name);
	}
	char *n = yihu_count_text(r->funded.n), *text;
	const char *list = (const char *)names.data;
	if (r->funded.n == 1)
		text = yihu_say(l, W_FUNDED_ONE, list);
	else
		text = yihu_say(l, W_FUNDED_MANY, n, list);
	free(n);
	yihu_buf_free(&names);
	return text;
}

char *yihu_result_sentence(const struct published *r, enum language l)
{
	if (!r->opened) {
		char *cast = yihu_count_text(r->cast), *least = yihu_count_text(r->min_box);
		char *text = yihu_say(l, W_NOT_OPENED, cast, least);
		free(cast);
		free(least);
		return text;
	}
	if (r->quorum.there && !r->quorum.met)
		return yihu_say(l, W_NO_QUORUM);
	return r->funded.n ? funded_sentence(r, l) : yihu_say(l, W_NONE_FUNDED);
}

char *yihu_quorum_sentence(const struct published *r, enum language l)
{
	if (!r->quorum.there)
		return yihu_say(l, W_QUORUM_NONE);
	char *share = yihu_share_text(l, r->quorum.rule);
	char *have = yihu_count_text(r->quorum.have), *of = yihu_count_text(r->quorum.of);
	char *text = yihu_say(l, r->quorum.met ? W_QUORUM_MET : W_QUORUM_MISSED, share, have, of);
	free(share);
	free(have);
	free(of);
	return text;
}

char *yihu_complaints_sentence(const struct yihu_complaints *c, enum language l)
{
	if (!c || c->made == 0)
		return yihu_say(l, W_COMPLAINTS_NONE);
	char *filed = yihu_count_text(c->filed), *answered = yihu_count_text(c->n_answers);
	char *text = yihu_say(l, W_COMPLAINTS_LINE, filed, answered);
	free(filed);
	free(answered);
	return text;
}

static char *own_rule_sentence(const struct published *r, enum language l)
{
	static const enum word words[] = {
		[RULE_GREEDY] = W_RULE_GREEDY,     [RULE_NO_SKIP] = W_RULE_NO_SKIP,
		[RULE_MAJORITY] = W_RULE_MAJORITY, [RULE_SHARES] = W_RULE_SHARES,
		[RULE_ADD1] = W_RULE_ADD1,         [RULE_ADD1U] = W_RULE_ADD1U,
		[RULE_PHRAGMEN] = W_RULE_PHRAGMEN, [RULE_THRESHOLD] = W_RULE_THRESHOLD,
	};
	if (r->rule == N_RESULT_RULES)
		return yihu_say(l, W_RULE_OTHER, r->rule_term);
	char *least = yihu_count_text(r->threshold);
	char *text = yihu_say(l, words[r->rule], least);
	free(least);
	return text;
}

static enum word support_word(enum yihu_support_base base)
{
	if (base == YIHU_OF_DECIDED)
		return W_SUPPORT_DECIDED;
	return base == YIHU_OF_ENTITLED ? W_SUPPORT_ENTITLED : W_SUPPORT_CAST;
}

char *yihu_rule_sentence(const struct published *r, enum language l)
{
	char *rule = own_rule_sentence(r, l);
	if (!r->support.there)
		return rule;
	char *share = yihu_share_text(l, r->support.rule);
	char *support = yihu_say(l, support_word(r->support.base), share);
	char *text = yihu_printf("%s%s%s", rule, l == EN ? " " : "", support);
	free(rule);
	free(share);
	free(support);
	return text;
}

/* What a verdict says, and with which numbers: the last is what it missed by,
 * or what it left. */
enum with {
	NOTHING,
	LEFT_AFTER,
	LEFT_SHORT,
	AGREE_AGAINST,
	THRESHOLD,
	SUPPORT,
	ROUND,
	HAVE,
	ELIGIBLE
};
static const struct {
	enum word word;
	enum with with;
} reasons[YIHU_N_VERDICTS] = {
	[YIHU_FUNDED] = {W_WHY_FUNDED, LEFT_AFTER},
	[YIHU_TOO_DEAR] = {W_WHY_TOO_DEAR, LEFT_SHORT},
	[YIHU_AFTER_STOP] = {W_WHY_AFTER_STOP, NOTHING},
	[YIHU_NO_SUPPORT] = {W_WHY_NO_SUPPORT, NOTHING},
	[YIHU_NOT_MORE_FOR] = {W_WHY_NOT_MORE_FOR, AGREE_AGAINST},
	[YIHU_BELOW_THRESHOLD] = {W_WHY_THRESHOLD, THRESHOLD},
	[YIHU_BELOW_SUPPORT] = {W_WHY_SUPPORT, SUPPORT},
	[YIHU_NO_QUORUM] = {W_WHY_NO_QUORUM, NOTHING},
	[YIHU_TOO_POOR] = {W_WHY_TOO_POOR, HAVE},
	[YIHU_NOT_ELIGIBLE] = {W_WHY_NOT_ELIGIBLE, ELIGIBLE},
};

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

struct arguments {
	char *at[4];
};

static struct arguments count_arguments(const struct published *r, const struct result_project *p,
					enum language l, enum with with)
{
	uint64_t eligible = with == ELIGIBLE ? yihu_eligible_votes(r, p) : 0;
	const char *rule = r->support.there ? r->support.rule : "";
	switch (with) {
	case AGREE_AGAINST:
		return (struct arguments){{yihu_count_text(p->agree), yihu_count_text(p->against),
					   yihu_count_text(less(p->against + 1, p->agree))}};
	case THRESHOLD:
		return (struct arguments){{yihu_count_text(r->threshold),
					   yihu_count_text(less(r->threshold, p->votes))}};
	case SUPPORT:
		return (struct arguments){{yihu_count_text(p->support.have),
					   yihu_count_text(p->support.of), yihu_share_text(l, rule),
					   yihu_count_text(yihu_share_missing(rule, p->support.have,
									      p->support.of))}};
	case ROUND:
		return (struct arguments){{yihu_count_text(p->round)}};
	case ELIGIBLE:
		return (struct arguments){
			{yihu_count_text(eligible), yihu_count_text(less(eligible, p->votes))}};
	default:
		return (struct arguments){{NULL}};
	}
}

static char *say_reason(const struct published *r, const struct result_project *p, enum language l,
			enum word word, enum with with)
{
	struct arguments a;
	if (with == LEFT_AFTER)
		a = (struct arguments){{yihu_money_text(r, l, p->left_before),
					yihu_money_text(r, l, less(p->left_before, p->cost))}};
	else if (with == LEFT_SHORT)
		a = (struct arguments){{yihu_money_text(r, l, p->left_before),
					yihu_money_text(r, l, less(p->cost, p->left_before))}};
	else if (with == HAVE)
		a = (struct arguments){
			{yihu_have_text(r, p, l, false), yihu_have_text(r, p, l, true)}};
	else
		a = count_arguments(r, p, l, with);
	char *text = yihu_say(l, word, a.at[0], a.at[1], a.at[2], a.at[3]);
	for (size_t i = 0; i < 4; i++)
		free(a.at[i]);
	return text;
}

static char *reason(const struct published *r, const struct result_project *p, enum language l)
{
	if (!p->verdict_term)
		return yihu_say(l, W_WHY_NOT_OPENED);
	if (p->verdict == YIHU_N_VERDICTS)
		return yihu_strdup(p->verdict_term);
	if (yihu_is_funded(p) && r->rule == RULE_MAJORITY && !p->has_left)
		return say_reason(r, p, l, W_WHY_PASSED, AGREE_AGAINST);
	bool by_greedy = r->compared && r->greedy_taken;
	if (yihu_is_funded(p) && p->round && !by_greedy)
		return say_reason(r, p, l, W_WHY_BOUGHT, ROUND);
	if (p->have && p->verdict == YIHU_AFTER_STOP)
		return say_reason(r, p, l, W_WHY_STOPPED_SHORT, HAVE);
	if (result_rule_stops(r->rule) && p->verdict == YIHU_TOO_DEAR)
		return say_reason(r, p, l, W_WHY_STOPPED_HERE, LEFT_SHORT);
	return say_reason(r, p, l, reasons[p->verdict].word, reasons[p->verdict].with);
}

char *yihu_why_sentence(const struct published *r, const struct result_project *p, enum language l)
{
	char *why = reason(r, p, l);
	bool cost = p->ordered_by == YIHU_BY_COST, lot = p->ordered_by == YIHU_BY_LOT;
	if (!cost && !lot)
		return why;
	char *text = yihu_printf("%s%s%s", why, l == EN ? " " : "",
				 yihu_word(l, cost ? W_BY_COST : W_BY_LOT));
	free(why);
	return text;
}

char *yihu_votes_text(const struct published *r, const struct result_project *p, enum language l)
{
	char *votes = yihu_count_text(p->votes), *agree = yihu_count_text(p->agree);
	char *against = yihu_count_text(p->against), *abstain = yihu_count_text(p->abstain), *text;
	if (r->kind == YIHU_CONSENT)
		text = yihu_say(l, W_CONSENT_LINE, agree, against, abstain);
	else if (yihu_by_ballots(r))
		text = yihu_say(l, W_VOTES_LINE, votes);
	else
		text = yihu_say(l, W_POINTS_LINE, votes, agree);
	free(votes);
	free(agree);
	free(against);
	free(abstain);
	return text;
}

static int by_place(const void *left, const void *right, void *published)
{
	const struct published *r = published;
	size_t i = *(const size_t *)left, k = *(const size_t *)right;
	const struct result_project *a = &r->projects[i], *b = &r->projects[k];
	if (!a->place != !b->place)
		return a->place ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (a->votes != b->votes)
		return a->votes > b->votes ? -1 : 1;
	return (i > k) - (i < k);
}

size_t *yihu_shown_order(const struct published *r)
{
	size_t *order = yihu_calloc(r->n_projects, sizeof *order);
	for (size_t i = 0; i < r->n_projects; i++)
		order[i] = i;
	struct published seen = *r;
	qsort_r(order, r->n_projects, sizeof *order, by_place, &seen);
	return order;
}
