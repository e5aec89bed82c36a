/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading what the clerk gives to init. Places that are open go to o->asks.
 */
#ifndef YIHU_ISSUE_INTAKE_H
#define YIHU_ISSUE_INTAKE_H

#include "issue/issue.h"

/* The election file's text, made of o->projects and o->vote: as a file would have
 * it, still to be adopted. notices gets what was read how, and all of it as a table.
 * YIHU_EPROJECT: places are open. */
int intake_projects(struct yihu_buf *text, const struct issue_plan_options *o,
		    struct yihu_buf *notices, struct yihu_error *err);
/* Households in the list's order, and the folder's household list. notices gets
 * what was read how, and some of them. YIHU_EHOUSEHOLD: places are open. */
int intake_households(struct yihu_households *out, struct yihu_buf *file,
		      const struct issue_plan_options *o, struct yihu_buf *notices,
		      struct yihu_error *err);
/* How many places of all that was read are open, as an error of that code; o has
 * asks. */
int intake_fail_open(const struct issue_plan_options *o, int code, struct yihu_error *err);

#endif
