/* SPDX-License-Identifier: Apache-2.0
 *
 * The one JSON writer of the repository whose bytes are signed: no white
 * space, keys in the order they are given, only what must be escaped is
 * (PROTOCOL §10). The audit compares its output byte for byte, so no library
 * and no locale has a say in it.
 */
#ifndef YIHU_COUNT_JSON_WRITER_H
#define YIHU_COUNT_JSON_WRITER_H

#include <yihu/bytes.h>

#define YIHU_JSON_INTEGER_MAX ((UINT64_C(1) << 53) - 1)

/* Commas come by themselves; brackets must be closed by the caller. */
struct yihu_json {
	struct yihu_buf *out;
	bool comma; /* the next value or key needs one before it */
};
void yihu_json_open(struct yihu_json *j, char bracket);  /* '{' or '[' */
void yihu_json_close(struct yihu_json *j, char bracket); /* '}' or ']' */
/* A member's name; its value comes next. */
void yihu_json_key(struct yihu_json *j, const char *key);
void yihu_json_string(struct yihu_json *j, const char *utf8); /* asserts valid UTF-8 */
void yihu_json_integer(struct yihu_json *j, uint64_t v);      /* asserts v ≤ 2^53−1 */
/* A value: true or false, null, or bytes as a string of lower-case hex. */
void yihu_json_bool(struct yihu_json *j, bool v);
void yihu_json_null(struct yihu_json *j);
void yihu_json_hex(struct yihu_json *j, const void *data, size_t len);

#endif
