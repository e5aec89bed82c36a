/* SPDX-License-Identifier: Apache-2.0
 *
 * Small elections for the tests of counting: a definition without a file, and
 * ballots as rows of digits.
 */
#ifndef TEST_COUNT_PLAIN_H
#define TEST_COUNT_PLAIN_H

#include <yihu/count.h>

#define PLAIN_MAX 8 /* projects; their ids are a, b, c, … */

struct plain {
	struct yihu_definition d;
	struct yihu_project projects[PLAIN_MAX];
	struct yihu_profile p;
	uint32_t *digits;
	struct yihu_withdrawn withdrawn[PLAIN_MAX];
	struct yihu_outcome *o;
};
/* costs end with 0, ballots ("110": a and b) with NULL. cast = n, entitled = n,
 * a lot of 32 bytes 0x02 under an eid of 32 bytes 0x01. Freed by plain_free. */
void plain_make(struct plain *e, const char *rule, enum yihu_ballot_kind kind, int64_t budget,
		const uint64_t *costs, const char *const *ballots);
/* Counts, and fails the test when that fails. */
void plain_count(struct plain *e);
void plain_free(struct plain *e);
/* Withdraws these projects, "ac". */
void plain_withdraw(struct plain *e, const char *ids);
/* Each with a chance of one in five, in every second election, by chance.h. */
void plain_draw_withdrawn(struct plain *e, uint64_t *seed);
/* Counts, and once more as if nobody had marked what is withdrawn: the same is funded.
 * false: nothing is withdrawn. */
bool plain_assert_withdrawn_is_unmarked(struct plain *e);
/* A ballot that puts up to `longest` of n projects in order, by chance.h. */
void plain_draw_ranks(uint64_t *seed, uint32_t *digits, uint32_t n, uint32_t longest);

/* One letter a project: F funded, N no support, D too dear, S after the stop,
 * T below threshold, M not more for, P below support, Q no quorum,
 * E not eligible, O supporters too poor, X excluded, W withdrawn. */
void plain_assert_verdicts(const struct plain *e, const char *letters);
/* Ids in order, "cab". */
void plain_assert_funded(const struct plain *e, const char *ids);
void plain_assert_order(const struct plain *e, const char *ids);

#endif
