/* SPDX-License-Identifier: Apache-2.0
 *
 * The complaints as the clerk records them. They can come before there are
 * results, so the note is kept in ceremony/, and shown with the results.
 */
#include "tally/tally.h"

#include <yihu/limits.h>

int tally_complaints_read(struct yihu_complaints *out, struct yihu_buf *note,
			  const struct yihu_folder *f, const struct yihu_charter *c,
			  struct yihu_error *err)
{
	*out = (struct yihu_complaints){0};
	int r = folder_read_if_there(f, F_COMPLAINTS, note, err);
	if (r == 0 && note->len > 0)
		r = folder_fail_at(
			err,
			yihu_complaints_parse(out, note->data, note->len, c->eid, &c->issuer, err),
			f, F_COMPLAINTS);
	return r;
}

int tally_complaints_check(const struct yihu_complaints *c, struct yihu_error *err)
{
	if (c->n_answers <= c->filed)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("there are %zu answers, and %u complaints were filed: give the "
			   "number with --filed"),
			 c->n_answers, c->filed);
}

int tally_is_issuer(const struct yihu_keyfile *issuer, const struct yihu_charter *charter,
		    struct yihu_error *err)
{
	if (issuer->role != YIHU_ROLE_ISSUER || !yihu_vkey_same(&issuer->vkey, &charter->issuer))
		return yihu_fail(err, YIHU_EKEYS, _("this is not the issuer key of this election"));
	return 0;
}

int tally_complaints_write(const struct yihu_keyfile *issuer, const struct yihu_folder *f,
			   const struct yihu_charter *charter, struct yihu_complaints *c,
			   struct yihu_error *err)
{
	struct yihu_complaints before;
	struct yihu_buf text = {0}, note = {0};
	int r = tally_is_issuer(issuer, charter, err);
	if (r == 0)
		r = tally_complaints_check(c, err);
	if (r == 0)
		r = tally_complaints_read(&before, &note, f, charter, err);
	if (r == 0) {
		uint64_t now = yihu_clock();
		c->made = now > before.made ? now : before.made + 1;
		yihu_complaints_free(&before);
		yihu_buf_reset(&note);
		yihu_complaints_text(&text, charter->eid, c);
		yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len},
			       &issuer->vkey, &issuer->keypair);
		r = note.len <= YIHU_COMPLAINTS_BYTES_MAX
			    ? folder_write(f, F_COMPLAINTS, &note, err)
			    : yihu_fail(err, YIHU_ETOOBIG,
					_("the answers are too long: %u bytes at most"),
					YIHU_COMPLAINTS_BYTES_MAX);
	}
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return r;
}
