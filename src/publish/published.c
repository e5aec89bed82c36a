/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading results.json. The first key that is missing or of another kind is
 * remembered; everything read after it is empty, and the whole is refused.
 */
#include <stdlib.h>
#include <string.h>

#include "publish/published.h"

struct results_reading {
	const struct published *r; /* for the ids in lists */
	const char *bad;           /* the first key at fault */
};

static void fault(struct results_reading *x, const char *key)
{
	if (!x->bad)
		x->bad = key;
}

static const char *string_or_null(struct results_reading *x, const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	if (!json_is_string(v) && !json_is_null(v))
		fault(x, key);
	return json_string_value(v);
}

static const char *string(struct results_reading *x, const json_t *object, const char *key)
{
	const char *s = string_or_null(x, object, key);
	if (!s)
		fault(x, key);
	return s ? s : "";
}

/* From 0 to 2^53−1, as the schema has them. */
static bool is_integer(const json_t *v)
{
	return json_is_integer(v) && json_integer_value(v) >= 0 &&
	       json_integer_value(v) < INT64_C(1) << 53;
}

static bool integer_or_null(struct results_reading *x, const json_t *object, const char *key,
			    uint64_t *out)
{
	const json_t *v = json_object_get(object, key);
	*out = 0;
	if (is_integer(v)) {
		*out = (uint64_t)json_integer_value(v);
		return true;
	}
	if (!json_is_null(v))
		fault(x, key);
	return false;
}

static uint64_t integer(struct results_reading *x, const json_t *object, const char *key)
{
	uint64_t v;
	if (!integer_or_null(x, object, key, &v))
		fault(x, key);
	return v;
}

static bool boolean(struct results_reading *x, const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	if (!json_is_boolean(v))
		fault(x, key);
	return json_is_true(v);
}

static const json_t *array(struct results_reading *x, const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	if (!json_is_array(v))
		fault(x, key);
	return v;
}

static struct index_list numbers(struct results_reading *x, const json_t *object, const char *key)
{
	const json_t *list = array(x, object, key);
	struct index_list out = {.n = json_array_size(list)};
	out.at = yihu_calloc(out.n, sizeof *out.at);
	for (size_t i = 0; i < out.n; i++) {
		const json_t *v = json_array_get(list, i);
		if (!is_integer(v))
			fault(x, key);
		out.at[i] = (size_t)json_integer_value(v);
	}
	return out;
}

static size_t find(struct results_reading *x, const char *id, const char *key)
{
	for (size_t i = 0; id && i < x->r->n_projects; i++)
		if (strcmp(x->r->projects[i].id, id) == 0)
			return i;
	fault(x, key);
	return 0;
}

static struct index_list ids(struct results_reading *x, const json_t *object, const char *key)
{
	const json_t *list = array(x, object, key);
	struct index_list out = {.n = json_array_size(list)};
	out.at = yihu_calloc(out.n, sizeof *out.at);
	for (size_t i = 0; i < out.n; i++)
		out.at[i] = find(x, json_string_value(json_array_get(list, i)), key);
	return out;
}

enum share_kind { QUORUM, SUPPORT_RULE, SUPPORT_OF_PROJECT };

static struct share read_share(struct results_reading *x, const json_t *object, const char *key,
			       enum share_kind kind)
{
	const json_t *v = json_object_get(object, key);
	struct share s = {.there = json_is_object(v)};
	if (!s.there) {
		if (!json_is_null(v))
			fault(x, key);
		return s;
	}
	if (kind != SUPPORT_OF_PROJECT)
		s.rule = string(x, v, "rule");
	if (kind == SUPPORT_RULE) {
		s.base = term_support(string(x, v, "of"));
		return s;
	}
	s.have = integer(x, v, "have");
	s.of = integer(x, v, "of");
	s.met = boolean(x, v, "met");
	return s;
}

