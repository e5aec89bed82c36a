/* SPDX-License-Identifier: Apache-2.0
 *
 * What META says about the count: the rule, quorum, support and options
 * (PROTOCOL §10). Each must be one that is enforced.
 */
#include "pabulib.h"

#include <assert.h>
#include <string.h>

enum takes { NO_THRESHOLD, MAY_HAVE_THRESHOLD, MUST_HAVE_THRESHOLD };
static const struct rule {
	const char *name;
	bool needs_budget;
	enum takes threshold;
	bool shares;
} rules[] = {
	{"greedy", true, MAY_HAVE_THRESHOLD, false},
	{"greedy-no-skip", true, MAY_HAVE_THRESHOLD, false},
	{"greedy-exclusive", true, MAY_HAVE_THRESHOLD, false},
	{"greedy-threshold", true, MUST_HAVE_THRESHOLD, false},
	{"equalshares", true, NO_THRESHOLD, true},
	{"equalshares/add1", true, NO_THRESHOLD, true},
	{"equalshares/add1u", true, NO_THRESHOLD, true},
	{"equalshares/add1e", true, NO_THRESHOLD, true},
	{"equalshares/add1eu", true, NO_THRESHOLD, true},
	{"phragmen", true, NO_THRESHOLD, false},
	{"majority", false, NO_THRESHOLD, false},
};

static const struct rule *rule_named(const char *name)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	}
	return NULL;
}

/* After check_rule. */
static const struct rule *rule_of(const struct yihu_definition *d)
{
	const struct rule *rule = rule_named(d->rule);
	assert(rule != NULL);
	return rule;
}

/* Names by which the format says that it cannot name the rule, and what to do then. */
static const struct unnamed {
	const char *name, *why;
} unnamed[] = {
	{"unknown", N_("the rule “unknown” means that nobody knows how this was counted: "
		       "choose a rule in META, or for a count by --rule, such as "
		       "--rule greedy")},
	{"greedy-custom", N_("the rule “greedy-custom” is a city's own way, told in the comment "
			     "of META alone: choose a rule in META, or for a count by --rule, "
			     "such as --rule greedy-no-skip")},
};

static const struct unnamed *unnamed_of(struct yihu_span name)
{
	for (size_t i = 0; i < sizeof unnamed / sizeof *unnamed; i++) {
		if (yihu_span_is(name, unnamed[i].name))
			return &unnamed[i];
	}
	return NULL;
}

bool yihu_rule_is_unnamed(const char *name, size_t len)
{
	return unnamed_of((struct yihu_span){name, len}) != NULL;
}

static int fail_rule(struct yihu_error *err, const struct yihu_meta *m)
{
	const struct unnamed *u = unnamed_of(yihu_span(m->value));
	if (u)
		return yihu_fail_meta(err, yihu_fail(err, YIHU_ERULE, "%s", yihu_gettext(u->why)),
				      m);
	int r = yihu_fail(err, YIHU_ERULE,
			  _("the rule “%.*s” is not known here; known are greedy, greedy-no-skip, "
			    "greedy-threshold, greedy-exclusive, equalshares, equalshares/add1, "
			    "equalshares/add1u, equalshares/add1e, equalshares/add1eu, phragmen "
			    "and majority"),
			  yihu_clip(m->value), m->value);
	return yihu_fail_meta(err, r, m);
}

static int check_rule(struct yihu_definition *d, struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, "rule");
	const struct rule *rule = rule_named(m->value);
	if (!rule)
		return fail_rule(err, m);
	int r = 0;
	if (rule->needs_budget && !d->has_budget)
		r = yihu_fail(err, YIHU_EMETA, _("the rule %s needs a budget, and META has none"),
			      rule->name);
	else if (strcmp(rule->name, "majority") == 0 && d->kind != YIHU_CONSENT)
		r = yihu_fail(err, YIHU_EMETA,
			      _("the rule majority compares agree with against: it needs ballot "
				"consent"));
	if (r != 0)
		return yihu_fail_meta(err, r, m);
	d->rule = yihu_strdup(rule->name);
	return 0;
}

static int fail_fraction(struct yihu_error *err, const struct yihu_meta *m, const char *example)
{
	return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_VALUE,
				 _("%s “%.*s” is not understood; write it like “%s”"), m->key,
				 yihu_clip(m->value), m->value, example);
}

