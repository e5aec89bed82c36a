/* SPDX-License-Identifier: Apache-2.0
 *
 * Is this key of the election that is seen?
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

int holder_other_election(const struct yihu_keyfile *key, struct yihu_error *err)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	if (!key->has_charter)
		return yihu_fail(err, YIHU_EELECTION,
				 _("this key file (%s) was announced for another election, and "
				   "none of the announcements in ceremony/ is by it. Use it with "
				   "that election's folder. This election needs a key file of its "
				   "own, which yihu-trustee announce makes"),
				 key->vkey.name);
	yihu_short_print(print, key->eid);
	return yihu_fail(
		err, YIHU_EELECTION,
		_("this key file (%s) belongs to another election, %s. Use it with that election's "
		  "folder. This election needs a key file of its own: the one that was made for "
		  "it, or, before its charter, a new one by yihu-trustee announce"),
		key->vkey.name, print);
}

static int check_role(const struct yihu_keyfile *key, struct yihu_error *err)
{
	if (key->role == YIHU_ROLE_TRUSTEE)
		return 0;
	return yihu_fail(err, YIHU_EKEYS,
			 _("this is a key file of the role “%s”, not a key holder's"),
			 yihu_key_role_name(key->role));
}

int holder_is_of(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
		 struct yihu_error *err)
{
	int r = check_role(key, err);
	if (r != 0)
		return r;
	if (!holder_announced(key, c) && key->n > 0)
		return holder_other_election(key, err);
	if (!holder_announced(key, c))
		return yihu_fail(err, YIHU_EKEYS,
				 _("this key (%s) has not announced yet: yihu-trustee announce"),
				 key->vkey.name);
	if (key->retired)
		return yihu_fail(err, YIHU_EMARK,
				 _("this key is retired: its share is erased for good"));
	return 0;
}

/* A copy from before the charter takes it from the ceremony's files. */
static int learn_ceremony(struct yihu_keyfile *key, const struct yihu_folder *f,
			  struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = holder_is_of(key, c, err);
		if (r == 0)
			r = holder_check_marks(key, f, c, err);
		yihu_ceremony_finish(c);
	}
	free(c);
	return r;
}

int holder_check_election(struct yihu_keyfile *key, const struct yihu_folder *f,
			  const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	int r = check_role(key, err);
	if (r == 0 && !key->has_charter)
		r = learn_ceremony(key, f, err);
	if (r != 0)
		return r;
	if (!key->has_charter)
		return yihu_fail(err, YIHU_ESTATE, _("this key has accepted no charter yet"));
	return memcmp(key->eid, eid, YIHU_EID_BYTES) == 0 ? 0 : holder_other_election(key, err);
}

int holder_is_in(struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	int r = holder_check_election(key, v->folder, c->eid, err);
	if (r != 0)
		return r;
	if (key->index < 1 || key->index > c->n ||
	    !yihu_vkey_same(&key->vkey, &c->holders[key->index - 1].key))
		return yihu_fail(err, YIHU_EKEYS, _("“%s” is not a key holder of this election"),
				 key->vkey.name);
	return holder_know(key, v, err);
}
