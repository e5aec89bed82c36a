/* SPDX-License-Identifier: Apache-2.0
 *
 * households.csv: the columns found by their header, a label for each row.
 */
#include "decode.h"
#include "fold.h"
#include "rows.h"

#include <string.h>
#include <strings.h>
#include <yihu/households.h>
#include <yihu/looks.h>

#define LABEL_MAX 200 /* bytes; it must fit a letter's address line */

enum household_column { BUILDING, UNIT, ROOM, NAME, PHONE, HOUSEHOLD, N_COLUMNS };

struct household_reader {
	struct yihu_rows rows;
	size_t at[N_COLUMNS]; /* where the header has it, from 1; 0: not there */
	size_t n_columns;
	char *building, *unit; /* of the row before; NULL on the first */
	size_t blank;          /* the first blank line that may be the end; 0: none */
	struct yihu_households list;
	size_t room;
};

static int fail_row(struct household_reader *r, struct yihu_error *err, int code, size_t column)
{
	return yihu_fail_cell(err, code, r->rows.line, column);
}

/* Which column a header names; N_COLUMNS: none. */
static enum household_column column_named(const char *cell)
{
	static const struct {
		const char *name;
		enum household_column column;
	} names[] = {
		{"building", BUILDING},   {"楼栋", BUILDING}, {"栋", BUILDING},
		{"楼号", BUILDING},       {"unit", UNIT},     {"单元", UNIT},
		{"room", ROOM},           {"房号", ROOM},     {"室", ROOM},
		{"name", NAME},           {"姓名", NAME},     {"户主", NAME},
		{"phone", PHONE},         {"电话", PHONE},    {"手机", PHONE},
		{"household", HOUSEHOLD}, {"户", HOUSEHOLD},  {"住户", HOUSEHOLD},
	};
	char *folded = yihu_fold(cell);
	enum household_column found = N_COLUMNS;
	for (size_t i = 0; i < sizeof names / sizeof *names && found == N_COLUMNS; i++) {
		if (strcasecmp(folded, names[i].name) == 0)
			found = names[i].column;
	}
	free(folded);
	return found;
}

/* The delimiter that the header line uses most; a single column has none. */
static char find_delimiter(const char *text, size_t len)
{
	size_t best = 0;
	char delimiter = ',';
	for (const char *d = ",;\t"; *d; d++) {
		size_t n = 0;
		for (size_t i = 0; i < len && text[i] != '\n'; i++)
			n += text[i] == *d;
		if (n > best) {
			best = n;
			delimiter = *d;
		}
	}
	return delimiter;
}

static int read_header_cell(struct household_reader *r, size_t i, struct yihu_error *err)
{
	const char *cell = r->rows.cell[i];
	enum household_column column = column_named(cell);
	int rc = 0;
	if (column == N_COLUMNS)
		rc = yihu_fail(
			err, YIHU_EHOUSEHOLD,
			_("the column “%.*s” is not known; the first line must name the "
			  "columns: building, unit, room, name, phone (楼栋, 单元, 房号, 姓名, "
			  "电话) or household (住户)"),
			yihu_clip(cell), cell);
	else if (r->at[column])
		rc = yihu_fail(err, YIHU_EHOUSEHOLD, _("the column “%.*s” is there twice"),
			       yihu_clip(cell), cell);
	if (rc != 0)
		return fail_row(r, err, rc, i + 1);
	r->at[column] = i + 1;
	return 0;
}

static int read_header(struct household_reader *r, struct yihu_error *err)
{
	bool more;
	int rc = yihu_rows_next(&r->rows, &more, err);
	if (rc != 0)
		return rc;
	if (!more)
		return yihu_fail(err, YIHU_EHOUSEHOLD, _("the list is empty"));
	while (r->rows.n > 1 && r->rows.cell[r->rows.n - 1][0] == '\0')
		r->rows.n--;
	for (size_t i = 0; rc == 0 && i < r->rows.n; i++)
		rc = read_header_cell(r, i, err);
	r->n_columns = r->rows.n;
	bool parts = r->at[UNIT] || r->at[ROOM];
	if (rc == 0 && (r->at[HOUSEHOLD] ? parts : !r->at[ROOM]))
		rc = yihu_fail_in_cell(err, YIHU_EHOUSEHOLD, r->rows.line, 1,
				       _("the first line must name either the column room (with "
					 "building and unit as needed) or the column household"));
	return rc;
}

