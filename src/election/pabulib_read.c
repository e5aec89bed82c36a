/* SPDX-License-Identifier: Apache-2.0
 *
 * The sections of a Pabulib file, as text: META, PROJECTS, and where VOTES is.
 */
#include "fold.h"
#include "pabulib.h"

#include <string.h>
#include <strings.h>

void yihu_pabulib_init(struct yihu_pabulib *p, const void *bytes, size_t len, bool liberal)
{
	*p = (struct yihu_pabulib){.d = yihu_calloc(1, sizeof *p->d)};
	yihu_rows_init(&p->rows, bytes, len, ';', liberal);
}

void yihu_pabulib_free(struct yihu_pabulib *p)
{
	yihu_rows_free(&p->rows);
	yihu_definition_free(p->d);
	p->d = NULL;
}

static int fail_row(struct yihu_pabulib *p, struct yihu_error *err, int code, size_t column)
{
	return yihu_fail_cell(err, code, p->rows.line, column);
}

int yihu_pabulib_next(struct yihu_pabulib *p, bool *more, struct yihu_error *err)
{
	bool blank = true;
	*more = true;
	while (*more && blank) {
		int code = yihu_rows_next(&p->rows, more, err);
		if (code)
			return code;
		blank = *more && p->rows.n == 0;
		if (blank && !p->rows.liberal)
			return yihu_fail_in_cell(err, YIHU_EFORMAT, p->rows.line, 1,
						 _("the line is blank"));
		p->blank_lines += blank;
	}
	if (*more && yihu_span_is(p->rows.raw, "num_votes;0"))
		p->zero_votes_lines++;
	return 0;
}

static bool is_section_name(const char *s)
{
	return strcasecmp(s, "META") == 0 || strcasecmp(s, "PROJECTS") == 0 ||
	       strcasecmp(s, "VOTES") == 0;
}

/* Is the row the line that begins a section? */
static bool at_section(struct yihu_pabulib *p, const char *name)
{
	struct yihu_rows *r = &p->rows;
	if (!r->liberal)
		return yihu_span_is(r->raw, name);
	for (size_t i = 1; i < r->n; i++) {
		if (r->cell[i][0] != '\0')
			return false;
	}
	return strcasecmp(yihu_trim(r->cell[0]), name) == 0;
}

static int expect_section(struct yihu_pabulib *p, const char *name, struct yihu_error *err)
{
	bool more;
	int r = yihu_pabulib_next(p, &more, err);
	if (r != 0 || (more && at_section(p, name)))
		return r;
	return yihu_fail_in_cell(err, YIHU_EFORMAT, p->rows.line, 1,
				 _("the line “%s” is missing here"), name);
}

/* Trims when liberal, else insists that there is nothing to trim. */
static int tidy(struct yihu_pabulib *p, size_t column, struct yihu_error *err)
{
	char **cell = &p->rows.cell[column];
	if (p->rows.liberal)
		*cell = yihu_trim(*cell);
	if (yihu_is_trimmed(*cell))
		return 0;
	int r = yihu_fail(err, YIHU_EFORMAT, _("“%.*s” has a space before or behind it"),
			  yihu_clip(*cell), *cell);
	return fail_row(p, err, r, column + 1);
}

/* Keys, columns and ids: something, trimmed, and at the beginning of a row no
 * word that other readers take for the start of a section. */
static int check_name(struct yihu_pabulib *p, size_t column, int fault, struct yihu_error *err)
{
	int r = tidy(p, column, err);
	if (r != 0)
		return r;
	const char *s = p->rows.cell[column];
	if (s[0] == '\0')
		r = yihu_fail(err, fault, _("the cell is empty"));
	else if (column == 0 && is_section_name(s))
		r = yihu_fail(err, fault, _("“%s” names a section and cannot be used here"), s);
	return r ? fail_row(p, err, r, column + 1) : 0;
}

static int meta_row(struct yihu_pabulib *p, struct yihu_error *err)
{
	struct yihu_rows *r = &p->rows;
	int rc = yihu_rows_expect(r, 2, err);
	if (rc == 0)
		rc = check_name(p, 0, YIHU_EMETA, err);
	if (rc == 0)
		rc = tidy(p, 1, err);
	if (rc != 0)
		return rc;
	const struct yihu_meta *twin = yihu_meta_find(p->d, r->cell[0]);
	if (twin)
		rc = yihu_fail(err, YIHU_EMETA, _("“%.*s” is already on line %zu"),
			       yihu_clip(twin->key), twin->key, twin->line);
	else if (p->d->n_meta == YIHU_META_MAX)
		rc = yihu_fail(err, YIHU_ETOOBIG, _("META can have at most %d keys"),
			       YIHU_META_MAX);
	if (rc != 0)
		return fail_row(p, err, rc, 1);
	yihu_meta_add(p->d, r->cell[0], r->cell[1], r->line);
	return 0;
}

