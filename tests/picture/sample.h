/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures whose every corner is known, as files of each kind.
 */
#ifndef YIHU_TEST_PICTURE_SAMPLE_H
#define YIHU_TEST_PICTURE_SAMPLE_H

#include <yihu/bytes.h>

#include "picture/raster.h"

enum sample_kind { SAMPLE_JPEG, SAMPLE_PNG, SAMPLE_WEBP, SAMPLE_KINDS };

/* Its quarters: red, green; blue, white. */
struct raster sample_quarters(uint32_t width, uint32_t height);
/* Points without order: no encoder makes them small. */
struct raster sample_noise(uint32_t width, uint32_t height);

struct yihu_buf sample_file(enum sample_kind kind, const struct raster *r);
/* The same, with an EXIF block of that orientation, and a place in it. */
struct yihu_buf sample_held(enum sample_kind kind, const struct raster *r, unsigned orientation);
/* A PNG with a chunk more before its first points. */
struct yihu_buf sample_png_with(const char name[static 4], const void *bytes, size_t len);
/* The start of a picture that says it has so many points, and nothing behind it. */
struct yihu_buf sample_claim(enum sample_kind kind, uint32_t width, uint32_t height);
/* Two points of red, half transparent and not at all, of PNG or WebP. */
struct yihu_buf sample_transparent(enum sample_kind kind);
/* A JPEG of four inks, as Adobe's programs write it: all of it red. */
struct yihu_buf sample_inks(uint32_t width, uint32_t height);

/* A WebP's chunks in a file that says what else is in it (flags of VP8X). */
struct yihu_buf sample_webp_with(const struct raster *r, uint8_t flags, const char name[static 4],
				 const void *bytes, size_t len);

#endif
