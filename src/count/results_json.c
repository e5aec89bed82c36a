/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json. RESULTS.md beside this file is its schema: a change here is a
 * change there, and of the version tag once elections exist.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/results.h>
#include <yihu/text.h>

#include "json_writer.h"
#include "results.h"
#include "rules.h"
#include "trace_json.h"

static void put_string(struct yihu_json *j, const char *key, const char *value)
{
	yihu_json_key(j, key);
	if (value)
		yihu_json_string(j, value);
	else
		yihu_json_null(j);
}

static void put_integer(struct yihu_json *j, const char *key, uint64_t value)
{
	yihu_json_key(j, key);
	yihu_json_integer(j, value);
}

static void put_integer_if(struct yihu_json *j, const char *key, bool there, uint64_t value)
{
	yihu_json_key(j, key);
	if (there)
		yihu_json_integer(j, value);
	else
		yihu_json_null(j);
}

static void put_bool(struct yihu_json *j, const char *key, bool value)
{
	yihu_json_key(j, key);
	yihu_json_bool(j, value);
}

static void put_time(struct yihu_json *j, const char *key, uint64_t seconds)
{
	char text[21];
	put_string(j, key, yihu_time_text(text, seconds));
}

static void put_fraction(struct yihu_json *j, const char *key, struct yihu_fraction f)
{
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text, "%s%u/%u", f.strict ? ">" : ">=", f.num, f.den);
	put_string(j, key, (const char *)text.data);
	yihu_buf_free(&text);
}

static void put_titles(struct yihu_json *j, const struct yihu_definition *d)
{
	put_string(j, "title", yihu_definition_meta(d, "description"));
	put_string(j, "community", yihu_definition_meta(d, "unit"));
	put_string(j, "instance", yihu_definition_meta(d, "instance"));
	put_string(j, "currency", yihu_definition_meta(d, "currency"));
}

static void put_turnout(struct yihu_json *j, const struct yihu_tally *t)
{
	put_integer(j, "households", t->households);
	put_integer(j, "additions", t->additions);
	put_integer(j, "replacements", t->replacements);
	put_integer(j, "voids", t->voids);
	put_integer(j, "entitled", t->entitled);
	put_integer(j, "log_size", t->log_size);
	put_integer(j, "cast", t->cast);
	put_integer(j, "min_box", t->charter->min_box);
}

static void put_opening(struct yihu_json *j, const struct yihu_tally *t)
{
	put_bool(j, "opened", t->opened);
	put_integer_if(j, "valid", t->opened, t->n_valid);
	put_integer_if(j, "void", t->opened, t->n_void);
	yihu_json_key(j, "void_at");
	yihu_json_open(j, '[');
	for (uint64_t i = 0; t->opened && i < t->n_void; i++)
		yihu_json_integer(j, t->void_at[i]);
	yihu_json_close(j, ']');
	put_integer(j, "holders", t->charter->n);
	put_integer(j, "needed", t->charter->t);
	put_integer(j, "mixes", t->opened ? t->mixes : 0);
	yihu_json_key(j, "openers");
	yihu_json_open(j, '[');
	for (uint32_t i = 0; t->opened && i < t->charter->n; i++)
		if (t->openers & UINT32_C(1) << i)
			yihu_json_integer(j, i + 1);
	yihu_json_close(j, ']');
	yihu_json_key(j, "lot");
	if (t->opened)
		yihu_json_hex(j, t->lot_seed, sizeof t->lot_seed);
	else
		yihu_json_null(j);
}

static void put_quorum(struct yihu_json *j, const struct yihu_tally *t)
{
	struct yihu_fraction f = t->definition->quorum;
	yihu_json_key(j, "quorum");
	if (f.den == 0) {
		yihu_json_null(j);
		return;
	}
	yihu_json_open(j, '{');
	put_fraction(j, "rule", f);
	put_integer(j, "have", t->cast);
	put_integer(j, "of", t->entitled);
	put_bool(j, "met", yihu_fraction_met(f, t->cast, t->entitled));
	yihu_json_close(j, '}');
}

static void put_support_rule(struct yihu_json *j, const struct yihu_definition *d)
{
	static const char *const of[] = {[YIHU_OF_CAST] = "cast",
					 [YIHU_OF_DECIDED] = "decided",
					 [YIHU_OF_ENTITLED] = "entitled"};
	yihu_json_key(j, "support");
	if (d->support.den == 0) {
		yihu_json_null(j);
		return;
	}
	yihu_json_open(j, '{');
	put_fraction(j, "rule", d->support);
	put_string(j, "of", of[d->support_of]);
	yihu_json_close(j, '}');
}

