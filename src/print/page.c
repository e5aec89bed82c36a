/* SPDX-License-Identifier: Apache-2.0
 *
 * Text, lines and codes on a page.
 */
#include "print/page.h"

#include <string.h>

#include "print/pdf.h"

/* ---- typeface ---- */

static PangoFontDescription *description(double points, bool bold)
{
	PangoFontDescription *d = pango_font_description_new();
	pango_font_description_set_family_static(d, PAGE_FONT);
	pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, points * PANGO_SCALE);
	return d;
}

/* Fontconfig gives another font, silently, for one that is not there. */
static int load_font(struct typeface *t, bool bold, struct yihu_error *err)
{
	PangoFontDescription *wanted = description(10, bold);
	t->font[bold] = pango_font_map_load_font(t->map, t->context, wanted);
	PangoFontDescription *got =
		t->font[bold] != NULL ? pango_font_describe(t->font[bold]) : NULL;
	bool same =
		got != NULL && strcmp(pango_font_description_get_family(got), PAGE_FONT) == 0 &&
		pango_font_description_get_weight(got) == pango_font_description_get_weight(wanted);
	if (got != NULL)
		pango_font_description_free(got);
	pango_font_description_free(wanted);
	if (same)
		return 0;
	return yihu_fail(err, YIHU_ENOENT,
			 _("the font %s (%s) is not installed; on Debian it is in the package "
			   "fonts-noto-cjk"),
			 PAGE_FONT, bold ? "bold" : "regular");
}

int typeface_open(struct typeface *t, bool chinese, struct yihu_error *err)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	*t = (struct typeface){.map = pango_cairo_font_map_new()};
	t->context = pango_font_map_create_context(t->map);
	pango_cairo_context_set_resolution(t->context, 72);
	pango_cairo_context_set_font_options(t->context, options);
	pango_context_set_round_glyph_positions(t->context, FALSE);
	pango_context_set_language(t->context,
				   pango_language_from_string(chinese ? "zh-cn" : "en"));
	cairo_font_options_destroy(options);
	t->layout = pango_layout_new(t->context);
	int r = load_font(t, false, err);
	return r == 0 ? load_font(t, true, err) : r;
}

void typeface_close(struct typeface *t)
{
	g_clear_object(&t->font[0]);
	g_clear_object(&t->font[1]);
	g_clear_object(&t->layout);
	g_clear_object(&t->context);
	g_clear_object(&t->map);
}

/* ---- text ---- */

/* A box in place of a rare character of somebody's name is worse than an error. */
static bool can_print(struct page *p, struct text_style s, const char *text)
{
	const char *bad = NULL;
	if (!g_utf8_validate(text, -1, &bad))
		p->failed = yihu_fail(p->err, YIHU_EFORMAT, _("“%s” is not UTF-8"), text);
	for (const char *c = text; p->failed == 0 && *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar u = g_utf8_get_char(c);
		char is[8] = {0};
		g_unichar_to_utf8(u, is);
		if (!g_unichar_isprint(u))
			p->failed = yihu_fail(
				p->err, YIHU_EFORMAT,
				_("“%s” has a character that cannot be printed, U+%04X"), text, u);
		else if (!pango_font_has_char(p->type->font[s.bold], u))
			p->failed = yihu_fail(p->err, YIHU_EFORMAT,
					      _("“%s”: the font %s has no character “%s” (U+%04X)"),
					      text, PAGE_FONT, is, u);
	}
	return p->failed == 0;
}

static void set_breaks(PangoLayout *l)
{
	PangoAttrList *attributes = pango_attr_list_new();
	pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(l, attributes);
	pango_attr_list_unref(attributes);
}

static PangoLayout *set(struct page *p, struct text_style s, const char *text)
{
	static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
						PANGO_ALIGN_RIGHT};
	PangoLayout *l = p->type->layout;
	PangoFontDescription *d = description(s.points * p->scale, s.bold);
	bool wrapped = s.width > 0;
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, wrapped ? (int)(s.width * p->scale * PDF_MM * PANGO_SCALE) : -1);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, aligns[s.align]);
	pango_layout_set_height(l, s.lines != 0 ? -s.lines : -1000);
	pango_layout_set_ellipsize(l, s.lines != 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_set_text(l, text, -1);
	set_breaks(l);
	return l;
}

static void measure(struct page *p, struct text_style s, const char *text, double *w, double *h)
{
	int width, height;
	*w = *h = 0;
	if (p->failed != 0 || !can_print(p, s, text))
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
	pango_cairo_show_layout(p->cr, p->type->layout);
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

void page_box(struct page *p, double x, double y, double w, double h, double line)
{
	double unit = PDF_MM * p->scale;
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	cairo_set_line_width(p->cr, line * unit);
	cairo_rectangle(p->cr, x * unit, y * unit, w * unit, h * unit);
	cairo_stroke(p->cr);
}

/* ---- codes ---- */

struct code {
	cairo_t *cr;
	double x, y, module; /* in points */
};

static void add_run(void *context, int x, int y, int n)
{
	const struct code *c = context;
	cairo_rectangle(c->cr, c->x + x * c->module, c->y + y * c->module, n * c->module,
			c->module);
}

static void fill_code(struct page *p)
{
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	cairo_fill(p->cr);
}

double page_letter_code(struct page *p, double x, double y, const struct letter_style *s,
			const struct yihu_token *t)
{
	struct code c = {p->cr, x * PDF_MM, y * PDF_MM, PAGE_MODULE_MM * PDF_MM};
	int side = 0;
	if (p->failed == 0)
		p->failed = letter_qr_runs(s, t, add_run, &c, &side, p->err);
	fill_code(p);
	return side * PAGE_MODULE_MM;
}

void page_text_code(struct page *p, double x, double y, double side, const char *text)
{
	int modules = 0;
	double unit = PDF_MM * p->scale;
	if (p->failed == 0)
		p->failed = text_qr_runs(text, NULL, NULL, &modules, p->err);
	if (p->failed != 0)
		return;
	struct code c = {p->cr, x * unit, y * unit, side * unit / modules};
	p->failed = text_qr_runs(text, add_run, &c, &modules, p->err);
	fill_code(p);
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
