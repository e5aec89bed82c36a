/* SPDX-License-Identifier: Apache-2.0
 *
 * What a definition holds, and how to find it there.
 */
#include "pabulib.h"

#include <string.h>

static const char *const kind_names[YIHU_N_KINDS] = {
	[YIHU_APPROVAL] = "approval",     [YIHU_CONSENT] = "consent", [YIHU_SCORING] = "scoring",
	[YIHU_CUMULATIVE] = "cumulative", [YIHU_ORDINAL] = "ordinal",
};

const char *yihu_ballot_kind_name(enum yihu_ballot_kind kind)
{
	return kind_names[kind];
}

static void free_parts(struct yihu_definition *d)
{
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		struct yihu_division *p = &d->divisions[by];
		for (size_t i = 0; i < p->n; i++)
			free(p->names[i]);
		free(p->names);
		free(p->of);
		free(p->budget);
		free(p->min_cost);
		free(p->max_cost);
	}
	free(d->exclusive);
}

void yihu_definition_free(struct yihu_definition *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->n_meta; i++) {
		free(d->meta[i].key);
		free(d->meta[i].value);
	}
	for (size_t i = 0; i < d->n_projects; i++) {
		for (size_t c = 0; c < d->n_columns; c++)
			free(d->projects[i].fields[c]);
		free(d->projects[i].fields);
		free(d->projects[i].id);
		free(d->projects[i].name);
	}
	for (size_t c = 0; c < d->n_columns; c++)
		free(d->columns[c]);
	free_parts(d);
	free(d->meta);
	free(d->columns);
	free(d->projects);
	free(d->rule);
	free(d);
}

struct yihu_meta *yihu_meta_find(const struct yihu_definition *d, const char *key)
{
	for (size_t i = 0; i < d->n_meta; i++) {
		if (strcmp(d->meta[i].key, key) == 0)
			return &d->meta[i];
	}
	return NULL;
}

void yihu_meta_add(struct yihu_definition *d, const char *key, const char *value, size_t line)
{
	d->meta = yihu_realloc(d->meta, d->n_meta + 1, sizeof *d->meta);
	d->meta[d->n_meta++] = (struct yihu_meta){yihu_strdup(key), yihu_strdup(value), line};
}

long yihu_column_find(const struct yihu_definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_columns; i++) {
		if (strcmp(d->columns[i], name) == 0)
			return (long)i;
	}
	return -1;
}

const char *yihu_definition_meta(const struct yihu_definition *d, const char *key)
{
	const struct yihu_meta *m = yihu_meta_find(d, key);
	return m ? m->value : NULL;
}

const char *yihu_definition_field(const struct yihu_definition *d, size_t p, const char *column)
{
	long c = yihu_column_find(d, column);
	return c < 0 ? NULL : d->projects[p].fields[c];
}

long yihu_definition_find(const struct yihu_definition *d, const char *id)
{
	for (size_t i = 0; i < d->n_projects; i++) {
		if (strcmp(d->projects[i].id, id) == 0)
			return (long)i;
	}
	return -1;
}

bool yihu_excludes(const struct yihu_definition *d, size_t a, size_t b)
{
	size_t low = a < b ? a : b, high = a < b ? b : a;
	for (size_t i = 0; i < d->n_exclusive; i++)
		if (d->exclusive[i][0] == low && d->exclusive[i][1] == high)
			return true;
	return false;
}
