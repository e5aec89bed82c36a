/* SPDX-License-Identifier: Apache-2.0
 *
 * What the steps of reading a table of projects share (bids.h).
 */
#include "lists/bids.h"

#include <stdarg.h>
#include <stdlib.h>

void bids_note(struct bids *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(b->notes, format, args);
	va_end(args);
	yihu_buf_str(b->notes, "\n");
}

int bids_ask(struct bids *b, const char *kind, const struct table_row *row, size_t column,
	     const char *stands, const char *says, const char *const *choices)
{
	char *place = table_place(&b->book, row->number, column);
	char *of = yihu_printf(_("projects: %s"), place);
	free(place);
	const struct list_where where = {of, list_cell_name('p', row->number, column),
					 table_row_mark(row)};
	return list_ask(b->asks, kind, where, stands, says, choices);
}

int bids_ask_cell(struct bids *b, const char *kind, const struct bid *bid, int column,
		  const char *says, const char *const *choices)
{
	size_t at = b->columns.at[column];
	return bids_ask(b, kind, bid->row, at ? at - 1 : SIZE_MAX, bids_cell(b, bid->row, column),
			says, choices);
}

const char *bids_cell(const struct bids *b, const struct table_row *row, int column)
{
	return columns_cell(&b->columns, row, column)->text;
}
