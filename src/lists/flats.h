/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the lists folder: a list on its way from rows to households. Its steps
 * run in the order of this header; each asks and notes what it has to.
 */
#ifndef YIHU_LISTS_FLATS_H
#define YIHU_LISTS_FLATS_H

#include "lists/which_sheet.h"

enum roster_column {
	R_BUILDING,
	R_UNIT,
	R_ROOM,
	R_HOUSEHOLD,
	R_NAME,
	R_PART, /* takes part? */
	R_WITH, /* what has one text here is one household */
	R_NOTE,
	R_PARTS = R_HOUSEHOLD + 1, /* of an address */
};
struct flat {
	const struct table_row *row;
	char *part[R_PARTS]; /* folded; of those above, as filled */
	char *name, *notes;
	char *label;             /* flats_settle */
	bool out;                /* gets no letter */
	bool below_sum;          /* a sum stands right above: a building may end there */
	bool settled;            /* its building and unit were asked about */
	bool own[R_UNIT + 1];    /* building and unit stand in the row itself */
	bool filled[R_UNIT + 1]; /* or are those of a cell above */
	bool below_empty;        /* a row right above is empty */
	size_t with;             /* 1 + the flat that it is one household with; 0: none */
};
struct flats {
	struct table_book book;
	const struct table *sheet;
	struct columns columns;
	struct flat *at;
	size_t n;
	bool stands_once[R_UNIT + 1]; /* the column has a value above those that it is for */
	bool plain_rooms;             /* most rooms are numbers */
	struct list_asks *asks;       /* what is open, and what was said */
	struct yihu_buf *notes;
};

/* roster_names.c */
extern const struct column_names roster_names;

/* flats_read.c: has a table columns enough for a list of households? And what 住户 is beside
 * a room: who lives there. */
bool flats_fit(const struct columns *c);
void flats_settle_columns(struct columns *c);
/* flats_read.c: the sheet, its columns, and each row that is a flat; no sheet where
 * that was asked. */
int flats_read(struct flats *f, const void *bytes, size_t len, const struct list_look *look,
	       struct yihu_error *err);
void flats_finish(struct flats *f);
/* flats_cells.c: dates, exponents, signs that stand for what was lost. */
void flats_check_cells(struct flats *f);
/* flats_fill.c: buildings and units of merged cells, where they are certain. */
void flats_fill(struct flats *f);
/* flats_part.c: shops, vacant flats, and who is said to take part or not. */
void flats_take_part(struct flats *f);
/* flats_fill.c: those that are not certain, of flats that take part. Makes the labels. */
void flats_settle(struct flats *f);
/* flats_doors.c: what is there twice, and flats that are one household. */
void flats_check_doors(struct flats *f);

/* "3栋-1单元-101", of its parts; caller frees. */
char *flats_label(const struct flat *flat);
/* A line for people. */
void flats_note(struct flats *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* list_ask about a cell (column SIZE_MAX: the row); choices end with NULL. */
int flats_ask(struct flats *f, const char *kind, const struct table_row *row, size_t column,
	      const char *stands, const char *says, const char *const *choices);
/* The same about a meaning's cell, in the words that stand there now. */
int flats_ask_part(struct flats *f, const char *kind, const struct flat *flat, int column,
		   const char *says, const char *const *choices);

#endif
