/* SPDX-License-Identifier: Apache-2.0
 *
 * Every entry by PROTOCOL §6 and §7: replayed through the ledger, which holds
 * the rules. The product is the ledger, what the close signs, and L_0.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/parallel.h>

#include "work.h"

#define PIECE 16 /* entries a thread verifies at a time */

/* Signature and proof of a ballot need no other entry: all cores verify them
 * first. The ledger verifies again, in its turn and with its reason, what did
 * not pass here. */
struct verifying {
	const struct audit_work *w;
	bool *passed; /* by entry */
};

static void verify_piece(void *context, size_t from, size_t to)
{
	struct verifying *v = context;
	const struct yihu_charter *c = v->w->charter;
	struct yihu_ballot *b = yihu_alloc(sizeof *b);
	for (size_t i = from; i < to; i++) {
		const struct audit_entry *e = &v->w->entries[i];
		struct yihu_entry_head h;
		if (!yihu_entry_head(&h, e->bytes, e->len) || h.type != YIHU_ENTRY_BALLOT)
			continue;
		v->passed[i] = yihu_ballot_parse(b, h.body, h.body_len,
						 v->w->election.definition->width, NULL) == 0 &&
			       yihu_ballot_verify(b, h.body, h.body_len, c->eid, NULL) == 0;
	}
	free(b);
}

static void verify_told(void *context, size_t done)
{
	const struct verifying *v = context;
	yihu_progress_step(v->w->o->progress, _("Checking the log's entries"), done,
			   v->w->n_entries);
}

/* After a refused entry nothing is known of the later ones: stop there. */
static bool replay(struct audit_work *w, const bool *passed, struct yihu_ledger *l)
{
	for (uint64_t i = 0; i < w->n_entries; i++) {
		struct yihu_error err = {0};
		int r = yihu_ledger_append(l, w->entries[i].bytes, w->entries[i].len,
					   passed[i] ? YIHU_VERIFIED_BEFORE : YIHU_VERIFY_NOW, NULL,
					   &err);
		if (r != 0) {
			struct yihu_public_text name = yihu_public_bundle(i, w->n_entries);
			audit_fault(w, YIHU_CHECK_ENTRIES, r, name.text, _("entry %llu: %s"),
				    (unsigned long long)i, err.text);
			return false;
		}
	}
	if (w->n_entries == 0)
		audit_fault(w, YIHU_CHECK_ENTRIES, YIHU_EOPENENTRY, "log/checkpoint",
			    _("the log has no entry; it begins with the opening of the poll"));
	return w->n_entries > 0;
}

static bool verify_and_replay(struct audit_work *w, struct yihu_ledger *l)
{
	struct verifying v = {.w = w, .passed = yihu_calloc(w->n_entries + 1, sizeof *v.passed)};
	yihu_parallel(w->n_entries, PIECE, verify_piece, verify_told, &v);
	bool ok = replay(w, v.passed, l);
	free(v.passed);
	return ok;
}

/* The ledger has read every ballot by now, so the words are copied as they
 * lie there: A ‖ B after A ‖ B. */
static void first_list(struct audit_work *w, uint64_t ballots)
{
	const uint32_t width = w->election.definition->width;
	const size_t words_bytes = width * sizeof(struct yihu_ciphertext);
	struct yihu_ciphertext *list =
		yihu_calloc(ballots * width + 1, sizeof(struct yihu_ciphertext));
	uint64_t n = 0;
	for (uint64_t i = 0; i < w->n_entries; i++) {
		struct yihu_entry_head h;
		yihu_entry_head(&h, w->entries[i].bytes, w->entries[i].len);
		if (h.type != YIHU_ENTRY_BALLOT)
			continue;
		assert(n < ballots && h.body_len == YIHU_BALLOT_BYTES(width));
		memcpy(&list[n * width], yihu_ballot_words(h.body, h.body_len), words_bytes);
		n++;
	}
	assert(n == ballots);
	w->a->list = list;
	w->a->n = n;
}