static void put_rule(struct yihu_json *j, const struct yihu_tally *t, const struct yihu_outcome *o)
{
	const struct yihu_definition *d = t->definition;
	put_string(j, "ballot", yihu_ballot_kind_name(d->kind));
	put_string(j, "rule", d->rule);
	put_integer_if(j, "budget", d->has_budget, d->budget);
	put_integer(j, "spent", o ? o->spent : 0);
	put_quorum(j, t);
	put_support_rule(j, d);
	put_integer_if(j, "threshold", d->has_threshold, d->threshold);
}

/* Version 1 has no such key: nothing was withdrawn then. */
static void put_withdrawn(struct yihu_json *j, const struct yihu_tally *t)
{
	if (t->n_withdrawn == 0)
		return;
	yihu_json_key(j, "withdrawn");
	yihu_json_open(j, '[');
	for (size_t i = 0; i < t->n_withdrawn; i++) {
		const struct yihu_withdrawn *w = &t->withdrawn[i];
		yihu_json_open(j, '{');
		put_string(j, "project", t->definition->projects[w->project].id);
		put_string(j, "reason", w->reason);
		put_time(j, "time", w->time);
		put_integer(j, "entry", w->entry);
		yihu_json_close(j, '}');
	}
	yihu_json_close(j, ']');
}

static void put_project_support(struct yihu_json *j, const struct yihu_tally *t,
				const struct yihu_project_outcome *r)
{
	yihu_json_key(j, "support");
	if (!r || t->definition->support.den == 0) {
		yihu_json_null(j);
		return;
	}
	yihu_json_open(j, '{');
	put_integer(j, "have", r->support_have);
	put_integer(j, "of", r->support_of);
	put_bool(j, "met", r->support_met);
	yihu_json_close(j, '}');
}

static bool was_considered(const struct yihu_tally *t, const struct yihu_project_outcome *r)
{
	return r && t->definition->has_budget && r->ordered_by != YIHU_BY_RULE &&
	       (r->verdict == YIHU_FUNDED || r->verdict == YIHU_TOO_DEAR);
}

static void put_project(struct yihu_json *j, const struct yihu_tally *t, size_t i,
			const struct yihu_outcome *o)
{
	const struct yihu_project *p = &t->definition->projects[i];
	const struct yihu_project_outcome *r = o ? &o->projects[i] : NULL;
	bool has_next = r && r->place > 0 && r->place < o->n_order;
	yihu_json_open(j, '{');
	put_string(j, "id", p->id);
	put_string(j, "name", p->name);
	put_string(j, "name_en", yihu_definition_field(t->definition, i, "name_en"));
	put_integer(j, "cost", p->cost);
	put_integer_if(j, "votes", r, r ? r->votes : 0);
	put_integer_if(j, "agree", r, r ? r->agree : 0);
	put_integer_if(j, "against", r, r ? r->against : 0);
	put_integer_if(j, "abstain", r, r ? r->abstain : 0);
	put_project_support(j, t, r);
	put_string(j, "verdict", r ? yihu_verdict_name(r->verdict) : NULL);
	put_integer_if(j, "place", r && r->place, r ? r->place : 0);
	put_string(j, "ordered_by", has_next ? yihu_tiebreak_name(r->ordered_by) : NULL);
	put_integer_if(j, "left_before", was_considered(t, r), r ? r->left_before : 0);
	yihu_json_close(j, '}');
}

static void put_ids(struct yihu_json *j, const char *key, const struct yihu_definition *d,
		    const uint32_t *projects, size_t n)
{
	yihu_json_key(j, key);
	yihu_json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		yihu_json_string(j, d->projects[projects[i]].id);
	yihu_json_close(j, ']');
}

static void put_tie(struct yihu_json *j, const struct yihu_profile *p, const uint32_t *projects,
		    size_t n)
{
	yihu_json_open(j, '{');
	put_ids(j, "projects", p->definition, projects, n);
	yihu_json_key(j, "lots");
	yihu_json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		uint8_t lot[64];
		yihu_lot(lot, p, p->definition->projects[projects[i]].id);
		yihu_json_hex(j, lot, sizeof lot);
	}
	yihu_json_close(j, ']');
	yihu_json_close(j, '}');
}

struct drawn {
	uint32_t project;
	uint8_t lot[64];
};

