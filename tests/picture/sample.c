/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include "picture/encode.h"

#define LARGE ((size_t)16 << 20)
#define PLACE "GPS: 31.2304 N 121.4737 E"

struct raster sample_quarters(uint32_t width, uint32_t height)
{
	static const uint8_t colours[4][3] = {
		{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
	struct raster r;
	if (!raster_make(&r, width, height))
		abort();
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++) {
			unsigned quarter = (y >= height / 2 ? 2 : 0) + (x >= width / 2 ? 1 : 0);
			memcpy(r.rgb + 3 * ((size_t)y * width + x), colours[quarter], 3);
		}
	return r;
}

struct raster sample_noise(uint32_t width, uint32_t height)
{
	struct raster r;
	uint32_t state = 1;
	if (!raster_make(&r, width, height))
		abort();
	for (size_t i = 0; i < RASTER_BYTES(&r); i++) {
		state = state * 1664525 + 1013904223;
		r.rgb[i] = (uint8_t)(state >> 24);
	}
	return r;
}

/* ---- files ---- */

static struct yihu_buf png_of(const void *points, uint32_t width, uint32_t height, uint32_t format)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = format};
	png_alloc_size_t len = LARGE;
	struct yihu_buf b = {0};
	uint8_t *bytes = yihu_calloc(1, LARGE);
	int ok = png_image_write_to_memory(&image, bytes, &len, 0, points, 0, NULL);
	assert(ok);
	(void)ok;
	yihu_buf_put(&b, bytes, len);
	free(bytes);
	return b;
}

static struct yihu_buf webp_taken(uint8_t *bytes, size_t len)
{
	struct yihu_buf b = {0};
	assert(len > 0);
	yihu_buf_put(&b, bytes, len);
	WebPFree(bytes);
	return b;
}

static struct yihu_buf webp_of(const struct raster *r)
{
	uint8_t *bytes = NULL;
	size_t len =
		WebPEncodeRGB(r->rgb, (int)r->width, (int)r->height, (int)r->width * 3, 90, &bytes);
	return webp_taken(bytes, len);
}

struct yihu_buf sample_file(enum sample_kind kind, const struct raster *r)
{
	struct yihu_buf b = {0};
	if (kind == SAMPLE_PNG)
		return png_of(r->rgb, r->width, r->height, PNG_FORMAT_RGB);
	if (kind == SAMPLE_WEBP)
		return webp_of(r);
	picture_encode(&b, r, LARGE);
	return b;
}

/* ---- with more in them ---- */

static void put_le(struct yihu_buf *b, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		yihu_buf_u8(b, (uint8_t)(n >> (8 * i)));
}

/* TIFF, least byte first: one entry, and words behind it that nobody may see again. */
static struct yihu_buf exif_of(unsigned orientation)
{
	struct yihu_buf b = {0};
	yihu_buf_put(&b, "II*\0\x08\0\0\0\x01\0", 10);
	put_le(&b, 0x0112, 2);
	put_le(&b, 3, 2);
	put_le(&b, 1, 4);
	put_le(&b, orientation, 4);
	put_le(&b, 0, 4);
	yihu_buf_str(&b, PLACE);
	return b;
}

static void put_chunk(struct yihu_buf *b, const char *name, const void *bytes, size_t len)
{
	struct yihu_buf body = {0};
	yihu_buf_put(&body, name, 4);
	yihu_buf_put(&body, bytes, len);
	yihu_buf_be32(b, (uint32_t)len);
	yihu_buf_put(b, body.data, body.len);
	yihu_buf_be32(b, (uint32_t)crc32(0, body.data, (unsigned)body.len));
	yihu_buf_free(&body);
}

/* After the signature and IHDR. */
#define PNG_HEAD_BYTES 33
static struct yihu_buf png_with(const struct yihu_buf *png, const char *name, const void *bytes,
				size_t len)
{
	struct yihu_buf b = {0};
	yihu_buf_put(&b, png->data, PNG_HEAD_BYTES);
	put_chunk(&b, name, bytes, len);
	yihu_buf_put(&b, png->data + PNG_HEAD_BYTES, png->len - PNG_HEAD_BYTES);
	return b;
}

struct yihu_buf sample_png_with(const char name[static 4], const void *bytes, size_t len)
{
	struct raster r = sample_quarters(8, 8);
	struct yihu_buf png = sample_file(SAMPLE_PNG, &r), b = png_with(&png, name, bytes, len);
	yihu_buf_free(&png);
	raster_free(&r);
	return b;
}

static void put_webp_chunk(struct yihu_buf *b, const char *name, const void *bytes, size_t len)
{
	yihu_buf_put(b, name, 4);
	put_le(b, (uint32_t)len, 4);
	yihu_buf_put(b, bytes, len);
	if (len % 2 == 1)
		yihu_buf_u8(b, 0);
}

