/* SPDX-License-Identifier: Apache-2.0
 *
 * A run of equal shares under way, and what a project asks of its supporters in
 * the round in hand. shares.h tells the method.
 */
#ifndef YIHU_COUNT_SHARES_OFFER_H
#define YIHU_COUNT_SHARES_OFFER_H

#include "shares.h"

/* A project's ρ as last computed. key = ρ/cost = 1/effective votes: it only
 * grows from round to round, so lo bounds it from below for ever. */
struct offer {
	bool alive, fresh, exact;
	double rho, lo, hi;
	mpz_t num; /* exact: ρ = num / (units·D), this round */
	uint64_t units;
};
struct run {
	const struct shares *s;
	struct offer *offers;
	double *money; /* a group's, each household; 0 when emptied */
	bool *emptied;
	double share, slack; /* |money − exact| ≤ slack */
	/* Over D: what each began with, and the ρ of each round. */
	mpz_t den, share_num, *rho_num, scratch;
	double *rho;
	uint32_t *funded;
	size_t n_rounds;
	/* The poor of the project in hand: they pay all they have. */
	bool *poor;
	uint32_t *rich; /* scratch: places in its list */
	uint64_t *counts;
	struct shares_result *result;
};

/* k's offer of this round, by doubles where they can tell; not alive any more when
 * its supporters have too little. */
void yihu_offer_make(struct run *x, size_t k);
/* ρ by integers, after yihu_offer_make: doubles have told poor from rich for good.
 * `poor` is k's own then, until another offer is made. */
void yihu_offer_exact(struct run *x, size_t k);
/* By effective votes: below 0 when a has more than b, 0 when as many. */
int yihu_offers_compare(struct run *x, size_t a, size_t b);
/* What k's supporters have left together, over x->den. */
void yihu_supporters_have(mpz_t out, struct run *x, size_t k);

#endif
