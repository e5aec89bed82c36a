/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of the Pabulib collection's own checker as tables: which keys and
 * columns there are, in which order, of which type, which may not be missing or
 * empty; dates, countries, rules; votes, scores and winners that are what the
 * ballots make.
 */
#include "collection.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "test.h"

enum type { TEXT, WHOLE, AMOUNT, DATE, COUNTRY, TYPE, RULE, LANGUAGE, CURRENCY, ONE, COMMENT };
struct field {
	const char *name;
	enum type type;
	bool obligatory, may_be_empty;
};
static const struct field meta_fields[] = {
	{"description", TEXT, true, false},
	{"country", COUNTRY, true, false},
	{"unit", TEXT, true, false},
	{"district", TEXT, false, false},
	{"subunit", TEXT, false, false},
	{"instance", TEXT, true, false},
	{"num_projects", WHOLE, true, false},
	{"num_votes", WHOLE, true, false},
	{"budget", AMOUNT, true, false},
	{"vote_type", TYPE, true, false},
	{"rule", RULE, true, false},
	{"date_begin", DATE, true, false},
	{"date_end", DATE, true, false},
	{"min_length", WHOLE, false, false},
	{"max_length", WHOLE, false, false},
	{"min_sum_cost", AMOUNT, false, false},
	{"max_sum_cost", AMOUNT, false, false},
	{"min_points", WHOLE, false, false},
	{"max_points", WHOLE, false, false},
	{"min_sum_points", WHOLE, false, false},
	{"max_sum_points", WHOLE, false, false},
	{"default_score", WHOLE, false, false},
	{"min_project_cost", WHOLE, false, false},
	{"max_project_cost", WHOLE, false, false},
	{"min_project_score_threshold", WHOLE, false, false},
	{"neighborhoods", TEXT, false, false},
	{"subdistricts", TEXT, false, false},
	{"categories", TEXT, false, false},
	{"edition", TEXT, false, false},
	{"language", LANGUAGE, false, false},
	{"currency", CURRENCY, false, false},
	{"fully_funded", ONE, false, false},
	{"experimental", ONE, false, false},
	{"comment", COMMENT, false, false},
	{"acknowledgments", TEXT, false, false},
	{"leftover_budget", TEXT, false, false},
	{"budget_per_category", TEXT, false, false},
	{"budget_per_neighborhood", TEXT, false, false},
	{"min_length_per_category", WHOLE, false, false},
	{"max_length_per_category", WHOLE, false, false},
	{"min_sum_cost_per_category", TEXT, false, false},
	{"max_sum_cost_per_category", TEXT, false, false},
	{NULL, TEXT, false, false},
};
static const struct field project_fields[] = {
	{"project_id", TEXT, true, false},    {"cost", AMOUNT, true, false},
	{"votes", WHOLE, false, false},       {"score", WHOLE, false, false},
	{"name", TEXT, false, false},         {"category", TEXT, false, true},
	{"beneficiaries", TEXT, false, true}, {"selected", WHOLE, false, false},
	{"neighborhood", TEXT, false, false}, {"subunit", TEXT, false, false},
	{"district", TEXT, false, false},     {"description", TEXT, false, false},
	{"proposer", TEXT, false, false},     {"public_id", TEXT, false, false},
	{"latitude", TEXT, false, true},      {"longitude", TEXT, false, true},
	{NULL, TEXT, false, false},
};
static const struct field vote_fields[] = {
	{"voter_id", TEXT, true, false},
	{"vote", TEXT, true, false},
	{"points", TEXT, false, false},
	{NULL, TEXT, false, false},
};
static const char *const types[] = {"ordinal", "approval", "cumulative",
				    "scoring", "choose-1", NULL};
static const char *const rules[] = {"greedy",
				    "greedy-no-skip",
				    "greedy-threshold",
				    "greedy-exclusive",
				    "greedy-custom",
				    "equalshares",
				    "equalshares-comparison",
				    "equalshares/add1",
				    "equalshares/add1-comparison",
				    "unknown",
				    NULL};
static const char *const countries[] = {"China", "Poland", "Worldwide", "Hong Kong", NULL};

/* ---- the file, read ---- */

#define CELLS_MAX 64
#define ROWS_MAX 64
struct row {
	char *cell[CELLS_MAX];
	size_t n;
};
static struct row meta[ROWS_MAX], projects[ROWS_MAX], votes[ROWS_MAX], columns, vote_columns;
static size_t n_meta, n_projects, n_votes;

