/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting rules: pure functions over plain ballots, exact (PROTOCOL §10).
 *
 * v(p), a project's votes: approvals, agrees, points, or Borda points (rank r
 * of at most L gives L+1−r). A project with v(p) = 0 is never funded.
 *
 * Rules are rows of one table (src/count/rules.c):
 *
 *   greedy            v descending; fund what fits, skip what does not
 *   greedy-no-skip    the same, stop at the first that does not fit, of those that
 *                     the whole budget could pay
 *   greedy-threshold  greedy among p with v(p) ≥ threshold
 *   greedy-exclusive  greedy; of projects that exclude each other a ballot may be for
 *                     more than one
 *   majority          consent ballots: agree > against; without a budget all
 *                     that pass are funded, with one as greedy
 *   equalshares       the method of equal shares, cost utilities
 *   equalshares/add1  the same with shares raised by one unit of money while
 *                     the outcome stays within the budget (Pabulib's name)
 *   equalshares/add1u add1, then greedy with what is left
 *   equalshares/add1e, add1eu  the two with an end, too, at the first outcome that
 *                     nothing more fits into (what add1 and add1u meant before)
 *   phragmen          sequential Phragmén (approval and consent ballots)
 *
 * Equal votes (or effective votes, or times): lower cost first, then more
 * votes, then the lot, smaller H("lot"; eid, V, project id) first.
 *
 * Options and where they belong (elsewhere they are refused, YIHU_ERULE):
 *   quorum      every rule. Ballots cast (void ones too) of households entitled.
 *   support     every rule, per project: ballots that support it, of ballots
 *               cast (void ones too) or of households entitled; of agree +
 *               against (`decided`) with consent ballots only.
 *   threshold   the greedy rules; greedy-threshold must have it.
 *   comparison, eligibility   equal shares only.
 *   budgets of parts, exclusions   the greedy rules and majority.
 *   budget      greedy rules must have one; majority may.
 * A share of nothing (`of` = 0) is never met.
 */
#ifndef YIHU_COUNT_H
#define YIHU_COUNT_H

#include <yihu/api.h>
#include <yihu/definition.h>

YIHU_API_BEGIN

/* What is counted. Digits are rows of definition->n_projects. */
struct yihu_profile {
	const struct yihu_definition *definition;
	size_t n;               /* valid ballots */
	const uint32_t *digits; /* n rows */
	uint64_t cast;          /* ballots cast, void ones too, at least n: for quorum */
	uint64_t entitled;      /* households entitled; 0 when nobody knows */
	const struct yihu_withdrawn *withdrawn; /* projects that are never funded */
	size_t n_withdrawn;
	/* The lot: bytes that V and eid stand for. Outside an election eid is
	 * empty and without --lot a tie is reported (YIHU_ETIE). */
	bool has_lot;
	uint8_t lot_seed[32];
	const uint8_t *eid;
	size_t eid_len;
};

/* Quorum comes first; of the other reasons the first that holds in the order
 * withdrawn, no-support, not-more-for, below-threshold, below-support, too-dear or
 * after-stop is given. */
enum yihu_verdict {
	YIHU_FUNDED,
	YIHU_NO_SUPPORT, /* v(p) = 0 */
	YIHU_TOO_DEAR,   /* dearer than what was left: skipped, or the rule stopped at it */
	YIHU_AFTER_STOP, /* the rule had stopped before it */
	YIHU_BELOW_THRESHOLD,
	YIHU_NOT_MORE_FOR,  /* majority: agree ≤ against */
	YIHU_BELOW_SUPPORT, /* the declared support rule */
	YIHU_NO_QUORUM,     /* nothing is funded */
	YIHU_NOT_ELIGIBLE,  /* equal shares: v(p)/n < cost/(3·budget) */
	YIHU_TOO_POOR,      /* equal shares: its supporters have less than its cost left */
	YIHU_EXCLUDED,      /* a project that excludes it was funded before it */
	YIHU_WITHDRAWN,     /* it was withdrawn after the charter */
	YIHU_N_VERDICTS
};
const char *yihu_verdict_name(enum yihu_verdict v); /* "funded", "no-support", … */

/* What put a project before the next in the rule's order. */
enum yihu_tiebreak {
	YIHU_BY_VOTES, /* also the last in order */
	YIHU_BY_COST,
	YIHU_BY_LOT,
	YIHU_BY_FILE,       /* outside an election, no lot, and this tie decides nothing */
	YIHU_BY_MORE_VOTES, /* of a round of equal shares or phragmen */
	YIHU_BY_RULE,       /* equal shares and phragmen: see the trace */
	YIHU_N_TIEBREAKS
};
/* "votes", "cost", "lot", "file", "more-votes", "rule" */
const char *yihu_tiebreak_name(enum yihu_tiebreak t);

struct yihu_project_outcome {
	uint64_t votes; /* v(p) */
	/* Ballots: those that support it (approve, agree, give points or a rank),
	 * those against it (consent; 0 for other kinds), and the other valid ones. */
	uint64_t agree, against, abstain;
	enum yihu_verdict verdict;
	uint64_t place;       /* in the rule's order, from 1; 0 when not in it */
	uint64_t left_before; /* fen left for it when it was considered, of the budget and of its
				 parts' (0 after the stop, or without a budget) */
	bool support_met;     /* of the declared support rule; true when none */
	uint64_t support_have, support_of; /* the two numbers compared; 0 when none is declared */
	enum yihu_tiebreak ordered_by;     /* what put it before the next in order */
};
/* How equal shares and phragmen came to their outcome. Rationals are strings
 * "p/q" in lowest terms, money in fen. */
struct yihu_round {
	uint32_t project;
	/* Equal shares: each household pays at most this for each point it gives
	 * (an approval is one). phragmen: what every household has been given
	 * by the time that the project is bought. */
	char *cap;
	char *effective; /* effective votes: cost/cap; phragmen: NULL */
	/* Ballots that pay: those that paid all they had left, which was less
	 * than the cap, are `emptied`. phragmen: all supporters, none. */
	uint64_t payers, emptied;
	enum yihu_tiebreak by; /* what chose it: votes (alone best), cost, more votes, lot */
	size_t n_tied;         /* lot: it and those it was drawn from, file order */
	uint32_t *tied;
};
enum yihu_raise_end {
	YIHU_RAISE_NONE,       /* not a rule that raises shares */
	YIHU_RAISE_EXHAUSTIVE, /* nothing more fits what is left of the budget; without
				  the e: nothing is left that could be funded */
	YIHU_RAISE_OVER,       /* one raise more would have spent more than the budget */
	YIHU_N_RAISE_ENDS
};
struct yihu_trace {
	char *share;     /* each household's money; phragmen: given until the end */
	uint64_t raises; /* by one unit (100 fen) above budget/n */
	enum yihu_raise_end raise_end;
	size_t n_rounds;
	struct yihu_round *rounds;
	char **have;       /* file order: what an unfunded project's supporters had left
			      together; NULL when funded by the rounds or barred before */
	bool compared;     /* the option comparison */
	bool greedy_taken; /* and greedy's outcome is the one */
	uint64_t prefer_greedy, prefer_shares; /* ballots with more of their projects funded */
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
	uint32_t *order; /* the rule's order: every project that no other verdict barred before */
	struct yihu_trace *trace; /* equal shares and phragmen; else NULL */
};

#define YIHU_MONEY_MAX ((UINT64_C(1) << 53) - 1) /* what every JSON reader keeps exact */

/* Can this definition be counted by its rule: is the rule known, does it count
 * this kind of ballot, are its options there and no others? YIHU_ERULE. Also
 * YIHU_ERULE when budget or the sum of costs is above YIHU_MONEY_MAX. */
int yihu_count_check(const struct yihu_definition *d, struct yihu_error *err);
/* YIHU_ERULE as yihu_count_check; YIHU_ETIE when a lot decides what is funded
 * and there is none. */
int yihu_count(struct yihu_outcome **out, const struct yihu_profile *p, struct yihu_error *err);
/* With its trace. NULL is fine. */
void yihu_outcome_free(struct yihu_outcome *o);

/* H("lot"; eid, V, project id): whose is smaller, as bytes, goes first. */
void yihu_lot(uint8_t out[YIHU_AT_LEAST(64)], const struct yihu_profile *p, const char *project_id);
/* have/of > num/den (or ≥), exactly; false when of = 0. */
bool yihu_fraction_met(struct yihu_fraction f, uint64_t have, uint64_t of);

YIHU_API_END

#endif
