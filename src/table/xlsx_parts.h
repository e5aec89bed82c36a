/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the table folder: what an .xlsx says beside its sheets.
 */
#ifndef YIHU_TABLE_XLSX_PARTS_H
#define YIHU_TABLE_XLSX_PARTS_H

#include "table/formats.h"

/* How a number is shown, by its style. */
struct xlsx_style {
	bool date;
	uint8_t zeros;     /* "0000": so many digits at least; 0: as it is */
	const char *times; /* "万": it stands behind the number that the file has; NULL */
};
struct xlsx_sheet_name {
	char *name, *id, *part;
	bool hidden;
};
/* Of the whole file. */
struct xlsx {
	struct pack *pack;
	struct xlsx_sheet_name sheets[TABLE_SHEETS_MAX];
	size_t n_sheets;
	bool since_1904;
	struct yihu_buf strings; /* one after the other, each with its NUL */
	size_t *string_at;
	size_t n_strings, string_room;
	struct xlsx_style *styles;
	size_t n_styles;
};
/* xl/sharedStrings.xml and xl/styles.xml, where there are any. */
int xlsx_read_strings(struct xlsx *x, struct yihu_error *err);
int xlsx_read_styles(struct xlsx *x, struct yihu_error *err);

/* One sheet, into a builder. */
int xlsx_read_sheet(const struct xlsx *x, const char *part, struct table_builder *b,
		    struct yihu_error *err);
/* What a number of that style is to people; out gets its text. */
enum table_kind xlsx_number(const struct xlsx *x, size_t style, const char *value,
			    struct yihu_buf *out);

#endif
