/* SPDX-License-Identifier: Apache-2.0
 *
 * A table as text for a terminal, columns in line whatever the script.
 */
#ifndef YIHU_TABLE_SHOW_H
#define YIHU_TABLE_SHOW_H

#include <yihu/bytes.h>

struct table_shown;
/* Heads are copied; right: which columns stand at the right, NULL: none. */
struct table_shown *table_shown_new(const char *const *heads, const bool *right, size_t n);
/* As many cells as heads; copied. */
void table_shown_row(struct table_shown *t, const char *const *cells);
/* Appends it, and frees t. */
void table_shown_end(struct table_shown *t, struct yihu_buf *out);

#endif
