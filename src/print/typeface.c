/* SPDX-License-Identifier: Apache-2.0
 *
 * The typeface, and what stands in where it has no glyph. Fontconfig would
 * give another font silently, and a box for what none has; here both are
 * looked at.
 */
#include "print/typeface.h"

#include <string.h>

#define FAMILY "Noto Sans CJK SC"
/* Asked first for what the family lacks; any other installed font after it. */
#define OTHERS FAMILY ", DejaVu Sans"

PangoFontDescription *typeface_description(double points, bool bold)
{
	PangoFontDescription *d = pango_font_description_new();
	pango_font_description_set_family_static(d, FAMILY);
	pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, points * PANGO_SCALE);
	return d;
}

/* Fontconfig gives another font, silently, for one that is not there. */
static int load_font(struct typeface *t, bool bold, struct yihu_error *err)
{
	PangoFontDescription *wanted = typeface_description(10, bold);
	t->font[bold] = pango_font_map_load_font(t->map, t->context, wanted);
	PangoFontDescription *got = t->font[bold] ? pango_font_describe(t->font[bold]) : NULL;
	bool same =
		got && strcmp(pango_font_description_get_family(got), FAMILY) == 0 &&
		pango_font_description_get_weight(got) == pango_font_description_get_weight(wanted);
	if (got)
		pango_font_description_free(got);
	pango_font_description_free(wanted);
	if (same)
		return 0;
	return yihu_fail(err, YIHU_ENOENT,
			 _("the font %s (%s) is not installed; on Debian it is in the package "
			   "fonts-noto-cjk"),
			 FAMILY, bold ? "bold" : "regular");
}

int typeface_open(struct typeface *t, enum language l, struct yihu_error *err)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	*t = (struct typeface){.language = l,
			       .map = pango_cairo_font_map_new(),
			       .narrow_quotes = strncmp(words_tag(l), "zh", 2) != 0};
	t->context = pango_font_map_create_context(t->map);
	pango_cairo_context_set_resolution(t->context, 72);
	pango_cairo_context_set_font_options(t->context, options);
	pango_context_set_round_glyph_positions(t->context, FALSE);
	pango_context_set_language(t->context, pango_language_from_string(words_tag(l)));
	cairo_font_options_destroy(options);
	t->layout = pango_layout_new(t->context);
	int r = load_font(t, false, err);
	return r == 0 ? load_font(t, true, err) : r;
}

void typeface_close(struct typeface *t)
{
	g_clear_object(&t->others[0]);
	g_clear_object(&t->others[1]);
	g_clear_object(&t->font[0]);
	g_clear_object(&t->font[1]);
	g_clear_object(&t->layout);
	g_clear_object(&t->context);
	g_clear_object(&t->map);
}

/* ---- what the typeface lacks ---- */

static bool has(PangoFont *font, gunichar u)
{
	return pango_font_has_char(font, u);
}

/* An installed font that has u; NULL: there is none. The caller unrefs. */
static PangoFont *other_font(struct typeface *t, bool bold, gunichar u)
{
	if (!t->others[bold]) {
		PangoFontDescription *wanted = typeface_description(10, bold);
		pango_font_description_set_family_static(wanted, OTHERS);
		t->others[bold] = pango_font_map_load_fontset(
			t->map, t->context, wanted, pango_context_get_language(t->context));
		pango_font_description_free(wanted);
	}
	PangoFont *font = pango_fontset_get_font(t->others[bold], u);
	if (font && !has(font, u))
		g_clear_object(&font);
	return font;
}

/* g_utf8_next_char takes const away. */
static const char *next_char(const char *c)
{
	return c + g_utf8_skip[(guchar)*c];
}

/* It picks the form of the sign before it, where a font has several, and is
 * itself not seen. */
static bool picks_a_form(gunichar u)
{
	return (u >= 0xfe00 && u <= 0xfe0f) || (u >= 0xe0100 && u <= 0xe01ef);
}

