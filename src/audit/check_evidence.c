/* SPDX-License-Identifier: Apache-2.0
 *
 * What the caller brings: receipts, saved checkpoints, the roll (PROTOCOL §4,
 * §7). A checkpoint that bears the log's signature and does not fit this log
 * proves that the log key signed two histories.
 */
#include <stdlib.h>
#include <string.h>

#include "work.h"

/* How many things were older than the folder's log. */
struct told {
	uint64_t checked, newer;
};

static void two_histories(struct audit_work *w, const char *name, const struct yihu_checkpoint *c)
{
	audit_fault(w, YIHU_CHECK_EVIDENCE, YIHU_EHISTORY, name,
		    _("it is of %llu entries under the log's signature, and this log does not "
		      "contain them: the log key has signed two histories, and this file proves "
		      "it. Keep it"),
		    (unsigned long long)c->size);
}

/* Returns whether c fits; counts it. */
static bool fits(struct audit_work *w, const char *name, const struct yihu_checkpoint *c,
		 struct told *told)
{
	enum audit_relation relation = audit_relate(w, c);
	told->checked++;
	if (relation == AUDIT_TWO_HISTORIES)
		two_histories(w, name, c);
	if (relation == AUDIT_FOLDER_OLDER)
		told->newer++;
	return relation != AUDIT_TWO_HISTORIES;
}

/* The receipt's own inclusion proof binds the entry to its checkpoint, so
 * another entry at that index here is a second history as well. This catches it
 * where the folder is too old to hold the whole checkpoint against. */
static bool entry_is_here(const struct audit_work *w, const struct yihu_receipt *r)
{
	if (r->index >= w->n_entries)
		return true;
	const struct audit_entry *e = &w->entries[r->index];
	return e->len == r->entry_len && (e->len == 0 || memcmp(e->bytes, r->entry, e->len) == 0);
}

static void check_receipt(struct audit_work *w, const struct yihu_evidence *given,
			  struct told *told)
{
	struct yihu_receipt r = {0};
	struct yihu_error err = {0};
	int rc = yihu_receipt_parse(&r, yihu_buf_bytes(&given->bytes), given->bytes.len,
				    &w->charter->log, &err);
	if (rc != 0) {
		audit_fault_error(w, YIHU_CHECK_EVIDENCE, given->name, &err);
		return;
	}
	if (fits(w, given->name, &r.checkpoint, told) && !entry_is_here(w, &r))
		two_histories(w, given->name, &r.checkpoint);
	yihu_receipt_free(&r);
}

static void check_checkpoint(struct audit_work *w, const struct yihu_evidence *given, bool at_close,
			     struct told *told)
{
	struct yihu_checkpoint c = {0};
	struct yihu_error err = {0};
	int r = yihu_checkpoint_parse(&c, yihu_buf_bytes(&given->bytes), given->bytes.len,
				      &w->charter->log, &err);
	if (r != 0) {
		audit_fault_error(w, YIHU_CHECK_EVIDENCE, given->name, &err);
		return;
	}
	if (!fits(w, given->name, &c, told) || !at_close || c.size > w->n_entries)
		return;
	if (!audit_only_close_after(w, &c))
		audit_fault(w, YIHU_CHECK_EVIDENCE, YIHU_EATCLOSE, given->name,
			    _("entry %llu came after the poll's end, and it is not the close"),
			    (unsigned long long)c.size);
}

static int roll_fits(const struct audit_work *w, struct yihu_error *err)
{
	const struct yihu_buf *roll = &w->o->roll->bytes;
	uint8_t hash[32];
	char **labels = NULL;
	size_t n = 0;
	int r = yihu_roll_parse(&labels, &n, yihu_buf_bytes(roll), roll->len, err);
	if (r != 0)
		return r;
	for (size_t i = 0; i < n; i++)
		free(labels[i]);
	free(labels);
	yihu_roll_hash(hash, w->o->roll_salt, yihu_buf_bytes(roll), roll->len);
	if (memcmp(hash, w->charter->roll_hash, sizeof hash) != 0)
		return yihu_fail(err, YIHU_EROLL,
				 _("it is not, with this salt, the roll that the charter names"));
	if (n != w->charter->households)
		return yihu_fail(err, YIHU_EROLL, _("it has %zu households, the charter %u"), n,
				 w->charter->households);
	return 0;
}

static void check_roll(struct audit_work *w, struct told *told)
{
	struct yihu_error err = {0};
	told->checked++;
	if (roll_fits(w, &err) != 0)
		audit_fault(w, YIHU_CHECK_EVIDENCE, YIHU_EROLL, w->o->roll->name, "%s", err.text);
}

static void check_log_evidence(struct audit_work *w, struct told *told)
{
	const struct yihu_audit_options *o = w->o;
	for (size_t i = 0; i < o->n_receipts; i++)
		check_receipt(w, &o->receipts[i], told);
	for (size_t i = 0; i < o->n_checkpoints; i++)
		check_checkpoint(w, &o->checkpoints[i], false, told);
	if (o->at_close)
		check_checkpoint(w, o->at_close, true, told);
}

void audit_check_evidence(struct audit_work *w)
{
	const struct yihu_audit_options *o = w->o;
	struct told told = {0};
	uint64_t of_log = o->n_receipts + o->n_checkpoints + (o->at_close != NULL);
	if (of_log == 0 && !o->roll) {
		audit_skip(w, YIHU_CHECK_EVIDENCE, _("no receipt, checkpoint or roll was given"));
		return;
	}
	if (!w->charter) {
		audit_skip_barred(w, YIHU_CHECK_EVIDENCE, YIHU_CHECK_CHARTER);
		return;
	}
	if (o->roll)
		check_roll(w, &told);
	if (of_log > 0 && w->log_signed)
		check_log_evidence(w, &told);
	if (of_log > 0 && !w->log_signed && told.checked == 0)
		audit_skip_barred(w, YIHU_CHECK_EVIDENCE, YIHU_CHECK_CHECKPOINT);
	else if (of_log > 0 && !w->log_signed)
		audit_step(w, YIHU_CHECK_EVIDENCE, told.checked,
			   _("the roll; receipts and checkpoints not, because “%s” did not pass"),
			   yihu_check_title(YIHU_CHECK_CHECKPOINT));
	else if (told.newer > 0)
		audit_step(w, YIHU_CHECK_EVIDENCE, told.checked,
			   _("files that you gave: %llu; %llu of them know more entries than the "
			     "folder, which is older: fetch it again"),
			   (unsigned long long)told.checked, (unsigned long long)told.newer);
	else
		audit_step(w, YIHU_CHECK_EVIDENCE, told.checked, _("files that you gave: %llu"),
			   (unsigned long long)told.checked);
}
