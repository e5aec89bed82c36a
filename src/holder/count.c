/* SPDX-License-Identifier: Apache-2.0
 *
 * Shuffle and open (PROTOCOL §8, §9).
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- shuffle ---- */

static int check_may_mix(const struct yihu_keyfile *key, const struct yihu_audit *a,
			 struct yihu_error *err)
{
	if (a->openings > 0)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("the box is being opened; nobody shuffles after the first opening"));
	if ((a->mixers & holder_bit(key)) != 0)
		return yihu_fail(err, YIHU_EMARK,
				 _("%s has shuffled already; each holder does so once"),
				 key->vkey.name);
	return 0;
}

static struct yihu_mix_context mix_context(const struct yihu_keyfile *key,
					   const struct yihu_view *v)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_mix_context x = {.k = a->mixes + 1,
				     .holder = key->index,
				     .n = a->n,
				     .w = a->election->definition->width,
				     .y = a->election->charter->y};
	memcpy(x.eid, v->eid, YIHU_EID_BYTES);
	return x;
}

/* What we are about to publish must convince the others: checked as they will. */
static int check_own_mix(const struct yihu_buf *file, const struct yihu_mix_context *x,
			 const struct yihu_keyfile *key, const struct yihu_view *v,
			 struct yihu_error *err)
{
	struct yihu_mix *m = NULL;
	int r = yihu_mix_parse(&m, file->data, file->len, x->n, x->w, err);
	if (r == 0)
		r = yihu_mix_verify(m, x, v->audit->list, key->vkey.pk, v->progress, err);
	yihu_mix_free(m);
	return r;
}

int holder_shuffle(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = holder_is_in(key, v, err);
	if (r == 0)
		r = check_may_mix(key, v->audit, err);
	if (r == 0)
		r = holder_under_box(key, v, err);
	if (r == 0) /* it may have looked anew */
		r = check_may_mix(key, v->audit, err);
	if (r != 0)
		return r;
	struct yihu_mix_context x = mix_context(key, v);
	r = yihu_mix_make(&file, &x, v->audit->list, &key->keypair, v->progress, err);
	if (r == 0)
		r = check_own_mix(&file, &x, key, v, err);
	if (r == 0) {
		char *name = yihu_printf("mix/%u", x.k);
		r = yihu_reach_put(v->reach, name, file.data, file.len, false, err);
		free(name);
	}
	yihu_buf_free(&file);
	return r == 0 ? yihu_view_look(v, err) : r;
}

/* ---- open ---- */

static int check_may_open(const struct yihu_keyfile *key, const struct yihu_audit *a,
			  struct yihu_error *err)
{
	uint32_t t = a->election->charter->t;
	if (a->mixes < t)
		return yihu_fail(err, YIHU_ESTATE,
				 _("%u of at least %u shuffles are done; open after them"),
				 a->mixes, t);
	if ((a->openers & holder_bit(key)) != 0)
		return yihu_fail(err, YIHU_EEXIST, _("%s has opened already"), key->vkey.name);
	if (!key->has_share || key->retired)
		return yihu_fail(err, YIHU_EMARK, _("the key file of %s has no share any more"),
				 key->vkey.name);
	return 0;
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
	int r = holder_is_in(key, v, err);
	if (r == 0)
		r = check_may_open(key, v->audit, err);
	if (r == 0)
		r = holder_under_box(key, v, err);
	if (r == 0)
		r = check_may_open(key, v->audit, err);
	if (r != 0)
		return r;
	struct yihu_opening_context x = opening_context(key, v);
	r = yihu_opening_make(&file, &x, v->audit->list, key->share, &key->keypair, v->progress,
			      err);
	if (r == 0)
		r = check_own_opening(&file, &x, key, v, err);
	if (r == 0) {
		char *name = yihu_printf("open/%u", x.holder);
		r = yihu_reach_put(v->reach, name, file.data, file.len, false, err);
		free(name);
	}
	yihu_buf_free(&file);
	return r == 0 ? yihu_view_look(v, err) : r;
}
