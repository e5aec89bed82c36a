/* SPDX-License-Identifier: Apache-2.0
 *
 * The words with which an election is called off (PROTOCOL §7.1). They are
 * shown on pages, posters and terminals as they are, so nothing may hide in
 * them. The ranges are written out, and not asked of a Unicode table: two
 * auditors with tables of different years must agree.
 */
#include <yihu/cancel.h>

/* Controls, and what is not seen, stands for nothing or turns the writing. */
static const struct {
	uint32_t from, to;
} unseen[] = {
	{0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},   {0x034f, 0x034f},
	{0x061c, 0x061c},   {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},
	{0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
	{0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
	{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static bool is_unseen(uint32_t c)
{
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
		if (c >= unseen[i].from && c <= unseen[i].to)
			return true;
	return false;
}

static bool is_space(uint32_t c)
{
	return c == 0x20 || c == 0xa0 || c == 0x3000;
}

/* The next character of valid UTF-8. */
static uint32_t take(struct yihu_span *text)
{
	const uint8_t *p = (const uint8_t *)text->p;
	size_t more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
	uint32_t c = more == 0 ? p[0] : p[0] & (0x3fu >> more);
	for (size_t i = 1; i <= more; i++)
		c = c << 6 | (p[i] & 0x3fu);
	text->p += more + 1;
	text->len -= more + 1;
	return c;
}

static int check_signs(struct yihu_span text, struct yihu_error *err)
{
	uint32_t c = 0;
	for (bool first = true; text.len > 0; first = false) {
		c = take(&text);
		if (is_unseen(c))
			return yihu_fail(err, YIHU_EREASON,
					 _("the reason holds a line end or a sign that cannot be "
					   "seen (U+%04X); write it in one line without it"),
					 c);
		if (first && is_space(c))
			break;
	}
	if (is_space(c))
		return yihu_fail(err, YIHU_EREASON, _("the reason begins or ends with a space"));
	return 0;
}

int yihu_reason_check(struct yihu_span reason, struct yihu_error *err)
{
	if (reason.len == 0 || reason.len > YIHU_REASON_BYTES_MAX)
		return yihu_fail(err, YIHU_EREASON,
				 _("the reason has %zu bytes; it must have 1 to %d (about 330 "
				   "Chinese characters)"),
				 reason.len, YIHU_REASON_BYTES_MAX);
	if (!yihu_utf8_valid(reason.p, reason.len))
		return yihu_fail(err, YIHU_EREASON, _("the reason is not UTF-8 text"));
	return check_signs(reason, err);
}
