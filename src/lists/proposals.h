/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of projects as people have it: 项目名称, 金额, 说明 and what else it may
 * say of each. What is certain is done and said; what is not is asked, all of it at
 * once, and until all is answered there are no projects.
 */
#ifndef YIHU_LISTS_PROPOSALS_H
#define YIHU_LISTS_PROPOSALS_H

#include "lists/proposal_text.h"
#include "lists/which_sheet.h"

struct proposal {
	char *text[N_PROPOSAL_TEXTS]; /* "" where the table says nothing */
	char *written;                /* the amount as it stands in the table */
	uint64_t fen;
};
/* A row's amount, for whoever types the table: also while places are open. */
struct proposal_row {
	uint32_t row;
	uint64_t fen; /* 0: it is no amount */
};
struct proposals {
	struct proposal *at; /* in the table's order; when nothing is open */
	size_t n;
	struct proposal_row *rows;
	size_t n_rows;
	struct list_asks asks; /* every place that was asked about, answered or not */
	struct yihu_buf notes; /* lines: what was read how, and what was passed over */
	bool chinese;          /* its columns have Chinese names */
	char *sheet;           /* that was read; NULL: that is asked */
};
/* Of a file of any form. budget in fen, 0: there is none; look may be NULL. With
 * asks.n_open > 0 it returns 0 and n is 0. proposals_finish frees. */
int proposals_read(struct proposals *out, const void *bytes, size_t len, uint64_t budget,
		   const struct list_look *look, struct yihu_error *err);
/* Leaves p empty. */
void proposals_finish(struct proposals *p);

/* For who checks it: each with its amount, as written and as read, and the sum. */
void proposals_show(struct yihu_buf *out, const struct proposals *p);

#endif
