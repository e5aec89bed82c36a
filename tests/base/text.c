/* SPDX-License-Identifier: Apache-2.0
 *
 * Strict text: one spelling of every value, and no other.
 */
#include "support.h"

static struct yihu_span span_of(const char *s, size_t len)
{
	return (struct yihu_span){s, len};
}

TEST(hex_is_lower_case_and_of_its_length)
{
	static const char *const refused[] = {"",     "0",    "00f",  "00ff0", "00FF", "0xff",
					      " 0ff", "00f ", "00fg", "00f\n", "00f:"};
	uint8_t out[2] = {7, 7};
	for (size_t i = 0; i < COUNT(refused); i++) {
		assert_false(yihu_unhex(out, 2, yihu_span(refused[i])));
		assert_int_equal(out[0], 7);
	}
	assert_false(yihu_unhex(out, 2, span_of("00\0f", 4)));
	assert_true(yihu_unhex(out, 2, yihu_span("a90f")));
	assert_int_equal(out[0] << 8 | out[1], 0xa90f);
	assert_true(yihu_unhex(out, 0, yihu_span("")));
}

TEST(every_byte_goes_to_hex_and_back)
{
	uint8_t all[256], back[256];
	char text[2 * sizeof all + 1];
	struct yihu_buf b = {0};
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (uint8_t)i;
	yihu_hex(&b, all, sizeof all);
	assert_string_equal((char *)b.data, yihu_hex_into(text, all, sizeof all));
	assert_true(yihu_unhex(back, sizeof back, span_of((char *)b.data, b.len)));
	assert_memory_equal(all, back, sizeof all);
	yihu_buf_free(&b);
}

/* RFC 4648, section 10. */
TEST(base64_knows_the_rfc_answers)
{
	static const struct {
		const char *data, *text;
	} rows[] = {{"", ""},
		    {"f", "Zg=="},
		    {"fo", "Zm8="},
		    {"foo", "Zm9v"},
		    {"foob", "Zm9vYg=="},
		    {"fooba", "Zm9vYmE="},
		    {"foobar", "Zm9vYmFy"}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_buf text = {0}, data = {0};
		yihu_base64(&text, rows[i].data, strlen(rows[i].data));
		yihu_buf_str(&data, "before ");
		assert_int_equal(text.len, strlen(rows[i].text));
		assert_memory_equal(text.data, rows[i].text, text.len);
		assert_true(yihu_unbase64(&data, yihu_span(rows[i].text)));
		assert_string_equal((char *)data.data + 7, rows[i].data);
		yihu_buf_free(&text);
		yihu_buf_free(&data);
	}
}

TEST(base64_refuses_other_spellings)
{
	static const char *const refused[] = {
		"Zg",   "Zg=",      "Zg===",    "Zh==",  "Zm9=",       "Z",       "=",
		"====", "Zg==Zg==", "Zm9v\n",   "Zm 9v", " Zm9v",      "Zm9v ",   "Zm9vZg",
		"Zm-v", "Zm_v",     "Zm9v====", "Zg=A",  "Zm9v\nZm9v", "Zm9\xc3", "Zm8=Zm8=",
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct yihu_buf data = {0};
		yihu_buf_str(&data, "kept");
		assert_false(yihu_unbase64(&data, yihu_span(refused[i])));
		assert_string_equal((char *)data.data, "kept");
		yihu_buf_free(&data);
	}
	struct yihu_buf data = {0};
	assert_false(yihu_unbase64(&data, span_of("Zm\0v", 4)));
	yihu_buf_free(&data);
}

/* Of all 65^3 endings over the alphabet and '=', exactly those are read that
 * an encoder makes: 256 of one byte, 65536 of two, and 64^3 of three. */