static int meta_header(struct yihu_pabulib *p, struct yihu_error *err)
{
	bool more;
	int r = yihu_pabulib_next(p, &more, err);
	if (r == 0 && more)
		r = yihu_rows_expect(&p->rows, 2, err);
	if (r != 0)
		return r;
	if (more && strcmp(p->rows.cell[0], "key") == 0 && strcmp(p->rows.cell[1], "value") == 0)
		return 0;
	return yihu_fail_in_cell(err, YIHU_EFORMAT, p->rows.line, 1,
				 _("the line “%s” is missing here"), "key;value");
}

static int read_meta(struct yihu_pabulib *p, struct yihu_error *err)
{
	int r = expect_section(p, "META", err);
	if (r == 0)
		r = meta_header(p, err);
	while (r == 0) {
		bool more;
		r = yihu_pabulib_next(p, &more, err);
		if (r != 0 || (more && at_section(p, "PROJECTS")))
			break;
		if (!more)
			return yihu_fail_in_cell(err, YIHU_EFORMAT, p->rows.line, 1,
						 _("the line “%s” is missing here"), "PROJECTS");
		r = meta_row(p, err);
	}
	return r;
}

static int read_columns(struct yihu_pabulib *p, struct yihu_error *err)
{
	bool more;
	int rc = yihu_pabulib_next(p, &more, err);
	if (rc != 0)
		return rc;
	p->header_line = p->rows.line;
	struct yihu_rows *r = &p->rows;
	size_t n = more ? r->n : 0;
	while (r->liberal && n > 1 && r->cell[n - 1][0] == '\0')
		n--;
	if (n == 0 || strcmp(r->liberal ? yihu_trim(r->cell[0]) : r->cell[0], "project_id") != 0)
		return yihu_fail_in_cell(err, YIHU_EFORMAT, p->rows.line, 1,
					 _("the first column of PROJECTS must be project_id"));
	p->d->columns = yihu_calloc(n, sizeof *p->d->columns);
	for (size_t i = 0; i < n; i++) {
		rc = check_name(p, i, YIHU_EPROJECT, err);
		if (rc != 0)
			return rc;
		if (yihu_column_find(p->d, r->cell[i]) >= 0)
			return yihu_fail_in_cell(err, YIHU_EPROJECT, p->rows.line, i + 1,
						 _("the column “%.*s” is there twice"),
						 yihu_clip(r->cell[i]), r->cell[i]);
		p->d->columns[p->d->n_columns++] = yihu_strdup(r->cell[i]);
	}
	return 0;
}

static int project_row(struct yihu_pabulib *p, struct yihu_error *err)
{
	struct yihu_definition *d = p->d;
	int r = yihu_rows_expect(&p->rows, d->n_columns, err);
	if (r == 0)
		r = check_name(p, 0, YIHU_EPROJECT, err);
	if (r != 0)
		return r;
	if (d->n_projects == YIHU_PROJECTS_MAX)
		return yihu_fail_in_cell(err, YIHU_ETOOBIG, p->rows.line, 1,
					 _("there can be at most %d projects"), YIHU_PROJECTS_MAX);
	d->projects = yihu_realloc(d->projects, d->n_projects + 1, sizeof *d->projects);
	struct yihu_project *project = &d->projects[d->n_projects++];
	*project = (struct yihu_project){.line = p->rows.line};
	project->fields = yihu_calloc(d->n_columns, sizeof *project->fields);
	for (size_t i = 0; i < d->n_columns; i++) {
		char *cell = p->rows.cell[i];
		project->fields[i] = yihu_strdup(p->rows.liberal ? yihu_trim(cell) : cell);
	}
	project->id = yihu_strdup(project->fields[0]);
	long name = yihu_column_find(d, "name");
	project->name = yihu_strdup(name < 0 ? "" : project->fields[name]);
	return 0;
}

static int read_projects(struct yihu_pabulib *p, struct yihu_error *err)
{
	int r = read_columns(p, err);
	while (r == 0) {
		bool more;
		r = yihu_pabulib_next(p, &more, err);
		if (r != 0 || !more)
			break;
		p->has_votes = at_section(p, "VOTES");
		if (p->has_votes)
			break;
		r = project_row(p, err);
	}
	return r;
}

int yihu_pabulib_sections(struct yihu_pabulib *p, struct yihu_error *err)
{
	int r = read_meta(p, err);
	if (r == 0)
		r = read_projects(p, err);
	return r;
}

const char *yihu_votes_header(enum yihu_ballot_kind kind)
{
	return kind == YIHU_APPROVAL || kind == YIHU_ORDINAL ? "voter_id;vote"
							     : "voter_id;vote;points";
}

void yihu_cell_write(struct yihu_buf *out, const char *cell, bool first)
{
	if (!first)
		yihu_buf_u8(out, ';');
	if (!strpbrk(cell, ";\"")) {
		yihu_buf_str(out, cell);
		return;
	}
	yihu_buf_u8(out, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			yihu_buf_u8(out, '"');
		yihu_buf_u8(out, (uint8_t)*cell);
	}
	yihu_buf_u8(out, '"');
}
