/* SPDX-License-Identifier: Apache-2.0
 *
 * What a counting rule is to the rest of the module: one row of a table. A new
 * rule is a row in rules.c and a file with its run function.
 */
#ifndef YIHU_COUNT_RULES_H
#define YIHU_COUNT_RULES_H

#include <yihu/count.h>

enum yihu_rule_budget { YIHU_BUDGET_REQUIRED, YIHU_BUDGET_OPTIONAL };

struct yihu_rule {
	const char *name;
	unsigned kinds; /* bit k: counts ballots of enum yihu_ballot_kind k */
	enum yihu_rule_budget budget;
	bool takes_threshold;    /* and needs it */
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

/* order.c: the projects that are still YIHU_FUNDED and have no place yet, by
 * votes, cost, lot, behind those that have; fills order, n_order, place and
 * ordered_by. */
void yihu_order_by_votes(struct yihu_outcome *o, const struct yihu_profile *p);

/* trace.c */
struct yihu_trace *yihu_trace_new(size_t n_projects);
void yihu_trace_free(struct yihu_trace *t, size_t n_projects);
/* Funds it and gives it the next place. */
void yihu_fund_by_rule(struct yihu_outcome *o, const struct yihu_definition *d, uint32_t project);
/* Without the trace. */
struct yihu_outcome *yihu_outcome_copy(const struct yihu_outcome *o);

/* greedy.c: behind what has a place already, with what is left. */
int yihu_run_greedy(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);
int yihu_run_greedy_no_skip(struct yihu_outcome *o, const struct yihu_profile *p,
			    struct yihu_error *err);
/* majority.c */
int yihu_run_majority(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);

/* equal_shares.c */
int yihu_run_equal_shares(struct yihu_outcome *o, const struct yihu_profile *p,
			  struct yihu_error *err);
int yihu_run_equal_shares_add1(struct yihu_outcome *o, const struct yihu_profile *p,
			       struct yihu_error *err);
int yihu_run_equal_shares_add1u(struct yihu_outcome *o, const struct yihu_profile *p,
				struct yihu_error *err);
/* phragmen.c */
int yihu_run_phragmen(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);

#endif
