/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells that a program or an encoding has spoilt: what is lost is refused, what
 * can be guessed is asked.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#include "lists/door.h"
#include "lists/flats.h"

static void replace(char **text, const char *with)
{
	char *copy = yihu_strdup(with);
	free(*text);
	*text = copy;
}

/* ---- dates ---- */

static int month_named(const char *text)
{
	static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
					     "jul", "aug", "sep", "oct", "nov", "dec"};
	for (int i = 0; i < 12; i++) {
		bool same = true;
		for (int k = 0; same && k < 3; k++)
			same = tolower((unsigned char)text[k]) == months[i][k];
		if (same && !isalpha((unsigned char)text[3]))
			return i + 1;
	}
	return 0;
}

/* What a spreadsheet program makes of "1-2"; false: text is no such date. */
static bool is_date(const char *text, int *month, int *day)
{
	int year, end = 0;
	char name[8] = "";
	if (sscanf(text, "%d月%d日%n", month, day, &end) == 2 && end > 0 && text[end] == '\0')
		return true;
	if (sscanf(text, "%4d-%2d-%2d%n", &year, month, day, &end) == 3 && text[end] == '\0' &&
	    year > 1899)
		return true;
	if (sscanf(text, "%4d/%d/%d%n", &year, month, day, &end) == 3 && text[end] == '\0' &&
	    year > 1899)
		return true;
	if (sscanf(text, "%4d年%d月%d日%n", &year, month, day, &end) == 3 && end > 0 &&
	    text[end] == '\0')
		return true;
	if (sscanf(text, "%d-%4[A-Za-z]%n", day, name, &end) == 2 && text[end] == '\0')
		return (*month = month_named(name)) != 0;
	if (sscanf(text, "%4[A-Za-z]-%d%n", name, day, &end) == 2 && text[end] == '\0')
		return (*month = month_named(name)) != 0;
	return false;
}

/* ---- numbers ---- */

/* "1.01E+02" → "101"; false: no exponent, or no whole number. */
static bool is_exponent(const char *text, char out[static 24])
{
	size_t digits = strspn(text, "0123456789.");
	char *end;
	if (digits == 0 || (text[digits] != 'E' && text[digits] != 'e'))
		return false;
	double v = strtod(text, &end);
	bool whole = *end == '\0' && v >= 0 && v < 1e15 && v == (double)(long long)v;
	if (whole)
		snprintf(out, 24, "%lld", (long long)v);
	return whole;
}

/* "101.0" → "101". */
static bool is_padded(const char *text, char out[static 24])
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 20 || text[digits] != '.' || text[digits + 1] == '\0' ||
	    strspn(text + digits + 1, "0") != strlen(text + digits + 1))
		return false;
	snprintf(out, 24, "%.*s", (int)digits, text);
	return true;
}

/* ---- one cell ---- */

static void ask_reading(struct flats *f, struct flat *flat, int c, const char *reading,
			const char *says)
{
	const char *const choices[] = {reading, _("as it stands"), NULL};
	if (flats_ask_part(f, "text", flat, c, says, choices) == 0)
		replace(&flat->part[c], reading);
}

static void check_number(struct flats *f, struct flat *flat, int c)
{
	char reading[24];
	int month, day;
	if (is_date(flat->part[c], &month, &day)) {
		snprintf(reading, sizeof reading, "%d-%d", month, day);
		ask_reading(f, flat, c, reading,
			    _("a date stands where a number of the address should be; the program "
			      "may have made it of one"));
	} else if (is_exponent(flat->part[c], reading)) {
		ask_reading(f, flat, c, reading,
			    _("a number with an exponent stands where a number of the address "
			      "should be"));
	}
}

