/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns shown (columns_shown.h).
 */
#include "lists/columns_shown.h"

#include <stdlib.h>
#include <string.h>

#include "lists/bids.h"
#include "lists/flats.h"

#define SHOWN_MAX 60

/* A list's kind: what its columns are called, and what must be among them. */
struct kind {
	const struct column_names *names;
	bool (*fits)(const struct columns *c);
	void (*settle)(struct columns *c); /* or NULL */
};
static const struct kind households = {&roster_names, flats_fit, flats_settle_columns};
static const struct kind projects = {&proposal_names, bids_fit, NULL};

/* What column c was taken for. */
static const char *word_of(const struct columns *columns, const struct column_names *names,
			   size_t c)
{
	for (size_t i = 0; i < columns->n_many; i++)
		if (columns->many[i] == c)
			return columns_word(names, names->many);
	for (int m = 0; m < COLUMNS_MAX; m++)
		if (columns->at[m] == c + 1)
			return columns_word(names, m);
	return NULL;
}

static size_t width_of(const struct columns *columns, const struct table *t)
{
	size_t width = columns->width;
	for (size_t i = 0; i < t->n_rows; i++)
		width = t->rows[i].n > width ? t->rows[i].n : width;
	return width < SHOWN_MAX ? width : SHOWN_MAX;
}

static void show_one(struct column_shown *to, const struct columns *columns, const struct table *t,
		     const struct column_names *names, size_t c)
{
	char *letters = list_cell_name('x', 0, c);
	memcpy(to->letters, letters + 1, strlen(letters) - 2); /* without list and row */
	free(letters);
	to->heading = yihu_strdup(table_cell(columns->names, c)->text);
	to->is = word_of(columns, names, c);
	for (size_t i = 0; i < COLUMN_SAMPLES; i++) {
		size_t row = columns->first + i;
		to->sample[i] =
			yihu_strdup(row < t->n_rows ? table_cell(&t->rows[row], c)->text : "");
	}
}

/* first beyond the table: nothing was found, and the list may begin with its first row. */
static void show(struct columns_shown *out, struct columns *columns, const struct table *t,
		 const struct kind *k)
{
	if (columns->first > t->n_rows)
		columns->first = 0;
	out->n = width_of(columns, t);
	out->at = yihu_calloc(out->n + 1, sizeof *out->at);
	out->names_row = columns->names->number;
	out->first_row = columns->first < t->n_rows ? t->rows[columns->first].number : 0;
	for (size_t c = 0; c < out->n; c++)
		show_one(&out->at[c], columns, t, k->names, c);
}

static int read_book(struct columns_shown *out, struct table_book *book, const struct kind *k,
		     const struct list_look *look, struct yihu_error *err)
{
	struct list_asks asks = {.answers = look->answers};
	struct yihu_buf notes = {0};
	const struct sheet_wanted w = {
		.names = k->names, .fits = k->fits, .look = look, .asks = &asks, .notes = &notes};
	struct sheet_found found = {0};
	struct columns_said said;
	int r = which_sheet(&found, book, &w, err);
	if (r == 0 && !found.sheet && book->n > 0) {
		found.sheet = &book->sheets[0];
		r = columns_said_parse(&said, look->columns, k->names, err);
		if (r == 0)
			r = columns_find(&found.columns, book, found.sheet, k->names, &said, err);
	}
	if (r == 0 && found.sheet && k->settle)
		k->settle(&found.columns);
	if (r == 0 && found.sheet)
		show(out, &found.columns, found.sheet, k);
	columns_finish(&found.columns);
	list_asks_finish(&asks);
	yihu_buf_free(&notes);
	return r;
}

static int read_columns(struct columns_shown *out, const void *bytes, size_t len,
			const struct kind *k, const struct list_look *look, struct yihu_error *err)
{
	struct table_book book = {0};
	*out = (struct columns_shown){0};
	int r = table_book_read(&book, bytes, len, err);
	if (r == 0)
		r = read_book(out, &book, k, look, err);
	table_book_free(&book);
	return r;
}

int roster_columns(struct columns_shown *out, const void *bytes, size_t len,
		   const struct list_look *look, struct yihu_error *err)
{
	return read_columns(out, bytes, len, &households, look, err);
}

int proposals_columns(struct columns_shown *out, const void *bytes, size_t len,
		      const struct list_look *look, struct yihu_error *err)
{
	return read_columns(out, bytes, len, &projects, look, err);
}

void columns_shown_finish(struct columns_shown *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->at[i].heading);
		for (size_t k = 0; k < COLUMN_SAMPLES; k++)
			free(c->at[i].sample[k]);
	}
	free(c->at);
	*c = (struct columns_shown){0};
}

/* Meanings may have gaps: R_PARTS and the household share a number. */
static const char *nth_word(const struct column_names *names, size_t i)
{
	size_t n = 0;
	for (int m = 0; m < COLUMNS_MAX; m++)
		if (columns_word(names, m) && n++ == i)
			return columns_word(names, m);
	return NULL;
}

const char *roster_column_word(size_t i)
{
	return nth_word(&roster_names, i);
}

const char *proposals_column_word(size_t i)
{
	return nth_word(&proposal_names, i);
}
