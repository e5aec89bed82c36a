/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of columns (columns.h).
 */
#include "lists/columns.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#define LOOKED_AT 40 /* rows: titles and notes above the names are few */
#define NONE (-2)

/* What a name says without case, blanks, and what stands in brackets behind it. */
static char *key_of(const char *cell)
{
	char *look = yihu_look(cell), *to = look;
	size_t end = strcspn(look, "([{:*");
	look[end] = '\0';
	for (const char *p = look; *p; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = '\0';
	return look;
}

static int find(const struct column_names *names, const char *key)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->at[i].name, key) == 0)
			return names->at[i].column;
	return NONE;
}

/* Without an end that may stand behind it; false: it has none. */
static bool drop_end(const struct column_names *names, char *key)
{
	size_t len = strlen(key);
	for (const char *const *end = names->ends; end && *end; end++) {
		size_t n = strlen(*end);
		if (len > n && strcmp(key + len - n, *end) == 0) {
			key[len - n] = '\0';
			return true;
		}
	}
	return false;
}

/* A meaning, COLUMNS_PASSED, or NONE. */
static int named(const struct column_names *names, const char *cell)
{
	if (cell[0] == '\0' || strlen(cell) > 60)
		return NONE;
	char *key = key_of(cell);
	int found = find(names, key);
	if (found == NONE && drop_end(names, key))
		found = find(names, key);
	free(key);
	return found;
}

/* How many cells of the row name a column; *others: how many hold anything else. */
static size_t count_names(const struct column_names *names, const struct table_row *row,
			  size_t *others)
{
	size_t n = 0;
	*others = 0;
	for (size_t c = 0; c < row->n; c++) {
		bool known = named(names, row->at[c].text) != NONE;
		n += known;
		*others += !known && row->at[c].text[0] != '\0';
	}
	return n;
}

/* The row that names most; n_rows: none does. */
static size_t best_row(const struct column_names *names, const struct table *t)
{
	size_t best = t->n_rows, most = 0, others;
	for (size_t i = 0; i < t->n_rows && i < LOOKED_AT; i++) {
		size_t n = count_names(names, &t->rows[i], &others);
		if (n > most) {
			most = n;
			best = i;
		}
	}
	return best;
}

static bool is_next(const struct table *t, size_t i)
{
	return i + 1 < t->n_rows && t->rows[i + 1].number == t->rows[i].number + 1;
}

static void pass_over(struct columns *out, const char *name)
{
	yihu_buf_fmt(&out->passed, "%s%.60s", out->passed.len ? ", " : "", name);
}

static int fail_twice(const struct table_book *b, const struct table_row *row, size_t c,
		      const char *name, struct yihu_error *err)
{
	char *place = table_place(b, row->number, c);
	yihu_fail(err, YIHU_EHOUSEHOLD,
		  _("the column “%.60s” says what an earlier column says; take one of them out"),
		  name);
	yihu_fail_at(err, YIHU_EHOUSEHOLD, "%s", place);
	free(place);
	return YIHU_EHOUSEHOLD;
}

static int take_name(struct columns *out, const struct table_book *b, const struct table_row *row,
		     const struct column_names *names, size_t c, const char *name,
		     struct yihu_error *err)
{
	int column = named(names, name);
	out->n_known += column >= 0;
	if (column >= 0 && column == names->many && out->n_many < COLUMNS_NOTES_MAX)
		out->many[out->n_many++] = c;
	else if (column < 0 || (out->at[column] != 0 && column == names->first) ||
		 column == names->many)
		pass_over(out, name);
	else if (out->at[column] != 0)
		return fail_twice(b, row, c, name, err);
	else
		out->at[column] = c + 1;
	return 0;
}

/* Is the row the lower half of the names? */
static bool is_second(const struct column_names *names, const struct table_row *row)
{
	size_t others, n = count_names(names, row, &others);
	return n > 1 || (n == 1 && others == 0);
}

int columns_find(struct columns *out, const struct table_book *b, const struct table *t,
		 const struct column_names *names, struct yihu_error *err)
{
	struct columns found = {0};
	size_t at = best_row(names, t), others, top = at, bottom = at;
	int r = 0;
	if (at < t->n_rows && is_next(t, at) && is_second(names, &t->rows[at + 1]))
		bottom = at + 1;
	else if (at < t->n_rows && at > 0 && is_next(t, at - 1) &&
		 count_names(names, &t->rows[at - 1], &others) > 0)
		top = at - 1;
	for (size_t c = 0; r == 0 && at < t->n_rows && c < TABLE_COLUMNS_MAX; c++) {
		const char *above = table_cell(&t->rows[top], c)->text;
		const char *name = table_cell(&t->rows[bottom], c)->text;
		name = name[0] ? name : above;
		found.width = name[0] != '\0' ? c + 1 : found.width;
		if (name[0] != '\0')
			r = take_name(&found, b, &t->rows[bottom], names, c, name, err);
	}
	found.first = bottom + 1;
	found.above = top;
	if (r == 0)
		*out = found;
	else
		columns_finish(&found);
	return r;
}

void columns_finish(struct columns *c)
{
	yihu_buf_free(&c->passed);
	*c = (struct columns){0};
}

bool columns_repeated(const struct columns *c, const struct table *t, const struct table_row *row)
{
	const struct table_row *names = &t->rows[c->first - 1];
	size_t same = 0, cells = 0;
	for (size_t i = 0; i < row->n; i++) {
		cells += row->at[i].text[0] != '\0';
		same += row->at[i].text[0] &&
			strcmp(row->at[i].text, table_cell(names, i)->text) == 0;
	}
	return same > 1 && same == cells;
}

const struct table_cell *columns_cell(const struct columns *c, const struct table_row *row,
				      int column)
{
	return table_cell(row, c->at[column] ? c->at[column] - 1 : SIZE_MAX);
}
