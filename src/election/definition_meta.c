/* SPDX-License-Identifier: Apache-2.0
 *
 * What META says about the ballot: kind, lengths, points, and the keys that
 * would restrict it in a way nobody enforces (PROTOCOL §2).
 */
#include "pabulib.h"

#include <string.h>
#include <strings.h>

#define BIT(kind) (1u << (kind))
#define ALL_KINDS (BIT(YIHU_N_KINDS) - 1)

int yihu_fail_meta(struct yihu_error *err, int code, const struct yihu_meta *m)
{
	return yihu_fail_cell(err, code, m->line, YIHU_META_VALUE);
}

int yihu_meta_number(const struct yihu_definition *d, const char *key, uint64_t max, bool *has,
		     uint64_t *value, struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, key);
	*has = m != NULL;
	if (!m || yihu_decimal(value, yihu_span(m->value), max))
		return 0;
	return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_VALUE,
				 _("%s must be a whole number up to %llu, not “%.*s”"), key,
				 (unsigned long long)max, yihu_clip(m->value), m->value);
}

static int check_obligatory(struct yihu_definition *d, struct yihu_error *err)
{
	static const char *const keys[] = {
		"description", "country", "unit",       "instance", "num_projects", "num_votes",
		"vote_type",   "rule",    "date_begin", "date_end", "ballot",
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct yihu_meta *m = yihu_meta_find(d, keys[i]);
		if (!m)
			return yihu_fail(err, YIHU_EMETA, _("META has no key “%s”"), keys[i]);
		if (m->value[0] == '\0')
			return yihu_fail_in_cell(err, YIHU_EMETA, m->line, YIHU_META_VALUE,
						 _("%s has no value"), keys[i]);
	}
	return 0;
}

static int check_num_projects(struct yihu_definition *d, struct yihu_error *err)
{
	bool has;
	uint64_t n = 0;
	int r = yihu_meta_number(d, "num_projects", YIHU_PROJECTS_MAX, &has, &n, err);
	if (r != 0 || n == d->n_projects)
		return r;
	return yihu_fail_in_cell(err, YIHU_EMETA, yihu_meta_find(d, "num_projects")->line,
				 YIHU_META_VALUE,
				 _("num_projects is %llu, but the file has %zu projects"),
				 (unsigned long long)n, d->n_projects);
}

static int check_kind(struct yihu_definition *d, struct yihu_error *err)
{
	static const char *const vote_types[YIHU_N_KINDS] = {
		[YIHU_APPROVAL] = "approval", [YIHU_CONSENT] = "scoring",
		[YIHU_SCORING] = "scoring",   [YIHU_CUMULATIVE] = "cumulative",
		[YIHU_ORDINAL] = "ordinal",
	};
	const struct yihu_meta *ballot = yihu_meta_find(d, "ballot");
	const struct yihu_meta *type = yihu_meta_find(d, "vote_type");
	int kind = 0;
	while (kind < YIHU_N_KINDS && strcmp(ballot->value, yihu_ballot_kind_name(kind)) != 0)
		kind++;
	if (kind == YIHU_N_KINDS)
		return yihu_fail_in_cell(
			err, YIHU_EMETA, ballot->line, YIHU_META_VALUE,
			_("ballot must be approval, consent, scoring, cumulative or "
			  "ordinal, not “%.*s”"),
			yihu_clip(ballot->value), ballot->value);
	bool choose_1 = kind == YIHU_APPROVAL && strcmp(type->value, "choose-1") == 0;
	if (!choose_1 && strcmp(type->value, vote_types[kind]) != 0)
		return yihu_fail_in_cell(err, YIHU_EMETA, type->line, YIHU_META_VALUE,
					 _("vote_type “%.*s” does not go with ballot “%s”"),
					 yihu_clip(type->value), type->value, ballot->value);
	d->kind = kind;
	return 0;
}

/* Keys that restrict ballots or money and that we know, for which kinds, and
 * the one value that means what we do (NULL: read where it is used). */
