/* SPDX-License-Identifier: Apache-2.0
 *
 * A line of a known number of fields.
 */
#include "fields.h"

bool yihu_fields(struct yihu_span line, struct yihu_span *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!yihu_field_next(&line, &out[i]))
			return false;
	return line.len == 0;
}
