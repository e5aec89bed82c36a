/* SPDX-License-Identifier: Apache-2.0
 *
 * A baseline JPEG: every browser shows it.
 */
#include "encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

/* As fine as the eye asks for; below the last it is better smaller. */
static const int qualities[] = {82, 74, 66, 58};

/* Memory that is missing: nothing else can be wrong with points of ours. */
static _Noreturn void stop(j_common_ptr j)
{
	(void)j;
	abort();
}

static void write_rows(struct jpeg_compress_struct *j, const struct raster *r)
{
	uint8_t *row = yihu_calloc(r->width, 3);
	while (j->next_scanline < j->image_height) {
		memcpy(row, r->rgb + (size_t)3 * r->width * j->next_scanline, (size_t)3 * r->width);
		jpeg_write_scanlines(j, (JSAMPARRAY)&row, 1);
	}
	free(row);
}

static void encode(struct yihu_buf *out, const struct raster *r, int quality)
{
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct j = {.err = jpeg_std_error(&errors)};
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	errors.error_exit = stop;
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &bytes, &len);
	j.image_width = r->width;
	j.image_height = r->height;
	j.input_components = 3;
	j.in_color_space = JCS_RGB;
	jpeg_set_defaults(&j);
	jpeg_set_quality(&j, quality, TRUE);
	j.optimize_coding = TRUE;
	jpeg_start_compress(&j, TRUE);
	write_rows(&j, r);
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	yihu_buf_put(out, bytes, len);
	free(bytes);
}

static bool fits(struct yihu_buf *out, const struct raster *r, size_t most)
{
	size_t n = sizeof qualities / sizeof *qualities;
	for (size_t i = 0; i < n; i++) {
		yihu_buf_reset(out);
		encode(out, r, qualities[i]);
		if (out->len <= most)
			return true;
	}
	return false;
}

static struct raster copy_of(const struct raster *r)
{
	struct raster copy = {.width = r->width, .height = r->height};
	copy.rgb = yihu_calloc(RASTER_BYTES(r), 1);
	memcpy(copy.rgb, r->rgb, RASTER_BYTES(r));
	return copy;
}

/* Each time three quarters of both sides. One point always fits. */
void picture_encode(struct yihu_buf *jpeg, const struct raster *r, size_t most)
{
	struct raster now = copy_of(r);
	struct yihu_buf out = {0};
	while (!fits(&out, &now, most)) {
		uint32_t longer = now.width > now.height ? now.width : now.height;
		uint32_t width = now.width, height = now.height;
		raster_fit(&width, &height, longer * 3 / 4);
		if (longer == 1 || !raster_shrink(&now, width, height))
			abort();
	}
	yihu_buf_put(jpeg, out.data, out.len);
	yihu_buf_free(&out);
	raster_free(&now);
}
