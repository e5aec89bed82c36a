/* SPDX-License-Identifier: Apache-2.0
 *
 * How a language writes sums of money and moments. web/ui/forms.ts does the
 * same for the pages.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yihu/bytes.h>

#include "words/fill.h"

char *words_money(enum language l, uint64_t fen, const char *currency)
{
	char *number = words_hundredths(l, fen);
	if (!currency || strcmp(currency, "CNY") == 0)
		return words_say(l, W_FORM_MONEY, say_taken("n", number));
	return words_say(l, W_FORM_MONEY_OTHER, say_taken("n", number),
			 say_text("currency", currency));
}

static const enum word weekdays[] = {
	W_FORM_SUN, W_FORM_MON, W_FORM_TUE, W_FORM_WED, W_FORM_THU, W_FORM_FRI, W_FORM_SAT,
};

/* A language names the parts that it wants, in its own order. */
static char *moment(enum language l, enum word form, const struct tm *tm)
{
	char year[16], month[16], mm[16], day[16], dd[16], hour[16], minute[16];
	const struct said parts[] = {
		say_text("year", year),     say_text("month", month),
		say_text("mm", mm),         say_text("day", day),
		say_text("dd", dd),         say_text("hour", hour),
		say_text("minute", minute), say_text("weekday", word(l, weekdays[tm->tm_wday])),
	};
	unsigned used = 0;
	snprintf(year, sizeof year, "%d", tm->tm_year + 1900);
	snprintf(month, sizeof month, "%d", tm->tm_mon + 1);
	snprintf(mm, sizeof mm, "%02d", tm->tm_mon + 1);
	snprintf(day, sizeof day, "%d", tm->tm_mday);
	snprintf(dd, sizeof dd, "%02d", tm->tm_mday);
	snprintf(hour, sizeof hour, "%02d", tm->tm_hour);
	snprintf(minute, sizeof minute, "%02d", tm->tm_min);
	return words_fill(l, form, parts, sizeof parts / sizeof *parts, &used);
}

long words_zone(enum language l)
{
	unsigned hours = 0, minutes = 0;
	char sign = '+';
	int n = sscanf(word(l, W_FORM_ZONE), "%c%2u:%2u", &sign, &hours, &minutes);
	assert(n == 3);
	(void)n;
	long east = (long)(hours * 60 + minutes) * 60;
	return sign == '-' ? -east : east;
}

static struct tm clock_of(enum language l, uint64_t unix_seconds)
{
	struct tm tm;
	time_t t = (time_t)unix_seconds + words_zone(l);
	gmtime_r(&t, &tm);
	return tm;
}

char *words_date(enum language l, uint64_t unix_seconds)
{
	const struct tm tm = clock_of(l, unix_seconds);
	return moment(l, W_FORM_DATE, &tm);
}

char *words_time(enum language l, uint64_t unix_seconds)
{
	const struct tm tm = clock_of(l, unix_seconds);
	return moment(l, W_FORM_TIME, &tm);
}
