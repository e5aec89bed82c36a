/* SPDX-License-Identifier: Apache-2.0
 *
 * All paper of an election laid out into nothing, before anything is signed: what
 * cannot be printed is found while it can still be mended.
 */
#ifndef YIHU_ISSUE_LAYOUT_H
#define YIHU_ISSUE_LAYOUT_H

#include <yihu/charter.h>
#include <yihu/households.h>

/* Every sign that is printed, in whatever language; the longest households as letters and on
 * the walk list; and the poster. list NULL: the poster alone. url NULL: count desk only. The
 * charter may be none yet (folder.h, yihu_plan_charter). YIHU_EFORMAT, YIHU_ETOOBIG name
 * the household or the text; YIHU_ENOENT: a font is not installed. */
int layout_check(const struct yihu_definition *d, const struct yihu_charter *c, const char *url,
		 const struct yihu_households *list, struct yihu_error *err);

#endif
