/* SPDX-License-Identifier: Apache-2.0
 *
 * JPEG, by libjpeg.
 */
#include "decoder.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "exif.h"

#define EIGHTHS 8
#define EXIF_MARKER (JPEG_APP0 + 1)

struct jpeg_reading {
	struct jpeg_decompress_struct j;
	struct jpeg_error_mgr errors;
	jmp_buf out;
	enum picture_found found;
	uint8_t *row; /* of four colours, where it has four */
};

static _Noreturn void stop(j_common_ptr j)
{
	struct jpeg_reading *x = j->client_data;
	x->found = j->err->msg_code == JERR_OUT_OF_MEMORY ? PICTURE_TOO_DEAR : PICTURE_DAMAGED;
	longjmp(x->out, 1);
}

/* What some cameras write beside the picture; other warnings are damage. */
static bool is_harmless(int message)
{
	return message == JWRN_EXTRANEOUS_DATA || message == JWRN_ADOBE_XFORM ||
	       message == JWRN_JFIF_MAJOR;
}

static void warn(j_common_ptr j, int level)
{
	if (level < 0 && !is_harmless(j->err->msg_code))
		stop(j);
}

static unsigned orientation_of(const struct jpeg_decompress_struct *j)
{
	for (jpeg_saved_marker_ptr m = j->marker_list; m; m = m->next)
		if (m->data_length > 6 && memcmp(m->data, "Exif\0\0", 6) == 0)
			return exif_orientation(m->data, m->data_length);
	return 1;
}

/* The fewest eighths that leave the longer side no shorter than s->side. */
static void choose_size(struct jpeg_decompress_struct *j, uint32_t side)
{
	uint32_t longer = j->image_width > j->image_height ? j->image_width : j->image_height;
	j->scale_denom = EIGHTHS;
	for (j->scale_num = 1; j->scale_num < EIGHTHS; j->scale_num++)
		if ((uint64_t)longer * j->scale_num / EIGHTHS >= side)
			return;
}

/* Ink on white. Adobe's programs write how little of it there is. */
static void from_ink(uint8_t *rgb, const uint8_t *cmyk, uint32_t n, bool inverted)
{
	for (uint32_t i = 0; i < n; i++, cmyk += 4)
		for (int c = 0; c < 3; c++) {
			unsigned light = inverted ? cmyk[c] : 255u - cmyk[c];
			unsigned all = inverted ? cmyk[3] : 255u - cmyk[3];
			*rgb++ = (uint8_t)(light * all / 255);
		}
}

static void read_rows(struct jpeg_reading *x, struct raster *r)
{
	struct jpeg_decompress_struct *j = &x->j;
	bool ink = j->out_color_space == JCS_CMYK;
	while (j->output_scanline < j->output_height) {
		uint8_t *to = r->rgb + (size_t)3 * r->width * j->output_scanline;
		JSAMPROW row = ink ? x->row : to;
		jpeg_read_scanlines(j, &row, 1);
		if (ink)
			from_ink(to, x->row, r->width, j->saw_Adobe_marker);
	}
}

static enum picture_found decode(struct jpeg_reading *x, struct raster *r, unsigned *orientation,
				 const struct picture_source *s)
{
	struct jpeg_decompress_struct *j = &x->j;
	jpeg_save_markers(j, EXIF_MARKER, 0xffff);
	jpeg_mem_src(j, s->bytes, s->len);
	jpeg_read_header(j, TRUE);
	*orientation = orientation_of(j);
	if ((uint64_t)j->image_width * j->image_height > PICTURE_POINTS_MAX) {
		*r = (struct raster){.width = j->image_width, .height = j->image_height};
		return PICTURE_TOO_MANY;
	}
	bool ink = j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK;
	j->out_color_space = ink ? JCS_CMYK : JCS_RGB;
	choose_size(j, s->side);
	jpeg_start_decompress(j);
	if (!raster_make(r, j->output_width, j->output_height))
		return PICTURE_TOO_DEAR;
	x->row = calloc(j->output_width, 4);
	if (!x->row)
		return PICTURE_TOO_DEAR;
	read_rows(x, r);
	jpeg_finish_decompress(j);
	return PICTURE_READ;
}

/* On the heap, since the way out of an error comes back to it. */
enum picture_found picture_decode_jpeg(struct raster *r, unsigned *orientation,
				       const struct picture_source *s)
{
	struct jpeg_reading *x = calloc(1, sizeof *x);
	if (!x)
		return PICTURE_TOO_DEAR;
	x->j.err = jpeg_std_error(&x->errors);
	x->j.client_data = x;
	x->errors.error_exit = stop;
	x->errors.emit_message = warn;
	if (setjmp(x->out) == 0) {
		jpeg_create_decompress(&x->j);
		x->found = decode(x, r, orientation, s);
	}
	enum picture_found found = x->found;
	if (found != PICTURE_READ && found != PICTURE_TOO_MANY)
		raster_free(r);
	jpeg_destroy_decompress(&x->j);
	free(x->row);
	free(x);
	return found;
}
