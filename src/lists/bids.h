/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the lists folder: a table of projects on its way from rows to proposals.
 * A bid is a row that may be one. Its steps run in the order of this header; each
 * asks and notes what it has to.
 */
#ifndef YIHU_LISTS_BIDS_H
#define YIHU_LISTS_BIDS_H

#include "lists/money.h"
#include "lists/proposal_text.h"
#include "lists/which_sheet.h"

/* Columns: the texts of a proposal, and these. */
enum {
	B_COST = N_PROPOSAL_TEXTS,
	B_PART,   /* is it voted on? */
	B_NOTE,   /* may say that it is not */
	B_NUMBER, /* 序号 */
	N_BID_COLUMNS
};
struct bid {
	const struct table_row *row;
	char *text[N_PROPOSAL_TEXTS];
	uint64_t fen; /* bids_price */
	bool out;     /* it is left out */
	bool again;   /* since it stands above already */
};
/* A row that says what those above it cost together. */
struct bid_sum {
	const struct table_row *row;
	size_t end; /* of the bids above it */
	bool part;  /* 小计: of those since the last one */
};
struct bids {
	struct table_book book;
	const struct table *sheet;
	struct columns columns;
	struct bid *at;
	size_t n;
	struct bid_sum *sums;
	size_t n_sums;
	uint64_t budget, unit; /* fen; yuan, 0: the table names none */
	bool chinese;
	struct list_asks *asks;
	struct yihu_buf *notes;
};

/* proposals_names.c */
extern const struct column_names proposal_names;

/* bids_read.c: has a table columns enough for a list of projects? */
bool bids_fit(const struct columns *c);
/* bids_read.c: the sheet, its columns, and each row that may be a project. */
int bids_read(struct bids *b, const void *bytes, size_t len, const struct list_look *look,
	      struct yihu_error *err);
void bids_finish(struct bids *b);
/* bids_part.c: rows that are hidden, withdrawn, or not voted on. */
void bids_take_part(struct bids *b);
/* bids_cells.c: what was lost, what was moved, cells that are merged. */
void bids_check_cells(struct bids *b);
/* bids_price.c: the amounts. */
void bids_price(struct bids *b);
/* bids_sums.c: against sums and the budget. */
void bids_check_sums(struct bids *b);
/* bids_twice.c: two of one name. */
void bids_check_twice(struct bids *b);

/* bids.c. A line for people. */
void bids_note(struct bids *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* list_ask about a cell (column SIZE_MAX: the row); choices end with NULL. */
int bids_ask(struct bids *b, const char *kind, const struct table_row *row, size_t column,
	     const char *stands, const char *says, const char *const *choices);
/* The same of a bid about a column, with what stands in it. */
int bids_ask_cell(struct bids *b, const char *kind, const struct bid *bid, int column,
		  const char *says, const char *const *choices);
/* What stands in the row's cell of a column; borrowed. */
const char *bids_cell(const struct bids *b, const struct table_row *row, int column);

#endif
