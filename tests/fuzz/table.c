/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of any program. The first byte says what the rest is: a file as it is,
 * or the XML of a part, which is packed first, so that the fuzzer need not make
 * ZIP files.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "packed.h"
#include "table/table.h"

static bool is_clean(const char *text)
{
	char *printable = yihu_strdup(text);
	yihu_text_make_printable(printable);
	bool clean = strcmp(printable, text) == 0;
	free(printable);
	return clean;
}

static void check_row(const struct table_row *row, uint32_t before)
{
	assert(row->number > before && row->number <= TABLE_ROWS_MAX);
	assert(row->n > 0 && row->n <= TABLE_COLUMNS_MAX);
	assert(row->at[row->n - 1].kind != TABLE_EMPTY);
	for (uint32_t i = 0; i < row->n; i++) {
		const struct table_cell *c = &row->at[i];
		assert((c->kind == TABLE_EMPTY) == (c->text[0] == '\0'));
		assert(is_clean(c->text));
	}
}

static void check_book(const struct table_book *b)
{
	for (size_t s = 0; s < b->n; s++) {
		const struct table *t = &b->sheets[s];
		assert(t->n_rows > 0);
		for (size_t i = 0; i < t->n_rows; i++)
			check_row(&t->rows[i], i ? t->rows[i - 1].number : 0);
	}
}

static void pack(struct yihu_buf *file, uint8_t kind, const char *text)
{
	static const char row[] = "<row><c t='s'><v>0</v></c><c s='0'><v>45000</v></c></row>";
	if (kind == 1)
		packed_xlsx(file, text, NULL, NULL);
	else if (kind == 2)
		packed_xlsx(file, row, text, NULL);
	else if (kind == 3)
		packed_xlsx(file, row, "<sst><si><t>a</t></si></sst>", text);
	else
		packed_ods(file, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct table_book book;
	struct yihu_buf file = {0};
	struct yihu_error err = fuzz_error();
	uint8_t kind = fuzz_take(&data, &size) % 5;
	char *text = fuzz_string(data, size);
	if (kind != 0 && size > 0)
		pack(&file, kind, text);
	else
		yihu_buf_put(&file, data, size);
	fuzz_fill(&book, sizeof book);
	if (fuzz_ok(table_book_read(&book, yihu_buf_bytes(&file), file.len, &err), &err)) {
		check_book(&book);
		table_book_free(&book);
	} else {
		assert(fuzz_untouched(&book, sizeof book));
	}
	free(text);
	yihu_buf_free(&file);
	return 0;
}
