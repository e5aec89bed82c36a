/* SPDX-License-Identifier: Apache-2.0
 *
 * An estate's list as CSV in each encoding, and as a spreadsheet.
 */
#include "estate_file.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "packed.h"
#include "test.h"

static struct yihu_buf as_csv(const char *delimiter)
{
	struct yihu_buf out = {0};
	for (uint32_t l = 0; l < w.n; l++) {
		for (size_t c = 0; c < w.n_columns; c++)
			yihu_buf_fmt(&out, strpbrk(w.cell[l][c], ",;\t") ? "%s\"%s\"" : "%s%s",
				     c ? delimiter : "", w.cell[l][c]);
		yihu_buf_str(&out, one_in(2) ? "\r\n" : "\n");
	}
	return out;
}

static struct yihu_buf encoded(const struct yihu_buf *text, const char *encoding, const char *mark)
{
	struct yihu_buf out = {0};
	iconv_t cd = iconv_open(encoding, "UTF-8");
	size_t left = text->len, room = 4 * left + 16;
	char *from = (char *)text->data, *made = yihu_alloc(room), *to = made;
	assert_true(cd != (iconv_t)-1);
	if (iconv(cd, &from, &left, &to, &room) == (size_t)-1)
		left = SIZE_MAX; /* a sign that it lacks: not so written */
	iconv_close(cd);
	yihu_buf_str(&out, mark);
	yihu_buf_put(&out, made, (size_t)(to - made));
	free(made);
	if (left == SIZE_MAX) {
		yihu_buf_reset(&out);
		yihu_buf_put(&out, text->data, text->len);
	}
	return out;
}

static bool has_building(uint32_t line)
{
	const struct meant *m = flat_on(line);
	return m && m->building[0];
}

/* Runs of empty cells below one of the column, as merged. */
static void put_merges(struct yihu_buf *out, size_t meaning)
{
	size_t c = column_of(meaning);
	for (uint32_t l = (uint32_t)w.first, end; c != SIZE_MAX && l < w.n; l = end) {
		for (end = l + 1; end < w.n && !w.cell[end][c][0] && has_building(end + 1);)
			end++;
		if (w.cell[l][c][0] && end > l + 1 && w.cell[l][column_of(C_ROOM)][0])
			yihu_buf_fmt(out, "<mergeCell ref='%c%u:%c%u'/>", (char)('A' + c), l + 1,
				     (char)('A' + c), end);
	}
}

static struct yihu_buf as_xlsx(bool merges)
{
	struct yihu_buf sheet = {0}, file = {0};
	for (uint32_t l = 0; l < w.n; l++) {
		yihu_buf_fmt(&sheet, "<row r='%u'%s>", l + 1, one_in(20) ? " hidden='1'" : "");
		for (size_t c = 0; c < w.n_columns; c++) {
			const char *text = w.cell[l][c];
			bool number = text[0] > '0' && strlen(text) == strspn(text, "0123456789");
			yihu_buf_fmt(&sheet, "<c r='%c%u'%s><v>", (char)('A' + c), l + 1,
				     number ? "" : " t='str'");
			put_xml(&sheet, text);
			yihu_buf_str(&sheet, "</v></c>");
		}
		yihu_buf_str(&sheet, "</row>");
	}
	if (merges && w.merged_building)
		put_merges(&sheet, C_BUILDING);
	if (merges && w.merged_unit)
		put_merges(&sheet, C_UNIT);
	packed_xlsx(&file, (const char *)sheet.data, NULL, NULL);
	yihu_buf_free(&sheet);
	return file;
}

struct yihu_buf bytes_of(uint32_t form, bool merges)
{
	if (form < 2)
		return as_xlsx(merges);
	struct yihu_buf text = as_csv(form == 2 ? "\t" : form == 3 ? ";" : ",");
	struct yihu_buf out = form == 2   ? encoded(&text, "UTF-16LE", "\xff\xfe")
			      : form == 3 ? encoded(&text, "UTF-8", "\xef\xbb\xbf")
			      : form == 4 ? encoded(&text, "GB18030", "")
					  : encoded(&text, "UTF-8", "");
	yihu_buf_free(&text);
	return out;
}
