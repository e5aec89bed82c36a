/* SPDX-License-Identifier: Apache-2.0
 *
 * PNG, by libpng's plain interface; on white where it is transparent.
 */
#include "decoder.h"

#include <png.h>
#include <string.h>

#include "exif.h"

#define SIGNATURE_BYTES 8
#define CHUNK_BYTES 12 /* length, name, checksum */

struct chunks {
	bool ends, moves;
	unsigned orientation;
};

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What libpng passes over: the way up, and that it moves. */
static void look(struct chunks *c, const uint8_t *name, const uint8_t *bytes, uint32_t len)
{
	c->ends = memcmp(name, "IEND", 4) == 0;
	if (memcmp(name, "acTL", 4) == 0 && len >= 4)
		c->moves = c->moves || be32(bytes) > 1;
	if (memcmp(name, "eXIf", 4) == 0)
		c->orientation = exif_orientation(bytes, len);
}

static struct chunks chunks_of(const struct picture_source *s)
{
	struct chunks c = {.orientation = 1};
	const uint8_t *p = s->bytes + SIGNATURE_BYTES;
	size_t left = s->len - SIGNATURE_BYTES;
	while (left >= CHUNK_BYTES && !c.ends) {
		uint32_t len = be32(p);
		if (len > left - CHUNK_BYTES)
			break;
		look(&c, p + 4, p + 8, len);
		p += CHUNK_BYTES + len;
		left -= CHUNK_BYTES + len;
	}
	return c;
}

static enum picture_found decode(struct raster *r, png_image *image)
{
	const png_color white = {255, 255, 255};
	if ((uint64_t)image->width * image->height > PICTURE_POINTS_MAX) {
		*r = (struct raster){.width = image->width, .height = image->height};
		return PICTURE_TOO_MANY;
	}
	if (!raster_make(r, image->width, image->height))
		return PICTURE_TOO_DEAR;
	image->format = PNG_FORMAT_RGB;
	if (png_image_finish_read(image, &white, r->rgb, 0, NULL))
		return PICTURE_READ;
	raster_free(r);
	return PICTURE_DAMAGED;
}

enum picture_found picture_decode_png(struct raster *r, unsigned *orientation,
				      const struct picture_source *s)
{
	struct chunks c = chunks_of(s);
	png_image image = {.version = PNG_IMAGE_VERSION};
	enum picture_found found = PICTURE_DAMAGED;
	if (c.moves)
		return PICTURE_MOVING;
	if (c.ends && png_image_begin_read_from_memory(&image, s->bytes, s->len))
		found = decode(r, &image);
	png_image_free(&image);
	*orientation = c.orientation;
	return found;
}
