/* SPDX-License-Identifier: Apache-2.0
 *
 * Which sheet of a workbook has the table that is meant: the one that somebody
 * names, or the only one that has such columns; between several it is asked.
 */
#ifndef YIHU_LISTS_WHICH_SHEET_H
#define YIHU_LISTS_WHICH_SHEET_H

#include "lists/asks.h"
#include "lists/columns.h"

/* What readers of lists are told besides the file; all of it may be left out. */
struct list_look {
	const struct list_answers *answers; /* of an earlier look at it */
	const char *const *sheets;          /* sheets that somebody names; others are passed over */
	size_t n_sheets;                    /* up to 64 */
	uint64_t *found;     /* gets a bit for each of them that the file has; NULL: nobody asks */
	const char *columns; /* "B=building,C=room,from=3" (columns.h); NULL: by their names */
};
/* What a table of the kind is, and where to write what was asked and passed over. */
struct sheet_wanted {
	char list; /* 'h' or 'p': what answers call its cells (asks.h) */
	const struct column_names *names;
	bool (*fits)(const struct columns *c);
	const struct list_look *look;
	struct list_asks *asks;
	struct yihu_buf *notes;
};
struct sheet_found {
	const struct table *sheet; /* borrowed of the book; NULL: none fits, or it was asked */
	struct columns columns;    /* columns_finish frees */
};
/* What answers say of its cells stands in the book, where its rows are those that were asked
 * of; each answer says whether it is so read. 0, also when none fits. Errors of columns_find, of
 * the only sheet that might be it. */
int which_sheet(struct sheet_found *out, struct table_book *b, const struct sheet_wanted *w,
		struct yihu_error *err);

#endif
