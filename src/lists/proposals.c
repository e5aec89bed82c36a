/* SPDX-License-Identifier: Apache-2.0
 *
 * From a file to projects, and how they are shown (proposals.h).
 */
#include "lists/proposals.h"

#include <stdlib.h>
#include <string.h>

#include "lists/bids.h"
#include "table/show.h"

static void take(struct proposal *to, struct bid *from, const struct bids *b)
{
	*to = (struct proposal){.fen = from->fen,
				.written = yihu_strdup(bids_cell(b, from->row, B_COST))};
	memcpy(to->text, from->text, sizeof to->text);
	memset(from->text, 0, sizeof from->text);
}

/* The paper's numbers go by the table's order; one that says another is told. */
static void note_numbers(struct bids *b)
{
	size_t n = 0;
	bool other = false;
	for (size_t i = 0; i < b->n; i++) {
		const char *cell = bids_cell(b, b->at[i].row, B_NUMBER);
		if (b->at[i].out)
			continue;
		n++;
		char *number = yihu_printf("%zu", n);
		other |= cell[0] && strcmp(cell, number) != 0;
		free(number);
	}
	if (other)
		bids_note(b,
			  _("the projects are numbered anew, from 1, in the order of the table"));
}

static int take_all(struct proposals *out, struct bids *b, struct yihu_error *err)
{
	uint64_t sum = 0;
	note_numbers(b);
	out->at = yihu_calloc(b->n + 1, sizeof *out->at);
	for (size_t i = 0; i < b->n; i++)
		if (!b->at[i].out) {
			sum += sum <= MONEY_FEN_MAX ? b->at[i].fen : 0;
			take(&out->at[out->n++], &b->at[i], b);
		}
	if (out->n == 0)
		return yihu_fail(err, YIHU_EPROJECT, _("the table has no project"));
	if (sum > MONEY_FEN_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the amounts together are too large"));
	return 0;
}

static void take_rows(struct proposals *out, const struct bids *b)
{
	out->rows = yihu_calloc(b->n + 1, sizeof *out->rows);
	for (size_t i = 0; i < b->n; i++)
		if (!b->at[i].out)
			out->rows[out->n_rows++] =
				(struct proposal_row){b->at[i].row->number, b->at[i].fen};
}

int proposals_read(struct proposals *out, const void *bytes, size_t len, uint64_t budget,
		   const struct list_look *look, struct yihu_error *err)
{
	struct proposals made = {.asks = {.answers = look ? look->answers : NULL}};
	struct bids b = {.asks = &made.asks, .notes = &made.notes, .budget = budget};
	int r = bids_read(&b, bytes, len, look, err);
	if (r == 0 && b.sheet) {
		made.sheet = yihu_strdup(b.sheet->name);
		made.chinese = b.chinese;
		bids_take_part(&b);
		bids_check_cells(&b);
		bids_price(&b);
		bids_check_twice(&b);
		bids_check_sums(&b);
		take_rows(&made, &b);
		if (made.asks.n_open == 0)
			r = take_all(&made, &b, err);
	}
	bids_finish(&b);
	if (r != 0)
		proposals_finish(&made);
	else
		*out = made;
	return r;
}

void proposals_finish(struct proposals *p)
{
	for (size_t i = 0; i < p->n; i++) {
		for (int t = 0; t < N_PROPOSAL_TEXTS; t++)
			free(p->at[i].text[t]);
		free(p->at[i].written);
	}
	free(p->at);
	free(p->rows);
	free(p->sheet);
	list_asks_finish(&p->asks);
	yihu_buf_free(&p->notes);
	*p = (struct proposals){0};
}

/* ---- shown ---- */

void proposals_show(struct yihu_buf *out, const struct proposals *p)
{
	const char *const heads[] = {_("number"), _("project"), _("as written"), _("amount")};
	const bool right[] = {true, false, true, true};
	struct table_shown *t = table_shown_new(heads, right, 4);
	uint64_t sum = 0;
	for (size_t i = 0; i < p->n; i++) {
		char *number = yihu_printf("%zu", i + 1), *amount = money_text(p->at[i].fen);
		const char *const cells[] = {number, p->at[i].text[T_NAME], p->at[i].written,
					     amount};
		table_shown_row(t, cells);
		sum += p->at[i].fen;
		free(number);
		free(amount);
	}
	char *all = money_text(sum);
	const char *const last[] = {"", _("all of them together"), "", all};
	table_shown_row(t, last);
	table_shown_end(t, out);
	yihu_buf_str(out, "\n");
	free(all);
}
