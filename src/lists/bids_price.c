/* SPDX-License-Identifier: Apache-2.0
 *
 * What each project costs: by the unit of its cell, of the column or of the table.
 * Where none is said, small amounts may be in 万元.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#include "lists/bids.h"

#define WAN 10000
#define SMALL (1000 * 100) /* fen: less is hardly a project in yuan */
#define MANY 1000          /* of 万元: more is hardly one in 万元 */

/* ---- the unit ---- */

/* In the rows of names, also where one name stands over several columns. */
static uint64_t unit_of_names(const struct bids *b)
{
	size_t column = b->columns.at[B_COST] - 1;
	uint64_t unit = 0;
	for (size_t i = b->columns.first; unit == 0 && i-- > b->columns.above;) {
		const struct table_row *row = &b->sheet->rows[i];
		size_t c = column;
		while (i + 1 < b->columns.first && c > 0 && table_cell(row, c)->text[0] == '\0')
			c--;
		unit = money_unit(table_cell(row, c)->text);
	}
	return unit;
}

/* "单位：万元" above the table. */
static uint64_t unit_above(const struct bids *b)
{
	uint64_t unit = 0;
	for (size_t i = 0; i < b->columns.above; i++)
		for (size_t c = 0; unit == 0 && c < b->sheet->rows[i].n; c++) {
			const char *text = b->sheet->rows[i].at[c].text;
			if (strstr(text, "单位") || strstr(text, "單位"))
				unit = money_unit(text);
		}
	return unit;
}

static const char *unit_name(uint64_t unit)
{
	return unit == 1 ? _("in yuan") : unit == WAN ? _("in 万元") : _("as the column says");
}

static void settle_unit(struct bids *b)
{
	uint64_t names = unit_of_names(b), above = unit_above(b);
	b->unit = names ? names : above;
	if (names && above && names != above) {
		const char *const choices[] = {unit_name(names), unit_name(above), NULL};
		const struct table_row *row = b->columns.names;
		size_t column = b->columns.at[B_COST] - 1;
		b->unit = bids_ask(b, "unit", row, column, table_cell(row, column)->text,
				   _("the column and a line above the table name two units; in "
				     "which are the amounts?"),
				   choices) == 1
				  ? above
				  : names;
	}
	if (b->unit > 1)
		bids_note(b,
			  _("amounts without a unit of their own are multiplied by %llu, as the "
			    "table says"),
			  (unsigned long long)b->unit);
}

static bool is_small(const struct money *m)
{
	return m->kind == MONEY_SURE && !m->has_unit && m->fen < SMALL;
}

/* Of a table that names no unit: are all its amounts small? */
static bool all_small(const struct bids *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct money m = money_read(bids_cell(b, b->at[i].row, B_COST), 1);
		if (b->at[i].out || m.kind != MONEY_SURE)
			continue;
		if (!is_small(&m))
			return false;
		n++;
	}
	return n > 1;
}

/* One question for the whole column. */
static void ask_small(struct bids *b)
{
	const struct table_row *row = b->columns.names;
	size_t column = b->columns.at[B_COST] - 1;
	const char *const choices[] = {unit_name(1), unit_name(WAN), NULL};
	int answer = bids_ask(b, "unit", row, column, table_cell(row, column)->text,
			      _("the amounts have no unit and are small; in which unit are they?"),
			      choices);
	b->unit = answer == 1 ? WAN : 1;
}

/* ---- one amount ---- */

/* Asks which of the readings is meant; those behind the first may be none (0). */
static uint64_t ask_reading(struct bids *b, const struct bid *bid, const uint64_t at[static 3],
			    const char *says)
{
	const char *choices[4] = {NULL};
	char *texts[3];
	size_t n = 0;
	for (size_t i = 0; i < 3; i++) {
		texts[i] = money_text(at[i]);
		if (i == 0 || at[i] > 0)
			choices[n++] = texts[i];
	}
	int answer = bids_ask_cell(b, "cost", bid, B_COST, says, choices);
	for (size_t i = 0; i < 3; i++)
		free(texts[i]);
	return at[answer > 0 ? answer : 0];
}
#define READINGS(...)                                                                              \
	(const uint64_t[3])                                                                        \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

