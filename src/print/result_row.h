/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster: a row of its table, and what its other parts are drawn
 * with too.
 */
#ifndef YIHU_PRINT_RESULT_ROW_H
#define YIHU_PRINT_RESULT_ROW_H

#include "print/result_paper.h"

/* Text at x, y, drawn or only measured; returns its height. */
double result_text(struct page *p, double x, double y, struct text_style s, const char *text,
		   bool draw);

/* Begins or ends an element of the page, when `draw`. */
void result_begin(struct page *p, const char *tag, bool draw);
void result_end(struct page *p, const char *tag, bool draw);

/* A bar: dark for part of whole, white in a frame for what comes after it, a
 * stroke at mark (0: none). Words and figures stand beside it. */
struct result_bar {
	double part, after, whole, mark;
};
/* Its top left corner is x, y. */
void result_bar(struct page *p, double x, double y, double width, struct result_bar b);

/* Where a title goes: from its number on the left to its cost on the right. */
struct title_box {
	double left, right, y;
	bool table; /* a row's first cells; else an item of a list */
};
/* A project's number on the paper, name and cost; drawn when `draw`. Returns its
 * height. */
double result_title(struct page *p, const struct result_paper *paper,
		    const struct result_project *project, struct title_box at, double points,
		    bool draw);

/* The type of the rows, and how the second line of each is divided. */
struct result_type {
	double points, left, votes_mm;
};
/* So that the votes of all projects stand in one column. */
void result_type_fit(struct result_type *t, struct page *p, const struct result_paper *paper,
		     double points);

/* Each draws when `draw`, and returns its height. */
double result_row(struct page *p, const struct result_paper *paper,
		  const struct result_project *project, const struct result_type *t, double y,
		  bool draw);
double result_heads(struct page *p, const struct result_paper *paper, double points, double y,
		    bool draw);

#endif
