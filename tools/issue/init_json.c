/* SPDX-License-Identifier: Apache-2.0
 *
 * What init would make, so far as it is known (init_json.h).
 */
#include "issue/init_json.h"

#include <stdlib.h>
#include <time.h>

#include <yihu/clock.h>
#include <yihu/threshold.h>

#include "cli/say_json.h"
#include "lists/money.h"
#include "publish/doubts.h"
#include "publish/example.h"
#include "publish/readback.h"
#include "publish/rule.h"
#include "publish/sentences.h"

/* Takes the text; NULL is null. */
static json_t *json_taken(char *text)
{
	json_t *j = text ? json_string(text) : json_null();
	free(text);
	return j;
}

/* ---- the clock ---- */

static json_t *json_time(enum language l, uint64_t at)
{
	return at == 0 ? json_null()
		       : json_pack("{s:I, s:o}", "at", (json_int_t)at, "words",
				   json_taken(words_date(l, at)));
}

static json_t *json_clock(enum language l)
{
	time_t now = (time_t)yihu_clock();
	struct tm local = {0};
	localtime_r(&now, &local);
	return json_pack("{s:o, s:I, s:s, s:I}", "now", json_time(l, (uint64_t)now), "zone",
			 (json_int_t)words_zone(l), "zone_name", word(l, W_FORM_ZONE_NAME),
			 "computer_zone", (json_int_t)local.tm_gmtoff);
}

/* ---- what is missing ---- */

static json_t *json_missing(const struct issue_plan_options *o)
{
	unsigned lacks = o->projects ? vote_words_lacks(o->vote) : 0;
	const struct {
		const char *name;
		bool missing;
	} all[] = {{"projects", !o->projects && !o->definition},
		   {"title", lacks & VOTE_TITLE},
		   {"community", lacks & VOTE_COMMUNITY},
		   {"marks", lacks & VOTE_MARKS},
		   {"budget", lacks & VOTE_BUDGET},
		   {"winners", lacks & VOTE_WINNERS},
		   {"households", !o->households},
		   {"opens", o->opens == 0},
		   {"closes", o->closes == 0}};
	json_t *list = json_array();
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].missing)
			json_array_append_new(list, json_string(all[i].name));
	return list;
}

/* ---- the rule ---- */

static json_t *json_rules(void)
{
	json_t *list = json_array();
	for (size_t i = 0; vote_rule(i); i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "word", vote_rule(i)->word,
						      "chinese", vote_rule(i)->chinese, "does",
						      _(vote_rule(i)->does)));
	return list;
}

static json_t *json_marks(const struct example *x, const struct yihu_definition *d, size_t project,
			  enum language l)
{
	json_t *list = json_array();
	for (size_t i = 0; i < EXAMPLE_HOUSEHOLDS; i++)
		json_array_append_new(
			list, json_taken(example_mark(d, x->digits[i * x->n + project], l)));
	return list;
}

static bool is_marked(const struct example *x, size_t project)
{
	for (size_t i = 0; i < EXAMPLE_HOUSEHOLDS; i++)
		if (x->digits[i * x->n + project] != 0)
			return true;
	return false;
}

/* Projects that somebody marked, in the rule's order. */
static json_t *json_counted(const struct example *x, const struct yihu_definition *d,
			    enum language l)
{
	const struct published *r = &x->result;
	size_t *order = yihu_shown_order(r);
	json_t *list = json_array();
	for (size_t i = 0; i < r->n_projects; i++) {
		const struct result_project *p = &r->projects[order[i]];
		char *cost = money_text(p->cost);
		if (is_marked(x, order[i]))
			json_array_append_new(
				list, json_pack("{s:s, s:s, s:o, s:o, s:b, s:o}", "name",
						yihu_project_name(p, l), "amount", cost, "marks",
						json_marks(x, d, order[i], l), "votes",
						json_taken(yihu_votes_text(r, p, l)), "wins",
						yihu_is_funded(p), "why",
						json_taken(yihu_why_sentence(r, p, l))));
		free(cost);
	}
	free(order);
	return list;
}

static json_t *json_example(const struct yihu_definition *d, enum language l)
{
	struct example x = {0};
	struct yihu_error err;
	if (example_make(&x, d, &err) != 0)
		return json_null();
	json_t *j = json_pack("{s:i, s:o}", "households", EXAMPLE_HOUSEHOLDS, "projects",
			      json_counted(&x, d, l));
	example_finish(&x);
	return j;
}

static json_t *json_lines(const struct rule_lines *lines)
{
	json_t *list = json_array();
	for (size_t i = 0; i < lines->n; i++)
		json_array_append_new(list, json_string(lines->at[i]));
	return list;
}

/* Of what is there: a vote needs no name yet. */
static json_t *json_rule(const struct issue_plan_options *o, enum language l)
{
	struct vote_words named = *o->vote;
	struct issue_plan_options nameless = *o;
	struct list_asks asks = {.answers = o->answers};
	struct yihu_buf problems = {0};
	struct yihu_definition *d = NULL;
	struct yihu_error err = {0};
	if (!o->projects)
		return json_null();
	named.title = named.title ? named.title : "-";
	named.community = named.community ? named.community : "-";
	nameless.vote = &named;
	nameless.asks = &asks;
	nameless.problems = &problems;
	int r = vote_words_lacks(&named) ? YIHU_EARG : issue_foretell(&d, &nameless, &err);
	json_t *j = json_null();
	if (r == 0) {
		struct rule_lines lines;
		rule_lines_make(&lines, l, d);
		j = json_pack("{s:o, s:o}", "lines", json_lines(&lines), "example",
			      json_example(d, l));
		rule_lines_finish(&lines);
	} else if (asks.n_open == 0 && err.code != 0) {
		j = json_pack("{s:s}", "error", err.text);
	}
	yihu_definition_free(d);
	list_asks_finish(&asks);
	yihu_buf_free(&problems);
	return j;
}

