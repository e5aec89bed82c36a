/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/public/NAME, the part before the audit: which files are taken at
 * all, how large they may be, and who must have signed them. So an audit of
 * the whole folder, which takes its time, is never run for anyone's bytes.
 */
#include <string.h>
#include <yihu/audit.h>

#include "answer.h"
#include "calls.h"
#include "daemon.h"
#include "file_calls.h"
#include "hand_over.h"
#include "poll_stage.h"
#include "site.h"

/* Bytes that a file of this name can have in this election: its ballots are known. */
static uint64_t limit_of(const struct countd *d, const struct public_name *name)
{
	struct yihu_limits l = yihu_limits_of(d->election->charter, d->election->definition);
	l.households = committed_figures(d->committed).counts.ballots;
	return yihu_public_bytes(&name->is, &l);
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

/* Which of the files comes next, is asked when the whole of it is here. */
static bool stage_allowed(struct request *r)
{
	struct figures f = committed_figures(r->d->committed);
	enum yihu_stage stage = countd_stage(r->d, &f, 0);
	if (r->name.is.kind == YIHU_PUBLIC_SITE)
		return site_allowed(r, stage);
	if (yihu_stage_reached(stage, YIHU_STAGE_CLOSED))
		return true;
	answer_error(r, MHD_HTTP_CONFLICT, YIHU_ESTATE,
		     _("the log is not closed yet: the issuer closes it when the poll is over"));
	return false;
}

/* What there is before it, issuer and log have put there themselves. */
static bool comes_after_close(enum yihu_public_kind kind)
{
	return yihu_stage_reached(yihu_public_row(kind)->stage, YIHU_STAGE_BOXED);
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
	r->limit = limit_of(r->d, &r->name);
	r->uploading = atomic_fetch_add(&r->d->uploads, 1) < COUNTD_AUDITS_MAX;
	if (r->uploading)
		return true;
	atomic_fetch_sub(&r->d->uploads, 1);
	answer_error(r, MHD_HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("other files are being audited. Try again in a minute"));
	return false;
}

void public_release(struct request *r)
{
	if (r->uploading)
		atomic_fetch_sub(&r->d->uploads, 1);
	r->uploading = false;
}

void public_handle(struct request *r)
{
	countd_hand_over(r, &r->d->audit);
}
