/* SPDX-License-Identifier: Apache-2.0
 *
 * A holder's note that its key is retired (PROTOCOL §14).
 */
#include "folder/folder.h"

void yihu_retired_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		       const struct yihu_retired *r)
{
	char hex[2 * YIHU_EID_BYTES + 1];
	yihu_buf_fmt(out, "yihu-retired-v1\neid %s\n", yihu_hex_into(hex, eid, YIHU_EID_BYTES));
	if (r->made > 1)
		yihu_buf_fmt(out, "copies %u of %u\n", r->erased, r->made);
}

/* The numbers of the line "copies E of M", which a text of one file lacks. */
static struct yihu_retired numbers_in(struct yihu_span text)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line, word, erased, of;
	uint64_t e, m;
	for (int i = 0; i < 3; i++)
		if (!yihu_lines_next(&lines, &line))
			return (struct yihu_retired){.erased = 1, .made = 1};
	if (yihu_field_next(&line, &word) && yihu_field_next(&line, &erased) &&
	    yihu_field_next(&line, &of) && yihu_decimal(&e, erased, UINT32_MAX) &&
	    yihu_decimal(&m, line, UINT32_MAX) && m > 1 && e >= 1 && e <= m)
		return (struct yihu_retired){.erased = (uint32_t)e, .made = (uint32_t)m};
	return (struct yihu_retired){0};
}

/* What the text says, when it is word for word what it must be for that. */
static int parse(struct yihu_retired *out, const struct yihu_buf *file,
		 const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_vkey *key,
		 struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_buf want = {0};
	int r = yihu_note_split(&note, file->data, file->len, err);
	if (r == 0)
		r = yihu_note_verify(&note, key, 1, err);
	if (r != 0)
		return r;
	struct yihu_retired said = numbers_in(note.text);
	yihu_retired_text(&want, eid, &said);
	if (said.made == 0 || !yihu_span_is(note.text, (const char *)want.data))
		r = yihu_fail(err, YIHU_EFORMAT,
			      _("it does not say that this key of this election is retired"));
	else
		*out = said;
	yihu_buf_free(&want);
	return r;
}

int yihu_retired_read(struct yihu_retired *out, const struct yihu_folder *f,
		      const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_vkey *key,
		      uint32_t j, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	int r = folder_read(f, folder_nth(F_RETIRED, j), &note, err);
	if (r == 0)
		r = folder_fail_at(err, parse(out, &note, eid, key, err), f,
				   folder_nth(F_RETIRED, j));
	yihu_buf_free(&note);
	return r;
}

char *yihu_files_left(const struct yihu_folder *f)
{
	struct yihu_buf names = {0};
	struct yihu_charter *c = folder_read_draft(f);
	for (uint32_t j = 1; c && j <= c->n; j++) {
		struct yihu_retired r;
		const struct yihu_vkey *key = &c->holders[j - 1].key;
		if (yihu_retired_read(&r, f, c->eid, key, j, NULL) == 0 && r.erased < r.made)
			yihu_buf_fmt(&names, _("%s%s (%u of %u files erased)"),
				     names.len > 0 ? _(", ") : "", key->name, r.erased, r.made);
	}
	yihu_charter_free(c);
	char *text = names.len > 0 ? yihu_strdup((const char *)names.data) : NULL;
	yihu_buf_free(&names);
	return text;
}