/* Cells in place; a quotation mark alone is doubled within quotation marks. */
static void split(struct row *r, char *line)
{
	r->n = 0;
	for (char *from = line, *to;;) {
		bool quoted = *from == '"';
		assert_true(r->n < CELLS_MAX);
		r->cell[r->n++] = to = from;
		from += quoted;
		while (*from && (quoted ? *from != '"' || from[1] == '"' : *from != ';')) {
			from += quoted && *from == '"';
			*to++ = *from++;
		}
		from += quoted;
		bool more = *from == ';';
		*to = '\0';
		if (!more)
			return;
		from++;
	}
}

static void read_file(char *text)
{
	int section = 0;
	n_meta = n_projects = n_votes = 0;
	for (char *line = strsep(&text, "\n"); text; line = strsep(&text, "\n")) {
		bool heads = section && line[0] && !strcmp(line, "key;value");
		if (!strcmp(line, "META") || !strcmp(line, "PROJECTS") || !strcmp(line, "VOTES")) {
			section = line[0] == 'M' ? 1 : line[0] == 'P' ? 2 : 4;
			continue;
		}
		assert_int_not_equal(line[0], '\0'); /* no empty lines */
		if (heads)
			continue;
		if (section == 2)
			split(&columns, line);
		else if (section == 4)
			split(&vote_columns, line);
		else
			split(section == 1   ? &meta[n_meta++]
			      : section == 3 ? &projects[n_projects++]
					     : &votes[n_votes++],
			      line);
		section += section == 2 || section == 4;
	}
}

static const char *value(const char *key)
{
	for (size_t i = 0; i < n_meta; i++)
		if (strcmp(meta[i].cell[0], key) == 0)
			return meta[i].cell[1];
	return NULL;
}

static long column(const struct row *head, const char *name)
{
	for (size_t i = 0; i < head->n; i++)
		if (strcmp(head->cell[i], name) == 0)
			return (long)i;
	return -1;
}

/* ---- the checker's rules ---- */

static bool one_of(const char *const *list, const char *text)
{
	while (*list && strcmp(*list, text) != 0)
		list++;
	return *list != NULL;
}

static bool digits_only(const char *s, size_t n)
{
	return strspn(s, "0123456789") == n;
}

static bool is_date(const char *s)
{
	return (strlen(s) == 4 && digits_only(s, 4)) ||
	       (strlen(s) == 10 && digits_only(s, 2) && s[2] == '.' && digits_only(s + 3, 2) &&
		s[5] == '.' && digits_only(s + 6, 4));
}

static bool is_of(enum type type, const char *s)
{
	size_t len = strlen(s), minus = s[0] == '-';
	switch (type) {
	case WHOLE:
		return len > minus && digits_only(s + minus, len - minus);
	case AMOUNT:
		return strspn(s, "0123456789.") == len && strtod(s, NULL) >= 0;
	case DATE:
		return is_date(s);
	case COUNTRY:
		return one_of(countries, s);
	case TYPE:
		return one_of(types, s);
	case RULE:
		return one_of(rules, s);
	case LANGUAGE:
		return len == 2;
	case CURRENCY:
		return len == 3;
	case ONE:
		return strcmp(s, "1") == 0;
	case COMMENT:
		return strncmp(s, "#1: ", 4) == 0;
	default:
		return true;
	}
}

/* Names are known, each once, in the fields' order; values are theirs. */
static const struct field *hold_field(const struct field *from, const char *name)
{
	while (from->name && strcmp(from->name, name) != 0)
		from++;
	if (!from->name)
		fail_msg("%s is not known, or not in its place", name);
	return from;
}

static void hold_value(const struct field *f, const char *text)
{
	if (!*text && f->may_be_empty)
		return;
	if (!*text || !is_of(f->type, text))
		fail_msg("%s cannot be “%s”", f->name, text);
}

static void hold_meta(void)
{
	const struct field *at = meta_fields;
	for (size_t i = 0; i < n_meta; i++) {
		assert_int_equal(meta[i].n, 2);
		at = hold_field(at, meta[i].cell[0]);
		hold_value(at++, meta[i].cell[1]);
	}
	for (at = meta_fields; at->name; at++)
		if (at->obligatory && !value(at->name))
			fail_msg("%s is missing", at->name);
	assert_int_equal(atoi(value("num_projects")), n_projects);
	assert_int_equal(atoi(value("num_votes")), n_votes);
	if (value("max_length"))
		assert_true((size_t)atoi(value("max_length")) <= n_projects);
	if (strcmp(value("vote_type"), "choose-1") == 0)
		assert_true(atoi(value("min_length")) == 1 && atoi(value("max_length")) == 1);
	if (strcmp(value("vote_type"), "cumulative") == 0)
		assert_non_null(value("max_sum_points"));
	if (strncmp(value("rule"), "greedy-custom", 13) == 0)
		assert_non_null(value("comment"));
}

