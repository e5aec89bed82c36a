/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts of a file that tells its own outcome, against that outcome.
 */
#include <stdlib.h>

#include "publish/sentences.h"

#define ROWS_MAX 10 /* of votes that differ: the first tell what is the matter */

struct told_comparison {
	struct yihu_buf *out;
	const struct published *r;
	const struct yihu_told *told;
	enum language l;
	size_t same; /* winners of both */
	size_t here, there;
};

static const char *name_of(const struct told_comparison *c, const struct result_project *p)
{
	const char *name = yihu_project_name(p, c->l);
	return *name ? name : p->id;
}

/* Only 1 and 0 are plain; more is some way of its own. */
static bool is_told(const struct yihu_told *t)
{
	return t->has_selected && t->selected <= 1;
}

static void put_own_way(const struct told_comparison *c, size_t i)
{
	const struct result_project *p = &c->r->projects[i];
	const struct yihu_told *t = &c->told[i];
	if (t->has_selected && t->selected > 1)
		yihu_buf_fmt(c->out,
			     _("“%s” (%s) is %llu in the file's column “selected”: funded in "
			       "a way of its own, and not compared\n"),
			     name_of(c, p), p->id, (unsigned long long)t->selected);
}

static void compare_one(struct told_comparison *c, size_t i)
{
	const struct result_project *p = &c->r->projects[i];
	const struct yihu_told *t = &c->told[i];
	bool funded = yihu_is_funded(p);
	put_own_way(c, i);
	if (is_told(t) && t->selected && !funded) {
		char *why = yihu_why_sentence(c->r, p, c->l);
		c->there++;
		yihu_buf_fmt(c->out, _("the file has “%s” (%s) funded, which is not here: %s\n"),
			     name_of(c, p), p->id, why);
		free(why);
	} else if (is_told(t) && !t->selected && funded) {
		c->here++;
		yihu_buf_fmt(c->out, _("“%s” (%s) is funded here, and not in the file\n"),
			     name_of(c, p), p->id);
	}
	c->same += is_told(t) && t->selected && funded;
}

/* The commonest cause: another order of equals. */
static void explain_ties(struct told_comparison *c)
{
	for (size_t i = 0; i < c->r->n_projects; i++)
		for (size_t k = 0; k < c->r->n_projects; k++) {
			const struct result_project *p = &c->r->projects[i],
						    *q = &c->r->projects[k];
			bool theirs =
				is_told(&c->told[i]) && c->told[i].selected && !yihu_is_funded(p);
			bool ours =
				is_told(&c->told[k]) && !c->told[k].selected && yihu_is_funded(q);
			if (theirs && ours && p->votes == q->votes)
				yihu_buf_fmt(c->out,
					     _("“%s” and “%s” have the same votes, %llu: here the "
					       "cheaper of the two comes first, then the lot\n"),
					     name_of(c, q), name_of(c, p),
					     (unsigned long long)p->votes);
		}
}

/* Votes are the ballots that name it; the score is the points that they give. */
static bool votes_differ(const struct told_comparison *c, size_t i, uint64_t *theirs,
			 uint64_t *ours)
{
	const struct result_project *p = &c->r->projects[i];
	const struct yihu_told *t = &c->told[i];
	bool points = c->r->kind == YIHU_SCORING || c->r->kind == YIHU_CUMULATIVE;
	bool by_score = points && t->has_score;
	*theirs = by_score ? t->score : t->votes;
	*ours = by_score ? p->votes : p->agree + p->against;
	return (by_score || t->has_votes) && *theirs != *ours;
}

static void compare_votes(struct told_comparison *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->r->n_projects; i++) {
		uint64_t theirs, ours;
		if (!votes_differ(c, i, &theirs, &ours) || n++ >= ROWS_MAX)
			continue;
		yihu_buf_fmt(c->out, _("“%s” (%s): the file has %llu votes, here are %llu\n"),
			     name_of(c, &c->r->projects[i]), c->r->projects[i].id,
			     (unsigned long long)theirs, (unsigned long long)ours);
	}
	if (n > ROWS_MAX)
		yihu_buf_fmt(c->out, _("more projects with other votes than the file's: %zu\n"),
			     n - ROWS_MAX);
}

