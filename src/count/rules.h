/* SPDX-License-Identifier: Apache-2.0
 *
 * What a counting rule is to the rest of the module: one row of a table. A new
 * rule is a row in rules.c and a file with its run function.
 */
#ifndef YIHU_COUNT_RULES_H
#define YIHU_COUNT_RULES_H

#include <yihu/count.h>

enum yihu_rule_budget { YIHU_BUDGET_REQUIRED, YIHU_BUDGET_OPTIONAL };
enum yihu_rule_threshold { YIHU_THRESHOLD_NONE, YIHU_THRESHOLD_OPTIONAL, YIHU_THRESHOLD_REQUIRED };

struct yihu_rule {
	const char *name;
	unsigned kinds; /* bit k: counts ballots of enum yihu_ballot_kind k */
	enum yihu_rule_budget budget;
	enum yihu_rule_threshold threshold;
	bool takes_equal_shares; /* the options comparison and eligibility */
	bool has_trace;          /* rounds to tell */
	/* Decides every project whose verdict is still YIHU_FUNDED (supported,
	 * past the rule's own bar and the support rule). */
	int (*run)(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);
	/* The rule's own bar on one project, before the support rule's; NULL: none. */
	enum yihu_verdict (*bar)(const struct yihu_project_outcome *r,
				 const struct yihu_definition *d, uint64_t cost);
};
const struct yihu_rule *yihu_rule_find(const char *name); /* or NULL */

#endif
