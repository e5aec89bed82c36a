/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences with their values.
 */
#include "words/fill.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

/* The value of the placeholder of this name; *used gets its bit. */
static const struct said *value_of(const char *name, size_t len, const struct said *values,
				   size_t n, unsigned *used)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(values[i].name) == len && memcmp(values[i].name, name, len) == 0) {
			*used |= 1u << i;
			return &values[i];
		}
	return NULL;
}

static void put_value(struct yihu_buf *out, enum language l, const struct said *v)
{
	char *count = v->text ? NULL : words_count(l, v->count);
	yihu_buf_str(out, v->text ? v->text : count);
	free(count);
}

char *words_fill(enum language l, enum word w, const struct said *values, size_t n, unsigned *used)
{
	struct yihu_buf out = {0};
	yihu_buf_str(&out, "");
	for (const char *text = word(l, w), *end; *text != '\0'; text = end) {
		end = text + (*text == '{' ? strcspn(text, "}") + 1 : strcspn(text, "{"));
		if (*text != '{') {
			yihu_buf_put(&out, text, (size_t)(end - text));
			continue;
		}
		const struct said *v =
			value_of(text + 1, (size_t)(end - text) - 2, values, n, used);
		assert(v && "a sentence lacks a value that it names");
		put_value(&out, l, v);
	}
	return (char *)out.data;
}

char *words_say_all(enum language l, enum word w, const struct said *values, size_t n)
{
	unsigned used = 0;
	char *text = words_fill(l, w, values, n, &used);
	assert(used == (1u << n) - 1 && "a sentence got a value that it does not name");
	for (size_t i = 0; i < n; i++)
		free(values[i].takes);
	return text;
}

char *words_join(enum language l, char *first, char *second)
{
	bool both = *first != '\0' && *second != '\0';
	char *text = yihu_printf("%s%s%s", first, both ? word(l, W_FORM_GAP) : "", second);
	free(first);
	free(second);
	return text;
}