static const struct known {
	const char *key;
	unsigned kinds;
	const char *value;
} known[] = {
	{"min_length", ALL_KINDS, NULL},
	{"max_length", ALL_KINDS, NULL},
	{"max_sum_cost", BIT(YIHU_APPROVAL), NULL},
	{"min_sum_cost", BIT(YIHU_APPROVAL), NULL},
	{"max_sum_points", BIT(YIHU_CUMULATIVE), NULL},
	{"min_sum_points", BIT(YIHU_CUMULATIVE), NULL},
	{"budget_per_category", ALL_KINDS, NULL},
	{"budget_per_neighborhood", ALL_KINDS, NULL},
	{"min_length_per_category", ALL_KINDS & ~BIT(YIHU_CONSENT), NULL},
	{"min_length_per_neighborhood", ALL_KINDS & ~BIT(YIHU_CONSENT), NULL},
	{"max_length_per_category", ALL_KINDS & ~BIT(YIHU_CONSENT), NULL},
	{"max_length_per_neighborhood", ALL_KINDS & ~BIT(YIHU_CONSENT), NULL},
	{"min_sum_cost_per_category", BIT(YIHU_APPROVAL), NULL},
	{"min_sum_cost_per_neighborhood", BIT(YIHU_APPROVAL), NULL},
	{"max_sum_cost_per_category", BIT(YIHU_APPROVAL), NULL},
	{"max_sum_cost_per_neighborhood", BIT(YIHU_APPROVAL), NULL},
	{"max_points", BIT(YIHU_SCORING) | BIT(YIHU_CUMULATIVE), NULL},
	{"max_points", BIT(YIHU_CONSENT), "1"},
	{"min_points", BIT(YIHU_SCORING) | BIT(YIHU_CUMULATIVE), "0"},
	{"min_points", BIT(YIHU_CONSENT), "-1"},
	{"default_score", BIT(YIHU_SCORING), "0"},
	{"scoring_fn", BIT(YIHU_ORDINAL), "Borda"},
	{"min_project_score_threshold", ALL_KINDS, NULL},
};

/* Keys of ours: another spelling of one would be passed over as unknown. */
static const char *const ours[] = {
	"ballot", "quorum", "support", "threshold", "comparison", "eligibility", "rule", "budget",
};

static bool has_prefix(const char *s, const char *prefix)
{
	return strncasecmp(s, prefix, strlen(prefix)) == 0;
}

bool yihu_meta_restricts(const char *key)
{
	return has_prefix(key, "min_") || has_prefix(key, "max_") || has_prefix(key, "budget_") ||
	       has_prefix(key, "leftover_budget") || has_prefix(key, "default_score") ||
	       has_prefix(key, "scoring_fn") || strcasestr(key, "_per_") ||
	       strcasestr(key, "threshold");
}

static bool is_known(const struct yihu_meta *m, enum yihu_ballot_kind kind)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(m->key, known[i].key) == 0 && (known[i].kinds & BIT(kind)))
			return !known[i].value || strcmp(m->value, known[i].value) == 0;
	}
	return strcmp(m->key, "threshold") == 0;
}

static int check_key(const struct yihu_definition *d, const struct yihu_meta *m,
		     struct yihu_error *err)
{
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
		if (strcasecmp(m->key, ours[i]) == 0 && strcmp(m->key, ours[i]) != 0) {
			int r = yihu_fail(err, YIHU_EMETA, _("write this key as “%s”"), ours[i]);
			return yihu_fail_cell(err, r, m->line, YIHU_META_KEY);
		}
	}
	if (!yihu_meta_restricts(m->key) || is_known(m, d->kind))
		return 0;
	int r = yihu_fail(
		err, YIHU_EMETA,
		_("“%.*s;%.*s” restricts the vote in a way that is not enforced for %s "
		  "ballots; take the line out only if the vote is meant to be free of it"),
		yihu_clip(m->key), m->key, yihu_clip(m->value), m->value,
		yihu_ballot_kind_name(d->kind));
	return yihu_fail_cell(err, r, m->line, YIHU_META_KEY);
}

