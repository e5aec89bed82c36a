/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet's slips are recorded in the order of its lines, so its first and last letter
 * bound where its ballots are in the log; other desks and households vote in between.
 */
#include "tally/desk_sheets.h"

#include <stdarg.h>
#include <string.h>
#include <yihu/text.h>

/* ---- as it is typed ---- */

/* "0047" is 47: letters bear four digits. */
static bool read_number(const char *text, size_t len, uint32_t *out)
{
	uint64_t n;
	while (len > 1 && *text == '0')
		text++, len--;
	if (!yihu_decimal(&n, (struct yihu_span){text, len}, UINT32_MAX) || n == 0)
		return false;
	*out = (uint32_t)n;
	return true;
}

/* Three numbers with a colon between them. */
static bool read_three(const char *text, struct tally_sheet *s)
{
	const char *first = strchr(text, ':'), *last = first ? strchr(first + 1, ':') : NULL;
	return last && read_number(text, (size_t)(first - text), &s->recorded) &&
	       read_number(first + 1, (size_t)(last - first - 1), &s->first) &&
	       read_number(last + 1, strlen(last + 1), &s->last);
}

int tally_sheet_read(struct tally_sheet *out, const char *text, struct yihu_error *err)
{
	struct tally_sheet s;
	if (!read_three(text, &s))
		return yihu_fail(err, YIHU_EARG,
				 _("“%.40s” is no batch sheet; type how many slips were recorded, "
				   "the first letter and the last one, as in 12:0003:0047"),
				 text);
	if ((s.recorded == 1) != (s.first == s.last))
		return yihu_fail(err, YIHU_EARG,
				 _("“%.40s” is no batch sheet; one slip is of one letter, and "
				   "more slips begin and end with different ones"),
				 text);
	*out = s;
	return 0;
}

/* ---- against the log ---- */

static void differs(struct tally_sheets_found *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void differs(struct tally_sheets_found *f, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(&f->lines, format, args);
	va_end(args);
	yihu_buf_str(&f->lines, "\n");
	f->differences++;
}

/* Where the letter's ballot is; false, and told: there is none. */
static bool find(struct tally_sheets_found *f, size_t sheet, uint32_t letter,
		 const struct yihu_ledger *l, uint64_t *index)
{
	struct yihu_credential_state s;
	if (yihu_ledger_serial(l, letter, &s, NULL) != 0) {
		differs(f, _("sheet %zu: there is no letter %04u; look at the number again"), sheet,
			letter);
		return false;
	}
	if (!s.voted)
		differs(f,
			_("sheet %zu: the log has no ballot of letter %04u; look whether it still "
			  "waits at the desk"),
			sheet, letter);
	*index = s.voted_index;
	return s.voted;
}

static uint64_t ballots_between(const struct yihu_ledger *l, uint64_t from, uint64_t to)
{
	uint64_t n = 0;
	for (uint64_t i = from; i <= to; i++)
		n += yihu_ledger_type(l, i) == YIHU_ENTRY_BALLOT;
	return n;
}

static void compare_one(struct tally_sheets_found *f, const struct tally_sheet *s, size_t number,
			const struct yihu_ledger *l)
{
	uint64_t from = 0, to = 0;
	bool first = find(f, number, s->first, l, &from);
	bool last = s->first == s->last ? first : find(f, number, s->last, l, &to);
	if (s->first == s->last || !first || !last)
		return;
	if (from > to) {
		differs(f,
			_("sheet %zu: letter %04u was recorded after letter %04u; look which is "
			  "the first one"),
			number, s->first, s->last);
		return;
	}
	uint64_t there = ballots_between(l, from, to);
	if (there < s->recorded)
		differs(f,
			_("sheet %zu: it has %u slips, and the log has %llu ballots from letter "
			  "%04u to letter %04u"),
			number, s->recorded, (unsigned long long)there, s->first, s->last);
}

static bool has(const struct tally_sheet *s, uint32_t letter)
{
	return s->first == letter || s->last == letter;
}

/* A letter votes once, so it is on one sheet. */
static void compare_two(struct tally_sheets_found *f, const struct tally_sheet *sheets, size_t a,
			size_t b)
{
	const struct tally_sheet *s = &sheets[a], *other = &sheets[b];
	if (has(other, s->first))
		differs(f, _("sheets %zu and %zu: both have letter %04u"), a + 1, b + 1, s->first);
	if (s->last != s->first && has(other, s->last))
		differs(f, _("sheets %zu and %zu: both have letter %04u"), a + 1, b + 1, s->last);
}

static void compare_sums(struct tally_sheets_found *f, bool desk_only)
{
	if (f->on_sheets > f->ballots)
		differs(f, _("all sheets: they have %llu slips, and the log has %llu ballots"),
			(unsigned long long)f->on_sheets, (unsigned long long)f->ballots);
	if (desk_only && f->on_sheets < f->ballots)
		differs(f,
			_("all sheets: the letters lead to the desk alone, and yet ballots are on "
			  "no sheet: %llu"),
			(unsigned long long)(f->ballots - f->on_sheets));
}

void tally_sheets_compare(struct tally_sheets_found *out, const struct tally_sheet *sheets,
			  size_t n, const struct yihu_ledger *l, bool desk_only)
{
	*out = (struct tally_sheets_found){.ballots = yihu_ledger_counts(l).ballots};
	for (size_t i = 0; i < n; i++) {
		out->on_sheets += sheets[i].recorded;
		compare_one(out, &sheets[i], i + 1, l);
		for (size_t other = i + 1; other < n; other++)
			compare_two(out, sheets, i, other);
	}
	compare_sums(out, desk_only);
}
