/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV as Excel and WPS on a Chinese Windows take it: a byte order mark in
 * front, else it is read as GB18030; CRLF; every cell in quotation marks. A
 * cell that such a program would work out as a formula gets a blank in front, and one
 * that it would make a number or a date of a tabulator.
 */
#ifndef YIHU_LISTS_CSV_CELL_H
#define YIHU_LISTS_CSV_CELL_H

#include <yihu/bytes.h>

/* What a file begins with. */
void csv_begin(struct yihu_buf *out);
/* One row, and its end. */
void csv_row(struct yihu_buf *out, const char *const *cells, size_t n);

#endif
