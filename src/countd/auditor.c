/* SPDX-License-Identifier: Apache-2.0
 *
 * The auditor: takes a public file when the audit of the whole folder with it
 * passes. results.pb and results.json are kept aside until the note `results`
 * comes: only the three together make sense.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/audit.h>
#include <yihu/file.h>
#include <yihu/signed.h>

#include "answer.h"
#include "daemon.h"
#include "event_log.h"
#include "file_calls.h"
#include "hand_over.h"
#include "poll_stage.h"
#include "site.h"
#include "threads.h"

#define PUBLIC_DIR_MODE 0755
#define PUBLIC_FILE_MODE 0644

struct auditor {
	bool exported; /* the closed log is in public/log */
	/* What results.pb and results.json must be, known from an audit of the
	 * opened folder; and which of them have been brought. */
	struct yihu_buf pb, json;
	bool known, has_pb, has_json;
};

struct auditor *auditor_new(void)
{
	return yihu_calloc(1, sizeof(struct auditor));
}

void auditor_free(struct auditor *a)
{
	if (!a)
		return;
	yihu_buf_free(&a->pb);
	yihu_buf_free(&a->json);
	free(a);
}

static const char *file_name(const struct request *r)
{
	return r->tail;
}

/* Is it by somebody who may bring it? Cheap, and before the audit. The length of
 * what a holder makes follows from the ballots. */
static int check_signed(const struct request *r, struct yihu_error *err)
{
	const struct yihu_buf *b = &r->body;
	enum yihu_public_kind kind = r->name.is.kind;
	if (yihu_public_row(kind)->most > 0 && b->len != r->limit)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("%s has %zu bytes; in this election it has %llu"), file_name(r),
				 b->len, (unsigned long long)r->limit);
	return yihu_public_signed_by(NULL, kind, b->data, b->len, r->d->election->charter, err);
}

/* public/ as it is on the disk, with the whole closed log. */
static int read_folder(struct countd *d, struct yihu_public **out, struct yihu_error *err)
{
	int r = 0;
	if (!d->auditor->exported) {
		pthread_mutex_lock(&d->box_lock);
		r = yihu_box_export(d->box, err);
		pthread_mutex_unlock(&d->box_lock);
		d->auditor->exported = r == 0;
	}
	if (r == 0)
		r = yihu_public_read(out, d->public_dir, err);
	/* Written just before a power cut: the three are written again. */
	if (r == 0)
		yihu_public_forget_unfinished(*out);
	return r;
}

static struct yihu_audit *audit(struct countd *d, const struct yihu_public *p)
{
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES};
	memcpy(o.eid, d->election->charter->eid, sizeof o.eid);
	return yihu_audit_run(p, &o);
}

static void put_candidate(struct auditor *a, struct yihu_public *p, const struct request *r)
{
	yihu_public_put(p, file_name(r), r->body.data, r->body.len);
	if (r->name.is.kind == YIHU_PUBLIC_RESULTS) {
		yihu_public_put(p, "results.pb", a->pb.data, a->pb.len);
		yihu_public_put(p, "results.json", a->json.data, a->json.len);
	}
}

static int audit_with(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct yihu_public *p = NULL;
	int rc = read_folder(d, &p, err);
	if (rc != 0)
		return rc;
	put_candidate(d->auditor, p, r);
	struct yihu_audit *a = audit(d, p);
	rc = yihu_audit_verdict(a, err);
	yihu_audit_free(a);
	yihu_public_free(p);
	return rc;
}

/* What the results must be, by the folder as it is. */
static int know_results(struct countd *d, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	struct yihu_public *p = NULL;
	int r = x->known ? 0 : read_folder(d, &p, err);
	if (r != 0 || x->known)
		return r;
	struct yihu_audit *a = audit(d, p);
	r = yihu_audit_verdict(a, err);
	if (r == 0 && !yihu_audit_has_result(a))
		r = yihu_fail(err, YIHU_ESTATE,
			      _("the box is not opened yet: results come after it"));
	if (r == 0) {
		yihu_buf_put(&x->pb, a->results_pb.data, a->results_pb.len);
		yihu_buf_put(&x->json, a->results_json.data, a->results_json.len);
		x->known = true;
	}
	yihu_audit_free(a);
	yihu_public_free(p);
	return r;
}

static int stage_result(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	bool pb = r->name.is.kind == YIHU_PUBLIC_RESULTS_PB;
	int rc = know_results(d, err);
	if (rc != 0)
		return rc;
	const struct yihu_buf *wanted = pb ? &x->pb : &x->json;
	if (r->body.len != wanted->len || memcmp(r->body.data, wanted->data, wanted->len) != 0)
		return yihu_fail(err, YIHU_ERESULTS,
				 _("%s is not what the count of this box gives"), file_name(r));
	*(pb ? &x->has_pb : &x->has_json) = true;
	return 0;
}

static int store(struct countd *d, const char *name, const struct yihu_buf *bytes, bool replace,
		 struct yihu_error *err)
{
	char *path = yihu_path(d->public_dir, name);
	char *slash = strrchr(path, '/');
	*slash = '\0';
	int r = 0;
	if (!yihu_file_exists(path)) {
		r = yihu_dir_make(path, PUBLIC_DIR_MODE, err);
		chmod(path, PUBLIC_DIR_MODE); /* a web server may read it, whatever our umask */
	}
	*slash = '/';
	if (r == 0)
		r = replace ? yihu_file_write(path, bytes->data, bytes->len, PUBLIC_FILE_MODE, err)
			    : yihu_file_create(path, bytes->data, bytes->len, PUBLIC_FILE_MODE,
					       err);
	free(path);
	return r;
}

