/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the table folder: the readers of each format. Each adds its sheets to
 * the book, those that hold anything, and leaves freeing to the caller.
 */
#ifndef YIHU_TABLE_FORMATS_H
#define YIHU_TABLE_FORMATS_H

#include "table/builder.h"
#include "table/pack.h"

/* Comma, semicolon or tab, whichever most lines have. */
int table_read_text(struct table_book *book, const void *bytes, size_t len, struct yihu_error *err);
/* Office Open XML, as Excel and WPS write it. */
int table_read_xlsx(struct table_book *book, struct pack *pack, struct yihu_error *err);
/* OpenDocument. */
int table_read_ods(struct table_book *book, struct pack *pack, struct yihu_error *err);

#endif
