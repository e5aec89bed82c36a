/* SPDX-License-Identifier: Apache-2.0
 *
 * The words with which an election is called off: up to which byte and which
 * character they are a reason.
 */

#include <string.h>
#include <yihu/cancel.h>

#include "test.h"

static int check(struct yihu_span reason)
{
	struct yihu_error err = {0};
	int code = yihu_reason_check(reason, &err);
	assert_int_equal(err.code, code);
	return code;
}

TEST(a_reason_has_1_to_1000_bytes)
{
	char text[1001];
	memset(text, 'x', sizeof text);
	assert_int_equal(check((struct yihu_span){text, 0}), YIHU_EREASON);
	assert_int_equal(check((struct yihu_span){text, 1}), YIHU_OK);
	assert_int_equal(check((struct yihu_span){text, 1000}), YIHU_OK);
	assert_int_equal(check((struct yihu_span){text, 1001}), YIHU_EREASON);
}

/* Of one character, as UTF-8; RFC 3629. */
static void put_character(struct yihu_buf *out, uint32_t c)
{
	if (c < 0x80) {
		yihu_buf_u8(out, (uint8_t)c);
		return;
	}
	unsigned more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	static const uint8_t lead[] = {0, 0xc0, 0xe0, 0xf0};
	yihu_buf_u8(out, (uint8_t)(lead[more] | c >> 6 * more));
	while (more-- > 0)
		yihu_buf_u8(out, (uint8_t)(0x80 | (c >> 6 * more & 0x3f)));
}

/* before, the character, after. */
static int check_around(const char *before, uint32_t c, const char *after)
{
	struct yihu_buf b = {0};
	yihu_buf_str(&b, before);
	put_character(&b, c);
	yihu_buf_str(&b, after);
	int code = check((struct yihu_span){(const char *)b.data, b.len});
	yihu_buf_free(&b);
	return code;
}

/* PROTOCOL §7.1 */
static const struct {
	uint32_t from, to;
} unseen[] = {
	{0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},   {0x034f, 0x034f},
	{0x061c, 0x061c},   {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},
	{0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
	{0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
	{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static void assert_place(uint32_t c, int code)
{
	if (check_around("a", c, "b") != code || check_around("", c, "b") != code ||
	    check_around("a", c, "") != code)
		fail_msg("U+%04X", (unsigned)c);
}

TEST(what_is_not_seen_is_refused_up_to_its_bounds)
{
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++) {
		assert_place(unseen[i].from, YIHU_EREASON);
		assert_place(unseen[i].to, YIHU_EREASON);
		/* A space and a no-break space follow controls. */
		if (unseen[i].to != 0x1f && unseen[i].to != 0x9f)
			assert_place(unseen[i].to + 1, YIHU_OK);
		if (unseen[i].from > 0)
			assert_place(unseen[i].from - 1, YIHU_OK);
	}
	assert_place('\n', YIHU_EREASON);
}

/* The first and the last of each length, and some that read as another length
 * would be a space or not be seen. */
TEST(characters_of_all_lengths_are_read)
{
	static const uint32_t seen[] = {
		0x21,    0x7e,    0xa1,    0x7ff,   0x800,    0xfff,  0x1000,
		0x4e00,  0xd7ff,  0xe000,  0xefff,  0xf000,   0xfffd, 0x10000,
		0x18700, 0x1f600, 0x3ffff, 0x40000, 0x10ffff,
	};
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
		assert_place(seen[i], YIHU_OK);
	assert_int_equal(check_around("", 0x800, ""), YIHU_OK);
	assert_int_equal(check_around("", 0x18700, ""), YIHU_OK);
}

TEST(spaces_stand_only_inside)
{
	static const uint32_t spaces[] = {0x20, 0xa0, 0x3000};
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		assert_int_equal(check_around("a", spaces[i], "b"), YIHU_OK);
		assert_int_equal(check_around("", spaces[i], "b"), YIHU_EREASON);
		assert_int_equal(check_around("a", spaces[i], ""), YIHU_EREASON);
		assert_int_equal(check_around("", spaces[i], ""), YIHU_EREASON);
	}
}

TEST(a_reason_is_utf8)
{
	static const char *const bad[] = {
		"a\x80",        "a\xc2",        "a\xe4\xb8",        "a\xf0\x9f\x98", "\xc0\xaf",
		"\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(check(yihu_span(bad[i])), YIHU_EREASON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reason_has_1_to_1000_bytes),
		cmocka_unit_test(what_is_not_seen_is_refused_up_to_its_bounds),
		cmocka_unit_test(characters_of_all_lengths_are_read),
		cmocka_unit_test(spaces_stand_only_inside),
		cmocka_unit_test(a_reason_is_utf8),
	};
	return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
