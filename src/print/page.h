/* SPDX-License-Identifier: Apache-2.0
 *
 * Drawing on a page, in millimetres from its top left corner. The first thing
 * that cannot be drawn is kept in the page; what follows draws nothing.
 */
#ifndef YIHU_PRINT_PAGE_H
#define YIHU_PRINT_PAGE_H

#include <yihu/error.h>

#include "print/drawing.h"
#include "print/pdf.h"
#include "print/print.h"
#include "print/typeface.h"

#define A4_WIDTH 210.0
#define A4_HEIGHT 297.0
/* Letters and slips. */
#define PAGE_MARGIN 20.0
#define PAGE_INNER (A4_WIDTH - 2 * PAGE_MARGIN)
#define PAGE_FOLD (A4_HEIGHT / 3)

struct page {
	struct typeface *type;
	struct pdf *to;
	struct drawing *keep; /* takes what is drawn; NULL: the PDF does */
	bool in_figure;       /* where text is no element by itself */
	double scale;         /* of what is given in mm and points; 1 but on posters */
	int failed;           /* the first code; then err says why */
	struct yihu_error *err;
};

enum page_align { PAGE_LEFT, PAGE_CENTER, PAGE_RIGHT };
struct text_style {
	double points;
	bool bold;
	double width; /* mm to wrap at; 0: one line, as long as it is */
	int lines;    /* at most; the last one ends in "…"; 0: any */
	enum page_align align;
	double grey;     /* 0 black */
	const char *tag; /* of the element that it is by itself: "H1"; NULL: "P". Headings
			  * have lines of about one length */
};
/* Draws text with its top left corner at x, y; returns its height. */
double page_text(struct page *p, double x, double y, struct text_style s, const char *text);
/* The height alone; nothing is drawn. */
double page_text_height(struct page *p, struct text_style s, const char *text);
/* The width alone, in mm. */
double page_text_width(struct page *p, struct text_style s, const char *text);

/* What readers who do not see the page are told that it is made of, in the order
 * in which it is drawn: elements of a tagged PDF, such as Sect, L with LI, Table
 * with TR. Text in them is an element by itself. Lines, boxes and fills are in
 * none. Each is ended on the page where it began; a Sect before its last page is. */
void page_begin(struct page *p, const char *tag);
void page_end(struct page *p, const char *tag);
/* Begins a Figure; alt is read in its place. */
void page_figure(struct page *p, const char *alt);

/* From one point to the other, so many mm thick. */
void page_line(struct page *p, double x1, double y1, double x2, double y2, double width);
/* Dashed, to be cut or torn along. */
void page_tear_line(struct page *p, double x1, double x2, double y);
/* Where a sheet is folded in three, for an envelope. */
void page_fold_marks(struct page *p);
/* A frame, its line so many mm thick; and a filled one, from black (0) to white
 * (1). */
void page_box(struct page *p, double x, double y, double w, double h, double line);
void page_fill(struct page *p, double x, double y, double w, double h, double grey);

/* A QR code with its quiet zone; SECRET when it is a letter's. Drawn twice, it
 * is in the file once. */
struct page_code {
	int side; /* modules */
	cairo_surface_t *image;
};
/* Makes a letter's code; page_code_finish frees it, also after a failure. */
int page_code_letter(struct page_code *c, const struct letter_style *s, const struct yihu_token *t,
		     struct yihu_error *err);
/* Makes the code of any text; likewise. */
int page_code_text(struct page_code *c, const char *text, struct yihu_error *err);
/* One that is all zero is fine. */
void page_code_finish(struct page_code *c);
/* Draws it as large as that; nothing when it was not made. */
void page_code(struct page *p, double x, double y, double side_mm, const struct page_code *c);

/* A drawing that is on many pages, laid out once: what is drawn on p goes into d
 * until p->keep is NULL again. Here each page draws its own part. */
void page_own(struct page *p, int part);
typedef void page_part(struct page *p, void *context, int part);
/* Draws d, and by `draw` the parts that page_own names. */
void page_replay(struct page *p, const struct drawing *d, page_part *draw, void *context);

#endif
