/* SPDX-License-Identifier: Apache-2.0
 *
 * The VOTES section: read into digits, liberally; a row written for results.pb
 * (PROTOCOL §10).
 */
#include "fold.h"
#include "pabulib.h"

#include <string.h>

#define DIGITS_MAX (1u << 27) /* in memory at once: half a GiB */

struct votes_reader {
	struct yihu_pabulib p;
	const struct yihu_definition *d;
	const struct yihu_project **by_id; /* sorted */
	size_t vote, points, columns;      /* the header's; points = columns: none */
	struct voter {
		char *id;
		size_t line;
	} * voters; /* one for each row, to see that none votes twice */
	struct yihu_votes votes;
	size_t rows, room; /* of the section, void ones too */
};

static int compare_projects(const void *a, const void *b)
{
	const struct yihu_project *const *p = a, *const *q = b;
	return strcmp((*p)->id, (*q)->id);
}

static int compare_id(const void *id, const void *project)
{
	const struct yihu_project *const *p = project;
	return strcmp(id, (*p)->id);
}

static void sort_projects(struct votes_reader *r)
{
	r->by_id = yihu_calloc(r->d->n_projects, sizeof(*r->by_id));
	for (size_t i = 0; i < r->d->n_projects; i++)
		r->by_id[i] = &r->d->projects[i];
	qsort(r->by_id, r->d->n_projects, sizeof(*r->by_id), compare_projects);
}

static size_t header_column(const struct yihu_rows *rows, const char *name)
{
	size_t i = 0;
	while (i < rows->n && strcmp(rows->cell[i], name) != 0)
		i++;
	return i;
}

static int read_header(struct votes_reader *r, struct yihu_error *err)
{
	bool more;
	struct yihu_rows *rows = &r->p.rows;
	int rc = yihu_pabulib_next(&r->p, &more, err);
	if (rc != 0)
		return rc;
	if (!more)
		rows->n = 0;
	for (size_t i = 0; i < rows->n; i++)
		rows->cell[i] = yihu_trim(rows->cell[i]);
	while (rows->n > 0 && rows->cell[rows->n - 1][0] == '\0')
		rows->n--;
	r->columns = rows->n;
	r->vote = header_column(rows, "vote");
	r->points = header_column(rows, "points");
	bool wants_points = strcmp(yihu_votes_header(r->d->kind), "voter_id;vote") != 0;
	if (header_column(rows, "voter_id") != 0 || r->vote == rows->n ||
	    (wants_points && r->points == rows->n))
		return yihu_fail_in_cell(err, YIHU_EVOTE, r->p.rows.line, 1,
					 _("the line “%s” is missing here"),
					 yihu_votes_header(r->d->kind));
	return 0;
}

/* YIHU_EVOTE: that is no number; YIHU_EDIGITS: none, or one that a project cannot have. */
static int point_digit(const struct yihu_definition *d, const char *text, uint32_t *digit)
{
	uint64_t v = 2; /* consent's against */
	bool against = d->kind == YIHU_CONSENT && strcmp(text, "-1") == 0;
	uint64_t max = d->kind == YIHU_CONSENT ? 1 : d->radix - 1;
	const char *digits = text + (text[0] == '-');
	bool number = !text[0] || (*digits && digits[strspn(digits, "0123456789")] == '\0');
	if (!against && !yihu_decimal(&v, yihu_span(text), max))
		return number ? YIHU_EDIGITS : YIHU_EVOTE;
	*digit = (uint32_t)v;
	return 0;
}

static void add_note(struct yihu_vote_notes *notes, size_t line, const char *why)
{
	notes->at = yihu_realloc(notes->at, notes->n + 1, sizeof *notes->at);
	notes->at[notes->n++] = (struct yihu_vote_note){line, yihu_strdup(why)};
}

/* A project named again: an approval is one all the same, and that is noted. */
static int again(struct votes_reader *r, const char *id, struct yihu_error *err)
{
	struct yihu_error words = {0};
	int rc = yihu_fail_in_cell(&words, YIHU_EDIGITS, r->p.rows.line, r->vote + 1,
				   _("the project “%.*s” is named twice"), yihu_clip(id), id);
	if (r->d->kind != YIHU_APPROVAL) {
		*err = words;
		return rc;
	}
	add_note(&r->votes.twice, r->p.rows.line, words.text);
	return 0;
}

/* Sets the digit of one project named; rank counts from 1. YIHU_EVOTE: what
 * stands there is no vote; YIHU_EDIGITS: it is one that breaks the ballot's rule. */
