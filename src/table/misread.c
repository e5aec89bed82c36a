/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells that look like numbers or dates (misread.h).
 */
#include "table/misread.h"

#include <string.h>

#define DIGITS_MAX 11 /* beyond them Excel shows a power of ten, and from the 16th on zeros */

bool table_misreads(const char *text)
{
	size_t len = strlen(text), digits = 0;
	if (len == 0 || strspn(text, "0123456789.,:/-+eE% ") != len)
		return false;
	for (size_t i = 0; i < len; i++)
		digits += text[i] >= '0' && text[i] <= '9';
	bool zero = text[0] == '0' && text[1] >= '0' && text[1] <= '9';
	return digits > 0 && (zero || digits > DIGITS_MAX || strpbrk(text, "-/:eE+%, ") != NULL);
}