/* An amount that reads well and may be meant otherwise. */
static uint64_t check_size(struct bids *b, const struct bid *bid, const struct money *m)
{
	const char *cell = bids_cell(b, bid->row, B_COST);
	if (!m->has_unit && b->unit > 1 && m->fen / b->unit >= MANY * 100)
		return ask_reading(b, bid, READINGS(m->fen, m->fen / b->unit),
				   _("the column's unit makes this very much; which amount is "
				     "meant?"));
	if (b->chinese && b->unit == 0 && is_small(m))
		return ask_reading(b, bid, READINGS(m->fen, money_read(cell, WAN).fen),
				   _("the amount has no unit and is small; which one is meant?"));
	return m->fen;
}

/* A comma between thousands that no quotation marks kept in its cell: 128,000 is then
 * 128 and, in the next cell, 000; and every cell behind it has moved. */
static void check_parted(struct bids *b, const struct bid *bid)
{
	const char *const choices[] = {_("as they stand"), NULL};
	const char *cell = bids_cell(b, bid->row, B_COST);
	const char *next = table_cell(bid->row, b->columns.at[B_COST])->text;
	if (strspn(next, "0123456789") < 3 || strchr(cell, ','))
		return;
	char *whole = yihu_printf("%s,%s", cell, next);
	if (money_read(whole, 1).kind == MONEY_SURE)
		bids_ask(b, "split", bid->row, b->columns.at[B_COST] - 1, whole,
			 _("is this one amount, whose comma parted it into two cells? Then write "
			   "it without the comma"),
			 choices);
	free(whole);
}

/* What stands there is no amount that could be meant: NULL, it may be one. */
static const char *what_is_wrong(const struct money *m)
{
	switch (m->kind) {
	case MONEY_ZERO:
		return _("an amount must be more than 0; write what the project costs");
	case MONEY_LARGE:
		return _("the amount is too large; write what the project costs");
	case MONEY_EMPTY:
	case MONEY_UNREAD:
		return _("this is not one amount; write it such as 128000, 128,000.50, 36800元 or "
			 "8.6万");
	default:
		return NULL;
	}
}

/* One that reads, with something that leaves it open. */
static uint64_t ask_which(struct bids *b, const struct bid *bid, const struct money *m)
{
	const char *cell = bids_cell(b, bid->row, B_COST);
	uint64_t wan = b->chinese && b->unit == 0 ? money_read(cell, WAN).fen : 0;
	switch (m->kind) {
	case MONEY_ABOUT:
		return ask_reading(
			b, bid, READINGS(m->fen),
			_("an estimate stands here, and one amount is voted on; is it this?"));
	case MONEY_POWER:
		return ask_reading(b, bid, READINGS(m->fen),
				   _("a number with an exponent stands here, and digits may be "
				     "lost; is it this?"));
	case MONEY_POINT:
		return ask_reading(b, bid, READINGS(m->fen, money_read(cell, 1000).fen, wan),
				   _("is the point one before decimals, or before thousands?"));
	case MONEY_FINE:
		return ask_reading(b, bid, READINGS(m->fen, wan),
				   _("amounts go down to 0.01, and this has more decimals; "
				     "rounded it is this"));
	default:
		return check_size(b, bid, m);
	}
}

static uint64_t price(struct bids *b, const struct bid *bid)
{
	struct money m = money_read(bids_cell(b, bid->row, B_COST), b->unit ? b->unit : 1);
	check_parted(b, bid);
	const char *wrong = what_is_wrong(&m);
	if (!wrong)
		return ask_which(b, bid, &m);
	bids_ask_cell(b, "cost", bid, B_COST, wrong, NULL);
	return 0;
}

void bids_price(struct bids *b)
{
	settle_unit(b);
	if (b->unit == 0 && b->chinese && all_small(b))
		ask_small(b);
	for (size_t i = 0; i < b->n; i++)
		if (!b->at[i].out)
			b->at[i].fen = price(b, &b->at[i]);
}
