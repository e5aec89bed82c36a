/* SPDX-License-Identifier: Apache-2.0
 *
 * What was published (PROTOCOL §10): both files byte for byte, and the note.
 */
#include <string.h>

#include <yihu/signed.h>

#include "work.h"

#define NAME "results"

static void compare(struct audit_work *w, const char *name, const struct yihu_buf *must)
{
	const struct yihu_buf *file = yihu_public_get(w->p, name);
	size_t at = 0;
	if (!file)
		return; /* a fault of the files' check */
	while (at < file->len && at < must->len && file->data[at] == must->data[at])
		at++;
	if (at < file->len || at < must->len)
		audit_fault(w, YIHU_CHECK_RESULTS, YIHU_ERESULTS, name,
			    _("it is not what the ballots give: it differs from byte %zu on"), at);
}

static bool text_matches(const struct audit_work *w, const struct yihu_note *note)
{
	struct yihu_buf must = {0};
	yihu_results_note_text(&must, w->charter->eid, yihu_public_get(w->p, "box"),
			       &w->a->results_pb, &w->a->results_json);
	bool same = note->text.len == must.len && memcmp(note->text.p, must.data, must.len) == 0;
	yihu_buf_free(&must);
	return same;
}

static int check_signatures(struct audit_work *w, const struct yihu_note *note,
			    struct yihu_error *err)
{
	uint32_t signers = 0;
	int r = w->a->not_opened ? yihu_note_verify(note, &w->charter->issuer, 1, err)
				 : yihu_note_verify_holders(note, w->charter, true, w->charter->t,
							    &signers, err);
	if (r == 0)
		w->a->result_signers = signers | YIHU_SIGNER_ISSUER;
	return r;
}

static void check_note(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_note note;
	struct yihu_error err = {0};
	int r = yihu_note_split(&note, yihu_buf_bytes(file), file->len, &err);
	if (r == 0 && !text_matches(w, &note))
		r = yihu_fail(&err, YIHU_ERESULTS,
			      _("it is signed over other results than those of this election"));
	if (r == 0)
		r = check_signatures(w, &note, &err);
	if (r != 0)
		audit_fault_error(w, YIHU_CHECK_RESULTS, NAME, &err);
}

/* Results need an opened box, or one that had to stay shut; says why not. */
static bool ready(struct audit_work *w)
{
	enum yihu_check by[] = {YIHU_CHECK_ENTRIES, YIHU_CHECK_BOX, YIHU_CHECK_MIXES,
				YIHU_CHECK_OPENINGS, YIHU_CHECK_COUNT};
	if (!w->a->ledger) {
		audit_skip_barred(w, YIHU_CHECK_RESULTS, YIHU_CHECK_ENTRIES);
		return false;
	}
	for (size_t i = 0; i < sizeof by / sizeof *by; i++)
		if (audit_faulty(w, by[i])) {
			audit_skip_barred(w, YIHU_CHECK_RESULTS, by[i]);
			return false;
		}
	if (!w->a->not_opened && !w->a->outcome) {
		audit_fault(w, YIHU_CHECK_RESULTS, YIHU_EMISSING, NAME,
			    _("it is here, though only %u of the %u openings are"), w->a->openings,
			    w->charter->t);
		audit_skip_barred(w, YIHU_CHECK_RESULTS, YIHU_CHECK_OPENINGS);
		return false;
	}
	return true;
}

void audit_check_results(struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	uint64_t n = v.kinds[YIHU_PUBLIC_RESULTS] + v.kinds[YIHU_PUBLIC_RESULTS_PB] +
		     v.kinds[YIHU_PUBLIC_RESULTS_JSON];
	if (n == 0) {
		audit_skip_absent(w, YIHU_CHECK_RESULTS);
		return;
	}
	if (audit_called_off(w, YIHU_CHECK_RESULTS, NAME) || !ready(w))
		return;
	compare(w, "results.pb", &w->a->results_pb);
	compare(w, "results.json", &w->a->results_json);
	if (file)
		check_note(w, file);
	audit_step(w, YIHU_CHECK_RESULTS, n,
		   w->a->not_opened
			   ? _("files made again, byte for byte: %llu; signed by the issuer")
			   : _("files made again, byte for byte: %llu; signed by the issuer and "
			       "the key holders"),
		   (unsigned long long)n);
}
