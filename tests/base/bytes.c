/* SPDX-License-Identifier: Apache-2.0
 *
 * Buffers, big-endian stores, and the reader that never runs past the end.
 */
#include "support.h"

TEST(buffers_grow_and_end_in_nul)
{
	struct yihu_buf b = {0};
	for (int i = 0; i < 1000; i++) {
		yihu_buf_fmt(&b, "%03d", i);
		assert_int_equal(b.len, 3 * (i + 1));
		assert_int_equal(b.data[b.len], 0);
	}
	assert_memory_equal(b.data + 3 * 765, "765766", 6);
	yihu_buf_reset(&b);
	assert_int_equal(b.len, 0);
	assert_string_equal((char *)b.data, "");
	yihu_buf_put(&b, NULL, 0);
	yihu_buf_str(&b, "x");
	assert_string_equal((char *)b.data, "x");
	yihu_buf_free(&b);
	assert_null(b.data);
	assert_int_equal(b.len + b.cap, 0);
}

TEST(integers_are_big_endian)
{
	struct yihu_buf b = {0};
	yihu_buf_u8(&b, 0xfe);
	yihu_buf_be16(&b, 0x0123);
	yihu_buf_be32(&b, 0x89abcdef);
	yihu_buf_be64(&b, UINT64_C(0xfedcba9876543210));
	static const uint8_t bytes[] = {0xfe, 0x01, 0x23, 0x89, 0xab, 0xcd, 0xef, 0xfe,
					0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10};
	assert_int_equal(b.len, sizeof bytes);
	assert_memory_equal(b.data, bytes, sizeof bytes);
	struct yihu_reader r = yihu_reader(b.data, b.len);
	assert_int_equal(yihu_read_u8(&r), 0xfe);
	assert_int_equal(yihu_read_be16(&r), 0x0123);
	assert_int_equal(yihu_read_be32(&r), 0x89abcdef);
	assert_false(yihu_reader_end(&r));
	assert_true(yihu_read_be64(&r) == UINT64_C(0xfedcba9876543210));
	assert_true(yihu_reader_end(&r));
	yihu_buf_free(&b);
}

TEST(a_short_read_gives_zeros_for_ever)
{
	for (size_t len = 0; len < 8; len++) {
		uint8_t bytes[8], into[8];
		memset(bytes, 0xff, sizeof bytes);
		memset(into, 0xff, sizeof into);
		struct yihu_reader r = yihu_reader(bytes, len);
		assert_true(yihu_read_be64(&r) == 0);
		yihu_read_into(&r, into, sizeof into);
		for (size_t i = 0; i < sizeof into; i++)
			assert_int_equal(into[i], 0);
		assert_null(yihu_read(&r, 0));
		assert_int_equal(yihu_read_u8(&r), 0);
		assert_false(yihu_reader_end(&r));
	}
}

TEST(a_length_near_the_top_is_short_too)
{
	struct yihu_reader r = yihu_reader("abc", 3);
	assert_non_null(yihu_read(&r, 1));
	assert_null(yihu_read(&r, SIZE_MAX));
	assert_false(yihu_reader_end(&r));
}

TEST(trailing_bytes_are_no_end)
{
	struct yihu_reader r = yihu_reader("abc", 3);
	assert_memory_equal(yihu_read(&r, 2), "ab", 2);
	assert_false(yihu_reader_end(&r));
	assert_int_equal(yihu_read_u8(&r), 'c');
	assert_true(yihu_reader_end(&r));
	struct yihu_reader none = yihu_reader(NULL, 0);
	assert_true(yihu_reader_end(&none));
}

static int multiply_past_the_top(void *arg)
{
	free(yihu_calloc(SIZE_MAX / 2, *(size_t *)arg));
	return 0;
}

static int reallocate_past_the_top(void *arg)
{
	free(yihu_realloc(NULL, SIZE_MAX / 2, *(size_t *)arg));
	return 0;
}

TEST(sizes_that_overflow_abort)
{
	size_t four = 4;
	int made = child_status(multiply_past_the_top, &four);
	int grown = child_status(reallocate_past_the_top, &four);
	/* The address sanitizer may end the child before abort does. */
	assert_true(WIFSIGNALED(made) || WEXITSTATUS(made) != 0);
	assert_true(WIFSIGNALED(grown) || WEXITSTATUS(grown) != 0);
}

TEST(strings_are_copied_to_their_length)
{
	char *s = yihu_strndup("abcdef", 3);
	char *t = yihu_printf("%s-%d", s, 7);
	char *u = yihu_strdup(t);
	assert_string_equal(s, "abc");
	assert_string_equal(u, "abc-7");
	free(s);
	free(t);
	free(u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buffers_grow_and_end_in_nul),
		cmocka_unit_test(integers_are_big_endian),
		cmocka_unit_test(a_short_read_gives_zeros_for_ever),
		cmocka_unit_test(a_length_near_the_top_is_short_too),
		cmocka_unit_test(trailing_bytes_are_no_end),
		cmocka_unit_test(sizes_that_overflow_abort),
		cmocka_unit_test(strings_are_copied_to_their_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
