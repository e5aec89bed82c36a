/* SPDX-License-Identifier: Apache-2.0
 *
 * Letter page and ballot slip, inside. A part that all letters have alike is
 * a drawing that is laid out once; the rest is laid out for each letter.
 */
#ifndef YIHU_PRINT_SHEETS_H
#define YIHU_PRINT_SHEETS_H

#include "print/page.h"
#include "print/paper.h"

#define MARGIN 20.0
#define INNER (A4_WIDTH - 2 * MARGIN)

/* letter_page.c */
void letter_page_same(struct page *p, const struct paper *e, double code_mm);
void letter_page_own(struct page *p, const struct paper *e, const struct letter *l);
void letter_page_code(struct page *p, const struct page_code *c, double code_mm);
/* For all sheets of an envelope. */
void fold_marks(struct page *p);

/* slip.c */
struct slip {
	const struct paper *paper;
	double code_mm, padding; /* above and below what is in a row */
	size_t *first, n;        /* projects of its n sheets; first[n]: all of them */
};
/* As few sheets as possible; then as much room in the rows. */
void slip_plan(struct slip *s, struct page *p, const struct paper *e, double code_mm);
void slip_finish(struct slip *s);
void slip_same(struct page *p, const struct slip *s, size_t sheet);
void slip_own(struct page *p, const struct letter *l, double code_mm, size_t sheet);
void slip_code(struct page *p, const struct page_code *c, double code_mm);

/* slip_row.c: a project's row; draws when `draw`, returns its height. */
double slip_row(struct page *p, const struct slip *s, size_t project, double y, bool draw);
/* How to mark this kind of ballot: caller frees. */
char *slip_rule(const struct paper *e);

#endif
