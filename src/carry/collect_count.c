/* SPDX-License-Identifier: Apache-2.0
 *
 * Signatures of box and results, mixes, openings and the words of those who
 * retired, from a stick. Mixes and openings are taken when the public folder
 * passes the audit with them.
 */
#include "carry/internal.h"

#include <yihu/results.h>
#include <yihu/signed.h>

#include "folder/withdrawal.h"
#include "holder/holder.h"

static const struct yihu_charter *charter_of(const struct carry *k)
{
	return k->view->audit->election->charter;
}

static struct yihu_span span_of(const struct yihu_buf *b)
{
	return (struct yihu_span){(const char *)b->data, b->len};
}

/* ---- signature lines ---- */

/* A line of ours over another text is one that its holder has signed again since
 * (the box has gained signatures): the one that verifies takes its place. */
static int take_line(const struct carry *k, const struct carry_pair *p, const struct yihu_vkey *key,
		     const struct yihu_buf *text, struct yihu_error *err)
{
	int r = yihu_note_verify_line(span_of(text), span_of(&p->theirs), key, err);
	if (r != 0)
		return yihu_fail_at(
			err, r,
			_("%s: it is not signed over what is public now; its holder gets "
			  "that (yihu-issue hand-out) and signs again"),
			p->theirs_path);
	return p->ours.len == 0 ? carry_take(k, p, key->name, err)
				: carry_replace(k, p, key->name, err);
}

static int take_lines(const struct carry *k, folder_file family, const struct yihu_buf *text,
		      bool early, struct yihu_error *err)
{
	const struct yihu_charter *c = charter_of(k);
	int r = 0;
	for (uint32_t j = 1; j <= c->n && r == 0; j++) {
		struct carry_pair p;
		r = carry_pair_read(&p, k, folder_nth(family, j), err);
		if (r == 0 && carry_pair_waits(&p))
			r = early ? carry_too_early(&p, err)
				  : take_line(k, &p, &c->holders[j - 1].key, text, err);
		carry_pair_finish(&p);
	}
	return r;
}

static int take_box(const struct carry *k, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	bool placed, closed = k->view->audit->closed;
	if (closed)
		yihu_view_text(&text, k->view, YIHU_TEXT_BOX);
	int r = take_lines(k, F_BOX_LINE, &text, !closed || k->view->audit->not_opened, err);
	if (r == 0 && closed && !k->view->audit->not_opened &&
	    !yihu_stage_reached(k->view->audit->stage, YIHU_STAGE_PUBLISHED))
		r = holder_place_box(k->view, &placed, err);
	yihu_buf_free(&text);
	return r;
}

static int take_results(const struct carry *k, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	bool early = !yihu_stage_reached(k->view->audit->stage, YIHU_STAGE_OPENED);
	if (!early)
		yihu_view_text(&text, k->view, YIHU_TEXT_RESULTS);
	int r = take_lines(k, F_RESULTS_LINE, &text, early, err);
	yihu_buf_free(&text);
	return r;
}

/* Where none is asked for now, what a stick has is of one that was sent or dropped;
 * and once the end is signed, none of it matters any more. */
static int take_withdrawal(const struct carry *k, struct yihu_error *err)
{
	struct folder_withdrawal w;
	if (!folder_has(k->folder, F_WITHDRAWAL) || folder_shows(k->folder, "log/at-close"))
		return 0;
	int r = folder_withdrawal_read(&w, k->folder, charter_of(k), err);
	if (r != 0)
		return r;
	const struct yihu_buf text = {.data = w.request.data, .len = w.text.len};
	r = take_lines(k, F_WITHDRAWAL_LINE, &text, false, err);
	folder_withdrawal_finish(&w);
	return r;
}

/* ---- mixes and openings ---- */

