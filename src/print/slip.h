/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot slip, on as many sheets as its projects need. What all slips have
 * alike is a drawing that is laid out once.
 */
#ifndef YIHU_PRINT_SLIP_H
#define YIHU_PRINT_SLIP_H

#include "print/page.h"
#include "print/paper.h"
#include "print/slip_row.h"

struct slip {
	const struct paper *paper;
	struct slip_type type;
	double code_mm, padding; /* above and below what is in a row */
	double *heights;         /* of what is in each row */
	size_t *first, n;        /* projects of its n sheets; first[n]: all of them */
};
/* As few sheets as possible; on them as much of the descriptions, then as large
 * type and as much room in the rows as they hold. e is borrowed; slip_finish frees. */
void slip_plan(struct slip *s, struct page *p, const struct paper *e, double code_mm);
/* Leaves s empty. */
void slip_finish(struct slip *s);
/* One sheet of it (from 0): what all slips have alike. */
void slip_same(struct page *p, const struct slip *s, size_t sheet);
/* Where each letter is drawn into that: its code, and its number on the first
 * sheet, on the stub below it, on a further sheet. */
enum slip_part { SLIP_CODE, SLIP_NUMBER, SLIP_STUB, SLIP_FURTHER };
/* A slip's own: the letter's number. */
void slip_own(struct page *p, const struct letter *l, double code_mm, enum slip_part part);
/* On the first sheet: the letter's code. SECRET. */
void slip_code(struct page *p, const struct paper *e, const struct page_code *c, double code_mm);

#endif
