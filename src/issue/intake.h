/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists that people bring, on their way into a new folder.
 */
#ifndef YIHU_ISSUE_INTAKE_H
#define YIHU_ISSUE_INTAKE_H

#include "issue/issue.h"

/* The households of o's list, and the file that the folder keeps of them. What the
 * list leaves open goes to o->asks, and is YIHU_EHOUSEHOLD; notices gets lines of
 * what was read how. */
int intake_households(struct yihu_households *out, struct yihu_buf *file,
		      const struct issue_plan_options *o, struct yihu_buf *notices,
		      struct yihu_error *err);

#endif
