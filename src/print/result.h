/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster (公示): results.json as a notice board shows it, on as
 * many sheets as its projects need.
 */
#ifndef YIHU_PRINT_RESULT_H
#define YIHU_PRINT_RESULT_H

#include "print/page.h"
#include "print/pdf.h"
#include "publish/words.h"

/* All borrowed. */
struct result_paper {
	const struct published *results;
	const struct yihu_complaints *complaints; /* or NULL */
	enum language language;
	const char *title, *community; /* in this language */
	const char *url;               /* of the results page; NULL: there is none */
	const char *holders;           /* who signed, beside the clerk; "" when not opened */
};
/* result.c: to is opened as A4 (scale 1) or A3 (POSTER_A3_SCALE). */
int result_print(struct pdf *to, const struct result_paper *paper, double scale,
		 struct yihu_error *err);

/* ---- inside ---- */

#define RESULT_LEFT 18.0
#define RESULT_RIGHT (A4_WIDTH - RESULT_LEFT)
#define RESULT_INNER (RESULT_RIGHT - RESULT_LEFT)

/* A bar: dark for part of whole, white in a frame for what comes after it, a
 * stroke at mark (0: none). Words and figures stand beside it. */
struct result_bar {
	double part, after, whole, mark;
};
void result_bar(struct page *p, double x, double y, double width, struct result_bar b);

/* Each draws when `draw`, and returns its height. */
double result_row(struct page *p, const struct result_paper *paper,
		  const struct result_project *project, double points, double y, bool draw);
double result_heads(struct page *p, const struct result_paper *paper, double points, double y,
		    bool draw);
double result_foot(struct page *p, const struct result_paper *paper, double y, bool draw);

/* Text at x, y, drawn or only measured. */
double result_text(struct page *p, double x, double y, struct text_style s, const char *text,
		   bool draw);

#endif
