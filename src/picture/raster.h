/* SPDX-License-Identifier: Apache-2.0
 *
 * Points: red, green and blue, row by row. Memory that is missing is an answer
 * here, for the child that reads pictures has little.
 */
#ifndef YIHU_RASTER_H
#define YIHU_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raster {
	uint32_t width, height;
	uint8_t *rgb; /* 3 · width · height bytes */
};
#define RASTER_BYTES(r) ((size_t)3 * (r)->width * (r)->height)

/* Points without content yet; false: there is no memory for them. */
bool raster_make(struct raster *r, uint32_t width, uint32_t height);
/* Leaves r empty. */
void raster_free(struct raster *r);
/* Width and height fitted into a square; what is smaller stays as it is. */
void raster_fit(uint32_t *width, uint32_t *height, uint32_t side);
/* Makes r so small or smaller, each point the mean of those that it stands for. */
bool raster_shrink(struct raster *r, uint32_t width, uint32_t height);
/* Turns and mirrors r upright, by the orientation of EXIF (1 to 8). */
bool raster_turn(struct raster *r, unsigned orientation);

#endif
