/* SPDX-License-Identifier: Apache-2.0
 *
 * Within yihu-issue like: an earlier election on its way to options and tables.
 */
#ifndef YIHU_TOOLS_ISSUE_LIKE_H
#define YIHU_TOOLS_ISSUE_LIKE_H

#include <jansson.h>

#include "issue/issue.h"

/* What init is to be given; tables as arrays of rows, the first of which names the columns. */
struct like {
	struct yihu_definition *d;
	bool chinese;
	json_t *options, *projects, *households, *unsaid;
	size_t added;
};
/* like_tables.c: its projects, and its households with those that were added. */
void like_projects(struct like *x);
int like_households(struct like *x, const struct yihu_folder *f, struct yihu_error *err);

#endif
