/* SPDX-License-Identifier: Apache-2.0
 *
 * What page and table both say.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "publish/sentences.h"

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static char *funded_sentence(const struct published *r, enum language l)
{
	struct yihu_buf names = {0};
	for (size_t i = 0; i < r->funded.n; i++) {
		const struct result_project *p = &r->projects[r->funded.at[i]];
		char *name = words_say(l, W_FORM_QUOTED, say_text("name", yihu_project_name(p, l)));
		yihu_buf_fmt(&names, "%s%s", i ? word(l, W_FORM_LIST) : "", name);
		free(name);
	}
	const char *list = (const char *)names.data;
	char *text = r->funded.n == 1
			     ? words_say(l, W_RESULT_FUNDED_ONE, say_text("name", list))
			     : words_say(l, W_RESULT_FUNDED_MANY, say_count("n", r->funded.n),
					 say_text("names", list));
	yihu_buf_free(&names);
	return text;
}

char *yihu_result_sentence(const struct published *r, enum language l)
{
	if (!r->opened)
		return words_say(l, W_RESULT_NOT_OPENED, say_count("cast", r->cast),
				 say_count("least", r->min_box));
	if (r->quorum.there && !r->quorum.met)
		return word_copy(l, W_RESULT_NO_QUORUM);
	return r->funded.n ? funded_sentence(r, l) : word_copy(l, W_RESULT_NONE_FUNDED);
}

char *yihu_quorum_sentence(const struct published *r, enum language l)
{
	if (!r->quorum.there)
		return word_copy(l, W_RESULT_QUORUM_NONE);
	return words_say(l, r->quorum.met ? W_RESULT_QUORUM_MET : W_RESULT_QUORUM_MISSED,
			 say_taken("share", yihu_share_text(l, r->quorum.rule)),
			 say_count("have", r->quorum.have), say_count("of", r->quorum.of));
}

char *yihu_turnout_sentence(const struct published *r, enum language l)
{
	return words_say(l, W_TERM_TURNOUT_LINE, say_count("entitled", r->entitled),
			 say_count("cast", r->cast));
}

char *yihu_changes_sentence(const struct published *r, enum language l)
{
	if (r->additions + r->replacements + r->voids == 0)
		return NULL;
	return words_say(l, W_RESULT_CHANGES_LINE, say_count("added", r->additions),
			 say_count("replaced", r->replacements), say_count("voided", r->voids));
}

char *yihu_ballots_sentence(const struct published *r, enum language l)
{
	return words_say(l, W_RESULT_BALLOTS_LINE, say_count("valid", r->valid),
			 say_count("void", r->void_ballots));
}

char *yihu_budget_sentence(const struct published *r, enum language l)
{
	return words_say(l, W_RESULT_BUDGET_LINE, yihu_say_money("all", r, l, r->budget),
			 yihu_say_money("spent", r, l, r->spent),
			 yihu_say_money("left", r, l, less(r->budget, r->spent)));
}

char *yihu_complaints_sentence(const struct yihu_complaints *c, enum language l)
{
	if (!c || c->made == 0)
		return word_copy(l, W_RESULT_COMPLAINTS_NONE);
	return words_say(l, W_RESULT_COMPLAINTS_LINE, say_count("filed", c->filed),
			 say_count("answered", c->n_answers));
}

char *yihu_standing_sentence(const struct yihu_standing *s, enum language l)
{
	if (!s || s->until == 0)
		return NULL;
	if (!s->final)
		return words_say(l, W_RESULT_PRELIMINARY,
				 say_taken("until", words_time(l, s->until)),
				 say_text("zone", word(l, W_FORM_ZONE_NAME)));
	const struct yihu_final *f = &s->statement;
	if (f->upheld > 0)
		return words_say(l, W_RESULT_UPHELD, say_count("upheld", f->upheld));
	return f->complaints.filed == 0 ? word_copy(l, W_RESULT_FINAL)
					: words_say(l, W_RESULT_FINAL_FILED,
						    say_count("filed", f->complaints.filed));
}

static char *own_rule_sentence(const struct published *r, enum language l)
{
	static const enum word words[N_RESULT_RULES] = {
		[RULE_EXCLUSIVE] = W_RESULT_RULE_EXCLUSIVE,
		[RULE_GREEDY] = W_RESULT_RULE_GREEDY,
		[RULE_NO_SKIP] = W_RESULT_RULE_NO_SKIP,
		[RULE_MAJORITY] = W_RESULT_RULE_MAJORITY,
		[RULE_SHARES] = W_RESULT_RULE_SHARES,
		[RULE_ADD1] = W_RESULT_RULE_ADD1,
		[RULE_ADD1U] = W_RESULT_RULE_ADD1U,
		[RULE_ADD1E] = W_RESULT_RULE_ADD1E,
		[RULE_ADD1EU] = W_RESULT_RULE_ADD1EU,
		[RULE_PHRAGMEN] = W_RESULT_RULE_PHRAGMEN,
	};
	if (r->rule == N_RESULT_RULES)
		return words_say(l, W_RESULT_RULE_OTHER, say_text("rule", r->rule_term));
	if (r->has_threshold || r->rule == RULE_THRESHOLD)
		return words_say(l,
				 r->rule == RULE_NO_SKIP ? W_RESULT_RULE_NO_SKIP_THRESHOLD
							 : W_RESULT_RULE_THRESHOLD,
				 say_count("least", r->threshold));
	return word_copy(l, words[r->rule]);
}

static enum word support_word(enum yihu_support_base base)
{
	if (base == YIHU_OF_DECIDED)
		return W_RESULT_SUPPORT_DECIDED;
	return base == YIHU_OF_ENTITLED ? W_RESULT_SUPPORT_ENTITLED : W_RESULT_SUPPORT_CAST;
}

char *yihu_rule_sentence(const struct published *r, enum language l)
{
	char *rule = own_rule_sentence(r, l);
	if (!r->support.there)
		return rule;
	char *share = yihu_share_text(l, r->support.rule);
	return words_join(l, rule,
			  words_say(l, support_word(r->support.base), say_taken("share", share)));
}

/* ---- why a project came out as it did ---- */

