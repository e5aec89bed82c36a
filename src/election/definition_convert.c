/* SPDX-License-Identifier: Apache-2.0
 *
 * What people and cities have, written as the strict form (PROTOCOL §2). The
 * checks run on the file as it was read, so that errors name its own lines;
 * what is written is then read strictly once more.
 */
#include "fold.h"
#include "pabulib.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void note(struct yihu_buf *notices, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void note(struct yihu_buf *notices, const char *format, ...)
{
	va_list args;
	if (!notices)
		return;
	va_start(args, format);
	yihu_buf_vfmt(notices, format, args);
	va_end(args);
	yihu_buf_str(notices, "\n");
}

static void set_meta(struct yihu_definition *d, const char *key, const char *value, size_t line)
{
	struct yihu_meta *m = yihu_meta_find(d, key);
	if (!m) {
		yihu_meta_add(d, key, value, line);
		return;
	}
	free(m->value);
	m->value = yihu_strdup(value);
}

static void drop_meta(struct yihu_definition *d, const char *key)
{
	struct yihu_meta *m = yihu_meta_find(d, key);
	free(m->key);
	free(m->value);
	d->n_meta--;
	size_t behind = (size_t)(&d->meta[d->n_meta] - m);
	memmove(m, m + 1, behind * sizeof *m);
}

static void drop_column(struct yihu_definition *d, const char *name, struct yihu_buf *notices)
{
	long c = yihu_column_find(d, name);
	if (c < 0)
		return;
	size_t at = (size_t)c, behind = --d->n_columns - at;
	free(d->columns[at]);
	memmove(&d->columns[at], &d->columns[at + 1], behind * sizeof *d->columns);
	for (size_t i = 0; i < d->n_projects; i++) {
		char **fields = d->projects[i].fields;
		free(fields[at]);
		memmove(&fields[at], &fields[at + 1], behind * sizeof *fields);
	}
	note(notices, _("The column “%s” tells an outcome and was left out."), name);
}

static bool meta_is(const struct yihu_definition *d, const char *key, const char *value)
{
	const char *s = yihu_definition_meta(d, key);
	return s && strcmp(s, value) == 0;
}

/* The kind, where vote_type says it: scoring with −1 and 1 is consent. */
static void add_ballot(struct yihu_definition *d, struct yihu_buf *notices)
{
	const char *type = yihu_definition_meta(d, "vote_type");
	if (!type || yihu_meta_find(d, "ballot"))
		return;
	if (strcmp(type, "choose-1") == 0)
		type = "approval";
	else if (meta_is(d, "min_points", "-1") && meta_is(d, "max_points", "1"))
		type = "consent";
	char *value = yihu_strdup(type);
	yihu_meta_add(d, "ballot", value, yihu_meta_find(d, "vote_type")->line);
	note(notices, _("The line “ballot;%s” was added, from vote_type."), value);
	free(value);
}

static void add_threshold(struct yihu_definition *d, struct yihu_buf *notices)
{
	const struct yihu_meta *m = yihu_meta_find(d, "min_project_score_threshold");
	const char *rule = yihu_definition_meta(d, "rule");
	if (!m || yihu_meta_find(d, "threshold") || !rule || strncmp(rule, "greedy", 6) != 0)
		return;
	char *value = yihu_strdup(m->value);
	yihu_meta_add(d, "threshold", value, m->line);
	note(notices, _("The line “threshold;%s” was added, from min_project_score_threshold."),
	     value);
	free(value);
}

/* Points are whole and not negative, so a sum of at least 1 is a length of at
 * least 1. A least sum of 0 restricts nothing. */
static void translate_least_sums(struct yihu_definition *d, struct yihu_buf *notices)
{
	if (meta_is(d, "min_sum_cost", "0")) {
		drop_meta(d, "min_sum_cost");
		note(notices, _("The line “%s” restricts nothing and was left out."),
		     "min_sum_cost;0");
	}
	if (meta_is(d, "min_sum_points", "0")) {
		drop_meta(d, "min_sum_points");
		note(notices, _("The line “%s” restricts nothing and was left out."),
		     "min_sum_points;0");
	}
	const struct yihu_meta *least = yihu_meta_find(d, "min_sum_points");
	const char *length = yihu_definition_meta(d, "min_length");
	if (!meta_is(d, "min_sum_points", "1") || meta_is(d, "min_points", "-1"))
		return;
	if (!length || strcmp(length, "0") == 0) {
		set_meta(d, "min_length", "1", least->line);
		note(notices,
		     _("“min_sum_points;1” was written as “min_length;1”, which means the same."));
	} else {
		note(notices, _("The line “%s” restricts nothing and was left out."),
		     "min_sum_points;1");
	}
	drop_meta(d, "min_sum_points");
}

