/* SPDX-License-Identifier: Apache-2.0
 *
 * Marks: what this key has done must be known to its file (PROTOCOL §3).
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

static int old_copy(struct yihu_error *err, const char *act)
{
	return yihu_fail(err, YIHU_EMARK,
			 _("%s is there, made with this key, and the key file does not know of it: "
			   "it is an old copy. Use the newest one and destroy this copy"),
			 act);
}

static bool same_polynomial(const struct yihu_keyfile *key, const struct yihu_holder *h)
{
	for (uint32_t k = 0; k < key->t; k++) {
		struct yihu_point c = yihu_point_base(key->polynomial[k]);
		if (!yihu_point_equal(&c, &h->c[k]))
			return false;
	}
	return true;
}

/* The announcement by this key, or NULL. */
static const struct yihu_holder *own_announcement(const struct yihu_keyfile *key,
						  const struct yihu_ceremony *c)
{
	for (uint32_t i = 0; i < c->plan.n; i++)
		if (c->announcements[i].len > 0 && yihu_vkey_same(&c->holders[i].key, &key->vkey))
			return &c->holders[i];
	return NULL;
}

static int check_announcement_known(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
				    struct yihu_error *err)
{
	const struct yihu_holder *h = own_announcement(key, c);
	if (h == NULL || key->retired)
		return 0;
	bool known = key->index == h->index && key->t == c->plan.t && key->n == c->plan.n &&
		     key->has_polynomial && same_polynomial(key, h);
	return known ? 0 : old_copy(err, "ceremony/announce");
}

/* An act is there by this key's hand: its file verifies against the key. The
 * ceremony's bits say so for deals and charter lines. */
static int check_bits_known(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
			    struct yihu_error *err)
{
	const struct yihu_holder *h = own_announcement(key, c);
	if (h == NULL)
		return 0;
	uint32_t bit = UINT32_C(1) << (h->index - 1);
	bool dealt_known = key->has_dealt && memcmp(key->dealt_s, c->s, sizeof c->s) == 0;
	if ((c->dealt & bit) != 0 && !dealt_known)
		return old_copy(err, "ceremony/deal");
	bool charter_known = key->has_charter && c->charter != NULL &&
			     memcmp(key->eid, c->charter->eid, YIHU_EID_BYTES) == 0;
	if ((c->accepted & bit) != 0 && !charter_known)
		return old_copy(err, "ceremony/charter");
	return 0;
}

int holder_check_box_known(const struct yihu_keyfile *key, const struct yihu_folder *f,
			   struct yihu_error *err)
{
	if (key->index == 0 || key->has_box)
		return 0;
	char *path = holder_file(f, "box", key);
	bool there = yihu_file_exists(path);
	free(path);
	return there ? old_copy(err, "ceremony/box") : 0;
}

int holder_check_marks(const struct yihu_keyfile *key, const struct yihu_folder *f,
		       const struct yihu_ceremony *c, struct yihu_error *err)
{
	int r = check_announcement_known(key, c, err);
	if (r == 0)
		r = check_bits_known(key, c, err);
	return r == 0 ? holder_check_box_known(key, f, err) : r;
}

int holder_is_of(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
		 struct yihu_error *err)
{
	if (key->role != YIHU_ROLE_TRUSTEE)
		return yihu_fail(err, YIHU_EKEYS,
				 _("this is a key file of the role “%s”, not a key holder's"),
				 yihu_key_role_name(key->role));
	if (key->retired)
		return yihu_fail(err, YIHU_EMARK,
				 _("this key is retired: its share is erased for good"));
	if (own_announcement(key, c) == NULL)
		return yihu_fail(err, YIHU_EKEYS,
				 _("no announcement in ceremony/ is by this key (%s)"),
				 key->vkey.name);
	return 0;
}

char *holder_file(const struct yihu_folder *f, const char *act, const struct yihu_keyfile *key)
{
	return yihu_folder_path(f, "ceremony/%s-%u", act, key->index);
}

int holder_write_line(const struct yihu_keyfile *key, const struct yihu_folder *f, const char *act,
		      struct yihu_span text, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	char *path = holder_file(f, act, key);
	yihu_note_sign_line(&line, text, &key->vkey, &key->keypair);
	int r = yihu_file_write(path, line.data, line.len, 0644, err);
	yihu_buf_free(&line);
	free(path);
	return r;
}