/* One function for each set of values that a verdict's sentence has. */
struct verdict {
	const struct published *r;
	const struct result_project *p;
	enum language l;
	enum word word;
};

static char *alone(struct verdict v)
{
	return word_copy(v.l, v.word);
}

static char *with_rest(struct verdict v)
{
	uint64_t before = v.p->left_before;
	return words_say(v.l, v.word, yihu_say_money("before", v.r, v.l, before),
			 yihu_say_money("after", v.r, v.l, less(before, v.p->cost)));
}

static char *with_lack(struct verdict v)
{
	uint64_t left = v.p->left_before;
	return words_say(v.l, v.word, yihu_say_money("left", v.r, v.l, left),
			 yihu_say_money("short", v.r, v.l, less(v.p->cost, left)));
}

static char *with_votes(struct verdict v)
{
	return words_say(v.l, v.word, say_count("agree", v.p->agree),
			 say_count("against", v.p->against));
}

static char *with_lost_votes(struct verdict v)
{
	return words_say(v.l, v.word, say_count("agree", v.p->agree),
			 say_count("against", v.p->against),
			 say_count("short", less(v.p->against + 1, v.p->agree)));
}

static char *with_threshold(struct verdict v)
{
	return words_say(v.l, v.word, say_count("least", v.r->threshold),
			 say_count("short", less(v.r->threshold, v.p->votes)));
}

static char *with_support(struct verdict v)
{
	const char *rule = v.r->support.there ? v.r->support.rule : "";
	const struct share *s = &v.p->support;
	return words_say(v.l, v.word, say_count("have", s->have), say_count("of", s->of),
			 say_taken("share", yihu_share_text(v.l, rule)),
			 say_count("short", yihu_share_missing(rule, s->have, s->of)));
}

static char *with_round(struct verdict v)
{
	return words_say(v.l, v.word, say_count("round", v.p->round));
}

