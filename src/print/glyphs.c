/* SPDX-License-Identifier: Apache-2.0
 *
 * Glyphs go into a PDF as outlines.
 *
 * Cairo would rather copy them out of the font's CFF table, with those of its
 * subroutines that they call. Cairo 1.16 reads some glyphs wrongly there: it
 * takes a hint mask that stands behind curves for one that is many bytes long,
 * misses the calls in those bytes, and leaves out what they call. "如" is such
 * a glyph in the regular Noto Sans CJK, and readers show nothing in its place.
 * So each font has a twin here that cairo believes to be altered by FreeType,
 * and of which it therefore asks FreeType for every outline.
 */
#include "print/glyphs.h"

#include <cairo-ft.h>
#include <pango/pangofc-font.h>
#include <sodium.h>
#include <stdbool.h>

/* No way of altering glyphs that cairo has; any at all is enough. */
#define ALTERED (1u << 7)

static const cairo_user_data_key_t twin_key;

static void free_twin(void *twin)
{
	cairo_font_face_destroy(twin);
}

/* Asked for as emboldened, so that it is not the face that Pango has. */
static cairo_font_face_t *make_twin(PangoFont *font)
{
	FcPattern *pattern = FcPatternDuplicate(pango_fc_font_get_pattern(PANGO_FC_FONT(font)));
	FcPatternDel(pattern, FC_EMBOLDEN);
	FcPatternAddBool(pattern, FC_EMBOLDEN, FcTrue);
	cairo_font_face_t *twin = cairo_ft_font_face_create_for_pattern(pattern);
	cairo_ft_font_face_unset_synthesize(twin, CAIRO_FT_SYNTHESIZE_BOLD);
	cairo_ft_font_face_set_synthesize(twin, ALTERED);
	FcPatternDestroy(pattern);
	return twin;
}

/* One for each face, at any size: what is not one face is embedded twice. */
static cairo_font_face_t *twin_of(cairo_font_face_t *face, PangoFont *font)
{
	cairo_font_face_t *twin = cairo_font_face_get_user_data(face, &twin_key);
	if (!twin) {
		twin = make_twin(font);
		cairo_font_face_set_user_data(face, &twin_key, twin, free_twin);
	}
	return twin;
}

static cairo_scaled_font_t *font_of(PangoFont *font)
{
	cairo_scaled_font_t *like = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_matrix_t matrix, ctm;
	cairo_scaled_font_get_font_matrix(like, &matrix);
	cairo_scaled_font_get_ctm(like, &ctm);
	cairo_scaled_font_get_font_options(like, options);
	cairo_scaled_font_t *scaled = cairo_scaled_font_create(
		twin_of(cairo_scaled_font_get_font_face(like), font), &matrix, &ctm, options);
	cairo_font_options_destroy(options);
	return scaled;
}

/* Glyphs from x, y on, in the order in which they are drawn; how many. A sign
 * that is nowhere to be seen, such as a variation selector, has none. */
static int place(cairo_glyph_t *to, const PangoGlyphString *from, double x, double y)
{
	int n = 0;
	for (int i = 0; i < from->num_glyphs; i++) {
		const PangoGlyphGeometry *g = &from->glyphs[i].geometry;
		to[n].index = from->glyphs[i].glyph;
		to[n].x = x + (double)g->x_offset / PANGO_SCALE;
		to[n].y = y + (double)g->y_offset / PANGO_SCALE;
		x += (double)g->width / PANGO_SCALE;
		n += from->glyphs[i].glyph != PANGO_GLYPH_EMPTY;
	}
	return n;
}

static int seen_between(const PangoGlyphString *s, int from, int to)
{
	int n = 0;
	for (int i = from; i < to; i++)
		n += s->glyphs[i].glyph != PANGO_GLYPH_EMPTY;
	return n;
}

/* Which bytes of the text each glyph stands for; how many such groups. */
static int cluster(cairo_text_cluster_t *to, PangoGlyphItem *run, const char *text)
{
	PangoGlyphItemIter it;
	int n = 0;
	for (gboolean more = pango_glyph_item_iter_init_start(&it, run, text); more;
	     more = pango_glyph_item_iter_next_cluster(&it)) {
		to[n].num_bytes = it.end_index - it.start_index;
		to[n++].num_glyphs =
			it.start_glyph < it.end_glyph
				? seen_between(run->glyphs, it.start_glyph, it.end_glyph)
				: seen_between(run->glyphs, it.end_glyph + 1, it.start_glyph + 1);
	}
	return n;
}

/* What was cut off is not on the paper, and so not in its text either. */
static void set_text(struct glyph_run *to, PangoGlyphItem *run, const char *text)
{
	static const char ellipsis[] = "…";
	const PangoItem *item = run->item;
	bool cut = (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0;
	to->bytes = cut ? (int)sizeof ellipsis - 1 : item->length;
	to->text = g_strndup(cut ? ellipsis : text + item->offset, (gsize)to->bytes);
	to->clusters = g_new(cairo_text_cluster_t, MAX(run->glyphs->num_glyphs, 1));
	to->n_clusters = cut ? 1 : cluster(to->clusters, run, text);
	if (cut)
		to->clusters[0] = (cairo_text_cluster_t){to->bytes, to->n_glyphs};
	if (item->analysis.level % 2 != 0)
		to->flags = CAIRO_TEXT_CLUSTER_FLAG_BACKWARD;
}

static struct glyph_run run_of(PangoGlyphItem *run, const char *text, double x, double y)
{
	struct glyph_run out = {.font = font_of(run->item->analysis.font),
				.glyphs = g_new(cairo_glyph_t, MAX(run->glyphs->num_glyphs, 1))};
	out.n_glyphs = place(out.glyphs, run->glyphs, x, y);
	set_text(&out, run, text);
	return out;
}

void glyphs_each(PangoLayout *layout, double x, double y, glyph_take *take, void *context)
{
	PangoLayoutIter *it = pango_layout_get_iter(layout);
	const char *text = pango_layout_get_text(layout);
	do {
		PangoRectangle box;
		PangoGlyphItem *run = pango_layout_iter_get_run(it);
		pango_layout_iter_get_run_extents(it, NULL, &box);
		if (run)
			take(context,
			     run_of(run, text, x + (double)box.x / PANGO_SCALE,
				    y + (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE));
	} while (pango_layout_iter_next_run(it));
	pango_layout_iter_free(it);
}

void glyph_run_show(cairo_t *cr, const struct glyph_run *run)
{
	cairo_set_scaled_font(cr, run->font);
	cairo_show_text_glyphs(cr, run->text, run->bytes, run->glyphs, run->n_glyphs, run->clusters,
			       run->n_clusters, run->flags);
}

void glyph_run_finish(struct glyph_run *run)
{
	if (run->font)
		cairo_scaled_font_destroy(run->font);
	if (run->text)
		sodium_memzero(run->text, (size_t)run->bytes);
	g_free(run->text);
	g_free(run->glyphs);
	g_free(run->clusters);
	*run = (struct glyph_run){0};
}
