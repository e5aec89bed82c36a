/* SPDX-License-Identifier: Apache-2.0
 *
 * What holds for parts of the projects: limits of each category or neighborhood,
 * and projects that exclude each other (PROTOCOL §2.2, §2.3).
 */
#include "fold.h"
#include "pabulib.h"

#include <stdlib.h>
#include <string.h>

#define EXCLUSIVE_MAX 4096

static const struct part_keys {
	const char *list, *column, *budget, *min_length, *max_length, *min_cost, *max_cost;
} part_keys[YIHU_N_DIVISIONS] = {
	[YIHU_BY_CATEGORY] = {"categories", "category", "budget_per_category",
			      "min_length_per_category", "max_length_per_category",
			      "min_sum_cost_per_category", "max_sum_cost_per_category"},
	[YIHU_BY_NEIGHBORHOOD] = {"neighborhoods", "neighborhood", "budget_per_neighborhood",
				  "min_length_per_neighborhood", "max_length_per_neighborhood",
				  "min_sum_cost_per_neighborhood", "max_sum_cost_per_neighborhood"},
};

/* The first of its keys that is there; NULL: it limits nothing. */
static const struct yihu_meta *first_limit(const struct yihu_definition *d,
					   const struct part_keys *k)
{
	const char *const keys[] = {k->budget, k->min_length, k->max_length, k->min_cost,
				    k->max_cost};
	const struct yihu_meta *m = NULL;
	for (size_t i = 0; !m && i < sizeof keys / sizeof *keys; i++)
		m = yihu_meta_find(d, keys[i]);
	return m;
}

/* The n-th of a list parted by commas, in place; the caller frees it. */
static size_t split_list(char ***out, const char *list)
{
	size_t n = 0;
	char *text = yihu_strdup(list), *rest = text;
	for (char *item = strsep(&rest, ","); item; item = strsep(&rest, ",")) {
		*out = yihu_realloc(*out, n + 1, sizeof **out);
		(*out)[n++] = yihu_strdup(item);
	}
	free(text);
	return n;
}

static int fail_list(struct yihu_error *err, const struct yihu_meta *m, const char *name)
{
	return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_VALUE,
				 _("%s must be names parted by commas, each once, without spaces "
				   "around them, not “%.*s”"),
				 m->key, yihu_clip(name), name);
}

static int read_names(struct yihu_division *p, const struct yihu_meta *m, struct yihu_error *err)
{
	p->n = split_list(&p->names, m->value);
	for (size_t i = 0; i < p->n; i++) {
		bool bad = p->names[i][0] == '\0' || !yihu_is_trimmed(p->names[i]);
		for (size_t k = 0; k < i; k++)
			bad = bad || strcmp(p->names[k], p->names[i]) == 0;
		if (bad)
			return fail_list(err, m, p->names[i]);
	}
	return 0;
}

static int place_projects(struct yihu_definition *d, struct yihu_division *p,
			  const struct part_keys *k, struct yihu_error *err)
{
	long column = yihu_column_find(d, k->column);
	p->of = yihu_calloc(d->n_projects, sizeof *p->of);
	for (size_t i = 0; i < d->n_projects; i++) {
		const char *name = d->projects[i].fields[column];
		while (p->of[i] < p->n && strcmp(p->names[p->of[i]], name) != 0)
			p->of[i]++;
		if (p->of[i] == p->n)
			return yihu_fail_in_cell(err, YIHU_EPROJECT, d->projects[i].line,
						 (size_t)column + 1,
						 _("“%.*s” is none of the %s in META"),
						 yihu_clip(name), name, k->list);
	}
	return 0;
}

/* A list of as many amounts as there are names; NULL where META has no such key. */
static int read_amounts(const struct yihu_definition *d, struct yihu_division *p, const char *key,
			uint64_t **out, bool positive, struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, key);
	char **items = NULL;
	if (!m)
		return 0;
	size_t n = split_list(&items, m->value);
	int r = n == p->n ? 0
			  : yihu_fail(err, YIHU_EMETA, _("%s has %zu amounts for %zu names"), key,
				      n, p->n);
	*out = yihu_calloc(p->n, sizeof **out);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = yihu_amount_parse(&(*out)[i], items[i], err);
		if (r == 0 && positive && (*out)[i] == 0)
			r = yihu_fail(err, YIHU_EMETA, _("%s must be more than 0"), key);
	}
	for (size_t i = 0; i < n; i++)
		free(items[i]);
	free(items);
	return r ? yihu_fail_meta(err, r, m) : 0;
}

