/* SPDX-License-Identifier: Apache-2.0
 *
 * All key holders around one table: their acts one after the other.
 */
#include "holder/internal.h"

/* ---- the ceremony ---- */

static int announce_all(struct yihu_keyfile *const *keys, size_t n, const struct yihu_folder *f,
			struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		if (!keys[i]->has_dealt)
			r = holder_announce(keys[i], f, (uint32_t)i + 1, err);
	return r;
}

/* Who has accepted it already has seen it. */
static int accept_all(struct yihu_keyfile *const *keys, size_t n, const struct yihu_folder *f,
		      yihu_look *look, void *context, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	bool shows = false;
	for (size_t i = 0; i < n; i++)
		shows |= look && !keys[i]->has_charter;
	int r = shows ? holder_look(eid, f, look, context, err) : 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_accept(keys[i], f, shows ? eid : NULL, err);
	return r;
}

int holder_table_ceremony(struct yihu_keyfile *const *keys, size_t n, const struct yihu_folder *f,
			  yihu_look *look, void *context, bool *charter_made,
			  struct yihu_error *err)
{
	bool made = folder_has(f, F_CHARTER);
	int r = announce_all(keys, n, f, err);
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_deal(keys[i], f, NULL, err);
	if (r == 0 && made)
		r = accept_all(keys, n, f, look, context, err);
	if (r == 0)
		*charter_made = made;
	return r;
}

/* ---- the count ---- */

static int fail_too_few(uint32_t q, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ESIGNERS,
			 _("too few key holders are here: at least %u must sign the box"), q);
}

static bool is_among(const struct yihu_vkey *key, const struct yihu_vkey *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (yihu_vkey_same(key, &keys[i]))
			return true;
	return false;
}

int holder_check_table(const struct yihu_vkey *keys, size_t n, const struct yihu_view *v,
		       struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	uint32_t here = 0, sign = 0;
	if (v->audit->box_signers != 0)
		return 0;
	for (uint32_t j = 1; j <= c->n; j++) {
		bool among = is_among(&c->holders[j - 1].key, keys, n);
		here += among;
		sign += among || folder_has(v->folder, folder_nth(F_BOX_LINE, j));
	}
	/* A stranger's key is told as such when it is opened. */
	return here < n || sign >= c->q ? 0 : fail_too_few(c->q, err);
}

bool holder_signs_box(const struct yihu_vkey *keys, size_t n, const struct yihu_view *v)
{
	const struct yihu_charter *c = v->audit->election->charter;
	for (uint32_t j = 1; j <= c->n; j++)
		if (is_among(&c->holders[j - 1].key, keys, n) &&
		    (v->audit->box_signers >> (j - 1) & 1) == 0 &&
		    !folder_has(v->folder, folder_nth(F_BOX_LINE, j)))
			return true;
	return false;
}

static int box_by_all(struct yihu_keyfile *const *keys, size_t n, struct yihu_view *v,
		      struct yihu_error *err)
{
	bool placed = false;
	int r = 0;
	if (v->audit->box_signers != 0)
		return 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_box(keys[i], v, err);
	if (r == 0)
		r = holder_place_box(v, &placed, err);
	if (r == 0 && !placed)
		r = fail_too_few(v->audit->election->charter->q, err);
	return r;
}

/* A key that cannot shuffle any more leaves it to the others. */
static int shuffle_by_t(struct yihu_keyfile *const *keys, size_t n, struct yihu_view *v,
			struct yihu_error *err)
{
	int r = 0, refused = 0;
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct yihu_audit *a = v->audit;
		if (a->mixes >= a->election->charter->t || (a->mixers & holder_bit(keys[i])) != 0)
			continue;
		r = holder_shuffle(keys[i], v, err);
		refused = r == YIHU_EMARK ? r : refused;
		r = r == YIHU_EMARK ? 0 : r;
	}
	bool enough = r != 0 || v->audit->mixes >= v->audit->election->charter->t;
	return enough ? r : refused;
}

static int open_by_t(struct yihu_keyfile *const *keys, size_t n, struct yihu_view *v,
		     struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct yihu_audit *a = v->audit;
		if (a->openings < a->election->charter->t &&
		    (a->openers & holder_bit(keys[i])) == 0)
			r = holder_open(keys[i], v, err);
	}
	return r;
}

int holder_table_count(struct yihu_keyfile *const *keys, size_t n, struct yihu_view *v,
		       holder_look_result *look, void *context, struct yihu_error *err)
{
	int r = box_by_all(keys, n, v, err);
	if (r == 0)
		r = shuffle_by_t(keys, n, v, err);
	if (r == 0)
		r = open_by_t(keys, n, v, err);
	if (r == 0 && look)
		r = look(context, v, err);
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_sign(keys[i], v, err);
	return r;
}
