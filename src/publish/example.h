/* SPDX-License-Identifier: Apache-2.0
 *
 * How a rule chooses, by a small vote that is made up: a few households mark the real
 * projects, and the rule counts them.
 */
#ifndef YIHU_PUBLISH_EXAMPLE_H
#define YIHU_PUBLISH_EXAMPLE_H

#include "publish/published.h"

#define EXAMPLE_HOUSEHOLDS 5

struct example {
	size_t n;         /* of the marks a household */
	uint32_t *digits; /* EXAMPLE_HOUSEHOLDS rows */
	struct published result;
};
/* All that households mark keeps to the definition's limits. YIHU_EDIGITS: limits that these
 * few do not meet, and there is no example; errors of yihu_count. result borrows d.
 * example_finish frees. */
int example_make(struct example *out, const struct yihu_definition *d, struct yihu_error *err);
/* Leaves x empty. */
void example_finish(struct example *x);
/* What a household marks a project with: "✓", "agree", "3"; "" nothing. Caller frees. */
char *example_mark(const struct yihu_definition *d, uint32_t digit, enum language l);

#endif
