/* SPDX-License-Identifier: Apache-2.0
 *
 * What page, table and poster say of the results, in the words of one language.
 */
#ifndef YIHU_PUBLISH_SENTENCES_H
#define YIHU_PUBLISH_SENTENCES_H

#include "publish/published.h"
#include "words/words.h"

/* phrases.c: pieces of sentences; the caller frees. */
char *yihu_share_text(enum language l, const char *rule); /* "more than 1/2" */
/* Where the share of a rule like ">=2/3" is on a bar; 0 when there is none. */
unsigned yihu_share_thousandths(const struct share *s);
/* Its name in this language, else its name, else its id; borrowed. */
const char *yihu_project_name(const struct result_project *p, enum language l);
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
char *yihu_turnout_sentence(const struct published *r, enum language l);
char *yihu_ballots_sentence(const struct published *r, enum language l);
char *yihu_budget_sentence(const struct published *r, enum language l); /* where there is one */
char *yihu_quorum_sentence(const struct published *r, enum language l);
char *yihu_complaints_sentence(const struct yihu_complaints *c, enum language l); /* c or NULL */
char *yihu_rule_sentence(const struct published *r, enum language l);
char *yihu_why_sentence(const struct published *r, const struct result_project *p, enum language l);
char *yihu_votes_text(const struct published *r, const struct result_project *p, enum language l);

/* The order in which projects are shown: the rule's, then the others by votes.
 * The caller frees. */
size_t *yihu_shown_order(const struct published *r);

#endif
