/* SPDX-License-Identifier: Apache-2.0
 *
 * The table that finds m in m·G.
 */
#include "support.h"

static struct yihu_point word(uint64_t m)
{
	return yihu_point_base(yihu_scalar_u64(m));
}

TEST(every_word_below_the_bound_is_found)
{
	struct yihu_words_table *t = yihu_words_table_new(YIHU_WORD_BOUND);
	assert_int_equal(yihu_words_table_bound(t), YIHU_WORD_BOUND);
	for (uint32_t m = 0; m < YIHU_WORD_BOUND; m += m < 300 ? 1 : 97) {
		struct yihu_point p = word(m);
		assert_int_equal(yihu_word_of(t, &p), m);
	}
	struct yihu_point last = word(YIHU_WORD_BOUND - 1), beyond = word(YIHU_WORD_BOUND);
	assert_int_equal(yihu_word_of(t, &last), YIHU_WORD_BOUND - 1);
	assert_int_equal(yihu_word_of(t, &beyond), -1);
	yihu_words_table_free(t);
}

TEST(small_tables_end_at_their_bound)
{
	static const uint32_t bounds[] = {1, 2, 3, 100};
	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
		struct yihu_words_table *t = yihu_words_table_new(bounds[i]);
		for (uint32_t m = 0; m < 2 * bounds[i] + 5; m++) {
			struct yihu_point p = word(m);
			assert_int_equal(yihu_word_of(t, &p), m < bounds[i] ? (int32_t)m : -1);
		}
		yihu_words_table_free(t);
	}
}

TEST(what_is_no_word_is_not_found)
{
	struct yihu_words_table *t = yihu_words_table_new(1000);
	struct yihu_point minus = yihu_point_base(yihu_scalar_neg(yihu_scalar_u64(1)));
	assert_int_equal(yihu_word_of(t, &minus), -1);
	for (int i = 0; i < 100; i++) {
		struct yihu_point p = yihu_point_base(yihu_scalar_random());
		assert_int_equal(yihu_word_of(t, &p), -1);
	}
	/* Equal in all that the hash looks at, different after it. */
	struct yihu_point near = word(5);
	near.bytes[31] ^= 1;
	assert_int_equal(yihu_word_of(t, &near), -1);
	yihu_words_table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_below_the_bound_is_found),
		cmocka_unit_test(small_tables_end_at_their_bound),
		cmocka_unit_test(what_is_no_word_is_not_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
