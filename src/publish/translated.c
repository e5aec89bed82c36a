/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of the election file by language.
 */
#include "publish/translated.h"

#include <stdlib.h>

static bool is_text(const char *text)
{
	return text && *text != '\0';
}

const char *translated_meta(enum language l, const struct yihu_definition *d, const char *key)
{
	char *own = yihu_printf("%s_%s", key, words_brief(l));
	const char *text = yihu_definition_meta(d, own);
	free(own);
	if (!is_text(text))
		text = yihu_definition_meta(d, key);
	return text ? text : "";
}

const char *translated_project(enum language l, const struct yihu_definition *d, size_t p,
			       const char *column)
{
	char *own = yihu_printf("%s_%s", column, words_brief(l));
	const char *text = yihu_definition_field(d, p, own);
	free(own);
	if (!is_text(text))
		text = yihu_definition_field(d, p, column);
	return text ? text : "";
}

char *translated_community(enum language l, const struct yihu_definition *d)
{
	const char *unit = translated_meta(l, d, "unit"), *part = translated_meta(l, d, "subunit");
	bool latin = (unsigned char)part[0] < 0x80;
	return yihu_printf("%s%s%s", unit, latin && *part != '\0' ? ", " : "", part);
}

char *translated_money(enum language l, const struct yihu_definition *d, uint64_t fen)
{
	return words_money(l, fen, yihu_definition_meta(d, "currency"));
}
