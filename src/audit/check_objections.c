/* SPDX-License-Identifier: Apache-2.0
 *
 * How the result stands (PROTOCOL §10.1): open to objections, or final. Both notes
 * hold on to what they are about by its hash, so the files that they name are the
 * ones that the earlier checks have made again.
 */
#include <string.h>

#include <sodium.h>

#include <yihu/objections.h>

#include "work.h"

#define CHECK YIHU_CHECK_OBJECTIONS
#define PRELIMINARY "preliminary"
#define FINAL "final"

static bool hashes_to(const uint8_t hash[static 32], const struct yihu_buf *bytes)
{
	uint8_t is[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(is, bytes->data, bytes->len);
	return memcmp(is, hash, sizeof is) == 0;
}

static bool is_of_results(const struct audit_work *w, const struct yihu_preliminary *p)
{
	uint8_t hash[32];
	yihu_results_note_hash(hash, w->charter->eid, yihu_public_get(w->p, "box"),
			       &w->a->results_pb, &w->a->results_json);
	return memcmp(hash, p->results, sizeof hash) == 0;
}

static bool check_preliminary(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_preliminary p;
	struct yihu_error err = {0};
	int r = yihu_preliminary_parse(&p, yihu_buf_bytes(file), file->len, w->charter, &err);
	if (r == 0 && !is_of_results(w, &p))
		r = yihu_fail(&err, YIHU_ERESULTS, _("it is of other results than these"));
	if (r != 0)
		audit_fault_error(w, CHECK, PRELIMINARY, &err);
	else
		w->a->objections_until = p.until;
	return r == 0;
}

static int held_against(const struct audit_work *w, const struct yihu_final *f,
			const struct yihu_buf *preliminary, struct yihu_error *err)
{
	if (!hashes_to(f->preliminary, preliminary))
		return yihu_fail(err, YIHU_ERESULTS,
				 _("it follows another statement than “preliminary”"));
	if (!hashes_to(f->results_json, &w->a->results_json))
		return yihu_fail(err, YIHU_ERESULTS, _("it is of other results than these"));
	if (f->complaints.made < w->a->objections_until)
		return yihu_fail(err, YIHU_ETIME,
				 _("it is from before the last day for objections"));
	return 0;
}

static void check_final(struct audit_work *w, const struct yihu_buf *file,
			const struct yihu_buf *preliminary)
{
	struct yihu_final f = {0};
	struct yihu_error err = {0};
	int r = yihu_final_parse(&f, yihu_buf_bytes(file), file->len, w->charter, &err);
	if (r == 0)
		r = held_against(w, &f, preliminary, &err);
	if (r != 0) {
		audit_fault_error(w, CHECK, FINAL, &err);
	} else {
		w->a->final_at = f.complaints.made;
		w->a->objections_filed = f.complaints.filed;
		w->a->objections_upheld = f.upheld;
	}
	yihu_final_finish(&f);
}

static void report(struct audit_work *w, uint64_t n)
{
	const struct yihu_audit *a = w->a;
	if (a->final_at == 0)
		audit_step(w, CHECK, n,
			   _("statements signed by the issuer: %llu; the result is "
			     "open to objections"),
			   (unsigned long long)n);
	else if (a->objections_upheld == 0)
		audit_step(w, CHECK, n,
			   _("statements signed by the issuer: %llu; the result is "
			     "final, objections made: %u"),
			   (unsigned long long)n, a->objections_filed);
	else
		audit_step(w, CHECK, n,
			   _("statements signed by the issuer: %llu; objections "
			     "upheld: %u, so there is a new vote"),
			   (unsigned long long)n, a->objections_upheld);
}

/* The statements stand on results that were found right. */
static bool ready(struct audit_work *w, const struct yihu_buf *preliminary)
{
	enum yihu_check by = preliminary ? YIHU_CHECK_RESULTS : YIHU_CHECK_FILES;
	if (preliminary && w->a->steps[by].ran && !audit_faulty(w, by))
		return true;
	audit_skip_barred(w, CHECK, by);
	return false;
}

void audit_check_objections(struct audit_work *w)
{
	const struct yihu_buf *preliminary = yihu_public_get(w->p, PRELIMINARY);
	const struct yihu_buf *final = yihu_public_get(w->p, FINAL);
	if (!preliminary && !final) {
		audit_skip_absent(w, CHECK);
		return;
	}
	if (audit_called_off(w, CHECK, preliminary ? PRELIMINARY : FINAL) || !ready(w, preliminary))
		return;
	if (check_preliminary(w, preliminary) && final)
		check_final(w, final, preliminary);
	report(w, 1 + (uint64_t)(final != NULL));
}
