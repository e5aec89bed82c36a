/* SPDX-License-Identifier: Apache-2.0
 *
 * A list of households as people have it, whatever program it is from: names of
 * columns below titles, merged cells, sums, notes, shops. What is certain is
 * done and said; what is not is asked, all of it at once, and until all is
 * answered there are no households.
 */
#ifndef YIHU_LISTS_ROSTER_H
#define YIHU_LISTS_ROSTER_H

#include <yihu/households.h>

#include "lists/which_sheet.h"

struct roster {
	struct yihu_households list; /* when nothing is open */
	struct list_asks asks;       /* every place that was asked about, answered or not */
	struct yihu_buf notes;       /* lines: what was read how, and what was passed over */
	bool chinese;                /* its columns have Chinese names */
	char *sheet;                 /* that was read; NULL: that is asked */
};
/* Of a file of any form. look may be NULL. With asks.n_open > 0 it returns 0 and
 * the list is empty. roster_finish frees. */
int roster_read(struct roster *out, const void *bytes, size_t len, const struct list_look *look,
		struct yihu_error *err);
/* Leaves r empty. */
void roster_finish(struct roster *r);

/* Lines for who checks it: how many a building, and the first, the last and some
 * that are drawn, as their letters will have them. */
void roster_show(struct yihu_buf *out, const struct yihu_households *list);
/* The list as the election's folder keeps it: household, building, name. */
void roster_csv(struct yihu_buf *out, const struct roster *r);

#endif
