/* SPDX-License-Identifier: Apache-2.0
 *
 * What multiplies a number (times.h).
 */
#include "table/times.h"

#include <stddef.h>
#include <string.h>

const char *table_times(const char *shown)
{
	static const char *const words[] = {"亿", "億", "万", "萬", "千", "百"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(shown, words[i]))
			return words[i];
	return NULL;
}
