/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of a drawing.
 */
#include "print/drawing.h"

#include <stdlib.h>

#include <yihu/bytes.h>

static void stroke(cairo_t *cr, const struct ink *ink)
{
	cairo_set_line_width(cr, ink->thick);
	if (ink->dash > 0)
		cairo_set_dash(cr, &ink->dash, 1, 0);
	cairo_stroke(cr);
	cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_shape(cairo_t *cr, const struct ink *ink)
{
	if (ink->kind == INK_LINE) {
		cairo_move_to(cr, ink->x, ink->y);
		cairo_line_to(cr, ink->w, ink->h);
	} else {
		cairo_rectangle(cr, ink->x, ink->y, ink->w, ink->h);
	}
	if (ink->kind == INK_FILL)
		cairo_fill(cr);
	else
		stroke(cr, ink);
}

void ink_draw(cairo_t *cr, const struct ink *ink)
{
	if (ink->kind == INK_TAG) {
		cairo_tag_begin(cr, ink->tag, NULL);
		return;
	}
	if (ink->kind == INK_TAG_END) {
		cairo_tag_end(cr, ink->tag);
		return;
	}
	cairo_set_source_rgb(cr, ink->grey, ink->grey, ink->grey);
	if (ink->kind == INK_TEXT)
		glyph_run_show(cr, &ink->run);
	else
		draw_shape(cr, ink);
}

void ink_finish(struct ink *ink)
{
	if (ink->kind == INK_TEXT)
		glyph_run_finish(&ink->run);
}

void drawing_put(struct drawing *d, struct ink ink)
{
	if (d->n == d->room) {
		d->room = d->room != 0 ? 2 * d->room : 64;
		d->ink = yihu_realloc(d->ink, d->room, sizeof *d->ink);
	}
	d->ink[d->n++] = ink;
}

void drawing_finish(struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++)
		ink_finish(&d->ink[i]);
	free(d->ink);
	*d = (struct drawing){0};
}
