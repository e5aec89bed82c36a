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

/* Enough of them for the least that a ballot must mark, in all and in each part?
 * What it costs is a sum of whole amounts: all together must reach it. */
static bool enough_left(const struct left *x)
{
	const struct yihu_definition *d = x->d;
	uint64_t n = 0, cost = 0;
	for (size_t i = 0; i < d->n_projects; i++) {
		n += stays(x, i);
		cost += stays(x, i) ? d->projects[i].cost : 0;
	}
	return n > 0 && (d->kind == YIHU_CONSENT || n >= d->min_length) &&
	       (d->kind != YIHU_APPROVAL || cost >= d->min_sum_cost) &&
	       (d->kind != YIHU_CUMULATIVE || n * (d->radix - 1) >= d->min_sum_points);
}

static bool enough_in_part(const struct left *x, const struct yihu_division *by, uint32_t part)
{
	uint64_t n = 0, cost = 0;
	for (size_t i = 0; i < x->d->n_projects; i++) {
		bool counts = by->of[i] == part && stays(x, i);
		n += counts;
		cost += counts ? x->d->projects[i].cost : 0;
	}
	return (!by->has_lengths || n >= by->min_length) &&
	       (!by->min_cost || cost >= by->min_cost[part]);
}

static int check_left(const struct yihu_view *v, uint32_t project, struct yihu_error *err)
{
	const struct left x = {v->audit->election->definition, v->audit->ledger, project};
	bool enough = enough_left(&x);
	for (size_t k = 0; k < YIHU_N_DIVISIONS && x.d->kind != YIHU_CONSENT; k++) {
		const struct yihu_division *by = &x.d->divisions[k];
		for (uint32_t part = 0; part < by->n; part++)
			enough = enough && enough_in_part(&x, by, part);
	}
	if (enough)
		return 0;
	return yihu_fail(err, YIHU_EWITHDRAWAL,
			 _("without it a household could not mark as much as the election file "
			   "asks for, and nobody could vote any more. Call the election off "
			   "instead (yihu-issue cancel), and begin again with the right projects"));
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