static char *with_purse(struct verdict v)
{
	return words_say(v.l, v.word, say_taken("have", yihu_have_text(v.r, v.p, v.l, false)),
			 say_taken("short", yihu_have_text(v.r, v.p, v.l, true)));
}

static char *with_eligible(struct verdict v)
{
	uint64_t least = yihu_eligible_votes(v.r, v.p);
	return words_say(v.l, v.word, say_count("least", least),
			 say_count("short", less(least, v.p->votes)));
}

static char *with_words(struct verdict v)
{
	return words_say(v.l, v.word, say_text("reason", v.p->withdrawn));
}

struct reason {
	enum word word;
	char *(*tell)(struct verdict v);
};
static const struct reason reasons[YIHU_N_VERDICTS] = {
	[YIHU_FUNDED] = {W_RESULT_WHY_FUNDED, with_rest},
	[YIHU_TOO_DEAR] = {W_RESULT_WHY_TOO_DEAR, with_lack},
	[YIHU_AFTER_STOP] = {W_RESULT_WHY_AFTER_STOP, alone},
	[YIHU_NO_SUPPORT] = {W_RESULT_WHY_NO_SUPPORT, alone},
	[YIHU_NOT_MORE_FOR] = {W_RESULT_WHY_NOT_MORE_FOR, with_lost_votes},
	[YIHU_BELOW_THRESHOLD] = {W_RESULT_WHY_THRESHOLD, with_threshold},
	[YIHU_BELOW_SUPPORT] = {W_RESULT_WHY_SUPPORT, with_support},
	[YIHU_NO_QUORUM] = {W_RESULT_WHY_NO_QUORUM, alone},
	[YIHU_TOO_POOR] = {W_RESULT_WHY_TOO_POOR, with_purse},
	[YIHU_EXCLUDED] = {W_RESULT_WHY_EXCLUDED, alone},
	[YIHU_NOT_ELIGIBLE] = {W_RESULT_WHY_NOT_ELIGIBLE, with_eligible},
	[YIHU_WITHDRAWN] = {W_RESULT_WHY_WITHDRAWN, alone},
};

/* Where the rule's course changes what the verdict means. */
static const struct reason passed = {W_RESULT_WHY_PASSED, with_votes};
static const struct reason bought = {W_RESULT_WHY_BOUGHT, with_round};
static const struct reason stopped_short = {W_RESULT_WHY_STOPPED_SHORT, with_purse};
static const struct reason stopped_here = {W_RESULT_WHY_STOPPED_HERE, with_lack};
static const struct reason withdrawn = {W_RESULT_WHY_WITHDRAWN_BECAUSE, with_words};

static const struct reason *reason_of(const struct published *r, const struct result_project *p)
{
	bool by_greedy = r->compared && r->greedy_taken;
	if (yihu_is_funded(p) && r->rule == RULE_MAJORITY && !p->has_left)
		return &passed;
	if (yihu_is_funded(p) && p->round && !by_greedy)
		return &bought;
	if (p->withdrawn)
		return &withdrawn;
	if (p->have && p->verdict == YIHU_AFTER_STOP)
		return &stopped_short;
	if (result_rule_stops(r->rule) && p->verdict == YIHU_TOO_DEAR)
		return &stopped_here;
	return &reasons[p->verdict];
}

/* ---- what else would have kept it out, whatever the others got ---- */

static bool not_more_for(const struct published *r, const struct result_project *p)
{
	return r->rule == RULE_MAJORITY && p->agree <= p->against;
}

static bool below_threshold(const struct published *r, const struct result_project *p)
{
	return r->has_threshold && p->votes < r->threshold;
}

static bool below_support(const struct published *r, const struct result_project *p)
{
	return r->support.there && p->support.there && !p->support.met;
}

static bool above_budget(const struct published *r, const struct result_project *p)
{
	return r->has_budget && p->cost > r->budget;
}

static char *with_budget(struct verdict v)
{
	return words_say(v.l, v.word, yihu_say_money("budget", v.r, v.l, v.r->budget));
}