TEST(base64_reads_what_is_written_and_no_more)
{
	static const char symbols[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	size_t read[4] = {0};
	char text[4] = "A";
	struct yihu_buf data = {0};
	for (size_t i = 0; i < 65 * 65 * 65; i++) {
		text[1] = symbols[i / (65 * 65)];
		text[2] = symbols[i / 65 % 65];
		text[3] = symbols[i % 65];
		yihu_buf_reset(&data);
		if (yihu_unbase64(&data, span_of(text, 4)))
			read[data.len]++;
	}
	yihu_buf_free(&data);
	assert_int_equal(read[0], 0);
	assert_int_equal(read[1], 256 / 64);
	assert_int_equal(read[2], 65536 / 64);
	assert_int_equal(read[3], 64 * 64 * 64);
}

TEST(base64_of_another_length_is_refused)
{
	uint8_t out[4] = {9, 9, 9, 9};
	assert_false(yihu_unbase64_exact(out, 2, yihu_span("Zm9v")));
	assert_false(yihu_unbase64_exact(out, 4, yihu_span("Zm9v")));
	assert_int_equal(out[0], 9);
	assert_true(yihu_unbase64_exact(out, 3, yihu_span("Zm9v")));
	assert_memory_equal(out, "foo", 3);
	assert_true(yihu_unbase64_exact(out, 0, yihu_span("")));
}

TEST(decimals_have_one_spelling)
{
	static const struct {
		const char *text;
		uint64_t max, value;
		bool invalid;
	} rows[] = {
		{"0", 0, 0, false},
		{"1", 0, 0, true},
		{"4294967295", UINT32_MAX, UINT32_MAX, false},
		{"4294967296", UINT32_MAX, 0, true},
		{"18446744073709551615", UINT64_MAX, UINT64_MAX, false},
		{"18446744073709551616", UINT64_MAX, 0, true},
		{"18446744073709551625", UINT64_MAX, 0, true},
		{"184467440737095516150", UINT64_MAX, 0, true},
		{"99999999999999999999999", UINT64_MAX, 0, true},
		{"", 9, 0, true},
		{"00", 9, 0, true},
		{"01", 9, 0, true},
		{"+1", 9, 0, true},
		{"-1", 9, 0, true},
		{"-0", 9, 0, true},
		{" 1", 9, 0, true},
		{"1 ", 9, 0, true},
		{"1\n", 9, 0, true},
		{"1.0", 99, 0, true},
		{"0x1", 99, 0, true},
		{"1e1", 99, 0, true},
		{"1_0", 99, 0, true},
		{"\uff11", 9, 0, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t v = 77;
		bool ok = yihu_decimal(&v, yihu_span(rows[i].text), rows[i].max);
		assert_int_equal(ok, !rows[i].invalid);
		assert_true(v == (rows[i].invalid ? 77 : rows[i].value));
	}
}

TEST(lines_end_with_lf)
{
	struct yihu_span line;
	struct yihu_lines l = yihu_lines("a\n\nbc\n", 6);
	assert_true(yihu_lines_next(&l, &line) && yihu_span_is(line, "a") && l.number == 1);
	assert_true(yihu_lines_next(&l, &line) && yihu_span_is(line, "") && l.number == 2);
	assert_true(yihu_lines_next(&l, &line) && yihu_span_is(line, "bc") && l.number == 3);
	assert_false(yihu_lines_next(&l, &line));
	assert_false(l.bad);
	l = yihu_lines("a\nb", 3);
	assert_true(yihu_lines_next(&l, &line));
	assert_false(yihu_lines_next(&l, &line));
	assert_true(l.bad);
	l = yihu_lines(NULL, 0);
	assert_false(yihu_lines_next(&l, &line));
	assert_false(l.bad);
}

/* How many fields there are, -1 when the line is not well formed. */
static int fields(const char *line)
{
	struct yihu_span rest = yihu_span(line), field;
	int n = 0;
	while (yihu_field_next(&rest, &field))
		n++;
	return rest.len == 0 ? n : -1;
}

TEST(fields_have_one_space_between)
{
	static const struct {
		const char *line;
		int fields;
	} rows[] = {{"", 0},    {"a", 1},     {"a b", 2},   {"ab cd ef", 3}, {" ", -1}, {" a", -1},
		    {"a ", -1}, {"a  b", -1}, {"a b ", -1}, {"a\tb", 1},     {"  ", -1}};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(fields(rows[i].line), rows[i].fields);
	struct yihu_span rest = yihu_span("key a b"), field;
	assert_true(yihu_field_next(&rest, &field));
	assert_true(yihu_span_is(field, "key"));
	assert_false(yihu_span_is(field, "ke"));
	assert_false(yihu_span_is(field, "keys"));
	assert_true(yihu_span_is(rest, "a b"));
	char *copy = yihu_span_dup(field);
	assert_string_equal(copy, "key");
	free(copy);
}

TEST(a_line_has_as_many_fields_as_asked_for)
{
	struct yihu_span f[3];
	assert_true(yihu_fields(yihu_span("key a b"), f, 3));
	assert_true(yihu_span_is(f[0], "key") && yihu_span_is(f[2], "b"));
	assert_false(yihu_fields(yihu_span("key a b"), f, 2));
	assert_false(yihu_fields(yihu_span("key a"), f, 3));
	assert_false(yihu_fields(yihu_span("key a "), f, 2));
	assert_true(yihu_fields(yihu_span(""), f, 0));
}

TEST(utf8_is_strict)
{
	static const struct {
		const char *text;
		bool invalid;
	} rows[] = {
		{"", false},
		{"a\x7f", false},
		{"\u00e9", false},
		{"\u7968", false},
		{"\xf0\x9f\x97\xb3", false},
		{"\xf4\x8f\xbf\xbf", false},
		{"\xed\x9f\xbf", false},
		{"\xee\x80\x80", false},
		{"\x80", true},
		{"\xc3", true},
		{"\xc0\xaf", true},
		{"\xc1\xbf", true},
		{"\xe0\x9f\xbf", true},
		{"\xf0\x8f\xbf\xbf", true},
		{"\xed\xa0\x80", true},
		{"\xf4\x90\x80\x80", true},
		{"\xf5\x80\x80\x80", true},
		{"\xff", true},
		{"\xe7\xa5", true},
		{"\xe7\xa5"
		 "a",
		 true},
		{"\xc3\xc3", true},
		{"\xf0\x9f\x97", true},
		{"a\xfe", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(yihu_utf8_valid(rows[i].text, strlen(rows[i].text)),
				 !rows[i].invalid);
	/* Cut short: what follows the end must not be looked at. */
	for (size_t len = 1; len < 4; len++)
		assert_false(yihu_utf8_valid("\xf0\x9f\x97\xb3", len));
}

TEST(clean_text_has_lf_and_no_other_control)
{
	assert_true(yihu_text_clean("a\nb\n", 4));
	assert_true(yihu_text_clean("", 0));
	for (char c = 0; c < 0x20; c++) {
		char text[3] = {'a', c, 'b'};
		assert_int_equal(yihu_text_clean(text, 3), c == '\n');
	}
	assert_false(yihu_text_clean("\xef\xbb\xbf"
				     "a",
				     4));
	assert_true(yihu_text_clean("a\xef\xbb\xbf", 4));
	assert_false(yihu_text_clean("a\xff", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex_is_lower_case_and_of_its_length),
		cmocka_unit_test(every_byte_goes_to_hex_and_back),
		cmocka_unit_test(base64_knows_the_rfc_answers),
		cmocka_unit_test(base64_refuses_other_spellings),
		cmocka_unit_test(base64_reads_what_is_written_and_no_more),
		cmocka_unit_test(base64_of_another_length_is_refused),
		cmocka_unit_test(decimals_have_one_spelling),
		cmocka_unit_test(lines_end_with_lf),
		cmocka_unit_test(fields_have_one_space_between),
		cmocka_unit_test(a_line_has_as_many_fields_as_asked_for),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(clean_text_has_lf_and_no_other_control),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
