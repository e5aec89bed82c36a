/* SPDX-License-Identifier: Apache-2.0
 *
 * Crockford base 32, as it is read aloud and typed.
 */
#include "support.h"

TEST(known_answers)
{
	static const struct {
		const char *hex, *text;
		size_t bits;
	} rows[] = {
		{"00", "0", 5},
		{"f8", "Z", 5},
		{"07", "0", 5},
		{"ff", "ZW", 8},
		{"00443214c74254b635cf84653a56d7c675be77df", "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
		 160},
		{"8000", "G00", 11},
		{"0020", "00G", 15},
		{"0002", "001", 15},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t data[20];
		struct yihu_buf text = {0};
		assert_true(yihu_unhex(data, strlen(rows[i].hex) / 2, yihu_span(rows[i].hex)));
		yihu_crockford_grouped(&text, data, rows[i].bits, SIZE_MAX);
		assert_string_equal((char *)text.data, rows[i].text);
		yihu_buf_free(&text);
	}
}

TEST(groups_are_joined_by_hyphens)
{
	static const uint8_t zeros[15] = {0};
	struct yihu_buf text = {0};
	yihu_crockford_grouped(&text, zeros, 120, 4);
	assert_string_equal((char *)text.data, "0000-0000-0000-0000-0000-0000");
	yihu_buf_reset(&text);
	yihu_crockford_grouped(&text, zeros, 25, 4);
	assert_string_equal((char *)text.data, "0000-0");
	yihu_buf_free(&text);
}

TEST(every_length_comes_back)
{
	uint8_t data[64], back[64];
	for (size_t bits = 1; bits <= 512; bits++) {
		for (size_t i = 0; i < sizeof data; i++)
			data[i] = (uint8_t)(37 * i + 11 * bits);
		if (bits % 8)
			data[bits / 8] &= (uint8_t)(0xff << (8 - bits % 8));
		struct yihu_buf text = {0};
		yihu_crockford_grouped(&text, data, bits, 4);
		assert_true(yihu_uncrockford(back, bits, yihu_span((char *)text.data)));
		assert_memory_equal(data, back, (bits + 7) / 8);
		yihu_buf_free(&text);
	}
}

TEST(typing_is_forgiven_what_cannot_mislead)
{
	static const struct {
		const char *typed;
		bool invalid;
	} rows[] = {
		{"10ZW", false},
		{"10zw", false},
		{"1-0-z-w", false},
		{" 1 0 Z W ", false},
		{"IoZW", false},
		{"lOzw", false},
		{"L0ZW", false},
		{"i0zW", false},
		{"10ZU", true},
		{"u0ZW", true},
		{"10Z", true},
		{"10ZW0", true},
		{"10Z*", true},
		{"10Z\u3000", true},
		{"", true},
		{"10Z\n", true},
		{"10ZW\tW", true},
		{"---", true},
		{"1\xff"
		 "ZW",
		 true},
		{"10Z[", true},
	};
	static const uint8_t want[3] = {0x08, 0x3f, 0xc0}, untouched[3] = {1, 2, 3};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t out[3] = {1, 2, 3};
		bool ok = yihu_uncrockford(out, 20, yihu_span(rows[i].typed));
		assert_int_equal(ok, !rows[i].invalid);
		assert_memory_equal(out, rows[i].invalid ? untouched : want, sizeof out);
	}
	uint8_t out[3];
	assert_false(yihu_uncrockford(out, 20, (struct yihu_span){"10Z\0", 4}));
}

/* 176 bits are 36 symbols with 4 pad bits: the typed form of a token. */
TEST(pad_bits_are_zero)
{
	static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t out[22];
	char typed[37];
	memset(typed, 'Z', 36);
	typed[36] = '\0';
	for (size_t i = 0; i < 32; i++) {
		typed[35] = symbols[i];
		assert_int_equal(yihu_uncrockford(out, 176, yihu_span(typed)), i % 16 == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		cmocka_unit_test(groups_are_joined_by_hyphens),
		cmocka_unit_test(every_length_comes_back),
		cmocka_unit_test(typing_is_forgiven_what_cannot_mislead),
		cmocka_unit_test(pad_bits_are_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
