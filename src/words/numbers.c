/* SPDX-License-Identifier: Apache-2.0
 *
 * How a language writes counts. web/ui/forms.ts does the same for the pages.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <yihu/bytes.h>

#include "words/words.h"

char *words_count(enum language l, uint64_t n)
{
	char digits[24];
	struct yihu_buf b = {0};
	int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
	for (int i = 0; i < len; i++)
		yihu_buf_fmt(&b, "%s%c",
			     i != 0 && (len - i) % 3 == 0 ? word(l, W_FORM_THOUSANDS) : "",
			     digits[i]);
	return (char *)b.data;
}

char *words_hundredths(enum language l, uint64_t n)
{
	char *whole = words_count(l, n / 100);
	if (n % 100 == 0)
		return whole;
	char *text = yihu_printf("%s%s%02u", whole, word(l, W_FORM_POINT), (unsigned)(n % 100));
	free(whole);
	return text;
}