/* ">1/2" or ">=2/3", within 0..1 and not out of reach. */
static bool parse_fraction(struct yihu_fraction *f, struct yihu_span text)
{
	uint64_t num, den;
	if (text.len < 4 || text.p[0] != '>')
		return false;
	size_t op = text.p[1] == '=' ? 2 : 1;
	const char *slash = memchr(text.p, '/', text.len), *end = text.p + text.len;
	if (!slash)
		return false;
	struct yihu_span upper = {text.p + op, (size_t)(slash - text.p) - op};
	struct yihu_span lower = {slash + 1, (size_t)(end - slash - 1)};
	if (!yihu_decimal(&num, upper, 1000000) || !yihu_decimal(&den, lower, 1000000))
		return false;
	*f = (struct yihu_fraction){(uint32_t)num, (uint32_t)den, op == 1};
	return den > 0 && num <= den && !(num == den && op == 1);
}

static int check_quorum(struct yihu_definition *d, struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, "quorum");
	if (m && !parse_fraction(&d->quorum, yihu_span(m->value)))
		return fail_fraction(err, m, ">1/2");
	return 0;
}

static int check_support(struct yihu_definition *d, struct yihu_error *err)
{
	static const char *const bases[] = {
		[YIHU_OF_CAST] = "cast",
		[YIHU_OF_DECIDED] = "decided",
		[YIHU_OF_ENTITLED] = "entitled",
	};
	const struct yihu_meta *m = yihu_meta_find(d, "support");
	if (!m)
		return 0;
	struct yihu_span rest = yihu_span(m->value), fraction;
	if (!yihu_field_next(&rest, &fraction) || !parse_fraction(&d->support, fraction))
		return fail_fraction(err, m, ">1/2 cast");
	int base = 0;
	while (base < 3 && !yihu_span_is(rest, bases[base]))
		base++;
	if (base == 3)
		return fail_fraction(err, m, ">1/2 cast");
	d->support_of = base;
	if (base == YIHU_OF_DECIDED && d->kind != YIHU_CONSENT)
		return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_VALUE,
					 _("support of those who decided needs ballot "
					   "consent; write cast or "
					   "entitled"));
	return 0;
}

static int check_option(const struct yihu_definition *d, const char *key, bool *set,
			struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, key);
	int r = 0;
	*set = m != NULL;
	if (m && strcmp(m->value, "1") != 0)
		r = yihu_fail(err, YIHU_EMETA,
			      _("%s can only be 1; without it, leave the line out"), key);
	else if (m && !rule_of(d)->shares)
		r = yihu_fail(err, YIHU_EMETA, _("%s goes only with the equalshares rules"), key);
	return r ? yihu_fail_meta(err, r, m) : 0;
}

static int check_options(struct yihu_definition *d, struct yihu_error *err)
{
	int r = check_option(d, "comparison", &d->comparison, err);
	if (r == 0)
		r = check_option(d, "eligibility", &d->eligibility, err);
	return r;
}

/* Pabulib's own key for the threshold may stand beside ours and must agree. */
static int check_threshold(struct yihu_definition *d, struct yihu_error *err)
{
	enum takes takes = rule_of(d)->threshold;
	const struct yihu_meta *m = yihu_meta_find(d, "threshold");
	const struct yihu_meta *twin = yihu_meta_find(d, "min_project_score_threshold");
	int r = yihu_meta_number(d, "threshold", YIHU_FEN_MAX, &d->has_threshold, &d->threshold,
				 err);
	if (r != 0)
		return r;
	if (takes == MUST_HAVE_THRESHOLD && !m)
		return yihu_fail(err, YIHU_EMETA,
				 _("the rule greedy-threshold needs the key “threshold” in META"));
	const struct yihu_meta *stray = m ? m : twin;
	if (takes == NO_THRESHOLD && stray)
		return yihu_fail_in_cell(err, YIHU_EMETA, stray->line, YIHU_META_VALUE,
					 _("%s goes only with the greedy rules"), stray->key);
	if (twin && !m)
		return yihu_fail_in_cell(err, YIHU_EMETA, twin->line, YIHU_META_VALUE,
					 _("%s needs the key “threshold” beside it, of the same "
					   "value"),
					 twin->key);
	if (twin && strcmp(twin->value, m->value) != 0)
		return yihu_fail_in_cell(err, YIHU_EMETA, twin->line, YIHU_META_VALUE,
					 _("%s and threshold differ"), twin->key);
	return 0;
}

int yihu_rule_check(struct yihu_definition *d, struct yihu_error *err)
{
	static int (*const checks[])(struct yihu_definition *, struct yihu_error *) = {
		check_rule, check_quorum, check_support, check_options, check_threshold,
	};
	int r = 0;
	for (size_t i = 0; r == 0 && i < sizeof checks / sizeof *checks; i++)
		r = checks[i](d, err);
	return r;
}
