/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads TABLE.md and looks its quotations up.
 */
#include "table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/bytes.h>
#include <yihu/error.h>
#include <yihu/file.h>

static char *read_text(const char *path)
{
	struct yihu_buf b = {0};
	struct yihu_error err;
	if (path == NULL || yihu_file_read(path, 1u << 20, &b, &err) != YIHU_OK) {
		fprintf(stderr, "cannot read %s\n", path != NULL ? path : "a file without a name");
		abort();
	}
	char *text = yihu_strndup((const char *)b.data, b.len);
	yihu_buf_free(&b);
	return text;
}

/* The next cell of a row, without the spaces at its ends. */
static char *next_cell(const char **row)
{
	const char *start = *row, *end = strstr(start, " |");
	if (end == NULL) {
		fprintf(stderr, "a row of the table lacks a cell: %s\n", start);
		abort();
	}
	start += strspn(start, "| ");
	*row = end + 1;
	return yihu_strndup(start, (size_t)(end - start));
}

static void read_lies(struct table_row *row, char *cell)
{
	if (strncmp(cell, "—", strlen("—")) == 0)
		return;
	char *save = NULL;
	for (char *name = strtok_r(cell, " ,", &save); name != NULL;
	     name = strtok_r(NULL, " ,", &save)) {
		row->lies = yihu_realloc(row->lies, row->n_lies + 1, sizeof *row->lies);
		row->lies[row->n_lies++] = yihu_strdup(name);
	}
}

static void read_row(struct table *t, const char *line)
{
	struct table_row row = {0};
	row.section = next_cell(&line);
	row.quote = next_cell(&line);
	char *cell = next_cell(&line);
	read_lies(&row, cell);
	free(cell);
	t->rows = yihu_realloc(t->rows, t->n + 1, sizeof *t->rows);
	t->rows[t->n++] = row;
}

struct table *table_read(const char *table_path, const char *protocol_path)
{
	struct table *t = yihu_calloc(1, sizeof *t);
	char *text = read_text(table_path), *save = NULL;
	t->protocol = read_text(protocol_path);
	for (char *line = strtok_r(text, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		if (line[0] == '|' && line[1] == ' ' && isdigit((unsigned char)line[2]))
			read_row(t, line);
	free(text);
	return t;
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->rows[i].n_lies; k++)
			free(t->rows[i].lies[k]);
		free(t->rows[i].lies);
		free(t->rows[i].section);
		free(t->rows[i].quote);
	}
	free(t->rows);
	free(t->protocol);
	free(t);
}

bool table_has(const struct table *t, const char *lie)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->rows[i].n_lies; k++)
			if (strcmp(t->rows[i].lies[k], lie) == 0)
				return true;
	return false;
}

/* Where "## N." and the section after it begin; aborts when there is none. */
static void section(const struct table *t, const char *number, const char **start, const char **end)
{
	char *head = yihu_printf("\n## %s.", number);
	*start = strstr(t->protocol, head);
	free(head);
	if (*start == NULL) {
		fprintf(stderr, "the protocol has no §%s\n", number);
		abort();
	}
	*end = strstr(*start + 1, "\n## ");
	if (*end == NULL)
		*end = *start + strlen(*start);
}

/* The first place of the quote at or after `from` and before `end`, or NULL. */
static const char *find(const char *from, const char *end, const char *quote)
{
	return memmem(from, (size_t)(end - from), quote, strlen(quote));
}

bool table_quotes(const struct table *t, const struct table_row *row)
{
	const char *start, *end;
	section(t, row->section, &start, &end);
	return find(start, end, row->quote) != NULL;
}

/* Does a row quote something that overlaps [from, to)? */
static bool quoted(const struct table *t, const char *number, const char *from, const char *to)
{
	const char *start, *end;
	section(t, number, &start, &end);
	for (size_t i = 0; i < t->n; i++) {
		const char *quote = t->rows[i].quote, *at = start;
		if (strcmp(t->rows[i].section, number) != 0)
			continue;
		while ((at = find(at, end, quote)) != NULL) {
			if (at < to && at + strlen(quote) > from)
				return true;
			at++;
		}
	}
	return false;
}

static bool whole_word(const char *at, size_t len, const char *from, const char *to)
{
	return (at == from || !isalpha((unsigned char)at[-1])) &&
	       (at + len == to || !isalpha((unsigned char)at[len]));
}

static bool strict(const char *from, const char *to)
{
	static const char *const words[] = {"once",     "only",   "differ", "at least", "at most",
					    "never",    "before", "within", "exactly",  "every",
					    "no other", "alone",  "twice",  "none"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]);
		for (const char *at = from; at + len <= to; at++)
			if (strncasecmp(at, words[i], len) == 0 && whole_word(at, len, from, to))
				return true;
	}
	return false;
}

/* A sentence ends with its line, or at . ; : before a space. */
static const char *sentence_end(const char *from, const char *end)
{
	const char *p = from;
	while (p < end && *p != '\n' && !(strchr(".;:", *p) != NULL && p[1] == ' '))
		p++;
	return p < end ? p + 1 : p;
}

char *table_unquoted(struct table *t)
{
	for (int n = 3; n <= 10; n++) {
		const char *start, *end, *to;
		char number[4];
		snprintf(number, sizeof number, "%d", n);
		section(t, number, &start, &end);
		for (const char *from = start; from < end; from = to) {
			to = sentence_end(from, end);
			if (!strict(from, to) || quoted(t, number, from, to))
				continue;
			char *sentence = t->protocol + (from - t->protocol);
			sentence[to - from] = '\0';
			return sentence;
		}
	}
	return NULL;
}
