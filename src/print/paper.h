/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers of an election: letters with their ballot slips, walk lists,
 * posters. All A4, one-sided: a slip must not be on a letter's back, which
 * has the address.
 */
#ifndef YIHU_PRINT_PAPER_H
#define YIHU_PRINT_PAPER_H

#include <yihu/charter.h>

#include "print/pdf.h"
#include "print/print.h"
#include "print/sender.h"
#include "print/titles.h"

/* What all papers of an election share; everything is borrowed. */
struct paper {
	const struct yihu_charter *charter;
	const struct yihu_definition *definition;
	const struct letter_style *style;
	const char *url;  /* NULL: count desk only */
	const char *desk; /* where and when the count desk is; NULL: not said */
	struct sender sender;
	enum language language;
	bool blank_backs; /* of letters and slips, for printers that print on both sides */
};

/* walk.c: one list of a building, a line a household, in the order given. No
 * letter numbers: a signed list that had them would tell, with the public
 * board, which neighbour has voted. */
struct walk_line {
	const char *household, *name;
};
/* As many pages as the lines need; on the last the building's sum, and where all
 * is not 0, that of all buildings. YIHU_ENOENT: a font is not installed. */
int walk_print(struct pdf *to, const struct paper *p, const char *building,
	       const struct walk_line *lines, size_t n, size_t all, struct yihu_error *err);

/* poster.c: to is opened as A4 (scale 1) or A3 (scale √2). */
#define POSTER_A3_SCALE 1.41421356237309515
/* On as many sheets as its projects need. */
int poster_print(struct pdf *to, const struct paper *p, double scale, struct yihu_error *err);

/* notice.c: what is hung up beside or instead of the poster; A4 or A3 as above, one
 * sheet each. */
struct paper_called_off {
	const char *reason;
	uint64_t time; /* 0: not known */
};
/* Of an election that was called off. */
int cancelled_print(struct pdf *to, const struct paper *p, const struct paper_called_off *off,
		    double scale, struct yihu_error *err);
/* A project that was withdrawn. */
int withdrawn_print(struct pdf *to, const struct paper *p, const struct yihu_withdrawn *w,
		    double scale, struct yihu_error *err);

#endif
