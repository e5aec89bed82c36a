/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's report as one JSON object on standard output.
 */
#ifndef YIHU_TOOLS_AUDIT_JSON_H
#define YIHU_TOOLS_AUDIT_JSON_H

#include <yihu/audit.h>

/* yihu-audit's exit status. */
#define EXIT_VERIFIED 0
#define EXIT_FAULT 1
#define EXIT_UNREAD 2
#define EXIT_NO_EID 3

/* a is over p; status is what the program ends with. */
void audit_json(const struct yihu_audit *a, const struct yihu_public *p, bool eid_given,
		int status);
/* Of a folder that is at fault before it can be audited. */
void audit_json_unread(const struct yihu_error *err);

#endif
