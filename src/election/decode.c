/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 or GB18030 (decode.h).
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

static int decode_gb18030(struct yihu_buf *out, const char *text, size_t len,
			  struct yihu_error *err)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	if (cd == (iconv_t)-1)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the file is not UTF-8, and this machine cannot read GB18030"));
	/* A GB18030 character of n bytes is never more than 2n bytes of UTF-8. */
	size_t room = len * 2, left = len;
	char *made = yihu_alloc(room + 1), *to = made;
	char *from = memcpy(yihu_alloc(len + 1), text, len), *at = from; /* iconv takes no const */
	int r = 0;
	if (iconv(cd, &at, &left, &to, &room) == (size_t)-1)
		r = yihu_fail(err, YIHU_EFORMAT,
			      _("line %zu: the text is neither UTF-8 nor GB18030; save the file as "
				"CSV UTF-8"),
			      line_of(from, at));
	else
		yihu_buf_put(out, made, (size_t)(to - made));
	free(from);
	free(made);
	iconv_close(cd);
	return r;
}

int yihu_decode(struct yihu_buf *out, const void *bytes, size_t len, struct yihu_error *err)
{
	if (len > BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a list can have at most 64 MiB"));
	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the file is UTF-16 text; save it as CSV UTF-8"));
	if (!yihu_utf8_valid(bytes, len))
		return decode_gb18030(out, bytes, len, err);
	yihu_buf_put(out, bytes, len);
	return 0;
}
