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
	char *id;     /* of place, text and choices: it fits no other list */
	char *place;  /* "row 76, column D" */
	char *stands; /* what is there */
	char *says;   /* what is the matter, and what to do */
	char *choice[LISTS_CHOICES_MAX];
	size_t n_choices;
	int answer; /* a choice; −1: open */
};
struct list_answer {
	char *id;
	int choice;
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

/* Adds one, and gives its answer. kind is a short word, place is taken, the rest
 * copied; choices end with NULL. */
int list_ask(struct list_asks *a, const char *kind, char *place, const char *stands,
	     const char *says, const char *const *choices);
/* Leaves a empty, but for its answers. */
void list_asks_finish(struct list_asks *a);
/* Moves all of b behind those of a; b is then empty. */
void list_asks_join(struct list_asks *a, struct list_asks *b);

/* Sets or replaces one. */
void list_answer(struct list_answers *answers, const char *id, int choice);
/* Leaves answers empty. */
void list_answers_finish(struct list_answers *answers);

/* Those that are open as a table for a terminal. */
void list_asks_show(struct yihu_buf *out, const struct list_asks *a);
/* All of them as a sheet (CSV for a spreadsheet program): the last column is for
 * the answers, and has those that are there. */
void list_asks_sheet(struct yihu_buf *out, const struct list_asks *a);
/* A sheet as it comes back, in any table's form. Rows that are not answered are
 * passed over. YIHU_EFORMAT, with the place, of an answer that is none. */
int list_answers_read(struct list_answers *out, const void *bytes, size_t len,
		      struct yihu_error *err);

#endif
