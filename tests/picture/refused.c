/* SPDX-License-Identifier: Apache-2.0
 *
 * What is no picture, or none that is taken, and the words for it.
 */
#include <stdlib.h>
#include <string.h>

#include "picture/picture.h"
#include "picture/points.h"
#include "sample.h"
#include "test.h"

static void assert_refused(const void *bytes, size_t len, int code, const char *words)
{
	struct yihu_buf jpeg = {0};
	struct yihu_error err = {0};
	bool sealed;
	assert_int_equal(picture_make(&jpeg, &sealed, bytes, len, 256 << 10, &err), code);
	assert_int_equal(jpeg.len, 0);
	if (!strstr(err.text, words))
		fail_msg("“%s” does not say “%s”", err.text, words);
}

static void assert_file_refused(struct yihu_buf *file, int code, const char *words)
{
	assert_refused(file->data, file->len, code, words);
	yihu_buf_free(file);
}

TEST(what_is_no_picture)
{
	static const struct {
		const char *bytes, *words;
		size_t len;
	} rows[] = {
		{"", "no JPEG, PNG or WebP", 0},
		{"META\nkey;value\n", "no JPEG, PNG or WebP", 15},
		{"GIF89a\1\0\1\0", "no JPEG, PNG or WebP", 10},
		{"%PDF-1.7", "no JPEG, PNG or WebP", 8},
		{"\0\0\0\x18"
		 "ftypheic\0\0\0\0",
		 "save it as JPEG", 16},
		{"\0\0\0\x18"
		 "ftypmif1\0\0\0\0",
		 "save it as JPEG", 16},
		{"\xff\xd8\xff", "damaged or cut off", 3},
		{"\x89PNG\r\n\x1a\n", "damaged or cut off", 8},
		{"RIFF\4\0\0\0WEBP", "damaged or cut off", 12},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(rows[i].bytes, rows[i].len, YIHU_EFORMAT, rows[i].words);
}

/* Wherever it ends: nobody gets half a picture. The last bytes of a PNG's or a
 * JPEG's end mark bear no points. */
TEST(what_is_cut_off)
{
	struct raster r = sample_noise(60, 40);
	for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
		struct yihu_buf file = sample_file((enum sample_kind)kind, &r);
		for (size_t tenth = 1; tenth <= 9; tenth++)
			assert_refused(file.data, file.len * tenth / 10, YIHU_EFORMAT,
				       "damaged or cut off");
		yihu_buf_free(&file);
	}
	raster_free(&r);
}

TEST(what_moves)
{
	struct raster r = sample_quarters(8, 8);
	struct yihu_buf png = sample_png_with("acTL", "\0\0\0\2\0\0\0\0", 8);
	struct yihu_buf webp = sample_webp_with(&r, 0x02, "ANIM", "\0\0\0\0\0\0", 6);
	assert_file_refused(&png, YIHU_EFORMAT, "moves");
	assert_file_refused(&webp, YIHU_EFORMAT, "moves");
	raster_free(&r);
}

/* Some bytes that would fill gigabytes. */
TEST(what_claims_too_many_points)
{
	struct yihu_buf png = sample_claim(SAMPLE_PNG, 100000, 100000);
	struct yihu_buf jpeg = sample_claim(SAMPLE_JPEG, 65500, 65500);
	struct yihu_buf webp = sample_claim(SAMPLE_WEBP, 16383, 16383);
	assert_file_refused(&png, YIHU_ETOOBIG, "100000 × 100000");
	assert_file_refused(&jpeg, YIHU_ETOOBIG, "65500 × 65500");
	assert_file_refused(&webp, YIHU_ETOOBIG, "16383 × 16383");
}

/* As many as are read, and hardly a byte of them there. */
TEST(what_claims_all_that_is_read_and_has_nothing)
{
	struct yihu_buf png = sample_claim(SAMPLE_PNG, 11000, 11000);
	struct yihu_buf jpeg = sample_claim(SAMPLE_JPEG, 11000, 11000);
	struct yihu_buf webp = sample_claim(SAMPLE_WEBP, 11000, 11000);
	assert_file_refused(&png, YIHU_EFORMAT, "damaged or cut off");
	assert_file_refused(&jpeg, YIHU_EFORMAT, "damaged or cut off");
	assert_file_refused(&webp, YIHU_EFORMAT, "damaged or cut off");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_picture),
		cmocka_unit_test(what_is_cut_off),
		cmocka_unit_test(what_moves),
		cmocka_unit_test(what_claims_too_many_points),
		cmocka_unit_test(what_claims_all_that_is_read_and_has_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
