/* SPDX-License-Identifier: Apache-2.0
 *
 * What is drawn, a step at a time: onto a page at once, or kept to be drawn on many.
 * A kept drawing is drawn anew on each page, since a PDF cannot tag what is in
 * a form that its pages share.
 */
#ifndef YIHU_PRINT_DRAWING_H
#define YIHU_PRINT_DRAWING_H

#include "print/glyphs.h"

/* All in points of the PDF. */
struct ink {
	enum { INK_TEXT, INK_LINE, INK_BOX, INK_FILL, INK_TAG, INK_TAG_END, INK_OWN } kind;
	double x, y, w, h;  /* a line: to where, from x, y */
	double thick, dash; /* of a line or box; dash 0: none */
	double grey;
	struct glyph_run run;
	const char *tag; /* lives for ever */
	int own;
};
/* Draws it; not INK_OWN. */
void ink_draw(cairo_t *cr, const struct ink *ink);
void ink_finish(struct ink *ink);

struct drawing {
	struct ink *ink;
	size_t n, room;
};
/* Takes it. */
void drawing_put(struct drawing *d, struct ink ink);
/* Leaves it empty. */
void drawing_finish(struct drawing *d);

#endif
