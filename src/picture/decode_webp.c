/* SPDX-License-Identifier: Apache-2.0
 *
 * WebP, by libwebp; on white where it is transparent.
 */
#include "decoder.h"

#include <string.h>
#include <webp/decode.h>

#include "exif.h"

#define HEADER_BYTES 12 /* RIFF, length, WEBP */
#define CHUNK_BYTES 8

static uint32_t le32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static unsigned orientation_of(const struct picture_source *s)
{
	const uint8_t *p = s->bytes + HEADER_BYTES;
	size_t left = s->len - HEADER_BYTES;
	while (left >= CHUNK_BYTES) {
		uint64_t len = le32(p + 4), whole = CHUNK_BYTES + len + (len & 1);
		if (len > left - CHUNK_BYTES)
			break;
		if (memcmp(p, "EXIF", 4) == 0)
			return exif_orientation(p + CHUNK_BYTES, len);
		if (whole > left)
			break;
		p += whole;
		left -= whole;
	}
	return 1;
}

/* Four bytes a point to three. */
static void put_on_white(struct raster *r, const uint8_t *rgba)
{
	size_t points = (size_t)r->width * r->height;
	for (size_t i = 0; i < points; i++)
		for (int c = 0; c < 3; c++)
			r->rgb[3 * i + c] = (uint8_t)((rgba[4 * i + c] * rgba[4 * i + 3] +
						       255 * (255 - rgba[4 * i + 3]) + 127) /
						      255);
}

static enum picture_found found_of(VP8StatusCode status)
{
	return status == VP8_STATUS_OK              ? PICTURE_READ
	       : status == VP8_STATUS_OUT_OF_MEMORY ? PICTURE_TOO_DEAR
						    : PICTURE_DAMAGED;
}

static enum picture_found decode(struct raster *r, WebPDecoderConfig *c,
				 const struct picture_source *s)
{
	uint32_t width = (uint32_t)c->input.width, height = (uint32_t)c->input.height;
	if ((uint64_t)width * height > PICTURE_POINTS_MAX) {
		*r = (struct raster){.width = width, .height = height};
		return PICTURE_TOO_MANY;
	}
	raster_fit(&width, &height, s->side);
	c->options.use_scaling =
		width < (uint32_t)c->input.width || height < (uint32_t)c->input.height;
	c->options.scaled_width = (int)width;
	c->options.scaled_height = (int)height;
	c->output.colorspace = MODE_RGBA;
	enum picture_found found = found_of(WebPDecode(s->bytes, s->len, c));
	if (found == PICTURE_READ && !raster_make(r, width, height))
		found = PICTURE_TOO_DEAR;
	if (found == PICTURE_READ)
		put_on_white(r, c->output.u.RGBA.rgba);
	WebPFreeDecBuffer(&c->output);
	return found;
}

enum picture_found picture_decode_webp(struct raster *r, unsigned *orientation,
				       const struct picture_source *s)
{
	WebPDecoderConfig c;
	if (!WebPInitDecoderConfig(&c))
		return PICTURE_DAMAGED;
	enum picture_found found = found_of(WebPGetFeatures(s->bytes, s->len, &c.input));
	if (found != PICTURE_READ)
		return found;
	if (c.input.has_animation)
		return PICTURE_MOVING;
	*orientation = orientation_of(s);
	return decode(r, &c, s);
}
