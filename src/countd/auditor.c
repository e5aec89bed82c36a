/* SPDX-License-Identifier: Apache-2.0
 *
 * The auditor: takes a public file when the audit of the whole folder with it
 * passes (audit_child.c). results.pb and results.json are kept aside until the note
 * `results` comes: only the three together make sense. What was refused once is
 * refused again without an audit, as long as the folder is the same.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>

#include "answer.h"
#include "audit_child.h"
#include "daemon.h"
#include "event_log.h"
#include "hand_over.h"
#include "public_there.h"
#include "refused.h"
#include "site.h"
#include "threads.h"

#define PUBLIC_DIR_MODE 0755
#define PUBLIC_FILE_MODE 0644
/* What an audit may take of the processor: many times what one does. */
#define AUDIT_CPU_S 600
#define AUDIT_WORDS_A_SECOND 10

struct auditor {
	bool exported; /* the closed log is in public/log */
	/* What results.pb and results.json must be, known from an audit of the
	 * opened folder; and which of them have been brought. */
	struct audit_found results;
	bool has_pb, has_json;
	struct refused refused; /* in the folder as it is */
};

struct auditor *auditor_new(void)
{
	return yihu_calloc(1, sizeof(struct auditor));
}

static void forget_results(struct auditor *a)
{
	yihu_buf_free(&a->results.pb);
	yihu_buf_free(&a->results.json);
	a->results = (struct audit_found){0};
}

void auditor_free(struct auditor *a)
{
	if (!a)
		return;
	forget_results(a);
	refused_forget(&a->refused);
	free(a);
}

static const char *file_name(const struct request *r)
{
	return r->tail;
}

/* Of a mix and an opening: the number that its own head gives it, and by whom. */
static bool is_of_name(const struct request *r)
{
	const struct yihu_buf *b = &r->body;
	uint32_t number = r->name.is.number;
	if (r->name.is.kind == YIHU_PUBLIC_OPENING)
		return yihu_opening_holder(b->data, b->len) == number &&
		       r->authority.who == UINT32_C(1) << (number - 1);
	uint32_t holder = yihu_mix_holder(b->data, b->len);
	return yihu_mix_number(b->data, b->len) == number && holder >= 1 &&
	       r->authority.who == UINT32_C(1) << (holder - 1);
}

/* Is it what its header said, and does it say itself that it is of this name? Notes
 * were looked at before. */
static int check_bytes(const struct request *r, struct yihu_error *err)
{
	const struct yihu_buf *b = &r->body;
	enum yihu_public_kind kind = r->name.is.kind;
	bool numbered = yihu_public_row(kind)->most > 0;
	if (!public_authority_needed(kind))
		return 0;
	if (numbered && b->len != r->limit)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("%s has %zu bytes; in this election it has %llu"), file_name(r),
				 b->len, (unsigned long long)r->limit);
	if (!public_authority_covers(&r->authority, kind, yihu_buf_bytes(b), b->len))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("%s has other bytes than its header %s was signed for"),
				 file_name(r), PUBLIC_AUTHORITY_HEADER);
	if (numbered && !is_of_name(r))
		return yihu_fail(err, kind == YIHU_PUBLIC_MIX ? YIHU_EMIX : YIHU_EOPENING,
				 _("by its first bytes the file is another one than %s"),
				 file_name(r));
	return 0;
}

/* public/ with the whole closed log. */
static int export_log(struct countd *d, struct yihu_error *err)
{
	if (d->auditor->exported)
		return 0;
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_export(d->box, err);
	pthread_mutex_unlock(&d->box_lock);
	d->auditor->exported = r == 0;
	return r;
}

static struct audit_job job_of(struct countd *d)
{
	uint64_t ballots = committed_figures(d->committed).counts.ballots;
	struct audit_job job = {.cpu_s = AUDIT_CPU_S + ballots * d->election->definition->width /
							       AUDIT_WORDS_A_SECOND};
	memcpy(job.eid, d->election->charter->eid, sizeof job.eid);
	return job;
}

static int run(struct countd *d, const struct audit_job *job, struct audit_found *out,
	       struct yihu_error *err)
{
	int r = export_log(d, err);
	if (r != 0)
		return r;
	atomic_fetch_add(&d->metrics.audits, 1);
	return audit_child_run(d->audit_child, job, out, err);
}

