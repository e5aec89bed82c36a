/* SPDX-License-Identifier: Apache-2.0
 *
 * Withdrawing a project (PROTOCOL §7.5): the issuer asks, as many key holders as
 * sign the box sign it too, and then it goes into the log.
 */
#include "issue/internal.h"

#include <stdlib.h>
#include <string.h>

#include "folder/withdrawal.h"

/* ---- which project ---- */

static size_t by_name(const struct yihu_definition *d, const char *text)
{
	size_t at = d->n_projects, found = 0;
	for (size_t i = 0; i < d->n_projects; i++) {
		if (strcmp(d->projects[i].name, text) != 0)
			continue;
		at = i;
		found++;
	}
	return found == 1 ? at : d->n_projects;
}

/* The number that paper and pages give it. */
static size_t by_number(const struct yihu_definition *d, const char *text)
{
	uint64_t number;
	bool is = yihu_decimal(&number, yihu_span(text), UINT32_MAX);
	return is && number >= 1 && number <= d->n_projects ? (size_t)number - 1 : d->n_projects;
}

int issue_project_find(uint32_t *out, const struct yihu_definition *d, const char *text,
		       struct yihu_error *err)
{
	long id = yihu_definition_find(d, text);
	size_t at = id >= 0 ? (size_t)id : by_name(d, text), number = by_number(d, text);
	if (at == d->n_projects)
		at = number;
	if (at == d->n_projects)
		return yihu_fail(err, YIHU_EARG,
				 _("there is no project “%s”; give its number on the ballot paper "
				   "(1 to %zu), its id, or its whole name"),
				 text, d->n_projects);
	if (number != d->n_projects && number != at)
		return yihu_fail(err, YIHU_EARG,
				 _("“%s” is the number of “%s”, and the id of “%s”: give the "
				   "project's whole name"),
				 text, d->projects[number].name, d->projects[at].name);
	*out = (uint32_t)at;
	return 0;
}

/* ---- may it be withdrawn ---- */

static int check_open(const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	int r = yihu_view_check_on(v, err);
	if (r != 0)
		return r;
	if (!v->audit->ledger)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("no letters were made yet, so nothing is withdrawn: begin "
			  "again with the right projects (yihu-issue init NEW --again %s)"),
			v->folder->word);
	if (yihu_view_takes_entries(v, yihu_clock()))
		return 0;
	char *when = yihu_time_local(c->closes);
	r = yihu_fail(err, YIHU_EOVER,
		      _("the poll closed on %s: no project can be withdrawn any more, so that "
			"nobody takes one out of a result"),
		      when);
	free(when);
	return r;
}

static int check_log(const struct yihu_view *v, uint32_t project, struct yihu_error *err)
{
	int r = yihu_ledger_check_stands(v->audit->ledger, project, err);
	return r == 0 ? yihu_ledger_check_withdrawals_left(v->audit->ledger, err) : r;
}

/* What households can still mark, when this one is gone too. */
struct left {
	const struct yihu_definition *d;
	const struct yihu_ledger *l;
	uint32_t project;
};

static bool stays(const struct left *x, size_t i)
{
	return i != x->project && !yihu_ledger_is_withdrawn(x->l, (uint32_t)i);
}

static void put_key(struct yihu_buf *out, const char *key, const char *part)
{
	yihu_buf_fmt(out, "%s%s", out->len > 0 ? "; " : "", key);
	if (part)
		yihu_buf_fmt(out, " “%s”", part);
	yihu_buf_str(out, ": ");
}

/* A limit of all projects, or of one part (else NULL), that what is left does not reach. */
static void put_limit(struct yihu_buf *out, const char *key, const char *part, uint64_t least,
		      uint64_t left)
{
	put_key(out, key, part);
	yihu_buf_fmt(out, _("%llu wanted, %llu left"), (unsigned long long)least,
		     (unsigned long long)left);
}

static void put_money(struct yihu_buf *out, const char *key, const char *part, uint64_t least,
		      uint64_t left)
{
	put_key(out, key, part);
	yihu_buf_fmt(out, _("%llu.%02llu wanted, %llu.%02llu left"),
		     (unsigned long long)least / 100, (unsigned long long)least % 100,
		     (unsigned long long)left / 100, (unsigned long long)left % 100);
}

/* Those of which too little is left for the least that a ballot must mark. What it costs
 * is a sum of whole amounts: all together must reach it. */
static void put_short(struct yihu_buf *out, const struct left *x)
{
	const struct yihu_definition *d = x->d;
	uint64_t n = 0, cost = 0, least = d->kind == YIHU_CONSENT ? 0 : d->min_length;
	for (size_t i = 0; i < d->n_projects; i++) {
		n += stays(x, i);
		cost += stays(x, i) ? d->projects[i].cost : 0;
	}
	least = least > 0 ? least : 1; /* without a project nothing is voted on */
	if (n < least)
		put_limit(out, "min_length", NULL, least, n);
	if (d->kind == YIHU_APPROVAL && cost < d->min_sum_cost)
		put_money(out, "min_sum_cost", NULL, d->min_sum_cost, cost);
	if (d->kind == YIHU_CUMULATIVE && n * (d->radix - 1) < d->min_sum_points)
		put_limit(out, "min_sum_points", NULL, d->min_sum_points, n * (d->radix - 1));
}

