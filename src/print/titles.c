/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of the election file by language.
 */
#include "print/titles.h"

#include <stdlib.h>

char *print_date(enum language l, uint64_t unix_seconds)
{
	return words_date(l, unix_seconds);
}

char *print_zoned(enum language l, uint64_t unix_seconds)
{
	return words_say(l, W_FORM_ZONED, say_taken("when", print_date(l, unix_seconds)),
			 say_text("zone", word(l, W_FORM_ZONE_NAME)));
}
