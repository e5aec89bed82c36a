/* SPDX-License-Identifier: Apache-2.0
 *
 * Canonical JSON, written by hand.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>
#include <yihu/text.h>

#include "json_writer.h"

static void separate(struct yihu_json *j)
{
	if (j->comma)
		yihu_buf_u8(j->out, ',');
	j->comma = true;
}

void yihu_json_open(struct yihu_json *j, char bracket)
{
	assert(bracket == '{' || bracket == '[');
	separate(j);
	yihu_buf_u8(j->out, (uint8_t)bracket);
	j->comma = false;
}

void yihu_json_close(struct yihu_json *j, char bracket)
{
	assert(bracket == '}' || bracket == ']');
	yihu_buf_u8(j->out, (uint8_t)bracket);
	j->comma = true;
}

/* How many characters stand for themselves. */
static size_t plain(const char *text)
{
	size_t n = 0;
	while ((unsigned char)text[n] >= 0x20 && text[n] != '"' && text[n] != '\\')
		n++;
	return n;
}

static void put_escaped(struct yihu_buf *out, unsigned char c)
{
	if (c < 0x20)
		yihu_buf_fmt(out, "\\u%04x", c);
	else
		yihu_buf_fmt(out, "\\%c", c);
}

void yihu_json_string(struct yihu_json *j, const char *utf8)
{
	assert(yihu_utf8_valid(utf8, strlen(utf8)));
	separate(j);
	yihu_buf_u8(j->out, '"');
	while (*utf8) {
		size_t n = plain(utf8);
		yihu_buf_put(j->out, utf8, n);
		utf8 += n;
		if (*utf8)
			put_escaped(j->out, (unsigned char)*utf8++);
	}
	yihu_buf_u8(j->out, '"');
}

void yihu_json_key(struct yihu_json *j, const char *key)
{
	yihu_json_string(j, key);
	yihu_buf_u8(j->out, ':');
	j->comma = false;
}

void yihu_json_integer(struct yihu_json *j, uint64_t v)
{
	assert(v <= YIHU_JSON_INTEGER_MAX);
	separate(j);
	yihu_buf_fmt(j->out, "%" PRIu64, v);
}

void yihu_json_bool(struct yihu_json *j, bool v)
{
	separate(j);
	yihu_buf_str(j->out, v ? "true" : "false");
}

void yihu_json_null(struct yihu_json *j)
{
	separate(j);
	yihu_buf_str(j->out, "null");
}

void yihu_json_hex(struct yihu_json *j, const void *data, size_t len)
{
	separate(j);
	yihu_buf_u8(j->out, '"');
	yihu_hex(j->out, data, len);
	yihu_buf_u8(j->out, '"');
}
