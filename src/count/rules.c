/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of rules, and what each asks of a definition.
 */
#include <string.h>

#include "rules.h"
#include "runs.h"

#define ALL_KINDS ((1u << YIHU_N_KINDS) - 1)

static enum yihu_verdict bar_threshold(const struct yihu_project_outcome *r,
				       const struct yihu_definition *d, uint64_t cost)
{
	(void)cost;
	return !d->has_threshold || r->votes >= d->threshold ? YIHU_FUNDED : YIHU_BELOW_THRESHOLD;
}

static enum yihu_verdict bar_majority(const struct yihu_project_outcome *r,
				      const struct yihu_definition *d, uint64_t cost)
{
	(void)d;
	(void)cost;
	return r->agree > r->against ? YIHU_FUNDED : YIHU_NOT_MORE_FOR;
}

__extension__ typedef unsigned __int128 wide;

/* v/n ≥ cost/(3B), where declared: such support that the project's cost is not
 * out of all proportion to it. */
static enum yihu_verdict bar_eligibility(const struct yihu_project_outcome *r,
					 const struct yihu_definition *d, uint64_t cost)
{
	uint64_t n = r->agree + r->against + r->abstain;
	if (!d->eligibility || (wide)r->votes * 3 * d->budget >= (wide)cost * n)
		return YIHU_FUNDED;
	return YIHU_NOT_ELIGIBLE;
}

static const struct yihu_rule rules[] = {
	{.name = "greedy",
	 .kinds = ALL_KINDS,
	 .threshold = YIHU_THRESHOLD_OPTIONAL,
	 .run = yihu_run_greedy,
	 .bar = bar_threshold},
	{.name = "greedy-no-skip",
	 .kinds = ALL_KINDS,
	 .threshold = YIHU_THRESHOLD_OPTIONAL,
	 .run = yihu_run_greedy_no_skip,
	 .bar = bar_threshold},
	{.name = "greedy-exclusive",
	 .kinds = ALL_KINDS,
	 .threshold = YIHU_THRESHOLD_OPTIONAL,
	 .run = yihu_run_greedy,
	 .bar = bar_threshold},
	{.name = "greedy-threshold",
	 .kinds = ALL_KINDS,
	 .threshold = YIHU_THRESHOLD_REQUIRED,
	 .run = yihu_run_greedy,
	 .bar = bar_threshold},
	{.name = "majority",
	 .kinds = 1u << YIHU_CONSENT,
	 .budget = YIHU_BUDGET_OPTIONAL,
	 .run = yihu_run_majority,
	 .bar = bar_majority},
	{.name = "equalshares",
	 .kinds = ALL_KINDS,
	 .takes_equal_shares = true,
	 .has_trace = true,
	 .run = yihu_run_equal_shares,
	 .bar = bar_eligibility},
	{.name = "equalshares/add1",
	 .kinds = ALL_KINDS,
	 .takes_equal_shares = true,
	 .has_trace = true,
	 .run = yihu_run_equal_shares_add1,
	 .bar = bar_eligibility},
	{.name = "equalshares/add1u",
	 .kinds = ALL_KINDS,
	 .takes_equal_shares = true,
	 .has_trace = true,
	 .run = yihu_run_equal_shares_add1u,
	 .bar = bar_eligibility},
	{.name = "equalshares/add1e",
	 .kinds = ALL_KINDS,
	 .takes_equal_shares = true,
	 .has_trace = true,
	 .run = yihu_run_equal_shares_add1e,
	 .bar = bar_eligibility},
	{.name = "equalshares/add1eu",
	 .kinds = ALL_KINDS,
	 .takes_equal_shares = true,
	 .has_trace = true,
	 .run = yihu_run_equal_shares_add1eu,
	 .bar = bar_eligibility},
	{.name = "phragmen",
	 .kinds = 1u << YIHU_APPROVAL | 1u << YIHU_CONSENT,
	 .has_trace = true,
	 .run = yihu_run_phragmen},
};
#define N_RULES (sizeof rules / sizeof *rules)

const struct yihu_rule *yihu_rule_find(const char *name)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
}

static int fail_unknown(const char *name, struct yihu_error *err)
{
	struct yihu_buf known = {0};
	for (size_t i = 0; i < N_RULES; i++)
		yihu_buf_fmt(&known, "%s%s", i ? ", " : "", rules[i].name);
	int r = yihu_fail(err, YIHU_ERULE,
			  _("the rule “%s” is not counted here. Rules that are: %s"), name,
			  (const char *)known.data);
	yihu_buf_free(&known);
	return r;
}

static int check_options(const struct yihu_rule *rule, const struct yihu_definition *d,
			 struct yihu_error *err)
{
	if (rule->threshold == YIHU_THRESHOLD_REQUIRED && !d->has_threshold)
		return yihu_fail(err, YIHU_ERULE,
				 _("the rule %s needs a line threshold;<number> in META"),
				 rule->name);
	if (d->has_threshold && rule->threshold == YIHU_THRESHOLD_NONE)
		return yihu_fail(err, YIHU_ERULE,
				 _("META has a threshold, which the rule %s does not use: take the "
				   "line out, "
				   "or choose a greedy rule"),
				 rule->name);
	if ((d->comparison || d->eligibility) && !rule->takes_equal_shares)
		return yihu_fail(err, YIHU_ERULE,
				 _("META has %s, which belongs to equal shares and not to the rule "
				   "%s: take the line out"),
				 d->comparison ? "comparison" : "eligibility", rule->name);
	if (d->support.den && d->support_of == YIHU_OF_DECIDED && d->kind != YIHU_CONSENT)
		return yihu_fail(err, YIHU_ERULE,
				 _("support of “decided” needs consent ballots, and these are %s "
				   "ballots: count it of cast or of entitled"),
				 yihu_ballot_kind_name(d->kind));
	return 0;
}

/* The sum of all costs bounds whatever a rule spends. */
static int check_money(const struct yihu_rule *rule, const struct yihu_definition *d,
		       struct yihu_error *err)
{
	if (rule->budget == YIHU_BUDGET_REQUIRED && !d->has_budget)
		return yihu_fail(err, YIHU_ERULE,
				 _("the rule %s needs a line budget;<amount> in META"), rule->name);
	uint64_t left = YIHU_MONEY_MAX;
	for (size_t i = 0; i < d->n_projects; i++) {
		if (d->projects[i].cost > left)
			return yihu_fail(err, YIHU_ERULE,
					 _("the costs up to project %s add up to more than can be "
					   "counted exactly (2^53 fen)"),
					 d->projects[i].id);
		left -= d->projects[i].cost;
	}
	if (d->has_budget && d->budget > YIHU_MONEY_MAX)
		return yihu_fail(err, YIHU_ERULE,
				 _("the budget is more than can be counted exactly (2^53 fen)"));
	return 0;
}

int yihu_count_check(const struct yihu_definition *d, struct yihu_error *err)
{
	const struct yihu_rule *rule = yihu_rule_find(d->rule);
	if (!rule)
		return fail_unknown(d->rule, err);
	if (!(rule->kinds & 1u << d->kind))
		return yihu_fail(err, YIHU_ERULE, _("the rule %s does not count %s ballots"),
				 rule->name, yihu_ballot_kind_name(d->kind));
	int r = check_options(rule, d, err);
	if (r == 0)
		r = check_money(rule, d, err);
	return r;
}
