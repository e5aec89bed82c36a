/* SPDX-License-Identifier: Apache-2.0
 *
 * What a laid out text looks like, into a PDF, with the characters that it
 * stands for, so that it can be searched and copied.
 */
#ifndef YIHU_PRINT_GLYPHS_H
#define YIHU_PRINT_GLYPHS_H

#include <pango/pangocairo.h>

/* In place of pango_cairo_show_layout(), whose glyphs can be missing in a PDF. */
void glyphs_show(cairo_t *cr, PangoLayout *layout);

#endif
