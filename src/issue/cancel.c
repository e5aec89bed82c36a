/* SPDX-License-Identifier: Apache-2.0
 *
 * Calling an election off (PROTOCOL §7.4).
 */
#include "issue/internal.h"

#include <assert.h>
#include <stdlib.h>

#include <yihu/names.h>

/* A last ballot may land between look and entry; each try signs the root of a
 * fresh look. */
#define TRIES 10

static int refuse_draft(const struct yihu_folder *f, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ESTATE,
			 _("%s is a draft: no charter was published, so there is nothing to call "
			   "off. Remove the folder and begin again with yihu-issue init"),
			 f->root);
}

/* A box that opens to be written can say it itself, and must: its log would go
 * on. */
static int check_lost(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	int r = folder_has(f, F_BOX_DB) ? yihu_box_open(&box, f->box, yihu_clock(), NULL)
					: YIHU_EDATABASE;
	yihu_box_close(box);
	if (r != 0 && r != YIHU_ELOCKED)
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 _("%s is not lost: it is here, and can say it in its log. Run this "
			   "without --box-lost"),
			 f->box);
}

/* Made again of what was left of it: it is here, and says nothing any more. */
static bool never_signs(const struct yihu_folder *f)
{
	return yihu_box_check_rebuilt(f->box, NULL) != 0;
}

int issue_cancel_way(enum issue_cancel_way *out, const struct yihu_folder *f, bool box_lost,
		     struct yihu_error *err)
{
	bool shown = folder_shows(f, "log/checkpoint"), moved = folder_has(f, F_BOX_URL);
	if (!folder_shows(f, "charter"))
		return refuse_draft(f, err);
	if (!folder_shows(f, "register")) {
		*out = ISSUE_CANCEL_NO_LOG;
		return 0;
	}
	bool silent = !moved && never_signs(f);
	bool gone = shown && !moved && !folder_has(f, F_BOX_DB);
	*out = box_lost || gone || silent ? ISSUE_CANCEL_LOST_BOX : ISSUE_CANCEL_BY_ENTRY;
	if (*out == ISSUE_CANCEL_BY_ENTRY || moved || silent)
		return 0;
	return check_lost(f, err);
}

int issue_may_cancel(const struct yihu_view *v, enum issue_cancel_way way, uint64_t now,
		     struct yihu_error *err)
{
	enum yihu_stage stage = yihu_view_stage(v->audit, now);
	int r = yihu_view_check_on(v, err);
	if (r != 0)
		return r;
	bool over = way == ISSUE_CANCEL_BY_ENTRY && stage == YIHU_STAGE_ENDED;
	if (yihu_stage_may(stage, YIHU_STAGE_CANCELLED) && !over &&
	    !yihu_public_get(v->pub, "log/at-close"))
		return 0;
	char *when = yihu_time_local(v->audit->election->charter->closes);
	r = yihu_fail(err, YIHU_EOVER,
		      _("the poll closed on %s: it can no longer be called off, so that nobody "
			"can annul a result. Close and count it; what was wrong is for the "
			"complaints (yihu-tally complaints) and for a new vote"),
		      when);
	free(when);
	return r;
}

int issue_check_on(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	struct yihu_called_off off;
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0 && yihu_folder_called_off(&off, f, &plan)) {
		char *words = yihu_called_off_words(&off);
		r = yihu_fail(err, YIHU_ECANCELLED, "%s", words);
		free(words);
	}
	yihu_plan_finish(&plan);
	return r;
}

static int append(const struct yihu_keyfile *key, struct yihu_view *v, struct yihu_span reason,
		  struct yihu_error *err)
{
	struct yihu_buf body = {0};
	const struct yihu_ledger *l = v->audit->ledger;
	uint64_t index, size = yihu_ledger_size(l);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), size);
	yihu_cancel_body(&body, v->eid, size, root.bytes, reason, &key->keypair);
	int r = yihu_reach_append(v->reach, YIHU_ENTRY_CANCEL, body.data, body.len, &index, err);
	yihu_buf_free(&body);
	return r;
}

/* Behind box/url or --url: its daemon says so, and nothing here shows it. */
static int fail_silent(const struct yihu_view *v, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EREADONLY,
			 _("the box at %s was made again from what was left of it, and takes no "
			   "entry. Run this again with --box-lost, then copy %s/cancelled into "
			   "public/ of that box"),
			 yihu_reach_place(v->reach), v->folder->pub);
}

static int by_entry(const struct yihu_keyfile *key, struct yihu_view *v, struct yihu_span reason,
		    struct yihu_error *err)
{
	int r = 0;
	for (int i = 0; i < TRIES && r == 0 && !v->audit->called_off; i++) {
		r = append(key, v, reason, err);
		if (r == YIHU_EREADONLY)
			return fail_silent(v, err);
		if (r == 0 || r == YIHU_EROOT)
			r = yihu_view_look(v, err);
	}
	if (r == 0 && !v->audit->called_off)
		r = yihu_fail(err, YIHU_EROOT, _("the log kept growing; run this again"));
	return r == 0 ? yihu_view_show(v, err) : r;
}

/* Into box/public of this folder: where the box was, nobody answers. */
static int by_note(const struct yihu_keyfile *key, struct yihu_view *v, bool has_log,
		   struct yihu_span reason, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	const struct yihu_cancelled_note n = {
		.has_log = has_log, .log = v->audit->checkpoint, .reason = reason};
	assert(yihu_public_may_come(YIHU_PUBLIC_CANCELLED, v->audit->stage));
	yihu_cancelled_note_sign(&note, v->eid, &n, &key->vkey, &key->keypair);
	int r = folder_create_public(v->folder, "cancelled", &note, err);
	if (r == 0)
		r = yihu_view_look(v, err);
	yihu_buf_free(&note);
	return r;
}

int issue_cancel(const struct yihu_keyfile *key, struct yihu_view *v, enum issue_cancel_way way,
		 struct yihu_span reason, struct yihu_error *err)
{
	int r = issue_is_issuer(key, &v->audit->election->charter->issuer, err);
	if (r == 0)
		r = issue_may_cancel(v, way, yihu_clock(), err);
	if (r != 0)
		return r;
	if (way == ISSUE_CANCEL_BY_ENTRY)
		return by_entry(key, v, reason, err);
	return by_note(key, v, way == ISSUE_CANCEL_LOST_BOX, reason, err);
}
