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

#include "answer.h"
#include "calls.h"
#include "daemon.h"
#include "file_calls.h"
#include "hand_over.h"
#include "poll_stage.h"
#include "public_there.h"
#include "site.h"

/* Bytes that a file of this name can have in this election: its ballots are known. */
static uint64_t limit_of(const struct request *r)
{
	struct countd *d = r->d;
	struct yihu_limits l = yihu_limits_of(d->election->charter, d->election->definition);
	l.households = committed_figures(d->committed).counts.ballots;
	return site_is_note(r->tail) ? YIHU_COMPLAINTS_BYTES_MAX
				     : yihu_public_bytes(&r->name.is, &l);
}

/* The issuer's complaints, and page and table of the results, are taken from
 * anybody: the auditor checks them. Other files prove nothing and could be
 * anybody's, so that the operator must have asked for them. */
static bool site_allowed(struct request *r, enum yihu_stage stage)
{
	if (!yihu_public_may_come(YIHU_PUBLIC_SITE, stage)) {
		answer_error(r, MHD_HTTP_FORBIDDEN, YIHU_ESTATE,
			     _("files for site/ are taken when the results are published"));
		return false;
	}
	if (r->d->options.accept_site || site_is_checked(r->tail))
		return true;
	answer_error(r, MHD_HTTP_FORBIDDEN, YIHU_ESTATE,
		     _("this daemon takes no files for site/. Copy them into the folder"));
	return false;
}

/* A file that is there may be sent again at any time. */
static bool stage_allowed(struct request *r)
{
	struct figures f = committed_figures(r->d->committed);
	enum yihu_stage stage = countd_stage(r->d, &f, 0);
	struct yihu_error err = {0};
	if (r->name.is.kind == YIHU_PUBLIC_SITE)
		return site_allowed(r, stage);
	if (!yihu_stage_reached(stage, YIHU_STAGE_CLOSED)) {
		answer_error(r, MHD_HTTP_CONFLICT, YIHU_ESTATE,
			     _("the log is not closed yet: the issuer closes it when the poll is "
			       "over"));
		return false;
	}
	if (countd_has_public(r->d, r->tail) || public_check_stage(r, &err) == 0)
		return true;
	answer_refusal(r, &err);
	return false;
}

/* What there is before it, issuer and log have put there themselves. */
static bool comes_after_close(enum yihu_public_kind kind)
{
	return yihu_stage_reached(yihu_public_row(kind)->stage, YIHU_STAGE_BOXED);
}

static bool take_place(struct request *r, uint32_t who)
{
	r->upload = uploads_take(&r->d->uploads, r->name.is.kind, who);
	if (r->upload)
		return true;
	answer_error(r, MHD_HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("such a file is on its way already. Try again in a minute"));
	return false;
}

/* Of a large file, before it comes: who signed it, and is it another one's? */
static bool authority_allowed(struct request *r)
{
	struct yihu_error err = {0};
	enum yihu_public_kind kind = r->name.is.kind;
	const char *value = MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND,
							PUBLIC_AUTHORITY_HEADER);
	int rc = public_authority_read(&r->authority, kind, value, r->d->election->charter, &err);
	if (rc == 0 && yihu_public_row(kind)->most > 0)
		rc = public_elsewhere(r, r->authority.signature, &err);
	if (rc != 0)
		answer_refusal(r, &err);
	return rc == 0;
}

bool public_admit(struct request *r)
{
	if (!public_name_parse(&r->name, r->tail) || !comes_after_close(r->name.is.kind)) {
		answer_error(r, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
			     _("no file of the name “%s” can be put into the public folder"),
			     r->tail);
		return false;
	}
	if (!stage_allowed(r))
		return false;
	r->limit = limit_of(r);
	if (public_authority_needed(r->name.is.kind))
		return authority_allowed(r) && take_place(r, r->authority.who);
	return r->name.is.kind != YIHU_PUBLIC_SITE || site_is_note(r->tail) || take_place(r, 0);
}

void public_release(struct request *r)
{
	uploads_give_back(&r->d->uploads, r->upload);
	r->upload = 0;
}

static int check_note(const struct request *r, uint32_t *who, struct yihu_error *err)
{
	*who = YIHU_SIGNER_ISSUER;
	return site_is_note(r->tail)
		       ? site_check(r->d, r->tail, &r->body, err)
		       : yihu_public_signed_by(who, r->name.is.kind, yihu_buf_bytes(&r->body),
					       r->body.len, r->d->election->charter, err);
}

/* A note is small, and is here: whose it is, and whether it is new, is asked
 * before it gets a place. */
static bool note_allowed(struct request *r)
{
	struct yihu_error err = {0};
	enum meeting met;
	uint32_t who;
	int rc = public_meet(r, &met, &err);
	if (rc == 0 && met == MEETS_SAME) {
		public_answer_met(r, met);
		return false;
	}
	if (rc == 0)
		rc = check_note(r, &who, &err);
	if (rc != 0)
		answer_refusal(r, &err);
	else if (met == MEETS_OTHER)
		public_answer_met(r, met);
	return !r->answered && take_place(r, who);
}

void public_handle(struct request *r)
{
	if (r->upload || note_allowed(r))
		countd_hand_over(r, &r->d->audit);
}
