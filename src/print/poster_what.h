/* SPDX-License-Identifier: Apache-2.0
 *
 * The poster before the vote: its edges, and the projects on it.
 */
#ifndef YIHU_PRINT_POSTER_WHAT_H
#define YIHU_PRINT_POSTER_WHAT_H

#include "print/page.h"
#include "print/paper.h"

#define POSTER_LEFT 18.0
#define POSTER_RIGHT (A4_WIDTH - POSTER_LEFT)
#define POSTER_INNER (POSTER_RIGHT - POSTER_LEFT)

/* The projects in columns, one after the other. */
struct poster_projects {
	struct page *page;
	const struct paper *paper;
	size_t columns;
	double points, number_mm;
	double *heights;
};
/* How high each would be in so many columns, at so many points. p and e are
 * borrowed; poster_projects_finish frees. */
void poster_projects_measure(struct poster_projects *s, struct page *p, const struct paper *e,
			     size_t columns, double points);
/* Leaves s empty. */
void poster_projects_finish(struct poster_projects *s);
/* The first one from `first` on that does not fit into so much height. */
size_t poster_projects_end(const struct poster_projects *s, size_t first, double room);
/* Draws those before `end` as high as they must be; returns where they end. */
double poster_projects_draw(const struct poster_projects *s, size_t first, size_t end, double y,
			    double room);

#endif
