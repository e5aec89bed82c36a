/* SPDX-License-Identifier: Apache-2.0
 *
 * The mixes (PROTOCOL §8): 1..m without gap, each by another holder, each
 * verified against the list before it. The product is the last list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static int check_holder(const struct audit_work *w, const struct yihu_mix *m,
			struct yihu_error *err)
{
	if (m->holder < 1 || m->holder > w->charter->n)
		return yihu_fail(err, YIHU_EMIX, _("there is no key holder %u"), m->holder);
	if ((w->a->mixers >> (m->holder - 1) & 1) != 0)
		return yihu_fail(err, YIHU_EMIX,
				 _("key holder %u has mixed already; each key holder mixes once"),
				 m->holder);
	return 0;
}

static int verify(const struct audit_work *w, uint32_t k, const struct yihu_mix *m,
		  struct yihu_error *err)
{
	const struct yihu_charter *c = w->charter;
	struct yihu_mix_context x = {.k = k,
				     .holder = m->holder,
				     .n = w->a->n,
				     .w = w->election.definition->width,
				     .y = c->y};
	memcpy(x.eid, c->eid, sizeof x.eid);
	return yihu_mix_verify(m, &x, w->a->list, c->holders[m->holder - 1].key.pk, w->o->progress,
			       err);
}

/* On success the list becomes the mix's. */
static int check_mix(struct audit_work *w, uint32_t k, const struct yihu_buf *file,
		     struct yihu_error *err)
{
	const uint32_t width = w->election.definition->width;
	struct yihu_mix *m = NULL;
	int r = yihu_mix_parse(&m, yihu_buf_bytes(file), file->len, w->a->n, width, err);
	if (r == 0)
		r = check_holder(w, m, err);
	if (r == 0)
		r = verify(w, k, m, err);
	if (r == 0) {
		memcpy(w->a->list, m->list, w->a->n * width * sizeof *m->list);
		w->a->mixers |= UINT32_C(1) << (m->holder - 1);
		w->a->mixes = k;
	}
	yihu_mix_free(m);
	return r;
}

/* A mix that fails has no list that the next could be held against. */
static bool check_all(struct audit_work *w, uint32_t m)
{
	for (uint32_t k = 1; k <= m; k++) {
		struct yihu_public_text name = yihu_public_numbered(YIHU_PUBLIC_MIX, k);
		struct yihu_error err = {0};
		const struct yihu_buf *file = yihu_public_get(w->p, name.text);
		if (!file)
			return false; /* a fault of the files' check */
		if (check_mix(w, k, file, &err) != 0) {
			audit_fault_error(w, YIHU_CHECK_MIXES, name.text, &err);
			return false;
		}
	}
	return true;
}

/* Mixes where nothing may be mixed. */
static bool may_exist(struct audit_work *w, const char *name)
{
	if (!w->a->closed)
		audit_fault(w, YIHU_CHECK_MIXES, YIHU_EMIX, name,
			    _("it is here, though the log is not closed"));
	else if (w->a->not_opened)
		audit_fault(w, YIHU_CHECK_MIXES, YIHU_EMINBOX, name,
			    _("the ballots must not be mixed: %llu are fewer than the %u of the "
			      "charter"),
			    (unsigned long long)w->a->n, w->charter->min_box);
	return w->a->closed && !w->a->not_opened;
}

void audit_check_mixes(struct audit_work *w)
{
	uint32_t m = audit_highest(audit_inventory(w->p).mixes);
	if (m == 0) {
		audit_skip_absent(w, YIHU_CHECK_MIXES);
		return;
	}
	struct yihu_public_text name = yihu_public_numbered(YIHU_PUBLIC_MIX, m);
	if (audit_called_off(w, YIHU_CHECK_MIXES, name.text))
		return;
	if (!w->a->ledger) {
		audit_skip_barred(w, YIHU_CHECK_MIXES, YIHU_CHECK_ENTRIES);
		return;
	}
	if (may_exist(w, name.text))
		w->mixes_proved = check_all(w, m);
	audit_step(w, YIHU_CHECK_MIXES, w->a->mixes,
		   _("mixes: %u, of %llu ballots; each proved, each by another key holder"),
		   w->a->mixes, (unsigned long long)w->a->n);
}