/* The note last: a folder without it is only opened, not half published. */
static int store_results(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	int rc = store(d, "results.pb", &x->pb, true, err);
	if (rc == 0)
		rc = store(d, "results.json", &x->json, true, err);
	if (rc == 0)
		rc = store(d, "results", &r->body, false, err);
	return rc;
}

static bool staged(const struct request *r)
{
	return r->name.is.kind == YIHU_PUBLIC_RESULTS_PB ||
	       r->name.is.kind == YIHU_PUBLIC_RESULTS_JSON;
}

enum meeting { MEETS_NOTHING, MEETS_SAME, MEETS_LESSER_BOX, MEETS_OTHER };

/* Does the box on the disk hold these signatures and more of them? */
static bool box_grows(const struct countd *d, const struct yihu_buf *old,
		      const struct yihu_buf *new)
{
	const struct yihu_charter *c = d->election->charter;
	struct yihu_checkpoint box;
	uint32_t before, after;
	return !yihu_box_note_parse(&box, &before, old->data, old->len, c, NULL) &&
	       !yihu_box_note_parse(&box, &after, new->data, new->len, c, NULL) &&
	       (before & after) == before && before != after;
}

/* What is there already under this name? */
static int meet(struct countd *d, const struct request *r, enum meeting *out,
		struct yihu_error *err)
{
	struct yihu_buf old = {0};
	char *path = yihu_path(d->public_dir, file_name(r));
	int rc = yihu_file_read(path, r->limit, &old, err);
	bool same =
		rc == 0 && old.len == r->body.len && memcmp(old.data, r->body.data, old.len) == 0;
	/* Page and complaints change; site_check decides. */
	bool changes = rc == 0 && !same && site_is_checked(file_name(r));
	*out = MEETS_OTHER;
	if (rc == YIHU_ENOENT || changes || (staged(r) && !countd_has_public(d, "results")))
		*out = MEETS_NOTHING;
	else if (same)
		*out = MEETS_SAME;
	else if (rc == 0 && r->name.is.kind == YIHU_PUBLIC_BOX &&
		 !countd_has_public(d, "results") && box_grows(d, &old, &r->body))
		*out = MEETS_LESSER_BOX;
	if (rc == YIHU_ENOENT || rc == YIHU_ETOOBIG)
		rc = 0;
	free(path);
	yihu_buf_free(&old);
	return rc;
}

static int take_site(struct countd *d, const struct request *r, struct yihu_error *err)
{
	int rc = site_check(d, file_name(r), &r->body, err);
	if (rc == 0)
		rc = store(d, file_name(r), &r->body, site_is_checked(file_name(r)), err);
	return rc;
}

/* Before the audit, which would refuse it too, after a longer time. */
static int check_stage(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct figures f = committed_figures(d->committed);
	enum yihu_stage stage = countd_stage(d, &f, 0);
	if (yihu_public_may_come(r->name.is.kind, stage))
		return 0;
	if (yihu_stage_reached(stage, yihu_public_row(r->name.is.kind)->stage))
		return yihu_fail(err, YIHU_ESTATE,
				 _("%s comes too late: the election is at the stage “%s”"),
				 file_name(r), yihu_stage_word(stage));
	return yihu_fail(err, YIHU_EMISSING,
			 _("%s comes too early: the election is at the stage “%s”"), file_name(r),
			 yihu_stage_word(stage));
}

static int take_file(struct countd *d, const struct request *r, bool replace,
		     struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	if (r->name.is.kind == YIHU_PUBLIC_SITE)
		return take_site(d, r, err);
	if (staged(r))
		return stage_result(d, r, err);
	int rc = check_signed(r, err);
	if (rc == 0 && r->name.is.kind == YIHU_PUBLIC_RESULTS && !(x->has_pb && x->has_json))
		rc = yihu_fail(err, YIHU_EMISSING,
			       _("send results.pb and results.json first, then results"));
	if (rc == 0)
		rc = check_stage(d, r, err);
	if (rc == 0)
		rc = audit_with(d, r, err);
	if (rc == 0 && r->name.is.kind == YIHU_PUBLIC_RESULTS)
		return store_results(d, r, err);
	if (rc == 0)
		rc = store(d, file_name(r), &r->body, replace, err);
	/* Another opening may change nothing, but the next question decides. */
	if (rc == 0) {
		x->known = x->has_pb = x->has_json = false;
		yihu_buf_reset(&x->pb);
		yihu_buf_reset(&x->json);
	}
	return rc;
}

static void decide(struct countd *d, struct request *r)
{
	struct yihu_error err = {0};
	enum meeting met;
	const char *status = staged(r) ? "staged" : "accepted";
	int rc = meet(d, r, &met, &err);
	unsigned code = met == MEETS_SAME ? MHD_HTTP_OK : MHD_HTTP_CREATED;
	if (rc == 0 && met == MEETS_SAME)
		status = "accepted";
	else if (rc == 0 && met == MEETS_OTHER)
		rc = yihu_fail(&err, YIHU_EEXIST, _("%s is already there and stays as it is"),
			       file_name(r));
	else if (rc == 0)
		rc = take_file(d, r, met == MEETS_LESSER_BOX, &err);
	if (rc != 0)
		answer_refusal(r, &err);
	else
		answer_json(r, code,
			    json_pack("{s:s, s:s}", "status", status, "name", file_name(r)));
	countd_log(d, rc ? "%s refused: %s" : "%s accepted", file_name(r), err.text);
}

void *auditor_run(void *countd)
{
	struct countd *d = countd;
	struct request *r;
	while (!queue_done(&d->audit)) {
		if (queue_take(&d->audit, &r, 1, -1) == 0)
			continue;
		decide(d, r);
		countd_finish(r);
	}
	return NULL;
}
