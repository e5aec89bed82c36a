/* SPDX-License-Identifier: Apache-2.0
 *
 * For programs linked with --wrap=yihu_audit_run: every audit that they run is
 * printed.
 */
#include "record.h"

struct yihu_audit *__real_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o);
struct yihu_audit *__wrap_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o);
struct yihu_audit *__wrap_yihu_audit_run(const struct yihu_public *p,
					 const struct yihu_audit_options *o)
{
	struct yihu_audit *a = __real_yihu_audit_run(p, o);
	record_print(json_pack("{s:o, s:o, s:o}", "files", record_files(p), "options",
			       record_options(o), "verdict", record_verdict(a, o)));
	return a;
}
