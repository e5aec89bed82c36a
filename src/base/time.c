/* SPDX-License-Identifier: Apache-2.0
 *
 * Times as text: the protocol's one form, and the form people read and write.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yihu/error.h>
#include <yihu/text.h>

/* 9999-12-31T23:59:59Z. YIHU_TIME_MAX lies beyond, where four digits end. */
#define LAST_FOUR_DIGIT_SECOND UINT64_C(253402300799)

static void utc(struct tm *tm, uint64_t unix_seconds)
{
	time_t t = (time_t)unix_seconds;
	gmtime_r(&t, tm);
}

char *yihu_time_text(char out[static 21], uint64_t unix_seconds)
{
	struct tm tm;
	utc(&tm, unix_seconds < LAST_FOUR_DIGIT_SECOND ? unix_seconds : LAST_FOUR_DIGIT_SECOND);
	strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return out;
}

/* Fits the text to a pattern in which '0' stands for a digit. */
static bool fits(struct yihu_span text, const char *pattern)
{
	if (text.len != strlen(pattern))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.p[i] >= '0' && text.p[i] <= '9';
		if (pattern[i] == '0' ? !digit : text.p[i] != pattern[i])
			return false;
	}
	return true;
}

static int number_at(struct yihu_span text, size_t at, size_t digits)
{
	int v = 0;
	for (size_t i = at; i < at + digits && i < text.len; i++)
		v = 10 * v + (text.p[i] - '0');
	return v;
}

/* Both forms have their numbers in the same places; no seconds are 0. */
static struct tm fields_of(struct yihu_span text)
{
	return (struct tm){
		.tm_year = number_at(text, 0, 4) - 1900,
		.tm_mon = number_at(text, 5, 2) - 1,
		.tm_mday = number_at(text, 8, 2),
		.tm_hour = number_at(text, 11, 2),
		.tm_min = number_at(text, 14, 2),
		.tm_sec = text.len > 16 ? number_at(text, 17, 2) : 0,
		.tm_isdst = -1,
	};
}

/* timegm and mktime carry 31 June over into July: what they changed was no
 * date (or, in a local zone, fell into the hour that the clocks skip). */
static bool same_fields(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_mon == b->tm_mon && a->tm_mday == b->tm_mday &&
	       a->tm_hour == b->tm_hour && a->tm_min == b->tm_min && a->tm_sec == b->tm_sec;
}

static bool keep_time(uint64_t *out, time_t t, const struct tm *asked, const struct tm *got)
{
	if (t < 0 || !same_fields(asked, got))
		return false;
	*out = (uint64_t)t;
	return true;
}

bool yihu_time_parse(uint64_t *out, struct yihu_span text)
{
	if (!fits(text, "0000-00-00T00:00:00Z"))
		return false;
	struct tm asked = fields_of(text), got = asked;
	time_t t = timegm(&got);
	return keep_time(out, t, &asked, &got);
}

bool yihu_time_parse_local(uint64_t *out, const char *text)
{
	struct yihu_span s = yihu_span(text);
	if (yihu_time_parse(out, s))
		return true;
	if (!fits(s, "0000-00-00 00:00") && !fits(s, "0000-00-00 00:00:00"))
		return false;
	struct tm asked = fields_of(s), got = asked;
	time_t t = mktime(&got);
	return keep_time(out, t, &asked, &got);
}

/* Not strftime's %a: it speaks English where the locale's data are absent. */
static const char *const weekdays[7] = {
	N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"),
};

/* "UTC+8", "UTC-3:30", "UTC". */
static char *zone_text(long east_s)
{
	long minutes = (east_s < 0 ? -east_s : east_s) / 60;
	char sign = east_s < 0 ? '-' : '+';
	if (minutes == 0)
		return yihu_strdup("UTC");
	if (minutes % 60 == 0)
		return yihu_printf("UTC%c%ld", sign, minutes / 60);
	return yihu_printf("UTC%c%ld:%02ld", sign, minutes / 60, minutes % 60);
}

char *yihu_time_local(uint64_t unix_seconds)
{
	struct tm tm;
	time_t t = (time_t)(unix_seconds < YIHU_TIME_MAX ? unix_seconds : YIHU_TIME_MAX);
	localtime_r(&t, &tm);
	char *zone = zone_text(tm.tm_gmtoff);
	char *text = yihu_printf("%d-%02d-%02d %s %02d:%02d %s", tm.tm_year + 1900, tm.tm_mon + 1,
				 tm.tm_mday, yihu_gettext(weekdays[tm.tm_wday]), tm.tm_hour,
				 tm.tm_min, zone);
	free(zone);
	return text;
}
