/* SPDX-License-Identifier: Apache-2.0
 *
 * xl/sharedStrings.xml: the texts that cells name by number.
 */
#include <stdlib.h>
#include <string.h>

#include "table/xlsx_parts.h"

#define PART "xl/sharedStrings.xml"

struct strings {
	struct xlsx *x;
	bool in_text;
	unsigned phonetic; /* within rPh: how it is read aloud, no part of the text */
};

static int begin_string(struct xlsx *x, struct yihu_error *err)
{
	if (x->n_strings == TABLE_CELLS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d cells"),
				 TABLE_CELLS_MAX);
	if (x->n_strings == x->string_room) {
		x->string_room = x->string_room * 2 + 64;
		x->string_at = yihu_realloc(x->string_at, x->string_room, sizeof *x->string_at);
	}
	x->string_at[x->n_strings++] = x->strings.len;
	return 0;
}

static int start(void *context, const char *element, const struct pack_attributes *a,
		 struct yihu_error *err)
{
	struct strings *s = context;
	(void)a;
	if (strcmp(element, "si") == 0)
		return begin_string(s->x, err);
	s->phonetic += strcmp(element, "rPh") == 0;
	s->in_text = strcmp(element, "t") == 0 && s->phonetic == 0;
	return 0;
}

static int end(void *context, const char *element, struct yihu_error *err)
{
	struct strings *s = context;
	(void)err;
	s->in_text = false;
	if (strcmp(element, "si") == 0)
		yihu_buf_u8(&s->x->strings, 0);
	else if (strcmp(element, "rPh") == 0)
		s->phonetic--;
	return 0;
}

static int text(void *context, const char *p, size_t len, struct yihu_error *err)
{
	struct strings *s = context;
	if (!s->in_text || s->x->n_strings == 0)
		return 0;
	if (s->x->strings.len + len > TABLE_TEXT_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the table has more text than %u MiB"),
				 TABLE_TEXT_MAX >> 20);
	yihu_buf_put(&s->x->strings, p, len);
	return 0;
}

int xlsx_read_strings(struct xlsx *x, struct yihu_error *err)
{
	struct strings s = {.x = x};
	struct pack_events e = {&s, start, end, text};
	return pack_has(x->pack, PART) ? pack_read(x->pack, PART, &e, err) : 0;
}
