/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting rules: pure functions over plain ballots, exact (COUNTING.md).
 */
#ifndef YIHU_COUNT_H
#define YIHU_COUNT_H

#include <yihu/definition.h>

/* What is counted. Digits are rows of definition->n_projects. */
struct yihu_profile {
	const struct yihu_definition *definition;
	size_t n;               /* valid ballots */
	const uint32_t *digits; /* n rows */
	uint64_t cast;          /* ballots cast, void ones too: for quorum */
	uint64_t entitled;      /* households entitled */
	/* The lot: bytes that V and eid stand for. Outside an election eid is
	 * empty and without --lot a tie is reported (YIHU_ETIE). */
	bool has_lot;
	uint8_t lot_seed[32];
	const uint8_t *eid;
	size_t eid_len;
};

enum yihu_verdict {
	YIHU_FUNDED,
	YIHU_NO_SUPPORT,     /* v(p) = 0 */
	YIHU_TOO_DEAR,       /* dearer than what was left, skipped */
	YIHU_AFTER_STOP,     /* the rule had stopped before it */
	YIHU_BELOW_THRESHOLD,
	YIHU_NOT_MORE_FOR,   /* majority: agree ≤ against */
	YIHU_BELOW_SUPPORT,  /* the declared support rule */
	YIHU_NO_QUORUM,      /* nothing is funded */
	YIHU_N_VERDICTS
};
const char *yihu_verdict_name(enum yihu_verdict v); /* "funded", "no-support", … */

/* How a project got its place before the next in the rule's order. */
enum yihu_tiebreak { YIHU_BY_VOTES, YIHU_BY_COST, YIHU_BY_LOT };

struct yihu_project_outcome {
	uint64_t votes;   /* v(p) */
	uint64_t agree, against, abstain; /* consent; agree = approvals for approval */
	enum yihu_verdict verdict;
	uint64_t place;   /* in the rule's order, from 1; 0 when never considered */
	uint64_t left_before; /* fen left when it was considered (rules with a budget) */
	bool support_met; /* of the declared support rule; true when none */
	uint64_t support_have, support_of; /* the two numbers compared */
	enum yihu_tiebreak ordered_by; /* what put it before the next in order */
};
struct yihu_outcome {
	size_t n_projects;
	struct yihu_project_outcome *projects; /* file order */
	size_t n_funded;
	uint32_t *funded; /* project indices in the order funded */
	uint64_t spent;   /* fen */
	bool quorum_declared, quorum_met;
	uint64_t cast, entitled; /* the quorum's two numbers */
	size_t n_order;
	uint32_t *order; /* every project in the order considered */
};
/* YIHU_ERULE for a rule that this build does not count; YIHU_ETIE when a lot
 * is needed and there is none. */
int yihu_count(struct yihu_outcome **out, const struct yihu_profile *p, struct yihu_error *err);
void yihu_outcome_free(struct yihu_outcome *o);
bool yihu_rule_known(const char *rule);

#endif
