/* SPDX-License-Identifier: Apache-2.0
 *
 * What a list leaves open: every place at once, as a table, each with what may
 * be answered; and the answers, in a sheet that is filled in like any other.
 */
#ifndef YIHU_LISTS_ASKS_H
#define YIHU_LISTS_ASKS_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define LISTS_CHOICES_MAX 4

/* An answer is A, B, …: the choice of that place. Without choices the file
 * itself must be mended. */
struct list_ask {
	char *id;     /* of place, text, choices, and a cell's row: it fits no other list */
	char *place;  /* "row 76, column D" */
	char *cell;   /* "hD76": of the households, "pD7" of the projects; "": no one cell */
	char *stands; /* what is there */
	char *says;   /* what is the matter, and what to do */
	char *choice[LISTS_CHOICES_MAX];
	size_t n_choices;
	int answer; /* a choice; −1: open */
};
/* Instead of a choice, what should stand in the cell: it is read so, and what was asked
 * of it is gone. */
struct list_answer {
	char *id;
	int choice; /* −1: text */
	char *text; /* or NULL */
	bool read;  /* the list that was read last has its text in the cell */
};
struct list_answers {
	struct list_answer *at;
	size_t n;
};
struct list_asks {
	struct list_ask *at;
	size_t n, room;
	size_t n_open;
	const struct list_answers *answers; /* borrowed; NULL: none */
};

/* Where something is asked; both are taken. */
struct list_where {
	char *place;
	char *cell;    /* NULL: none */
	uint32_t mark; /* of the row (table.h); 0: of none */
};
/* A cell's name, as list_ask has it: list is 'h' or 'p', columns count from 0. Column
 * SIZE_MAX: NULL. Caller frees. */
char *list_cell_name(char list, uint32_t row, size_t column);
/* Adds one, and gives its answer. kind is a short word without hyphens, where is taken,
 * the rest copied; choices end with NULL. */
int list_ask(struct list_asks *a, const char *kind, struct list_where where, const char *stands,
	     const char *says, const char *const *choices);
/* Leaves a empty, but for its answers. */
void list_asks_finish(struct list_asks *a);
/* Moves all of b behind those of a; b is then empty. */
void list_asks_join(struct list_asks *a, struct list_asks *b);

/* Sets or replaces one. */
void list_answer(struct list_answers *answers, const char *id, int choice);
/* The same, by what should stand in the cell that the id names. */
void list_answer_text(struct list_answers *answers, const char *id, const char *text);
/* The cell in an id, "" when it names none; len: its length. Borrowed. */
const char *list_answer_cell(const char *id, size_t *len);
/* Was it asked of a cell in a row with this mark? */
bool list_answer_is_of(const char *id, uint32_t mark);
/* Leaves answers empty. */
void list_answers_finish(struct list_answers *answers);

/* Those that are open as a table for a terminal. */
void list_asks_show(struct yihu_buf *out, const struct list_asks *a);
/* All of them as a sheet (CSV for a spreadsheet program): the last two columns are for
 * the answers, what should stand in the cell or, last, a letter, and have those that are
 * there. */
void list_asks_sheet(struct yihu_buf *out, const struct list_asks *a);
/* A sheet as it comes back, in any table's form. Rows that are not answered are
 * passed over. YIHU_EFORMAT, with the place, of an answer that is none. */
int list_answers_read(struct list_answers *out, const void *bytes, size_t len,
		      struct yihu_error *err);

#endif
