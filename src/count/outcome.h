/* SPDX-License-Identifier: Apache-2.0
 *
 * An outcome under way, and its trace. yihu/count.h has the end of both.
 */
#ifndef YIHU_COUNT_OUTCOME_H
#define YIHU_COUNT_OUTCOME_H

#include <yihu/count.h>

/* Freed with its outcome. */
struct yihu_trace *yihu_trace_new(size_t n_projects);
/* Funds it and gives it the next place. */
void yihu_fund_by_rule(struct yihu_outcome *o, const struct yihu_definition *d, uint32_t project);
/* Without the trace. The caller frees. */
struct yihu_outcome *yihu_outcome_copy(const struct yihu_outcome *o);

#endif