static int set_digit(struct votes_reader *r, const char *id, const char *points, uint32_t rank,
		     bool *seen, uint32_t *digits, struct yihu_error *err)
{
	const struct yihu_definition *d = r->d;
	const struct yihu_project **at =
		bsearch(id, r->by_id, d->n_projects, sizeof(*r->by_id), compare_id);
	if (!at)
		return yihu_fail_in_cell(err, YIHU_EVOTE, r->p.rows.line, r->vote + 1,
					 _("there is no project “%.*s”"), yihu_clip(id), id);
	size_t i = (size_t)(*at - d->projects);
	if (seen[i])
		return again(r, id, err);
	seen[i] = true;
	if (d->kind == YIHU_APPROVAL) {
		digits[i] = 1;
	} else if (d->kind == YIHU_ORDINAL) {
		if (rank >= d->radix)
			return yihu_fail_in_cell(err, YIHU_EDIGITS, r->p.rows.line, r->vote + 1,
						 _("at most %u projects can be ranked"),
						 d->max_length);
		digits[i] = rank;
	} else {
		int rc = point_digit(d, points, &digits[i]);
		if (rc != 0)
			return yihu_fail_in_cell(
				err, rc, r->p.rows.line, r->points + 1,
				_("“%.*s” is not a number of points that a project can have"),
				yihu_clip(points), points);
	}
	return 0;
}

static int read_digits(struct votes_reader *r, bool *seen, uint32_t *digits, struct yihu_error *err)
{
	struct yihu_rows *rows = &r->p.rows;
	bool pointed = strcmp(yihu_votes_header(r->d->kind), "voter_id;vote") != 0;
	char *ids = yihu_trim(rows->cell[r->vote]);
	char *points = pointed ? yihu_trim(rows->cell[r->points]) : NULL;
	uint32_t rank = 0;
	int rc = 0;
	ids = ids[0] ? ids : NULL;
	points = points && points[0] ? points : NULL;
	while (rc == 0 && ids) {
		const char *id = yihu_trim(strsep(&ids, ","));
		const char *point = points ? yihu_trim(strsep(&points, ",")) : "";
		rc = set_digit(r, id, point, ++rank, seen, digits, err);
	}
	if (rc == 0 && points)
		rc = yihu_fail_in_cell(err, YIHU_EDIGITS, r->p.rows.line, r->points + 1,
				       _("there are more points than projects"));
	if (rc == 0) {
		rc = yihu_digits_check(r->d, digits, err);
		if (rc != 0)
			rc = yihu_fail_cell(err, rc, r->p.rows.line, r->vote + 1);
	}
	return rc;
}

static int grow(struct votes_reader *r, struct yihu_error *err)
{
	size_t n = r->d->n_projects, max = DIGITS_MAX / n;
	if (r->rows < r->room)
		return 0;
	if (r->room == max)
		return yihu_fail(err, YIHU_ETOOBIG, _("line %zu: the file has too many votes"),
				 r->p.rows.line);
	r->room = r->room * 2 + 64 < max ? r->room * 2 + 64 : max;
	r->votes.digits = yihu_realloc(r->votes.digits, r->room * n, sizeof *r->votes.digits);
	r->voters = yihu_realloc(r->voters, r->room, sizeof *r->voters);
	return 0;
}

static int read_vote(struct votes_reader *r, struct yihu_error *err)
{
	size_t n = r->d->n_projects;
	int rc = yihu_rows_expect(&r->p.rows, r->columns, err);
	if (rc == 0)
		rc = grow(r, err);
	if (rc != 0)
		return rc;
	struct yihu_error why = {0};
	uint32_t *digits = r->votes.digits + r->votes.n * n;
	memset(digits, 0, n * sizeof *digits);
	r->voters[r->rows++] = (struct voter){
		yihu_strdup(yihu_trim(r->p.rows.cell[0])),
		r->p.rows.line,
	};
	bool *seen = yihu_calloc(n, sizeof *seen);
	rc = read_digits(r, seen, digits, &why);
	free(seen);
	if (rc == YIHU_EDIGITS)
		add_note(&r->votes.void_votes, r->p.rows.line, why.text);
	else if (rc != 0 && err)
		*err = why;
	r->votes.n += rc == 0;
	return rc == YIHU_EDIGITS ? 0 : rc;
}

static int compare_voters(const void *a, const void *b)
{
	const struct voter *p = a, *q = b;
	int order = strcmp(p->id, q->id);
	return order ? order : (p->line > q->line) - (p->line < q->line);
}

