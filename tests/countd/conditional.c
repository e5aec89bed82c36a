/* SPDX-License-Identifier: Apache-2.0
 *
 * Entity tags and ranges, as texts.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "countd/conditional.h"
#include "test.h"

TEST(a_tag_is_of_its_bytes)
{
	struct etag a = etag_of_bytes("abc", 3), b = etag_of_bytes("abd", 3);
	assert_string_equal(a.text, "\"ba7816bf8f01cfea414140de\"");
	assert_string_not_equal(a.text, b.text);
	assert_string_equal(etag_compressed(&a).text, "\"ba7816bf8f01cfea414140de-gzip\"");
}

static struct etag tag_at(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return etag_of_file(&st);
}

/* Each time as long as before. */
TEST(a_file_that_is_replaced_has_another)
{
	char dir[] = "/tmp/yihu-conditional-XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *path = yihu_path(dir, "file");
	struct etag before = {""};
	for (int i = 0; i < 50; i++) {
		assert_int_equal(yihu_file_write(path, i % 2 ? "abc" : "def", 3, 0644, NULL), 0);
		struct etag tag = tag_at(path), again = tag_at(path);
		assert_string_equal(tag.text, again.text);
		assert_string_not_equal(tag.text, before.text);
		before = tag;
	}
	unlink(path);
	rmdir(dir);
	free(path);
}

TEST(lists_of_tags)
{
	const struct etag tag = {"\"a-1\""}, none = {""};
	static const struct {
		const char *list;
		bool has;
	} rows[] = {
		{NULL, false},
		{"", false},
		{"*", true},
		{"\"a-1\"", true},
		{"W/\"a-1\"", true},
		{"\"b\", \"a-1\"", true},
		{"\"b\",W/\"a-1\" , \"c\"", true},
		{"\"a-1", false},
		{"a-1", false},
		{"\"a-12\"", false},
		{"\"b, \"a-1\"", false},
		{"\"b\" x \"a-1\"", false},
		{"\"\"", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (etag_listed(rows[i].list, &tag) != rows[i].has ||
		    etag_listed(rows[i].list, &none))
			fail_msg("row %zu", i);
}

TEST(ranges)
{
	static const struct {
		const char *header;
		enum range is;
		uint64_t first, n;
	} rows[] = {
		{NULL, RANGE_WHOLE, 0, 0},
		{"bytes=0-0", RANGE_PART, 0, 1},
		{"bytes=0-99", RANGE_PART, 0, 100},
		{"bytes=5-", RANGE_PART, 5, 95},
		{"bytes=5-9", RANGE_PART, 5, 5},
		{"Bytes= 5-9 ", RANGE_PART, 5, 5},
		{"bytes=99-18446744073709551615", RANGE_PART, 99, 1},
		{"bytes=-1", RANGE_PART, 99, 1},
		{"bytes=-1000", RANGE_PART, 0, 100},
		{"bytes=100-", RANGE_BEYOND, 0, 0},
		{"bytes=100-200", RANGE_BEYOND, 0, 0},
		{"bytes=-0", RANGE_BEYOND, 0, 0},
		{"bytes=9-5", RANGE_WHOLE, 0, 0},
		{"bytes=-", RANGE_WHOLE, 0, 0},
		{"bytes=", RANGE_WHOLE, 0, 0},
		{"bytes=0-1,5-9", RANGE_WHOLE, 0, 0},
		{"bytes=a-", RANGE_WHOLE, 0, 0},
		{"bytes=1", RANGE_WHOLE, 0, 0},
		{"bytes=1-2-3", RANGE_WHOLE, 0, 0},
		{"bytes=+1-2", RANGE_WHOLE, 0, 0},
		{"bytes=99999999999999999999-", RANGE_WHOLE, 0, 0},
		{"lines=0-1", RANGE_WHOLE, 0, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t first = 0, n = 0;
		if (range_of(rows[i].header, 100, &first, &n) != rows[i].is ||
		    first != rows[i].first || n != rows[i].n)
			fail_msg("%s: %llu, %llu", rows[i].header, (unsigned long long)first,
				 (unsigned long long)n);
	}
}

TEST(of_nothing_there_is_no_part)
{
	uint64_t first, n;
	assert_int_equal(range_of("bytes=0-", 0, &first, &n), RANGE_BEYOND);
	assert_int_equal(range_of("bytes=-5", 0, &first, &n), RANGE_BEYOND);
}

TEST(parts_of_what_has_changed)
{
	const struct etag tag = {"\"a\""}, none = {""};
	assert_true(range_still(NULL, &tag));
	assert_true(range_still("\"a\"", &tag));
	assert_false(range_still("W/\"a\"", &tag));
	assert_false(range_still("\"b\"", &tag));
	assert_false(range_still("", &none));
	assert_false(range_still("Mon, 01 Jun 2026 00:00:00 GMT", &tag));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tag_is_of_its_bytes),
		cmocka_unit_test(a_file_that_is_replaced_has_another),
		cmocka_unit_test(lists_of_tags),
		cmocka_unit_test(ranges),
		cmocka_unit_test(of_nothing_there_is_no_part),
		cmocka_unit_test(parts_of_what_has_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
