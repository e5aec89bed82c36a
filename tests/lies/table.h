/* SPDX-License-Identifier: Apache-2.0
 *
 * TABLE.md: which words of the protocol each lie breaks. Rows are
 * `| section | words of PROTOCOL.md | lies, by name |`; where no lie is
 * possible in a public folder the last cell says after a dash who looks.
 */
#ifndef TESTS_LIES_TABLE_H
#define TESTS_LIES_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table_row {
	char *section, *quote;
	char **lies; /* none where the cell begins with a dash */
	size_t n_lies;
};
struct table {
	struct table_row *rows;
	size_t n;
	char *protocol; /* the page */
};
/* Aborts where a file cannot be read or a row has no three cells. */
struct table *table_read(const char *table_path, const char *protocol_path);
void table_free(struct table *t);

bool table_has(const struct table *t, const char *lie);
/* Do the row's words stand in its section of the page? */
bool table_quotes(const struct table *t, const struct table_row *row);
/* A sentence of §3 to §10 that says once, only, never and the like, and of which no row
 * has a word; NULL when there is none. Valid until table_free. */
char *table_unquoted(struct table *t);

#endif