static void compare_all(struct told_comparison *c)
{
	bool told = false;
	for (size_t i = 0; i < c->r->n_projects; i++) {
		told = told || c->told[i].has_selected;
		compare_one(c, i);
	}
	explain_ties(c);
	if (told && c->here + c->there == 0)
		yihu_buf_fmt(
			c->out,
			yihu_ngettext("the same winner as the file's column “selected”: %zu\n",
				      "the same winners as the file's column “selected”: %zu\n",
				      c->same),
			c->same);
	compare_votes(c);
}

static int fail_other(struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EARG, _("the file's columns are of other projects"));
}

int yihu_results_told(struct yihu_buf *out, const void *json, size_t len,
		      const struct yihu_told *told, size_t n, const char *language,
		      struct yihu_error *err)
{
	struct published r;
	struct told_comparison c = {.out = out, .r = &r, .told = told};
	int rc = yihu_published_in(&r, &c.l, json, len, language, err);
	if (rc != 0)
		return rc;
	if (r.n_projects == n)
		compare_all(&c);
	else
		rc = fail_other(err);
	yihu_published_free(&r);
	return rc;
}

/* In how many projects the winners differ; false when none is told. */
static bool distance(size_t *out, const struct told_comparison *c)
{
	bool any = false;
	*out = 0;
	for (size_t i = 0; i < c->r->n_projects; i++) {
		any = any || is_told(&c->told[i]);
		*out += is_told(&c->told[i]) &&
			c->told[i].selected != yihu_is_funded(&c->r->projects[i]);
	}
	return any;
}

/* The rules of those counts that differ in the fewest projects. */
struct nearest {
	struct yihu_buf rules;
	size_t projects;
	size_t counts; /* so far */
};

static void take_nearest(struct nearest *x, const struct told_comparison *c)
{
	size_t d;
	for (size_t i = 0; x->counts == 0 && i < c->r->n_projects; i++)
		put_own_way(c, i);
	x->counts++;
	if (!distance(&d, c) || (x->rules.len > 0 && d > x->projects))
		return;
	if (d < x->projects)
		yihu_buf_reset(&x->rules);
	x->projects = d;
	yihu_buf_fmt(&x->rules, "%s%s", x->rules.len ? ", " : "", c->r->rule_term);
}

static void put_nearest(struct yihu_buf *out, const struct nearest *x)
{
	const char *rules = (const char *)x->rules.data;
	if (x->rules.len == 0)
		return;
	if (x->projects == 0)
		yihu_buf_fmt(
			out,
			_("rules with exactly the winners of the file's column “selected”: %s\n"),
			rules);
	else
		yihu_buf_fmt(out,
			     yihu_ngettext("no rule here has exactly the winners of the file's "
					   "column “selected”; nearest, with %zu project "
					   "different: %s\n",
					   "no rule here has exactly the winners of the file's "
					   "column “selected”; nearest, with %zu projects "
					   "different: %s\n",
					   x->projects),
			     x->projects, rules);
}

static int take_count(struct nearest *x, struct told_comparison c, const struct yihu_buf *json,
		      size_t n_told, const char *language, struct yihu_error *err)
{
	struct published r;
	int rc = yihu_published_in(&r, &c.l, json->data, json->len, language, err);
	if (rc != 0)
		return rc;
	c.r = &r;
	if (r.n_projects == n_told)
		take_nearest(x, &c);
	else
		rc = fail_other(err);
	yihu_published_free(&r);
	return rc;
}

int yihu_results_agree(struct yihu_buf *out, const struct yihu_buf *jsons, size_t n,
		       const struct yihu_told *told, size_t n_told, const char *language,
		       struct yihu_error *err)
{
	struct nearest x = {0};
	const struct told_comparison c = {.out = out, .told = told};
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_count(&x, c, &jsons[i], n_told, language, err);
	if (rc == 0)
		put_nearest(out, &x);
	yihu_buf_free(&x.rules);
	return rc;
}