/* The format's name for a rule with the option comparison. */
static void split_comparison(struct yihu_definition *d, struct yihu_buf *notices)
{
	static const char *const names[][2] = {
		{"equalshares-comparison", "equalshares"},
		{"equalshares/add1-comparison", "equalshares/add1"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!meta_is(d, "rule", names[i][0]))
			continue;
		size_t line = yihu_meta_find(d, "rule")->line;
		set_meta(d, "rule", names[i][1], line);
		if (!yihu_meta_find(d, "comparison"))
			yihu_meta_add(d, "comparison", "1", line);
		note(notices, _("The rule “%s” was written as “%s” with “comparison;1”."),
		     names[i][0], names[i][1]);
	}
}

/* "a, b，c" as "a,b,c": what stands in a list of names, amounts or ids. */
static char *tidy_list(const char *text)
{
	struct yihu_buf plain = {0}, out = {0};
	for (const char *c = text; *c; c++) {
		bool full = strncmp(c, "，", 3) == 0;
		yihu_buf_put(&plain, full ? "," : c, 1);
		c += full ? 2 : 0;
	}
	yihu_buf_u8(&plain, 0);
	char *rest = (char *)plain.data;
	for (char *item = strsep(&rest, ","); item; item = strsep(&rest, ","))
		yihu_buf_fmt(&out, "%s%s", item == (char *)plain.data ? "" : ",", yihu_trim(item));
	yihu_buf_free(&plain);
	return (char *)out.data;
}

static void tidy_lists(struct yihu_definition *d)
{
	long excludes = yihu_column_find(d, "excludes");
	for (size_t i = 0; i < d->n_meta; i++) {
		struct yihu_meta *m = &d->meta[i];
		if (!strstr(m->key, "_per_") && strcmp(m->key, "categories") != 0 &&
		    strcmp(m->key, "neighborhoods") != 0)
			continue;
		char *tidy = tidy_list(m->value);
		free(m->value);
		m->value = tidy;
	}
	for (size_t i = 0; excludes >= 0 && i < d->n_projects; i++) {
		char *tidy = tidy_list(d->projects[i].fields[excludes]);
		free(d->projects[i].fields[excludes]);
		d->projects[i].fields[excludes] = tidy;
	}
}

/* Keys that restrict which projects could be proposed, or tell in words what
 * becomes of money: no vote and no count goes by them. */
static void pass_over(struct yihu_definition *d, struct yihu_buf *notices)
{
	static const char *const keys[] = {"min_project_cost", "max_project_cost",
					   "leftover_budget"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!yihu_meta_find(d, keys[i]))
			continue;
		drop_meta(d, keys[i]);
		note(notices, _("“%s” restricts no vote and no count; the line was passed over."),
		     keys[i]);
	}
}

/* More than all is all; with ranks it changes their points, so not there. */
static void clamp_max_length(struct yihu_definition *d, struct yihu_buf *notices)
{
	uint64_t length;
	const char *max = yihu_definition_meta(d, "max_length");
	if (!max || meta_is(d, "vote_type", "ordinal") || d->n_projects == 0 ||
	    !yihu_decimal(&length, yihu_span(max), UINT32_MAX) || length <= d->n_projects)
		return;
	char *all = yihu_printf("%zu", d->n_projects);
	set_meta(d, "max_length", all, 0);
	note(notices, _("max_length was more than the number of projects and is now %s."), all);
	free(all);
}

static void set_numbers(struct yihu_definition *d, struct yihu_buf *notices)
{
	if (!meta_is(d, "num_votes", "0"))
		note(notices, _("num_votes was set to 0."));
	set_meta(d, "num_votes", "0", 0);
	if (!yihu_meta_find(d, "num_projects")) {
		char *n = yihu_printf("%zu", d->n_projects);
		yihu_meta_add(d, "num_projects", n, 0);
		note(notices, _("The line “num_projects;%s” was added."), n);
		free(n);
	}
}

/* Counts the votes by lines: what is dropped need not be well-formed. */
static void drop_votes(const struct yihu_rows *r, struct yihu_buf *notices)
{
	size_t n = 0;
	bool in_line = false;
	for (size_t i = 0; i < r->left; i++) {
		bool end = r->p[i] == '\n' || r->p[i] == '\r';
		n += !end && !in_line;
		in_line = !end;
	}
	if (n > 1)
		note(notices,
		     yihu_ngettext("%zu vote was left out.", "%zu votes were left out.", n - 1),
		     n - 1);
}

static void note_form(const struct yihu_pabulib *p, struct yihu_buf *notices)
{
	if (p->rows.had_bom)
		note(notices, _("The byte order mark at the beginning was left out."));
	if (p->rows.had_crlf)
		note(notices, _("Line ends are now LF."));
	if (p->rows.had_tab)
		note(notices, _("Tabs were written as spaces."));
	if (p->blank_lines)
		note(notices,
		     yihu_ngettext("%zu blank line was left out.", "%zu blank lines were left out.",
				   p->blank_lines),
		     p->blank_lines);
	if (!p->has_votes)
		note(notices, _("The section VOTES was added."));
}

