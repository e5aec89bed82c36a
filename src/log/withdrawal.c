/* SPDX-License-Identifier: Apache-2.0
 *
 * The note that withdraws a project, as bytes (PROTOCOL §7.5).
 */
#include <string.h>

#include <yihu/cancel.h>
#include <yihu/withdraw.h>

#include "internal.h"

#define FIRST_LINE "yihu-withdrawal-v1"

void yihu_withdrawal_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			  const struct yihu_withdrawal *w)
{
	yihu_buf_str(out, FIRST_LINE "\neid ");
	yihu_hex(out, eid, YIHU_EID_BYTES);
	yihu_buf_fmt(out, "\nproject %u\nreason ", w->project + 1);
	yihu_buf_put(out, w->reason.p, w->reason.len);
	yihu_buf_str(out, "\n");
}

/* Projects count from 1 on paper and in files. */
static bool read_project(struct yihu_withdrawal *w, struct yihu_span value)
{
	uint64_t number;
	if (!yihu_decimal(&number, value, UINT32_MAX) || number == 0)
		return false;
	w->project = (uint32_t)number - 1;
	return true;
}

static int text_parse(struct yihu_withdrawal *out, struct yihu_span text,
		      const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_withdrawal w;
	struct yihu_span line;
	uint8_t of[YIHU_EID_BYTES];
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, FIRST_LINE))
		return yihu_fail(err, YIHU_EVERSION,
				 _("line 1 of the withdrawal is not “%s”: this program cannot read "
				   "it"),
				 FIRST_LINE);
	if (!yihu_unhex(of, sizeof of, yihu_lines_value(&lines, "eid")))
		return yihu_fail(err, YIHU_EWITHDRAWAL,
				 _("line 2 of the withdrawal must be “eid” and the election id, 64 "
				   "lower-case hexadecimal digits"));
	if (memcmp(of, eid, sizeof of) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("the withdrawal is of another election"));
	if (!read_project(&w, yihu_lines_value(&lines, "project")))
		return yihu_fail(err, YIHU_EWITHDRAWAL,
				 _("line 3 of the withdrawal must be “project” and the project's "
				   "number in the election file, from 1"));
	w.reason = yihu_lines_value(&lines, "reason");
	if (w.reason.len == 0 || lines.left != 0)
		return yihu_fail(err, YIHU_EWITHDRAWAL,
				 _("line 4 of the withdrawal, its last, must be “reason” and the "
				   "reason"));
	int r = yihu_reason_check(w.reason, err);
	if (r == 0)
		*out = w;
	return r;
}

int yihu_withdrawal_parse(struct yihu_withdrawal *out, struct yihu_note *note, const void *bytes,
			  size_t len, const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_note n;
	if (len > YIHU_WITHDRAWAL_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("no withdrawal is so large"));
	int r = yihu_note_split(&n, bytes, len, err);
	if (r == 0)
		r = text_parse(out, n.text, c->eid, err);
	if (r == 0)
		*note = n;
	return r;
}

int yihu_withdrawal_signed(const struct yihu_note *note, const struct yihu_charter *c,
			   struct yihu_error *err)
{
	return yihu_note_verify_holders(note, c, true, c->q, NULL, err);
}

int yihu_withdrawal_request_parse(struct yihu_withdrawal *out, const void *bytes, size_t len,
				  const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_withdrawal w;
	struct yihu_note note;
	int r = yihu_withdrawal_parse(&w, &note, bytes, len, c, err);
	if (r == 0)
		r = yihu_note_verify(&note, &c->issuer, 1, err);
	if (r == 0)
		*out = w;
	return r;
}
