/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of published results. Not gettext: a page is written in the
 * language that is asked for, whatever the language of whoever writes it, and
 * holds two languages at once.
 */
#ifndef YIHU_PUBLISH_WORDS_H
#define YIHU_PUBLISH_WORDS_H

#include "published.h"

enum language { ZH, EN, N_LANGUAGES };
int yihu_language_find(enum language *out, const char *name, struct yihu_error *err);

/* Every argument of every sentence is a string. */
enum word {
	W_LANG,
	W_RESULT,
	W_NOT_OPENED,
	W_NO_QUORUM,
	W_NONE_FUNDED,
	W_FUNDED_ONE,
	W_FUNDED_MANY,
	W_FUNDED_LIST,
	W_COMMA,
	W_NAME,
	W_FIGURES,
	W_TURNOUT,
	W_TURNOUT_LINE,
	W_BALLOTS,
	W_BALLOTS_LINE,
	W_VALID_LINE,
	W_BUDGET,
	W_BUDGET_LINE,
	W_QUORUM,
	W_QUORUM_MET,
	W_QUORUM_MISSED,
	W_QUORUM_NONE,
	W_POLL,
	W_POLL_LINE,
	W_POLL_PAGE,
	W_RULE,
	W_RULE_GREEDY,
	W_RULE_NO_SKIP,
	W_RULE_THRESHOLD,
	W_RULE_MAJORITY,
	W_RULE_SHARES,
	W_RULE_ADD1,
	W_RULE_ADD1U,
	W_RULE_PHRAGMEN,
	W_RULE_OTHER,
	W_VOTES_POINTS,
	W_VOTES_BORDA,
	W_EQUAL_VOTES,
	W_EQUAL_SHARES,
	W_EQUAL_MOMENT,
	W_SUPPORT_CAST,
	W_SUPPORT_DECIDED,
	W_SUPPORT_ENTITLED,
	W_MORE_THAN,
	W_AT_LEAST,
	W_PROJECTS,
	W_PROJECT,
	W_PLACE,
	W_COST,
	W_COST_OF,
	W_ID_COST,
	W_VOTES,
	W_VOTES_LINE,
	W_POINTS_LINE,
	W_CONSENT_LINE,
	W_OUTCOME,
	W_WHY,
	W_FUNDED,
	W_NOT_FUNDED,
	W_WHY_FUNDED,
	W_WHY_PASSED,
	W_WHY_TOO_DEAR,
	W_WHY_STOPPED_HERE,
	W_WHY_AFTER_STOP,
	W_WHY_NO_SUPPORT,
	W_WHY_NOT_MORE_FOR,
	W_WHY_THRESHOLD,
	W_WHY_SUPPORT,
	W_WHY_NO_QUORUM,
	W_WHY_BOUGHT,
	W_WHY_TOO_POOR,
	W_WHY_NOT_ELIGIBLE,
	W_WHY_STOPPED_SHORT,
	W_STEPS,
	W_STEP_BEGIN,
	W_STEP_RAISED,
	W_STEP_EXHAUSTIVE,
	W_STEP_OVER,
	W_STEP_ROUND,
	W_STEP_ROUND_POINTS,
	W_STEP_EMPTIED,
	W_STEP_TIME,
	W_STEP_BY_COST,
	W_STEP_BY_MORE_VOTES,
	W_STEP_BY_LOT,
	W_STEP_REST,
	W_STEP_GREEDY_TAKEN,
	W_STEP_GREEDY_NOT_TAKEN,
	W_ABOUT,
	W_SPENT,
	W_ID,
	W_AGREE,
	W_AGAINST,
	W_ABSTAIN,
	W_WHY_NOT_OPENED,
	W_BY_COST,
	W_BY_LOT,
	W_VOID,
	W_VOID_NONE,
	W_VOID_LINE,
	W_LOT,
	W_LOT_NONE,
	W_LOT_LINE,
	W_LOT_SEED,
	W_LOT_TIE,
	W_KEYS,
	W_KEYS_LINE,
	W_CHECK,
	W_CHECK_PRINT,
	W_CHECK_BALLOTS,
	W_CHECK_BROWSER,
	W_CHECK_RUN,
	W_CHECK_PAGE,
	W_SUMMARY,
	W_COMPLAINTS,
	W_COMPLAINTS_NONE,
	W_COMPLAINTS_LINE,
	W_ANSWERS,
	W_POSTER,
	W_POSTER_LIST,
	W_POSTER_SHEET,
	W_POSTER_TIME,
	W_POSTER_PRINT,
	W_POSTER_EID,
	W_POSTER_PAGE,
	W_POSTER_GET,
	W_POSTER_SIGNED,
	W_POSTER_SIGNED_ISSUER,
	W_POSTER_STAMP,
	N_WORDS
};
/* The sentence with its arguments; the caller frees. */
char *yihu_say(enum language l, enum word w, ...);
/* The same without arguments, borrowed. */
const char *yihu_word(enum language l, enum word w);

/* phrases.c: pieces of sentences; the caller frees. */
char *yihu_count_text(uint64_t n); /* "12,345" */
char *yihu_money_text(const struct published *r, enum language l, uint64_t fen);
char *yihu_share_text(enum language l, const char *rule); /* "more than 1/2" */
/* Where the share of a rule like ">=2/3" is on a bar; 0 when there is none. */
unsigned yihu_share_thousandths(const struct share *s);
const char *yihu_project_name(const struct result_project *p, enum language l); /* borrowed */
/* How many more would have met a share of `of`. */
uint64_t yihu_share_missing(const char *rule, uint64_t have, uint64_t of);
bool yihu_is_funded(const struct result_project *p);
/* Are a project's votes ballots, rather than points? */
bool yihu_by_ballots(const struct published *r);

/* steps.c */
/* A rational amount of fen, rounded down to the fen; "about" when it is not
 * that. Text that is no rational comes back as it is. */
char *yihu_rational_money(const struct published *r, enum language l, const char *rational);
char *yihu_rational_number(enum language l, const char *rational); /* two places */
/* What a project's supporters have left, or what that is short of its cost. */
char *yihu_have_text(const struct published *r, const struct result_project *p, enum language l,
		     bool missing);
/* Equal shares with eligibility: the fewest votes that its cost asks for. */
uint64_t yihu_eligible_votes(const struct published *r, const struct result_project *p);
/* How rounds came out, a line each (LF); "" without a trace. */
char *yihu_steps_text(const struct published *r, enum language l);

/* Whole statements that page and table share; the caller frees. */
char *yihu_result_sentence(const struct published *r, enum language l);
char *yihu_quorum_sentence(const struct published *r, enum language l);
char *yihu_complaints_sentence(const struct yihu_complaints *c, enum language l); /* c or NULL */
char *yihu_rule_sentence(const struct published *r, enum language l);
char *yihu_why_sentence(const struct published *r, const struct result_project *p, enum language l);
char *yihu_votes_text(const struct published *r, const struct result_project *p, enum language l);

/* The order in which projects are shown: the rule's, then the others by votes.
 * The caller frees. */
size_t *yihu_shown_order(const struct published *r);

#endif