static void read_project(struct results_reading *x, struct result_project *p, const json_t *v)
{
	p->id = string(x, v, "id");
	p->name = string(x, v, "name");
	string_or_null(x, v, "name_en"); /* names of all languages: yihu_project_name */
	p->json = v;
	p->cost = integer(x, v, "cost");
	integer_or_null(x, v, "votes", &p->votes);
	integer_or_null(x, v, "agree", &p->agree);
	integer_or_null(x, v, "against", &p->against);
	integer_or_null(x, v, "abstain", &p->abstain);
	p->support = read_share(x, v, "support", SUPPORT_OF_PROJECT);
	p->verdict_term = string_or_null(x, v, "verdict");
	p->verdict = term_verdict(p->verdict_term);
	integer_or_null(x, v, "place", &p->place);
	p->ordered_by = term_tiebreak(string_or_null(x, v, "ordered_by"));
	p->has_left = integer_or_null(x, v, "left_before", &p->left_before);
}

static void read_election(struct results_reading *x, struct published *r)
{
	const json_t *v = r->root;
	r->eid = string(x, v, "eid");
	r->opens = string(x, v, "opens");
	r->closes = string(x, v, "closes");
	r->additions = integer(x, v, "additions");
	r->replacements = integer(x, v, "replacements");
	r->voids = integer(x, v, "voids");
	r->entitled = integer(x, v, "entitled");
	r->cast = integer(x, v, "cast");
	r->min_box = integer(x, v, "min_box");
	r->opened = boolean(x, v, "opened");
	integer_or_null(x, v, "void", &r->void_ballots);
	r->void_at = numbers(x, v, "void_at");
	r->holders = integer(x, v, "holders");
	r->needed = integer(x, v, "needed");
	r->mixes = integer(x, v, "mixes");
	r->openers = numbers(x, v, "openers");
}

static void read_count(struct results_reading *x, struct published *r)
{
	const json_t *v = r->root;
	r->title = string(x, v, "title");
	r->community = string(x, v, "community");
	r->instance = string(x, v, "instance");
	r->currency = string_or_null(x, v, "currency");
	integer_or_null(x, v, "valid", &r->valid);
	r->lot = string_or_null(x, v, "lot");
	r->kind = term_kind(string(x, v, "ballot"));
	r->rule_term = string(x, v, "rule");
	r->rule = term_rule(r->rule_term);
	r->has_budget = integer_or_null(x, v, "budget", &r->budget);
	r->spent = integer(x, v, "spent");
	r->quorum = read_share(x, v, "quorum", QUORUM);
	r->support = read_share(x, v, "support", SUPPORT_RULE);
	r->has_threshold = integer_or_null(x, v, "threshold", &r->threshold);
}

static void read_projects(struct results_reading *x, struct published *r)
{
	const json_t *list = array(x, r->root, "projects");
	r->n_projects = json_array_size(list);
	r->projects = yihu_calloc(r->n_projects, sizeof *r->projects);
	for (size_t i = 0; i < r->n_projects; i++)
		read_project(x, &r->projects[i], json_array_get(list, i));
	r->order = ids(x, r->root, "order");
	r->funded = ids(x, r->root, "funded");
	list = array(x, r->root, "ties");
	r->n_ties = json_array_size(list);
	r->ties = yihu_calloc(r->n_ties, sizeof *r->ties);
	for (size_t i = 0; i < r->n_ties; i++)
		r->ties[i] = ids(x, json_array_get(list, i), "projects");
}

/* Version 2 has it, and at least one. */
static void read_withdrawn(struct results_reading *x, struct published *r)
{
	const json_t *list = array(x, r->root, "withdrawn"), *item;
	size_t i;
	if (json_array_size(list) == 0)
		fault(x, "withdrawn");
	json_array_foreach(list, i, item)
	{
		size_t project = find(x, string(x, item, "project"), "withdrawn");
		const char *reason = string(x, item, "reason");
		string(x, item, "time");
		integer(x, item, "entry");
		if (project < r->n_projects)
			r->projects[project].withdrawn = reason;
	}
}

static void read_round(struct results_reading *x, struct result_round *round, const json_t *v)
{
	round->project = find(x, string(x, v, "project"), "project");
	round->cap = string(x, v, "cap");
	round->effective = string_or_null(x, v, "effective");
	round->payers = integer(x, v, "payers");
	round->emptied = integer(x, v, "emptied");
	round->by = term_tiebreak(string(x, v, "by"));
}