static void put_short_part(struct yihu_buf *out, const struct left *x, size_t by, uint32_t part)
{
	static const char *const lengths[] = {"min_length_per_category",
					      "min_length_per_neighborhood"};
	static const char *const costs[] = {"min_sum_cost_per_category",
					    "min_sum_cost_per_neighborhood"};
	const struct yihu_division *p = &x->d->divisions[by];
	uint64_t n = 0, cost = 0;
	for (size_t i = 0; i < x->d->n_projects; i++) {
		bool counts = p->of[i] == part && stays(x, i);
		n += counts;
		cost += counts ? x->d->projects[i].cost : 0;
	}
	if (p->has_lengths && n < p->min_length)
		put_limit(out, lengths[by], p->names[part], p->min_length, n);
	if (p->min_cost && cost < p->min_cost[part])
		put_money(out, costs[by], p->names[part], p->min_cost[part], cost);
}

static int check_left(const struct yihu_view *v, uint32_t project, struct yihu_error *err)
{
	const struct left x = {v->audit->election->definition, v->audit->ledger, project};
	struct yihu_buf lacks = {0};
	put_short(&lacks, &x);
	for (size_t by = 0; by < YIHU_N_DIVISIONS && x.d->kind != YIHU_CONSENT; by++)
		for (uint32_t part = 0; part < x.d->divisions[by].n; part++)
			put_short_part(&lacks, &x, by, part);
	int r = lacks.len == 0
			? 0
			: yihu_fail(
				  err, YIHU_EWITHDRAWAL,
				  _("without it a household could not mark as much as the "
				    "election file asks for: %.700s. Nobody could vote any more. "
				    "Call the election off instead (yihu-issue cancel), and begin "
				    "again with the right projects"),
				  (const char *)lacks.data);
	yihu_buf_free(&lacks);
	return r;
}

int issue_withdraw_check(const struct yihu_view *v, const uint32_t *project, struct yihu_error *err)
{
	int r = check_open(v, err);
	if (r == 0 && project)
		r = check_log(v, *project, err);
	return r == 0 && project ? check_left(v, *project, err) : r;
}

/* ---- asking, sending, dropping ---- */

int issue_withdraw_ask(const struct yihu_keyfile *key, const struct yihu_view *v,
		       const struct yihu_withdrawal *w, struct yihu_error *err)
{
	struct yihu_buf text = {0}, note = {0};
	int r = issue_is_issuer(key, &v->audit->election->charter->issuer, err);
	if (r == 0)
		r = issue_withdraw_check(v, &w->project, err);
	if (r != 0)
		return r;
	yihu_withdrawal_text(&text, v->eid, w);
	yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len}, &key->vkey,
		       &key->keypair);
	r = folder_create(v->folder, F_WITHDRAWAL, &note, err);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return r;
}

static int check_whole(const struct folder_withdrawal *w, const struct yihu_view *v,
		       struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	if (folder_withdrawal_whole(w, c))
		return 0;
	char *missing = yihu_missing_holders(c, w->signers);
	int r = yihu_fail(err, YIHU_ESTATE,
			  _("%d key holders have signed, and %u must. Others who can sign: %s "
			    "(yihu-trustee withdraw %s --key FILE)"),
			  __builtin_popcount(w->signers), c->q, missing, v->folder->word);
	free(missing);
	return r;
}

/* A run that was cut off after the entry has nothing more to send. */
static int send(struct yihu_view *v, const struct folder_withdrawal *w, struct yihu_error *err)
{
	uint64_t index;
	int r = check_whole(w, v, err);
	if (r == 0)
		r = issue_withdraw_check(v, &w->what.project, err);
	if (r == 0)
		r = yihu_reach_append(v->reach, YIHU_ENTRY_WITHDRAW, w->note.data, w->note.len,
				      &index, err);
	return r == 0 ? yihu_view_look(v, err) : r;
}

int issue_withdraw_send(struct yihu_view *v, uint32_t *project, struct yihu_error *err)
{
	struct folder_withdrawal w;
	int r = folder_withdrawal_read(&w, v->folder, v->audit->election->charter, err);
	if (r != 0)
		return r;
	*project = w.what.project;
	bool sent = v->audit->ledger && yihu_ledger_is_withdrawn(v->audit->ledger, w.what.project);
	if (!sent)
		r = send(v, &w, err);
	if (r == 0)
		r = yihu_view_show(v, err);
	folder_withdrawal_finish(&w);
	return r;
}
