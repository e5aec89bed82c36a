/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing the results (PROTOCOL §10), and retiring the key.
 */
#include "holder/internal.h"

#include <sodium.h>
#include <stdlib.h>

#include <yihu/file.h>

static int check_may_sign(const struct yihu_keyfile *key, const struct yihu_view *v,
			  struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	int r = holder_is_in(key, v, err);
	if (r != 0)
		return r;
	if (a->not_opened)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("the box was not opened: the clerk alone signs (yihu-issue sign)"));
	if (a->stage < YIHU_STAGE_OPENED)
		return yihu_fail(err, YIHU_ESTATE, _("the box is not open yet: nothing to sign"));
	return 0;
}

int holder_sign(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = check_may_sign(key, v, err);
	if (r != 0)
		return r;
	yihu_results_note_text(&text, v->eid, yihu_public_get(v->pub, "box"), &v->audit->results_pb,
			       &v->audit->results_json);
	r = holder_write_line(key, v->folder, "results",
			      (struct yihu_span){(const char *)text.data, text.len}, err);
	yihu_buf_free(&text);
	return r;
}

/* ceremony/retired-j: the holder's word that the share is gone. */
static int write_retired(const struct yihu_keyfile *key, const struct yihu_view *v,
			 struct yihu_error *err)
{
	struct yihu_buf text = {0}, note = {0};
	char hex[2 * YIHU_EID_BYTES + 1];
	char *path = holder_file(v->folder, "retired", key);
	yihu_buf_fmt(&text, "yihu-retired-v1\neid %s\n",
		     yihu_hex_into(hex, v->eid, YIHU_EID_BYTES));
	yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len}, &key->vkey,
		       &key->keypair);
	int r = yihu_file_write(path, note.data, note.len, 0644, err);
	yihu_buf_free(&note);
	yihu_buf_free(&text);
	free(path);
	return r;
}

int holder_retire(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	int r = holder_is_in(key, v, err);
	if (r != 0)
		return r;
	if (v->audit->stage != YIHU_STAGE_PUBLISHED)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("the results are not complete yet; a share that is erased now could "
			  "leave the box closed for ever"));
	sodium_memzero(key->polynomial, sizeof key->polynomial);
	sodium_memzero(&key->share, sizeof key->share);
	key->has_polynomial = false;
	key->has_share = false;
	key->retired = true;
	r = yihu_keyfile_save(key, err);
	return r == 0 ? write_retired(key, v, err) : r;
}
