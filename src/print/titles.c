/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of the election file by language.
 */
#include "print/titles.h"

#include <stdlib.h>

char *print_community(enum language l, const struct yihu_definition *d)
{
	const char *unit = translated_meta(l, d, "unit"), *part = translated_meta(l, d, "subunit");
	bool latin = (unsigned char)part[0] < 0x80;
	return yihu_printf("%s%s%s", unit, latin && *part != '\0' ? ", " : "", part);
}

char *print_money(enum language l, const struct yihu_definition *d, uint64_t fen)
{
	return words_money(l, fen, yihu_definition_meta(d, "currency"));
}

char *print_date(enum language l, uint64_t unix_seconds)
{
	return words_date(l, unix_seconds);
}

char *print_zoned(enum language l, uint64_t unix_seconds)
{
	return words_say(l, W_FORM_ZONED, say_taken("when", print_date(l, unix_seconds)),
			 say_text("zone", word(l, W_FORM_ZONE_NAME)));
}
