/* SPDX-License-Identifier: Apache-2.0
 *
 * A PDF file under way: where its bytes go, its size, what it says of itself.
 */
#ifndef YIHU_PRINT_PDF_H
#define YIHU_PRINT_PDF_H

#include <cairo.h>

#include <yihu/bytes.h>
#include <yihu/error.h>

#include "print/pdf_catalog.h"

#define PDF_MM (72.0 / 25.4)

struct pdf {
	cairo_surface_t *surface;
	cairo_t *cr;
	bool page_ended;       /* and the next one is not begun */
	bool rehearsal;        /* by its title: each page says so (page.c) */
	bool page_fresh;       /* nothing is on this page yet */
	struct yihu_buf bytes; /* not yet written, or the whole when there is no file */
	int fd;                /* −1: into bytes alone */
	int failure;           /* errno of the first write that failed */
	uint64_t written;      /* bytes handed out so far */
	struct pdf_says says;  /* set after pdf_open; written by pdf_end */
	struct yihu_buf alts;  /* of all figures, each ending in NUL */
};
/* title: the election's, which may say rehearsal. The dates inside are `when`, not now:
 * same inputs, same bytes. path: a new
 * file, 0600 (YIHU_EEXIST), not synced; NULL: into p->bytes. */
int pdf_open(struct pdf *p, const char *path, double width_mm, double height_mm, const char *title,
	     uint64_t when, struct yihu_error *err);
/* To see whether all finds its place: what is drawn is written nowhere, and no font is put
 * into a file, which costs most of a page's time. Not for pdf_end. */
int pdf_open_dry(struct pdf *p, struct yihu_error *err);
/* Before anything is drawn at p->cr: turns to the next page if the last one ended. */
void pdf_turn(struct pdf *p);
/* Says what is to be seen in the Figure that has just begun. */
void pdf_figure(struct pdf *p, const char *alt);
/* Ends the page; twice: leaves one blank. A full disk shows here already, not only
 * at the end. */
int pdf_end_page(struct pdf *p, struct yihu_error *err);
/* Writes what is left; p->bytes stays until pdf_finish. */
int pdf_end(struct pdf *p, struct yihu_error *err);
/* Also of one that failed, or was never opened (all zero but fd −1). */
void pdf_finish(struct pdf *p);

#endif
