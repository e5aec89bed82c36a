/* SPDX-License-Identifier: Apache-2.0
 *
 * The terms of results.json, each as one of an enum: made once, when it is
 * read. A term of a later version, and one that is not there, is the enum's
 * number of terms.
 */
#ifndef YIHU_PUBLISH_TERMS_H
#define YIHU_PUBLISH_TERMS_H

#include <yihu/count.h>

enum result_rule {
	RULE_GREEDY,
	RULE_NO_SKIP,
	RULE_THRESHOLD,
	RULE_EXCLUSIVE,
	RULE_MAJORITY,
	RULE_SHARES,
	RULE_ADD1,
	RULE_ADD1U,
	RULE_ADD1E,
	RULE_ADD1EU,
	RULE_PHRAGMEN,
	N_RESULT_RULES
};

/* All take NULL. */
enum result_rule term_rule(const char *term);
enum yihu_ballot_kind term_kind(const char *term);
enum yihu_verdict term_verdict(const char *term);
enum yihu_tiebreak term_tiebreak(const char *term);
/* Unknown ones are of those who cast a ballot. */
enum yihu_support_base term_support(const char *term);

/* Rules by rounds in which households share a cost; and those that stop at the
 * first project that is too dear. */
bool result_rule_shares(enum result_rule rule);
bool result_rule_stops(enum result_rule rule);
/* And those that spend what shares have left by votes. */
bool result_rule_completes(enum result_rule rule);

#endif
