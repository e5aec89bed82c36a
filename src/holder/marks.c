/* SPDX-License-Identifier: Apache-2.0
 *
 * Marks: what this key has done in the ceremony must be known to its file, or is
 * learnt by a file that knows it is one of several (PROTOCOL §3).
 */
#include "holder/internal.h"

#include <sodium.h>
#include <string.h>

int holder_old_copy(const char *act, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EMARK,
			 _("%s was made with this key, and the key file does not know of it: the "
			   "key file is an old copy. Use the newest one and destroy this copy"),
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
	if (!h || key->retired)
		return 0;
	bool known = key->index == h->index && key->t == c->plan.t && key->n == c->plan.n &&
		     key->has_polynomial && same_polynomial(key, h);
	return known ? 0 : holder_old_copy("ceremony/announce", err);
}

bool holder_announced(const struct yihu_keyfile *key, const struct yihu_ceremony *c)
{
	return own_announcement(key, c) != NULL;
}

bool holder_learns(const struct yihu_keyfile *key)
{
	return key->n_files > 0;
}

/* An act is there by this key's hand: its file verifies against the key. The
 * ceremony's bits say so for deals and charter lines. */
static int know_deal(struct yihu_keyfile *key, const struct yihu_ceremony *c, bool *learnt,
		     struct yihu_error *err)
{
	if (key->has_dealt && memcmp(key->dealt_s, c->s, sizeof c->s) == 0)
		return 0;
	if (key->has_dealt || !holder_learns(key))
		return holder_old_copy("ceremony/deal", err);
	memcpy(key->dealt_s, c->s, sizeof c->s);
	key->has_dealt = *learnt = true;
	return 0;
}

/* What accepting checks of the shares is checked again: a deal could have changed. */
static int know_charter(struct yihu_keyfile *key, const struct yihu_folder *f,
			const struct yihu_ceremony *c, bool *learnt, struct yihu_error *err)
{
	struct yihu_scalar share;
	if (key->has_charter && c->charter &&
	    memcmp(key->eid, c->charter->eid, YIHU_EID_BYTES) == 0)
		return 0;
	if (key->has_charter || !key->has_dealt || !c->charter || !holder_learns(key))
		return holder_old_copy("ceremony/charter", err);
	int r = holder_collect_share(&share, key, f, c, err);
	if (r == 0) {
		holder_keep_charter(key, c->charter, &share);
		*learnt = true;
	}
	sodium_memzero(&share, sizeof share);
	return r;
}

/* Only the count knows which box it is: until then a copy's file waits. */
static int know_line(const struct yihu_keyfile *key, const struct yihu_folder *f,
		     struct yihu_error *err)
{
	bool unknown = !key->has_box && !holder_learns(key) && holder_has_line(f, key);
	return unknown ? holder_old_copy("ceremony/box", err) : 0;
}

static int know_acts(struct yihu_keyfile *key, const struct yihu_folder *f,
		     const struct yihu_ceremony *c, bool *learnt, struct yihu_error *err)
{
	const struct yihu_holder *h = own_announcement(key, c);
	uint32_t bit = h ? UINT32_C(1) << (h->index - 1) : 0;
	int r = 0;
	if ((c->dealt & bit) != 0)
		r = know_deal(key, c, learnt, err);
	if (r == 0 && (c->accepted & bit) != 0)
		r = know_charter(key, f, c, learnt, err);
	return r == 0 ? know_line(key, f, err) : r;
}

int holder_check_marks(struct yihu_keyfile *key, const struct yihu_folder *f,
		       const struct yihu_ceremony *c, struct yihu_error *err)
{
	bool learnt = false;
	int r = check_announcement_known(key, c, err);
	if (r == 0)
		r = know_acts(key, f, c, &learnt, err);
	return r == 0 && learnt ? yihu_keyfile_save(key, err) : r;
}

bool holder_has_line(const struct yihu_folder *f, const struct yihu_keyfile *key)
{
	return key->index != 0 && folder_has(f, holder_file(F_BOX_LINE, key));
}

int holder_write_line(const struct yihu_keyfile *key, const struct yihu_folder *f,
		      folder_file family, struct yihu_span text, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	yihu_note_sign_line(&line, text, &key->vkey, &key->keypair);
	int r = folder_write(f, holder_file(family, key), &line, err);
	yihu_buf_free(&line);
	return r;
}
