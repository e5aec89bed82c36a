/* SPDX-License-Identifier: Apache-2.0
 *
 * Which kind of picture it is, by its first bytes; its name says nothing.
 */
#include "points.h"

#include <string.h>

static bool has(const struct picture_source *s, size_t at, const char *text, size_t n)
{
	return s->len >= at + n && memcmp(s->bytes + at, text, n) == 0;
}

static bool is_jpeg(const struct picture_source *s)
{
	return has(s, 0, "\xff\xd8\xff", 3);
}

static bool is_png(const struct picture_source *s)
{
	return has(s, 0, "\x89PNG\r\n\x1a\n", 8);
}

static bool is_webp(const struct picture_source *s)
{
	return has(s, 0, "RIFF", 4) && has(s, 8, "WEBP", 4);
}

static bool is_heic(const struct picture_source *s)
{
	return has(s, 4, "ftyphei", 7) || has(s, 4, "ftyphev", 7) || has(s, 4, "ftypmif1", 8);
}

static const struct {
	bool (*is)(const struct picture_source *);
	picture_decoder *decode;
} kinds[] = {
	{is_jpeg, picture_decode_jpeg},
	{is_png, picture_decode_png},
	{is_webp, picture_decode_webp},
};

static bool make_upright(struct raster *r, unsigned orientation, uint32_t side)
{
	uint32_t width = r->width, height = r->height;
	raster_fit(&width, &height, side);
	return raster_shrink(r, width, height) && raster_turn(r, orientation);
}

enum picture_found picture_decode(struct raster *r, const struct picture_source *s)
{
	unsigned orientation = 1;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!kinds[i].is(s))
			continue;
		enum picture_found found = kinds[i].decode(r, &orientation, s);
		if (found == PICTURE_READ && !make_upright(r, orientation, s->side))
			found = PICTURE_TOO_DEAR;
		return found;
	}
	return is_heic(s) ? PICTURE_HEIC : PICTURE_NONE;
}