static void read_left(struct results_reading *x, struct published *r, const json_t *v)
{
	size_t project = find(x, string(x, v, "project"), "left");
	const char *have = string(x, v, "have");
	if (project < r->n_projects)
		r->projects[project].have = have;
}

static void read_comparison(struct results_reading *x, struct published *r, const json_t *v)
{
	r->compared = json_is_object(v);
	if (!r->compared)
		return;
	r->prefer_greedy = integer(x, v, "greedy");
	r->prefer_shares = integer(x, v, "shares");
	r->greedy_taken = strcmp(string(x, v, "taken"), "greedy") == 0;
}

/* Only rules with rounds have one, and only when they ran. */
static void read_trace(struct results_reading *x, struct published *r)
{
	const json_t *v = json_object_get(r->root, "trace"), *item;
	size_t i;
	r->has_trace = json_is_object(v);
	if (!r->has_trace)
		return;
	r->share = string(x, v, "share");
	r->raises = integer(x, v, "raises");
	const char *raise_end = string_or_null(x, v, "raise_end");
	r->raised = raise_end != NULL;
	r->raised_over = raise_end && strcmp(raise_end, "over") == 0;
	const json_t *list = array(x, v, "rounds");
	r->rounds = yihu_calloc(json_array_size(list), sizeof *r->rounds);
	r->n_rounds = json_array_size(list);
	json_array_foreach(list, i, item)
	{
		read_round(x, &r->rounds[i], item);
		if (r->rounds[i].project < r->n_projects)
			r->projects[r->rounds[i].project].round = i + 1;
	}
	list = array(x, v, "left");
	json_array_foreach(list, i, item) read_left(x, r, item);
	read_comparison(x, r, json_object_get(v, "comparison"));
}

void yihu_published_free(struct published *r)
{
	for (size_t i = 0; i < r->n_ties; i++)
		free(r->ties[i].at);
	free(r->ties);
	free(r->void_at.at);
	free(r->openers.at);
	free(r->order.at);
	free(r->funded.at);
	free(r->rounds);
	free(r->projects);
	json_decref(r->root);
	*r = (struct published){0};
}

void yihu_published_know(struct published *r, const struct yihu_definition *d)
{
	for (size_t i = 0; i < r->n_projects; i++)
		if (i >= d->n_projects || strcmp(r->projects[i].id, d->projects[i].id) != 0)
			return;
	r->definition = d;
	for (size_t i = 0; i < r->n_projects; i++) {
		r->projects[i].definition = d;
		r->projects[i].at = i;
	}
}

int yihu_published_read(struct published *out, const void *json, size_t len, struct yihu_error *err)
{
	json_error_t why;
	struct published r = {.root = json_loadb(json, len, JSON_REJECT_DUPLICATES, &why)};
	if (!r.root)
		return yihu_fail(err, YIHU_ERESULTS, _("results.json is not JSON: line %d: %s"),
				 why.line, why.text);
	struct results_reading x = {.r = &r};
	const char *version = json_string_value(json_object_get(r.root, "version"));
	r.outside = version && strcmp(version, "yihu-count-v1") == 0;
	r.opened = r.outside;
	bool second = version && strcmp(version, "yihu-results-v2") == 0;
	if (!version || (!r.outside && !second && strcmp(version, "yihu-results-v1") != 0)) {
		fault(&x, "version");
	} else {
		if (!r.outside)
			read_election(&x, &r);
		read_count(&x, &r);
		read_projects(&x, &r);
		if (second)
			read_withdrawn(&x, &r);
		read_trace(&x, &r);
	}
	if (x.bad) {
		yihu_published_free(&r);
		return yihu_fail(err, YIHU_ERESULTS,
				 _("results.json is not one this program reads: see its key “%s”"),
				 x.bad);
	}
	*out = r;
	return 0;
}

int yihu_published_in(struct published *out, enum language *l, const void *json, size_t len,
		      const char *language, struct yihu_error *err)
{
	int r = words_language(l, language, err);
	return r == 0 ? yihu_published_read(out, json, len, err) : r;
}
