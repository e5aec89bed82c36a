/* SPDX-License-Identifier: Apache-2.0
 *
 * The terms of results.json.
 */
#include "publish/terms.h"

#include <string.h>

enum result_rule term_rule(const char *term)
{
	static const char *const rules[] = {
		[RULE_GREEDY] = "greedy",
		[RULE_NO_SKIP] = "greedy-no-skip",
		[RULE_THRESHOLD] = "greedy-threshold",
		[RULE_EXCLUSIVE] = "greedy-exclusive",
		[RULE_MAJORITY] = "majority",
		[RULE_SHARES] = "equalshares",
		[RULE_ADD1] = "equalshares/add1",
		[RULE_ADD1U] = "equalshares/add1u",
		[RULE_ADD1E] = "equalshares/add1e",
		[RULE_ADD1EU] = "equalshares/add1eu",
		[RULE_PHRAGMEN] = "phragmen",
	};
	enum result_rule rule = 0;
	while (rule < N_RESULT_RULES && !(term && strcmp(term, rules[rule]) == 0))
		rule++;
	return rule;
}

enum yihu_ballot_kind term_kind(const char *term)
{
	enum yihu_ballot_kind kind = 0;
	while (kind < YIHU_N_KINDS && !(term && strcmp(term, yihu_ballot_kind_name(kind)) == 0))
		kind++;
	return kind;
}

enum yihu_verdict term_verdict(const char *term)
{
	enum yihu_verdict verdict = 0;
	while (verdict < YIHU_N_VERDICTS &&
	       !(term && strcmp(term, yihu_verdict_name(verdict)) == 0))
		verdict++;
	return verdict;
}

enum yihu_tiebreak term_tiebreak(const char *term)
{
	enum yihu_tiebreak by = 0;
	while (by < YIHU_N_TIEBREAKS && !(term && strcmp(term, yihu_tiebreak_name(by)) == 0))
		by++;
	return by;
}

enum yihu_support_base term_support(const char *term)
{
	if (term && strcmp(term, "decided") == 0)
		return YIHU_OF_DECIDED;
	return term && strcmp(term, "entitled") == 0 ? YIHU_OF_ENTITLED : YIHU_OF_CAST;
}

bool result_rule_shares(enum result_rule rule)
{
	return rule == RULE_SHARES || rule == RULE_ADD1 || rule == RULE_ADD1U ||
	       rule == RULE_ADD1E || rule == RULE_ADD1EU;
}

bool result_rule_completes(enum result_rule rule)
{
	return rule == RULE_ADD1U || rule == RULE_ADD1EU;
}

bool result_rule_stops(enum result_rule rule)
{
	return rule == RULE_NO_SKIP || rule == RULE_PHRAGMEN;
}
