/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts against what the table itself says they come to, and against the budget.
 */
#include <stdlib.h>
#include <string.h>

#include "lists/bids.h"

/* Of the bids before end, and behind the last sum of a part. */
static uint64_t add_up(const struct bids *b, size_t begin, size_t end)
{
	uint64_t sum = 0;
	for (size_t i = begin; i < end; i++)
		sum += b->at[i].out ? 0 : b->at[i].fen;
	return sum;
}

/* Rows that are left out were counted in by who added them up, maybe. */
static bool has_left_out(const struct bids *b, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (b->at[i].out)
			return true;
	return false;
}

/* Is an amount still to be mended? */
static bool has_unread(const struct bids *b, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (!b->at[i].out && b->at[i].fen == 0)
			return true;
	return false;
}

/* Also of a row that is left out, which nobody was asked about. */
static uint64_t written(const struct bids *b, const struct bid *bid)
{
	return bid->out ? money_read(bids_cell(b, bid->row, B_COST), b->unit ? b->unit : 1).fen
			: bid->fen;
}

/* A sum without an amount right below what costs as much as all the others: the
 * amounts may stand one row too high. */
static void check_moved(struct bids *b, const struct bid_sum *s, size_t begin)
{
	const char *const choices[] = {_("it is what the project costs"), NULL};
	uint64_t others = 0, last = 0;
	for (size_t i = begin; i < s->end; i++) {
		others += last;
		last = written(b, &b->at[i]);
	}
	if (s->end < begin + 2 || last == 0 || last < others)
		return;
	bids_ask_cell(b, "total", &b->at[s->end - 1], B_COST,
		      _("this is as much as all projects above it together, and the sum below has "
			"no amount; were amounts moved up?"),
		      choices);
}

/* The amount of a sum's row: where amounts stand, else none. */
static void check_sum(struct bids *b, const struct bid_sum *s, size_t begin)
{
	const char *cell = bids_cell(b, s->row, B_COST);
	struct money m = money_read(cell, b->unit ? b->unit : 1);
	uint64_t sum = add_up(b, begin, s->end);
	const char *const choices[] = {_("the projects count, as they stand"), NULL};
	if (cell[0] == '\0')
		check_moved(b, s, begin);
	if (cell[0] == '\0' || has_unread(b, begin, s->end) ||
	    (m.kind == MONEY_SURE && m.fen == sum))
		return;
	char *text = money_text(sum);
	char *says =
		yihu_printf(has_left_out(b, begin, s->end)
				    ? _("this sum is not that of the projects above it that are "
					"voted on, %s")
				    : _("this sum is not that of the projects above it, %s; is "
					"a row or an amount wrong?"),
			    text);
	bids_ask(b, "total", s->row, b->columns.at[B_COST] - 1, cell, says, choices);
	free(says);
	free(text);
}

/* A row that costs what all above it cost together may be a sum without the word. */
static void check_unnamed(struct bids *b)
{
	const char *const choices[] = {_("it is a project"), NULL};
	uint64_t sum = 0;
	for (size_t i = 0; i < b->n; i++) {
		if (b->at[i].out)
			continue;
		if (i > 1 && i + 1 == b->n && sum > 0 && b->at[i].fen == sum)
			bids_ask_cell(b, "total", &b->at[i], B_COST,
				      _("this is what all projects above cost together; is the row "
					"their sum? Then take it out"),
				      choices);
		sum += b->at[i].fen;
	}
}

static void check_budget(struct bids *b)
{
	const char *const choices[] = {_("keep it: it cannot win"), NULL};
	char *budget = money_text(b->budget);
	char *says = yihu_printf(_("the project costs more than the whole budget, %s"), budget);
	for (size_t i = 0; b->budget > 0 && i < b->n; i++)
		if (!b->at[i].out && b->at[i].fen > b->budget)
			bids_ask_cell(b, "dear", &b->at[i], B_COST, says, choices);
	free(says);
	free(budget);
}

void bids_check_sums(struct bids *b)
{
	size_t begin = 0;
	for (size_t i = 0; i < b->n_sums; i++) {
		check_sum(b, &b->sums[i], b->sums[i].part ? begin : 0);
		begin = b->sums[i].end;
	}
	check_unnamed(b);
	check_budget(b);
}
