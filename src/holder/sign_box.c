/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing the box (PROTOCOL §8): one box a key file, ever.
 */
#include "holder/internal.h"

#include <assert.h>
#include <stdlib.h>

#include <yihu/names.h>

static int check_may_box(struct yihu_keyfile *key, const struct yihu_view *v,
			 struct yihu_error *err)
{
	int r = holder_is_in(key, v, err);
	if (r == 0 && key->retired)
		r = yihu_fail(err, YIHU_EMARK, _("this key is retired"));
	if (r == 0)
		r = holder_check_turn(HOLDER_BOX, v, err);
	return r == 0 ? yihu_view_check_shown(v, YIHU_TEXT_BOX, err) : r;
}

/* check_may_box has seen that a box which the file knows is this one. */
static int mark_box(struct yihu_keyfile *key, const struct yihu_buf *text, struct yihu_error *err)
{
	if (key->has_box)
		return 0;
	yihu_buf_put(&key->box, text->data, text->len);
	key->has_box = true;
	return yihu_keyfile_save(key, err);
}

int holder_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = check_may_box(key, v, err);
	if (r == 0) {
		yihu_view_text(&text, v, YIHU_TEXT_BOX);
		r = mark_box(key, &text, err);
	}
	if (r == 0)
		r = holder_write_line(key, v->folder, F_BOX_LINE,
				      (struct yihu_span){(const char *)text.data, text.len}, err);
	yihu_buf_free(&text);
	return r;
}

static uint32_t count_bits(uint32_t bits)
{
	return (uint32_t)__builtin_popcount(bits);
}

/* The box note over text: for each holder its line of ceremony/ (gathered), or
 * else that of public/box; both are sets of lines in index order. */
static void join_box(struct yihu_buf *out, const struct yihu_buf *gathered, uint32_t signers,
		     const struct yihu_buf *pub, uint32_t pub_signers)
{
	struct yihu_note here = {0}, there = {0};
	size_t at_here = 0, at_there = 0;
	bool ok = signers == 0 || yihu_note_split(&here, gathered->data, gathered->len, NULL) == 0;
	ok = ok && (!pub || yihu_note_split(&there, pub->data, pub->len, NULL) == 0);
	assert(ok);
	for (uint32_t bits = signers | pub_signers; bits != 0; bits &= bits - 1) {
		uint32_t bit = bits & ~(bits - 1);
		struct yihu_span line = (signers & bit) != 0 ? yihu_note_line(&here, at_here)
							     : yihu_note_line(&there, at_there);
		yihu_buf_put(out, line.p, line.len);
		at_here += (signers & bit) != 0;
		at_there += (pub_signers & bit) != 0;
	}
}

static int put_box(struct yihu_view *v, const struct yihu_buf *note, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	if (!yihu_public_may_come(YIHU_PUBLIC_BOX, a->stage))
		return yihu_fail(err, YIHU_ESTATE,
				 _("the results are published; the box is final"));
	int r = yihu_view_put(v, "box", note->data, note->len, a->box_signers != 0, err);
	return r == 0 ? yihu_view_look(v, err) : r;
}

/* What is there of the box's lines, here and in public/. */
static int gather_box(struct yihu_buf *note, uint32_t *signers, const struct yihu_view *v,
		      struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_buf text = {0}, gathered = {0};
	uint32_t here = 0;
	yihu_view_text(&text, v, YIHU_TEXT_BOX);
	int r = yihu_ceremony_gather(&gathered, &here, v->folder, F_BOX_LINE, a->election->charter,
				     (struct yihu_span){(const char *)text.data, text.len}, err);
	if (r == 0) {
		yihu_buf_put(note, text.data, text.len);
		yihu_buf_str(note, "\n");
		join_box(note, &gathered, here, yihu_public_get(v->pub, "box"), a->box_signers);
		*signers = here | a->box_signers;
	}
	yihu_buf_free(&gathered);
	yihu_buf_free(&text);
	return r;
}

int holder_place_box(struct yihu_view *v, bool *placed, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	uint32_t signers = 0;
	int r = gather_box(&note, &signers, v, err);
	bool enough = r == 0 && count_bits(signers) >= v->audit->election->charter->q;
	if (enough && signers != v->audit->box_signers)
		r = put_box(v, &note, err);
	if (r == 0)
		*placed = enough;
	yihu_buf_free(&note);
	return r;
}

int holder_under_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	bool placed = false;
	int r = holder_box(key, v, err);
	if (r == 0 && (v->audit->box_signers & holder_bit(key)) == 0)
		r = holder_place_box(v, &placed, err);
	return r;
}
