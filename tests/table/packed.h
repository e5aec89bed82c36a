/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets that tests make part by part.
 */
#ifndef YIHU_TEST_PACKED_H
#define YIHU_TEST_PACKED_H

#include <yihu/bytes.h>

struct packed_part {
	const char *name, *text;
	size_t len; /* 0: that of the text */
};
/* Appends a ZIP file of these parts, deflated or as they are. */
void packed(struct yihu_buf *out, const struct packed_part *parts, size_t n, bool deflated);
/* An .xlsx with one sheet, what stands between <worksheet> and its end; shared
 * strings and styles may be NULL. */
void packed_xlsx(struct yihu_buf *out, const char *sheet, const char *strings, const char *styles);
/* An .ods, what stands in its <office:spreadsheet>. */
void packed_ods(struct yihu_buf *out, const char *sheets);

#endif
