/* SPDX-License-Identifier: Apache-2.0
 *
 * The box note (PROTOCOL §8): what the close signs, signed by at least q holders.
 */
#include <string.h>

#include "work.h"

#define NAME "box"

/* Box, mixes and openings stand on a closed log with min-box ballots. */
static bool may_exist(struct audit_work *w)
{
	if (!w->a->closed)
		audit_fault(w, YIHU_CHECK_BOX, YIHU_EBOX, NAME,
			    _("it is here, though the log is not closed"));
	else if (w->a->not_opened)
		audit_fault(w, YIHU_CHECK_BOX, YIHU_EMINBOX, NAME,
			    _("the box must not be signed: %llu ballots are fewer than the %u of "
			      "the charter"),
			    (unsigned long long)w->a->n, w->charter->min_box);
	return w->a->closed && !w->a->not_opened;
}

static void check(struct audit_work *w, const struct yihu_buf *file)
{
	struct yihu_checkpoint c;
	struct yihu_error err = {0};
	uint32_t signers = 0;
	if (yihu_box_note_parse(&c, &signers, yihu_buf_bytes(file), file->len, w->charter, &err) !=
	    0) {
		audit_fault_error(w, YIHU_CHECK_BOX, NAME, &err);
		return;
	}
	if (c.size != w->a->box.size || memcmp(&c.root, &w->a->box.root, sizeof c.root) != 0)
		audit_fault(w, YIHU_CHECK_BOX, YIHU_EBOX, NAME,
			    _("its size or root is not that of the log's close"));
	else
		w->a->box_signers = signers;
}

void audit_check_box(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	if (!file && w->a->not_opened) {
		audit_skip(w, YIHU_CHECK_BOX,
			   _("%llu ballots are fewer than the %u of the charter: the box stays "
			     "shut"),
			   (unsigned long long)w->a->n, w->charter->min_box);
		return;
	}
	if (!file) {
		audit_skip_absent(w, YIHU_CHECK_BOX);
		return;
	}
	if (audit_called_off(w, YIHU_CHECK_BOX, NAME))
		return;
	if (!w->a->ledger) {
		audit_skip_barred(w, YIHU_CHECK_BOX, YIHU_CHECK_ENTRIES);
		return;
	}
	if (may_exist(w))
		check(w, file);
	uint32_t n = (uint32_t)__builtin_popcount(w->a->box_signers);
	audit_step(w, YIHU_CHECK_BOX, n, _("signed by %u of %u key holders; needed: %u"), n,
		   w->charter->n, w->charter->q);
}