static json_t *json_vote(const struct issue_plan_options *o, enum language l)
{
	const char *budget = o->vote->budget;
	struct money m = money_read(budget ? budget : "", 1);
	return json_pack("{s:o, s:o, s:o}", "budget",
			 m.kind == MONEY_SURE ? json_taken(money_text(m.fen)) : json_null(), "rule",
			 json_rule(o, l), "rules", json_rules());
}

/* ---- who comes ---- */

static json_t *json_holders(const struct issue_plan_options *o, enum language l)
{
	uint32_t n = o->holders, t = o->threshold;
	if (!yihu_threshold_valid(t, n))
		return json_null();
	uint32_t q = o->box_quorum ? o->box_quorum : yihu_box_quorum(t, n);
	return json_pack("{s:I, s:I, s:I, s:I, s:o}", "n", (json_int_t)n, "t", (json_int_t)t, "q",
			 (json_int_t)q, "missing", (json_int_t)(q <= n ? n - q : 0), "who",
			 json_taken(rule_who_comes(l, n, t, q)));
}

/* Every way to choose them, so that one can compare. */
static json_t *json_choices(void)
{
	json_t *list = json_array();
	for (uint32_t n = 1; n <= YIHU_HOLDERS_MAX; n++)
		for (uint32_t t = 1; t <= n; t++)
			if (yihu_threshold_valid(t, n))
				json_array_append_new(
					list,
					json_pack("{s:I, s:I, s:I, s:I}", "n", (json_int_t)n, "t",
						  (json_int_t)t, "q",
						  (json_int_t)yihu_box_quorum(t, n), "missing",
						  (json_int_t)(n - yihu_box_quorum(t, n))));
	return list;
}

/* ---- all of it together ---- */

struct foreseen {
	const struct init_asked *asked;
	enum language l;
	json_t *j;
};

static json_t *json_readback(enum language l, const struct yihu_definition *d,
			     const struct yihu_charter *c)
{
	struct readback read;
	json_t *list = json_array();
	readback_make(&read, l, d, c);
	for (size_t i = 0; i < read.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "label", read.at[i].label,
						      "text", read.at[i].text));
	readback_finish(&read);
	return list;
}

static json_t *json_doubts(enum language l, const struct yihu_definition *d,
			   const struct yihu_charter *c)
{
	struct doubts doubts;
	json_t *list = json_array();
	doubts_find(&doubts, l, d, c);
	for (size_t i = 0; i < doubts.n; i++)
		json_array_append_new(list, json_string(doubts.at[i]));
	doubts_finish(&doubts);
	return list;
}

static int foresee(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
		   struct yihu_error *err)
{
	struct foreseen *x = context;
	const char *proof = x->asked->proof;
	x->j = json_pack("{s:o, s:o}", "lines", json_readback(x->l, d, c), "doubts",
			 json_doubts(x->l, d, c));
	return proof ? issue_proof_early(proof, d, c, words_brief(x->l), err) : 0;
}

/* {"refused": …} of what init would refuse; null while places are open or something is
 * missing. */
static json_t *json_whole(const struct init_asked *a, enum language l, bool whole)
{
	struct foreseen x = {.asked = a, .l = l};
	struct issue_plan_options o = *a->plan;
	struct list_asks asks = {.answers = o.answers};
	struct yihu_buf problems = {0};
	struct yihu_error err;
	o.asks = &asks;
	o.problems = &problems;
	o.look = foresee;
	o.look_context = &x;
	if (!whole)
		return json_null();
	int r = issue_init_check(a->dir, &o, &err);
	if (r != 0) {
		json_decref(x.j);
		yihu_buf_u8(&problems, 0);
		x.j = asks.n_open ? json_null()
				  : json_pack("{s:s, s:s}", "refused", err.text, "problems",
					      (const char *)problems.data);
	}
	list_asks_finish(&asks);
	yihu_buf_free(&problems);
	return x.j;
}

int init_print_json(const struct init_asked *a, struct yihu_error *err)
{
	const struct issue_plan_options *o = a->plan;
	enum language l;
	int r = words_language(&l, a->language, err);
	if (r != 0)
		return r;
	json_t *missing = json_missing(o);
	json_t *whole = json_whole(a, l, json_array_size(missing) == 0);
	json_t *j = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
			      "yihu-init-v1", "clock", json_clock(l), "missing", missing,
			      "projects", list_json_projects(o), "households",
			      list_json_households(o), "vote", json_vote(o, l), "opens",
			      json_time(l, o->opens), "closes", json_time(l, o->closes), "holders",
			      json_holders(o, l), "holder_choices", json_choices(), "whole", whole);
	cli_say_json(j, JSON_COMPACT);
	return 0;
}