/* The cell of a column, folded; "" when there is none. Caller frees. */
static char *cell_of(const struct household_reader *r, enum household_column column)
{
	return yihu_fold(r->at[column] ? r->rows.cell[r->at[column] - 1] : "");
}

static char *make_label(const struct household_reader *r)
{
	if (r->at[HOUSEHOLD])
		return cell_of(r, HOUSEHOLD);
	struct yihu_buf label = {0};
	for (enum household_column c = BUILDING; c <= ROOM; c++) {
		char *part = cell_of(r, c);
		if (part[0])
			yihu_buf_fmt(&label, "%s%s", label.len ? "-" : "", part);
		free(part);
	}
	yihu_buf_u8(&label, 0);
	return (char *)label.data;
}

static bool is_blank(const struct household_reader *r)
{
	for (size_t i = 0; i < r->rows.n; i++) {
		if (yihu_trim(r->rows.cell[i])[0] != '\0')
			return false;
	}
	return true;
}

/* What folding leaves behind: signs that turn the order of the others around. */
static int check_signs(struct household_reader *r, struct yihu_error *err)
{
	int rc = 0;
	for (enum household_column c = 0; rc == 0 && c < N_COLUMNS; c++) {
		char *cell = cell_of(r, c);
		rc = yihu_check_hidden(cell, true, err);
		free(cell);
		if (rc != 0)
			return fail_row(r, err, rc, r->at[c]);
	}
	return rc;
}

static int check_label(struct household_reader *r, const char *label, struct yihu_error *err)
{
	enum household_column column = r->at[HOUSEHOLD] ? HOUSEHOLD : ROOM;
	char *key = cell_of(r, column);
	int rc = 0;
	if (key[0] == '\0')
		rc = yihu_fail(err, YIHU_EHOUSEHOLD, _("the cell is empty"));
	else if (strlen(label) > LABEL_MAX)
		rc = yihu_fail(err, YIHU_ETOOBIG,
			       _("a household can be written with at most %d bytes"), LABEL_MAX);
	free(key);
	return rc ? fail_row(r, err, rc, r->at[column]) : 0;
}

/* A merged cell of a spreadsheet is saved as its first row alone. The rows
 * below it would lose their building, or their unit, without a word. */
static int check_gap(struct household_reader *r, struct yihu_error *err)
{
	char *building = cell_of(r, BUILDING), *unit = cell_of(r, UNIT);
	bool same = r->building && strcmp(building, r->building) == 0;
	enum household_column gap = r->building && r->building[0] && !building[0] ? BUILDING
				    : same && r->unit[0] && !unit[0]              ? UNIT
										  : N_COLUMNS;
	free(r->building);
	free(r->unit);
	r->building = building;
	r->unit = unit;
	if (gap == N_COLUMNS)
		return 0;
	int rc = yihu_fail(err, YIHU_EHOUSEHOLD,
			   _("the cell is empty, and the one above is not; where cells were "
			     "merged, split them and fill in every row"));
	return fail_row(r, err, rc, r->at[gap]);
}

/* A last row of sums would be given a letter, and so a vote. */
static int check_no_total(struct household_reader *r, struct yihu_error *err)
{
	static const char *const words[] = {"合计", "总计", "小计", "共计", "total"};
	char *first = yihu_fold(r->rows.cell[0]);
	bool found = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		found |= strncasecmp(first, words[i], strlen(words[i])) == 0;
	free(first);
	if (!found)
		return 0;
	int rc = yihu_fail(err, YIHU_EHOUSEHOLD,
			   _("this row is a sum, not a household; take it out"));
	return fail_row(r, err, rc, 1);
}