static int check_keys(struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < d->n_meta; i++)
		r = check_key(d, &d->meta[i], err);
	return r;
}

/* Choose-1 and consent allow one pair of lengths each. */
static int check_fixed_lengths(const struct yihu_definition *d, struct yihu_error *err)
{
	const char *type = yihu_definition_meta(d, "vote_type");
	if (strcmp(type, "choose-1") == 0 && (d->min_length != 1 || d->max_length != 1))
		return yihu_fail(err, YIHU_EMETA,
				 _("with vote_type choose-1, min_length and max_length must be 1"));
	if (d->kind == YIHU_CONSENT && (d->min_length != 0 || d->max_length != d->n_projects))
		return yihu_fail(
			err, YIHU_EMETA,
			_("a consent ballot has no min_length and no max_length: each project "
			  "is answered by itself"));
	return 0;
}

static int check_lengths(struct yihu_definition *d, struct yihu_error *err)
{
	bool has_min, has_max, one = strcmp(yihu_definition_meta(d, "vote_type"), "choose-1") == 0;
	uint64_t min, max;
	int r = yihu_meta_number(d, "min_length", YIHU_PROJECTS_MAX, &has_min, &min, err);
	if (r == 0)
		r = yihu_meta_number(d, "max_length", YIHU_PROJECTS_MAX, &has_max, &max, err);
	if (r != 0)
		return r;
	d->min_length = has_min ? (uint32_t)min : one;
	d->max_length = has_max ? (uint32_t)max : one ? 1 : (uint32_t)d->n_projects;
	if (d->max_length == 0 || d->max_length > d->n_projects)
		return yihu_fail_in_cell(
			err, YIHU_EMETA, yihu_meta_find(d, "max_length")->line, YIHU_META_VALUE,
			_("max_length must be from 1 to the number of projects, %zu"),
			d->n_projects);
	if (d->min_length > d->max_length)
		return yihu_fail_in_cell(err, YIHU_EMETA, yihu_meta_find(d, "min_length")->line,
					 YIHU_META_VALUE,
					 _("min_length is %u, more than max_length, %u"),
					 d->min_length, d->max_length);
	return check_fixed_lengths(d, err);
}

static int read_money(const struct yihu_definition *d, const char *key, bool *has, uint64_t *fen,
		      struct yihu_error *err)
{
	const struct yihu_meta *m = yihu_meta_find(d, key);
	*has = m != NULL;
	int r = m ? yihu_amount_parse(fen, m->value, err) : 0;
	if (m && r == 0 && *fen == 0)
		r = yihu_fail(err, YIHU_EMETA, _("%s must be more than 0"), key);
	return r ? yihu_fail_meta(err, r, m) : 0;
}

static int check_money(struct yihu_definition *d, struct yihu_error *err)
{
	bool has_min;
	int r = read_money(d, "budget", &d->has_budget, &d->budget, err);
	if (r == 0)
		r = read_money(d, "max_sum_cost", &d->has_max_sum_cost, &d->max_sum_cost, err);
	if (r == 0)
		r = read_money(d, "min_sum_cost", &has_min, &d->min_sum_cost, err);
	if (r == 0 && d->has_max_sum_cost && d->min_sum_cost > d->max_sum_cost)
		return yihu_fail_in_cell(err, YIHU_EMETA, yihu_meta_find(d, "min_sum_cost")->line,
					 YIHU_META_VALUE,
					 _("min_sum_cost is more than max_sum_cost"));
	return r;
}

int yihu_meta_check(struct yihu_definition *d, struct yihu_error *err)
{
	static int (*const checks[])(struct yihu_definition *, struct yihu_error *) = {
		check_obligatory, check_num_projects, check_kind,
		check_keys,       check_lengths,      check_money,
	};
	int r = 0;
	for (size_t i = 0; r == 0 && i < sizeof checks / sizeof *checks; i++)
		r = checks[i](d, err);
	return r;
}
