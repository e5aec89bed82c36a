/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates of election files (day.h).
 */
#include "publish/day.h"

#include <string.h>

#define NUMBERS 3

/* How many bytes of what may stand between two numbers; 0: nothing that may. */
static size_t gap(const char *s)
{
	static const char *const between[] = {"-", "/", ".", "年", "月", "日"};
	for (size_t i = 0; i < sizeof between / sizeof *between; i++)
		if (strncmp(s, between[i], strlen(between[i])) == 0)
			return strlen(between[i]);
	return 0;
}

/* Up to three numbers of up to four digits; how many, 0: it is no date. */
static size_t numbers(unsigned out[static NUMBERS], size_t digits[static NUMBERS], const char *s)
{
	size_t n = 0;
	for (size_t skip = 0; *s != '\0'; s += skip) {
		size_t len = strspn(s, "0123456789");
		if (len == 0 || len > 4 || n == NUMBERS)
			return 0;
		out[n] = 0;
		digits[n] = len;
		for (size_t i = 0; i < len; i++)
			out[n] = 10 * out[n] + (unsigned)(s[i] - '0');
		n++;
		s += len;
		skip = gap(s);
		if (*s != '\0' && skip == 0)
			return 0;
	}
	return n;
}

bool day_read(struct day *out, const char *text)
{
	unsigned at[NUMBERS];
	size_t digits[NUMBERS], n = numbers(at, digits, text);
	bool year_last = n == NUMBERS && digits[2] == 4;
	if (n == 1 && digits[0] == 4)
		*out = (struct day){.year = at[0]};
	else if (n == NUMBERS && (digits[0] == 4 || year_last))
		*out = (struct day){year_last ? at[2] : at[0], at[1], year_last ? at[0] : at[2]};
	else
		return false;
	return n == 1 || (out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= 31);
}

struct day day_of(enum language l, uint64_t unix_seconds)
{
	struct tm tm;
	time_t t = (time_t)unix_seconds + words_zone(l);
	gmtime_r(&t, &tm);
	return (struct day){(unsigned)tm.tm_year + 1900, (unsigned)tm.tm_mon + 1,
			    (unsigned)tm.tm_mday};
}

bool day_same(const struct day *a, const struct day *b)
{
	bool whole = a->month != 0 && b->month != 0;
	return a->year == b->year && (!whole || (a->month == b->month && a->day == b->day));
}
