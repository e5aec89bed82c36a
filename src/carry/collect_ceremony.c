/* SPDX-License-Identifier: Apache-2.0
 *
 * Announcements, deals and signatures of the charter, from a stick. Each is
 * looked at beside the ceremony as it is then: the next may build on it.
 */
#include "carry/internal.h"

#include <stdlib.h>
#include <string.h>

#include "holder/holder.h"

/* ---- announcements ---- */

/* Both have announced for holder i. */
static int clash(const struct carry *k, const struct carry_pair *p, const struct yihu_holder *ours,
		 const struct yihu_holder *theirs, struct yihu_error *err)
{
	if (memcmp(ours->key.pk, theirs->key.pk, sizeof ours->key.pk) == 0)
		return yihu_fail(
			err, YIHU_EEXIST,
			_("%s: “%s” has announced twice. The first announcement is here and is "
			  "valid: on the stick, put the committee's %s in its place"),
			p->theirs_path, theirs->key.name, p->name);
	return yihu_fail(err, YIHU_EEXIST,
			 _("%s: “%s” has announced as holder %u, which “%s” is here already. “%s” "
			   "deletes that file and announces again with a number that is free: "
			   "yihu-trustee announce %s --index I --key FILE"),
			 p->theirs_path, theirs->key.name, theirs->index, ours->key.name,
			 theirs->key.name, k->stick.word);
}

static int take_announcement(const struct carry *k, const struct yihu_ceremony *c, uint32_t i,
			     const struct carry_pair *p, struct yihu_error *err)
{
	struct yihu_holder h;
	int r = yihu_ceremony_check_announcement(&h, &c->plan, i, &p->theirs, err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", p->theirs_path);
	if (p->ours.len > 0)
		return clash(k, p, &c->holders[i - 1], &h, err);
	r = holder_check_place(c, i, h.key.name, &h.key, err);
	return r == 0 ? carry_take(k, p, h.key.name, err)
		      : yihu_fail_at(err, r, _("%s, by “%s”"), p->theirs_path, h.key.name);
}

/* ---- deals, and the charter ---- */

static int take_deal(const struct carry *k, const struct yihu_ceremony *c, uint32_t i,
		     const struct carry_pair *p, struct yihu_error *err)
{
	const struct yihu_holder *dealer = &c->holders[i - 1];
	if (c->n_announced < c->plan.n)
		return carry_too_early(p, err);
	int r = yihu_deal_check(p->theirs.data, p->theirs.len, c->s, dealer, c->plan.n, err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", p->theirs_path);
	if (p->ours.len > 0)
		return yihu_fail(err, YIHU_EEXIST,
				 _("%s: “%s” has dealt twice. The first deal is here and is valid: "
				   "on the stick, put the committee's %s in its place"),
				 p->theirs_path, dealer->key.name, p->name);
	return carry_take(k, p, dealer->key.name, err);
}

static int take_acceptance(const struct carry *k, const struct yihu_ceremony *c, uint32_t i,
			   const struct carry_pair *p, struct yihu_error *err)
{
	if (!c->charter)
		return carry_too_early(p, err);
	const struct yihu_vkey *key = &c->charter->holders[i - 1].key;
	int r = yihu_note_verify_line(
		yihu_span(c->charter->text),
		(struct yihu_span){(const char *)p->theirs.data, p->theirs.len}, key, err);
	return r == 0 ? carry_take(k, p, key->name, err)
		      : yihu_fail_at(err, r, "%s", p->theirs_path);
}

/* ---- all ---- */

typedef int take(const struct carry *, const struct yihu_ceremony *, uint32_t i,
		 const struct carry_pair *, struct yihu_error *);

static int take_one(const struct carry *k, folder_file family, uint32_t i, take *take_it,
		    struct yihu_error *err)
{
	struct carry_pair p;
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = carry_pair_read(&p, k, folder_nth(family, i), err);
	if (r == 0 && carry_pair_waits(&p) && (r = yihu_ceremony_read(c, k->folder, err)) == 0) {
		r = take_it(k, c, i, &p, err);
		yihu_ceremony_finish(c);
	}
	carry_pair_finish(&p);
	free(c);
	return r;
}

int carry_collect_ceremony(const struct carry *k, struct yihu_error *err)
{
	static const struct {
		folder_file family;
		take *take_it;
	} kinds[] = {{F_ANNOUNCE, take_announcement},
		     {F_DEAL, take_deal},
		     {F_CHARTER_LINE, take_acceptance}};
	struct yihu_plan plan;
	int r = yihu_plan_read(&plan, k->folder, err);
	if (r != 0)
		return r;
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		for (uint32_t i = 1; i <= plan.n && r == 0; i++)
			r = take_one(k, kinds[kind].family, i, kinds[kind].take_it, err);
	yihu_plan_finish(&plan);
	return r;
}
