/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue init --again: what an earlier election's folder gives to a new one.
 */
#ifndef YIHU_TOOLS_ISSUE_AGAIN_H
#define YIHU_TOOLS_ISSUE_AGAIN_H

#include "issue/issue.h"

/* What the earlier folder says; nothing of it is a key, a salt or a number. */
struct again {
	char *definition, *households; /* paths in it */
	struct yihu_plan plan;
	bool past;      /* its poll has begun by the clock: its times cannot be taken */
	uint32_t added; /* households that are not in its list, but got a letter later */
};
/* YIHU_ENOENT: there is no election in dir. again_finish frees, also after a
 * failure. */
int again_read(struct again *out, const char *dir, struct yihu_error *err);
/* Frees paths and plan. */
void again_finish(struct again *a);

#endif
