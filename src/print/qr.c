/* SPDX-License-Identifier: Apache-2.0
 *
 * The QR code of a letter (PROTOCOL §5): a byte segment with the URL, a
 * numeric segment with the token's digits, error correction M.
 */
#include "print/print.h"

#include <assert.h>
#include <errno.h>
#include <png.h>
#include <qrencode.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define QUIET_MODULES 4 /* ISO/IEC 18004: white margin on each side */
#define PNG_MODULE_PX 8
/* All letters of a server election have the same size of code: version 7
 * holds hosts of up to 24 characters. */
#define QR_VERSION_WITH_URL 7

static int encode(QRcode **out, const struct letter_style *s, const struct yihu_token *t,
		  struct yihu_error *err)
{
	char digits[YIHU_TOKEN_DIGITS + 1];
	bool url = s->prefix.len > 0;
	QRinput *input = QRinput_new2(url ? QR_VERSION_WITH_URL : 0, QR_ECLEVEL_M);
	int failed = 0;
	yihu_token_digits(digits, t);
	if (input && url)
		failed = QRinput_append(input, QR_MODE_8, (int)s->prefix.len, s->prefix.data);
	if (input && !failed)
		failed = QRinput_append(input, QR_MODE_NUM, YIHU_TOKEN_DIGITS,
					(const unsigned char *)digits);
	QRcode *code = input && !failed ? QRcode_encodeInput(input) : NULL;
	QRinput_free(input);
	sodium_memzero(digits, sizeof digits);
	if (!code)
		return yihu_fail(err, YIHU_ETOKEN, _("letter %04u: no QR code holds its code (%s)"),
				 t->serial, strerror(errno));
	*out = code;
	return 0;
}

static void code_free(QRcode *code)
{
	sodium_memzero(code->data, (size_t)code->width * (size_t)code->width);
	QRcode_free(code);
}

static bool dark(const QRcode *code, int x, int y)
{
	return (code->data[y * code->width + x] & 1) != 0;
}

/* A row's neighbouring dark modules are one rectangle: a tenth of the size. */
static void runs_of_row(const QRcode *code, int y, letter_run *run, void *context)
{
	for (int x = 0; x < code->width; x++) {
		int start = x;
		while (x < code->width && dark(code, x, y))
			x++;
		if (x > start)
			run(context, start + QUIET_MODULES, y + QUIET_MODULES, x - start);
	}
}

static void runs_of(const QRcode *code, letter_run *run, void *context, int *side)
{
	*side = code->width + 2 * QUIET_MODULES;
	for (int y = 0; y < code->width && run; y++)
		runs_of_row(code, y, run, context);
}

int letter_qr_runs(const struct letter_style *s, const struct yihu_token *t, letter_run *run,
		   void *context, int *side, struct yihu_error *err)
{
	QRcode *code = NULL;
	int r = encode(&code, s, t, err);
	if (r != 0)
		return r;
	assert(code != NULL);
	runs_of(code, run, context, side);
	code_free(code);
	return 0;
}

int text_qr_runs(const char *text, letter_run *run, void *context, int *side,
		 struct yihu_error *err)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code)
		return yihu_fail(err, YIHU_ETOOBIG, _("no QR code holds “%s” (%s)"), text,
				 strerror(errno));
	runs_of(code, run, context, side);
	code_free(code);
	return 0;
}

static void svg_run(void *context, int x, int y, int n)
{
	yihu_buf_fmt(context, "M%d %dh%dv1h-%dz", x, y, n, n);
}

int letter_qr_svg(struct yihu_buf *out, const struct letter_style *s, const struct yihu_token *t,
		  struct yihu_error *err)
{
	struct yihu_buf path = {0};
	int side;
	int r = letter_qr_runs(s, t, svg_run, &path, &side, err);
	if (r == 0)
		yihu_buf_fmt(out,
			     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.3fmm\" "
			     "height=\"%.3fmm\" viewBox=\"0 0 %d %d\" "
			     "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 "
			     "0h%dv%dH0z\"/><path d=\"%s\"/></svg>\n",
			     side * PAGE_MODULE_MM, side * PAGE_MODULE_MM, side, side, side, side,
			     (const char *)path.data);
	yihu_buf_free(&path);
	return r;
}

/* ---- PNG: one bit a pixel ---- */

static void png_put(png_structp png, png_bytep data, png_size_t len)
{
	yihu_buf_put(png_get_io_ptr(png), data, len);
}

static void png_flush_nothing(png_structp png)
{
	(void)png;
}

/* Bit 1 is white. y counts modules, the quiet zone included. */
static void pixel_row(uint8_t *row, size_t row_bytes, const QRcode *code, int y)
{
	memset(row, 0xff, row_bytes);
	if (y < QUIET_MODULES || y >= QUIET_MODULES + code->width)
		return;
	for (int x = 0; x < code->width; x++)
		if (dark(code, x, y - QUIET_MODULES))
			row[x + QUIET_MODULES] = 0; /* PNG_MODULE_PX = 8: a module is a byte */
}

static void write_rows(png_structp png, const QRcode *code, uint8_t *row, size_t row_bytes)
{
	for (int y = 0; y < code->width + 2 * QUIET_MODULES; y++) {
		pixel_row(row, row_bytes, code, y);
		for (int i = 0; i < PNG_MODULE_PX; i++)
			png_write_row(png, row);
	}
}

static bool write_png(struct yihu_buf *out, const QRcode *code)
{
	size_t side = (size_t)code->width + (size_t)2 * QUIET_MODULES;
	uint8_t *row = yihu_alloc(side);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	bool ok = info && setjmp(png_jmpbuf(png)) == 0;
	if (ok) {
		png_set_write_fn(png, out, png_put, png_flush_nothing);
		png_set_IHDR(png, info, (png_uint_32)side * PNG_MODULE_PX,
			     (png_uint_32)side * PNG_MODULE_PX, 1, PNG_COLOR_TYPE_GRAY,
			     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
			     PNG_FILTER_TYPE_DEFAULT);
		png_write_info(png, info);
		write_rows(png, code, row, side);
		png_write_end(png, NULL);
	}
	png_destroy_write_struct(&png, &info);
	sodium_memzero(row, side);
	free(row);
	return ok;
}

int letter_qr_png(struct yihu_buf *out, const struct letter_style *s, const struct yihu_token *t,
		  struct yihu_error *err)
{
	QRcode *code = NULL;
	int r = encode(&code, s, t, err);
	if (r != 0)
		return r;
	assert(code != NULL);
	if (!write_png(out, code))
		r = yihu_fail(err, YIHU_EIO, _("letter %04u: its QR code cannot be drawn"),
			      t->serial);
	code_free(code);
	return r;
}