static int add_household(struct household_reader *r, struct yihu_error *err)
{
	int rc = check_no_total(r, err);
	if (rc == 0)
		rc = yihu_rows_expect(&r->rows, r->n_columns, err);
	if (rc == 0 && !r->at[HOUSEHOLD])
		rc = check_gap(r, err);
	if (rc == 0)
		rc = check_signs(r, err);
	if (rc != 0)
		return rc;
	if (r->list.n == YIHU_HOUSEHOLDS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a list can have at most %d households"),
				 YIHU_HOUSEHOLDS_MAX);
	char *label = make_label(r);
	rc = check_label(r, label, err);
	if (rc != 0) {
		free(label);
		return rc;
	}
	if (r->list.n == r->room) {
		r->room = r->room * 2 + 64;
		r->list.at = yihu_realloc(r->list.at, r->room, sizeof *r->list.at);
	}
	r->list.at[r->list.n++] = (struct yihu_household){
		.label = label,
		.building = cell_of(r, BUILDING),
		.name = cell_of(r, NAME),
		.line = r->rows.line,
	};
	return 0;
}

static int read_row(struct household_reader *r, struct yihu_error *err)
{
	if (is_blank(r)) {
		r->blank = r->blank ? r->blank : r->rows.line;
		return 0;
	}
	if (r->blank)
		return yihu_fail(
			err, YIHU_EHOUSEHOLD,
			_("line %zu is blank, but the list goes on behind it; fill it in or "
			  "take it out"),
			r->blank);
	return add_household(r, err);
}

/* Two labels of one look are one door. */
struct door {
	const struct yihu_household *household;
	char *look;
};

static int by_look(const void *a, const void *b)
{
	const struct door *p = a, *q = b;
	size_t m = p->household->line, n = q->household->line;
	int order = strcmp(p->look, q->look);
	return order ? order : (m > n) - (m < n);
}

static int fail_same(const struct yihu_household *a, const struct yihu_household *b,
		     struct yihu_error *err)
{
	if (strcmp(a->label, b->label) == 0)
		return yihu_fail(err, YIHU_EHOUSEHOLD,
				 _("line %zu and line %zu are the same household, “%s”"), a->line,
				 b->line, a->label);
	return yihu_fail(err, YIHU_EHOUSEHOLD,
			 _("line %zu and line %zu look like the same household: “%s” and “%s”"),
			 a->line, b->line, a->label, b->label);
}

static int check_distinct(const struct yihu_households *h, struct yihu_error *err)
{
	int r = 0;
	struct door *doors = yihu_calloc(h->n, sizeof *doors);
	for (size_t i = 0; i < h->n; i++)
		doors[i] = (struct door){&h->at[i], yihu_look(h->at[i].label)};
	qsort(doors, h->n, sizeof *doors, by_look);
	for (size_t i = 1; r == 0 && i < h->n; i++)
		if (strcmp(doors[i - 1].look, doors[i].look) == 0)
			r = fail_same(doors[i - 1].household, doors[i].household, err);
	for (size_t i = 0; i < h->n; i++)
		free(doors[i].look);
	free(doors);
	return r;
}

static int read_list(struct household_reader *r, struct yihu_error *err)
{
	bool more = true;
	int rc = read_header(r, err);
	while (rc == 0 && more) {
		rc = yihu_rows_next(&r->rows, &more, err);
		if (rc == 0 && more)
			rc = read_row(r, err);
	}
	if (rc == 0 && r->list.n == 0)
		rc = yihu_fail(err, YIHU_EHOUSEHOLD, _("the list has no household"));
	if (rc == 0)
		rc = check_distinct(&r->list, err);
	return rc;
}

int yihu_households_read(struct yihu_households *out, const void *bytes, size_t len,
			 struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int rc = yihu_decode(&text, bytes, len, err);
	if (rc != 0)
		return rc;
	struct household_reader r = {0};
	yihu_rows_init(&r.rows, text.data, text.len,
		       find_delimiter((const char *)text.data, text.len), true);
	rc = read_list(&r, err);
	if (rc != 0)
		yihu_households_free(&r.list);
	else
		*out = r.list;
	free(r.building);
	free(r.unit);
	yihu_rows_free(&r.rows);
	yihu_buf_free(&text);
	return rc;
}

void yihu_households_free(struct yihu_households *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->at[i].label);
		free(h->at[i].building);
		free(h->at[i].name);
	}
	free(h->at);
	*h = (struct yihu_households){0};
}
