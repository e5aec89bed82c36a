/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof of work: the known answers that the pages have too, and the header.
 */
#include "vectors.h"

#include <yihu/file.h>

#include "crypto/proof_of_work.h"

#define TEXT_BYTES_MAX (1u << 20)

/* nonce, bits, ballot, counter */
#define FIELDS 4

static uint64_t number(struct yihu_span text)
{
	uint64_t n;
	assert_true(yihu_decimal(&n, text, UINT64_MAX));
	return n;
}

static void check_row(const struct yihu_span row[FIELDS])
{
	struct work_ask ask = {.bits = (unsigned)number(row[1])};
	size_t len = yihu_span_is(row[2], "-") ? 0 : row[2].len / 2;
	uint8_t *ballot = yihu_alloc(len + 1);
	uint64_t c = number(row[3]);
	assert_true(yihu_unhex(ask.nonce, sizeof ask.nonce, row[0]));
	assert_true(len == 0 || yihu_unhex(ballot, len, row[2]));
	assert_int_equal(work_do(&ask, ballot, len), c);
	assert_true(work_done(&ask, ballot, len, c));
	for (uint64_t earlier = 0; earlier < c; earlier++)
		assert_false(work_done(&ask, ballot, len, earlier));
	free(ballot);
}

TEST(the_known_answers)
{
	char *path = data_path("vectors/proof_of_work.txt");
	struct yihu_buf text = {0};
	struct yihu_span line, row[FIELDS];
	size_t rows = 0;
	assert_int_equal(yihu_file_read(path, TEXT_BYTES_MAX, &text, NULL), 0);
	for (struct yihu_lines l = yihu_lines(text.data, text.len); yihu_lines_next(&l, &line);)
		if (line.p[0] != '#') {
			assert_true(yihu_fields(line, row, FIELDS));
			check_row(row);
			rows++;
		}
	assert_true(rows >= 10);
	yihu_buf_free(&text);
	free(path);
}

TEST(work_is_of_one_ballot_one_nonce_and_so_many_bits)
{
	static const char ballot[] = "a ballot", other[] = "b ballot";
	struct work_ask ask = {.nonce = {7}, .bits = 16};
	uint64_t c = work_do(&ask, ballot, sizeof ballot);
	assert_true(work_done(&ask, ballot, sizeof ballot, c));
	assert_false(work_done(&ask, other, sizeof other, c));
	assert_false(work_done(&ask, ballot, sizeof ballot - 1, c));
	assert_false(work_done(&ask, ballot, sizeof ballot, c | UINT64_C(1) << 32));
	ask.nonce[15] ^= 1;
	assert_false(work_done(&ask, ballot, sizeof ballot, c));
	ask.nonce[15] ^= 1;
	ask.bits = WORK_BITS_MAX + 1;
	assert_false(work_done(&ask, ballot, sizeof ballot, c));
}

TEST(the_header_has_one_spelling)
{
	static const char *const bad[] = {
		"",
		"00112233445566778899aabbccddeeff",
		"00112233445566778899aabbccddeeff-",
		"00112233445566778899aabbccddeeff-01",
		"00112233445566778899aabbccddeeff-1 ",
		"00112233445566778899aabbccddeeff--1",
		"00112233445566778899aabbccddeeff-18446744073709551616",
		"00112233445566778899AABBCCDDEEFF-1",
		"00112233445566778899aabbccddeef-1",
		"00112233445566778899aabbccddeeff00-1",
		" 00112233445566778899aabbccddeeff-1",
	};
	static const char good[] = "00112233445566778899aabbccddeeff-18446744073709551615";
	struct work_ask ask = {.bits = 3};
	struct yihu_buf out = {0};
	uint64_t c;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(work_read(&ask, &c, yihu_span(bad[i])));
	assert_true(work_read(&ask, &c, yihu_span(good)));
	assert_int_equal(ask.bits, 3);
	work_write(&out, &ask, c);
	assert_string_equal((const char *)out.data, good);
	yihu_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_known_answers),
		cmocka_unit_test(work_is_of_one_ballot_one_nonce_and_so_many_bits),
		cmocka_unit_test(the_header_has_one_spelling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