/* Nothing brings back what was lost. */
static bool check_lost(struct flats *f, struct flat *flat, int c)
{
	struct yihu_error err;
	size_t column = f->columns.at[c] - 1;
	const struct table_cell *cell = table_cell(flat->row, column);
	const char *says = NULL;
	if (strstr(cell->text, "\xef\xbf\xbd"))
		says = _("characters were lost here (�); write them again");
	else if (cell->kind == TABLE_FAULT)
		says = _("a formula gives an error here; write the text itself");
	else if (yihu_check_hidden(c == R_NAME ? flat->name : flat->part[c], true, &err) != 0)
		says = err.text;
	if (says)
		flats_ask(f, "lost", flat->row, column, cell->text, says, NULL);
	return says != NULL;
}

static void check_marks(struct flats *f, struct flat *flat, int c)
{
	const char *const choices[] = {_("as it stands"), NULL};
	const char *text = c == R_NAME ? flat->name : flat->part[c];
	if (strchr(text, '?'))
		flats_ask_part(f, "marks", flat, c,
			       _("a question mark stands here; a program may have put it in the "
				 "place of a character"),
			       choices);
}

/* ---- a column ---- */

/* Every number of the column with ".0" behind it is one question. */
static void check_padded(struct flats *f, int c)
{
	size_t n = 0, first = 0;
	char reading[24];
	for (size_t i = 0; i < f->n; i++)
		if (is_padded(f->at[i].part[c], reading) && n++ == 0)
			first = i;
	if (n == 0)
		return;
	char *says =
		yihu_printf(yihu_ngettext("in %zu cell of this column a number ends in “.0”",
					  "in %zu cells of this column a number ends in “.0”", n),
			    n);
	const char *const choices[] = {_("without “.0”"), _("as they stand"), NULL};
	int answer = flats_ask_part(f, "point", &f->at[first], c, says, choices);
	free(says);
	for (size_t i = 0; answer == 0 && i < f->n; i++)
		if (is_padded(f->at[i].part[c], reading))
			replace(&f->at[i].part[c], reading);
}

/* In any script, or a numeral. */
static bool has_digit(const char *text)
{
	if (strpbrk(text, "0123456789"))
		return true;
	char *key = door_loose(text);
	bool found = strpbrk(key, "0123456789") != NULL;
	free(key);
	return found;
}

/* Was the same text asked about above? */
static bool is_known(const struct flats *f, size_t i, int c)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(f->at[k].part[c], f->at[i].part[c]) == 0)
			return true;
	return false;
}

/* A name or a telephone number where rooms or buildings are: cells were moved. */
static void check_unlike(struct flats *f, int c)
{
	size_t filled = 0, with_digit = 0;
	for (size_t i = 0; i < f->n; i++) {
		filled += f->at[i].part[c][0] != '\0';
		with_digit += has_digit(f->at[i].part[c]);
	}
	const char *const choices[] = {_("as it stands"), NULL};
	for (size_t i = 0; c != R_HOUSEHOLD && i < f->n; i++) {
		const char *text = f->at[i].part[c];
		bool long_number = strspn(text, "0123456789") >= 8;
		bool unlike = text[0] && with_digit * 2 >= filled && !has_digit(text);
		if ((long_number || unlike) && (c == R_ROOM || !is_known(f, i, c)))
			flats_ask_part(f, "unlike", &f->at[i], c,
				       _("this is unlike the other cells of its column; were cells "
					 "moved?"),
				       choices);
	}
}

void flats_check_cells(struct flats *f)
{
	static const int columns[] = {R_BUILDING, R_UNIT, R_ROOM, R_HOUSEHOLD, R_NAME};
	for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
		int c = columns[k];
		if (!f->columns.at[c])
			continue;
		if (c < R_PARTS)
			check_padded(f, c);
		for (size_t i = 0; i < f->n; i++) {
			if (!check_lost(f, &f->at[i], c))
				check_marks(f, &f->at[i], c);
			if (c < R_PARTS)
				check_number(f, &f->at[i], c);
		}
		if (c < R_PARTS)
			check_unlike(f, c);
	}
}
