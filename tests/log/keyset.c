/* SPDX-License-Identifier: Apache-2.0
 *
 * The set of used keys against a plain list, through growth and removal.
 */

#include <yihu/bytes.h>

#include "../../src/log/keyset.h"
#include "test.h"

static void key_of(uint32_t i, uint8_t key[static 32])
{
	crypto_hash_sha256(key, (const uint8_t *)&i, sizeof i);
}

static void assert_holds(const struct yihu_keyset *s, uint32_t from, uint32_t to, bool there)
{
	for (uint32_t i = from; i < to; i++) {
		uint8_t key[32];
		key_of(i, key);
		assert_int_equal(yihu_keyset_has(s, key), there);
	}
}

static void add(struct yihu_keyset *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		uint8_t key[32];
		key_of(i, key);
		yihu_keyset_add(s, key);
		assert_true(2 * s->n <= s->slots_cap); /* else a search may never end */
	}
}

TEST(it_holds_what_was_added_and_no_more)
{
	struct yihu_keyset s;
	yihu_keyset_init(&s);
	assert_holds(&s, 0, 100, false);
	add(&s, 0, 3000);
	assert_holds(&s, 0, 3000, true);
	assert_holds(&s, 3000, 6000, false);
	yihu_keyset_free(&s);
}

TEST(keys_that_differ_in_one_bit_are_two)
{
	struct yihu_keyset s;
	uint8_t key[32] = {0};
	yihu_keyset_init(&s);
	yihu_keyset_add(&s, key);
	for (size_t bit = 0; bit < 256; bit++) {
		key[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_false(yihu_keyset_has(&s, key));
		key[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_true(yihu_keyset_has(&s, key));
	yihu_keyset_free(&s);
}

/* Many rounds with fresh hash keys: the chains that removal mends differ. */
TEST(truncation_keeps_the_first)
{
	for (uint32_t round = 0; round < 200; round++) {
		struct yihu_keyset s;
		uint32_t keep = round % 60;
		yihu_keyset_init(&s);
		add(&s, 0, 60);
		yihu_keyset_truncate(&s, keep);
		assert_holds(&s, 0, keep, true);
		assert_holds(&s, keep, 60, false);
		add(&s, keep, 60);
		assert_holds(&s, 0, 60, true);
		yihu_keyset_free(&s);
	}
}

TEST(truncation_across_growth)
{
	struct yihu_keyset s;
	yihu_keyset_init(&s);
	for (uint32_t n = 4000; n > 0; n /= 3) {
		add(&s, (uint32_t)s.n, 4000);
		yihu_keyset_truncate(&s, n);
		assert_holds(&s, 0, n, true);
		assert_holds(&s, n, 4000, false);
	}
	yihu_keyset_truncate(&s, 0);
	for (size_t i = 0; i < s.slots_cap; i++)
		assert_int_equal(s.slots[i], 0);
	yihu_keyset_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_holds_what_was_added_and_no_more),
		cmocka_unit_test(keys_that_differ_in_one_bit_are_two),
		cmocka_unit_test(truncation_keeps_the_first),
		cmocka_unit_test(truncation_across_growth),
	};
	return cmocka_run_group_tests_name("keyset", tests, NULL, NULL);
}
