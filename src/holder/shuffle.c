/* SPDX-License-Identifier: Apache-2.0
 *
 * Shuffling (PROTOCOL §8): one mix a key. A mix is random, so it cannot be made
 * a second time: it lies in ceremony/mix-j, marked, before it leaves, and a run
 * that was cut off hands over that file.
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

static void remove_aside(const struct yihu_keyfile *key, const struct yihu_view *v)
{
	(void)folder_erase(v->folder, holder_file(F_MIX, key), NULL);
}

static int check_may_mix(struct yihu_keyfile *key, const struct yihu_view *v,
			 struct yihu_error *err)
{
	int r = holder_is_in(key, v, err);
	if (r == 0)
		r = holder_check_turn(HOLDER_SHUFFLE, v, err);
	if (r != 0)
		return r;
	if ((v->audit->mixers & holder_bit(key)) != 0) {
		remove_aside(key, v); /* cut off after it was handed over */
		return yihu_fail(err, YIHU_EMARK,
				 _("%s has shuffled already; each holder shuffles once"),
				 key->vkey.name);
	}
	if (key->has_opened)
		return yihu_fail(err, YIHU_EMARK,
				 _("%s has opened these ballots already, and shuffles no more"),
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

static int make_mix(struct yihu_buf *file, struct yihu_keyfile *key, const struct yihu_view *v,
		    struct yihu_error *err)
{
	struct yihu_mix_context x = mix_context(key, v);
	int r = yihu_mix_make(file, &x, v->audit->list, &key->keypair, v->progress, err);
	if (r == 0)
		r = check_own_mix(file, &x, key, v, err);
	if (r == 0)
		r = folder_write(v->folder, holder_file(F_MIX, key), file, err);
	if (r != 0)
		return r;
	holder_mix_hash(key->mix, file);
	key->has_mix = true;
	return yihu_keyfile_save(key, err);
}

/* The mix that the mark is of, when it still lies aside and is the next one. */
static int read_aside(struct yihu_buf *file, const struct yihu_keyfile *key,
		      const struct yihu_view *v, struct yihu_error *err)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_mix_context x = mix_context(key, v);
	int r = folder_read(v->folder, holder_file(F_MIX, key), file, err);
	if (r == 0) {
		holder_mix_hash(hash, file);
		r = memcmp(hash, key->mix, sizeof hash) == 0 ? 0 : YIHU_EMIX;
	}
	if (r == 0)
		r = check_own_mix(file, &x, key, v, err);
	return r == 0 ? 0
		      : yihu_fail(err, YIHU_EMARK,
				  _("%s has made its shuffle, and it is not in this folder, or no "
				    "longer fits. Use the folder that has it, or let another key "
				    "holder shuffle. Only if it is lost for good: yihu-trustee "
				    "shuffle with --again"),
				  key->vkey.name);
}

/* Another holder was faster: what was refused stands nowhere, and the key may
 * shuffle what the other one left. */
static int take_back(struct yihu_keyfile *key, const struct yihu_view *v, uint32_t k,
		     struct yihu_error *err)
{
	key->has_mix = false;
	int r = yihu_keyfile_save(key, err);
	remove_aside(key, v);
	return r != 0 ? r
		      : yihu_fail(err, YIHU_EEXIST,
				  _("another key holder's mix/%u came first; shuffle again"), k);
}

static int hand_over(struct yihu_keyfile *key, struct yihu_view *v, const struct yihu_buf *file,
		     struct yihu_error *err)
{
	uint32_t k = v->audit->mixes + 1;
	char *name = yihu_printf("mix/%u", k);
	int r = yihu_view_put(v, name, file->data, file->len, false, err);
	free(name);
	if (r == YIHU_EEXIST)
		return take_back(key, v, k, err);
	if (r == 0)
		r = yihu_view_look(v, err);
	if (r == 0 && (v->audit->mixers & holder_bit(key)) != 0)
		remove_aside(key, v);
	return r;
}

static int shuffle(struct yihu_keyfile *key, struct yihu_view *v, bool again,
		   struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = check_may_mix(key, v, err);
	if (r == 0)
		r = holder_under_box(key, v, err);
	if (r == 0) /* it may have looked anew */
		r = check_may_mix(key, v, err);
	if (r != 0)
		return r;
	bool lost = key->has_mix && (r = read_aside(&file, key, v, err)) != 0;
	if (!key->has_mix || (lost && again)) {
		file.len = 0;
		r = make_mix(&file, key, v, err);
	}
	if (r == 0)
		r = hand_over(key, v, &file, err);
	yihu_buf_free(&file);
	return r;
}

int holder_shuffle(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	return shuffle(key, v, false, err);
}

int holder_shuffle_again(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	return shuffle(key, v, true, err);
}
