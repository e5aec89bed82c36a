/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening (PROTOCOL §9): one list a key, ever.
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

static int check_may_open(struct yihu_keyfile *key, const struct yihu_view *v,
			  struct yihu_error *err)
{
	int r = holder_is_in(key, v, err);
	if (r == 0)
		r = holder_check_turn(HOLDER_OPEN, v, err);
	if (r != 0)
		return r;
	if ((v->audit->openers & holder_bit(key)) != 0)
		return yihu_fail(err, YIHU_EEXIST, _("%s has opened already"), key->vkey.name);
	if (!key->has_share || key->retired)
		return yihu_fail(err, YIHU_EMARK, _("the key file of %s has no share any more"),
				 key->vkey.name);
	return 0;
}

/* The mark: saved before the opening leaves. */
static int mark_opened(struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err)
{
	uint8_t hash[YIHU_HASH_BYTES];
	holder_list_hash(hash, v);
	if (key->has_opened)
		return memcmp(hash, key->opened, sizeof hash) == 0
			       ? 0
			       : holder_opened_another(key, err);
	memcpy(key->opened, hash, sizeof hash);
	key->has_opened = true;
	return yihu_keyfile_save(key, err);
}

static struct yihu_opening_context opening_context(const struct yihu_keyfile *key,
						   const struct yihu_view *v)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_opening_context x = {
		.holder = key->index,
		.x = a->election->charter->share_keys[key->index - 1],
		.p = yihu_lot_point(v->eid, a->box.size, a->box.root.bytes),
		.n = a->n,
		.w = a->election->definition->width};
	memcpy(x.eid, v->eid, YIHU_EID_BYTES);
	return x;
}

static int check_own_opening(const struct yihu_buf *file, const struct yihu_opening_context *x,
			     const struct yihu_keyfile *key, const struct yihu_view *v,
			     struct yihu_error *err)
{
	struct yihu_opening *o = NULL;
	int r = yihu_opening_parse(&o, file->data, file->len, x->n, x->w, err);
	if (r == 0)
		r = yihu_opening_verify(o, x, v->audit->list, key->vkey.pk, v->progress, err);
	yihu_opening_free(o);
	return r;
}

int holder_open(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = check_may_open(key, v, err);
	if (r == 0)
		r = holder_under_box(key, v, err);
	if (r == 0) /* it may have looked anew */
		r = check_may_open(key, v, err);
	if (r != 0)
		return r;
	struct yihu_opening_context x = opening_context(key, v);
	r = yihu_opening_make(&file, &x, v->audit->list, key->share, &key->keypair, v->progress,
			      err);
	if (r == 0)
		r = check_own_opening(&file, &x, key, v, err);
	if (r == 0)
		r = mark_opened(key, v, err);
	if (r == 0) {
		char *name = yihu_printf("open/%u", x.holder);
		r = yihu_view_put(v, name, file.data, file.len, false, err);
		free(name);
	}
	yihu_buf_free(&file);
	return r == 0 ? yihu_view_look(v, err) : r;
}
