/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects and votes of a file for the Pabulib collection.
 */
#include "publish/pabulib_rows.h"

#include <stdlib.h>
#include <string.h>

/* What the collection writes for a cost that no budget pays. */
#define NEVER UINT64_C(99999999900)

void pabulib_text(struct yihu_buf *out, const char *text)
{
	bool quoted = strpbrk(text, ";\"") != NULL;
	yihu_buf_str(out, quoted ? "\"" : "");
	for (const char *c = text; *c; c++)
		yihu_buf_fmt(out, *c == '"' ? "\"\"" : "%c", *c);
	yihu_buf_str(out, quoted ? "\"" : "");
}

void pabulib_fen(struct yihu_buf *out, uint64_t fen)
{
	yihu_buf_fmt(out, "%llu", (unsigned long long)(fen / 100));
	if (fen % 100)
		yihu_buf_fmt(out, ".%02llu", (unsigned long long)(fen % 100));
}

/* ---- projects ---- */

/* Columns of the collection behind the figures, in its order; those that may not be
 * empty there are written where they are nowhere empty. */
static const struct {
	const char *name;
	bool may_be_empty;
} columns[] = {
	{"category", true}, {"beneficiaries", true}, {"selected", true},  {"neighborhood", 0},
	{"subunit", 0},     {"district", 0},         {"description", 0},  {"proposer", 0},
	{"public_id", 0},   {"latitude", true},      {"longitude", true},
};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static bool is_written(const struct pabulib *x, size_t c)
{
	if (strcmp(columns[c].name, "selected") == 0)
		return true;
	for (size_t k = 0; k < x->d->n_projects; k++) {
		const char *cell = yihu_definition_field(x->d, k, columns[c].name);
		if (!cell || (!columns[c].may_be_empty && !*cell))
			return false;
	}
	return true;
}

static bool has_points(const struct yihu_definition *d)
{
	return d->kind != YIHU_APPROVAL && d->kind != YIHU_ORDINAL;
}

static void put_project(struct pabulib *x, size_t k)
{
	const struct yihu_project *p = &x->d->projects[k];
	const struct yihu_project_outcome *r = &x->o->projects[k];
	pabulib_text(x->out, p->id);
	yihu_buf_str(x->out, ";");
	pabulib_fen(x->out, p->cost > x->budget ? NEVER : p->cost);
	yihu_buf_fmt(x->out, ";%llu;", (unsigned long long)(r->agree + r->against));
	if (has_points(x->d))
		yihu_buf_fmt(x->out, "%lld;", (long long)r->votes - (long long)r->against);
	pabulib_text(x->out, p->name[0] ? p->name : p->id);
	for (size_t c = 0; c < N_COLUMNS; c++) {
		if (!is_written(x, c))
			continue;
		yihu_buf_str(x->out, ";");
		if (strcmp(columns[c].name, "selected") == 0)
			yihu_buf_fmt(x->out, "%d", r->verdict == YIHU_FUNDED);
		else
			pabulib_text(x->out, yihu_definition_field(x->d, k, columns[c].name));
	}
	yihu_buf_str(x->out, "\n");
}

/* In the order of the count, then of the file: whoever sorts by votes and leaves
 * equals as they are has ours. */
void pabulib_projects(struct pabulib *x)
{
	yihu_buf_fmt(x->out, "PROJECTS\nproject_id;cost;votes%s;name",
		     has_points(x->d) ? ";score" : "");
	for (size_t c = 0; c < N_COLUMNS; c++)
		if (is_written(x, c))
			yihu_buf_fmt(x->out, ";%s", columns[c].name);
	yihu_buf_str(x->out, "\n");
	for (size_t i = 0; i < x->o->n_order; i++)
		put_project(x, x->o->order[i]);
	for (size_t k = 0; k < x->d->n_projects; k++)
		if (x->o->projects[k].place == 0)
			put_project(x, k);
}

/* ---- votes ---- */

static long points_of(const struct yihu_definition *d, uint32_t digit)
{
	return d->kind == YIHU_CONSENT && digit == 2 ? -1 : (long)digit;
}

/* Of a ballot, the projects that it names: more points first, better ranks first,
 * equals in file order. */
static size_t named(size_t *at, const struct yihu_definition *d, const uint32_t *digits)
{
	size_t n = 0;
	for (size_t k = 0; k < d->n_projects; k++) {
		size_t i = n;
		if (digits[k] == 0)
			continue;
		for (; i > 0; i--) {
			long before = points_of(d, digits[at[i - 1]]),
			     here = points_of(d, digits[k]);
			if (d->kind == YIHU_ORDINAL ? before < here : before >= here)
				break;
			at[i] = at[i - 1];
		}
		at[i] = k;
		n++;
	}
	return n;
}

static void put_vote(struct pabulib *x, size_t voter, const uint32_t *digits)
{
	size_t *at = yihu_calloc(x->d->n_projects, sizeof *at);
	size_t n = named(at, x->d, digits);
	yihu_buf_fmt(x->out, "%zu;", voter);
	for (size_t i = 0; i < n; i++)
		yihu_buf_fmt(x->out, "%s%s", i ? "," : "", x->d->projects[at[i]].id);
	for (size_t i = 0; has_points(x->d) && i < n; i++)
		yihu_buf_fmt(x->out, "%s%ld", i ? "," : ";", points_of(x->d, digits[at[i]]));
	yihu_buf_str(x->out, "\n");
	free(at);
}

bool pabulib_is_blank(const struct yihu_definition *d, const uint32_t *digits)
{
	for (size_t k = 0; k < d->n_projects; k++)
		if (digits[k])
			return false;
	return true;
}

void pabulib_votes(struct pabulib *x)
{
	size_t voter = 0;
	yihu_buf_fmt(x->out, "VOTES\nvoter_id;vote%s\n", has_points(x->d) ? ";points" : "");
	for (uint64_t i = 0; i < x->t->n_valid; i++) {
		const uint32_t *digits = x->t->digits + i * x->d->n_projects;
		if (!pabulib_is_blank(x->d, digits))
			put_vote(x, ++voter, digits);
	}
}