static int read_lengths(const struct yihu_definition *d, struct yihu_division *p,
			const struct part_keys *k, struct yihu_error *err)
{
	bool has_min, has_max;
	uint64_t min = 0, max = d->n_projects;
	int r = yihu_meta_number(d, k->min_length, YIHU_PROJECTS_MAX, &has_min, &min, err);
	if (r == 0)
		r = yihu_meta_number(d, k->max_length, YIHU_PROJECTS_MAX, &has_max, &max, err);
	if (r != 0)
		return r;
	p->has_lengths = has_min || has_max;
	p->min_length = has_min ? (uint32_t)min : 0;
	p->max_length = has_max ? (uint32_t)max : (uint32_t)d->n_projects;
	if (p->max_length > 0 && p->min_length <= p->max_length)
		return 0;
	const char *key = has_max ? k->max_length : k->min_length;
	return yihu_fail_in_cell(err, YIHU_EMETA, yihu_meta_find(d, key)->line, YIHU_META_VALUE,
				 _("%s leaves no valid ballot"), key);
}

static int fail_without(struct yihu_error *err, const struct yihu_meta *m, const char *what)
{
	return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_KEY, _("%s needs %s"), m->key,
				 what);
}

static int check_division(struct yihu_definition *d, enum yihu_division_by by,
			  struct yihu_error *err)
{
	struct yihu_division *p = &d->divisions[by];
	const struct part_keys *k = &part_keys[by];
	const struct yihu_meta *first = first_limit(d, k), *list = yihu_meta_find(d, k->list);
	const struct yihu_meta *budget = yihu_meta_find(d, k->budget);
	if (!first)
		return 0;
	if (!list)
		return fail_without(err, first, k->list);
	if (yihu_column_find(d, k->column) < 0)
		return fail_without(err, first, k->column);
	if (budget && !d->has_budget)
		return fail_without(err, budget, "budget");
	int r = read_names(p, list, err);
	if (r == 0)
		r = place_projects(d, p, k, err);
	if (r == 0)
		r = read_amounts(d, p, k->budget, &p->budget, true, err);
	if (r == 0)
		r = read_lengths(d, p, k, err);
	if (r == 0)
		r = read_amounts(d, p, k->min_cost, &p->min_cost, false, err);
	if (r == 0)
		r = read_amounts(d, p, k->max_cost, &p->max_cost, true, err);
	return r;
}

/* ---- projects that exclude each other ---- */

static int by_pair(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;
	return a[0] != b[0] ? (a[0] > b[0]) - (a[0] < b[0]) : (a[1] > b[1]) - (a[1] < b[1]);
}

static void add_pair(struct yihu_definition *d, size_t a, size_t b)
{
	if (yihu_excludes(d, a, b))
		return;
	d->exclusive = yihu_realloc(d->exclusive, d->n_exclusive + 1, sizeof *d->exclusive);
	d->exclusive[d->n_exclusive][0] = (uint32_t)(a < b ? a : b);
	d->exclusive[d->n_exclusive++][1] = (uint32_t)(a < b ? b : a);
}

static int read_excluded(struct yihu_definition *d, size_t i, long column, struct yihu_error *err)
{
	char **ids = NULL;
	const char *cell = d->projects[i].fields[column];
	size_t n = cell[0] ? split_list(&ids, cell) : 0;
	int r = 0;
	for (size_t k = 0; k < n; k++) {
		long other = yihu_definition_find(d, ids[k]);
		if (r == 0 && (other < 0 || (size_t)other == i))
			r = yihu_fail_in_cell(err, YIHU_EPROJECT, d->projects[i].line,
					      (size_t)column + 1,
					      _("excludes must name other projects by their ids, "
						"not “%.*s”"),
					      yihu_clip(ids[k]), ids[k]);
		if (r == 0 && d->n_exclusive < EXCLUSIVE_MAX)
			add_pair(d, i, (size_t)other);
		else if (r == 0)
			r = yihu_fail_in_cell(
				err, YIHU_ETOOBIG, d->projects[i].line, (size_t)column + 1,
				_("at most %d pairs of projects can exclude each other"),
				EXCLUSIVE_MAX);
		free(ids[k]);
	}
	free(ids);
	return r;
}

