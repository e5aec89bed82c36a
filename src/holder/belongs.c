/* SPDX-License-Identifier: Apache-2.0
 *
 * Is this key of the election that is seen, and known to have done what shows?
 */
#include "holder/internal.h"

#include <string.h>

/* A mix, opening or signature of the box in public/ that the file cannot know
 * of without its box mark: an old copy. */
static bool acted_unknown(const struct yihu_keyfile *key, const struct yihu_audit *a)
{
	uint32_t acts = a->box_signers | a->mixers | a->openers;
	return (acts & holder_bit(key)) != 0 && !key->has_box;
}

int holder_is_in(const struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	if (!key->has_charter || memcmp(key->eid, c->eid, YIHU_EID_BYTES) != 0)
		return yihu_fail(err, YIHU_EELECTION,
				 _("this key file (%s) belongs to another election"),
				 key->vkey.name);
	if (key->index < 1 || key->index > c->n ||
	    !yihu_vkey_same(&key->vkey, &c->holders[key->index - 1].key))
		return yihu_fail(err, YIHU_EKEYS, _("“%s” is no key holder of this election"),
				 key->vkey.name);
	if (acted_unknown(key, v->audit))
		return yihu_fail(
			err, YIHU_EMARK,
			_("the public folder shows an act by this key (%s) that its file does "
			  "not know of: it is an old copy. Use the newest one"),
			key->vkey.name);
	return 0;
}
