/* SPDX-License-Identifier: Apache-2.0
 *
 * What a spreadsheet program makes of the cells of a CSV file that it opens.
 */
#ifndef YIHU_TABLE_MISREAD_H
#define YIHU_TABLE_MISREAD_H

#include <stdbool.h>

/* Would it show another text: a number without its zeros in front or its last digits,
 * a date? Then TABLE_AS_TEXT goes before it, which Excel, WPS and LibreOffice take
 * for text and show as nothing; readers of ours pass over it. */
bool table_misreads(const char *text);
#define TABLE_AS_TEXT "\t"

#endif
