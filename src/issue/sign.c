/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing the results (PROTOCOL §10).
 */
#include "issue/internal.h"

int issue_sign_check(const struct yihu_view *v, struct yihu_error *err)
{
	int r = yihu_view_check_on(v, err);
	if (r == 0 && !yihu_audit_has_result(v->audit))
		r = yihu_fail(err, YIHU_ESTATE, _("the box is not open yet: nothing to sign"));
	return r;
}

int issue_sign(const struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_buf text = {0}, line = {0};
	int r = issue_is_issuer(key, &a->election->charter->issuer, err);
	if (r == 0)
		r = issue_sign_check(v, err);
	if (r != 0)
		return r;
	yihu_results_note_text(&text, v->eid, yihu_public_get(v->pub, "box"), &a->results_pb,
			       &a->results_json);
	yihu_note_sign_line(&line, (struct yihu_span){(const char *)text.data, text.len},
			    &key->vkey, &key->keypair);
	r = folder_write(v->folder, F_RESULTS_ISSUER, &line, err);
	yihu_buf_free(&line);
	yihu_buf_free(&text);
	return r;
}