static void put_file(struct audit_job *job, const char *name, const struct yihu_buf *bytes)
{
	assert(job->n < AUDIT_FILES_MAX);
	job->files[job->n++] = (struct audit_file){.name = name, .bytes = bytes};
}

static int audit_with(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	struct audit_job job = job_of(d);
	struct audit_found found = {0};
	put_file(&job, file_name(r), &r->body);
	if (r->name.is.kind == YIHU_PUBLIC_RESULTS) {
		put_file(&job, "results.pb", &x->results.pb);
		put_file(&job, "results.json", &x->results.json);
	}
	int rc = run(d, &job, &found, err);
	yihu_buf_free(&found.pb);
	yihu_buf_free(&found.json);
	return rc;
}

/* What the results must be, by the folder as it is. */
static int know_results(struct countd *d, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	struct audit_job job = job_of(d);
	if (x->results.has_result)
		return 0;
	forget_results(x);
	int r = run(d, &job, &x->results, err);
	if (r == 0 && !x->results.has_result)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("the box is not opened yet: results come after it"));
	return r;
}

static int stage_result(struct countd *d, const struct request *r, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	bool pb = r->name.is.kind == YIHU_PUBLIC_RESULTS_PB;
	int rc = know_results(d, err);
	if (rc != 0)
		return rc;
	const struct yihu_buf *wanted = pb ? &x->results.pb : &x->results.json;
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
	int rc = store(d, "results.pb", &x->results.pb, true, err);
	if (rc == 0)
		rc = store(d, "results.json", &x->results.json, true, err);
	if (rc == 0)
		rc = store(d, "results", &r->body, false, err);
	return rc;
}

static int take_site(struct countd *d, const struct request *r, struct yihu_error *err)
{
	int rc = site_check(d, file_name(r), &r->body, err);
	if (rc == 0)
		rc = store(d, file_name(r), &r->body, site_is_checked(file_name(r)), err);
	return rc;
}

/* What others have brought meanwhile may have changed what may come now. */
static int take_audited(struct countd *d, struct request *r, bool replace, struct yihu_error *err)
{
	struct auditor *x = d->auditor;
	bool results = r->name.is.kind == YIHU_PUBLIC_RESULTS;
	if (results && !(x->has_pb && x->has_json))
		return yihu_fail(err, YIHU_EMISSING,
				 _("send results.pb and results.json first, then results"));
	int rc = public_check_stage(r, err);
	if (rc == 0)
		rc = audit_with(d, r, err);
	if (rc == 0 && results)
		return store_results(d, r, err);
	if (rc == 0)
		rc = store(d, file_name(r), &r->body, replace, err);
	/* Another opening may change nothing, but the next question decides. */
	if (rc == 0) {
		x->has_pb = x->has_json = false;
		forget_results(x);
	}
	return rc;
}

static int take_file(struct countd *d, struct request *r, bool replace, struct yihu_error *err)
{
	struct refused *refused = &d->auditor->refused;
	if (r->name.is.kind == YIHU_PUBLIC_SITE)
		return take_site(d, r, err);
	int rc = check_bytes(r, err);
	if (rc == 0)
		rc = refused_before(refused, file_name(r), &r->body, err);
	if (rc != 0)
		return rc;
	rc = public_is_staged(r) ? stage_result(d, r, err) : take_audited(d, r, replace, err);
	if (rc == 0)
		refused_forget(refused);
	else if (answer_status_of(rc) == MHD_HTTP_BAD_REQUEST)
		refused_keep(refused, file_name(r), &r->body, err);
	countd_log(d, rc ? "%s refused: %s" : "%s accepted", file_name(r), err->text);
	return rc;
}

static void decide(struct countd *d, struct request *r)
{
	struct yihu_error err = {0};
	enum meeting met;
	int rc = public_meet(r, &met, &err);
	if (rc == 0 && (met == MEETS_SAME || met == MEETS_OTHER)) {
		public_answer_met(r, met);
		return;
	}
	if (rc == 0)
		rc = take_file(d, r, met == MEETS_LESSER_BOX, &err);
	if (rc != 0)
		answer_refusal(r, &err);
	else
		answer_json(r, MHD_HTTP_CREATED,
			    json_pack("{s:s, s:s}", "status",
				      public_is_staged(r) ? "staged" : "accepted", "name",
				      file_name(r)));
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
