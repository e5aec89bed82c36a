/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet as it is being read, within the limits of a table.
 */
#ifndef YIHU_TABLE_BUILDER_H
#define YIHU_TABLE_BUILDER_H

#include "table/table.h"

/* Of all sheets of one file. */
struct table_limits {
	size_t cells, text;
};
struct table_builder {
	struct table table; /* what is done */
	struct table_limits *limits;
	size_t room, merge_room;
	/* the row in hand */
	uint32_t number;
	bool hidden;
	struct yihu_buf text;
	struct table_slot {
		size_t at; /* in text */
		enum table_kind kind;
	} cell[TABLE_COLUMNS_MAX];
	uint32_t n;
};
/* name is copied. */
void table_builder_init(struct table_builder *b, struct table_limits *limits, const char *name);
/* Frees all that was not taken. */
void table_builder_finish(struct table_builder *b);
/* Ends the row before. Rows come in order. */
int table_builder_row(struct table_builder *b, uint32_t number, bool hidden,
		      struct yihu_error *err);
/* A cell of the row in hand, columns from 0, each at most once; blanks alone are
 * no cell. text is valid UTF-8. */
int table_builder_cell(struct table_builder *b, size_t column, enum table_kind kind,
		       const char *text, size_t len, struct yihu_error *err);
/* A merge of one cell is none. */
int table_builder_merge(struct table_builder *b, struct table_merge m, struct yihu_error *err);

/* Takes what the builder has, if it is a table that holds anything. */
int table_book_add(struct table_book *book, struct table_builder *b, struct yihu_error *err);

/* Leaves t empty. */
void table_free(struct table *t);

#endif