/* C is the last entry, and the ledger has compared size, root and signature. */
static void take_close(struct audit_work *w)
{
	struct yihu_entry e;
	const struct audit_entry *last = &w->entries[w->n_entries - 1];
	if (!yihu_ledger_closed(w->a->ledger))
		return;
	int r = yihu_entry_parse(&e, last->bytes, last->len, NULL);
	assert(r == 0 && e.type == YIHU_ENTRY_CLOSE && e.u.close.size == w->n_entries - 1);
	w->a->closed = true;
	w->a->box.size = e.u.close.size;
	w->a->box.root = yihu_tree_root(audit_tree(w), e.u.close.size);
	w->a->not_opened = w->a->n < w->charter->min_box;
}

/* As issuer and holders signed it: which, and why. */
static void report_withdrawn(struct audit_work *w, const struct yihu_withdrawn *all, size_t n)
{
	const struct yihu_definition *d = w->election.definition;
	struct yihu_ledger_counts c = yihu_ledger_counts(w->a->ledger);
	struct yihu_buf which = {0};
	for (size_t i = 0; i < n; i++)
		yihu_buf_fmt(&which, "%s%s", i ? _(", ") : "", d->projects[all[i].project].id);
	yihu_buf_u8(&which, 0);
	audit_step(w, YIHU_CHECK_ENTRIES, w->n_entries,
		   w->a->closed ? _("ballots: %llu, of %u households; additions: %u; replacements: "
				    "%u; voids: %u; projects withdrawn: %s; closed")
				: _("ballots: %llu, of %u households; additions: %u; replacements: "
				    "%u; voids: %u; projects withdrawn: %s; not closed yet"),
		   (unsigned long long)c.ballots, c.entitled, c.additions, c.replacements, c.voids,
		   (const char *)which.data);
	yihu_buf_free(&which);
}

static void report(struct audit_work *w)
{
	struct yihu_ledger_counts c = yihu_ledger_counts(w->a->ledger);
	size_t n;
	const struct yihu_withdrawn *withdrawn = yihu_ledger_withdrawn(w->a->ledger, &n);
	if (n > 0) {
		report_withdrawn(w, withdrawn, n);
		return;
	}
	audit_step(w, YIHU_CHECK_ENTRIES, w->n_entries,
		   w->a->closed ? _("ballots: %llu, of %u households; additions: %u; replacements: "
				    "%u; voids: %u; closed")
				: _("ballots: %llu, of %u households; additions: %u; replacements: "
				    "%u; voids: %u; not closed yet"),
		   (unsigned long long)c.ballots, c.entitled, c.additions, c.replacements, c.voids);
}

void audit_check_entries(struct audit_work *w)
{
	if (!audit_inventory(w->p).kinds[YIHU_PUBLIC_CHECKPOINT]) {
		audit_skip_absent(w, YIHU_CHECK_ENTRIES);
		return;
	}
	if (!w->election.charter || !w->election.reg) {
		audit_skip_barred(w, YIHU_CHECK_ENTRIES,
				  !w->election.charter ? YIHU_CHECK_CHARTER : YIHU_CHECK_REGISTER);
		return;
	}
	if (!w->tree) {
		audit_skip_barred(w, YIHU_CHECK_ENTRIES, YIHU_CHECK_TILES);
		return;
	}
	struct yihu_ledger *l = yihu_ledger_new(&w->election);
	if (!verify_and_replay(w, l)) {
		audit_step(w, YIHU_CHECK_ENTRIES, yihu_ledger_size(l),
			   _("entries before the first that is refused: %llu"),
			   (unsigned long long)yihu_ledger_size(l));
		yihu_ledger_free(l);
		return;
	}
	w->a->ledger = l;
	yihu_tree_free(w->tree);
	w->tree = NULL;
	first_list(w, yihu_ledger_counts(l).ballots);
	take_close(w);
	report(w);
}
