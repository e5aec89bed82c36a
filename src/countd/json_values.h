/* SPDX-License-Identifier: Apache-2.0
 *
 * How times and bytes stand in the JSON of answers.
 */
#ifndef YIHU_COUNTD_JSON_VALUES_H
#define YIHU_COUNTD_JSON_VALUES_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* A string each: the exact time of yihu_time_text, and base64. The caller owns
 * it. */
json_t *answer_time(uint64_t unix_seconds);
json_t *answer_base64(const void *bytes, size_t len);

#endif
