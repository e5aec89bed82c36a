/* SPDX-License-Identifier: Apache-2.0
 *
 * Results as a file of the Pabulib collection. results.pb has its shape, but is
 * fixed by the protocol; the collection's own checker asks for more: its own keys
 * and columns in its own order, its dates, votes and winners beside the projects,
 * no blank ballots.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/publish.h>
#include <yihu/text.h>

#include "publish/day.h"
#include "publish/pabulib_rows.h"

static void put_key(struct pabulib *x, const char *key, const char *value)
{
	yihu_buf_fmt(x->out, "%s;", key);
	pabulib_text(x->out, value);
	yihu_buf_str(x->out, "\n");
}

static void put_number(struct pabulib *x, const char *key, uint64_t value)
{
	yihu_buf_fmt(x->out, "%s;%llu\n", key, (unsigned long long)value);
}

static void put_money(struct pabulib *x, const char *key, uint64_t fen)
{
	yihu_buf_fmt(x->out, "%s;", key);
	pabulib_fen(x->out, fen);
	yihu_buf_str(x->out, "\n");
}

/* Keys of the definition that the collection knows and that need no change. */
static void put_if_there(struct pabulib *x, const char *key)
{
	const char *value = yihu_definition_meta(x->d, key);
	if (value && *value)
		put_key(x, key, value);
}