struct yihu_buf sample_webp_with(const struct raster *r, uint8_t flags, const char name[static 4],
				 const void *bytes, size_t len)
{
	struct yihu_buf plain = webp_of(r), b = {0}, head = {0}, chunks = {0};
	put_le(&head, flags, 4);
	put_le(&head, r->width - 1, 3);
	put_le(&head, r->height - 1, 3);
	put_webp_chunk(&chunks, "VP8X", head.data, head.len);
	yihu_buf_put(&chunks, plain.data + 12, plain.len - 12);
	put_webp_chunk(&chunks, name, bytes, len);
	yihu_buf_str(&b, "RIFF");
	put_le(&b, (uint32_t)chunks.len + 4, 4);
	yihu_buf_str(&b, "WEBP");
	yihu_buf_put(&b, chunks.data, chunks.len);
	yihu_buf_free(&plain);
	yihu_buf_free(&head);
	yihu_buf_free(&chunks);
	return b;
}

static struct yihu_buf jpeg_with(const struct yihu_buf *jpeg, const struct yihu_buf *exif)
{
	struct yihu_buf b = {0};
	yihu_buf_put(&b, jpeg->data, 2);
	yihu_buf_put(&b, "\xff\xe1", 2);
	yihu_buf_be16(&b, (uint16_t)(2 + 6 + exif->len));
	yihu_buf_put(&b, "Exif\0\0", 6);
	yihu_buf_put(&b, exif->data, exif->len);
	yihu_buf_put(&b, jpeg->data + 2, jpeg->len - 2);
	return b;
}

struct yihu_buf sample_held(enum sample_kind kind, const struct raster *r, unsigned orientation)
{
	struct yihu_buf exif = exif_of(orientation), b;
	struct yihu_buf plain = sample_file(kind, r);
	if (kind == SAMPLE_WEBP)
		b = sample_webp_with(r, 0x08, "EXIF", exif.data, exif.len);
	else if (kind == SAMPLE_PNG)
		b = png_with(&plain, "eXIf", exif.data, exif.len);
	else
		b = jpeg_with(&plain, &exif);
	yihu_buf_free(&plain);
	yihu_buf_free(&exif);
	return b;
}

/* ---- odd ones ---- */

struct yihu_buf sample_claim(enum sample_kind kind, uint32_t width, uint32_t height)
{
	struct raster r = sample_quarters(8, 8);
	struct yihu_buf b = sample_file(kind, &r), head = {0};
	raster_free(&r);
	if (kind == SAMPLE_PNG) {
		yihu_buf_be32(&head, width);
		yihu_buf_be32(&head, height);
		memcpy(b.data + 16, head.data, 8);
		yihu_store_be32(b.data + 29, (uint32_t)crc32(0, b.data + 12, 17));
	} else if (kind == SAMPLE_JPEG) {
		uint8_t *sof = memmem(b.data, b.len, "\xff\xc0", 2);
		sof[5] = (uint8_t)(height >> 8);
		sof[6] = (uint8_t)height;
		sof[7] = (uint8_t)(width >> 8);
		sof[8] = (uint8_t)width;
	} else { /* VP8 key frame: 14 bits each */
		put_le(&head, width, 2);
		put_le(&head, height, 2);
		memcpy(b.data + 26, head.data, 4);
	}
	yihu_buf_free(&head);
	return b;
}

struct yihu_buf sample_transparent(enum sample_kind kind)
{
	uint8_t all[16 * 8 * 4], *bytes = NULL;
	for (int i = 0; i < 16 * 8; i++)
		memcpy(all + 4 * i, i % 16 < 8 ? "\xff\0\0\x80" : "\xff\0\0\0", 4);
	if (kind == SAMPLE_PNG)
		return png_of(all, 16, 8, PNG_FORMAT_RGBA);
	size_t len = WebPEncodeLosslessRGBA(all, 16, 8, 16 * 4, &bytes);
	return webp_taken(bytes, len);
}

struct yihu_buf sample_inks(uint32_t width, uint32_t height)
{
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct j = {.err = jpeg_std_error(&errors)};
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	struct yihu_buf b = {0};
	uint8_t *row = yihu_calloc(width, 4);
	for (uint32_t x = 0; x < width; x++) /* how little ink: all but cyan is there */
		memcpy(row + 4 * (size_t)x, "\xff\0\0\xff", 4);
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &bytes, &len);
	j.image_width = width;
	j.image_height = height;
	j.input_components = 4;
	j.in_color_space = JCS_CMYK;
	jpeg_set_defaults(&j);
	j.write_Adobe_marker = TRUE;
	jpeg_start_compress(&j, TRUE);
	while (j.next_scanline < height)
		jpeg_write_scanlines(&j, (JSAMPARRAY)&row, 1);
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	yihu_buf_put(&b, bytes, len);
	free(bytes);
	free(row);
	return b;
}
