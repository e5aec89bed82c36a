/* SPDX-License-Identifier: Apache-2.0
 *
 * An election that was called off (PROTOCOL §7.4): by the log's last entry, or
 * by the note `cancelled` where no log can say it. Nobody can call off what has
 * ended: the poll's end must not be signed. What else may not be there, the
 * later checks ask (audit_called_off).
 */
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define NAME "cancelled"
#define AT_CLOSE "log/at-close"

static void take(struct audit_work *w, struct yihu_span reason, uint64_t time)
{
	w->a->called_off = true;
	w->a->called_off_at = time;
	memcpy(w->a->reason, reason.p, reason.len);
	w->a->reason[reason.len] = '\0';
}

/* X is the last entry, and the ledger has compared size, root and signature. */
static void take_entry(struct audit_work *w)
{
	struct yihu_entry e;
	const struct audit_entry *last = &w->entries[w->n_entries - 1];
	if (yihu_entry_parse(&e, last->bytes, last->len, NULL) == 0)
		take(w, e.u.cancel.reason, e.time);
}

static void contradicted(struct audit_work *w, const char *words)
{
	audit_fault(w, YIHU_CHECK_CANCELLED, YIHU_ECANCEL, NAME, "%s", words);
}

/* Does the folder's log bear out what the note says of it? */
static void compare_log(struct audit_work *w, const struct yihu_cancelled_note *n)
{
	struct audit_inventory v = audit_inventory(w->p);
	const struct yihu_checkpoint *c = &w->a->checkpoint;
	bool here = v.kinds[YIHU_PUBLIC_CHECKPOINT] + v.kinds[YIHU_PUBLIC_AT_CLOSE] +
			    v.kinds[YIHU_PUBLIC_TILE] >
		    0;
	if (!n->has_log && here)
		contradicted(w, _("it says that no log was opened, but log/ is here"));
	else if (n->has_log && !here)
		contradicted(w, _("it names a log, but none is here"));
	else if (n->has_log && w->log_signed &&
		 (n->log.size != c->size || memcmp(&n->log.root, &c->root, sizeof c->root) != 0))
		contradicted(w, _("it is of another log than log/checkpoint is"));
	else if (w->a->closed)
		contradicted(w, _("the log is closed: this election cannot be called off"));
}

static void check_note(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_cancelled_note n;
	struct yihu_error err = {0};
	bool by_entry = w->a->called_off;
	if (yihu_cancelled_note_parse(&n, yihu_buf_bytes(file), file->len, w->charter, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_CANCELLED, NAME, &err);
		return;
	}
	if (by_entry) {
		contradicted(w, _("the log says already that this election is called off"));
		return;
	}
	compare_log(w, &n);
	take(w, n.reason, 0);
}

static void check_not_ended(struct audit_work *w)
{
	if (w->a->called_off && yihu_public_get(w->p, AT_CLOSE))
		audit_fault(w, YIHU_CHECK_CANCELLED, YIHU_EATCLOSE, AT_CLOSE,
			    _("it is here, though the election was called off before the poll's "
			      "end"));
}

static void report(struct audit_work *w, uint64_t n)
{
	if (!w->a->called_off) {
		audit_step(w, YIHU_CHECK_CANCELLED, n, _("not a valid cancellation"));
		return;
	}
	char *when = w->a->called_off_at ? yihu_time_local(w->a->called_off_at) : NULL;
	if (when)
		audit_step(w, YIHU_CHECK_CANCELLED, n,
			   _("called off on %s, signed by the issuer: %s"), when, w->a->reason);
	else
		audit_step(w, YIHU_CHECK_CANCELLED, n, _("called off, signed by the issuer: %s"),
			   w->a->reason);
	free(when);
}

void audit_check_cancelled(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	bool entry = w->a->ledger && yihu_ledger_called_off(w->a->ledger);
	if (!file && !entry) {
		audit_skip(w, YIHU_CHECK_CANCELLED, _("it was not called off"));
		return;
	}
	if (!w->charter) {
		audit_skip_barred(w, YIHU_CHECK_CANCELLED, YIHU_CHECK_CHARTER);
		return;
	}
	if (entry)
		take_entry(w);
	if (file)
		check_note(w, file);
	check_not_ended(w);
	report(w, (uint64_t)entry + (file != NULL));
}

bool audit_called_off(struct audit_work *w, enum yihu_check check, const char *name)
{
	if (!w->a->called_off)
		return false;
	audit_fault(w, check, YIHU_ECANCELLED, name,
		    _("it is here, though this election was called off"));
	audit_skip(w, check, _("not checked: this election was called off"));
	return true;
}