/* Each remark of a comment has its number. */
static void remark(struct pabulib *x, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void remark(struct pabulib *x, const char *format, ...)
{
	va_list args;
	yihu_buf_fmt(&x->comment, "%s#%u: ", x->comments ? " " : "", x->comments + 1);
	x->comments++;
	va_start(args, format);
	yihu_buf_vfmt(&x->comment, format, args);
	va_end(args);
}

/* ---- values that have a form of their own there ---- */

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static const char *country(struct pabulib *x)
{
	static const char *const names[][2] = {
		{"中国", "China"},       {"中华人民共和国", "China"}, {"中國", "China"},
		{"新加坡", "Singapore"}, {"马来西亚", "Malaysia"},
	};
	const char *name = yihu_definition_meta(x->d, "country");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	if (is_ascii(name) && strcmp(name, "-") != 0)
		return name;
	remark(x, "The country is written “%s”.", name);
	return "Worldwide";
}

/* "2026-03-01" is "01.03.2026"; "2026" stays; else the poll's day. */
static char *date(const char *text, uint64_t when)
{
	struct day day;
	if (!day_read(&day, text))
		day = day_of(LANGUAGE_EN, when);
	if (day.month == 0)
		return yihu_printf("%04u", day.year);
	return yihu_printf("%02u.%02u.%04u", day.day, day.month, day.year);
}

static void put_dates(struct pabulib *x)
{
	char *begin = date(yihu_definition_meta(x->d, "date_begin"), x->t->charter->opens);
	char *end = date(yihu_definition_meta(x->d, "date_end"), x->t->charter->closes);
	put_key(x, "date_begin", begin);
	put_key(x, "date_end", end);
	free(begin);
	free(end);
}

static void remark_on_withdrawn(struct pabulib *x)
{
	for (size_t i = 0; i < x->t->n_withdrawn; i++)
		remark(x, "Project %s was withdrawn before the poll ended and could not be funded.",
		       x->d->projects[x->t->withdrawn[i].project].id);
}

static void remark_on_exclusions(struct pabulib *x)
{
	struct yihu_buf pairs = {0};
	const struct yihu_definition *d = x->d;
	for (size_t i = 0; i < d->n_exclusive; i++)
		yihu_buf_fmt(&pairs, "%s%s and %s", i ? ", " : "",
			     d->projects[d->exclusive[i][0]].id,
			     d->projects[d->exclusive[i][1]].id);
	if (pairs.len)
		remark(x, "Projects that exclude each other: %s.", (const char *)pairs.data);
	yihu_buf_free(&pairs);
}

/* Votes, and a money of parts that the collection's greedy does not know. */
static bool is_more(const struct yihu_definition *d)
{
	bool more = d->quorum.den || d->support.den || d->eligibility;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		more = more || d->divisions[by].budget;
	return more;
}

/* The rule by the collection's name of it; what it has no name for, the comment
 * tells. */
static const char *rule(struct pabulib *x)
{
	static const char *const same[] = {"greedy",      "greedy-no-skip",   "greedy-threshold",
					   "equalshares", "equalshares/add1", "greedy-exclusive"};
	const struct yihu_definition *d = x->d;
	bool more = is_more(d) || x->t->n_withdrawn > 0,
	     greedy = strncmp(d->rule, "greedy", 6) == 0;
	remark_on_withdrawn(x);
	remark_on_exclusions(x);
	if (d->n_exclusive && !more && greedy && strcmp(d->rule, "greedy-no-skip") != 0)
		return "greedy-exclusive";
	more = more || d->n_exclusive;
	for (size_t i = 0; i < sizeof same / sizeof *same && !more; i++) {
		if (strcmp(d->rule, same[i]) != 0)
			continue;
		if (!d->comparison)
			return same[i];
		return strcmp(d->rule, "equalshares") == 0 ? "equalshares-comparison"
							   : "equalshares/add1-comparison";
	}
	const char *quorum = yihu_definition_meta(d, "quorum");
	const char *support = yihu_definition_meta(d, "support");
	remark(x, "Counted by the rule %s of Yihu%s%s%s%s%s%s.", d->rule,
	       quorum ? ", with a quorum of " : "", quorum ? quorum : "",
	       support ? ", each project with support of " : "", support ? support : "",
	       d->comparison ? ", with comparison" : "",
	       d->eligibility ? ", with eligibility" : "");
	return greedy ? "greedy-custom" : "unknown";
}

static bool is_choose_1(const struct yihu_definition *d)
{
	return d->kind == YIHU_APPROVAL && d->max_length == 1;
}

static const char *vote_type(const struct yihu_definition *d)
{
	static const char *const types[YIHU_N_KINDS] = {
		[YIHU_APPROVAL] = "approval", [YIHU_CONSENT] = "scoring",
		[YIHU_SCORING] = "scoring",   [YIHU_CUMULATIVE] = "cumulative",
		[YIHU_ORDINAL] = "ordinal",
	};
	return is_choose_1(d) ? "choose-1" : types[d->kind];
}

static void put_limits(struct pabulib *x)
{
	const struct yihu_definition *d = x->d;
	if (d->kind != YIHU_CONSENT) {
		put_number(x, "min_length", d->min_length > 1 ? d->min_length : 1);
		put_number(x, "max_length", d->max_length);
	}
	if (d->min_sum_cost)
		put_money(x, "min_sum_cost", d->min_sum_cost);
	if (d->has_max_sum_cost)
		put_money(x, "max_sum_cost", d->max_sum_cost);
	if (d->kind == YIHU_CONSENT)
		put_key(x, "min_points", "-1");
	if (d->kind == YIHU_CONSENT)
		put_key(x, "max_points", "1");
	if (d->kind == YIHU_SCORING || d->kind == YIHU_CUMULATIVE)
		put_number(x, "max_points", d->radix - 1);
	if (d->min_sum_points)
		put_number(x, "min_sum_points", d->min_sum_points);
	if (d->kind == YIHU_CUMULATIVE)
		put_number(x, "max_sum_points", d->max_sum_points);
	if (d->has_threshold)
		put_number(x, "min_project_score_threshold", d->threshold);
}

/* Two small letters, three capitals: else it is no code of the standards'. */
static void put_codes(struct pabulib *x)
{
	const char *language = yihu_definition_meta(x->d, "language");
	const char *currency = yihu_definition_meta(x->d, "currency");
	if (language && strspn(language, "abcdefghijklmnopqrstuvwxyz") == 2 &&
	    (language[2] == '\0' || language[2] == '-'))
		yihu_buf_fmt(x->out, "language;%.2s\n", language);
	if (currency && strlen(currency) == 3 &&
	    strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
		put_key(x, "currency", currency);
}

static uint64_t sum_of_costs(const struct yihu_definition *d)
{
	uint64_t sum = 0;
	for (size_t k = 0; k < d->n_projects; k++)
		sum += d->projects[k].cost;
	return sum;
}

static void remark_on_votes(struct pabulib *x)
{
	if (x->n_blank)
		remark(x, "Blank ballots, which are left out here: %llu.",
		       (unsigned long long)x->n_blank);
	if (x->t->n_void)
		remark(x, "Void ballots: %llu.", (unsigned long long)x->t->n_void);
	if (!x->d->has_budget)
		remark(x, "There was no budget; the sum of all costs stands for it.");
	for (size_t k = 0; k < x->d->n_projects; k++)
		if (x->d->projects[k].cost > x->budget) {
			struct yihu_buf cost = {0};
			pabulib_fen(&cost, x->d->projects[k].cost);
			remark(x,
			       "Project %s costs %s, more than the budget: its cost is written "
			       "as 999999999.",
			       x->d->projects[k].id, (const char *)cost.data);
			yihu_buf_free(&cost);
		}
}

static void put_comment(struct pabulib *x)
{
	if (x->comments)
		put_key(x, "comment", (const char *)x->comment.data);
}

/* Its own comment goes first, under the number that it has or gets. */
static void take_comment(struct pabulib *x)
{
	const char *own = yihu_definition_meta(x->d, "comment");
	if (!own || !*own)
		return;
	yihu_buf_fmt(&x->comment, "%s%s", strncmp(own, "#1: ", 4) == 0 ? "" : "#1: ", own);
	for (x->comments = 1;; x->comments++) {
		char *next = yihu_printf("#%u: ", x->comments + 1);
		bool there = strncmp(own, "#1: ", 4) == 0 && strstr(own, next);
		free(next);
		if (!there)
			return;
	}
}

/* Limits of parts, behind all else; of a neighborhood it knows the budget alone. */
static const char *const per_part[] = {
	"budget_per_category",     "budget_per_neighborhood",   "min_length_per_category",
	"max_length_per_category", "min_sum_cost_per_category", "max_sum_cost_per_category",
};

static void put_meta(struct pabulib *x)
{
	yihu_buf_str(x->out, "META\nkey;value\n");
	put_if_there(x, "description");
	put_key(x, "country", country(x));
	put_if_there(x, "unit");
	put_if_there(x, "district");
	put_if_there(x, "subunit");
	put_if_there(x, "instance");
	put_number(x, "num_projects", x->d->n_projects);
	put_number(x, "num_votes", x->t->n_valid - x->n_blank);
	put_money(x, "budget", x->budget);
	put_key(x, "vote_type", vote_type(x->d));
	put_key(x, "rule", rule(x));
	put_dates(x);
	put_limits(x);
	put_if_there(x, "neighborhoods");
	put_if_there(x, "categories");
	put_if_there(x, "edition");
	put_codes(x);
	if (x->budget >= sum_of_costs(x->d))
		put_key(x, "fully_funded", "1");
	remark_on_votes(x);
	put_comment(x);
	for (size_t i = 0; i < sizeof per_part / sizeof *per_part; i++)
		put_if_there(x, per_part[i]);
}

void yihu_results_pabulib(struct yihu_buf *out, const struct yihu_tally *t,
			  const struct yihu_outcome *o)
{
	struct pabulib x = {.out = out, .t = t, .d = t->definition, .o = o};
	x.budget = x.d->has_budget ? x.d->budget : sum_of_costs(x.d);
	for (size_t i = 0; i < t->n_valid; i++)
		x.n_blank += pabulib_is_blank(x.d, t->digits + i * x.d->n_projects);
	take_comment(&x);
	put_meta(&x);
	pabulib_projects(&x);
	pabulib_votes(&x);
	yihu_buf_free(&x.comment);
}
