/* SPDX-License-Identifier: Apache-2.0
 *
 * The rounds of equal shares and phragmen, told in words, and the fractions in
 * them. All callers free.
 */
#ifndef YIHU_PUBLISH_STEPS_H
#define YIHU_PUBLISH_STEPS_H

#include "publish/published.h"
#include "words/words.h"

/* What a project's supporters have left, or what that is short of its cost. */
char *yihu_have_text(const struct published *r, const struct result_project *p, enum language l,
		     bool missing);
/* Equal shares with eligibility: the fewest votes that its cost asks for. */
uint64_t yihu_eligible_votes(const struct published *r, const struct result_project *p);
/* How rounds came out, a line each (LF); "" without a trace. */
char *yihu_steps_text(const struct published *r, enum language l);

#endif
