/* SPDX-License-Identifier: Apache-2.0
 *
 * What yihu-audit says at its end, on standard output: as text, or as one JSON
 * object (the manual page has its schema).
 */
#ifndef YIHU_TOOLS_AUDIT_REPORT_H
#define YIHU_TOOLS_AUDIT_REPORT_H

#include <yihu/audit.h>

/* yihu-audit's exit status. */
#define EXIT_VERIFIED 0
#define EXIT_FAULT 1
#define EXIT_UNREAD 2
#define EXIT_NO_EID 3

/* a is over p; status is what the program ends with. */
void report_text(const struct yihu_audit *a, int status);
void report_json(const struct yihu_audit *a, const struct yihu_public *p, bool eid_given,
		 int status);
/* Of a folder that is at fault before it can be audited. */
void report_text_unread(const struct yihu_error *err);
void report_json_unread(const struct yihu_error *err);

#endif
