/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder, fetched and audited.
 */
#include "client/view.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/names.h>

static void forget(struct yihu_view *v)
{
	yihu_audit_free(v->audit);
	yihu_public_free(v->pub);
	v->audit = NULL;
	v->pub = NULL;
}

/* A server is held to what it showed before: its old checkpoint is evidence. */
static int audit(struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_audit_options o = {.eid_bits = 256, .progress = v->progress};
	struct yihu_evidence known = {.name = yihu_path(v->folder->pub, "log/checkpoint")};
	int r = yihu_reach_known(v->reach, &known.bytes, err);
	if (r == 0) {
		memcpy(o.eid, v->eid, YIHU_EID_BYTES);
		o.checkpoints = &known;
		o.n_checkpoints = known.bytes.len > 0;
		v->audit = yihu_audit_run(v->pub, &o);
		r = yihu_audit_verdict(v->audit, err);
	}
	yihu_buf_free(&known.bytes);
	free(known.name);
	return r == 0 ? 0
		      : yihu_fail_at(err, r, _("%s does not pass the audit; nothing was done"),
				     yihu_reach_place(v->reach));
}

int yihu_view_look(struct yihu_view *v, struct yihu_error *err)
{
	forget(v);
	int r = yihu_reach_public(v->reach, &v->pub, err);
	if (r == 0)
		r = audit(v, err);
	return r == 0 ? yihu_reach_keep(v->reach, v->pub, err) : r;
}

int yihu_view_try(struct yihu_view *v, const char *name, const void *bytes, size_t len,
		  struct yihu_error *err)
{
	yihu_public_put(v->pub, name, bytes, len);
	yihu_audit_free(v->audit);
	v->audit = NULL;
	return audit(v, err);
}

int yihu_view_show(struct yihu_view *v, struct yihu_error *err)
{
	return yihu_reach_mirrors(v->reach) ? yihu_view_look(v, err)
					    : yihu_reach_export(v->reach, err);
}

int yihu_view_check_on(const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_called_off off = {.time = a->called_off_at};
	if (!a->called_off)
		return 0;
	memcpy(off.reason, a->reason, sizeof off.reason);
	char *words = yihu_called_off_words(&off);
	int r = yihu_fail(err, YIHU_ECANCELLED, "%s", words);
	free(words);
	return r;
}

enum yihu_stage yihu_view_stage(const struct yihu_audit *a, uint64_t now)
{
	const struct yihu_charter *c = a->election->charter;
	if (a->stage == YIHU_STAGE_MIXED && a->mixes < c->t)
		return YIHU_STAGE_BOXED;
	return yihu_stage_at(a->stage, c->opens, c->closes, now);
}

bool yihu_view_takes_entries(const struct yihu_view *v, uint64_t now)
{
	enum yihu_stage stage = yihu_view_stage(v->audit, now);
	return v->audit->ledger && (stage == YIHU_STAGE_ISSUED || stage == YIHU_STAGE_OPEN) &&
	       !yihu_public_get(v->pub, "log/at-close");
}

int yihu_view_put(struct yihu_view *v, const char *name, const void *bytes, size_t len,
		  bool replace, struct yihu_error *err)
{
	assert(yihu_public_may_come(yihu_public_name(name).kind, v->audit->stage));
	return yihu_reach_put(v->reach, name, bytes, len, replace, err);
}

int yihu_view_put_under(struct yihu_view *v, const char *name, const struct yihu_buf *bytes,
			const struct yihu_buf *note, struct yihu_error *err)
{
	assert(yihu_public_may_come(yihu_public_name(name).kind, v->audit->stage));
	return yihu_reach_put_under(v->reach, name, bytes, note, err);
}

void yihu_view_finish(struct yihu_view *v)
{
	forget(v);
	yihu_reach_close(v->reach);
	v->reach = NULL;
}
