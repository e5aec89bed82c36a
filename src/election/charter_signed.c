/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter as the note that people sign (PROTOCOL §3, §4).
 */
#include <assert.h>

#include <yihu/charter.h>

/* The charter of a note, signed by the first n_signers of its signers, or by
 * all of them when n_signers is 0. */
static int parse_signed(struct yihu_charter **out, const void *bytes, size_t len, size_t n_signers,
			struct yihu_error *err)
{
	struct yihu_vkey signers[1 + YIHU_HOLDERS_MAX];
	struct yihu_charter *c = NULL;
	struct yihu_note note;
	if (len > YIHU_CHARTER_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a charter has at most %u bytes"),
				 YIHU_CHARTER_BYTES_MAX);
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = yihu_charter_parse_text(&c, note.text.p, note.text.len, err);
	if (r != 0)
		return r;
	assert(c != NULL);
	yihu_charter_signers(c, signers);
	r = yihu_note_verify(&note, signers, n_signers == 0 ? c->n + 1 : n_signers, err);
	if (r == 0) {
		*out = c;
		c = NULL;
	}
	yihu_charter_free(c);
	return r;
}

int yihu_charter_parse(struct yihu_charter **out, const void *bytes, size_t len,
		       struct yihu_error *err)
{
	return parse_signed(out, bytes, len, 0, err);
}

int yihu_charter_parse_draft(struct yihu_charter **out, const void *bytes, size_t len,
			     struct yihu_error *err)
{
	return parse_signed(out, bytes, len, 1, err);
}
