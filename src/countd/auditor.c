/* SPDX-License-Identifier: Apache-2.0
 *
 * The auditor: takes a public file when the audit of the whole folder with it
 * passes (audit_child.c). results.pb and results.json are kept aside until the note
 * `results` comes: only the three together make sense. What was refused once is
 * refused again without an audit, as long as the folder is the same.
 */
#include "auditor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>

#include "ask_box.h"
#include "audit_child.h"
#include "front.h"
#include "public_there.h"
#include "refused.h"
#include "site.h"

#define PUBLIC_DIR_MODE 0755
#define PUBLIC_FILE_MODE 0644
/* What an audit may take of the processor: many times what one does. */
#define AUDIT_CPU_S 600
#define AUDIT_WORDS_A_SECOND 10

struct auditor {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	/* First come, first audited; each has a place in front.uploads. */
	struct exchange *waiting[UPLOADS_MAX];
	size_t n;
	bool closed;
	/* The rest is the auditor's thread's alone. */
	bool exported; /* the closed log is in public/log */
	/* What results.pb and results.json must be, known from an audit of the
	 * opened folder; and which of them have been brought. */
	struct audit_found results;
	bool has_pb, has_json;
	struct refused refused; /* in the folder as it is */
};

struct auditor *auditor_new(void)
{
	struct auditor *a = yihu_calloc(1, sizeof *a);
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->filled, NULL);
	return a;
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
	pthread_cond_destroy(&a->filled);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

static const char *file_name(const struct exchange *x)
{
	return x->tail;
}

/* Of a mix and an opening: the number that its own head gives it, and by whom. */
static bool is_of_name(const struct exchange *x)
{
	const struct yihu_buf *b = &x->body;
	uint32_t number = x->name.is.number;
	if (x->name.is.kind == YIHU_PUBLIC_OPENING)
		return yihu_opening_holder(b->data, b->len) == number &&
		       x->authority.who == UINT32_C(1) << (number - 1);
	uint32_t holder = yihu_mix_holder(b->data, b->len);
	return yihu_mix_number(b->data, b->len) == number && holder >= 1 &&
	       x->authority.who == UINT32_C(1) << (holder - 1);
}

/* Is it what its header said, and does it say itself that it is of this name? Notes
 * were looked at before. */
static int check_bytes(const struct exchange *x, struct yihu_error *err)
{
	const struct yihu_buf *b = &x->body;
	enum yihu_public_kind kind = x->name.is.kind;
	bool numbered = yihu_public_row(kind)->most > 0;
	if (!public_authority_needed(kind))
		return 0;
	if (numbered && b->len != x->limit)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("%s has %zu bytes; in this election it has %llu"), file_name(x),
				 b->len, (unsigned long long)x->limit);
	if (!public_authority_covers(&x->authority, kind, yihu_buf_bytes(b), b->len))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("%s has other bytes than its header %s was signed for"),
				 file_name(x), PUBLIC_AUTHORITY_HEADER);
	if (numbered && !is_of_name(x))
		return yihu_fail(err, kind == YIHU_PUBLIC_MIX ? YIHU_EMIX : YIHU_EOPENING,
				 _("by its first bytes the file is another one than %s"),
				 file_name(x));
	return 0;
}

/* public/ with the whole closed log. */
static int export_log(struct front *f, struct yihu_error *err)
{
	if (f->auditor->exported)
		return 0;
	int r = box_export(f, err);
	f->auditor->exported = r == 0;
	return r;
}

static struct audit_job job_of(struct front *f)
{
	uint64_t ballots = box_figures(f).counts.ballots;
	struct audit_job job = {.cpu_s = AUDIT_CPU_S + ballots * f->election->definition->width /
							       AUDIT_WORDS_A_SECOND};
	memcpy(job.eid, f->election->charter->eid, sizeof job.eid);
	return job;
}

static int run(struct front *f, const struct audit_job *job, struct audit_found *out,
	       struct yihu_error *err)
{
	int r = export_log(f, err);
	if (r != 0)
		return r;
	atomic_fetch_add(&f->metrics.audits, 1);
	return audit_child_run(f->audit_child, job, out, err);
}

static void put_file(struct audit_job *job, const char *name, const struct yihu_buf *bytes)
{
	assert(job->n < AUDIT_FILES_MAX);
	job->files[job->n++] = (struct audit_file){.name = name, .bytes = bytes};
}

static int audit_with(struct front *f, const struct exchange *x, struct yihu_error *err)
{
	struct auditor *a = f->auditor;
	struct audit_job job = job_of(f);
	struct audit_found found = {0};
	put_file(&job, file_name(x), &x->body);
	if (x->name.is.kind == YIHU_PUBLIC_RESULTS) {
		put_file(&job, "results.pb", &a->results.pb);
		put_file(&job, "results.json", &a->results.json);
	}
	int rc = run(f, &job, &found, err);
	yihu_buf_free(&found.pb);
	yihu_buf_free(&found.json);
	return rc;
}

/* What the results must be, by the folder as it is. */
static int know_results(struct front *f, struct yihu_error *err)
{
	struct auditor *a = f->auditor;
	struct audit_job job = job_of(f);
	if (a->results.has_result)
		return 0;
	forget_results(a);
	int r = run(f, &job, &a->results, err);
	if (r == 0 && !a->results.has_result)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("the box is not opened yet: results come after it"));
	return r;
}

