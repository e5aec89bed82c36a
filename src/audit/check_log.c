/* SPDX-License-Identifier: Apache-2.0
 *
 * Checkpoints: log/checkpoint is of exactly the entries that are here,
 * log/at-close of all but C, and how any other stands to them (PROTOCOL §7).
 */
#include <assert.h>
#include <string.h>

#include "work.h"

#define NAME "log/checkpoint"
#define AT_CLOSE "log/at-close"

static int parse(struct yihu_checkpoint *out, const struct audit_work *w,
		 const struct yihu_buf *file, struct yihu_error *err)
{
	return yihu_checkpoint_parse(out, yihu_buf_bytes(file), file->len, &w->charter->log, err);
}

const struct yihu_tree *audit_tree(const struct audit_work *w)
{
	return w->a->ledger ? yihu_ledger_tree(w->a->ledger) : w->tree;
}

static bool root_matches(const struct audit_work *w, const struct yihu_checkpoint *c)
{
	struct yihu_node root = yihu_tree_root(audit_tree(w), c->size);
	return memcmp(&root, &c->root, sizeof root) == 0;
}

/* Nothing can follow C or X. */
static bool has_ended(const struct audit_work *w)
{
	const struct yihu_ledger *l = w->a->ledger;
	return l && (yihu_ledger_closed(l) || yihu_ledger_called_off(l));
}

enum audit_relation audit_relate(const struct audit_work *w, const struct yihu_checkpoint *c)
{
	assert(audit_tree(w) != NULL);
	if (c->size > w->n_entries)
		return has_ended(w) ? AUDIT_TWO_HISTORIES : AUDIT_FOLDER_OLDER;
	return root_matches(w, c) ? AUDIT_COVERED : AUDIT_TWO_HISTORIES;
}

/* The first byte is enough: where the entry is not what it says, the ledger
 * refuses it. */
bool audit_only_close_after(const struct audit_work *w, const struct yihu_checkpoint *c)
{
	assert(c->size <= w->n_entries);
	for (uint64_t i = c->size; i < w->n_entries; i++) {
		struct yihu_entry_head h;
		yihu_entry_head(&h, w->entries[i].bytes, w->entries[i].len);
		if (h.type != YIHU_ENTRY_CLOSE)
			return false;
	}
	return true;
}

static void check_checkpoint(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_checkpoint *c = &w->a->checkpoint;
	struct yihu_error err = {0};
	if (parse(c, w, file, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_CHECKPOINT, NAME, &err);
	} else if (w->tree) {
		/* The tiles took their size from a signed checkpoint. */
		assert(c->size == w->n_entries);
		w->log_signed = root_matches(w, c);
		if (!w->log_signed)
			audit_fault(w, YIHU_CHECK_CHECKPOINT, YIHU_ECHECKPOINT, NAME,
				    _("its root is not that of the %llu entries here"),
				    (unsigned long long)c->size);
	}
}

static void check_at_close(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_checkpoint c = {0};
	struct yihu_error err = {0};
	if (parse(&c, w, file, &err) != 0)
		audit_fault_error(w, YIHU_CHECK_CHECKPOINT, AT_CLOSE, &err);
	else if (!w->tree)
		return;
	else if (c.size > w->n_entries || !root_matches(w, &c))
		audit_fault(w, YIHU_CHECK_CHECKPOINT, YIHU_EATCLOSE, AT_CLOSE,
			    _("it is of %llu entries that are not the first of this log"),
			    (unsigned long long)c.size);
	else if (!audit_only_close_after(w, &c))
		audit_fault(w, YIHU_CHECK_CHECKPOINT, YIHU_EATCLOSE, AT_CLOSE,
			    _("entry %llu came after the poll's end, and it is not the close"),
			    (unsigned long long)c.size);
}

void audit_check_checkpoint(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	const struct yihu_buf *at_close = yihu_public_get(w->p, AT_CLOSE);
	uint64_t n = (file != NULL) + (at_close != NULL);
	if (n == 0) {
		audit_skip_absent(w, YIHU_CHECK_CHECKPOINT);
		return;
	}
	if (!w->charter) {
		audit_skip_barred(w, YIHU_CHECK_CHECKPOINT, YIHU_CHECK_CHARTER);
		return;
	}
	if (file)
		check_checkpoint(w, file);
	if (at_close)
		check_at_close(w, at_close);
	if (!w->tree)
		audit_step(w, YIHU_CHECK_CHECKPOINT, n,
			   _("the log's signature; not compared, because “%s” did not pass"),
			   yihu_check_title(YIHU_CHECK_TILES));
	else if (at_close)
		audit_step(w, YIHU_CHECK_CHECKPOINT, n,
			   _("entries under the log's signature: %llu; and the state at the poll's "
			     "end"),
			   (unsigned long long)w->n_entries);
	else
		audit_step(w, YIHU_CHECK_CHECKPOINT, n,
			   _("entries under the log's signature: %llu"),
			   (unsigned long long)w->n_entries);
}
