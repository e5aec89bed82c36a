/* SPDX-License-Identifier: Apache-2.0
 *
 * The openings (PROTOCOL §9): on the last list, after at least t mixes; every
 * one that is there is verified, more than t too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static int check_opening(struct audit_work *w, uint32_t j, const struct yihu_buf *file,
			 struct yihu_error *err)
{
	const struct yihu_charter *c = w->charter;
	const uint32_t width = w->election.definition->width;
	struct yihu_opening *o = NULL;
	int r = yihu_opening_parse(&o, yihu_buf_bytes(file), file->len, w->a->n, width, err);
	if (r != 0)
		return r;
	struct yihu_opening_context x = {
		.holder = j,
		.x = c->share_keys[j - 1],
		.p = yihu_lot_point(c->eid, w->a->box.size, w->a->box.root.bytes),
		.n = w->a->n,
		.w = width,
	};
	memcpy(x.eid, c->eid, sizeof x.eid);
	r = yihu_opening_verify(o, &x, w->a->list, c->holders[j - 1].key.pk, w->o->progress, err);
	if (r != 0) {
		yihu_opening_free(o);
		return r;
	}
	w->opened[j - 1] = o;
	w->a->openers |= UINT32_C(1) << (j - 1);
	w->a->openings++;
	return 0;
}

static void check_all(struct audit_work *w, uint32_t there)
{
	for (uint32_t j = 1; j <= YIHU_HOLDERS_MAX; j++) {
		struct yihu_public_text name = yihu_public_numbered(YIHU_PUBLIC_OPENING, j);
		struct yihu_error err = {0};
		if ((there >> (j - 1) & 1) == 0)
			continue;
		if (j > w->charter->n)
			audit_fault(w, YIHU_CHECK_OPENINGS, YIHU_ESTRAY, name.text,
				    _("there is no key holder %u"), j);
		else if (check_opening(w, j, yihu_public_get(w->p, name.text), &err) != 0)
			audit_fault_error(w, YIHU_CHECK_OPENINGS, name.text, &err);
	}
}

/* Fewer than t mixes: one honest mixer among the openers is not assured. */
static void check_mixes_before(struct audit_work *w)
{
	if (w->a->mixes >= w->charter->t)
		return;
	audit_fault(w, YIHU_CHECK_OPENINGS, YIHU_EMISSING,
		    yihu_public_numbered(YIHU_PUBLIC_MIX, w->a->mixes + 1).text,
		    _("the box is opened after only %u mixes; %u must come first"), w->a->mixes,
		    w->charter->t);
}

void audit_check_openings(struct audit_work *w)
{
	uint32_t there = audit_inventory(w->p).openings;
	if (there == 0) {
		audit_skip_absent(w, YIHU_CHECK_OPENINGS);
		return;
	}
	struct yihu_public_text name =
		yihu_public_numbered(YIHU_PUBLIC_OPENING, audit_highest(there));
	if (audit_called_off(w, YIHU_CHECK_OPENINGS, name.text))
		return;
	if (w->a->not_opened) {
		audit_fault(w, YIHU_CHECK_OPENINGS, YIHU_EMINBOX, name.text,
			    _("the ballots must not be opened: %llu are fewer than the %u of the "
			      "charter"),
			    (unsigned long long)w->a->n, w->charter->min_box);
	}
	if (!w->mixes_proved) {
		audit_skip_barred(w, YIHU_CHECK_OPENINGS, YIHU_CHECK_MIXES);
		return;
	}
	check_mixes_before(w);
	check_all(w, there);
	audit_step(w, YIHU_CHECK_OPENINGS, w->a->openings,
		   _("openings: %u, of %llu ballots; each proved; needed: %u"), w->a->openings,
		   (unsigned long long)w->a->n, w->charter->t);
}