static int by_lot(const void *left, const void *right)
{
	const struct drawn *a = left, *b = right;
	return memcmp(a->lot, b->lot, sizeof a->lot);
}

/* Rounds in which the lot chose. */
static void put_round_tie(struct yihu_json *j, const struct yihu_profile *p,
			  const struct yihu_round *round)
{
	struct drawn *drawn = yihu_calloc(round->n_tied, sizeof *drawn);
	uint32_t *projects = yihu_calloc(round->n_tied, sizeof *projects);
	for (size_t i = 0; i < round->n_tied; i++) {
		drawn[i].project = round->tied[i];
		yihu_lot(drawn[i].lot, p, p->definition->projects[round->tied[i]].id);
	}
	qsort(drawn, round->n_tied, sizeof *drawn, by_lot);
	for (size_t i = 0; i < round->n_tied; i++)
		projects[i] = drawn[i].project;
	if (round->n_tied > 0)
		put_tie(j, p, projects, round->n_tied);
	free(drawn);
	free(projects);
}

/* Runs of the order in which each was put before the next by the lot. */
static void put_ties(struct yihu_json *j, const struct yihu_profile *p,
		     const struct yihu_outcome *o)
{
	yihu_json_key(j, "ties");
	yihu_json_open(j, '[');
	for (size_t i = 0; o && o->trace && i < o->trace->n_rounds; i++)
		put_round_tie(j, p, &o->trace->rounds[i]);
	size_t start = 0;
	for (size_t i = 0; o && i < o->n_order; i++) {
		bool goes_on =
			i + 1 < o->n_order && o->projects[o->order[i]].ordered_by == YIHU_BY_LOT;
		if (goes_on)
			continue;
		if (i > start)
			put_tie(j, p, o->order + start, i - start + 1);
		start = i + 1;
	}
	yihu_json_close(j, ']');
}

/* From `projects` on; p lends the lot. */
static void put_outcome(struct yihu_json *j, const struct yihu_tally *t,
			const struct yihu_profile *p, const struct yihu_outcome *o)
{
	const struct yihu_definition *d = t->definition;
	const struct yihu_rule *rule = yihu_rule_find(d->rule);
	yihu_json_key(j, "projects");
	yihu_json_open(j, '[');
	for (size_t i = 0; i < d->n_projects; i++)
		put_project(j, t, i, o);
	yihu_json_close(j, ']');
	put_ids(j, "order", d, o ? o->order : NULL, o ? o->n_order : 0);
	put_ties(j, p, o);
	put_ids(j, "funded", d, o ? o->funded : NULL, o ? o->n_funded : 0);
	if (rule && rule->has_trace)
		yihu_json_trace(j, d, o ? o->trace : NULL);
}

void yihu_results_json(struct yihu_buf *out, const struct yihu_tally *t,
		       const struct yihu_outcome *o)
{
	assert(t->opened == (o != NULL));
	struct yihu_json j = {.out = out};
	struct yihu_profile p = yihu_tally_profile(t);
	yihu_json_open(&j, '{');
	put_string(&j, "version", t->n_withdrawn > 0 ? "yihu-results-v2" : "yihu-results-v1");
	yihu_json_key(&j, "eid");
	yihu_json_hex(&j, t->charter->eid, sizeof t->charter->eid);
	put_titles(&j, t->definition);
	put_time(&j, "opens", t->charter->opens);
	put_time(&j, "closes", t->charter->closes);
	put_turnout(&j, t);
	put_opening(&j, t);
	put_rule(&j, t, o);
	put_withdrawn(&j, t);
	put_outcome(&j, t, &p, o);
	yihu_json_close(&j, '}');
	yihu_buf_u8(out, '\n');
}

void yihu_count_json(struct yihu_buf *out, const struct yihu_profile *p,
		     const struct yihu_outcome *o)
{
	struct yihu_json j = {.out = out};
	struct yihu_tally t = {.definition = p->definition,
			       .opened = true,
			       .cast = p->cast,
			       .entitled = p->entitled,
			       .n_valid = p->n};
	yihu_json_open(&j, '{');
	put_string(&j, "version", "yihu-count-v1");
	put_titles(&j, p->definition);
	put_integer(&j, "valid", p->n);
	yihu_json_key(&j, "lot");
	if (p->has_lot)
		yihu_json_hex(&j, p->lot_seed, sizeof p->lot_seed);
	else
		yihu_json_null(&j);
	put_rule(&j, &t, o);
	put_outcome(&j, &t, p, o);
	yihu_json_close(&j, '}');
	yihu_buf_u8(out, '\n');
}
