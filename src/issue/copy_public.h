/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder on a stick.
 */
#ifndef YIHU_ISSUE_COPY_PUBLIC_H
#define YIHU_ISSUE_COPY_PUBLIC_H

#include "client/view.h"

/* The public folder, with site/, as STICK/NAME-public: for whoever wants to check it or to show
 * it. A copy of the same election that is there is brought up to date; each file is read back.
 * Caller frees *path. */
int issue_copy_public(const struct yihu_view *v, const char *stick, char **path,
		      struct yihu_error *err);

#endif
