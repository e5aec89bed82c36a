/* SPDX-License-Identifier: Apache-2.0
 *
 * Outer spaces of every kind, and the full-width forms at both ends of their
 * ranges.
 */

#include <stdlib.h>

#include "../../src/election/fold.h"
#include "test.h"

TEST(outer_spaces_go)
{
	static const struct {
		const char *text, *trimmed;
	} rows[] = {
		{"", ""},
		{" ", ""},
		{"a", "a"},
		{" \ta b\t ", "a b"},
		{"\u00a0a\u00a0", "a"},         /* no-break */
		{"\u3000\u3000a\u3000", "a"},   /* ideographic */
		{"\u00a0 \u3000a \u00a0", "a"}, /* mixed */
		{"\u00a1a\u00a1", "\u00a1a\u00a1"},
		{"\u3001a\u3001", "\u3001a\u3001"},
		{"\u2000a", "\u2000a"}, /* not one of ours */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *s = yihu_strdup(rows[i].text), *trimmed = yihu_trim(s);
		assert_string_equal(trimmed, rows[i].trimmed);
		assert_true(yihu_is_trimmed(trimmed));
		free(s);
	}
	assert_false(yihu_is_trimmed(" a"));
	assert_false(yihu_is_trimmed("a\u3000"));
}

TEST(what_looks_alike_folds_alike)
{
	static const struct {
		const char *text, *folded;
	} rows[] = {
		{"\uff01\uff3f", "!_"}, /* the first block's ends */
		{"\uff40\uff5e", "`~"}, /* the second's */
		{"\uff00", "\uff00"},   /* just before */
		{"\uff5f", "\uff5f"},   /* just behind */
		{"\uff80", "\uff80"},   /* half-width kana stay */
		{"\uffe5", "\uffe5"},       {"\uff11\uff10\uff11\uff0d\uff12", "101-2"},
		{"a\u3000 \u00a0b", "a b"}, {"\u3000a\u3000", "a"},
		{"a \u200bb", "a b"},       {"1\u200b0\u20601\ufeff", "101"},
		{"\u200a", "\u200a"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *folded = yihu_fold(rows[i].text);
		assert_string_equal(folded, rows[i].folded);
		free(folded);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outer_spaces_go),
		cmocka_unit_test(what_looks_alike_folds_alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
