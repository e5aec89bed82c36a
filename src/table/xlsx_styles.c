/* SPDX-License-Identifier: Apache-2.0
 *
 * xl/styles.xml: which numbers are dates, and which are shown with zeros in
 * front; and a number as people see it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "table/times.h"
#include "table/xlsx_parts.h"

#define PART "xl/styles.xml"
#define FORMATS_MAX 2000
#define STYLES_MAX 65536
#define FIRST_OWN 164 /* formats below are every program's own */

struct styles {
	struct xlsx *x;
	struct {
		uint32_t id;
		struct xlsx_style style;
	} formats[FORMATS_MAX];
	size_t n_formats, room;
	bool in_cells;
};

/* The numbers that every program knows; 27 to 36 and 50 to 58 are Chinese dates. */
static bool is_own_date(uint32_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
	       (id >= 50 && id <= 58);
}

/* A format's letters, without what it shows as it stands: quoted, escaped, and
 * colours in brackets. */
static char *letters_of(const char *format)
{
	char *out = yihu_alloc(strlen(format) + 1), *to = out;
	for (const char *p = format; *p && *p != ';'; p++) {
		const char close = *p == '"' ? '"' : *p == '[' ? ']' : '\0';
		if (close != '\0')
			p = strchr(p + 1, close);
		else if ((*p == '\\' || *p == '_' || *p == '*') && p[1])
			p++;
		else
			*to++ = *p;
		if (!p)
			break;
	}
	*to = '\0';
	return out;
}

/* A format that shows 8.6 as "8.6万" says how much it is; one that shows 86000 so
 * (a comma behind the digits, or a point that it writes itself) does not. */
static const char *times_of(const char *format)
{
	char *first = yihu_strndup(format, strcspn(format, ";"));
	char *last = first;
	for (char *p = first; *p; p++)
		last = strchr("0#?", *p) ? p : last;
	bool shrinks = strchr(last, ',') || strstr(first, "!.") || strstr(first, "\\.") ||
		       strstr(first, "\".\"");
	const char *times = shrinks ? NULL : table_times(last);
	free(first);
	return times;
}

static struct xlsx_style style_of(const char *format)
{
	struct xlsx_style s = {0};
	char *letters = letters_of(format);
	size_t n = strlen(letters);
	s.date = strpbrk(letters, "ymdhYMDH") != NULL;
	if (n > 1 && n <= 16 && strspn(letters, "0") == n)
		s.zeros = (uint8_t)n;
	s.times = s.date ? NULL : times_of(format);
	free(letters);
	return s;
}

static void add_format(struct styles *s, const struct pack_attributes *a)
{
	char *format = pack_attribute(a, "formatCode");
	if (format && s->n_formats < FORMATS_MAX) {
		s->formats[s->n_formats].id = pack_number(a, "numFmtId", UINT32_MAX, 0);
		s->formats[s->n_formats++].style = style_of(format);
	}
	free(format);
}

static struct xlsx_style find_format(const struct styles *s, uint32_t id)
{
	for (size_t i = 0; i < s->n_formats; i++)
		if (s->formats[i].id == id)
			return s->formats[i].style;
	return (struct xlsx_style){.date = id < FIRST_OWN && is_own_date(id)};
}

static int add_style(struct styles *s, const struct pack_attributes *a, struct yihu_error *err)
{
	struct xlsx *x = s->x;
	if (x->n_styles == STYLES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the spreadsheet has more than %d styles"),
				 STYLES_MAX);
	if (x->n_styles == s->room) {
		s->room = s->room * 2 + 64;
		x->styles = yihu_realloc(x->styles, s->room, sizeof *x->styles);
	}
	x->styles[x->n_styles++] = find_format(s, pack_number(a, "numFmtId", UINT32_MAX, 0));
	return 0;
}

static int start(void *context, const char *element, const struct pack_attributes *a,
		 struct yihu_error *err)
{
	struct styles *s = context;
	if (strcmp(element, "numFmt") == 0)
		add_format(s, a);
	else if (strcmp(element, "cellXfs") == 0)
		s->in_cells = true;
	else if (s->in_cells && strcmp(element, "xf") == 0)
		return add_style(s, a, err);
	return 0;
}

static int end(void *context, const char *element, struct yihu_error *err)
{
	struct styles *s = context;
	(void)err;
	if (strcmp(element, "cellXfs") == 0)
		s->in_cells = false;
	return 0;
}

static int text(void *context, const char *p, size_t len, struct yihu_error *err)
{
	(void)context, (void)p, (void)len, (void)err;
	return 0;
}

int xlsx_read_styles(struct xlsx *x, struct yihu_error *err)
{
	struct styles *s = yihu_calloc(1, sizeof *s);
	s->x = x;
	struct pack_events e = {s, start, end, text};
	int r = pack_has(x->pack, PART) ? pack_read(x->pack, PART, &e, err) : 0;
	free(s);
	return r;
}

/* ---- a number ---- */

#define DAYS_TO_1970 25569 /* from 1899-12-30 */
#define DAYS_OF_1904 1462

static void put_date(struct yihu_buf *out, double days, bool since_1904)
{
	double seconds = (days + (since_1904 ? DAYS_OF_1904 : 0) - DAYS_TO_1970) * 86400;
	time_t at = (time_t)seconds;
	struct tm tm;
	char text[32];
	if (gmtime_r(&at, &tm) && strftime(text, sizeof text, "%Y-%m-%d", &tm) > 0)
		yihu_buf_str(out, text);
}

enum table_kind xlsx_number(const struct xlsx *x, size_t style, const char *value,
			    struct yihu_buf *out)
{
	char *rest;
	double v = strtod(value, &rest);
	struct xlsx_style s = style < x->n_styles ? x->styles[style] : (struct xlsx_style){0};
	if (rest == value || *rest != '\0' || !isfinite(v)) {
		yihu_buf_str(out, value);
		return TABLE_FAULT;
	}
	if (s.date && v >= 0 && v < 2958466) { /* before the year 10000 */
		put_date(out, v, x->since_1904);
		return TABLE_DATE;
	}
	if (v == floor(v) && fabs(v) < 1e15)
		yihu_buf_fmt(out, "%0*.0f", s.zeros ? s.zeros : 1, v);
	else
		yihu_buf_fmt(out, "%.15g", v);
	if (s.times)
		yihu_buf_str(out, s.times);
	return s.times ? TABLE_TEXT : TABLE_NUMBER;
}
