/* SPDX-License-Identifier: Apache-2.0
 *
 * Equal shares and phragmen as the books have them, for small elections: every
 * household's money is a fraction of its own, every project is looked at anew
 * in every round, nothing is kept from one run to the next. Shares no code
 * with src/count.
 */
#ifndef TEST_COUNT_TEXTBOOK_H
#define TEST_COUNT_TEXTBOOK_H

#include <gmp.h>

#include "plain.h"

#define TEXTBOOK_BALLOTS_MAX 16

/* What is written down of a round. */
struct textbook_round {
	mpq_t cap; /* phragmen: the time */
	enum yihu_tiebreak by;
	size_t n_tied; /* by lot, with the one chosen; 0: no lot */
	uint64_t payers, emptied;
};
struct textbook {
	const struct plain *e;
	bool candidate[PLAIN_MAX];
	mpq_t money[TEXTBOOK_BALLOTS_MAX];
	mpq_t paid[TEXTBOOK_BALLOTS_MAX];   /* in all */
	bool emptied[TEXTBOOK_BALLOTS_MAX]; /* it had less than was asked of it */
	size_t n;
	uint32_t funded[PLAIN_MAX];
	struct textbook_round round[PLAIN_MAX];
	/* At the end, what supporters have left together, of projects that could still be
	 * bought. */
	bool has[PLAIN_MAX];
	mpq_t have[PLAIN_MAX];
	uint64_t spent;
	unsigned long raises;
	size_t n_shares; /* funded before greedy completed it */
};
void textbook_init(struct textbook *x, const struct plain *e, const bool candidate[PLAIN_MAX]);
void textbook_finish(struct textbook *x);
void textbook_count(struct textbook *x); /* by e->d.rule */
uint64_t textbook_votes(const struct plain *e, size_t k);
uint32_t textbook_points(const struct plain *e, size_t ballot, size_t k);

#endif
