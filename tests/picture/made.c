/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a picture: a JPEG, upright, small, and with nothing beside what
 * is seen.
 */
#include <stdlib.h>
#include <string.h>

#include "picture/picture.h"
#include "picture/points.h"
#include "sample.h"
#include "test.h"

#define MOST ((size_t)256 << 10)

static struct yihu_buf make(const struct yihu_buf *file, size_t most)
{
	struct yihu_buf jpeg = {0};
	struct yihu_error err = {0};
	bool sealed;
	if (picture_make(&jpeg, &sealed, file->data, file->len, most, &err) != 0)
		fail_msg("%s", err.text);
	assert_in_range(jpeg.len, 1, most);
	return jpeg;
}

/* The points of what was made; frees the file. */
static struct raster look(struct yihu_buf *jpeg)
{
	struct raster r = {0};
	const struct picture_source s = {jpeg->data, jpeg->len, PICTURE_SIDE_MAX};
	assert_int_equal(picture_decode(&r, &s), PICTURE_READ);
	yihu_buf_free(jpeg);
	return r;
}

static struct raster remake(struct yihu_buf *file)
{
	struct yihu_buf jpeg = make(file, MOST);
	yihu_buf_free(file);
	return look(&jpeg);
}

/* r, g, b, w; '?' for another colour: the middle of the quarter. */
static char colour(const struct raster *r, bool right, bool bottom)
{
	uint32_t x = r->width * (right ? 3 : 1) / 4, y = r->height * (bottom ? 3 : 1) / 4;
	const uint8_t *p = r->rgb + 3 * ((size_t)y * r->width + x);
	unsigned bits = (p[0] > 200) << 2 | (p[1] > 200) << 1 | (p[2] > 200);
	bool clear = true;
	for (int c = 0; c < 3; c++)
		clear = clear && (p[c] > 200 || p[c] < 60);
	return !clear      ? '?'
	       : bits == 4 ? 'r'
	       : bits == 2 ? 'g'
	       : bits == 1 ? 'b'
	       : bits == 7 ? 'w'
			   : '?';
}

static void assert_quarters(const struct raster *r, const char *want)
{
	char is[5] = {colour(r, false, false), colour(r, true, false), colour(r, false, true),
		      colour(r, true, true), '\0'};
	assert_string_equal(is, want);
}

TEST(each_kind_becomes_a_jpeg_of_what_it_shows)
{
	for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
		struct raster r = sample_quarters(60, 40);
		struct yihu_buf file = sample_file((enum sample_kind)kind, &r);
		struct yihu_buf jpeg = make(&file, MOST);
		assert_memory_equal(jpeg.data, "\xff\xd8\xff\xe0\0\x10JFIF", 10);
		struct raster is = look(&jpeg);
		assert_int_equal(is.width, 60);
		assert_int_equal(is.height, 40);
		assert_quarters(&is, "rgbw");
		yihu_buf_free(&file);
		raster_free(&is);
		raster_free(&r);
	}
}

TEST(a_large_one_is_made_smaller_in_its_proportions)
{
	static const struct {
		uint32_t width, height, to_width, to_height;
	} rows[] = {
		{2560, 1600, 1280, 800}, {1000, 3000, 427, 1280},  {1281, 3, 1280, 3},
		{5000, 2, 1280, 1},      {1280, 1280, 1280, 1280}, {1, 1, 1, 1},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
			struct raster r = sample_quarters(rows[i].width, rows[i].height);
			struct yihu_buf file = sample_file((enum sample_kind)kind, &r);
			struct raster is = remake(&file);
			assert_int_equal(is.width, rows[i].to_width);
			assert_int_equal(is.height, rows[i].to_height);
			if (is.width > 64 && is.height > 64)
				assert_quarters(&is, "rgbw");
			raster_free(&is);
			raster_free(&r);
		}
}

/* What a viewer shows of a file that says how the camera was held. */
TEST(it_stands_upright_however_the_camera_was_held)
{
	static const char *const shown[] = {
		[1] = "rgbw", [2] = "grwb", [3] = "wbgr", [4] = "bwrg", [5] = "rbgw",
		[6] = "brwg", [7] = "wgbr", [8] = "gwrb", [9] = "rgbw"};
	for (unsigned held = 1; held <= 9; held++)
		for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
			struct raster r = sample_quarters(60, 40);
			struct yihu_buf file = sample_held((enum sample_kind)kind, &r, held);
			struct raster is = remake(&file);
			bool lies = held >= 5 && held <= 8;
			assert_int_equal(is.width, lies ? 40 : 60);
			assert_quarters(&is, shown[held]);
			raster_free(&is);
			raster_free(&r);
		}
}

TEST(nothing_but_what_is_seen_is_in_it)
{
	for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
		struct raster r = sample_quarters(60, 40);
		struct yihu_buf file = sample_held((enum sample_kind)kind, &r, 6);
		assert_non_null(memmem(file.data, file.len, "GPS", 3));
		struct yihu_buf jpeg = make(&file, MOST);
		assert_null(memmem(jpeg.data, jpeg.len, "GPS", 3));
		assert_null(memmem(jpeg.data, jpeg.len, "Exif", 4));
		assert_null(memmem(jpeg.data, jpeg.len, "\xff\xe1", 2));
		assert_null(memmem(jpeg.data, jpeg.len, "\xff\xfe", 2)); /* a comment */
		yihu_buf_free(&jpeg);
		yihu_buf_free(&file);
		raster_free(&r);
	}
}

/* Coarser, then smaller, and never over the limit. */
TEST(it_has_no_more_bytes_than_asked_for)
{
	static const size_t most[] = {256 << 10, 64 << 10, 8 << 10, 800};
	struct raster r = sample_noise(900, 600);
	struct yihu_buf file = sample_file(SAMPLE_PNG, &r);
	uint32_t before = UINT32_MAX;
	for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
		struct yihu_buf jpeg = make(&file, most[i]);
		struct raster is = look(&jpeg);
		assert_true(is.width < before);
		before = is.width;
		raster_free(&is);
	}
	yihu_buf_free(&file);
	raster_free(&r);
}

TEST(what_is_transparent_is_on_white)
{
	for (int kind = SAMPLE_PNG; kind <= SAMPLE_WEBP; kind++) {
		struct yihu_buf file = sample_transparent((enum sample_kind)kind);
		struct raster is = remake(&file);
		const uint8_t *half = is.rgb + 3 * (3 * 16 + 3), *none = is.rgb + 3 * (3 * 16 + 13);
		assert_true(half[0] > 230 && half[1] > 90 && half[1] < 215);
		assert_true(none[0] > 240 && none[1] > 240 && none[2] > 240);
		raster_free(&is);
	}
}

TEST(a_jpeg_of_four_inks_has_its_colours)
{
	struct yihu_buf file = sample_inks(32, 32);
	struct raster is = remake(&file);
	assert_quarters(&is, "rrrr");
	raster_free(&is);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_becomes_a_jpeg_of_what_it_shows),
		cmocka_unit_test(a_large_one_is_made_smaller_in_its_proportions),
		cmocka_unit_test(it_stands_upright_however_the_camera_was_held),
		cmocka_unit_test(nothing_but_what_is_seen_is_in_it),
		cmocka_unit_test(it_has_no_more_bytes_than_asked_for),
		cmocka_unit_test(what_is_transparent_is_on_white),
		cmocka_unit_test(a_jpeg_of_four_inks_has_its_colours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
