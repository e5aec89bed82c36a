/* SPDX-License-Identifier: Apache-2.0
 *
 * Text that deceives who reads it (PROTOCOL §2.4): signs that nobody sees, and
 * names that look alike. No question of form: a file that holds such text is
 * read and audited as ever, but no new election is made of it.
 */
#include "pabulib.h"

#include <string.h>
#include <yihu/charter.h>
#include <yihu/looks.h>

static int check_cell(const char *cell, bool shapes, size_t line, size_t column,
		      struct yihu_error *err)
{
	int r = yihu_check_hidden(cell, shapes, err);
	return r ? yihu_fail_cell(err, r, line, column) : 0;
}

static int check_meta(const struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < d->n_meta; i++) {
		const struct yihu_meta *m = &d->meta[i];
		r = check_cell(m->key, false, m->line, 1, err);
		if (r == 0)
			r = check_cell(m->value, true, m->line, 2, err);
	}
	return r;
}

static int check_project(const struct yihu_definition *d, const struct yihu_project *p,
			 struct yihu_error *err)
{
	int r = 0;
	for (size_t c = 0; r == 0 && c < d->n_columns; c++)
		r = check_cell(p->fields[c], c > 0, p->line, c + 1, err);
	return r;
}

static int check_columns(const struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	for (size_t c = 0; r == 0 && c < d->n_columns; c++)
		r = check_cell(d->columns[c], false, d->projects[0].line - 1, c + 1, err);
	return r;
}

/* A text, what it looks like, and the line it is on. */
struct seen {
	const char *text;
	char *look;
	size_t line;
};

static int by_look(const void *a, const void *b)
{
	const struct seen *p = a, *q = b;
	int order = strcmp(p->look, q->look);
	return order ? order : (p->line > q->line) - (p->line < q->line);
}

static int fail_alike(struct yihu_error *err, const struct seen *a, const struct seen *b,
		      size_t column)
{
	int r = yihu_fail(err, YIHU_ELOOKS,
			  _("“%.*s” looks like “%.*s” on line %zu; give one of them another "
			    "name"),
			  yihu_clip(b->text), b->text, yihu_clip(a->text), a->text, a->line);
	return yihu_fail_cell(err, r, b->line, column);
}

/* Empty cells are no names. */
static int check_column_alike(const struct yihu_definition *d, size_t column,
			      struct yihu_error *err)
{
	int r = 0;
	struct seen *all = yihu_calloc(d->n_projects, sizeof *all);
	for (size_t i = 0; i < d->n_projects; i++) {
		const struct yihu_project *p = &d->projects[i];
		all[i] = (struct seen){p->fields[column], yihu_look(p->fields[column]), p->line};
	}
	qsort(all, d->n_projects, sizeof *all, by_look);
	for (size_t i = 1; r == 0 && i < d->n_projects; i++)
		if (all[i].look[0] != '\0' && strcmp(all[i - 1].look, all[i].look) == 0)
			r = fail_alike(err, &all[i - 1], &all[i], column + 1);
	for (size_t i = 0; i < d->n_projects; i++)
		free(all[i].look);
	free(all);
	return r;
}

/* Ids, and names in every language: name, name_en, … */
static bool tells_apart(const char *column)
{
	return strcmp(column, "project_id") == 0 || strcmp(column, "name") == 0 ||
	       strncmp(column, "name_", 5) == 0;
}

int yihu_definition_check_looks(const struct yihu_definition *d, struct yihu_error *err)
{
	int r = check_meta(d, err);
	if (r == 0)
		r = check_columns(d, err);
	for (size_t i = 0; r == 0 && i < d->n_projects; i++)
		r = check_project(d, &d->projects[i], err);
	for (size_t c = 0; r == 0 && c < d->n_columns; c++)
		if (tells_apart(d->columns[c]))
			r = check_column_alike(d, c, err);
	return r;
}

/* Of the n + 2 keys: the log's, the issuer's, the holders'. The name itself is
 * not shown: on a terminal its signs would do what they are there for. */
static int fail_name(struct yihu_error *err, int code, size_t i)
{
	if (i == 0)
		return yihu_fail_at(err, code, _("the name of the log"));
	if (i == 1)
		return yihu_fail_at(err, code, _("the name of the issuer"));
	return yihu_fail_at(err, code, _("the name of key holder %zu"), i - 1);
}

int yihu_charter_check_looks(const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_vkey signers[YIHU_HOLDERS_MAX + 1];
	struct seen all[YIHU_HOLDERS_MAX + 2] = {0};
	size_t n = c->n + 2;
	int r = 0;
	yihu_charter_signers(c, signers);
	for (size_t i = 0; i < n; i++) {
		all[i].text = i == 0 ? c->log.name : signers[i - 1].name;
		all[i].look = yihu_look(all[i].text);
		if (r == 0 && (r = yihu_check_hidden(all[i].text, true, err)) != 0)
			fail_name(err, r, i);
	}
	qsort(all, n, sizeof *all, by_look);
	for (size_t i = 1; r == 0 && i < n; i++)
		if (strcmp(all[i - 1].look, all[i].look) == 0)
			r = yihu_fail(err, YIHU_ELOOKS, _("the names “%s” and “%s” look alike"),
				      all[i - 1].text, all[i].text);
	for (size_t i = 0; i < n; i++)
		free(all[i].look);
	return r;
}