static int check_char(struct typeface *t, bool bold, const char *text, gunichar u,
		      struct yihu_error *err)
{
	char is[8] = {0};
	if (!g_unichar_isprint(u))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("“%s” has a character that cannot be printed, U+%04X"), text, u);
	if (picks_a_form(u) || has(t->font[bold], u))
		return 0;
	PangoFont *other = other_font(t, bold, u);
	bool there = other != NULL;
	g_clear_object(&other);
	g_unichar_to_utf8(u, is);
	return there ? 0
		     : yihu_fail(err, YIHU_EFORMAT,
				 _("“%s”: neither the font %s nor another installed font has the "
				   "character “%s” (U+%04X)"),
				 text, FAMILY, is, u);
}

int typeface_check(struct typeface *t, bool bold, const char *text, struct yihu_error *err)
{
	int r = 0;
	if (!g_utf8_validate(text, -1, NULL))
		return yihu_fail(err, YIHU_EFORMAT, _("“%s” is not UTF-8"), text);
	for (const char *c = text; r == 0 && *c != '\0'; c = next_char(c))
		r = check_char(t, bold, text, g_utf8_get_char(c), err);
	return r;
}

/* Letters of alphabets, and marks on them; Chinese characters are words alone. */
static bool in_word(gunichar u)
{
	return u < 0x2e80 && (g_unichar_isalpha(u) || g_unichar_ismark(u));
}

static const char *word_end(const char *c)
{
	const char *end = next_char(c);
	while (in_word(g_utf8_get_char(c)) && in_word(g_utf8_get_char(end)))
		end = next_char(end);
	return end;
}

static const char *first_lacking(PangoFont *font, const char *from, const char *end)
{
	const char *c = from;
	while (c < end && has(font, g_utf8_get_char(c)))
		c = next_char(c);
	return c;
}

static void set_in(PangoAttrList *list, PangoFont *font, const char *text, const char *from,
		   const char *end)
{
	PangoFontDescription *is = pango_font_describe(font);
	PangoAttribute *family = pango_attr_family_new(pango_font_description_get_family(is));
	family->start_index = (guint)(from - text);
	family->end_index = (guint)(end - text);
	pango_attr_list_insert(list, family);
	pango_font_description_free(is);
}

static void dress_word(PangoAttrList *list, struct typeface *t, bool bold, const char *text,
		       const char *from, const char *end)
{
	const char *c = first_lacking(t->font[bold], from, end);
	while (c < end) {
		PangoFont *other = other_font(t, bold, g_utf8_get_char(c));
		bool whole = other && first_lacking(other, from, end) == end;
		const char *next = whole ? end : next_char(c);
		if (other)
			set_in(list, other, text, whole ? from : c, next);
		g_clear_object(&other);
		c = first_lacking(t->font[bold], next, end);
	}
}

/* The family has these as wide as a Chinese character, and narrow as a variant. */
static bool is_quote(gunichar u)
{
	return u == 0x2018 || u == 0x2019 || u == 0x201c || u == 0x201d;
}

static void narrow(PangoAttrList *list, const char *text, const char *from)
{
	PangoAttribute *variant = pango_attr_font_features_new("pwid=1");
	variant->start_index = (guint)(from - text);
	variant->end_index = (guint)(next_char(from) - text);
	pango_attr_list_insert(list, variant);
}

PangoAttrList *typeface_dress(struct typeface *t, bool bold, const char *text)
{
	PangoAttrList *list = pango_attr_list_new();
	pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	/* A ligature is copied out of the PDF as a sign of its own: "ﬁrst" is not found. */
	pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0"));
	for (const char *c = text, *end; *c != '\0'; c = end) {
		end = word_end(c);
		dress_word(list, t, bold, text, c, end);
		if (t->narrow_quotes && is_quote(g_utf8_get_char(c)))
			narrow(list, text, c);
	}
	return list;
}
