/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV for spreadsheet programs (csv_cell.h).
 */
#include "lists/csv_cell.h"

#include <string.h>

#include "table/misread.h"

void csv_begin(struct yihu_buf *out)
{
	yihu_buf_str(out, "\xef\xbb\xbf");
}

static void put_cell(struct yihu_buf *out, const char *cell)
{
	yihu_buf_str(out, "\"");
	if (*cell && strchr("=+-@", *cell))
		yihu_buf_str(out, " ");
	else if (table_misreads(cell))
		yihu_buf_str(out, TABLE_AS_TEXT);
	for (const char *p = cell; *p; p++) {
		if (*p == '"')
			yihu_buf_str(out, "\"");
		yihu_buf_put(out, p, 1);
	}
	yihu_buf_str(out, "\"");
}

void csv_row(struct yihu_buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			yihu_buf_str(out, ",");
		put_cell(out, cells[i]);
	}
	yihu_buf_str(out, "\r\n");
}
