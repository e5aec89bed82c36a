/* SPDX-License-Identifier: Apache-2.0
 *
 * Text, lines and codes on a page.
 */
#include "print/page.h"

#include <string.h>

#include "print/glyphs.h"
#include "print/pdf.h"

/* ---- text ---- */

static PangoLayout *set(struct page *p, struct text_style s, const char *text)
{
	static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
						PANGO_ALIGN_RIGHT};
	PangoLayout *l = p->type->layout;
	PangoFontDescription *d = typeface_description(s.points * p->scale, s.bold);
	bool wrapped = s.width > 0;
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, wrapped ? (int)(s.width * p->scale * PDF_MM * PANGO_SCALE) : -1);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, aligns[s.align]);
	pango_layout_set_height(l, s.lines != 0 ? -s.lines : -1000);
	pango_layout_set_ellipsize(l, s.lines != 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_set_text(l, text, -1);
	PangoAttrList *attributes = typeface_dress(p->type, s.bold, text);
	pango_layout_set_attributes(l, attributes);
	pango_attr_list_unref(attributes);
	return l;
}

static void measure(struct page *p, struct text_style s, const char *text, double *w, double *h)
{
	int width, height;
	*w = *h = 0;
	if (p->failed == 0)
		p->failed = typeface_check(p->type, s.bold, text, p->err);
	if (p->failed != 0)
		return;
	pango_layout_get_size(set(p, s, text), &width, &height);
	*w = width / (PANGO_SCALE * PDF_MM * p->scale);
	*h = height / (PANGO_SCALE * PDF_MM * p->scale);
}

double page_text_height(struct page *p, struct text_style s, const char *text)
{
	double w, h;
	measure(p, s, text, &w, &h);
	return h;
}

double page_text_width(struct page *p, struct text_style s, const char *text)
{
	double w, h;
	measure(p, s, text, &w, &h);
	return w;
}

double page_text(struct page *p, double x, double y, struct text_style s, const char *text)
{
	double w, h, unit = PDF_MM * p->scale;
	measure(p, s, text, &w, &h);
	if (p->failed != 0)
		return 0;
	if (s.width <= 0)
		x -= s.align == PAGE_RIGHT ? w : s.align == PAGE_CENTER ? w / 2 : 0;
	cairo_set_source_rgb(p->cr, s.grey, s.grey, s.grey);
	cairo_move_to(p->cr, x * unit, y * unit);
	glyphs_show(p->cr, p->type->layout);
	return h;
}

/* ---- lines ---- */

void page_line(struct page *p, double x1, double y1, double x2, double y2, double width)
{
	double unit = PDF_MM * p->scale;
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	cairo_set_line_width(p->cr, width * unit);
	cairo_move_to(p->cr, x1 * unit, y1 * unit);
	cairo_line_to(p->cr, x2 * unit, y2 * unit);
	cairo_stroke(p->cr);
}

void page_tear_line(struct page *p, double x1, double x2, double y)
{
	const double dash = 2 * PDF_MM * p->scale;
	cairo_set_dash(p->cr, &dash, 1, 0);
	page_line(p, x1, y, x2, y, 0.3);
	cairo_set_dash(p->cr, NULL, 0, 0);
}

void page_fold_marks(struct page *p)
{
	for (int i = 1; i <= 2; i++) {
		page_line(p, 4, i * PAGE_FOLD, 9, i * PAGE_FOLD, 0.2);
		page_line(p, A4_WIDTH - 9, i * PAGE_FOLD, A4_WIDTH - 4, i * PAGE_FOLD, 0.2);
	}
}

void page_box(struct page *p, double x, double y, double w, double h, double line)
{
	double unit = PDF_MM * p->scale;
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	cairo_set_line_width(p->cr, line * unit);
	cairo_rectangle(p->cr, x * unit, y * unit, w * unit, h * unit);
	cairo_stroke(p->cr);
}

void page_fill(struct page *p, double x, double y, double w, double h, double grey)
{
	double unit = PDF_MM * p->scale;
	cairo_set_source_rgb(p->cr, grey, grey, grey);
	cairo_rectangle(p->cr, x * unit, y * unit, w * unit, h * unit);
	cairo_fill(p->cr);
}

/* ---- codes ---- */

/* A bit a module. As a stencil a code is 371 bytes in the file, and a tenth of
 * the time of the same rectangles as a path; printed, a module is whole dots.
 * The pixels are cairo's until the page ends, so they cannot be wiped before. */
static void set_bits(void *context, int x, int y, int n)
{
	struct page_code *c = context;
	if (!c->image)
		c->image = cairo_image_surface_create(CAIRO_FORMAT_A1, c->side, c->side);
	unsigned char *row = cairo_image_surface_get_data(c->image) +
			     (ptrdiff_t)y * cairo_image_surface_get_stride(c->image);
	for (int i = x; i < x + n; i++) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
		row[i / 8] |= (unsigned char)(1u << (i % 8));
#else
		row[i / 8] |= (unsigned char)(0x80u >> (i % 8));
#endif
	}
}

int page_code_letter(struct page_code *c, const struct letter_style *s, const struct yihu_token *t,
		     struct yihu_error *err)
{
	*c = (struct page_code){0};
	int r = letter_qr_runs(s, t, set_bits, c, &c->side, err);
	if (r == 0)
		cairo_surface_mark_dirty(c->image);
	return r;
}

int page_code_text(struct page_code *c, const char *text, struct yihu_error *err)
{
	*c = (struct page_code){0};
	int r = text_qr_runs(text, set_bits, c, &c->side, err);
	if (r == 0)
		cairo_surface_mark_dirty(c->image);
	return r;
}

void page_code_finish(struct page_code *c)
{
	cairo_surface_destroy(c->image);
	c->image = NULL;
}

void page_code(struct page *p, double x, double y, double side_mm, const struct page_code *c)
{
	double unit = PDF_MM * p->scale, module = side_mm * unit / c->side;
	if (p->failed != 0 || !c->image)
		return;
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(c->image);
	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_save(p->cr);
	cairo_translate(p->cr, x * unit, y * unit);
	cairo_scale(p->cr, module, module);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	cairo_mask(p->cr, pattern);
	cairo_restore(p->cr);
	cairo_pattern_destroy(pattern);
}

/* ---- drawings ---- */

cairo_surface_t *page_record(struct page *p, double width_mm, double height_mm)
{
	cairo_surface_t *drawing = cairo_recording_surface_create(
		CAIRO_CONTENT_COLOR_ALPHA,
		&(cairo_rectangle_t){0, 0, width_mm * PDF_MM, height_mm * PDF_MM});
	p->cr = cairo_create(drawing);
	return drawing;
}

void page_replay(cairo_t *cr, cairo_surface_t *drawing)
{
	cairo_set_source_surface(cr, drawing, 0, 0);
	cairo_paint(cr);
}
