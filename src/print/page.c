/* SPDX-License-Identifier: Apache-2.0
 *
 * Text, lines and codes on a page.
 */
#include "print/page.h"

#include <string.h>

static void turn(struct page *p);

static void put(struct page *p, struct ink ink)
{
	if (p->keep) {
		drawing_put(p->keep, ink);
		return;
	}
	if (ink.kind != INK_TAG_END)
		turn(p);
	ink_draw(p->to->cr, &ink);
	ink_finish(&ink);
}

/* ---- elements ---- */

void page_begin(struct page *p, const char *tag)
{
	put(p, (struct ink){.kind = INK_TAG, .tag = tag});
}

void page_end(struct page *p, const char *tag)
{
	put(p, (struct ink){.kind = INK_TAG_END, .tag = tag});
	p->in_figure = false;
}

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

struct text_place {
	struct page *page;
	double grey;
};

static void take_run(void *context, struct glyph_run run)
{
	const struct text_place *at = context;
	put(at->page, (struct ink){.kind = INK_TEXT, .grey = at->grey, .run = run});
}

/* The narrowest that it can be on as many lines: no line of one word alone. */
static double even_width(struct page *p, struct text_style s, const char *text)
{
	double low = 0, high = s.width;
	int lines = pango_layout_get_line_count(set(p, s, text));
	if (lines < 2 || (s.lines != 0 && pango_layout_is_ellipsized(p->type->layout)))
		return s.width;
	while (high - low > 1) {
		s.width = (low + high) / 2;
		bool fits = pango_layout_get_line_count(set(p, s, text)) <= lines &&
			    !pango_layout_is_ellipsized(p->type->layout);
		*(fits ? &high : &low) = s.width;
	}
	return high;
}

/* Where a heading that is narrower than its room begins. */
static double even_left(const struct text_style *s, double x, double width)
{
	double rest = s->width - width;
	return x + (s->align == PAGE_RIGHT ? rest : s->align == PAGE_CENTER ? rest / 2 : 0);
}

double page_text(struct page *p, double x, double y, struct text_style s, const char *text)
{
	double w, h, unit = PDF_MM * p->scale;
	const char *tag = p->in_figure ? NULL : s.tag ? s.tag : "P";
	if (!p->keep)
		turn(p); /* before this text is laid out */
	measure(p, s, text, &w, &h);
	if (p->failed != 0)
		return 0;
	if (s.width > 0 && s.tag && *s.tag == 'H') {
		double width = even_width(p, s, text);
		x = even_left(&s, x, width);
		s.width = width;
		set(p, s, text);
	}
	if (s.width <= 0)
		x -= s.align == PAGE_RIGHT ? w : s.align == PAGE_CENTER ? w / 2 : 0;
	if (tag)
		page_begin(p, tag);
	glyphs_each(p->type->layout, x * unit, y * unit, take_run, &(struct text_place){p, s.grey});
	if (tag)
		page_end(p, tag);
	return h;
}

/* ---- figures ---- */

/* Cairo 1.18 takes a figure for empty that has no glyph. */
static void take_as_space(void *context, struct glyph_run run)
{
	run.text[0] = ' ';
	run.bytes = run.clusters[0].num_bytes = 1;
	take_run(context, run);
}

void page_figure(struct page *p, const char *alt)
{
	page_begin(p, "Figure");
	p->in_figure = true;
	if (p->to)
		pdf_figure(p->to, alt);
	if (p->failed == 0)
		glyphs_each(set(p, (struct text_style){.points = 1}, "¸"), 0, 0, take_as_space,
			    &(struct text_place){p, 1});
}

/* ---- lines ---- */

/* dash: millimetres; 0: none. */
static void put_line(struct page *p, const double ends[static 4], double width, double dash)
{
	double unit = PDF_MM * p->scale;
	put(p, (struct ink){.kind = INK_LINE,
			    .x = ends[0] * unit,
			    .y = ends[1] * unit,
			    .w = ends[2] * unit,
			    .h = ends[3] * unit,
			    .thick = width * unit,
			    .dash = dash * unit});
}

void page_line(struct page *p, double x1, double y1, double x2, double y2, double width)
{
	put_line(p, (const double[]){x1, y1, x2, y2}, width, 0);
}

void page_tear_line(struct page *p, double x1, double x2, double y)
{
	put_line(p, (const double[]){x1, y, x2, y}, 0.3, 2);
}

void page_fold_marks(struct page *p)
{
	for (int i = 1; i <= 2; i++) {
		page_line(p, 4, i * PAGE_FOLD, 9, i * PAGE_FOLD, 0.2);
		page_line(p, A4_WIDTH - 9, i * PAGE_FOLD, A4_WIDTH - 4, i * PAGE_FOLD, 0.2);
	}
}

static struct ink rectangle(const struct page *p, double x, double y, double w, double h)
{
	double unit = PDF_MM * p->scale;
	return (struct ink){.x = x * unit, .y = y * unit, .w = w * unit, .h = h * unit};
}

void page_box(struct page *p, double x, double y, double w, double h, double line)
{
	struct ink ink = rectangle(p, x, y, w, h);
	ink.kind = INK_BOX;
	ink.thick = line * PDF_MM * p->scale;
	put(p, ink);
}

void page_fill(struct page *p, double x, double y, double w, double h, double grey)
{
	struct ink ink = rectangle(p, x, y, w, h);
	ink.kind = INK_FILL;
	ink.grey = grey;
	put(p, ink);
}

/* ---- rehearsals ---- */

/* Above the margin of all papers; a poster's is larger with it. */
#define BAND_TOP 3.4
#define BAND_HEIGHT 7.2
#define BAND_SIDE 42.0

static void rehearsal_band(struct page *p)
{
	const struct text_style style = {
		.points = 15, .bold = true, .align = PAGE_CENTER, .grey = 1};
	const char *says = word(p->type->language, W_PAPER_REHEARSAL);
	double rest = BAND_HEIGHT - page_text_height(p, style, says);
	page_fill(p, BAND_SIDE, BAND_TOP, A4_WIDTH - 2 * BAND_SIDE, BAND_HEIGHT, 0);
	page_text(p, A4_WIDTH / 2, BAND_TOP + rest / 2, style, says);
}

/* To the next page, if the last one ended. A rehearsal's begins by saying so. */
static void turn(struct page *p)
{
	pdf_turn(p->to);
	bool says = p->to->rehearsal && p->to->page_fresh && p->failed == 0;
	p->to->page_fresh = false;
	if (says)
		rehearsal_band(p);
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
	turn(p);
	cairo_t *cr = p->to->cr;
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(c->image);
	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_save(cr);
	cairo_translate(cr, x * unit, y * unit);
	cairo_scale(cr, module, module);
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_mask(cr, pattern);
	cairo_restore(cr);
	cairo_pattern_destroy(pattern);
}

/* ---- drawings ---- */

void page_own(struct page *p, int part)
{
	put(p, (struct ink){.kind = INK_OWN, .own = part});
}

void page_replay(struct page *p, const struct drawing *d, page_part *draw, void *context)
{
	turn(p);
	for (size_t i = 0; i < d->n; i++)
		if (d->ink[i].kind == INK_OWN)
			draw(p, context, d->ink[i].own);
		else
			ink_draw(p->to->cr, &d->ink[i]);
}