static int stage_result(struct front *f, const struct exchange *x, struct yihu_error *err)
{
	struct auditor *a = f->auditor;
	bool pb = x->name.is.kind == YIHU_PUBLIC_RESULTS_PB;
	int rc = know_results(f, err);
	if (rc != 0)
		return rc;
	const struct yihu_buf *wanted = pb ? &a->results.pb : &a->results.json;
	if (x->body.len != wanted->len || memcmp(x->body.data, wanted->data, wanted->len) != 0)
		return yihu_fail(err, YIHU_ERESULTS,
				 _("%s is not what the count of this box gives"), file_name(x));
	*(pb ? &a->has_pb : &a->has_json) = true;
	return 0;
}

static int store(struct front *f, const char *name, const struct yihu_buf *bytes, bool replace,
		 struct yihu_error *err)
{
	char *path = yihu_path(f->public_dir, name);
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
static int store_results(struct front *f, const struct exchange *x, struct yihu_error *err)
{
	struct auditor *a = f->auditor;
	int rc = store(f, "results.pb", &a->results.pb, true, err);
	if (rc == 0)
		rc = store(f, "results.json", &a->results.json, true, err);
	if (rc == 0)
		rc = store(f, "results", &x->body, false, err);
	return rc;
}

static int take_site(struct front *f, const struct exchange *x, struct yihu_error *err)
{
	int rc = site_check(f, file_name(x), &x->body, err);
	if (rc == 0)
		rc = store(f, file_name(x), &x->body, site_is_checked(file_name(x)), err);
	return rc;
}

/* What others have brought meanwhile may have changed what may come now. */
static int take_audited(struct front *f, struct exchange *x, bool replace, struct yihu_error *err)
{
	struct auditor *a = f->auditor;
	bool results = x->name.is.kind == YIHU_PUBLIC_RESULTS;
	if (results && !(a->has_pb && a->has_json))
		return yihu_fail(err, YIHU_EMISSING,
				 _("send results.pb and results.json first, then results"));
	int rc = public_check_stage(x, err);
	if (rc == 0)
		rc = audit_with(f, x, err);
	if (rc == 0 && results)
		return store_results(f, x, err);
	if (rc == 0)
		rc = store(f, file_name(x), &x->body, replace, err);
	/* Another opening may change nothing, but the next question decides. */
	if (rc == 0) {
		a->has_pb = a->has_json = false;
		forget_results(a);
	}
	return rc;
}

static int take_file(struct front *f, struct exchange *x, bool replace, struct yihu_error *err)
{
	struct refused *refused = &f->auditor->refused;
	if (x->name.is.kind == YIHU_PUBLIC_SITE)
		return take_site(f, x, err);
	int rc = check_bytes(x, err);
	if (rc == 0)
		rc = refused_before(refused, file_name(x), &x->body, err);
	if (rc != 0)
		return rc;
	rc = public_is_staged(x) ? stage_result(f, x, err) : take_audited(f, x, replace, err);
	if (rc == 0)
		refused_forget(refused);
	else if (answer_status_of(rc) == HTTP_BAD_REQUEST)
		refused_keep(refused, file_name(x), &x->body, err);
	countd_log(&f->log, rc ? "%s refused: %s" : "%s accepted", file_name(x),
		   yihu_code_slug(rc));
	return rc;
}

static void decide(struct front *f, struct exchange *x)
{
	struct yihu_error err = {0};
	enum meeting met;
	int rc = public_meet(x, &met, &err);
	if (rc == 0 && (met == MEETS_SAME || met == MEETS_OTHER)) {
		public_answer_met(x, met);
		return;
	}
	if (rc == 0)
		rc = take_file(f, x, met == MEETS_LESSER_BOX, &err);
	if (rc != 0)
		answer_refusal(&x->answer, &err);
	else
		answer_json(&x->answer, MHD_HTTP_CREATED,
			    json_pack("{s:s, s:s}", "status",
				      public_is_staged(x) ? "staged" : "accepted", "name",
				      file_name(x)));
}

bool auditor_push(struct exchange *x)
{
	struct auditor *a = x->f->auditor;
	pthread_mutex_lock(&a->lock);
	bool open = !a->closed;
	if (open) {
		assert(a->n < UPLOADS_MAX);
		exchange_sleep(x);
		a->waiting[a->n++] = x;
		pthread_cond_signal(&a->filled);
	}
	pthread_mutex_unlock(&a->lock);
	if (!open)
		answer_stopping(&x->answer);
	return open;
}

void auditor_close(struct auditor *a)
{
	pthread_mutex_lock(&a->lock);
	a->closed = true;
	pthread_cond_signal(&a->filled);
	pthread_mutex_unlock(&a->lock);
}

/* NULL: it is closed, and nobody waits any more. */
static struct exchange *next(struct auditor *a)
{
	struct exchange *x = NULL;
	pthread_mutex_lock(&a->lock);
	while (a->n == 0 && !a->closed)
		pthread_cond_wait(&a->filled, &a->lock);
	if (a->n > 0) {
		x = a->waiting[0];
		memmove(a->waiting, a->waiting + 1, --a->n * sizeof *a->waiting);
	}
	pthread_mutex_unlock(&a->lock);
	return x;
}

void *auditor_run(void *front)
{
	struct front *f = front;
	struct exchange *x;
	while ((x = next(f->auditor)) != NULL) {
		decide(f, x);
		exchange_wake(x);
	}
	return NULL;
}
