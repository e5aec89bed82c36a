/* SPDX-License-Identifier: Apache-2.0
 *
 * What a laid out text looks like, into a PDF, with the characters that it
 * stands for, so that it can be searched and copied.
 */
#ifndef YIHU_PRINT_GLYPHS_H
#define YIHU_PRINT_GLYPHS_H

#include <pango/pangocairo.h>

/* Glyphs of one font, where they come on the page, and what they stand for. */
struct glyph_run {
	cairo_scaled_font_t *font;
	char *text;
	int bytes, n_glyphs, n_clusters;
	cairo_glyph_t *glyphs;
	cairo_text_cluster_t *clusters;
	cairo_text_cluster_flags_t flags;
};
typedef void glyph_take(void *context, struct glyph_run run);
/* In place of pango_cairo_show_layout(), whose glyphs can be missing in a PDF: the
 * runs of a layout whose top left corner is x, y. Each is take's to finish. */
void glyphs_each(PangoLayout *layout, double x, double y, glyph_take *take, void *context);
/* Draws it in the colour that cr has. */
void glyph_run_show(cairo_t *cr, const struct glyph_run *run);
/* Leaves it empty. */
void glyph_run_finish(struct glyph_run *run);

#endif
