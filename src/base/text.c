/* SPDX-License-Identifier: Apache-2.0
 *
 * Spans, lines, fields, UTF-8, hex, base64 and decimals: PROTOCOL §1, and
 * nothing more lenient.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

struct yihu_span yihu_span(const char *s)
{
	return (struct yihu_span){.p = s, .len = strlen(s)};
}

bool yihu_span_is(struct yihu_span s, const char *text)
{
	size_t len = strlen(text);
	return s.len == len && (len == 0 || memcmp(s.p, text, len) == 0);
}

char *yihu_span_dup(struct yihu_span s)
{
	return yihu_strndup(s.p, s.len);
}

struct yihu_lines yihu_lines(const void *text, size_t len)
{
	return (struct yihu_lines){.p = text, .left = len};
}

bool yihu_lines_next(struct yihu_lines *l, struct yihu_span *line)
{
	if (l->left == 0 || l->bad)
		return false;
	const char *lf = memchr(l->p, '\n', l->left);
	if (!lf) {
		l->bad = true;
		return false;
	}
	*line = (struct yihu_span){.p = l->p, .len = (size_t)(lf - l->p)};
	l->p += line->len + 1;
	l->left -= line->len + 1;
	l->number++;
	return true;
}

/* The separator goes only together with a field after it: "a " has a field
 * missing, and stays as it is. */
bool yihu_field_next(struct yihu_span *rest, struct yihu_span *field)
{
	const char *space = rest->len ? memchr(rest->p, ' ', rest->len) : NULL;
	size_t len = space ? (size_t)(space - rest->p) : rest->len;
	if (len == 0 || (space && len + 1 == rest->len))
		return false;
	*field = (struct yihu_span){.p = rest->p, .len = len};
	size_t taken = space ? len + 1 : len;
	rest->p += taken;
	rest->len -= taken;
	return true;
}

bool yihu_fields(struct yihu_span line, struct yihu_span *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!yihu_field_next(&line, &out[i]))
			return false;
	return line.len == 0;
}

/* The length of the UTF-8 character at p, 0 when it is none: overlong forms,
 * surrogates and what lies above U+10FFFF are none (RFC 3629). */
static size_t utf8_len(const uint8_t *p, size_t left)
{
	if (p[0] < 0x80)
		return 1;
	size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || len > left)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
	bool surrogate = p[0] == 0xed && p[1] > 0x9f;
	bool too_high = p[0] == 0xf4 && p[1] > 0x8f;
	return overlong || surrogate || too_high ? 0 : len;
}

bool yihu_utf8_valid(const void *text, size_t len)
{
	const uint8_t *p = text;
	for (size_t at = 0; at < len;) {
		size_t step = utf8_len(p + at, len - at);
		if (step == 0)
			return false;
		at += step;
	}
	return true;
}

bool yihu_text_clean(const void *text, size_t len)
{
	const uint8_t *p = text;
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (p[i] < 0x20 && p[i] != '\n')
			return false;
	return yihu_utf8_valid(text, len);
}

void yihu_text_make_printable(char *text)
{
	size_t left = strlen(text);
	for (uint8_t *p = (uint8_t *)text; left > 0;) {
		size_t len = utf8_len(p, left);
		bool control = p[0] < 0x20 || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
		if (len == 0 || control) {
			*p = '?';
			len = 1;
		}
		p += len;
		left -= len;
	}
}

char *yihu_hex_into(char *out, const void *data, size_t len)
{
	return sodium_bin2hex(out, 2 * len + 1, data, len);
}

void yihu_hex(struct yihu_buf *out, const void *data, size_t len)
{
	char two[3];
	for (size_t i = 0; i < len; i++)
		yihu_buf_put(out, yihu_hex_into(two, (const uint8_t *)data + i, 1), 2);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool yihu_unhex(uint8_t *out, size_t len, struct yihu_span hex)
{
	if (hex.len % 2 != 0 || hex.len / 2 != len)
		return false;
	for (size_t i = 0; i < hex.len; i++)
		if (hex_digit(hex.p[i]) < 0)
			return false;
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)(hex_digit(hex.p[2 * i]) * 16 + hex_digit(hex.p[2 * i + 1]));
	return true;
}

void yihu_base64(struct yihu_buf *out, const void *data, size_t len)
{
	size_t size = sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL);
	char *text = yihu_alloc(size);
	sodium_bin2base64(text, size, data, len, sodium_base64_VARIANT_ORIGINAL);
	yihu_buf_put(out, text, size - 1);
	sodium_memzero(text, size);
	free(text);
}

/* Decoded with libsodium and encoded again: only the one spelling passes. */
bool yihu_unbase64(struct yihu_buf *out, struct yihu_span text)
{
	if (text.len % 4 != 0)
		return false;
	size_t size = text.len / 4 * 3, len = 0;
	uint8_t *data = yihu_alloc(size);
	struct yihu_buf again = {0};
	bool ok = sodium_base642bin(data, size, text.p, text.len, NULL, &len, NULL,
				    sodium_base64_VARIANT_ORIGINAL) == 0;
	if (ok) {
		yihu_base64(&again, data, len);
		ok = again.len == text.len &&
		     (text.len == 0 || sodium_memcmp(again.data, text.p, text.len) == 0);
	}
	if (ok)
		yihu_buf_put(out, data, len);
	sodium_memzero(data, size);
	free(data);
	yihu_buf_free(&again);
	return ok;
}

bool yihu_unbase64_exact(uint8_t *out, size_t len, struct yihu_span text)
{
	struct yihu_buf data = {0};
	bool ok = yihu_unbase64(&data, text) && data.len == len;
	if (ok && len)
		memcpy(out, data.data, len);
	yihu_buf_free(&data);
	return ok;
}

bool yihu_decimal(uint64_t *out, struct yihu_span text, uint64_t max)
{
	if (text.len == 0 || (text.len > 1 && text.p[0] == '0'))
		return false;
	uint64_t v = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		uint64_t digit = (uint64_t)(text.p[i] - '0');
		if (v > (UINT64_MAX - digit) / 10)
			return false;
		v = 10 * v + digit;
	}
	if (v > max)
		return false;
	*out = v;
	return true;
}
