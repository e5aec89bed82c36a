/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables on a terminal, by libsmartcols (show.h).
 */
#include "table/show.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>

struct table_shown {
	struct libscols_table *table;
	size_t n;
};

/* A failure of libsmartcols is one of memory. */
static void must(int r)
{
	if (r != 0)
		abort();
}

struct table_shown *table_shown_new(const char *const *heads, const bool *right, size_t n)
{
	struct table_shown *t = yihu_alloc(sizeof *t);
	*t = (struct table_shown){scols_new_table(), n};
	if (!t->table)
		abort();
	/* The same whatever terminal is behind: nothing is cut. */
	must(scols_table_set_termforce(t->table, SCOLS_TERMFORCE_NEVER));
	for (size_t i = 0; i < n; i++)
		if (!scols_table_new_column(t->table, heads[i], 0,
					    right && right[i] ? SCOLS_FL_RIGHT : 0))
			abort();
	return t;
}

void table_shown_row(struct table_shown *t, const char *const *cells)
{
	struct libscols_line *line = scols_table_new_line(t->table, NULL);
	if (!line)
		abort();
	for (size_t i = 0; i < t->n; i++)
		must(scols_line_set_data(line, i, cells[i]));
}

/* It measures text by the thread's locale, and in "C" would print Chinese as \x
 * escapes. */
void table_shown_end(struct table_shown *t, struct yihu_buf *out)
{
	char *text = NULL;
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	must(scols_print_table_to_string(t->table, &text));
	if (utf8) {
		uselocale(before);
		freelocale(utf8);
	}
	yihu_buf_str(out, text);
	free(text);
	scols_unref_table(t->table);
	free(t);
}
