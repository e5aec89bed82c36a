/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting: the figures, what bars a project before any rule runs, the rule.
 */
#include <assert.h>
#include <stdlib.h>

#include "rules.h"

static const char *const verdict_names[] = {
	[YIHU_FUNDED] = "funded",
	[YIHU_NO_SUPPORT] = "no-support",
	[YIHU_TOO_DEAR] = "too-dear",
	[YIHU_AFTER_STOP] = "after-stop",
	[YIHU_BELOW_THRESHOLD] = "below-threshold",
	[YIHU_NOT_MORE_FOR] = "not-more-for",
	[YIHU_BELOW_SUPPORT] = "below-support",
	[YIHU_NO_QUORUM] = "no-quorum",
	[YIHU_NOT_ELIGIBLE] = "not-eligible",
	[YIHU_TOO_POOR] = "too-poor",
	[YIHU_EXCLUDED] = "excluded",
	[YIHU_WITHDRAWN] = "withdrawn",
};
static const char *const tiebreak_names[] = {
	[YIHU_BY_VOTES] = "votes",
	[YIHU_BY_COST] = "cost",
	[YIHU_BY_LOT] = "lot",
	[YIHU_BY_FILE] = "file",
	[YIHU_BY_MORE_VOTES] = "more-votes",
	[YIHU_BY_RULE] = "rule",
};
_Static_assert(sizeof verdict_names / sizeof *verdict_names == YIHU_N_VERDICTS, "every verdict");
_Static_assert(sizeof tiebreak_names / sizeof *tiebreak_names == YIHU_N_TIEBREAKS, "every way");

const char *yihu_verdict_name(enum yihu_verdict v)
{
	assert((unsigned)v < YIHU_N_VERDICTS);
	return verdict_names[v];
}

const char *yihu_tiebreak_name(enum yihu_tiebreak t)
{
	assert((unsigned)t < YIHU_N_TIEBREAKS);
	return tiebreak_names[t];
}

__extension__ typedef unsigned __int128 wide;

bool yihu_fraction_met(struct yihu_fraction f, uint64_t have, uint64_t of)
{
	if (of == 0)
		return false;
	wide left = (wide)have * f.den, right = (wide)of * f.num;
	return f.strict ? left > right : left >= right;
}

static void add_digit(struct yihu_project_outcome *r, const struct yihu_definition *d,
		      uint32_t digit)
{
	if (digit == 0) {
		r->abstain++;
	} else if (d->kind == YIHU_CONSENT && digit == 2) {
		r->against++;
	} else {
		assert(d->kind != YIHU_ORDINAL || digit <= d->max_length);
		r->agree++;
		r->votes += d->kind == YIHU_ORDINAL ? d->max_length + 1 - digit : digit;
	}
}

static void add_ballots(struct yihu_outcome *o, const struct yihu_profile *p)
{
	const struct yihu_definition *d = p->definition;
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < d->n_projects; k++)
			add_digit(&o->projects[k], d, p->digits[i * d->n_projects + k]);
}

static void compare_support(struct yihu_project_outcome *r, const struct yihu_profile *p)
{
	const struct yihu_definition *d = p->definition;
	const uint64_t of[] = {[YIHU_OF_CAST] = p->cast,
			       [YIHU_OF_DECIDED] = r->agree + r->against,
			       [YIHU_OF_ENTITLED] = p->entitled};
	r->support_met = true;
	if (d->support.den == 0)
		return;
	r->support_have = r->agree;
	r->support_of = of[d->support_of];
	r->support_met = yihu_fraction_met(d->support, r->support_have, r->support_of);
}

static bool is_withdrawn(const struct yihu_profile *p, size_t project)
{
	for (size_t i = 0; i < p->n_withdrawn; i++)
		if (p->withdrawn[i].project == project)
			return true;
	return false;
}

/* What bars a project before the rule runs; YIHU_FUNDED: nothing yet. */
static enum yihu_verdict first_bar(const struct yihu_outcome *o, size_t project,
				   const struct yihu_profile *p, const struct yihu_rule *rule)
{
	const struct yihu_project_outcome *r = &o->projects[project];
	const struct yihu_definition *d = p->definition;
	if (is_withdrawn(p, project))
		return YIHU_WITHDRAWN;
	if (r->votes == 0)
		return YIHU_NO_SUPPORT;
	enum yihu_verdict v = rule->bar ? rule->bar(r, d, d->projects[project].cost) : YIHU_FUNDED;
	if (v == YIHU_FUNDED && !r->support_met)
		v = YIHU_BELOW_SUPPORT;
	return v;
}

static struct yihu_outcome *new_outcome(const struct yihu_profile *p)
{
	struct yihu_outcome *o = yihu_calloc(1, sizeof *o);
	o->n_projects = p->definition->n_projects;
	o->projects = yihu_calloc(o->n_projects, sizeof *o->projects);
	o->funded = yihu_calloc(o->n_projects, sizeof *o->funded);
	o->order = yihu_calloc(o->n_projects, sizeof *o->order);
	o->cast = p->cast;
	o->entitled = p->entitled;
	o->quorum_declared = p->definition->quorum.den != 0;
	o->quorum_met = !o->quorum_declared ||
			yihu_fraction_met(p->definition->quorum, p->cast, p->entitled);
	return o;
}

static void assert_sound(const struct yihu_outcome *o, const struct yihu_definition *d)
{
	uint64_t spent = 0;
	for (size_t i = 0; i < o->n_funded; i++) {
		assert(o->projects[o->funded[i]].verdict == YIHU_FUNDED);
		assert(o->projects[o->funded[i]].votes > 0);
		spent += d->projects[o->funded[i]].cost;
	}
	assert(spent == o->spent);
	assert(!d->has_budget || spent <= d->budget);
	assert(o->quorum_met || o->n_funded == 0);
}

int yihu_count(struct yihu_outcome **out, const struct yihu_profile *p, struct yihu_error *err)
{
	const struct yihu_definition *d = p->definition;
	int r = yihu_count_check(d, err);
	if (r != 0)
		return r;
	assert(p->n <= p->cast);
	const struct yihu_rule *rule = yihu_rule_find(d->rule);
	struct yihu_outcome *o = new_outcome(p);
	add_ballots(o, p);
	for (size_t i = 0; i < o->n_projects; i++) {
		compare_support(&o->projects[i], p);
		o->projects[i].verdict = o->quorum_met ? first_bar(o, i, p, rule) : YIHU_NO_QUORUM;
	}
	if (o->quorum_met)
		r = rule->run(o, p, err);
	if (r != 0) {
		yihu_outcome_free(o);
		return r;
	}
	assert_sound(o, d);
	*out = o;
	return 0;
}
