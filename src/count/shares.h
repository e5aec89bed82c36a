/* SPDX-License-Identifier: Apache-2.0
 *
 * The method of equal shares, one run at one share.
 *
 * Household i gives project p the utility u_i(p): 1 for an approval or an
 * agree, points, Borda points. Of p's cost it pays at most ρ·u_i(p), or all it
 * has left when that is less; ρ(p) is the least that makes the payments add up
 * to cost(p). The effective votes of p are cost(p)/ρ(p), v(p) at most; each
 * round funds the project with the most.
 *
 * Everything that decides is exact. ρ of every round is a numerator over one
 * common denominator D, and the money of a household is what it began with
 * less the ρ·u it has paid: sums of money are counts times these numerators.
 * Doubles stand beside them with a bound on their error, and whatever the
 * bound leaves open is decided by the integers.
 */
#ifndef YIHU_COUNT_SHARES_H
#define YIHU_COUNT_SHARES_H

#include <gmp.h>

#include <yihu/count.h>

struct supporter {
	uint32_t group;
	uint32_t u;
};
/* What is the same for every run: ballots that are equal form a group. */
struct shares {
	const struct yihu_definition *d;
	const struct yihu_profile *p;
	const struct yihu_outcome *o; /* votes; candidates are still YIHU_FUNDED */
	size_t n_groups, n_projects;
	const uint32_t **row; /* a group's digits */
	uint32_t *weight;     /* ballots in it */
	struct supporter **list;
	size_t *n_list;
	uint64_t *reach; /* ballots that support p */
	uint8_t *lots;   /* 64 bytes a project, when there is a lot */
};
/* Groups the ballots and lists each project's supporters. Borrows o and p. */
void yihu_shares_init(struct shares *s, const struct yihu_outcome *o, const struct yihu_profile *p);
/* o and p stay. */
void yihu_shares_finish(struct shares *s);
/* What a digit gives a project. */
uint32_t yihu_utility(const struct yihu_definition *d, uint32_t digit);

/* What a run ended with. */
struct shares_result {
	size_t n_funded;
	uint32_t *funded; /* n_projects */
	uint64_t spent;
	bool by_file; /* a tie that only a lot could decide, and there is none */
	uint32_t tie[2];
};
/* Room for what a run of s funds; one run after the other may use it. */
void yihu_shares_result_init(struct shares_result *r, const struct shares *s);
/* Frees that room. */
void yihu_shares_result_finish(struct shares_result *r);
/* One run; share is what every household begins with, num/den fen. The trace's
 * rounds and have are filled in when it is not NULL. */
void yihu_shares_run(struct shares_result *r, const struct shares *s, const mpz_t num, uint64_t den,
		     struct yihu_trace *trace);

/* After a run at num/n fen with outcome r: a lower bound on how many times step
 * fen can be added for everyone without changing the rounds. */
uint64_t yihu_shares_stand(const struct shares *s, const mpz_t num, uint64_t step,
			   const struct shares_result *r);

/* Lower cost, then more votes, then the lot; what told them apart goes to *by. */
bool yihu_tie_first(const struct shares *s, uint32_t a, uint32_t b, enum yihu_tiebreak *by);
/* Is a a weaker reason than b: was more needed to tell projects apart? */
bool yihu_tie_weaker(enum yihu_tiebreak a, enum yihu_tiebreak b);
/* YIHU_ETIE, in words: a lot must decide between a and b. */
int yihu_fail_tie(const struct shares *s, size_t a, size_t b, struct yihu_error *err);
/* "p/q" in lowest terms. */
char *yihu_rational_text(const mpz_t num, const mpz_t den);

#endif
