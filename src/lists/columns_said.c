/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody says of columns (columns.h).
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "lists/columns.h"

const char *columns_word(const struct column_names *names, int meaning)
{
	for (size_t i = 0; meaning >= 0 && i < names->n; i++)
		if (names->at[i].column == meaning)
			return names->at[i].name;
	return NULL;
}

/* A to IV; false: it is none. */
static bool read_letters(size_t *column, struct yihu_span text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		char sign = text.p[i] >= 'a' ? (char)(text.p[i] - 'a' + 'A') : text.p[i];
		if (sign < 'A' || sign > 'Z')
			return false;
		n = n * 26 + (size_t)(sign - 'A') + 1;
		if (n > TABLE_COLUMNS_MAX)
			return false;
	}
	*column = n - 1;
	return n > 0;
}

static int fail_word(const struct column_names *names, const char *word, struct yihu_error *err)
{
	struct yihu_buf all = {0};
	for (int m = 0; m < COLUMNS_MAX; m++)
		if (columns_word(names, m))
			yihu_buf_fmt(&all, "%s%s", all.len ? ", " : "", columns_word(names, m));
	yihu_fail(err, YIHU_EARG, _("no column holds “%.60s”; say -, %.400s"), word,
		  (const char *)all.data);
	yihu_buf_free(&all);
	return YIHU_EARG;
}

static int put(struct columns_said *out, size_t column, const char *word,
	       const struct column_names *names, struct yihu_error *err)
{
	int meaning = strcmp(word, "-") == 0 ? COLUMNS_PASSED : columns_named(names, word);
	if (meaning == COLUMNS_UNKNOWN)
		return fail_word(names, word, err);
	for (size_t i = 0; i < out->n; i++)
		if (out->at[i].column == column ||
		    (meaning >= 0 && meaning != names->many && out->at[i].meaning == meaning))
			return yihu_fail(err, YIHU_EARG,
					 _("columns: “%.60s” is said twice, or of two columns"),
					 word);
	out->at[out->n++] = (struct column_said){column, meaning};
	return 0;
}

static int take(struct columns_said *out, struct yihu_span part, const struct column_names *names,
		struct yihu_error *err)
{
	const char *equals = memchr(part.p, '=', part.len);
	size_t left = equals ? (size_t)(equals - part.p) : 0, column;
	char *word = equals ? yihu_strndup(equals + 1, part.len - left - 1) : NULL;
	const struct yihu_span name = {part.p, left};
	uint64_t from;
	int r = 0;
	if (word && left == 4 && memcmp(part.p, "from", 4) == 0 &&
	    yihu_decimal(&from, yihu_span(word), TABLE_ROWS_MAX) && from > 0)
		out->from = (uint32_t)from;
	else if (word && read_letters(&column, name))
		r = put(out, column, word, names, err);
	else
		r = yihu_fail(err, YIHU_EARG,
			      _("“%.*s” says nothing of a column; write such as B=building, C=-, "
				"from=3"),
			      (int)(part.len < 60 ? part.len : 60), part.p);
	free(word);
	return r;
}

int columns_said_parse(struct columns_said *out, const char *text, const struct column_names *names,
		       struct yihu_error *err)
{
	int r = 0;
	*out = (struct columns_said){0};
	while (r == 0 && text && *text) {
		size_t n = strcspn(text, ",");
		r = take(out, (struct yihu_span){text, n}, names, err);
		text += text[n] == ',' ? n + 1 : n;
	}
	return r;
}
