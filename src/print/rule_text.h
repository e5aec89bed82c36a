/* SPDX-License-Identifier: Apache-2.0
 *
 * How the vote works, in a paragraph for letter and poster.
 */
#ifndef YIHU_PRINT_RULE_TEXT_H
#define YIHU_PRINT_RULE_TEXT_H

#include "print/paper.h"

/* What a household may choose, and all of the next. The caller frees. */
char *rule_text(const struct paper *e);
/* How a project passes, and from how many ballots on the box is opened: for the
 * slip, which tells how to mark in its own words. The caller frees. */
char *rule_text_passing(const struct paper *e);
/* The most that a household may spend; "" where there is no such limit. The
 * caller frees. */
char *rule_text_cost(const struct paper *e);

#endif
