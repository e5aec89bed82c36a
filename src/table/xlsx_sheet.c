/* SPDX-License-Identifier: Apache-2.0
 *
 * One sheet of an .xlsx: rows, cells, and which are merged.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "table/xlsx_parts.h"

enum cell_type { NUMBER, SHARED, TEXT, BOOLEAN, FAULT };

struct sheet_reader {
	const struct xlsx *x;
	struct table_builder *b;
	uint32_t row;  /* of the last one begun */
	size_t column; /* of the cell in hand */
	size_t next;   /* where a cell without a place stands */
	size_t style;
	enum cell_type type;
	bool in_cell, in_value;
	unsigned phonetic;
	struct yihu_buf value, shown;
};

/* "AB12" → 27 and 12; false: no such place. */
static bool read_place(const char *text, size_t *column, uint32_t *row)
{
	size_t c = 0, i = 0;
	uint64_t n;
	for (; text[i] >= 'A' && text[i] <= 'Z' && i < 4; i++)
		c = c * 26 + (size_t)(text[i] - 'A') + 1;
	if (i == 0 || !yihu_decimal(&n, yihu_span(text + i), UINT32_MAX))
		return false;
	*column = c - 1;
	*row = (uint32_t)n;
	return true;
}

static int start_row(struct sheet_reader *s, const struct pack_attributes *a,
		     struct yihu_error *err)
{
	s->row = pack_number(a, "r", UINT32_MAX, s->row + 1);
	s->next = 0;
	char *hidden = pack_attribute(a, "hidden");
	bool is_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
	free(hidden);
	return table_builder_row(s->b, s->row, is_hidden, err);
}

static enum cell_type type_of(const struct pack_attributes *a)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = {
		{"s", SHARED}, {"str", TEXT}, {"inlineStr", TEXT}, {"b", BOOLEAN}, {"e", FAULT}};
	char *name = pack_attribute(a, "t");
	enum cell_type found = NUMBER;
	for (size_t i = 0; name && i < sizeof types / sizeof *types; i++)
		found = strcmp(name, types[i].name) == 0 ? types[i].type : found;
	free(name);
	return found;
}

static void start_cell(struct sheet_reader *s, const struct pack_attributes *a)
{
	uint32_t row;
	char *place = pack_attribute(a, "r");
	if (!place || !read_place(place, &s->column, &row))
		s->column = s->next;
	free(place);
	s->next = s->column + 1;
	s->style = pack_number(a, "s", UINT32_MAX, UINT32_MAX);
	s->type = type_of(a);
	s->in_cell = true;
	yihu_buf_reset(&s->value);
}

static int start_merge(struct sheet_reader *s, const struct pack_attributes *a,
		       struct yihu_error *err)
{
	size_t left, right;
	struct table_merge m;
	char *ref = pack_attribute(a, "ref"), *colon = ref ? strchr(ref, ':') : NULL;
	int r = 0;
	if (colon) {
		*colon = '\0';
		if (read_place(ref, &left, &m.top) && read_place(colon + 1, &right, &m.bottom)) {
			m.left = (uint32_t)left;
			m.right = (uint32_t)right;
			r = table_builder_merge(s->b, m, err);
		}
	}
	free(ref);
	return r;
}

static int start(void *context, const char *element, const struct pack_attributes *a,
		 struct yihu_error *err)
{
	struct sheet_reader *s = context;
	if (strcmp(element, "row") == 0)
		return start_row(s, a, err);
	if (strcmp(element, "mergeCell") == 0)
		return start_merge(s, a, err);
	if (strcmp(element, "c") == 0)
		start_cell(s, a);
	s->phonetic += strcmp(element, "rPh") == 0;
	s->in_value = s->in_cell && s->phonetic == 0 &&
		      (strcmp(element, "v") == 0 || strcmp(element, "t") == 0);
	return 0;
}

/* ---- a cell's end ---- */

static enum table_kind put_shared(struct sheet_reader *s, const char *value)
{
	uint64_t n;
	if (!yihu_decimal(&n, yihu_span(value), UINT32_MAX) || n >= s->x->n_strings)
		return TABLE_FAULT;
	yihu_buf_str(&s->shown, (const char *)s->x->strings.data + s->x->string_at[n]);
	return TABLE_TEXT;
}

static enum table_kind put_value(struct sheet_reader *s)
{
	const char *value = yihu_buf_bytes(&s->value);
	yihu_buf_reset(&s->shown);
	switch (s->type) {
	case SHARED:
		return put_shared(s, value);
	case NUMBER:
		return xlsx_number(s->x, s->style, value, &s->shown);
	case BOOLEAN:
		yihu_buf_str(&s->shown, strcmp(value, "1") == 0 ? "TRUE" : "FALSE");
		return TABLE_TEXT;
	case TEXT:
	case FAULT:
		break;
	}
	yihu_buf_str(&s->shown, value);
	return s->type == FAULT ? TABLE_FAULT : TABLE_TEXT;
}

/* "_x000D_" is how a character that XML cannot hold is written; all are blanks
 * to a table. */
static void drop_escapes(struct yihu_buf *text)
{
	char *from = (char *)text->data, *to = from, *end = from + text->len;
	while (from < end) {
		bool escape = end - from >= 7 && memcmp(from, "_x00", 4) == 0 && from[6] == '_' &&
			      (from[4] == '0' || from[4] == '1');
		*to++ = escape ? ' ' : *from;
		from += escape ? 7 : 1;
	}
	text->len = (size_t)(to - (char *)text->data);
}

static int end_cell(struct sheet_reader *s, struct yihu_error *err)
{
	s->in_cell = false;
	if (s->value.len == 0)
		return 0;
	enum table_kind kind = put_value(s);
	drop_escapes(&s->shown);
	if (s->row == 0)
		return yihu_fail(err, YIHU_EFORMAT, _("a cell stands in no row"));
	return table_builder_cell(s->b, s->column, kind, yihu_buf_bytes(&s->shown), s->shown.len,
				  err);
}

static int end(void *context, const char *element, struct yihu_error *err)
{
	struct sheet_reader *s = context;
	s->in_value = false;
	s->phonetic -= s->phonetic > 0 && strcmp(element, "rPh") == 0;
	return strcmp(element, "c") == 0 && s->in_cell ? end_cell(s, err) : 0;
}

static int text(void *context, const char *p, size_t len, struct yihu_error *err)
{
	struct sheet_reader *s = context;
	if (!s->in_value)
		return 0;
	if (s->value.len + len > TABLE_CELL_MAX)
		return yihu_fail(err, YIHU_ETOOBIG,
				 _("row %u: a cell can have at most %d bytes of text"), s->row,
				 TABLE_CELL_MAX);
	yihu_buf_put(&s->value, p, len);
	return 0;
}

int xlsx_read_sheet(const struct xlsx *x, const char *part, struct table_builder *b,
		    struct yihu_error *err)
{
	struct sheet_reader s = {.x = x, .b = b};
	struct pack_events e = {&s, start, end, text};
	int r = pack_read(x->pack, part, &e, err);
	yihu_buf_free(&s.value);
	yihu_buf_free(&s.shown);
	return r;
}
