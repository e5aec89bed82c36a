/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8, UTF-16 or GB18030 (decode.h).
 */
#include "decode.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#define BYTES_MAX (64u << 20)

static size_t line_of(const char *text, const char *at)
{
	size_t line = 1;
	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* What iconv makes of all of text; *bad: where it stopped, len when nowhere. A
 * character of n bytes is never more than 2n bytes of UTF-8. */
static char *convert(iconv_t cd, const char *text, size_t len, size_t *made_len, size_t *bad)
{
	size_t room = len * 2, left = len;
	char *made = yihu_alloc(room + 1), *to = made;
	char *from = memcpy(yihu_alloc(len + 1), text, len), *at = from; /* iconv takes no const */
	iconv(cd, &at, &left, &to, &room);
	*made_len = (size_t)(to - made);
	*bad = (size_t)(at - from);
	free(from);
	return made;
}

static int decode_from(struct yihu_buf *out, const char *encoding, const char *text, size_t len,
		       const char *refused, struct yihu_error *err)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	if (cd == (iconv_t)-1)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the file is not UTF-8, and this machine cannot read %s"),
				 encoding);
	size_t made_len, bad;
	char *made = convert(cd, text, len, &made_len, &bad);
	int r = 0;
	if (bad < len)
		r = yihu_fail(err, YIHU_EFORMAT, refused, line_of(made, made + made_len));
	else
		yihu_buf_put(out, made, made_len);
	free(made);
	iconv_close(cd);
	return r;
}

static bool has_mark(const char *text, size_t len, const char *mark, size_t n)
{
	return len >= n && memcmp(text, mark, n) == 0;
}

/* ---- two encodings in one file ---- */

enum looks_like { ASCII, CHINESE_UTF8, OTHER_UTF8, NOT_UTF8 };

/* Chinese in UTF-8 has three bytes a character. GB18030 that happens to be
 * valid UTF-8 is nearly always of two. */
static enum looks_like line_looks(const char *line, size_t len)
{
	enum looks_like found = ASCII;
	if (!yihu_utf8_valid(line, len))
		return NOT_UTF8;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		if (c >= 0xe2)
			found = found == ASCII ? CHINESE_UTF8 : found;
		else if (c >= 0xc0)
			found = OTHER_UTF8;
	}
	return found;
}

/* The first line that is not UTF-8, when others before or behind it are
 * Chinese in UTF-8, or the file says by its mark that it is; 0: no such line. */
static size_t mixed_line(const char *text, size_t len)
{
	size_t number = 0, other = 0;
	bool utf8 = has_mark(text, len, "\xef\xbb\xbf", 3);
	for (size_t at = 0; at < len;) {
		const char *lf = memchr(text + at, '\n', len - at);
		size_t n = lf ? (size_t)(lf - text) - at : len - at;
		enum looks_like looks = line_looks(text + at, n);
		number++;
		utf8 |= looks == CHINESE_UTF8;
		if (looks == NOT_UTF8 && other == 0)
			other = number;
		at += n + 1;
	}
	return utf8 ? other : 0;
}

static int decode_8_bit(struct yihu_buf *out, const char *text, size_t len, struct yihu_error *err)
{
	size_t mixed = mixed_line(text, len);
	if (mixed != 0)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("line %zu is not UTF-8, and other lines of the file are: it was "
				   "joined from files of two encodings; save each as CSV UTF-8 "
				   "first, then join them"),
				 mixed);
	return decode_from(out, "GB18030", text, len,
			   _("line %zu: the text is neither UTF-8 nor GB18030; save the file as "
			     "CSV UTF-8"),
			   err);
}

int yihu_decode(struct yihu_buf *out, const void *bytes, size_t len, struct yihu_error *err)
{
	const char *text = bytes;
	const char *torn = _("line %zu: the UTF-16 text is torn; save the file as CSV UTF-8");
	if (len > BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a list can have at most 64 MiB"));
	if (has_mark(text, len, "\xff\xfe", 2))
		return decode_from(out, "UTF-16LE", text + 2, len - 2, torn, err);
	if (has_mark(text, len, "\xfe\xff", 2))
		return decode_from(out, "UTF-16BE", text + 2, len - 2, torn, err);
	if (!yihu_utf8_valid(bytes, len))
		return decode_8_bit(out, text, len, err);
	yihu_buf_put(out, bytes, len);
	return 0;
}
