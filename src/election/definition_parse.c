/* SPDX-License-Identifier: Apache-2.0
 *
 * The election definition: its strict form, and the projects (PROTOCOL §2).
 */
#include "fold.h"
#include "pabulib.h"

#include <assert.h>
#include <string.h>

static int check_cost(struct yihu_project *p, size_t column, uint64_t *sum, struct yihu_error *err)
{
	int r = yihu_amount_parse(&p->cost, p->fields[column], err);
	if (r == 0 && p->cost == 0)
		r = yihu_fail(err, YIHU_EPROJECT, _("a project must cost at least 0.01"));
	if (r == 0 && p->cost > YIHU_FEN_MAX - *sum)
		r = yihu_fail(err, YIHU_ETOOBIG, _("the costs add up to too large a sum"));
	if (r != 0)
		return yihu_fail_cell(err, r, p->line, column + 1);
	*sum += p->cost;
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct yihu_project *const *p = a, *const *q = b;
	int order = strcmp((*p)->id, (*q)->id);
	return order ? order : ((*p)->line > (*q)->line) - ((*p)->line < (*q)->line);
}

static int check_ids(const struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	const struct yihu_project **sorted = yihu_calloc(d->n_projects, sizeof(*sorted));
	for (size_t i = 0; i < d->n_projects; i++) {
		sorted[i] = &d->projects[i];
		if (r == 0 && strpbrk(d->projects[i].id, ",;\""))
			r = yihu_fail_in_cell(
				err, YIHU_EPROJECT, d->projects[i].line, 1,
				_("a project id cannot hold a comma, a semicolon or a "
				  "quotation mark"));
	}
	qsort(sorted, d->n_projects, sizeof(*sorted), by_id);
	for (size_t i = 1; r == 0 && i < d->n_projects; i++) {
		if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0)
			r = yihu_fail_in_cell(err, YIHU_EPROJECT, sorted[i]->line, 1,
					      _("the project id “%.*s” is already on line %zu"),
					      yihu_clip(sorted[i]->id), sorted[i]->id,
					      sorted[i - 1]->line);
	}
	free(sorted);
	return r;
}

int yihu_projects_check(struct yihu_definition *d, size_t header_line, struct yihu_error *err)
{
	static const char *const outcomes[] = {"votes", "score", "selected"};
	long cost = yihu_column_find(d, "cost");
	if (cost < 0)
		return yihu_fail(err, YIHU_EPROJECT, _("line %zu: PROJECTS has no column “cost”"),
				 header_line);
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
		if (yihu_column_find(d, outcomes[i]) >= 0)
			return yihu_fail(
				err, YIHU_EPROJECT,
				_("line %zu: the column “%s” tells an outcome; an election that "
				  "is still to be held cannot have it"),
				header_line, outcomes[i]);
	}
	if (d->n_projects == 0)
		return yihu_fail(err, YIHU_EPROJECT, _("there is no project in the file"));
	int r = check_ids(d, err);
	uint64_t sum = 0;
	for (size_t i = 0; r == 0 && i < d->n_projects; i++)
		r = check_cost(&d->projects[i], (size_t)cost, &sum, err);
	return r;
}

/* What stands behind the line VOTES: the header of the kind, and nothing. */
static int check_end(struct yihu_pabulib *p, struct yihu_error *err)
{
	bool more;
	const char *header = yihu_votes_header(p->d->kind);
	if (!p->has_votes)
		return yihu_fail(err, YIHU_EFORMAT, _("line %zu: the line “%s” is missing here"),
				 p->rows.line + 1, "VOTES");
	int r = yihu_pabulib_next(p, &more, err);
	if (r != 0)
		return r;
	if (!more || !yihu_span_is(p->rows.raw, header))
		return yihu_fail(err, YIHU_EFORMAT, _("line %zu: the line “%s” is missing here"),
				 p->rows.line + !more, header);
	r = yihu_pabulib_next(p, &more, err);
	if (r == 0 && more)
		r = yihu_fail(err, YIHU_ETRAILING,
			      _("line %zu: nothing can stand behind the header of VOTES"),
			      p->rows.line);
	return r;
}

static int check_zero_votes(const struct yihu_pabulib *p, struct yihu_error *err)
{
	const char *num_votes = yihu_definition_meta(p->d, "num_votes");
	assert(num_votes != NULL); /* yihu_meta_check wants it */
	if (p->zero_votes_lines == 1 && strcmp(num_votes, "0") == 0)
		return 0;
	return yihu_fail(err, YIHU_EMETA,
			 _("exactly one line must be “num_votes;0”, without quotation marks"));
}

int yihu_definition_parse(struct yihu_definition **out, const void *bytes, size_t len,
			  struct yihu_error *err)
{
	if (len > YIHU_DEFINITION_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("an election file can have at most 64 MiB"));
	struct yihu_pabulib p;
	yihu_pabulib_init(&p, bytes, len, false);
	int r = yihu_pabulib_sections(&p, err);
	if (r == 0)
		r = yihu_projects_check(p.d, p.header_line, err);
	if (r == 0)
		r = yihu_meta_check(p.d, err);
	if (r == 0)
		r = check_zero_votes(&p, err);
	if (r == 0)
		r = yihu_arithmetic_set(p.d, err);
	if (r == 0)
		r = yihu_rule_check(p.d, err);
	if (r == 0)
		r = yihu_parts_check(p.d, err);
	if (r == 0)
		r = check_end(&p, err);
	if (r == 0) {
		*out = p.d;
		p.d = NULL;
	}
	yihu_pabulib_free(&p);
	return r;
}
