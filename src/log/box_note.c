/* SPDX-License-Identifier: Apache-2.0
 *
 * The note `box`, and notes that some of the holders sign (PROTOCOL §8, §10).
 */
#include <string.h>

#include "internal.h"

#define FIRST_LINE "yihu-box-v1"

void yihu_box_note_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			const struct yihu_checkpoint *c)
{
	yihu_buf_str(out, FIRST_LINE "\n");
	yihu_hex(out, eid, YIHU_EID_BYTES);
	yihu_buf_u8(out, '\n');
	yihu_checkpoint_put_lines(out, c);
}

static int text_parse(struct yihu_checkpoint *out, struct yihu_span text,
		      const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line;
	uint8_t of[YIHU_EID_BYTES];
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, FIRST_LINE))
		return yihu_fail(
			err, YIHU_EVERSION,
			_("line 1 of the box is not “%s”: this program cannot read it as a box"),
			FIRST_LINE);
	if (!yihu_lines_next(&lines, &line) || !yihu_unhex(of, sizeof of, line))
		return yihu_fail(err, YIHU_EBOX,
				 _("line 2 of the box must be the election id, 64 lower-case "
				   "hexadecimal digits"));
	if (memcmp(of, eid, sizeof of) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("the box is of another election"));
	if (!yihu_checkpoint_read_lines(out, &lines))
		return yihu_fail(err, YIHU_EBOX,
				 _("lines 3 and 4 of the box, its last, must be how many entries "
				   "the log has, and its root"));
	return 0;
}

int yihu_box_note_parse(struct yihu_checkpoint *out, uint32_t *signers, const void *bytes,
			size_t len, const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_checkpoint box;
	uint32_t who = 0;
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = text_parse(&box, note.text, c->eid, err);
	if (r == 0)
		r = yihu_note_verify_holders(&note, c, false, c->q, &who, err);
	if (r != 0)
		return r;
	*out = box;
	if (signers)
		*signers = who;
	return 0;
}

/* The holder of that name after holder number `after`; NULL when there is none. */
static const struct yihu_holder *later_holder(const struct yihu_charter *c, uint32_t after,
					      struct yihu_span name)
{
	for (uint32_t i = after; i < c->n; i++)
		if (yihu_span_is(name, c->holders[i].key.name))
			return &c->holders[i];
	return NULL;
}

/* The lines from number `from` on, each by a holder, in index order. */
static int holder_lines(const struct yihu_note *note, size_t from, const struct yihu_charter *c,
			uint32_t *who, struct yihu_error *err)
{
	uint32_t last = 0;
	*who = 0;
	for (size_t i = from; i < note->n_signatures; i++) {
		struct yihu_span line = yihu_note_line(note, i);
		struct yihu_span name = yihu_note_line_name(line);
		const struct yihu_holder *h = later_holder(c, last, name);
		if (!h)
			return yihu_fail(err, YIHU_ESIGNERS,
					 _("signature line %zu is by %.*s: only key holders sign "
					   "here, each once, in the charter's order"),
					 i + 1, (int)name.len, name.p);
		int r = yihu_note_verify_line(note->text, line, &h->key, err);
		if (r != 0)
			return r;
		last = h->index;
		*who |= UINT32_C(1) << (h->index - 1);
	}
	return 0;
}

int yihu_note_verify_holders(const struct yihu_note *note, const struct yihu_charter *c,
			     bool issuer_first, uint32_t least, uint32_t *signers,
			     struct yihu_error *err)
{
	size_t from = issuer_first ? 1 : 0;
	uint32_t who = 0;
	int r = 0;
	if (issuer_first)
		r = yihu_note_verify_line(note->text, yihu_note_line(note, 0), &c->issuer, err);
	if (r == 0)
		r = holder_lines(note, from, c, &who, err);
	if (r != 0)
		return r;
	if (note->n_signatures - from < least)
		return yihu_fail(err, YIHU_ESIGNERS, _("%zu key holders have signed, but %u must"),
				 note->n_signatures - from, least);
	if (signers)
		*signers = who;
	return 0;
}
