/* SPDX-License-Identifier: Apache-2.0
 *
 * How times and bytes stand in the JSON of answers.
 */
#include "json_values.h"

#include <yihu/bytes.h>
#include <yihu/text.h>

json_t *answer_time(uint64_t unix_seconds)
{
	char text[21];
	return json_string(yihu_time_text(text, unix_seconds));
}

json_t *answer_base64(const void *bytes, size_t len)
{
	struct yihu_buf text = {0};
	yihu_base64(&text, bytes, len);
	json_t *j = json_stringn((const char *)text.data, text.len);
	yihu_buf_free(&text);
	return j;
}