static int check_voters(struct votes_reader *r, struct yihu_error *err)
{
	if (r->rows > 0)
		qsort(r->voters, r->rows, sizeof *r->voters, compare_voters);
	for (size_t i = 1; i < r->rows; i++) {
		const struct voter *a = &r->voters[i - 1], *b = &r->voters[i];
		if (strcmp(a->id, b->id) == 0)
			return yihu_fail_in_cell(err, YIHU_EVOTE, b->line, 1,
						 _("the voter “%.*s” is already on line %zu"),
						 yihu_clip(b->id), b->id, a->line);
	}
	return 0;
}

/* A file cut short must not be counted. */
static int check_number(struct votes_reader *r, struct yihu_error *err)
{
	bool has;
	uint64_t n;
	int rc = yihu_meta_number(r->p.d, "num_votes", UINT32_MAX, &has, &n, err);
	if (rc != 0 || !has || n == r->rows)
		return rc;
	return yihu_fail_in_cell(
		err, YIHU_EVOTE, yihu_meta_find(r->p.d, "num_votes")->line, YIHU_META_VALUE,
		_("num_votes is %llu, but the file has %zu votes"), (unsigned long long)n, r->rows);
}

static int read_all(struct votes_reader *r, struct yihu_error *err)
{
	int rc = yihu_pabulib_sections(&r->p, err);
	bool more = r->p.has_votes;
	if (rc == 0 && more)
		rc = read_header(r, err);
	while (rc == 0 && more) {
		rc = yihu_pabulib_next(&r->p, &more, err);
		if (rc == 0 && more)
			rc = read_vote(r, err);
	}
	if (rc == 0)
		rc = check_voters(r, err);
	if (rc == 0)
		rc = check_number(r, err);
	return rc;
}

int yihu_votes_read(struct yihu_votes *out, const struct yihu_definition *d, const void *bytes,
		    size_t len, struct yihu_error *err)
{
	if (len > YIHU_DEFINITION_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("an election file can have at most 64 MiB"));
	struct votes_reader r = {.d = d};
	yihu_pabulib_init(&r.p, bytes, len, true);
	sort_projects(&r);
	int rc = read_all(&r, err);
	for (size_t i = 0; i < r.rows; i++)
		free(r.voters[i].id);
	free(r.voters);
	free(r.by_id);
	yihu_pabulib_free(&r.p);
	if (rc != 0)
		yihu_votes_free(&r.votes);
	else
		*out = r.votes;
	return rc;
}

static void free_notes(struct yihu_vote_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		free(notes->at[i].why);
	free(notes->at);
}

void yihu_votes_free(struct yihu_votes *v)
{
	free_notes(&v->void_votes);
	free_notes(&v->twice);
	free(v->digits);
	*v = (struct yihu_votes){0};
}

static void put_id(struct yihu_buf *out, const struct yihu_definition *d, size_t i, bool *first)
{
	if (!*first)
		yihu_buf_u8(out, ',');
	yihu_buf_str(out, d->projects[i].id);
	*first = false;
}

static void put_ranked(struct yihu_buf *out, const struct yihu_definition *d,
		       const uint32_t *digits)
{
	bool first = true;
	size_t *at = yihu_calloc((size_t)d->max_length + 1, sizeof *at);
	for (size_t i = 0; i < d->n_projects; i++)
		at[digits[i]] = i + 1;
	for (size_t rank = 1; rank <= d->max_length && at[rank]; rank++)
		put_id(out, d, at[rank] - 1, &first);
	free(at);
}

static void put_points(struct yihu_buf *out, const struct yihu_definition *d,
		       const uint32_t *digits)
{
	const char *comma = "";
	yihu_buf_u8(out, ';');
	for (size_t i = 0; i < d->n_projects; i++) {
		if (digits[i] == 0)
			continue;
		if (d->kind == YIHU_CONSENT)
			yihu_buf_fmt(out, "%s%s", comma, digits[i] == 1 ? "1" : "-1");
		else
			yihu_buf_fmt(out, "%s%u", comma, digits[i]);
		comma = ",";
	}
}

void yihu_vote_row(struct yihu_buf *out, const struct yihu_definition *d, const uint32_t *digits)
{
	bool first = true;
	if (d->kind == YIHU_ORDINAL) {
		put_ranked(out, d, digits);
		return;
	}
	for (size_t i = 0; i < d->n_projects; i++) {
		if (digits[i])
			put_id(out, d, i, &first);
	}
	if (d->kind != YIHU_APPROVAL)
		put_points(out, d, digits);
}
