/* SPDX-License-Identifier: Apache-2.0
 *
 * What the steps of reading a list share (flats.h).
 */
#include <stdarg.h>

#include "lists/flats.h"

char *flats_label(const struct flat *flat)
{
	if (flat->part[R_HOUSEHOLD][0])
		return yihu_strdup(flat->part[R_HOUSEHOLD]);
	struct yihu_buf label = {0};
	for (int c = R_BUILDING; c <= R_ROOM; c++)
		if (flat->part[c][0])
			yihu_buf_fmt(&label, "%s%s", label.len ? "-" : "", flat->part[c]);
	yihu_buf_u8(&label, 0);
	return (char *)label.data;
}

void flats_note(struct flats *f, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(f->notes, format, args);
	va_end(args);
	yihu_buf_str(f->notes, "\n");
}

int flats_ask(struct flats *f, const char *kind, const struct table_row *row, size_t column,
	      const char *stands, const char *says, const char *const *choices)
{
	const struct list_where where = {table_place(&f->book, row->number, column),
					 list_cell_name('h', row->number, column),
					 table_row_mark(row)};
	return list_ask(f->asks, kind, where, stands, says, choices);
}

int flats_ask_part(struct flats *f, const char *kind, const struct flat *flat, int column,
		   const char *says, const char *const *choices)
{
	const char *stands = column < R_PARTS ? flat->part[column] : flat->name;
	size_t at = f->columns.at[column];
	return flats_ask(f, kind, flat->row, at ? at - 1 : SIZE_MAX, stands, says, choices);
}