static const struct bar {
	bool (*holds)(const struct published *r, const struct result_project *p);
	enum yihu_verdict verdict; /* that says it; YIHU_N_VERDICTS: none does */
	struct reason why;
} bars[] = {
	{not_more_for, YIHU_NOT_MORE_FOR, {W_RESULT_WHY_NOT_MORE_FOR, with_lost_votes}},
	{below_threshold, YIHU_BELOW_THRESHOLD, {W_RESULT_WHY_THRESHOLD, with_threshold}},
	{below_support, YIHU_BELOW_SUPPORT, {W_RESULT_WHY_SUPPORT, with_support}},
	{above_budget, YIHU_N_VERDICTS, {W_RESULT_WHY_ABOVE_BUDGET, with_budget}},
};

/* A verdict is the first reason alone. No vote at all says the others about votes. */
static char *with_bars(const struct published *r, const struct result_project *p, enum language l,
		       char *why)
{
	if (!p->verdict_term || yihu_is_funded(p) || p->verdict == YIHU_NO_QUORUM)
		return why;
	for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
		const struct bar *b = &bars[i];
		bool told = b->verdict == p->verdict ||
			    (p->verdict == YIHU_NO_SUPPORT && b->verdict != YIHU_N_VERDICTS);
		if (!told && b->holds(r, p))
			why = words_join(l, why,
					 b->why.tell((struct verdict){r, p, l, b->why.word}));
	}
	return why;
}

static char *reason(const struct published *r, const struct result_project *p, enum language l)
{
	if (!p->verdict_term)
		return word_copy(l, W_RESULT_WHY_NOT_OPENED);
	if (p->verdict == YIHU_N_VERDICTS)
		return yihu_strdup(p->verdict_term);
	const struct reason *why = reason_of(r, p);
	return with_bars(r, p, l, why->tell((struct verdict){r, p, l, why->word}));
}

/* And what put it where it stands in the order; frees why. */
static char *with_order(const struct result_project *p, enum language l, char *why)
{
	bool cost = p->ordered_by == YIHU_BY_COST, lot = p->ordered_by == YIHU_BY_LOT;
	if (!cost && !lot)
		return why;
	return words_join(l, why, word_copy(l, cost ? W_RESULT_BY_COST : W_RESULT_BY_LOT));
}

char *yihu_why_sentence(const struct published *r, const struct result_project *p, enum language l)
{
	return with_order(p, l, reason(r, p, l));
}

char *yihu_why_brief(const struct published *r, const struct result_project *p, enum language l)
{
	bool enough = yihu_is_funded(p) && reason_of(r, p)->word == W_RESULT_WHY_FUNDED;
	return with_order(p, l, enough ? yihu_strdup("") : reason(r, p, l));
}

char *yihu_poll_sentence(const struct published *r, enum language l)
{
	uint64_t opens, closes;
	if (!yihu_time_parse(&opens, yihu_span(r->opens)) ||
	    !yihu_time_parse(&closes, yihu_span(r->closes)))
		return words_say(l, W_RESULT_POLL_LINE, say_text("from", r->opens),
				 say_text("to", r->closes), say_text("zone", word(l, W_FORM_UTC)));
	return words_say(l, W_RESULT_POLL_LINE, say_taken("from", words_time(l, opens)),
			 say_taken("to", words_time(l, closes)),
			 say_text("zone", word(l, W_FORM_ZONE_NAME)));
}

char *yihu_votes_text(const struct published *r, const struct result_project *p, enum language l)
{
	if (r->kind == YIHU_CONSENT)
		return words_say(l, W_RESULT_CONSENT_LINE, say_count("agree", p->agree),
				 say_count("against", p->against),
				 say_count("abstain", p->abstain));
	if (yihu_by_ballots(r))
		return words_say(l, W_RESULT_VOTES_LINE, say_count("votes", p->votes));
	return words_say(l, W_RESULT_POINTS_LINE, say_count("points", p->votes),
			 say_count("ballots", p->agree));
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
