/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of projects as CSV in some encoding, and as a spreadsheet.
 */
#include "works_file.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "packed.h"
#include "test.h"

/* ---- amounts ---- */

void works_grouped(char *out, uint64_t fen)
{
	char digits[40];
	size_t n = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)fen / 100),
	       at = 0;
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, 64 - at, "%s%c", i && (n - i) % 3 == 0 ? "," : "",
				       digits[i]);
	if (fen % 100 || works_one_in(2))
		snprintf(out + at, 64 - at, ".%02llu", (unsigned long long)fen % 100);
}

/* In 万, all its decimals. */
void works_as_wan(char out[static 160], uint64_t fen, const char *behind)
{
	int n = snprintf(out, 96, "%llu.%06llu", (unsigned long long)fen / 1000000,
			 (unsigned long long)fen % 1000000);
	while (out[n - 1] == '0')
		out[--n] = '\0';
	if (out[n - 1] == '.')
		out[--n] = '\0';
	strcat(out, behind);
}

void works_wide_digits(char out[static 160], const char *from)
{
	size_t at = 0;
	for (; *from && at < 150; from++)
		at += *from >= '0' && *from <= '9'
			      ? (size_t)snprintf(out + at, 160 - at, "\xef\xbc%c",
						 0x90 + *from - '0')
			      : (size_t)snprintf(out + at, 160 - at, "%c", *from);
}

/* ---- files ---- */

struct yihu_buf works_text(const char *delimiter, const char *encoding, const char *mark)
{
	struct yihu_buf text = {0}, out = {0};
	for (uint32_t l = 0; l < t.n; l++) {
		size_t n = t.n_columns;
		for (size_t c = n; c < WIDE; c++)
			n = t.cell[l][c][0] ? c + 1 : n;
		for (size_t c = 0; c < n; c++)
			yihu_buf_fmt(&text, strpbrk(t.cell[l][c], ",;\t") ? "%s\"%s\"" : "%s%s",
				     c ? delimiter : "", t.cell[l][c]);
		yihu_buf_str(&text, works_one_in(2) ? "\r\n" : "\n");
	}
	iconv_t cd = iconv_open(encoding, "UTF-8");
	size_t left = text.len, room = 4 * left + 16;
	char *from = (char *)text.data, *made = yihu_alloc(room), *to = made;
	assert_true(cd != (iconv_t)-1);
	bool lacks = iconv(cd, &from, &left, &to, &room) == (size_t)-1;
	iconv_close(cd);
	yihu_buf_str(&out, lacks ? "" : mark);
	yihu_buf_put(&out, lacks ? (char *)text.data : made,
		     lacks ? text.len : (size_t)(to - made));
	free(made);
	yihu_buf_free(&text);
	return out;
}

struct yihu_buf works_xlsx(void)
{
	struct yihu_buf sheet = {0}, file = {0};
	for (uint32_t l = 0; l < t.n; l++) {
		yihu_buf_fmt(&sheet, "<row r='%u'%s>", l + 1, t.hidden[l] ? " hidden='1'" : "");
		for (size_t c = 0; c < WIDE; c++) {
			if (!t.cell[l][c][0])
				continue;
			yihu_buf_fmt(&sheet, "<c r='%c%u'%s><v>", (char)('A' + c), l + 1,
				     t.number[l][c] ? "" : " t='str'");
			put_xml(&sheet, t.cell[l][c]);
			yihu_buf_str(&sheet, "</v></c>");
		}
		yihu_buf_str(&sheet, "</row>");
	}
	yihu_buf_str(&sheet, t.merged);
	packed_xlsx(&file, (const char *)sheet.data, NULL, NULL);
	yihu_buf_free(&sheet);
	return file;
}
