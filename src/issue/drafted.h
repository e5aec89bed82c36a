/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files and numbers of an election come to, before it is made of them.
 */
#ifndef YIHU_ISSUE_DRAFTED_H
#define YIHU_ISSUE_DRAFTED_H

#include "folder/folder.h"

#include <yihu/households.h>

/* Shows it: definition is the strict form. */
int drafted_look(const struct yihu_plan *plan, const struct yihu_buf *definition, yihu_look *look,
		 void *context, struct yihu_error *err);
/* Can all paper of it be printed? The codes of layout_check. */
int drafted_lay_out(const struct yihu_plan *plan, const struct yihu_buf *definition,
		    const struct yihu_households *list, struct yihu_error *err);

#endif
