/* SPDX-License-Identifier: Apache-2.0
 *
 * The decoders, one a kind of file, and what each may find.
 */
#ifndef YIHU_PICTURE_DECODER_H
#define YIHU_PICTURE_DECODER_H

#include "raster.h"

/* What is found; the numbers are the child's answer, and nobody else's. */
enum picture_found {
	PICTURE_READ,
	PICTURE_NONE,     /* none of the three kinds */
	PICTURE_HEIC,     /* what iPhones make */
	PICTURE_DAMAGED,  /* or cut off */
	PICTURE_TOO_MANY, /* points */
	PICTURE_MOVING,   /* more than one picture */
	PICTURE_TOO_DEAR, /* no memory for it */
	PICTURE_N_FOUND
};
/* More are not read: 108 million have cameras. */
#define PICTURE_POINTS_MAX 128000000u

struct picture_source {
	const uint8_t *bytes;
	size_t len;
	uint32_t side; /* what is larger is read smaller, as far as its kind allows */
};
/* r: its points, as large as they were read; its width and height too with
 * PICTURE_TOO_MANY. *orientation: EXIF's. */
typedef enum picture_found picture_decoder(struct raster *r, unsigned *orientation,
					   const struct picture_source *s);
picture_decoder picture_decode_jpeg, picture_decode_png, picture_decode_webp;

#endif
