/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reader sees of a text.
 */
#include "support.h"

#include <yihu/looks.h>

/* U+…: signs that deceive, wherever they stand. */
static const uint32_t hidden[] = {
	0x00ad, 0x034f, 0x061c, 0x115f, 0x17b4, 0x180e,  0x200b,  0x200c,  0x200d,  0x200e,
	0x200f, 0x2028, 0x2029, 0x202a, 0x202d, 0x202e,  0x2060,  0x2064,  0x2066,  0x2069,
	0x2800, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0x1bca0, 0x1d173, 0xe0001, 0xe0020, 0xe007f,
};

static void put_sign(struct yihu_buf *out, uint32_t c)
{
	if (c >= 0x10000)
		yihu_buf_fmt(out, "%c%c%c%c", (int)(0xf0 | c >> 18), (int)(0x80 | (c >> 12 & 63)),
			     (int)(0x80 | (c >> 6 & 63)), (int)(0x80 | (c & 63)));
	else if (c >= 0x800)
		yihu_buf_fmt(out, "%c%c%c", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 63)),
			     (int)(0x80 | (c & 63)));
	else
		yihu_buf_fmt(out, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 63)));
}

/* The sign that the error names; 0: there is none. */
static uint32_t hidden_sign(const char *text, bool shapes)
{
	struct yihu_error err = {0};
	if (yihu_check_hidden(text, shapes, &err) == YIHU_OK)
		return 0;
	assert_int_equal(err.code, YIHU_ELOOKS);
	const char *sign = strstr(err.text, "U+");
	assert_non_null(sign);
	return (uint32_t)strtoul(sign + 2, NULL, 16);
}

TEST(hidden_signs_are_found_anywhere)
{
	static const char *const before[] = {"", "ab", "长椅", " "};
	for (size_t i = 0; i < COUNT(hidden); i++)
		for (size_t j = 0; j < COUNT(before); j++) {
			struct yihu_buf text = {0};
			yihu_buf_str(&text, before[j]);
			put_sign(&text, hidden[i]);
			yihu_buf_str(&text, "z");
			assert_int_equal(hidden_sign((char *)text.data, true), hidden[i]);
			assert_int_equal(hidden_sign((char *)text.data, false), hidden[i]);
			yihu_buf_free(&text);
		}
}

TEST(what_is_seen_is_not_hidden)
{
	static const char *const rows[] = {
		"",           "Bench",      "健身长椅（三号楼）",
		"Ławka 5 zł", "𠮷野家",     "a\tb",
		"a\u3000b",   "1\u00a0000", "é",
		"e\u0301",    "♿",          "مقعد",
		"ざ",
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(hidden_sign(rows[i], false), 0);
}

/* 葛 with the shape that a person's name wants, and a heart in colour. */
TEST(shapes_are_for_names_only)
{
	static const char *const rows[] = {"\u845b\U000e0100城", "\u2764\ufe0f"};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(hidden_sign(rows[i], true), 0);
		assert_int_not_equal(hidden_sign(rows[i], false), 0);
	}
	assert_int_equal(hidden_sign("\ufe0f", true), 0xfe0f);
	assert_int_equal(hidden_sign("a \ufe0f", true), 0xfe0f);
	assert_int_equal(hidden_sign("a\ufe0f\ufe0f", true), 0xfe0f);
}

TEST(texts_of_one_look)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{"1", "1\u200b", true},
		{"Bench", "bench", true},
		{"Bench", "Ｂｅｎｃｈ", true},
		{"Bench A", "Bench  A ", true},
		{"Bench A", "Bench\u3000A", true},
		{"Bench\u00a0A", "\u200bBench A", true},
		{"长椅㈠", "长椅(一)", true},
		{"ﬁtness", "fitness", true},
		{"①", "1", true},
		{"straße", "STRASSE", true},
		{"straße", "STRAẞE", true},
		{"ΟΔΟΣ", "οδος", true},
		{"ısı", "isi", false},
		{"é", "e\u0301", true},
		{"\u845b", "\u845b\U000e0100", true},
		{"Bench A", "BenchA", false},
		{"3-1 502", "3-15 02", false},
		{"长椅", "长倚", false},
		{"1", "2", false},
		{"", "\u202e", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *a = yihu_look(rows[i].a), *b = yihu_look(rows[i].b);
		assert_int_equal(strcmp(a, b) == 0, rows[i].same);
		free(a);
		free(b);
	}
}

TEST(an_error_names_the_sign)
{
	struct yihu_error err = {0};
	assert_int_equal(yihu_check_hidden("Swing \u202e000", true, &err), YIHU_ELOOKS);
	assert_non_null(strstr(err.text, "U+202E"));
	assert_int_equal(yihu_check_hidden("Swing", true, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hidden_signs_are_found_anywhere),
		cmocka_unit_test(what_is_seen_is_not_hidden),
		cmocka_unit_test(shapes_are_for_names_only),
		cmocka_unit_test(texts_of_one_look),
		cmocka_unit_test(an_error_names_the_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
