/* SPDX-License-Identifier: Apache-2.0
 *
 * The typeface of all papers. It has Chinese and plain Latin; letters that it
 * lacks (ż, ł, Cyrillic with marks) are set in another installed font.
 */
#ifndef YIHU_PRINT_TYPEFACE_H
#define YIHU_PRINT_TYPEFACE_H

#include <pango/pangocairo.h>

#include <yihu/error.h>

#include "words/words.h"

/* Found once; every page borrows it. [0] regular, [1] bold. */
struct typeface {
	enum language language;
	PangoFontMap *map;
	PangoContext *context;
	PangoLayout *layout;
	PangoFont *font[2];
	bool narrow_quotes;      /* as a language of Latin letters has them */
	PangoFontset *others[2]; /* NULL until a character is looked for in them */
};
/* YIHU_ENOENT names the font and the package that has it. */
int typeface_open(struct typeface *t, enum language l, struct yihu_error *err);
/* Also of one that failed to open. */
void typeface_close(struct typeface *t);

/* The typeface at this size, for pango_font_description_free. */
PangoFontDescription *typeface_description(double points, bool bold);

/* Can text be printed? YIHU_EFORMAT names the first character that no installed
 * font has: a box in its place, in somebody's name, is worse than an error. */
int typeface_check(struct typeface *t, bool bold, const char *text, struct yihu_error *err);
/* Which font each part of a text that was checked is set in. A word that the
 * typeface lacks a letter of is set whole in the other font, if that has it. */
PangoAttrList *typeface_dress(struct typeface *t, bool bold, const char *text);

#endif
