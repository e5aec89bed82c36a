/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures with bytes turned, left out and added, thrown at the child: whatever
 * becomes of it, its parent gets a small JPEG or the words for none.
 */
#include <stdlib.h>
#include <string.h>

#include "picture/picture.h"
#include "sample.h"
#include "test.h"

#define EACH 60
#define MOST ((size_t)32 << 10)

static uint32_t state = 20271;
static uint32_t chance(size_t below)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((state >> 8) % below);
}

static void turn(struct yihu_buf *b)
{
	for (uint32_t n = 1 + chance(8); n > 0; n--)
		b->data[chance(b->len)] = (uint8_t)chance(256);
}

static void leave_out(struct yihu_buf *b)
{
	size_t at = chance(b->len), n = chance(b->len - at);
	memmove(b->data + at, b->data + at + n, b->len - at - n);
	b->len -= n;
}

static void add(struct yihu_buf *b)
{
	size_t at = chance(b->len);
	struct yihu_buf tail = {0};
	yihu_buf_put(&tail, b->data + at, b->len - at);
	b->len = at;
	for (uint32_t n = 1 + chance(200); n > 0; n--)
		yihu_buf_u8(b, (uint8_t)chance(256));
	yihu_buf_put(b, tail.data, tail.len);
	yihu_buf_free(&tail);
}

static void (*const ways[])(struct yihu_buf *b) = {turn, leave_out, add};

/* Is it taken? */
static bool throw_it(const struct yihu_buf *file)
{
	struct yihu_buf jpeg = {0};
	struct yihu_error err = {0};
	bool sealed;
	int r = picture_make(&jpeg, &sealed, file->data, file->len, MOST, &err);
	if (r == 0)
		assert_true(jpeg.len > 100 && jpeg.len <= MOST);
	else
		assert_true((r == YIHU_EFORMAT || r == YIHU_ETOOBIG) && jpeg.len == 0 &&
			    err.text[0] != '\0');
	yihu_buf_free(&jpeg);
	return r == 0;
}

TEST(whatever_is_thrown_the_parent_has_an_answer)
{
	struct raster r = sample_noise(24, 16);
	unsigned taken = 0, refused = 0;
	for (int kind = 0; kind < SAMPLE_KINDS; kind++)
		for (unsigned i = 0; i < EACH; i++) {
			struct yihu_buf file =
				sample_held((enum sample_kind)kind, &r, 1 + chance(9));
			ways[i % 3](&file);
			if (file.len > 0 && throw_it(&file))
				taken++;
			else
				refused++;
			yihu_buf_free(&file);
		}
	/* Or the throws would be too gentle, or too rough, to show anything. */
	assert_true(taken > 10 && refused > 60);
	raster_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_thrown_the_parent_has_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
