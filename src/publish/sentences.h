/* SPDX-License-Identifier: Apache-2.0
 *
 * What page, table and poster say of the results, in the words of one language.
 */
#ifndef YIHU_PUBLISH_SENTENCES_H
#define YIHU_PUBLISH_SENTENCES_H

#include <yihu/objections.h>

#include "publish/phrases.h"
#include "publish/steps.h"

/* Whole statements that page and table share; the caller frees. */
char *yihu_result_sentence(const struct published *r, enum language l);
char *yihu_turnout_sentence(const struct published *r, enum language l);
/* What became of the letters since the list was fixed: how many were added, which gives more
 * households a vote, replaced and made void. NULL: nothing. */
char *yihu_changes_sentence(const struct published *r, enum language l);
char *yihu_ballots_sentence(const struct published *r, enum language l);
char *yihu_budget_sentence(const struct published *r, enum language l); /* where there is one */
char *yihu_quorum_sentence(const struct published *r, enum language l);
char *yihu_complaints_sentence(const struct yihu_complaints *c, enum language l); /* c or NULL */
/* Whether the result is preliminary or final. NULL: nothing is said (s NULL, too). */
char *yihu_standing_sentence(const struct yihu_standing *s, enum language l);
char *yihu_poll_sentence(const struct published *r, enum language l);
char *yihu_rule_sentence(const struct published *r, enum language l);
char *yihu_why_sentence(const struct published *r, const struct result_project *p, enum language l);
/* The same, but for a project that the money was enough for: "" or the tie. */
char *yihu_why_brief(const struct published *r, const struct result_project *p, enum language l);
char *yihu_votes_text(const struct published *r, const struct result_project *p, enum language l);

/* The order in which projects are shown: the rule's, then the others by votes.
 * The caller frees. */
size_t *yihu_shown_order(const struct published *r);

#endif
