/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets of parts (packed.h).
 */
#include "packed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static void add_part(zip_t *zip, const struct packed_part *p, bool deflated)
{
	size_t len = p->len ? p->len : strlen(p->text);
	zip_source_t *source = zip_source_buffer(zip, p->text, len, 0);
	zip_int64_t at = zip_file_add(zip, p->name, source, ZIP_FL_OVERWRITE);
	assert(at >= 0);
	zip_set_file_compression(zip, (zip_uint64_t)at, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
				 1);
	zip_file_set_mtime(zip, (zip_uint64_t)at, 1000000000, 0);
}

void packed(struct yihu_buf *out, const struct packed_part *parts, size_t n, bool deflated)
{
	zip_error_t why;
	zip_stat_t stat;
	zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, &why);
	zip_t *zip = zip_open_from_source(all, ZIP_CREATE | ZIP_TRUNCATE, &why);
	assert(all && zip);
	zip_source_keep(all);
	for (size_t i = 0; i < n; i++)
		add_part(zip, &parts[i], deflated);
	int r = zip_close(zip);
	assert(r == 0);
	zip_source_open(all);
	zip_source_stat(all, &stat);
	uint8_t *bytes = yihu_alloc(stat.size);
	zip_int64_t got = zip_source_read(all, bytes, stat.size);
	assert(got == (zip_int64_t)stat.size);
	yihu_buf_put(out, bytes, stat.size);
	free(bytes);
	zip_source_close(all);
	zip_source_free(all);
}

void packed_xlsx(struct yihu_buf *out, const char *sheet, const char *strings, const char *styles)
{
	char *worksheet = yihu_printf("<worksheet>%s</worksheet>", sheet);
	const struct packed_part parts[] = {
		{"xl/workbook.xml",
		 "<workbook xmlns:r='r'><sheets><sheet name='住户' r:id='a'/></sheets></workbook>",
		 0},
		{"xl/_rels/workbook.xml.rels",
		 "<Relationships><Relationship Id='a' Target='worksheets/s.xml'/></Relationships>",
		 0},
		{"xl/worksheets/s.xml", worksheet, 0},
		{strings ? "xl/sharedStrings.xml" : "a", strings ? strings : "a", 0},
		{styles ? "xl/styles.xml" : "b", styles ? styles : "b", 0},
	};
	packed(out, parts, sizeof parts / sizeof *parts, false);
	free(worksheet);
}

void packed_ods(struct yihu_buf *out, const char *sheets)
{
	char *content = yihu_printf("<o:document xmlns:o='o' xmlns:t='t' xmlns:x='x' xmlns:s='s'>%s"
				    "</o:document>",
				    sheets);
	const struct packed_part parts[] = {
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0},
		{"content.xml", content, 0},
	};
	packed(out, parts, 2, false);
	free(content);
}
