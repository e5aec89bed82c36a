/* SPDX-License-Identifier: Apache-2.0
 *
 * What a holder sees of the public folder before each act.
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

static void forget(struct holder_view *v)
{
	yihu_audit_free(v->audit);
	yihu_public_free(v->pub);
	v->audit = NULL;
	v->pub = NULL;
}

int holder_look(struct holder_view *v, struct yihu_error *err)
{
	struct yihu_audit_options o = {.eid_bits = 256, .progress = v->progress};
	memcpy(o.eid, v->eid, YIHU_EID_BYTES);
	forget(v);
	int r = yihu_reach_public(v->reach, &v->pub, err);
	if (r != 0)
		return r;
	v->audit = yihu_audit_run(v->pub, &o);
	r = yihu_audit_verdict(v->audit, err);
	return r == 0 ? 0
		      : yihu_fail_at(err, r, _("%s does not pass the audit; nothing was done"),
				     yihu_reach_place(v->reach));
}

void holder_view_finish(struct holder_view *v)
{
	forget(v);
	yihu_reach_close(v->reach);
	v->reach = NULL;
}

/* A mix, opening or signature of the box in public/ that the file cannot know
 * of without its box mark: an old copy. */
static bool acted_unknown(const struct yihu_keyfile *key, const struct yihu_audit *a)
{
	uint32_t acts = a->box_signers | a->mixers | a->openers;
	return (acts & holder_bit(key)) != 0 && !key->has_box;
}

int holder_is_in(const struct yihu_keyfile *key, const struct holder_view *v,
		 struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	if (!key->has_charter || memcmp(key->eid, c->eid, YIHU_EID_BYTES) != 0)
		return yihu_fail(err, YIHU_EELECTION,
				 _("this key file (%s) belongs to another election"),
				 key->vkey.name);
	if (key->index < 1 || key->index > c->n ||
	    !yihu_vkey_same(&key->vkey, &c->holders[key->index - 1].key))
		return yihu_fail(err, YIHU_EKEYS, _("'%s' is no key holder of this election"),
				 key->vkey.name);
	if (acted_unknown(key, v->audit))
		return yihu_fail(
			err, YIHU_EMARK,
			_("the public folder shows an act by this key (%s) that its file does "
			  "not know of: it is an old copy. Use the newest one"),
			key->vkey.name);
	return 0;
}