static void hold_rows(const struct row *head, const struct row *rows, size_t n,
		      const struct field *fields)
{
	const struct field *at = fields;
	for (size_t c = 0; c < head->n; c++) {
		at = hold_field(at, head->cell[c]);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(rows[i].n, head->n);
			hold_value(at, rows[i].cell[c]);
		}
		at++;
	}
	for (at = fields; at->name; at++)
		if (at->obligatory)
			assert_true(column(head, at->name) >= 0);
}

/* Whose ballot it is, and what it gives: a list of ids, a list of points. */
static void add_ballot(const struct row *vote, long *named, long *score)
{
	long points_at = column(&vote_columns, "points"), before = 1L << 40;
	char *ids = yihu_strdup(vote->cell[1]), *rest = ids;
	char *points = yihu_strdup(points_at < 0 ? "" : vote->cell[points_at]), *more = points;
	bool seen[ROWS_MAX] = {false};
	size_t n = 0;
	for (char *id = strsep(&rest, ","); id; id = strsep(&rest, ","), n++) {
		size_t k = 0;
		while (k < n_projects && strcmp(projects[k].cell[0], id) != 0)
			k++;
		assert_true(k < n_projects && !seen[k]);
		seen[k] = true;
		named[k]++;
		if (points_at < 0)
			continue;
		const char *point = strsep(&more, ",");
		assert_non_null(point);
		assert_true(atol(point) <= before);
		before = atol(point);
		score[k] += before;
	}
	assert_null(points_at < 0 ? NULL : more);
	if (value("max_length"))
		assert_in_range(n, atoi(value("min_length")), atoi(value("max_length")));
	free(ids);
	free(points);
}

static void hold_votes(void)
{
	long named[ROWS_MAX] = {0}, score[ROWS_MAX] = {0};
	long votes_at = column(&columns, "votes"), score_at = column(&columns, "score");
	for (size_t i = 0; i < n_votes; i++)
		add_ballot(&votes[i], named, score);
	for (size_t k = 0; k < n_projects; k++) {
		assert_int_equal(atol(projects[k].cell[votes_at]), named[k]);
		if (score_at >= 0)
			assert_int_equal(atol(projects[k].cell[score_at]), score[k]);
	}
	assert_int_equal(score_at >= 0, column(&vote_columns, "points") >= 0);
}

/* By votes, or by the score, as it stands; equals as they stand. The threshold too. */
static void hold_greedy(bool no_skip)
{
	long by = column(&columns, "score"), selected = column(&columns, "selected");
	double left = strtod(value("budget"), NULL);
	const char *least = value("min_project_score_threshold");
	bool done[ROWS_MAX] = {false}, stopped = false;
	by = by < 0 ? column(&columns, "votes") : by;
	for (size_t turn = 0; turn < n_projects; turn++) {
		size_t best = n_projects;
		for (size_t k = 0; k < n_projects; k++)
			if (!done[k] &&
			    (best == n_projects ||
			     atol(projects[k].cell[by]) > atol(projects[best].cell[by])))
				best = k;
		done[best] = true;
		double cost = strtod(projects[best].cell[1], NULL);
		long have = atol(projects[best].cell[by]);
		bool funded =
			!stopped && cost <= left && have > 0 && (!least || have >= atol(least));
		stopped = stopped || (no_skip && cost > left && cost < 999999999 && have > 0);
		left -= funded ? cost : 0;
		assert_int_equal(atoi(projects[best].cell[selected]), funded);
	}
}

static void hold_money(void)
{
	double budget = strtod(value("budget"), NULL), spent = 0, all = 0;
	long selected = column(&columns, "selected");
	for (size_t k = 0; k < n_projects; k++) {
		double cost = strtod(projects[k].cell[1], NULL);
		bool won = atoi(projects[k].cell[selected]) == 1;
		assert_true(cost > 0 && (cost <= budget || (cost == 999999999 && !won)));
		all += cost;
		spent += won ? cost : 0;
	}
	assert_true(spent <= budget);
	assert_int_equal(value("fully_funded") != NULL, budget >= all);
}

void collection_hold(const struct yihu_buf *file)
{
	char *text = yihu_strndup((const char *)file->data, file->len);
	read_file(text);
	hold_meta();
	hold_rows(&columns, projects, n_projects, project_fields);
	hold_rows(&vote_columns, votes, n_votes, vote_fields);
	hold_votes();
	hold_money();
	if (strcmp(value("rule"), "greedy") == 0 || strcmp(value("rule"), "greedy-threshold") == 0)
		hold_greedy(false);
	if (strcmp(value("rule"), "greedy-no-skip") == 0)
		hold_greedy(true);
	free(text);
}
