/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of columns (columns.h).
 */
#include "lists/columns.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#define LOOKED_AT 40 /* rows: titles and notes above the names are few */
#define NONE COLUMNS_UNKNOWN

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

int columns_named(const struct column_names *names, const char *cell)
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
		bool known = columns_named(names, row->at[c].text) != NONE;
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

/* What is said of a column goes before its name, and takes the meaning from others. */
static int meaning_of(const struct columns_said *said, const struct column_names *names, size_t c,
		      const char *name)
{
	int meaning = columns_named(names, name);
	for (size_t i = 0; said && i < said->n; i++)
		if (said->at[i].column == c)
			return said->at[i].meaning;
	for (size_t i = 0; said && i < said->n; i++)
		if (meaning >= 0 && said->at[i].meaning == meaning && meaning != names->many)
			return COLUMNS_PASSED;
	return meaning;
}

static int take_name(struct columns *out, const struct table_book *b, const struct table_row *row,
		     const struct column_names *names, size_t c, const char *name, int column,
		     struct yihu_error *err)
{
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

/* The rows of the names: two of them, or one; n_rows: there are none. */
struct names_at {
	size_t top, bottom;
};

static struct names_at find_names(const struct table *t, const struct column_names *names)
{
	size_t at = best_row(names, t), others;
	struct names_at rows = {at, at};
	if (at < t->n_rows && is_next(t, at) && is_second(names, &t->rows[at + 1]))
		rows.bottom = at + 1;
	else if (at < t->n_rows && at > 0 && is_next(t, at - 1) &&
		 count_names(names, &t->rows[at - 1], &others) > 0)
		rows.top = at - 1;
	return rows;
}

/* Where somebody says it; else below the names. */
static size_t first_row(const struct table *t, const struct columns_said *said, size_t below)
{
	size_t first = 0;
	if (!said || said->from == 0)
		return below;
	while (first < t->n_rows && t->rows[first].number < said->from)
		first++;
	return first;
}

static bool says_any(const struct columns_said *said)
{
	return said && said->n > 0;
}

static const struct table_row no_names;

int columns_find(struct columns *out, const struct table_book *b, const struct table *t,
		 const struct column_names *names, const struct columns_said *said,
		 struct yihu_error *err)
{
	struct names_at rows = find_names(t, names);
	bool named = rows.bottom < t->n_rows;
	struct columns found = {.names = named ? &t->rows[rows.bottom] : &no_names};
	const struct table_row *above = named ? &t->rows[rows.top] : &no_names;
	int r = 0;
	for (size_t c = 0; r == 0 && (named || says_any(said)) && c < TABLE_COLUMNS_MAX; c++) {
		const char *name = table_cell(found.names, c)->text;
		name = name[0] ? name : table_cell(above, c)->text;
		int meaning = meaning_of(said, names, c, name);
		found.width = name[0] != '\0' || meaning >= 0 ? c + 1 : found.width;
		if (name[0] != '\0' || meaning >= 0)
			r = take_name(&found, b, found.names, names, c, name, meaning, err);
	}
	found.first = first_row(t, said,
				named            ? rows.bottom + 1
				: says_any(said) ? 0
						 : t->n_rows + 1);
	found.above = named ? rows.top : 0;
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

bool columns_repeated(const struct columns *c, const struct table_row *row)
{
	const struct table_row *names = c->names;
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
