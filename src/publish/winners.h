/* SPDX-License-Identifier: Apache-2.0
 *
 * What was decided, as page and poster both show it: the budget as a bar that
 * the winners are cut out of, in the order in which they were funded, and where
 * the money ended.
 */
#ifndef YIHU_PUBLISH_WINNERS_H
#define YIHU_PUBLISH_WINNERS_H

#include "publish/sentences.h"

/* No part is drawn beyond its whole. Figures of results.json are below 2^53. */
unsigned yihu_thousandths(uint64_t part, uint64_t whole);

/* A winner's part of the bar, in thousandths of the budget; 0 without one. */
struct winner_part {
	size_t project;
	unsigned from, width;
	uint64_t sum; /* of all costs so far, this one's too */
};
/* One for each of r->funded, in that order; the caller frees. */
struct winner_part *yihu_winner_parts(const struct published *r);

/* The bar: a part narrower than this has no room for its project's number. */
#define WINNER_NUMBER_ROOM 60
/* Its shades, white between winners and for numbers: 0xRRGGBB. */
#define WINNER_SHADE 0x0d5c54u
#define WINNER_REST_SHADE 0xe4e4e4u

/* What is left of the budget. The caller frees; NULL: there is no budget. */
char *yihu_money_end(const struct published *r, enum language l);
/* Nothing was funded though the box was opened: which came closest, and why not.
 * The caller frees; NULL: something was, or nothing was opened. */
char *yihu_closest_sentence(const struct published *r, enum language l);

#endif
