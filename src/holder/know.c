/* SPDX-License-Identifier: Apache-2.0
 *
 * What the public folder shows of this key must be known to its file (PROTOCOL
 * §3). A file that knows it is one of several learns its box from there; a mix
 * and an opening under a box that it knows are learnt by every file, since
 * those of older programs have no place for them.
 */
#include "holder/internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/names.h>

#define LINE_BYTES_MAX 1024

/* ---- the box ---- */

static bool same_box(const struct yihu_keyfile *key, const struct yihu_buf *text)
{
	return key->box.len == text->len && memcmp(key->box.data, text->data, text->len) == 0;
}

/* ceremony/box-j, when it is there, is over this box. */
static bool line_fits(const struct yihu_keyfile *key, const struct yihu_folder *f,
		      const struct yihu_buf *text)
{
	struct yihu_buf line = {0};
	int r = folder_read(f, holder_file(F_BOX_LINE, key), &line, NULL);
	if (r == 0)
		r = yihu_note_verify_line((struct yihu_span){(const char *)text->data, text->len},
					  (struct yihu_span){(const char *)line.data, line.len},
					  &key->vkey, NULL);
	yihu_buf_free(&line);
	return r == 0 || r == YIHU_ENOENT;
}

static int know_box(struct yihu_keyfile *key, const struct yihu_view *v, bool *learnt,
		    struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	uint32_t acts = a->box_signers | a->mixers | a->openers;
	bool shown = (acts & holder_bit(key)) != 0, line = holder_has_line(v->folder, key);
	struct yihu_buf text = {0};
	int r = 0;
	if (!a->closed || (!key->has_box && !shown && !line))
		return 0;
	yihu_view_text(&text, v, YIHU_TEXT_BOX);
	if (key->has_box) {
		if (!same_box(key, &text))
			r = yihu_fail(
				err, YIHU_EMARK,
				_("this key file (%s) signed another box; a key file can sign only "
				  "one. Two histories of this vote exist: tell everybody"),
				key->vkey.name);
	} else if (!holder_learns(key) || !line_fits(key, v->folder, &text)) {
		r = holder_old_copy(shown ? "box, mix/ or open/" : "ceremony/box", err);
	} else {
		yihu_buf_put(&key->box, text.data, text.len);
		key->has_box = *learnt = true;
	}
	yihu_buf_free(&text);
	return r;
}

/* ---- mix and opening ---- */

void holder_mix_hash(uint8_t out[static YIHU_HASH_BYTES], const struct yihu_buf *file)
{
	crypto_hash_sha512(out, file->data, file->len);
}

void holder_list_hash(uint8_t out[static YIHU_HASH_BYTES], const struct yihu_view *v)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_frame f;
	yihu_frame_init(&f, "key-opened");
	yihu_frame_item(&f, v->eid, YIHU_EID_BYTES);
	yihu_frame_item(&f, a->list, a->n * a->election->definition->width * sizeof *a->list);
	yihu_frame_hash(&f, out);
}

/* The mix by this key that the audit has seen. */
static const struct yihu_buf *own_mix(const struct yihu_keyfile *key, const struct yihu_view *v)
{
	const struct yihu_buf *file = NULL;
	for (uint32_t k = 1; k <= v->audit->mixes; k++) {
		file = yihu_public_get(v->pub, yihu_public_numbered(YIHU_PUBLIC_MIX, k).text);
		if (yihu_mix_holder(file->data, file->len) == key->index)
			return file;
	}
	return NULL;
}

static int know_mix(struct yihu_keyfile *key, const struct yihu_view *v, bool *learnt,
		    struct yihu_error *err)
{
	uint8_t hash[YIHU_HASH_BYTES];
	const struct yihu_buf *mix = own_mix(key, v);
	if (!mix)
		return 0;
	holder_mix_hash(hash, mix);
	if (key->has_mix && memcmp(hash, key->mix, sizeof hash) != 0)
		return yihu_fail(err, YIHU_EMARK,
				 _("this key file (%s) shuffled once, and the shuffle that this "
				   "folder shows of it is another. Two histories of this count "
				   "exist: tell everybody"),
				 key->vkey.name);
	*learnt |= !key->has_mix;
	key->has_mix = true;
	memcpy(key->mix, hash, sizeof hash);
	return 0;
}

int holder_opened_another(const struct yihu_keyfile *key, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EMARK,
			 _("this key file (%s) opened another list of these ballots; a key file "
			   "can open only one. If nobody shuffled after it, two histories of this "
			   "count exist: "
			   "tell everybody. Otherwise other key holders open"),
			 key->vkey.name);
}

/* From the first opening on the list is the last one, whoever opened it. */
static int know_opening(struct yihu_keyfile *key, const struct yihu_view *v, bool *learnt,
			struct yihu_error *err)
{
	uint8_t hash[YIHU_HASH_BYTES];
	const struct yihu_audit *a = v->audit;
	if (a->openings == 0)
		return 0;
	holder_list_hash(hash, v);
	if (key->has_opened && memcmp(hash, key->opened, sizeof hash) != 0)
		return holder_opened_another(key, err);
	if (key->has_opened || (a->openers & holder_bit(key)) == 0)
		return 0;
	key->has_opened = *learnt = true;
	memcpy(key->opened, hash, sizeof hash);
	return 0;
}

int holder_know(struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err)
{
	bool learnt = false;
	int r = know_box(key, v, &learnt, err);
	if (r == 0)
		r = know_mix(key, v, &learnt, err);
	if (r == 0)
		r = know_opening(key, v, &learnt, err);
	return r == 0 && learnt ? yihu_keyfile_save(key, err) : r;
}
