/* SPDX-License-Identifier: Apache-2.0
 *
 * As much of an answer as was asked for: nothing of what the asker has already, or the
 * part that it lacks.
 */
#ifndef YIHU_COUNTD_PORTION_H
#define YIHU_COUNTD_PORTION_H

#include "answer.h"

/* Headers of a request; NULL: it has none of that name. */
struct portion_asked {
	bool parts; /* the method is GET: no other has parts */
	const char *if_none_match, *range, *if_range;
};
/* Of an answer that is complete, has status 200 and an entity tag: makes it 304, 206 or
 * 416 where that is asked for. Leaves every other one alone. */
void answer_portion(struct answer *a, const struct portion_asked *asked);
/* The bytes that go out. */
uint64_t answer_bytes(const struct answer *a);

#endif