void yihu_definition_write(struct yihu_buf *out, const struct yihu_definition *d)
{
	yihu_buf_str(out, "META\nkey;value\n");
	for (size_t i = 0; i < d->n_meta; i++) {
		yihu_cell_write(out, d->meta[i].key, true);
		yihu_cell_write(out, d->meta[i].value, false);
		yihu_buf_str(out, "\n");
	}
	yihu_buf_str(out, "PROJECTS\n");
	for (size_t c = 0; c < d->n_columns; c++)
		yihu_cell_write(out, d->columns[c], c == 0);
	yihu_buf_str(out, "\n");
	for (size_t i = 0; i < d->n_projects; i++) {
		for (size_t c = 0; c < d->n_columns; c++)
			yihu_cell_write(out, d->projects[i].fields[c], c == 0);
		yihu_buf_str(out, "\n");
	}
	yihu_buf_fmt(out, "VOTES\n%s\n", yihu_votes_header(d->kind));
}

/* An election that is to be held; or one that was, by whomever. */
enum purpose { TO_ADOPT, TO_COUNT };

/* Keys that a count needs not, in a file that is only counted. */
static void stand_in(struct yihu_definition *d, struct yihu_buf *notices)
{
	static const char *const keys[] = {"description", "country",    "unit",
					   "instance",    "date_begin", "date_end"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = yihu_definition_meta(d, keys[i]);
		if (value && *value)
			continue;
		set_meta(d, keys[i], "-", 0);
		note(notices, _("META has no “%s”, which decides nothing here."), keys[i]);
	}
}

/* The format names the rule and has no column for it. */
static void note_exclusive(struct yihu_definition *d, struct yihu_buf *notices)
{
	if (meta_is(d, "rule", "greedy-exclusive") && yihu_column_find(d, "excludes") < 0)
		note(notices, _("The file does not say which projects exclude each other (column "
				"“excludes”); none do here."));
}

static void rewrite(struct yihu_pabulib *p, enum purpose purpose, struct yihu_buf *notices)
{
	struct yihu_buf *form = purpose == TO_COUNT ? NULL : notices;
	note_form(p, form);
	drop_votes(&p->rows, form);
	drop_column(p->d, "votes", form);
	drop_column(p->d, "score", form);
	drop_column(p->d, "selected", form);
	set_numbers(p->d, form);
	add_ballot(p->d, form);
	split_comparison(p->d, form);
	add_threshold(p->d, form);
	pass_over(p->d, notices);
	note_exclusive(p->d, notices);
	tidy_lists(p->d);
	translate_least_sums(p->d, form);
	clamp_max_length(p->d, form);
	if (purpose == TO_COUNT)
		stand_in(p->d, notices);
}

static int check_meaning(struct yihu_pabulib *p, struct yihu_error *err)
{
	int r = yihu_projects_check(p->d, p->header_line, err);
	if (r == 0)
		r = yihu_meta_check(p->d, err);
	if (r == 0)
		r = yihu_arithmetic_set(p->d, err);
	if (r == 0)
		r = yihu_rule_check(p->d, err);
	if (r == 0)
		r = yihu_parts_check(p->d, err);
	return r;
}

/* To adopt: refuse text that deceives, too. */
static int convert(struct yihu_buf *out, struct yihu_buf *notices, const void *bytes, size_t len,
		   enum purpose purpose, struct yihu_error *err)
{
	if (len > YIHU_DEFINITION_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("an election file can have at most 64 MiB"));
	struct yihu_buf text = {0}, said = {0};
	struct yihu_definition *again = NULL;
	struct yihu_pabulib p;
	yihu_pabulib_init(&p, bytes, len, true);
	int r = yihu_pabulib_sections(&p, err);
	if (r == 0) {
		rewrite(&p, purpose, &said);
		r = check_meaning(&p, err);
	}
	if (r == 0 && purpose == TO_ADOPT)
		r = yihu_definition_check_looks(p.d, err);
	if (r == 0) {
		yihu_definition_write(&text, p.d);
		r = yihu_definition_parse(&again, text.data, text.len, err);
	}
	if (r == 0)
		yihu_buf_put(out, text.data, text.len);
	if (r == 0 && notices)
		yihu_buf_put(notices, said.data, said.len);
	yihu_definition_free(again);
	yihu_pabulib_free(&p);
	yihu_buf_free(&text);
	yihu_buf_free(&said);
	return r;
}

int yihu_definition_adopt(struct yihu_buf *out, struct yihu_buf *notices, const void *bytes,
			  size_t len, struct yihu_error *err)
{
	return convert(out, notices, bytes, len, TO_ADOPT, err);
}

int yihu_definition_held(struct yihu_buf *out, struct yihu_buf *notices, const void *bytes,
			 size_t len, struct yihu_error *err)
{
	return convert(out, notices, bytes, len, TO_COUNT, err);
}
