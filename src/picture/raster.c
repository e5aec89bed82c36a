/* SPDX-License-Identifier: Apache-2.0
 *
 * Making points fewer, and turning them.
 */
#include "raster.h"

#include <stdlib.h>
#include <string.h>

bool raster_make(struct raster *r, uint32_t width, uint32_t height)
{
	*r = (struct raster){.width = width, .height = height};
	r->rgb = calloc(RASTER_BYTES(r), 1);
	return r->rgb != NULL;
}

void raster_free(struct raster *r)
{
	free(r->rgb);
	*r = (struct raster){0};
}

static uint32_t scaled(uint32_t side, uint32_t to, uint32_t of)
{
	uint32_t n = (uint32_t)(((uint64_t)side * to + of / 2) / of);
	return n > 0 ? n : 1;
}

void raster_fit(uint32_t *width, uint32_t *height, uint32_t side)
{
	uint32_t longer = *width > *height ? *width : *height;
	if (longer <= side)
		return;
	*width = scaled(*width, side, longer);
	*height = scaled(*height, side, longer);
}

/* How much of place `from` of n lies in place `to` of m, in parts of 1/m. */
static uint64_t share(uint64_t from, uint64_t n, uint64_t to, uint64_t m)
{
	uint64_t begin = from * m > to * n ? from * m : to * n;
	uint64_t end = (from + 1) * m < (to + 1) * n ? (from + 1) * m : (to + 1) * n;
	return end - begin;
}

/* The shares of a row add up to old->width, those of a column to old->height. */
static void mean(uint8_t point[static 3], const struct raster *old, const struct raster *r,
		 uint32_t x, uint32_t y)
{
	uint64_t sum[3] = {0}, all = (uint64_t)old->width * old->height;
	uint64_t left = (uint64_t)x * old->width, top = (uint64_t)y * old->height;
	for (uint64_t j = top / r->height; j * r->height < top + old->height; j++) {
		uint64_t rows = share(j, old->height, y, r->height);
		for (uint64_t i = left / r->width; i * r->width < left + old->width; i++) {
			uint64_t weight = rows * share(i, old->width, x, r->width);
			const uint8_t *from = old->rgb + 3 * (j * old->width + i);
			for (int c = 0; c < 3; c++)
				sum[c] += weight * from[c];
		}
	}
	for (int c = 0; c < 3; c++)
		point[c] = (uint8_t)((sum[c] + all / 2) / all);
}

bool raster_shrink(struct raster *r, uint32_t width, uint32_t height)
{
	struct raster out;
	if (width >= r->width && height >= r->height)
		return true;
	if (!raster_make(&out, width, height))
		return false;
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++)
			mean(out.rgb + 3 * ((size_t)y * width + x), r, &out, x, y);
	raster_free(r);
	*r = out;
	return true;
}

/* EXIF's orientations: which corner is the first point's, and does a row run down? */
static const struct way {
	bool right, bottom, down;
} ways[] = {
	[1] = {false, false, false}, [2] = {true, false, false}, [3] = {true, true, false},
	[4] = {false, true, false},  [5] = {false, false, true}, [6] = {true, false, true},
	[7] = {true, true, true},    [8] = {false, true, true},
};

bool raster_turn(struct raster *r, unsigned orientation)
{
	struct raster out;
	if (orientation < 2 || orientation >= sizeof ways / sizeof *ways)
		return true;
	struct way way = ways[orientation];
	uint32_t width = way.down ? r->height : r->width, height = way.down ? r->width : r->height;
	if (!raster_make(&out, width, height))
		return false;
	for (uint32_t y = 0; y < r->height; y++)
		for (uint32_t x = 0; x < r->width; x++) {
			uint32_t across = way.down ? y : x, down = way.down ? x : y;
			across = way.right ? width - 1 - across : across;
			down = way.bottom ? height - 1 - down : down;
			memcpy(out.rgb + 3 * ((size_t)down * width + across),
			       r->rgb + 3 * ((size_t)y * r->width + x), 3);
		}
	raster_free(r);
	*r = out;
	return true;
}
