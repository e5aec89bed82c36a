/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells that a program or an encoding has spoilt, that were moved, and those that
 * are merged: what is lost is refused, what can be guessed is asked.
 */
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include <yihu/looks.h>

#include "election/fold.h"
#include "lists/bids.h"

/* ---- merged ---- */

static const struct table_merge *merge_of(const struct bids *b, const struct table_row *row,
					  size_t column)
{
	for (size_t i = 0; i < b->sheet->n_merges; i++) {
		const struct table_merge *m = &b->sheet->merges[i];
		if (row->number > m->top && row->number <= m->bottom && column >= m->left &&
		    column <= m->right)
			return m;
	}
	return NULL;
}

/* What stands in the first cell of the merge; "" when that is another's row. */
static const char *text_of_merge(const struct bids *b, const struct table_merge *m)
{
	for (size_t i = b->columns.first; i < b->sheet->n_rows; i++)
		if (b->sheet->rows[i].number == m->top)
			return table_cell(&b->sheet->rows[i], m->left)->text;
	return "";
}

/* Place, proposer, kind and the like of several rows, in one cell. */
static void fill_merged(struct bids *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		for (int t = T_PLACE; t <= T_CONTACT; t++) {
			size_t at = b->columns.at[t];
			const struct table_merge *m = at ? merge_of(b, b->at[i].row, at - 1) : NULL;
			if (!m || b->at[i].text[t][0])
				continue;
			free(b->at[i].text[t]);
			b->at[i].text[t] = yihu_strdup(text_of_merge(b, m));
			n++;
		}
	if (n > 0)
		bids_note(b,
			  yihu_ngettext("filled in from a merged cell: %zu cell",
					"filled in from merged cells: %zu cells", n),
			  n);
}

/* A description in a merged cell may be of all of its rows, or of the first. */
static void check_merged_text(struct bids *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->columns.n_many; k++) {
			const struct table_merge *m = merge_of(b, b->at[i].row, b->columns.many[k]);
			const char *text = m ? text_of_merge(b, m) : "";
			const char *const choices[] = {_("of the first row alone"), NULL};
			if (text[0] &&
			    table_cell(b->at[i].row, b->columns.many[k])->text[0] == '\0')
				bids_ask(b, "merged", b->at[i].row, b->columns.many[k], text,
					 _("this text is merged over several projects; write to "
					   "each what is its own"),
					 choices);
		}
}

/* ---- lost ---- */

static const char *what_is_lost(const struct table_cell *cell, struct yihu_error *err)
{
	if (strstr(cell->text, "\xef\xbf\xbd"))
		return _("characters were lost here (�); write them again");
	if (cell->kind == TABLE_FAULT)
		return _("a formula gives an error here; write the text itself");
	if (yihu_check_hidden(cell->text, true, err) != 0)
		return err->text;
	return NULL;
}

static bool check_lost(struct bids *b, const struct table_row *row, size_t column)
{
	struct yihu_error err;
	const struct table_cell *cell = table_cell(row, column);
	const char *says = what_is_lost(cell, &err);
	const char *const choices[] = {_("as it stands"), NULL};
	if (says)
		bids_ask(b, "lost", row, column, cell->text, says, NULL);
	else if (strstr(cell->text, "??") || cell->text[0] == '?')
		bids_ask(b, "marks", row, column, cell->text,
			 _("a question mark stands here; a program may have put it in the place of "
			   "a character"),
			 choices);
	return says != NULL;
}

/* ---- moved ---- */

static bool has_letter(const char *text)
{
	ucs4_t c;
	for (const uint8_t *p = (const uint8_t *)text; (p = u8_next(&c, p)) != NULL;)
		if (uc_is_property_alphabetic(c))
			return true;
	return false;
}

static void check_name(struct bids *b, const struct bid *bid)
{
	const char *const choices[] = {_("as it stands"), NULL};
	const struct table_cell *cell = columns_cell(&b->columns, bid->row, T_NAME);
	const char *says = NULL;
	if (cell->kind == TABLE_DATE)
		says = _("a date stands where the project's name should be");
	else if (!has_letter(cell->text) || money_read(cell->text, 1).kind != MONEY_UNREAD)
		says = _("this is a number, and no name; were cells moved?");
	if (says)
		bids_ask_cell(b, "name", bid, T_NAME, says, choices);
}

void bids_check_cells(struct bids *b)
{
	fill_merged(b);
	check_merged_text(b);
	for (size_t i = 0; i < b->n; i++) {
		const struct bid *bid = &b->at[i];
		/* by its name a row that is left out may be known below */
		bool lost = check_lost(b, bid->row, b->columns.at[T_NAME] - 1);
		for (int c = T_NAME + 1; !bid->out && c <= B_COST; c++)
			if (b->columns.at[c])
				check_lost(b, bid->row, b->columns.at[c] - 1);
		for (size_t k = 0; !bid->out && k < b->columns.n_many; k++)
			check_lost(b, bid->row, b->columns.many[k]);
		if (!bid->out && !lost)
			check_name(b, bid);
	}
}
