/* SPDX-License-Identifier: Apache-2.0
 *
 * How a project passes, in a few plain sentences before anyone chooses: the
 * same as web/ui/rule.ts has on the pages. The result tells the same rule
 * longer.
 */
#ifndef YIHU_PUBLISH_RULE_H
#define YIHU_PUBLISH_RULE_H

#include <yihu/definition.h>

#include "words/words.h"

#define RULE_LINES_MAX 16

struct rule_lines {
	char *at[RULE_LINES_MAX];
	size_t n;
};
/* What makes a project pass, what abstaining does, the budget, what a ballot must
 * use at least, what holds for parts, what excludes what, who comes first of equals,
 * the quorum; rule_lines_finish frees. From how many ballots on the box
 * is opened is the charter's, and not among them. */
void rule_lines_make(struct rule_lines *r, enum language l, const struct yihu_definition *d);
/* Leaves r empty. */
void rule_lines_finish(struct rule_lines *r);
/* Who must come to the count, and how many may be missing. The caller frees. */
char *rule_who_comes(enum language l, uint32_t n, uint32_t t, uint32_t q);

#endif