/* The file beside what is public: audited, put, looked at again. */
static int put_public(const struct carry *k, const struct carry_pair *p, struct yihu_error *err)
{
	int r = yihu_view_try(k->view, p->name, p->theirs.data, p->theirs.len, err);
	if (r == 0)
		r = yihu_view_put(k->view, p->name, p->theirs.data, p->theirs.len, false, err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", p->theirs_path);
	yihu_buf_fmt(k->report, _("taken: %s\n"), p->name);
	return yihu_view_look(k->view, err);
}

/* The stick's public file beside the one that is public here, wherever that is. */
static int read_public(struct carry_pair *p, const struct carry *k, const char *kind,
		       uint32_t number, struct yihu_error *err)
{
	int r = carry_pair_read_public(p, k, kind, number, err);
	const struct yihu_buf *there = yihu_public_get(k->view->pub, p->name);
	yihu_buf_free(&p->ours);
	if (there)
		yihu_buf_put(&p->ours, there->data, there->len);
	return r;
}

static const char *mixer_of(const struct carry *k, const struct yihu_buf *file)
{
	const struct yihu_charter *c = charter_of(k);
	uint32_t who;
	if (yihu_public_signed_by(&who, YIHU_PUBLIC_MIX, file->data, file->len, c, NULL) != 0)
		return "?";
	return c->holders[__builtin_ctz(who)].key.name;
}

static int take_mix(const struct carry *k, uint32_t number, const struct carry_pair *p,
		    struct yihu_error *err)
{
	if (p->ours.len > 0)
		return yihu_fail(
			err, YIHU_EEXIST,
			_("%s: “%s” has shuffled what “%s” has shuffled already; they go one "
			  "after the other. “%s” deletes that file, gets what is public now "
			  "(yihu-issue hand-out %s %s), and shuffles again: yihu-trustee "
			  "shuffle %s --again --key FILE"),
			p->theirs_path, mixer_of(k, &p->theirs), mixer_of(k, &p->ours),
			mixer_of(k, &p->theirs), k->folder->word, k->stick.word, k->stick.word);
	if (number != k->view->audit->mixes + 1)
		return carry_too_early(p, err);
	return put_public(k, p, err);
}

static int take_opening(const struct carry *k, uint32_t number, const struct carry_pair *p,
			struct yihu_error *err)
{
	const struct yihu_charter *c = charter_of(k);
	if (p->ours.len > 0)
		return yihu_fail(err, YIHU_EEXIST,
				 _("%s: “%s” has opened already, in other bytes; the first opening "
				   "is public and is valid. Delete that file"),
				 p->theirs_path, c->holders[number - 1].key.name);
	if (k->view->audit->mixes < c->t)
		return carry_too_early(p, err);
	return put_public(k, p, err);
}

typedef int take_number(const struct carry *, uint32_t number, const struct carry_pair *,
			struct yihu_error *);

static int take_public(const struct carry *k, const char *kind, take_number *take_it,
		       struct yihu_error *err)
{
	uint32_t n = charter_of(k)->n;
	int r = 0;
	for (uint32_t i = 1; i <= n && r == 0; i++) {
		struct carry_pair p;
		r = read_public(&p, k, kind, i, err);
		if (r == 0 && carry_pair_waits(&p))
			r = take_it(k, i, &p, err);
		carry_pair_finish(&p);
	}
	return r;
}

/* ---- retired ---- */

/* The word of a holder who has erased more files of its key since replaces the
 * earlier one. */
static int take_retired_one(const struct carry *k, uint32_t j, const struct carry_pair *p,
			    struct yihu_error *err)
{
	const struct yihu_vkey *key = &charter_of(k)->holders[j - 1].key;
	struct yihu_retired theirs, ours = {0};
	int r = yihu_retired_read(&theirs, &k->stick, k->view->eid, key, j, err);
	if (r != 0)
		return r;
	if (p->ours.len == 0)
		return carry_take(k, p, key->name, err);
	r = yihu_retired_read(&ours, k->folder, k->view->eid, key, j, err);
	return r == 0 && theirs.erased > ours.erased ? carry_replace(k, p, key->name, err) : r;
}

static int take_retired(const struct carry *k, struct yihu_error *err)
{
	uint32_t n = charter_of(k)->n;
	int r = 0;
	for (uint32_t j = 1; j <= n && r == 0; j++) {
		struct carry_pair p;
		r = carry_pair_read(&p, k, folder_nth(F_RETIRED, j), err);
		if (r == 0 && carry_pair_waits(&p))
			r = take_retired_one(k, j, &p, err);
		carry_pair_finish(&p);
	}
	return r;
}

/* ---- all ---- */

int carry_collect_count(const struct carry *k, struct yihu_error *err)
{
	int r = take_withdrawal(k, err);
	if (r == 0)
		r = take_box(k, err);
	if (r == 0)
		r = take_public(k, "mix", take_mix, err);
	if (r == 0)
		r = take_public(k, "open", take_opening, err);
	if (r == 0)
		r = take_results(k, err);
	return r == 0 ? take_retired(k, err) : r;
}

static int refuse(struct carry_pair *p, int r, struct yihu_error *err)
{
	if (r == 0 && p->theirs.len > 0)
		r = carry_too_early(p, err);
	carry_pair_finish(p);
	return r;
}

int carry_refuse_count(const struct carry *k, struct yihu_error *err)
{
	static const folder_file families[] = {F_BOX_LINE, F_RESULTS_LINE, F_RETIRED};
	static const char *const kinds[] = {"mix", "open"};
	struct carry_pair p;
	int r = 0;
	for (uint32_t j = 1; j <= YIHU_HOLDERS_MAX; j++) {
		for (size_t i = 0; i < sizeof families / sizeof *families && r == 0; i++)
			r = refuse(&p, carry_pair_read(&p, k, folder_nth(families[i], j), err),
				   err);
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds && r == 0; i++)
			r = refuse(&p, carry_pair_read_public(&p, k, kinds[i], j, err), err);
	}
	return r;
}
