/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/public/NAME, all that comes before the audit: which files are taken at
 * all, when, how large they may be, and who must have signed them. So neither a
 * place nor an audit of the whole folder, which takes its time, is ever given to
 * anyone's bytes; and what a large file is, is asked before its bytes come.
 */
#include <string.h>
#include <yihu/audit.h>
#include <yihu/signed.h>

#include "ask_box.h"
#include "auditor.h"
#include "calls.h"
#include "file_calls.h"
#include "front.h"
#include "poll_stage.h"
#include "public_files.h"
#include "public_there.h"
#include "site.h"

/* Bytes that a file of this name can have in this election: its ballots are known. */
static uint64_t limit_of(const struct exchange *x)
{
	struct front *f = x->f;
	struct yihu_limits l = yihu_limits_of(f->election->charter, f->election->definition);
	l.households = box_figures(f).counts.ballots;
	return site_is_note(x->tail) ? YIHU_COMPLAINTS_BYTES_MAX
				     : yihu_public_bytes(&x->name.is, &l);
}

/* The issuer's complaints, and page and table of the results, are taken from
 * anybody: the auditor checks them. Other files prove nothing and could be
 * anybody's, so that the operator must have asked for them. */
static bool site_allowed(struct exchange *x, enum yihu_stage stage)
{
	if (!yihu_public_may_come(YIHU_PUBLIC_SITE, stage)) {
		answer_error(&x->answer, MHD_HTTP_FORBIDDEN, YIHU_ESTATE,
			     _("files for site/ are taken when the results are published"));
		return false;
	}
	if (x->f->options.accept_site || site_is_checked(x->tail))
		return true;
	answer_error(&x->answer, MHD_HTTP_FORBIDDEN, YIHU_ESTATE,
		     _("this daemon takes no files for site/. Copy them into the folder"));
	return false;
}

static bool stage_refused(struct exchange *x, const struct yihu_error *err)
{
	file_refuse(x, err);
	return false;
}

/* A file that is there may be sent again at any time. */
static bool stage_allowed(struct exchange *x)
{
	struct figures now = box_figures(x->f);
	struct yihu_error err = {0};
	enum yihu_stage stage;
	bool there = false;
	int rc = countd_stage(&stage, x->f->public_dir, x->f->election->charter, &now, 0, &err);
	if (rc != 0)
		return stage_refused(x, &err);
	if (x->name.is.kind == YIHU_PUBLIC_SITE)
		return site_allowed(x, stage);
	if (!yihu_stage_reached(stage, YIHU_STAGE_CLOSED)) {
		answer_error(&x->answer, MHD_HTTP_CONFLICT, YIHU_ESTATE,
			     _("the log is not closed yet: the issuer closes it when the poll is "
			       "over"));
		return false;
	}
	rc = public_has(&there, x->f->public_dir, x->tail, &err);
	if (rc == 0 && !there)
		rc = public_check_stage(x, &err);
	return rc == 0 || stage_refused(x, &err);
}

/* What there is before it, issuer and log have put there themselves. */
static bool comes_after_close(enum yihu_public_kind kind)
{
	return yihu_stage_reached(yihu_public_row(kind)->stage, YIHU_STAGE_BOXED);
}

static bool has_place(struct exchange *x)
{
	if (x->upload)
		return true;
	answer_error(&x->answer, MHD_HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("such a file is on its way already. Try again in a minute"));
	return false;
}

static bool take_place(struct exchange *x, uint32_t who)
{
	x->upload = uploads_take(&x->f->uploads, x->name.is.kind, who);
	atomic_store(&x->conn->spared, x->upload != 0);
	return has_place(x);
}

static bool take_unsigned_place(struct exchange *x)
{
	struct connection *conn = x->conn;
	const bool counted = conn->counts_for.kind != ADDRESS_NONE;
	x->upload = uploads_take_unsigned(&x->f->uploads, x->name.is.kind, conn,
					  counted ? &conn->counts_for : &conn->peer,
					  !x->f->certificate);
	return has_place(x);
}

/* Of a large file, before it comes: who signed it, and is it another one's? */
static bool authority_allowed(struct exchange *x)
{
	struct yihu_error err = {0};
	enum yihu_public_kind kind = x->name.is.kind;
	const char *value = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND,
							PUBLIC_AUTHORITY_HEADER);
	int rc = public_authority_read(&x->authority, kind, value, x->f->election->charter, &err);
	if (rc == 0 && yihu_public_row(kind)->most > 0)
		rc = public_elsewhere(x, x->authority.signature, &err);
	if (rc != 0)
		answer_refusal(&x->answer, &err);
	return rc == 0;
}

bool public_admit(struct exchange *x)
{
	if (!public_name_parse(&x->name, x->tail) || !comes_after_close(x->name.is.kind)) {
		answer_error(&x->answer, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
			     _("no file of the name “%s” can be put into the public folder"),
			     x->tail);
		return false;
	}
	if (!box_takes_calls(x) || !stage_allowed(x))
		return false;
	x->limit = limit_of(x);
	if (public_authority_needed(x->name.is.kind))
		return authority_allowed(x) && take_place(x, x->authority.who);
	return x->name.is.kind != YIHU_PUBLIC_SITE || site_is_note(x->tail) ||
	       take_unsigned_place(x);
}

void public_release(struct exchange *x)
{
	uploads_give_back(&x->f->uploads, x->upload);
	x->upload = 0;
}

static int check_note(const struct exchange *x, uint32_t *who, struct yihu_error *err)
{
	*who = YIHU_SIGNER_ISSUER;
	return site_is_note(x->tail)
		       ? site_check(x->f, x->tail, &x->body, err)
		       : yihu_public_signed_by(who, x->name.is.kind, yihu_buf_bytes(&x->body),
					       x->body.len, x->f->election->charter, err);
}

/* A note is small, and is here: whose it is, and whether it is new, is asked
 * before it gets a place. */
static bool note_allowed(struct exchange *x)
{
	struct yihu_error err = {0};
	enum meeting met;
	uint32_t who;
	int rc = public_meet(x, &met, &err);
	if (rc == 0 && met == MEETS_SAME) {
		public_answer_met(x, met);
		return false;
	}
	if (rc == 0)
		rc = check_note(x, &who, &err);
	if (rc != 0)
		answer_refusal(&x->answer, &err);
	else if (met == MEETS_OTHER)
		public_answer_met(x, met);
	return !x->answer.made && take_place(x, who);
}

void public_handle(struct exchange *x)
{
	uploads_whole(&x->f->uploads, x->upload);
	if (x->upload || note_allowed(x))
		auditor_push(x);
}
