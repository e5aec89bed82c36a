/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-audit URL: the public folder of a server, and the copy that stays.
 */
#ifndef YIHU_TOOLS_AUDIT_ONLINE_H
#define YIHU_TOOLS_AUDIT_ONLINE_H

#include "fetch/copy.h"
#include "fetch/fetch.h"

/* Fetches the folder at url. keep (may be NULL): into that folder, with what it
 * has seen before; *copy is then open. A copy that the server contradicts is left as it
 * is: YIHU_EHISTORY. */
int online_fetch(const char *url, const char *keep, const struct fetch_options *o,
		 struct yihu_public **out, struct copy **copy, struct yihu_error *err);
/* After the audit: what passed goes into the copy, what did not beside it. */
int online_keep(struct copy *copy, const struct yihu_public *p, bool passed,
		struct yihu_error *err);

#endif
