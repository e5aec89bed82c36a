/* SPDX-License-Identifier: Apache-2.0
 *
 * The key `trace` of results.json.
 */
#ifndef YIHU_COUNT_TRACE_JSON_H
#define YIHU_COUNT_TRACE_JSON_H

#include <yihu/count.h>

#include "json_writer.h"

/* t may be NULL: not opened, or the rule did not run. */
void yihu_json_trace(struct yihu_json *j, const struct yihu_definition *d,
		     const struct yihu_trace *t);

#endif