static int check_exclusive(struct yihu_definition *d, struct yihu_error *err)
{
	long column = yihu_column_find(d, "excludes");
	int r = 0;
	for (size_t i = 0; column >= 0 && r == 0 && i < d->n_projects; i++)
		r = read_excluded(d, i, column, err);
	if (r == 0 && d->n_exclusive > 0)
		qsort(d->exclusive, d->n_exclusive, sizeof *d->exclusive, by_pair);
	d->exclusive_marks = strcmp(d->rule, "greedy-exclusive") != 0;
	return r;
}

/* Shares and phragmen have no word for either. */
static int check_goes(const struct yihu_definition *d, struct yihu_error *err)
{
	bool greedy = strncmp(d->rule, "greedy", 6) == 0 || strcmp(d->rule, "majority") == 0;
	bool budgets = false;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		budgets = budgets || d->divisions[by].budget;
	if (greedy || (d->n_exclusive == 0 && !budgets))
		return 0;
	int r = yihu_fail(err, YIHU_EMETA,
			  _("projects that exclude each other, and a budget for each part, go only "
			    "with the greedy rules and majority"));
	return yihu_fail_meta(err, r, yihu_meta_find(d, "rule"));
}

int yihu_parts_check(struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	for (int by = 0; r == 0 && by < YIHU_N_DIVISIONS; by++)
		r = check_division(d, (enum yihu_division_by)by, err);
	if (r == 0)
		r = check_exclusive(d, err);
	return r ? r : check_goes(d, err);
}

/* ---- a ballot ---- */

static int check_marks(const struct yihu_definition *d, const struct yihu_division *p,
		       const uint32_t *digits, size_t part, struct yihu_error *err)
{
	uint32_t count = 0;
	uint64_t cost = 0;
	for (size_t i = 0; i < d->n_projects; i++)
		if (digits[i] && p->of[i] == part) {
			count++;
			cost += d->projects[i].cost;
		}
	if (p->has_lengths && (count < p->min_length || count > p->max_length))
		return yihu_fail(err, YIHU_EDIGITS,
				 _("%u projects of “%s” are marked; it must be %u to %u"), count,
				 p->names[part], p->min_length, p->max_length);
	if (p->min_cost && cost < p->min_cost[part])
		return yihu_fail(err, YIHU_EDIGITS,
				 _("the marked projects of “%s” cost %llu.%02llu together, which "
				   "is too little"),
				 p->names[part], (unsigned long long)cost / 100,
				 (unsigned long long)cost % 100);
	if (p->max_cost && cost > p->max_cost[part])
		return yihu_fail(err, YIHU_EDIGITS,
				 _("the marked projects of “%s” cost %llu.%02llu together, which "
				   "is too much"),
				 p->names[part], (unsigned long long)cost / 100,
				 (unsigned long long)cost % 100);
	return 0;
}

/* Is the ballot for it: with consent, does it agree? */
static bool is_for(const struct yihu_definition *d, uint32_t digit)
{
	return d->kind == YIHU_CONSENT ? digit == 1 : digit != 0;
}

int yihu_parts_check_digits(const struct yihu_definition *d, const uint32_t *digits,
			    struct yihu_error *err)
{
	int r = 0;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		for (size_t k = 0; r == 0 && k < d->divisions[by].n; k++)
			r = check_marks(d, &d->divisions[by], digits, k, err);
	for (size_t i = 0; r == 0 && d->exclusive_marks && i < d->n_exclusive; i++) {
		size_t a = d->exclusive[i][0], b = d->exclusive[i][1];
		if (is_for(d, digits[a]) && is_for(d, digits[b]))
			r = yihu_fail(err, YIHU_EDIGITS,
				      _("the projects “%s” and “%s” exclude each other; choose one "
					"of them"),
				      d->projects[a].id, d->projects[b].id);
	}
	return r;
}
