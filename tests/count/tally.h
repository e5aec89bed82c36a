/* SPDX-License-Identifier: Apache-2.0
 *
 * Tallies without keys, for the tests of results: a charter of which only what
 * results.json names is filled in.
 */
#ifndef TEST_COUNT_TALLY_H
#define TEST_COUNT_TALLY_H

#include <yihu/results.h>

/* The example of src/count/RESULTS.md: eid 01…, V 02…, two valid ballots for
 * lamp and tree, the third void. */
struct tally {
	struct yihu_charter charter;
	struct yihu_tally t;
	struct yihu_outcome *o; /* NULL when not opened */
};
extern const char tally_yard[]; /* its election.pb */
void tally_make(struct tally *x, const char *definition);
/* Back to before the opening, as with fewer ballots than min-box. */
void tally_not_opened(struct tally *x);
void tally_count(struct tally *x);
void tally_json(struct tally *x, struct yihu_buf *out);
void tally_free(struct tally *x);

#endif
